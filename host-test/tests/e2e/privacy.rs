//! The promises of PRIVACY.md, one test for each, in the order in which they stand there. Most are kept by longer tests too.
use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use http::StatusCode;
use wechat_official_account_component as component;
use wechat_official_account_host::Host;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Config, ErrorKind, File, MaterialContent, Token};
use wechat_official_account_host::{Egress, EgressConfig};
use wechat_simulator::{APP_ID, APP_SECRET, TOKEN_MARK};

use crate::support::imports::{ALLOWED, imports};
use crate::support::linear_memory::InspectableHost;
use crate::support::operations::{every_operation, rendered};
use crate::support::servers::{FakeServer, IdlePort, config_at};
use crate::support::{World, canary, config, fixture, host_allowing, refused};

const TOKEN: &str = "/cgi-bin/stable_token";

#[test]
fn it_can_use_http_and_a_clock_and_nothing_else() {
    assert_eq!(imports(), ALLOWED);
}

/// A component with one import: a function of an interface for the environment.
fn component_that_reads_the_environment() -> Vec<u8> {
    const NAME: &[u8] = b"wasi:cli/environment@0.2.12";
    let preamble = [b"\0asm".as_slice(), &[13, 0, 1, 0]].concat();
    // An instance type with a function type `() -> ()` and an export `f` of it.
    let types = [7, 14, 1, 0x42, 2, 1, 0x40, 0, 1, 0, 4, 0, 1, b'f', 1, 0];
    let import = [&[1, 0, NAME.len() as u8], NAME, &[5, 0]].concat();
    [preamble, types.to_vec(), vec![10, import.len() as u8], import].concat()
}

#[test]
fn the_host_offers_nothing_more() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("environment.wasm");
    std::fs::write(&path, component_that_reads_the_environment()).unwrap();
    let host = Host::new(&path, Egress::new(EgressConfig::default()).unwrap());
    let error = format!("{:#}", host.err().unwrap());
    assert!(error.contains("wasi:cli/environment"), "{error}");
    assert!(Host::new(component::PATH, Egress::new(EgressConfig::default()).unwrap()).is_ok());
}

#[tokio::test]
async fn it_sends_what_it_is_asked_to_send_and_nothing_besides() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert!(world.simulator.request_log().is_empty());
    let calls: Vec<_> = every_operation(&mut session).await;
    // All went to one place, or the host would have denied them.
    for (name, told) in &calls {
        assert!(!told.contains("policy"), "{name}: {told}");
    }
    let log = world.simulator.request_log();
    assert!(log.iter().all(|entry| entry.headers["host"] == "api.weixin.qq.com"));
    // One request for each call, but for the three that need none: forgetting the token, handing out the one that the
    // first call got, and telling what an article refers to. (The article that is prepared has one picture.)
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
    assert_eq!(log.len(), calls.len() - 3);
}

#[tokio::test]
async fn a_host_can_enforce_where_requests_go() {
    let bystander = IdlePort::new();
    let host = host_allowing(&["https://api.weixin.qq.com"]);
    let mut session = Session::open(&host, &config_at(&bystander.base())).await.unwrap();
    let error = refused(session.count_drafts().await);
    assert!(error.message.contains("policy"), "{error:?}");
    bystander.assert_undisturbed();
}

#[tokio::test]
async fn a_base_has_no_path_no_query_and_no_user() {
    let host = host_allowing(&[]);
    for base in [
        "https://api.weixin.qq.com/cgi-bin",
        "https://api.weixin.qq.com/?a=b",
        "https://api.weixin.qq.com?a=b",
        "https://user@api.weixin.qq.com",
        "https://user:password@api.weixin.qq.com",
    ] {
        let error = refused(Session::open(&host, &config_at(base)).await.map(drop));
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            (ErrorKind::InvalidInput, Some("api-base"))
        );
    }
}

#[tokio::test]
async fn plain_http_goes_to_the_machine_itself_only() {
    let host = host_allowing(&[]);
    for base in [
        "http://api.weixin.qq.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
    ] {
        let error = refused(Session::open(&host, &config_at(base)).await.map(drop));
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            (ErrorKind::InvalidInput, Some("api-base"))
        );
    }
    for base in ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"] {
        assert!(Session::open(&host, &config_at(base)).await.is_ok());
    }
}

#[tokio::test]
async fn id_and_secret_go_to_stable_token_only_and_tokens_into_the_query_only() {
    let world = World::start().await;
    every_operation(&mut world.session().await).await;
    let log = world.simulator.request_log();
    canary::assert_kept(&log);
    for entry in log {
        let body = String::from_utf8_lossy(&entry.body);
        assert_eq!(body.contains(APP_ID) && body.contains(APP_SECRET), entry.path == TOKEN);
        assert_eq!(entry.query_value("access_token").is_some(), entry.path != TOKEN);
    }
}

#[tokio::test]
async fn the_name_of_a_file_stays_with_the_host() {
    let world = World::start().await;
    let file = File {
        name: "private-name.jpg".to_owned(),
        ..fixture("thumb.jpg")
    };
    world.session().await.upload_material_image(&file).await.unwrap();
    for entry in world.simulator.request_log() {
        assert!(!format!("{entry:?}").contains("private-name"));
        assert!(!String::from_utf8_lossy(&entry.body).contains("private-name"));
    }
}

#[tokio::test]
async fn files_are_sent_as_they_are() {
    let world = World::start().await;
    let mut photo = fixture("photo-1.jpg");
    photo.bytes.extend_from_slice(b"what a camera has noted");
    let stored = world.session().await.upload_material_image(&photo).await.unwrap();
    world.account(|account| assert!(account.materials.get(&stored.media_id).unwrap().bytes == photo.bytes));
}

#[tokio::test]
async fn of_an_article_only_pictures_are_sent() {
    let world = World::start().await;
    let files = ["cover.jpg", "thumb.jpg"].map(fixture);
    let html = "<p>private words</p><img src=cover.jpg alt=private>";
    let mut session = world.session().await;
    session.prepare_content(html, &files, true).await.unwrap();
    let log = world.simulator.request_log();
    let holds = |bytes: &[u8]| {
        let held = log
            .iter()
            .filter(|entry| entry.body.windows(bytes.len()).any(|window| window == bytes));
        held.count()
    };
    // In the text, and as the cover.
    let [used, unused] = files;
    assert_eq!(holds(&used.bytes), 2);
    assert_eq!((holds(&unused.bytes), holds(b"private")), (0, 0));
}

#[tokio::test]
async fn neither_redirects_nor_links_are_followed() {
    let elsewhere = IdlePort::new();
    let link = elsewhere.base();
    let pictures = format!("<img src='{link}/a.png' srcset='{link}/b.png 2x'><p style='background:url({link}/c.png)'>");
    let impostor = FakeServer::start(move |request: Request| {
        let response = match request.uri().path() {
            "/cgi-bin/material/get_material" => Response::new(Body::from(format!(
                r#"{{"title":"T","description":"D","down_url":"{link}"}}"#
            ))),
            _ => Response::builder()
                .status(StatusCode::FOUND)
                .header("location", &link)
                .body(Body::empty())
                .unwrap(),
        };
        async { response }
    })
    .await;
    let host = host_allowing(&[&impostor.base(), &elsewhere.base()]);
    let mut session = Session::open(&host, &config_at(&impostor.base())).await.unwrap();
    refused(session.count_drafts().await);
    assert!(matches!(
        session.get_material("id").await,
        Ok(MaterialContent::Video(_))
    ));
    let prepared = session.prepare_content(&pictures, &[], true).await.unwrap();
    assert_eq!((prepared.images.len(), prepared.html), (3, pictures));
    elsewhere.assert_undisturbed();
}

#[tokio::test]
async fn a_dropped_account_leaves_neither_secret_nor_token_in_memory() {
    let world = World::start().await;
    let house = InspectableHost::new(crate::support::egress(&world.simulator));
    let mut session = Session::open(&house.host, &config()).await.unwrap();
    session.count_drafts().await.unwrap();
    let memory = house.newest();
    assert!(memory.holds(APP_SECRET) && memory.holds(TOKEN_MARK));
    let instance = session.close().await.unwrap();
    memory.assert_wiped(&[]);
    drop(instance);
}

#[tokio::test]
async fn a_forgotten_token_is_not_left_in_memory() {
    let world = World::start().await;
    let house = InspectableHost::new(crate::support::egress(&world.simulator));
    let mut session = Session::open(&house.host, &config()).await.unwrap();
    session.count_drafts().await.unwrap();
    let memory = house.newest();
    assert!(memory.holds(TOKEN_MARK));
    session.forget_token().await.unwrap();
    assert!(!memory.holds(TOKEN_MARK));
    // The secret is kept: the next call gets a token with it.
    session.count_drafts().await.unwrap();
}

#[tokio::test]
async fn calls_leave_nothing_behind_that_piles_up() {
    let world = World::start().await;
    let mut session = world.session().await;
    for _ in 0..3 {
        every_operation(&mut session).await;
    }
    let before = session.memory_bytes();
    for _ in 0..5 {
        every_operation(&mut session).await;
    }
    assert_eq!(session.memory_bytes(), before);
    assert!(session.close().await.unwrap().is_idle());
}

#[tokio::test]
async fn errors_show_neither_id_nor_secret_nor_token_not_even_where_a_server_repeats_them() {
    let parrot = FakeServer::start(|request: Request| async {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let heard = format!("<html>{} {}</html>", head.uri, String::from_utf8_lossy(&body));
        Response::new(Body::from(heard))
    })
    .await;
    let host = host_allowing(&[&parrot.base()]);
    let config = Config {
        token: Some(Token::new(format!("75_{TOKEN_MARK}"), 7200)),
        ..config_at(&parrot.base())
    };
    let mut session = Session::open(&host, &config).await.unwrap();
    let refusal = session.count_drafts().await;
    assert!(refused(refusal).message.contains("/cgi-bin/draft/count"));
    session.forget_token().await.unwrap();
    refused(session.verify().await);
}

#[tokio::test]
async fn what_wechat_recorded_is_shown_without_secrets() {
    let mut world = World::start().await;
    world.misuses_secrets = true;
    let mut session = world.session().await;
    let rid = refused(session.get_draft(APP_SECRET).await).rid.unwrap();
    let record = session.explain(&rid).await;
    assert!(record.as_ref().unwrap().request_body.contains("media_id"));
    canary::assert_absent(&rendered(&record));
}

#[tokio::test]
async fn nothing_that_the_host_logs_shows_id_secret_or_token() {
    let world = World::start().await;
    every_operation(&mut world.session().await).await;
    canary::assert_all_heard();
    canary::assert_none_logged();
}

#[tokio::test]
async fn the_host_s_configuration_and_token_do_not_show_theirs() {
    let world = World::start().await;
    let token = world.session().await.access_token().await.unwrap();
    assert!(token.value.contains(TOKEN_MARK));
    let config = Config {
        token: Some(token),
        ..config()
    };
    canary::assert_absent(&format!("{config:?} {config:#?} {:?}", config.token));
}

/// Names in PRIVACY.md that are neither here nor said to be elsewhere would promise more than is kept.
#[test]
fn every_promise_names_its_test() {
    let document = include_str!("../../../PRIVACY.md");
    let tests = include_str!("privacy.rs").split("#[tokio::test]\nasync fn ");
    let tests = tests.flat_map(|part| part.split("#[test]\nfn ")).skip(1);
    let tests: Vec<_> = tests.filter_map(|part| part.split("()").next()).collect();
    let promises = document.split("| [`").skip(1);
    let mut promises: Vec<_> = promises.filter_map(|row| row.split("`]").next()).collect();
    promises.push("every_promise_names_its_test");
    assert_eq!(promises, tests);
}
