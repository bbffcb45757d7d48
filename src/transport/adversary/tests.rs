use super::*;
use crate::account::Account;
use crate::bindings::types::{Article, Comments, Config, DeleteWhich, ErrorKind, File, MediaKind, News};
use crate::error::Result;
use crate::transport::stub::{block_on, config};
use crate::wechat::testing::jpg;

const TOKEN_PATH: &str = "/cgi-bin/stable_token";

/// One operation.
struct Call {
    name: &'static str,
    /// The path of its own requests.
    path: &'static str,
    /// False if doing it twice could do harm (wechat-api §18).
    is_safe: bool,
    run: fn(&Account<Adversary>) -> Result<()>,
}

const CALLS: [Call; 17] = [
    unsafe_call("material.upload-image", "/cgi-bin/material/add_material", |account| {
        block_on(account.upload_image(&jpg())).map(drop)
    }),
    unsafe_call("material.upload-voice", "/cgi-bin/material/add_material", |account| {
        block_on(account.upload_voice(&voice())).map(drop)
    }),
    unsafe_call("material.upload-video", "/cgi-bin/material/add_material", |account| {
        block_on(account.upload_video(&video(), "title", "")).map(drop)
    }),
    unsafe_call("material.upload-thumb", "/cgi-bin/material/add_material", |account| {
        block_on(account.upload_thumb(&jpg())).map(drop)
    }),
    // Two pictures that become material.
    unsafe_call("content.prepare", "/cgi-bin/material/add_material", |account| {
        let gif = |id: &str, end: &[u8]| File {
            name: id.to_owned(),
            bytes: [b"GIF89a\x08\0\x08\0\0\0\0".as_slice(), end].concat(),
        };
        let html = r#"<p>text</p><img src="a.gif"><img src="b.gif">"#;
        block_on(account.prepare(html.to_owned(), &[gif("a.gif", b"a"), gif("b.gif", b"b")], true)).map(drop)
    }),
    unsafe_call("draft.add", "/cgi-bin/draft/add", |account| {
        block_on(account.add_draft(&[article()])).map(drop)
    }),
    unsafe_call("publish.submit", "/cgi-bin/freepublish/submit", |account| {
        block_on(account.submit("M")).map(drop)
    }),
    unsafe_call("publish.delete", "/cgi-bin/freepublish/delete", |account| {
        block_on(account.delete_publication("A", DeleteWhich::All))
    }),
    safe_call("material.upload-article-image", "/cgi-bin/media/uploadimg", |account| {
        block_on(account.upload_article_image(&jpg())).map(drop)
    }),
    safe_call("material.delete", "/cgi-bin/material/del_material", |account| {
        block_on(account.delete_material("M"))
    }),
    safe_call("media.upload", "/cgi-bin/media/upload", |account| {
        block_on(account.upload_media(MediaKind::Image, &jpg())).map(drop)
    }),
    safe_call("media.get", "/cgi-bin/media/get", |account| {
        block_on(account.get_media("M")).map(drop)
    }),
    safe_call("draft.get", "/cgi-bin/draft/get", |account| {
        block_on(account.get_draft("M")).map(drop)
    }),
    safe_call("draft.update", "/cgi-bin/draft/update", |account| {
        block_on(account.update_draft("M", 0, &article()))
    }),
    safe_call("draft.delete", "/cgi-bin/draft/delete", |account| {
        block_on(account.delete_draft("M"))
    }),
    safe_call("draft.count", "/cgi-bin/draft/count", |account| {
        block_on(account.count_drafts()).map(drop)
    }),
    safe_call("account.verify", TOKEN_PATH, |account| {
        block_on(account.verify()).map(drop)
    }),
];

const fn unsafe_call(name: &'static str, path: &'static str, run: fn(&Account<Adversary>) -> Result<()>) -> Call {
    Call {
        name,
        path,
        is_safe: false,
        run,
    }
}

const fn safe_call(name: &'static str, path: &'static str, run: fn(&Account<Adversary>) -> Result<()>) -> Call {
    Call {
        is_safe: true,
        ..unsafe_call(name, path, run)
    }
}

fn fixture(name: &str, bytes: &[u8]) -> File {
    File {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn voice() -> File {
    fixture("voice.amr", include_bytes!("../../../host-test/fixtures/voice.amr"))
}

fn video() -> File {
    fixture("video.mp4", include_bytes!("../../../host-test/fixtures/video.mp4"))
}

fn article() -> Article {
    Article::News(News {
        title: "title".to_owned(),
        author: None,
        digest: None,
        content: "<p>text</p>".to_owned(),
        content_source_url: None,
        thumb_media_id: "M".to_owned(),
        cover_crops: Vec::new(),
        comments: Comments::Closed,
        product_key: None,
    })
}

/// An account with the default pauses whose requests meet these events.
fn account(adversary: Adversary) -> Account<Adversary> {
    let config = Config {
        retry_pauses_milliseconds: None,
        ..config()
    };
    Account::open(config, adversary).unwrap()
}

/// The courses that a fault takes: how often it comes, and what comes before and after it.
fn courses(failure: &Failure) -> Vec<(&'static str, Vec<Event>, bool)> {
    let fails = || Event::Fails(failure.clone());
    vec![
        ("once", vec![fails()], false),
        ("twice", vec![fails(), fails()], false),
        ("always", vec![fails()], true),
        ("before a refused token", vec![fails(), Event::TokenRefused], false),
        ("after a refused token", vec![Event::TokenRefused, fails()], false),
        (
            "after a forced token",
            vec![Event::TokenRefused, Event::TokenRefused, fails()],
            false,
        ),
    ]
}

/// Runs one cell. Fails if a request that must not be repeated went out again although WeChat may have executed it.
fn assert_nothing_twice(
    call: &Call,
    path: &'static str,
    failure: &Failure,
    course: &str,
    events: Vec<Event>,
    forever: bool,
) {
    let account = account(Adversary::new(path, events, forever));
    let outcome = (call.run)(&account);
    let cell = || format!("{}, {path} {course}: {failure:?}: {outcome:?}", call.name);
    for (path, body, sent, executed) in account.client.transport.requests() {
        // WeChat counts the tokens that are forced (wechat-api §6.2).
        let is_forced = path == TOKEN_PATH && body.ends_with(b"true}");
        if is_forced || (path == call.path && !call.is_safe) {
            assert!(
                executed <= 1,
                "{}: {path} {executed} of {sent} may have been executed",
                cell()
            );
        }
    }
    if let Err(error) = &outcome {
        assert!(!format!("{error:?}").contains("CANARY"), "{}", cell());
    }
}

#[test]
fn no_unsafe_call_is_sent_twice_whatever_the_host_reports_and_when() {
    let mut cells = 0;
    for failure in Failure::all() {
        let own = CALLS.iter().map(|call| (call, call.path));
        // Faults of the token's requests, before one unsafe call and before several.
        let tokens = CALLS
            .iter()
            .filter(|call| ["draft.add", "content.prepare"].contains(&call.name));
        for (call, path) in own.chain(tokens.map(|call| (call, TOKEN_PATH))) {
            for (course, events, forever) in courses(&failure) {
                assert_nothing_twice(call, path, &failure, course, events, forever);
                cells += 1;
            }
        }
    }
    // 17 calls and 2 with faults of the token's requests; 39 codes, 5 moments, 6 courses.
    assert_eq!(cells, (17 + 2) * 39 * 5 * 6);
}

/// A doubt is told as such, and nothing else is.
#[test]
fn an_unsafe_call_that_may_have_been_executed_is_in_doubt() {
    for call in CALLS
        .iter()
        .filter(|call| !call.is_safe && call.name != "content.prepare")
    {
        for failure in Failure::all() {
            let account = account(Adversary::new(call.path, vec![Event::Fails(failure.clone())], true));
            let error = (call.run)(&account).unwrap_err();
            let is_doubt = error.kind == ErrorKind::OutcomeUnknown;
            assert_eq!(
                is_doubt,
                failure.may_have_arrived(),
                "{}: {failure:?}: {error:?}",
                call.name
            );
        }
    }
}

/// Where a repetition does no harm, a host's word costs no success.
#[test]
fn a_safe_call_is_repeated_unless_that_is_in_vain() {
    for call in CALLS.iter().filter(|call| call.is_safe) {
        for failure in Failure::all() {
            let in_vain = match failure.code {
                ErrorCode::TlsCertificateError | ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) => true,
                ErrorCode::HttpRequestDenied | ErrorCode::DestinationIpProhibited => failure.moment != Moment::InReply,
                _ => false,
            };
            let account = account(Adversary::new(call.path, vec![Event::Fails(failure.clone())], true));
            let error = (call.run)(&account).unwrap_err();
            let requests = account.client.transport.requests();
            let (.., sent, _) = requests.iter().find(|(path, ..)| path == call.path).unwrap();
            assert_eq!(*sent, if in_vain { 1 } else { 4 }, "{}: {failure:?}", call.name);
            let is_tls = error.message.contains("could not be secured");
            assert_eq!(
                error.kind == ErrorKind::Tls,
                is_tls,
                "{}: {failure:?}: {error:?}",
                call.name
            );
        }
    }
}
