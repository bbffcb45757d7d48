//! The handle of a running simulator, for tests.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;

use crate::fault::plan::Faults;
use crate::model::account::Account;
use crate::model::world::World;
use crate::request_log::Entry;
use crate::state::{Options, Shared};
use crate::{certificate, router, server};

/// A running simulator. Dropping it stops the server and cuts its connections.
#[derive(Debug)]
pub struct Simulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    root: CertificateDer<'static>,
    root_pem: String,
    listener: AbortHandle,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Simulator {
    /// Starts a simulator on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// If the port is taken, or the certificate cannot be made.
    pub async fn start(options: Options) -> io::Result<Simulator> {
        let certificates = certificate::make()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let tls = (!options.plain_http).then(|| TlsAcceptor::from(certificates.server));
        let world = World::new(daily_limits(), options.memory);
        let shared = Arc::new(Shared::new(options, address.port(), world));
        let task = tokio::spawn(server::listen(listener, tls, shared.clone()));
        Ok(Simulator {
            shared,
            address,
            root: certificates.root,
            root_pem: certificates.root_pem,
            listener: task.abort_handle(),
        })
    }

    /// Returns the address on which it listens: 127.0.0.1 and the port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL, by address: `https://127.0.0.1:PORT`, or `http://` in plain mode.
    pub fn base_url(&self) -> String {
        let is_plain = self.shared.options.plain_http;
        let scheme = if is_plain { "http" } else { "https" };
        format!("{scheme}://{}", self.address)
    }

    /// Returns the root certificate, which is made at start. It vouches for `api.weixin.qq.com`, `localhost` and
    /// `127.0.0.1`.
    pub fn root_certificate(&self) -> CertificateDer<'static> {
        self.root.clone()
    }

    /// Returns the same certificate as the text of a PEM file.
    pub fn root_certificate_pem(&self) -> &str {
        &self.root_pem
    }

    /// Returns the requests in order of arrival. The log keeps the newest 16,384, and 128 MiB in all.
    pub fn request_log(&self) -> Vec<Entry> {
        self.shared.log().entries()
    }

    /// Returns how many requests that path has had since the start, dropped entries included. Of paths that do not
    /// exist, the first 4,096 are counted.
    pub fn requests_to(&self, path: &str) -> usize {
        self.shared.log().count(path)
    }

    /// Reads or changes the world. Requests wait meanwhile.
    pub fn with<R>(&self, f: impl FnOnce(&mut World) -> R) -> R {
        f(&mut self.shared.world())
    }

    /// Reads or changes an account; `None` if there is no such account.
    pub fn with_account<R>(&self, app_id: &str, f: impl FnOnce(&mut Account) -> R) -> Option<R> {
        self.shared.world().accounts.get_mut(app_id).map(f)
    }

    /// Adds faults for requests and connections to come, after those that were added
    /// before. Random faults replace earlier ones.
    pub fn inject(&self, faults: impl Into<Faults>) {
        self.shared.faults().add(faults.into());
    }

    /// Returns the faults still to come, with the remainders of their counts.
    pub fn faults(&self) -> Faults {
        self.shared.faults().clone()
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        *self.shared.faults() = Faults::default();
    }
}

/// Calls a day of every path.
fn daily_limits() -> BTreeMap<String, u64> {
    router::endpoints()
        .map(|endpoint| (endpoint.path.to_owned(), endpoint.per_day))
        .collect()
}
