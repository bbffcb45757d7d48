//! A certificate authority, made at start, and the one server certificate that it signs.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// Names by which clients may reach the server.
const NAMES: [&str; 3] = ["api.weixin.qq.com", "localhost", "127.0.0.1"];

/// The root to trust in two forms, and the server configuration whose certificate it has signed.
pub(crate) struct Certificates {
    pub(crate) root: CertificateDer<'static>,
    pub(crate) root_pem: String,
    pub(crate) server: Arc<ServerConfig>,
}

/// Makes both certificates.
pub(crate) fn make() -> io::Result<Certificates> {
    let mut root = CertificateParams::default();
    root.distinguished_name
        .push(DnType::CommonName, "simulator root, for tests only");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_key = KeyPair::generate().map_err(io::Error::other)?;
    let root_certificate = root.self_signed(&root_key).map_err(io::Error::other)?;
    let issuer = Issuer::new(root, root_key);

    let mut leaf = CertificateParams::new(NAMES.map(String::from)).map_err(io::Error::other)?;
    leaf.distinguished_name.push(DnType::CommonName, "api.weixin.qq.com");
    leaf.use_authority_key_identifier_extension = true;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let leaf_key = KeyPair::generate().map_err(io::Error::other)?;
    let leaf_certificate = leaf.signed_by(&leaf_key, &issuer).map_err(io::Error::other)?;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf_certificate.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der())),
        )
        .map_err(io::Error::other)?;
    // HTTP/2 at the real server is an open question (wechat-api §21.22).
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Certificates {
        root: root_certificate.der().clone(),
        root_pem: root_certificate.pem(),
        server: Arc::new(config),
    })
}
