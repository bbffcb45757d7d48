//! The promise: requests reach the origins that the host has named, and nothing else.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use wasmtime_wasi_http::{Error, WasiHttpHooks};
use wechat_official_account_host::types::{
    Config, ErrorKind, ImageOutcome, ImageResult, MaterialContent, MediaContent, Timeouts,
};
use wechat_official_account_host::{self as host, Session};
use wechat_official_account_host::{Egress, EgressConfig, Origin};

use crate::support::servers::{FakeServer, IdlePort, config_at};
use crate::support::{World, config, egress, fixture, host_allowing, news, refused};

/// Fails unless the host denied the request.
#[track_caller]
fn assert_denied<T: Debug>(outcome: host::Result<T>) {
    let error = refused(outcome);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Network, None), "{error:?}");
    assert!(error.message.contains("policy"), "{error:?}");
}

async fn session_at(world: &World, base: &str) -> Session {
    let config = Config {
        api_base: Some(base.to_owned()),
        ..config()
    };
    Session::open(&world.host, &config).await.unwrap()
}

#[tokio::test]
async fn an_allowed_origin_is_reached_in_either_letter_case() {
    let world = World::start().await;
    for base in [
        "https://api.weixin.qq.com",
        "https://api.weixin.qq.com/",
        "https://API.WEIXIN.QQ.COM",
        "https://Api.Weixin.QQ.com",
    ] {
        session_at(&world, base).await.count_drafts().await.unwrap();
    }
}

#[tokio::test]
async fn every_other_origin_is_denied() {
    let world = World::start().await;
    let idle = IdlePort::new();
    let port = idle.port();
    for base in [
        // Another host.
        "https://api2.weixin.qq.com".to_owned(),
        "https://weixin.qq.com".to_owned(),
        "https://sh.api.weixin.qq.com".to_owned(),
        "https://api.weixin.qq.com.example.com".to_owned(),
        "https://apiXweixin.qq.com".to_owned(),
        // The same name in the form that DNS calls complete.
        "https://api.weixin.qq.com.".to_owned(),
        // Another port.
        format!("https://api.weixin.qq.com:{port}"),
        "https://api.weixin.qq.com:80".to_owned(),
        // Addresses, even that of the server that the name leads to.
        world.simulator.base_url(),
        format!("https://127.0.0.1:{port}"),
        format!("https://[::1]:{port}"),
        format!("https://2130706433:{port}"),
        format!("https://0x7f000001:{port}"),
        format!("https://localhost:{port}"),
        // Plain HTTP, to addresses that the component allows.
        idle.base(),
        format!("http://localhost:{port}"),
        format!("http://[::1]:{port}"),
    ] {
        let mut session = session_at(&world, &base).await;
        assert_denied(session.verify().await);
        assert_denied(session.count_drafts().await);
    }
    idle.assert_undisturbed();
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn an_empty_allow_list_denies_everything() {
    let idle = IdlePort::new();
    let host = host_allowing(&[]);
    let mut session = Session::open(&host, &config_at(&idle.base())).await.unwrap();
    assert_denied(session.count_drafts().await);
    idle.assert_undisturbed();
}

/// Another component might request URLs that this component refuses itself.
#[tokio::test]
async fn the_allow_list_does_not_rely_on_the_component() {
    let mut egress = Egress::new(EgressConfig::default()).unwrap();
    for uri in [
        "http://api.weixin.qq.com/",
        "https://api.weixin.qq.com:443@example.com/",
        "https://user@api.weixin.qq.com/",
        "https://user:password@api.weixin.qq.com/",
        "ws://api.weixin.qq.com/",
        "/cgi-bin/stable_token",
    ] {
        let body = Empty::<Bytes>::new().map_err(|error| match error {}).boxed_unsync();
        let request = Request::builder().uri(uri).body(body).unwrap();
        let sent = egress.send_request(request, None, Box::new(async { Ok(()) }));
        let outcome = Box::into_pin(sent).await.map(drop);
        assert!(matches!(outcome, Err(Error::HttpRequestDenied)), "{uri}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_host_can_end_a_long_call_early() {
    let world = World::start().await;
    let is_ended = Arc::new(AtomicBool::new(false));
    let (end, condition) = (Arc::clone(&is_ended), Arc::clone(&is_ended));
    let egress = egress(&world.simulator).on_reply(move |path| {
        // After the first of three.
        if path.ends_with("uploadimg") {
            end.store(true, Ordering::Relaxed);
        }
    });
    let egress = egress.deny_while(move || condition.load(Ordering::Relaxed));
    let host = world.host.with_egress(egress);
    let mut session = Session::open(&host, &config()).await.unwrap();
    let names = ["photo-1.jpg", "photo-2.jpg", "article.png"];
    let html: String = names.map(|name| format!("<img src={name}>")).concat();
    let files = names.map(fixture);
    let prepared = session.prepare_content(&html, &files, false).await.unwrap();
    assert!(matches!(prepared.images[0].outcome, ImageResult::Uploaded(_)));
    for image in &prepared.images[1..] {
        let ImageResult::Failed(error) = &image.outcome else {
            panic!("{image:?}");
        };
        assert_eq!(error.kind, ErrorKind::Network);
    }
    assert_denied(session.count_drafts().await);
    // It is no state of the session: the next one goes out, and ends the call again.
    is_ended.store(false, Ordering::Relaxed);
    let rest = session.prepare_content(&prepared.html, &files, false).await.unwrap();
    let is_uploaded = |image: &ImageOutcome| matches!(image.outcome, ImageResult::Uploaded(_));
    let outcomes: Vec<_> = rest.images.iter().skip(1).map(is_uploaded).collect();
    assert_eq!(outcomes, [true, false]);
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    let named = |base| Origin::parse(base).unwrap();
    assert_eq!(
        named("https://api.weixin.qq.com:443"),
        named("https://API.weixin.qq.com/")
    );
    assert_ne!(named("https://api.weixin.qq.com:80"), named("http://api.weixin.qq.com"));
    for base in [
        "api.weixin.qq.com",
        "ftp://api.weixin.qq.com",
        "https://user@api.weixin.qq.com",
        "https://api.weixin.qq.com/cgi-bin",
        "https://api.weixin.qq.com/?x",
    ] {
        assert!(Origin::parse(base).is_err(), "{base}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed_even_to_allowed_origins() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = IdlePort::new();
        for to_itself in [false, true] {
            let location = match to_itself {
                true => "/cgi-bin/token".to_owned(),
                false => format!("{}/cgi-bin/token", elsewhere.base()),
            };
            let server = FakeServer::start(move |_| {
                let response = Response::builder().status(StatusCode::from_u16(status).unwrap());
                let response = response.header("location", &location).body(Body::empty()).unwrap();
                async { response }
            })
            .await;
            let host = host_allowing(&[&server.base(), &elsewhere.base()]);
            let mut session = Session::open(&host, &config_at(&server.base())).await.unwrap();
            refused(session.count_drafts().await);
            refused(session.get_media("id").await.map(drop));
            refused(session.add_draft(&[news("标题", "id")]).await);
            refused(session.upload_material_image(&fixture("cover.jpg")).await);
            session.forget_token().await.unwrap();
            refused(session.verify().await);
            assert_eq!(server.requests(), 5, "{status}");
        }
        elsewhere.assert_undisturbed();
    }
}

/// Makes a listener, and the list of the paths that it got.
fn listener() -> (impl Fn(&str) + Send + Sync + 'static, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let paths = Arc::clone(&heard);
    (move |path: &str| paths.lock().unwrap().push(path.to_owned()), heard)
}

#[tokio::test]
async fn a_listener_gets_the_path_of_each_reply_without_the_token() {
    let world = World::start().await;
    let (listener, heard) = listener();
    let egress = crate::support::egress(&world.simulator).on_reply(listener);
    let mut session = Session::open(&world.host.with_egress(egress), &config()).await.unwrap();
    assert!(heard.lock().unwrap().is_empty());
    session.count_drafts().await.unwrap();
    refused(session.get_draft("no-such-draft").await);
    let paths = ["/cgi-bin/stable_token", "/cgi-bin/draft/count", "/cgi-bin/draft/get"];
    assert_eq!(*heard.lock().unwrap(), paths);
}

#[tokio::test]
async fn a_listener_gets_nothing_for_requests_without_a_reply() {
    let world = World::start().await;
    let nobody = IdlePort::new().base();
    let (listener, heard) = listener();
    let config = EgressConfig {
        allowed: vec![Origin::parse(&nobody).unwrap()],
        ..EgressConfig::default()
    };
    let host = world.host.with_egress(Egress::new(config).unwrap().on_reply(listener));
    // The first request is denied, the second meets a closed port.
    for base in ["https://api.weixin.qq.com", nobody.as_str()] {
        let mut session = Session::open(&host, &config_at(base)).await.unwrap();
        refused(session.count_drafts().await);
    }
    assert!(heard.lock().unwrap().is_empty());
}

/// The port accepts connections but sends nothing, so that the TLS handshake never ends. Nothing was sent then, but the
/// code for that is one that other hosts use for a slow reply. So an unsafe call is in doubt.
#[tokio::test]
async fn the_connect_timeout_of_the_account_is_kept() {
    let idle = IdlePort::new();
    let base = format!("https://127.0.0.1:{}", idle.port());
    let host = host_allowing(&[&base]);
    let config = Config {
        timeouts: Some(Timeouts {
            connect_milliseconds: 50,
            // If the connect timeout were ignored, this one would end the call, with the error of a missing reply.
            first_byte_milliseconds: 1_000,
            between_bytes_milliseconds: 1_000,
            call_milliseconds: 300_000,
        }),
        ..config_at(&base)
    };
    let mut session = Session::open(&host, &config).await.unwrap();
    let unsafe_call = refused(session.add_draft(&[news("标题", "id")]).await);
    let safe_call = refused(session.count_drafts().await);
    for (error, kind) in [
        (unsafe_call, ErrorKind::OutcomeUnknown),
        (safe_call, ErrorKind::Network),
    ] {
        assert_eq!(error.kind, kind, "{error:?}");
        assert!(error.message.contains("connection was not made in time"), "{error:?}");
    }
}

#[tokio::test]
async fn links_in_replies_and_articles_are_not_visited() {
    let cinema = IdlePort::new();
    let url = format!("{}/video.mp4", cinema.base());
    let reply = format!(r#"{{"title":"T","description":"D","down_url":"{url}","video_url":"{url}"}}"#);
    let server = FakeServer::start(move |_| {
        let response = Response::new(Body::from(reply.clone()));
        async { response }
    })
    .await;
    let host = host_allowing(&[&server.base(), &cinema.base()]);
    let mut session = Session::open(&host, &config_at(&server.base())).await.unwrap();
    match session.get_material("id").await.unwrap() {
        MaterialContent::Video(link) => assert_eq!(link.url, url),
        other => panic!("not a video: {other:?}"),
    }
    match session.get_media("id").await.unwrap() {
        MediaContent::Video(link) => assert_eq!(link.url, url),
        other => panic!("not a video: {other:?}"),
    }
    let html = format!("<img src='{url}' srcset='{url} 2x'><p style='background:url({url})'>");
    let prepared = session.prepare_content(&html, &[], true).await.unwrap();
    assert_eq!((prepared.images.len(), prepared.html), (2, html));
    assert_eq!(server.requests(), 2);
    cinema.assert_undisturbed();
}
