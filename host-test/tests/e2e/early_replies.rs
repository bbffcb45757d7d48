//! The promise: a reply that comes while an upload is under way is read at once, and decides.
//!
//! The server replies after the head of the request or some of its body, and reads no more. It then keeps the
//! connection open, ends its own side of it, or closes it. In the last case the system answers what still comes with a
//! reset.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use strum::{EnumIter, IntoEnumIterator};
use tokio::io::AsyncWriteExt;
use tokio::time::{sleep, timeout};
use wechat_official_account_host::types::{Config, ErrorKind, File, Timeouts, UploadedImage};
use wechat_official_account_host::{self as host, Session};

use crate::support::certificates::{Authority, NAME};
use crate::support::raw::{Connection, RawServer, content_length, read_head, say, skip};
use crate::support::servers::config_at;
use crate::support::{canary, operations, padded};

const MIB: usize = 1024 * 1024;

/// The end of a connection after its reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
enum Then {
    KeepsItOpen,
    EndsItsSide,
    Closes,
}

/// The bytes of the body that the server reads before it replies, and the milliseconds that it then waits: for as long,
/// nothing moves on the connection.
const BEFORE: [(usize, u64); 3] = [(0, 0), (5 * MIB, 0), (64 * 1024, 500)];

/// More than the buffers of both sides take.
static FILE: LazyLock<File> = LazyLock::new(|| padded("cover.jpg", 10 * MIB - 1));

const QUOTA: &str = "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}";
const EXPIRED: &str = "{\"errcode\":42001,\"errmsg\":\"access_token expired\"}";
const STORED: &str = "{\"media_id\":\"M\",\"url\":\"https://mmbiz.qpic.cn/m\"}";
const TOKEN: &str = "{\"access_token\":\"75_another\",\"expires_in\":7200}";

fn with_length(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn until_close(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\n{body}")
}

/// Answers requests of a token, and every upload with the next of these replies before its end.
async fn talk(mut connection: Box<dyn Connection>, replies: Arc<Replies>, before: (usize, u64), then: Then) {
    while let Some((head, along)) = read_head(&mut *connection).await {
        if head.contains("/cgi-bin/stable_token") {
            skip(&mut *connection, content_length(&head) - along).await;
            say(&mut *connection, with_length("200 OK", TOKEN).as_bytes()).await;
            continue;
        }
        let (read, pause) = before;
        skip(&mut *connection, read.saturating_sub(along)).await;
        sleep(Duration::from_millis(pause)).await;
        say(&mut *connection, replies.next().as_bytes()).await;
        match then {
            Then::KeepsItOpen => sleep(Duration::from_secs(600)).await,
            Then::EndsItsSide => {
                let _ = connection.shutdown().await;
                sleep(Duration::from_secs(600)).await;
            }
            Then::Closes => {}
        }
        return;
    }
}

/// The replies to uploads, of which the last is repeated.
struct Replies {
    replies: Vec<String>,
    given: AtomicUsize,
}

impl Replies {
    fn next(&self) -> &str {
        let given = self.given.fetch_add(1, Ordering::Relaxed);
        &self.replies[given.min(self.replies.len() - 1)]
    }
}

/// Makes an upload. Returns the outcome and the number of uploads.
async fn upload(
    replies: &[String],
    before: (usize, u64),
    then: Then,
    over_tls: bool,
) -> (host::Result<UploadedImage>, usize) {
    let authority = Authority::named("trusted");
    let replies = Arc::new(Replies {
        replies: replies.to_vec(),
        given: AtomicUsize::new(0),
    });
    let counted = replies.clone();
    let tls = over_tls.then(|| authority.server(&[NAME], |_| {}));
    let server = RawServer::start(tls, move |connection| talk(connection, replies.clone(), before, then)).await;
    let config = Config {
        timeouts: Some(Timeouts {
            connect_milliseconds: 10_000,
            first_byte_milliseconds: 120_000,
            // For replies without a length on a connection that stays open.
            between_bytes_milliseconds: 500,
            call_milliseconds: 300_000,
        }),
        // A call that is repeated would be seen.
        retry_pauses_milliseconds: Some(vec![1, 1, 1]),
        ..config_at(&server.base())
    };
    let host = server.host(Some(authority.root()));
    let mut session = Session::open(&host, &config).await.unwrap();
    let uploaded = session.upload_material_image(&*FILE);
    // The wait would otherwise last until the end of the call after five minutes.
    let outcome = timeout(Duration::from_secs(60), uploaded).await.unwrap();
    canary::assert_absent(&operations::rendered(&outcome));
    (outcome, counted.given.load(Ordering::Relaxed))
}

/// Returns every way to reply early.
fn ways() -> impl Iterator<Item = ((usize, u64), Then, bool)> {
    let ends = || {
        BEFORE
            .into_iter()
            .flat_map(|before| Then::iter().map(move |then| (before, then)))
    };
    [false, true]
        .into_iter()
        .flat_map(move |over_tls| ends().map(move |(before, then)| (before, then, over_tls)))
}

async fn assert_refused(reply: String, kind: ErrorKind, errcode: Option<i32>) {
    for (before, then, over_tls) in ways() {
        let (outcome, uploads) = upload(std::slice::from_ref(&reply), before, then, over_tls).await;
        let Err(host::Error::Plugin(error)) = outcome else {
            panic!("{outcome:?}")
        };
        let way = format!("{reply:?}, {before:?} read and waited, {then:?}, TLS: {over_tls}: {error:?}");
        assert_eq!((error.kind, error.errcode, uploads), (kind, errcode, 1), "{way}");
    }
}

#[tokio::test]
async fn a_refusal_before_the_end_of_an_upload_is_its_outcome() {
    assert_refused(with_length("200 OK", QUOTA), ErrorKind::Quota, Some(45009)).await;
}

/// Its end is that of the connection, which a server that does not read on can only reset.
#[tokio::test]
async fn a_refusal_without_a_length_is_its_outcome_too() {
    assert_refused(until_close("200 OK", QUOTA), ErrorKind::Quota, Some(45009)).await;
}

#[tokio::test]
async fn a_gateway_that_turns_an_upload_away_is_understood() {
    let reply = with_length("413 Payload Too Large", "<html>413</html>");
    assert_refused(reply, ErrorKind::MalformedReply, None).await;
}

#[tokio::test]
async fn a_gateway_s_page_without_a_length_is_understood_too() {
    let reply = until_close("413 Payload Too Large", "<html>413</html>");
    assert_refused(reply, ErrorKind::MalformedReply, None).await;
}

#[tokio::test]
async fn a_token_that_is_refused_before_the_end_of_an_upload_is_replaced() {
    for (before, then, over_tls) in ways() {
        let replies = [with_length("200 OK", EXPIRED), with_length("200 OK", STORED)];
        let (outcome, uploads) = upload(&replies, before, then, over_tls).await;
        let way = format!("{before:?} read and waited, {then:?}, TLS: {over_tls}: {outcome:?}");
        assert_eq!(outcome.map(|image| image.media_id).ok().as_deref(), Some("M"), "{way}");
        assert_eq!(uploads, 2, "{way}");
    }
}
