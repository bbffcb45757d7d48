//! Servers that are not WeChat.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use tokio::task::AbortHandle;
use wechat_official_account_host::types::{Config, Token};

/// A server that gives every request to one function, and counts them.
pub struct FakeServer {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
    task: AbortHandle,
}

impl FakeServer {
    pub async fn start<F>(answer: impl Fn(Request) -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Response> + Send,
    {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = requests.clone();
        let router = Router::new().fallback(move |request: Request| {
            counted.fetch_add(1, Ordering::Relaxed);
            answer(request)
        });
        let task = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Self {
            address,
            requests,
            task,
        }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A port that nobody should connect to.
pub struct IdlePort(TcpListener);

impl IdlePort {
    pub fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    pub fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// Fails if anybody has connected. The system makes a connection before anybody accepts it, so none can be pending.
    #[track_caller]
    pub fn assert_undisturbed(&self) {
        let waiting = self.0.accept().map(|(_, from)| from);
        assert_eq!(waiting.map_err(|error| error.kind()), Err(ErrorKind::WouldBlock));
    }
}

/// Returns a configuration with this base and a token, so that the first request is that of the operation.
pub fn config_at(base: &str) -> Config {
    Config {
        api_base: Some(base.to_owned()),
        token: Some(Token::new("75_from_the_host", 7200)),
        ..super::config()
    }
}
