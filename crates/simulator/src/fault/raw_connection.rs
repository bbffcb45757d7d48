//! The connection below HTTP, for replies that no HTTP library would write.

use std::time::Duration;

use axum::response::Response;
use bytes::Bytes;
use tokio::io::{self, AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;

/// Steps on a connection in place of HTTP. The connection is closed afterwards.
pub(crate) type Script = Vec<Step>;

/// A part of a [`Script`].
#[derive(Debug)]
pub(crate) enum Step {
    /// Sends bytes.
    Send(Bytes),
    /// Sends bytes one at a time, each after a pause.
    Trickle(Bytes, Duration),
    /// Waits until the client has gone.
    AwaitEnd,
}

/// The means by which a request takes its connection away from the HTTP library.
#[derive(Clone, Debug)]
pub(crate) struct RawConnection(mpsc::Sender<Script>);

impl RawConnection {
    /// Makes it, and the receiver of scripts for its connection. There is at most one script: the
    /// connection does not outlive it.
    pub(crate) fn new() -> (RawConnection, mpsc::Receiver<Script>) {
        let (sender, receiver) = mpsc::channel(1);
        (RawConnection(sender), receiver)
    }

    /// Hands over a script and never returns: the connection ends, and this future with it.
    pub(crate) async fn play(&self, script: Script) -> Response {
        let _ = self.0.send(script).await;
        std::future::pending().await
    }

    /// Closes without another byte.
    pub(crate) async fn close(&self) -> Response {
        self.play(Script::new()).await
    }
}

/// Performs a script, then closes. A client that breaks off ends it early.
pub(crate) async fn perform(script: Script, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    for step in script {
        if take(step, &mut stream).await.is_err() {
            break;
        }
    }
    let _ = stream.shutdown().await;
}

async fn take(step: Step, stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> io::Result<()> {
    match step {
        Step::Send(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await
        }
        Step::Trickle(bytes, pause) => {
            for byte in bytes {
                tokio::time::sleep(pause).await;
                stream.write_all(&[byte]).await?;
                stream.flush().await?;
            }
            Ok(())
        }
        Step::AwaitEnd => io::copy(stream, &mut io::sink()).await.map(drop),
    }
}
