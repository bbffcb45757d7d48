//! A connection whose replies can be read even after the server has stopped reading.
//!
//! A server that refuses a large upload replies, and closes the connection while the upload is under way. What is
//! written after that fails, and hyper gives the whole exchange up with it, without a look at the reply that has
//! arrived. Here what can't be written is dropped, and the reading side tells how the exchange ended: by a reply, or by
//! the end of the connection.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use tower::Service;

/// Makes connections of this kind from those of another service.
#[derive(Clone)]
pub struct ReplyFirstConnector<C> {
    pub connector: C,
    /// True if the connections are to a proxy that forwards requests, which then have a whole URL in their first line.
    pub is_to_forwarder: bool,
}

impl<C> Service<Uri> for ReplyFirstConnector<C>
where
    C: Service<Uri>,
    C::Future: Send + 'static,
{
    type Response = ReplyFirst<C::Response>;
    type Error = C::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.connector.call(uri);
        let is_to_forwarder = self.is_to_forwarder;
        Box::pin(async move {
            let stream = connecting.await?;
            Ok(ReplyFirst {
                stream,
                is_deaf: false,
                is_to_forwarder,
            })
        })
    }
}

/// A connection. After a write has failed, later ones are dropped.
pub struct ReplyFirst<S> {
    stream: S,
    /// True once the server takes no more.
    is_deaf: bool,
    is_to_forwarder: bool,
}

impl<S> ReplyFirst<S> {
    /// Turns a failed write into one that took everything.
    fn unless_deaf<T>(&mut self, outcome: Poll<io::Result<T>>, taken: T) -> Poll<io::Result<T>> {
        match outcome {
            Poll::Ready(Err(_)) => {
                self.is_deaf = true;
                Poll::Ready(Ok(taken))
            }
            outcome => outcome,
        }
    }
}

impl<S: Read + Unpin> Read for ReplyFirst<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: Write + Unpin> Write for ReplyFirst<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_deaf {
            return Poll::Ready(Ok(bytes.len()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.unless_deaf(outcome, bytes.len())
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = pieces.iter().map(|piece| piece.len()).sum();
        if self.is_deaf {
            return Poll::Ready(Ok(length));
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.unless_deaf(outcome, length)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_deaf {
            return Poll::Ready(Ok(()));
        }
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        self.unless_deaf(outcome, ())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<S: Connection> Connection for ReplyFirst<S> {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_to_forwarder)
    }
}
