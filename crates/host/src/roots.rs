//! The certificates by which the host knows WeChat's server.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use wasmtime::{Result, bail};

/// The authorities to trust besides [`EgressConfig::extra_roots`](crate::EgressConfig::extra_roots).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roots {
    /// Mozilla's list, which is a part of the program (feature `webpki-roots`). It is as old as the program, and the
    /// same on every machine.
    Webpki,
    /// Those of the system (feature `native-roots`), with what its administrator has added; or those that
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name. They are read once, by [`Egress::new`](crate::Egress::new).
    System,
    /// Both. If the system has none, as a small container may, Mozilla's suffice.
    WebpkiAndSystem,
    /// None: the extra ones are all.
    None,
}

impl Default for Roots {
    /// Returns Mozilla's list if it is built in, else the system's, and without either of these features none.
    fn default() -> Self {
        if cfg!(feature = "webpki-roots") {
            Self::Webpki
        } else if cfg!(feature = "native-roots") {
            Self::System
        } else {
            Self::None
        }
    }
}

impl Roots {
    /// Returns these and the extra ones.
    ///
    /// # Errors
    /// If an extra root is not a certificate; if the feature for these roots is left out; if `SSL_CERT_FILE` names a
    /// file that can't be read; or if the system has no certificate, and there is no other.
    pub fn with(self, extra_roots: Vec<CertificateDer<'static>>) -> Result<RootCertStore> {
        let mut store = RootCertStore::empty();
        for root in extra_roots {
            store.add(root)?;
        }
        if matches!(self, Self::Webpki | Self::WebpkiAndSystem) {
            add_webpki(&mut store)?;
        }
        if matches!(self, Self::System | Self::WebpkiAndSystem) {
            let reasons = add_system(&mut store)?;
            if store.is_empty() {
                bail!(
                    "the system has no certificates of authorities{reasons}. Install them (ca-certificates), or name \
                     them in SSL_CERT_FILE or SSL_CERT_DIR"
                );
            }
        }
        Ok(store)
    }
}

#[cfg(feature = "webpki-roots")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature it fails")]
fn add_webpki(store: &mut RootCertStore) -> Result<()> {
    store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    Ok(())
}

#[cfg(not(feature = "webpki-roots"))]
fn add_webpki(_: &mut RootCertStore) -> Result<()> {
    bail!("Roots::Webpki needs the feature webpki-roots of wechat-official-account-host, which is left out")
}

/// Returns why some could not be read. A file that somebody named is not passed over.
///
/// rustls-native-certs and not rustls-platform-verifier: its certificates can be combined with others, and rustls
/// verifies them on every system in the same way, and gives the same reasons.
#[cfg(feature = "native-roots")]
fn add_system(store: &mut RootCertStore) -> Result<String> {
    if let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty())
        && let Err(error) = std::fs::File::open(&file)
    {
        bail!("SSL_CERT_FILE names {}, which can't be read: {error}", file.display());
    }
    let found = rustls_native_certs::load_native_certs();
    // Some systems have certificates that rustls can't read, beside many that it can.
    store.add_parsable_certificates(found.certs);
    Ok(found.errors.iter().map(|error| format!(" ({error})")).collect())
}

#[cfg(not(feature = "native-roots"))]
fn add_system(_: &mut RootCertStore) -> Result<String> {
    bail!("Roots::System needs the feature native-roots of wechat-official-account-host, which is left out")
}
