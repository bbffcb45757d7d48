//! The promise: through a proxy everything works as without, the proxy learns no more than it must, and one that fails
//! makes nothing happen twice.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Empty};
use rcgen::SanType;
use rustls::pki_types::CertificateDer;
use tokio::time::sleep;
use wasmtime_wasi_http::WasiHttpHooks;
use wechat_official_account_host::types::{Config, Error, ErrorKind, Timeouts};
use wechat_official_account_host::{Egress, EgressConfig, Origin, ProxyConfig, Roots, Session};

use crate::support::certificates::{Authority, NAME};
use crate::support::proxy::{Behaviour, TestProxy};
use crate::support::raw::{Connection, RawServer, read_head, say};
use crate::support::servers::{FakeServer, config_at};
use crate::support::{World, canary, config, host_with, news, padded, refused};

/// The user and the password of the proxy, which nobody but the proxy may see.
const CREDENTIALS: &str = "proxy-user:proxy%2Dpassword@";
const DECODED: &str = "proxy-user:proxy-password";
const REFUSAL: &str = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 5\r\n\r\nproxy";

fn through(url: &str, roots: Vec<CertificateDer<'static>>) -> EgressConfig {
    EgressConfig {
        proxies: ProxyConfig::new(url).unwrap(),
        extra_roots: roots,
        ..EgressConfig::default()
    }
}

/// Repetitions would be seen.
fn repeating() -> Config {
    Config {
        retry_pauses_milliseconds: Some(vec![1, 1]),
        timeouts: Some(Timeouts {
            connect_milliseconds: 500,
            first_byte_milliseconds: 60_000,
            between_bytes_milliseconds: 60_000,
            call_milliseconds: 120_000,
        }),
        ..config()
    }
}

/// Fails if the text shows the credentials, or a part of them.
#[track_caller]
fn assert_no_credentials(text: &str) {
    let encoded = BASE64_STANDARD.encode(DECODED);
    for canary in ["proxy-user", "proxy-password", "proxy%2Dpassword", &encoded] {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

#[tokio::test]
async fn a_proxy_sees_the_host_and_nothing_of_the_calls() {
    let world = World::start().await;
    let authority = Authority::named("proxy");
    let tls = authority.server(&[], |leaf| {
        leaf.subject_alt_names = vec![SanType::IpAddress(Ipv4Addr::LOCALHOST.into())];
    });
    for tls in [None, Some(tls)] {
        let proxy = TestProxy::start(Behaviour::Works, world.simulator.address(), tls).await;
        let roots = vec![world.simulator.root_certificate(), authority.root()];
        let host = host_with(through(&proxy.url(CREDENTIALS), roots));
        let mut session = Session::open(&host, &config()).await.unwrap();
        let cover = session
            .upload_material_image(&padded("cover.jpg", 1_000_000))
            .await
            .unwrap();
        session.add_draft(&[news("标题", &cover.media_id)]).await.unwrap();

        let heads = proxy.heads();
        let [head] = &heads[..] else {
            panic!("one connection is kept: {heads:?}")
        };
        let mut lines: Vec<_> = head.split("\r\n").collect();
        let authorization = format!("proxy-authorization: Basic {}", BASE64_STANDARD.encode(DECODED));
        lines.sort_unstable();
        assert_eq!(
            lines,
            [
                "CONNECT api.weixin.qq.com:443 HTTP/1.1",
                "host: api.weixin.qq.com:443",
                &authorization
            ]
        );
        canary::assert_absent(head);
    }
    for request in world.simulator.request_log() {
        assert!(!request.headers.contains_key("proxy-authorization"), "{request:?}");
    }
}

/// A proxy that gives no tunnel: what it does, and what people are told.
fn refusals() -> [(Behaviour, &'static str, bool); 7] {
    let answers = Behaviour::Answers;
    [
        (
            answers("HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n"),
            "user name",
            true,
        ),
        (answers("HTTP/1.1 403 Forbidden\r\n\r\n"), "403 Forbidden", true),
        (answers(REFUSAL), "502 Bad Gateway", false),
        (
            answers("HTTP/1.1 302 Found\r\nlocation: https://example.com/\r\n\r\n"),
            "302 Found",
            false,
        ),
        (
            answers("SSH-2.0-OpenSSH_9.9\r\n"),
            "does not answer as an HTTP proxy",
            false,
        ),
        (
            answers("HTTP/1.1 200 OK\r\n\r\nfrom the proxy"),
            "does not answer as an HTTP proxy",
            false,
        ),
        (Behaviour::Closes, "ended the connection without an answer", false),
    ]
}

#[tokio::test]
async fn a_refusal_of_the_proxy_is_told_and_nothing_was_sent() {
    let world = World::start().await;
    for (behaviour, words, is_final) in refusals() {
        let proxy = TestProxy::start(behaviour, world.simulator.address(), None).await;
        let host = host_with(through(
            &proxy.url(CREDENTIALS),
            vec![world.simulator.root_certificate()],
        ));
        // It has a token, so the call itself is the first that is refused.
        let config = Config {
            token: config_at("http://127.0.0.1").token,
            ..repeating()
        };
        for safe in [true, false] {
            let before = proxy.connections();
            let mut session = Session::open(&host, &config).await.unwrap();
            let error: Error = match safe {
                true => refused(session.count_drafts().await),
                false => refused(session.add_draft(&[news("标题", "M")]).await),
            };
            // Certain, so it is no outcome-unknown, and can be repeated.
            assert_eq!(error.kind, ErrorKind::Network, "{behaviour:?}: {error:?}");
            assert!(
                error.message.contains(words) && error.message.contains(&proxy.url("")),
                "{error:?}"
            );
            assert_no_credentials(&format!("{error:?}"));
            let attempts = proxy.connections() - before;
            assert_eq!(attempts, if is_final { 1 } else { 3 }, "{behaviour:?}: {error:?}");
        }
    }
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    for (url, words) in [
        (format!("http://127.0.0.1:{port}"), "connection refused"),
        ("http://proxy.invalid:3128".to_owned(), "can't be reached"),
    ] {
        let mut session = Session::open(&host_with(through(&url, Vec::new())), &repeating())
            .await
            .unwrap();
        let error = refused(session.add_draft(&[news("标题", "M")]).await);
        assert_eq!(error.kind, ErrorKind::Network, "{error:?}");
        assert!(
            error.message.contains(&url) && error.message.contains(words),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn the_time_to_connect_includes_the_proxy() {
    let world = World::start().await;
    let proxy = TestProxy::start(Behaviour::IsSilent, world.simulator.address(), None).await;
    let host = host_with(through(&proxy.url(""), vec![world.simulator.root_certificate()]));
    let mut session = Session::open(&host, &repeating()).await.unwrap();
    let begin = Instant::now();
    let error = refused(session.verify().await);
    // Three times 0.5 seconds, and not the 60 seconds for a reply.
    assert!(begin.elapsed() < Duration::from_secs(20), "{error:?}");
    assert!(error.message.contains("made no connection in time"), "{error:?}");
}

#[tokio::test]
async fn a_certificate_of_the_proxy_or_behind_it_must_be_trusted() {
    let world = World::start().await;
    let unknown = Authority::named("unknown").server(&[], |leaf| {
        leaf.subject_alt_names = vec![SanType::IpAddress(Ipv4Addr::LOCALHOST.into())];
    });
    let proxy = TestProxy::start(Behaviour::Works, world.simulator.address(), Some(unknown)).await;
    let host = host_with(through(&proxy.url(""), vec![world.simulator.root_certificate()]));
    let mut session = Session::open(&host, &config()).await.unwrap();
    let error = refused(session.verify().await);
    assert!(
        error.message.contains(&proxy.url("")) && error.message.contains("issuer is not trusted"),
        "{error:?}"
    );
    // A proxy that pretends to be the destination.
    let proxy = TestProxy::start(Behaviour::Works, world.simulator.address(), None).await;
    let host = host_with(through(&proxy.url(""), Vec::new()));
    let mut session = Session::open(&host, &config()).await.unwrap();
    let error = refused(session.verify().await);
    assert_eq!(error.kind, ErrorKind::Tls, "{error:?}");
    assert!(error.message.contains("issuer is not trusted"), "{error:?}");
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn the_allow_list_is_about_destinations() {
    let world = World::start().await;
    let proxy = TestProxy::start(Behaviour::Works, world.simulator.address(), None).await;
    let host = host_with(through(&proxy.url(""), vec![world.simulator.root_certificate()]));
    for base in ["https://example.com", "https://api.weixin.qq.com:8443"] {
        let mut session = Session::open(&host, &config_at(base)).await.unwrap();
        let error = refused(session.count_drafts().await);
        assert!(error.message.contains("policy"), "{error:?}");
    }
    // Nor may the proxy itself be a destination.
    let mut session = Session::open(&host, &config_at(&proxy.url(""))).await.unwrap();
    assert!(refused(session.count_drafts().await).message.contains("policy"));
    assert_eq!(proxy.connections(), 0);
}

#[tokio::test]
async fn exceptions_and_hosts_with_an_address_go_past_the_proxy() {
    let world = World::start().await;
    let proxy = TestProxy::start(Behaviour::Works, world.simulator.address(), None).await;
    let through_it = || through(&proxy.url(""), vec![world.simulator.root_certificate()]);
    // A name that does not exist: only the proxy takes it.
    let origin = "https://wechat.invalid";
    for (list, connections) in [
        ("", 1),
        ("weixin.qq.com, .invalid:8443", 2),
        ("weixin.qq.com,invalid:443", 2),
    ] {
        let mut egress = through_it();
        egress.allowed = vec![Origin::parse(origin).unwrap()];
        egress.proxies = egress.proxies.no_proxy(list);
        let mut session = Session::open(&host_with(egress), &config_at(origin)).await.unwrap();
        let error = refused(session.count_drafts().await);
        let is_resolved_here = error.message.contains("could not be resolved");
        assert_eq!(is_resolved_here, list.ends_with(":443"), "{list}: {error:?}");
        assert_eq!(proxy.connections(), connections, "{list}");
    }
    let mut egress = through_it();
    egress.resolve = vec![(NAME.to_owned(), world.simulator.address())];
    let mut session = Session::open(&host_with(egress), &config()).await.unwrap();
    session.verify().await.unwrap();
    assert_eq!(proxy.connections(), 2);
}

/// The component sends plain HTTP to this machine only, which goes past every proxy. Another one may do more.
#[tokio::test]
async fn a_request_over_plain_http_is_forwarded() {
    let server = FakeServer::start(async |request: axum::extract::Request| {
        let authorization = request.headers().get("proxy-authorization").cloned();
        format!("{} {authorization:?}", request.uri()).into_response()
    })
    .await;
    let upstream: SocketAddr = server.base()["http://".len()..].parse().unwrap();
    let proxy = TestProxy::start(Behaviour::Works, upstream, None).await;
    let mut config = through(&proxy.url(CREDENTIALS), Vec::new());
    config.allowed = vec![Origin::parse("http://example.com").unwrap()];
    let mut egress = Egress::new(config).unwrap();
    let body = Empty::<Bytes>::new().map_err(|error| match error {}).boxed_unsync();
    let request = Request::builder()
        .uri("http://example.com/path?x=1")
        .body(body)
        .unwrap();
    let sent = egress.send_request(request, None, Box::new(async { Ok(()) }));
    let (response, _) = Box::into_pin(sent).await.unwrap();
    let text = response.into_body().collect().await.unwrap().to_bytes();
    // The debug output of a header that is marked as sensitive.
    assert_eq!(
        text,
        "http://example.com/path?x=1 Some(\"Basic cHJveHktdXNlcjpwcm94eS1wYXNzd29yZA==\")"
    );
    assert_eq!(proxy.connections(), 1);
}

#[tokio::test]
async fn a_tunnel_that_ends_at_any_byte_does_nothing_twice() {
    // The handshake takes some 600 bytes from the client and 1,500 from the server.
    let sent = (0..4000)
        .step_by(400)
        .chain([8000, 20_000])
        .map(Behaviour::EndsAfterSent);
    let received = (0..2600).step_by(200).map(Behaviour::EndsAfterReceived);
    let mut unknown = 0;
    for behaviour in sent.chain(received) {
        let world = World::start().await;
        let cover = world.permanent_image();
        let mut article = news("标题", &cover);
        if let wechat_official_account_host::types::Article::News(news) = &mut article {
            news.content = "<p>文</p>".repeat(1000);
        }
        let proxy = TestProxy::start(behaviour, world.simulator.address(), None).await;
        let host = host_with(through(&proxy.url(""), vec![world.simulator.root_certificate()]));
        let token = world.session().await.access_token().await.unwrap();
        let config = Config {
            token: Some(token),
            ..repeating()
        };
        let mut session = Session::open(&host, &config).await.unwrap();
        let outcome = session.add_draft(&[article]).await;
        let requests = world.requests("/cgi-bin/draft/add").len();
        let drafts = world.session().await.count_drafts().await.unwrap();
        assert!(
            requests <= 1 && drafts <= 1,
            "{behaviour:?}: {requests} requests, {drafts} drafts, {outcome:?}"
        );
        if outcome.is_ok() {
            assert_eq!(drafts, 1, "{behaviour:?}");
            continue;
        }
        let error = refused(outcome);
        if error.kind == ErrorKind::OutcomeUnknown {
            unknown += 1;
        } else {
            assert_eq!(drafts, 0, "{behaviour:?}: {error:?}");
        }
    }
    assert!(unknown > 3, "{unknown}");
}

#[tokio::test]
async fn a_refusal_before_the_end_of_an_upload_arrives_through_a_tunnel() {
    const QUOTA: &str = "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}";
    let authority = Authority::named("trusted");
    let talk = |mut connection: Box<dyn Connection>| async move {
        read_head(&mut *connection).await;
        let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{QUOTA}", QUOTA.len());
        say(&mut *connection, reply.as_bytes()).await;
        sleep(Duration::from_millis(200)).await;
    };
    let server = RawServer::start(Some(authority.server(&[NAME], |_| {})), talk).await;
    let proxy = TestProxy::start(Behaviour::Works, server.address(), None).await;
    let host = host_with(through(&proxy.url(""), vec![authority.root()]));
    let mut session = Session::open(&host, &config_at(&format!("https://{NAME}")))
        .await
        .unwrap();
    let error = refused(session.upload_material_image(&padded("cover.jpg", 10_000_000)).await);
    assert_eq!(
        (error.kind, error.errcode),
        (ErrorKind::Quota, Some(45009)),
        "{error:?}"
    );
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn an_egress_that_can_reach_nothing_is_not_made() {
    let refusal = |config| {
        Egress::new(config)
            .err()
            .map(|error: wasmtime::Error| format!("{error:#}"))
    };
    let none = || EgressConfig {
        roots: Roots::None,
        ..EgressConfig::default()
    };
    let text = refusal(none()).unwrap();
    assert!(
        text.contains("no certificate to trust") && text.contains("extra_roots"),
        "{text}"
    );
    let mut own = none();
    own.extra_roots = vec![Authority::named("own").root()];
    assert_eq!(refusal(own), None);
    let mut plain = none();
    plain.allowed = vec![Origin::parse("http://127.0.0.1:8080").unwrap()];
    assert_eq!(refusal(plain), None);
}
