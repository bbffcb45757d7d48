//! The promise: a reply made to break its reader is an error, and the instance goes on working.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use wechat_official_account_host::types::{ErrorKind, MaterialContent, MediaContent};
use wechat_official_account_host::{self as host, Session};
use wechat_simulator::{Fault, FaultBody, FaultRule};

use crate::support::servers::{FakeServer, config_at};
use crate::support::{World, assert_refused, fixture, host_allowing, news, refused};

const GET_DRAFT: &str = "/cgi-bin/draft/get";
const GET_MATERIAL: &str = "/cgi-bin/material/get_material";

fn answer(world: &World, path: &str, body: String) {
    let fault = Fault::Status {
        code: StatusCode::OK,
        body: FaultBody::Text(body),
        executed: false,
    };
    world.simulator.inject(FaultRule::new(path, fault).times(1));
}

async fn ask<T>(world: &World, outcome: host::Result<T>, session: &mut Session) -> host::Result<T> {
    world.simulator.clear_faults();
    session.count_drafts().await.unwrap();
    outcome
}

/// Makes `{"news_item":[],"x":[[…]]}` with lists of this depth.
fn nested(depth: usize) -> String {
    let lists = depth - 1;
    format!(r#"{{"news_item":[],"x":{}{}}}"#, "[".repeat(lists), "]".repeat(lists))
}

/// Makes the same of objects in a field that is read, which takes more of the stack.
fn nested_in_content(depth: usize) -> String {
    let objects = depth - 3;
    let (open, close) = (r#"{"content":"#.repeat(objects), "}".repeat(objects));
    format!(r#"{{"news_item":[{{"content":{open}0{close}}}]}}"#)
}

#[tokio::test]
async fn a_reply_as_deep_as_the_parser_accepts_is_read() {
    let world = World::start().await;
    let mut session = world.session().await;
    // serde_json stops at 128 levels.
    for (depth, readable) in [(127, true), (128, false), (1_000, false), (50_000, false)] {
        for (body, articles) in [(nested(depth), 0), (nested_in_content(depth), 1)] {
            answer(&world, GET_DRAFT, body);
            let outcome = session.get_draft("M").await;
            let outcome = ask(&world, outcome, &mut session).await;
            match readable {
                true => assert_eq!(outcome.unwrap().articles.len(), articles),
                false => assert_refused(outcome, ErrorKind::MalformedReply, None),
            }
        }
    }
}

#[tokio::test]
async fn a_reply_of_too_many_parts_is_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    for part in ["0,", "{},", "[],", "\"\","] {
        let many = part.repeat(5 * 1024 * 1024 / part.len());
        answer(&world, GET_DRAFT, format!(r#"{{"news_item":[],"x":[{many}0]}}"#));
        let outcome = session.get_draft("M").await;
        assert_refused(
            ask(&world, outcome, &mut session).await,
            ErrorKind::MalformedReply,
            None,
        );
    }
}

/// Just below the limit of 24 MiB.
const LARGE: usize = 24 * 1024 * 1024 - 1000;

#[tokio::test]
async fn the_largest_replies_fit_into_an_instance_again_and_again() {
    let world = World::start().await;
    let mut session = world.session().await;
    // A reply with raw line breaks is repaired first, which takes the most memory.
    for unit in ["\n", "x\n"] {
        let long = unit.repeat(LARGE / unit.len());
        for _ in 0..2 {
            answer(
                &world,
                GET_DRAFT,
                format!(r#"{{"news_item":[{{"content":"{long}"}}]}}"#),
            );
            let draft = session.get_draft("M").await.unwrap();
            assert!(
                draft.articles[0]
                    .content
                    .as_ref()
                    .is_some_and(|content| content.len() >= LARGE / 2)
            );
            answer(&world, GET_DRAFT, format!(r#"{{"errcode":40007,"errmsg":"{long}"}}"#));
            let error = refused(session.get_draft("M").await);
            assert!(error.errcode == Some(40007) && error.message.chars().count() <= 1000);
            // Neither complete nor a file, with the most characters to repair.
            answer(&world, GET_MATERIAL, format!(r#"{{"errcode":40007,"errmsg":"{long}"#));
            assert_refused(session.get_material("M").await, ErrorKind::MalformedReply, None);
        }
    }
}

#[tokio::test]
async fn a_reply_of_strange_text_is_an_error_or_a_file() {
    let world = World::start().await;
    let mut session = world.session().await;
    for body in [
        "{",
        "{\"",
        "{\"\\",
        "{\"a\":\"\\ud800",
        "\u{feff}{}",
        "[{}]",
        "null",
        "\"\"",
        "0",
        "{}{}",
    ] {
        answer(&world, GET_DRAFT, body.to_owned());
        let outcome = session.get_draft("M").await;
        assert_refused(
            ask(&world, outcome, &mut session).await,
            ErrorKind::MalformedReply,
            None,
        );
        answer(&world, GET_MATERIAL, body.to_owned());
        let outcome = session.get_material("M").await;
        match ask(&world, outcome, &mut session).await {
            Ok(MaterialContent::File(file)) => assert_eq!(file.bytes, body.as_bytes()),
            other => assert_refused(other, ErrorKind::MalformedReply, None),
        }
    }
}

#[tokio::test]
async fn half_a_character_and_a_byte_order_mark_do_not_spoil_a_draft() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (body, title) in [
        (r#"{"news_item":[{"title":"周末\ud83d"}]}"#, "周末\u{fffd}"),
        ("\u{feff}{\"news_item\":[{\"title\":\"周末\"}]}", "周末"),
    ] {
        answer(&world, GET_DRAFT, body.to_owned());
        let draft = session.get_draft("M").await;
        let draft = ask(&world, draft, &mut session).await.unwrap();
        assert_eq!(draft.articles[0].title, title);
    }
}

#[tokio::test]
async fn a_success_without_what_it_promises_is_none() {
    const LIST: &str = "/cgi-bin/draft/batchget";
    const ADD: &str = "/cgi-bin/draft/add";
    const STATUS: &str = "/cgi-bin/freepublish/get";
    const DELETE: &str = "/cgi-bin/draft/delete";
    let world = World::start().await;
    let mut session = world.session().await;
    for page in [
        r#"{"total_count":5,"item":[]}"#,
        r#"{"item":[]}"#,
        r#"{"total_count":1,"item_count":1,"item":[{"media_id":"<M>"}]}"#,
        r#"{"total_count":5,"item_count":2,"item":[{"media_id":"M"}]}"#,
    ] {
        answer(&world, LIST, page.to_owned());
        assert_refused(session.list_drafts(0, 20, false).await, ErrorKind::MalformedReply, None);
    }
    answer(&world, STATUS, r#"{"publish_status":0}"#.to_owned());
    assert_refused(session.publish_status("1").await, ErrorKind::MalformedReply, None);
    answer(&world, DELETE, r#"{"errcode":false,"errmsg":"ok"}"#.to_owned());
    assert_refused(session.delete_draft("M").await, ErrorKind::MalformedReply, None);
    let cover = world.permanent_image();
    for added in [
        r#"{"item":[]}"#,
        r#"{"media_id":0}"#,
        r#"{"errcode":false,"media_id":"M"}"#,
    ] {
        answer(&world, ADD, added.to_owned());
        let outcome = session.add_draft(&[news("标题", &cover)]).await;
        assert_refused(outcome, ErrorKind::OutcomeUnknown, None);
    }
}

#[tokio::test]
async fn a_file_in_an_encoding_that_was_not_asked_for_is_an_error() {
    for (encoding, readable) in [("gzip", false), ("br", false), ("deflate", false), ("identity", true)] {
        let server = FakeServer::start(move |_| async move {
            let head = Response::builder()
                .header("content-type", "image/jpeg")
                .header("content-disposition", "attachment; filename=\"M.jpg\"")
                .header("content-encoding", encoding);
            head.body(Body::from(fixture("cover.jpg").bytes)).unwrap()
        })
        .await;
        let host = host_allowing(&[&server.base()]);
        let mut session = Session::open(&host, &config_at(&server.base())).await.unwrap();
        match (session.get_media("M").await, readable) {
            (Ok(MediaContent::File(file)), true) => assert_eq!(file.bytes, fixture("cover.jpg").bytes),
            (outcome, false) => {
                let error = refused(outcome);
                assert_eq!(error.kind, ErrorKind::MalformedReply);
                assert!(error.message.contains(encoding), "{error:?}");
            }
            other => panic!("{encoding}: {other:?}"),
        }
    }
}
