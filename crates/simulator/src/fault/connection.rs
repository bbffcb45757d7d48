//! Faults of connections.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumMessage};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// Room for a ClientHello, which has a few hundred bytes, or somewhat more with new key exchanges.
const FIRST_BYTES: usize = 4096;

/// A fault of one connection, before any request on it. `Display` writes the name in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumIter, EnumMessage)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum ConnectionFault {
    /// The connection is accepted and closed at once.
    ///
    /// The client connects, and finds an end of file or a reset.
    ClosedAtOnce,
    /// The connection is closed after the client's first bytes, without a byte in return.
    ///
    /// Over TLS, the handshake breaks off after the ClientHello.
    HandshakeCut,
}

impl ConnectionFault {
    /// Returns the description in one line: the first line of the variant's documentation.
    pub fn summary(self) -> &'static str {
        let documentation = self.get_documentation().unwrap_or_default();
        documentation.lines().next().unwrap_or_default()
    }

    /// Ends a connection on which nothing has been sent.
    pub(crate) async fn perform(self, mut stream: TcpStream) {
        match self {
            ConnectionFault::ClosedAtOnce => {}
            ConnectionFault::HandshakeCut => {
                // The bytes are taken off the socket, or closing would be a reset. Their content does not matter.
                let _ = stream.read(&mut [0; FIRST_BYTES]).await;
            }
        }
    }
}
