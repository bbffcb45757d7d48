//! A proxy that records what it sees, and fails as it is told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf, copy, sink};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::raw::{Connection, RawServer, read_head, say};

/// What a proxy does with the connections that it gets.
#[derive(Clone, Copy, Debug)]
pub enum Behaviour {
    /// Makes tunnels, and forwards requests.
    Works,
    /// Answers with these bytes.
    Answers(&'static str),
    /// Ends the connection without an answer.
    Closes,
    /// Never answers.
    IsSilent,
    /// Makes a tunnel, and ends it after this many bytes from the client.
    EndsAfterSent(usize),
    /// Makes a tunnel, and ends it after this many bytes from the server.
    EndsAfterReceived(usize),
}

/// The proxy of one test. It leads every connection to one server, whatever its destination.
pub struct TestProxy {
    server: RawServer,
    heads: Arc<Mutex<Vec<String>>>,
    is_tls: bool,
}

impl TestProxy {
    /// Starts a proxy in front of this server, over TLS if there is a configuration for it.
    pub async fn start(behaviour: Behaviour, upstream: SocketAddr, tls: Option<Arc<ServerConfig>>) -> Self {
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = heads.clone();
        let is_tls = tls.is_some();
        let talk = move |connection: Box<dyn Connection>| talk(connection, behaviour, upstream, seen.clone());
        Self {
            server: RawServer::start(tls, talk).await,
            heads,
            is_tls,
        }
    }

    /// Returns its URL, with these credentials if there are any (`USER:PASSWORD@`).
    pub fn url(&self, credentials: &str) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://{credentials}{}", self.server.address())
    }

    pub fn connections(&self) -> usize {
        self.server.connections()
    }

    /// Returns the first head of each connection.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn talk(
    mut client: Box<dyn Connection>,
    behaviour: Behaviour,
    upstream: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
) {
    let Some((head, _)) = read_head(&mut *client).await else {
        return;
    };
    let is_tunnel = head.starts_with("CONNECT ");
    heads.lock().unwrap().push(head.clone());
    let (mut sent, mut received) = (u64::MAX, u64::MAX);
    match behaviour {
        Behaviour::Works => {}
        Behaviour::Answers(reply) => return say(&mut *client, reply.as_bytes()).await,
        Behaviour::Closes => return,
        Behaviour::IsSilent => return sleep(Duration::from_secs(600)).await,
        Behaviour::EndsAfterSent(bytes) => sent = bytes as u64,
        Behaviour::EndsAfterReceived(bytes) => received = bytes as u64,
    }
    let mut server = TcpStream::connect(upstream).await.unwrap();
    server.set_nodelay(true).unwrap();
    match is_tunnel {
        true => {
            say(
                &mut *client,
                b"HTTP/1.1 200 Connection established\r\nx-proxy: a\r\n\r\n",
            )
            .await
        }
        false => server.write_all(format!("{head}\r\n\r\n").as_bytes()).await.unwrap(),
    }
    let (mut from_client, to_client) = tokio::io::split(client);
    let (from_server, mut to_server) = tokio::io::split(server);
    let up = async {
        let ended = copy(&mut (&mut from_client).take(sent), &mut to_server).await;
        // A server that reads no more may have answered, and the answer has to arrive. A proxy that ends a tunnel ends
        // both directions.
        if ended.is_err() {
            let _ = copy(&mut from_client, &mut sink()).await;
        }
        let _ = to_server.shutdown().await;
        if sent == u64::MAX {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = up => {}
        () = down(from_server, to_client, received) => {}
    }
}

async fn down(mut from: ReadHalf<TcpStream>, mut to: WriteHalf<Box<dyn Connection>>, limit: u64) {
    let _ = copy(&mut (&mut from).take(limit), &mut to).await;
    let _ = to.shutdown().await;
}
