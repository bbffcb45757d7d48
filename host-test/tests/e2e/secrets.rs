//! The promise: id, secret and tokens appear in no error, no debug output, no trap and no log, and are sent only to the
//! places where WeChat wants them.
//!
//! `support::canary` watches the log of every test in this program, and every request that a simulator gets.

use std::pin::pin;
use std::task::{Context, Waker};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use serde_json::json;
use wechat_official_account_host::types::{Config, Token};
use wechat_official_account_host::{self as host, Session};
use wechat_simulator::{APP_ID, APP_SECRET, Entry, FaultRule, TOKEN_MARK};

use crate::support::operations::{every_operation, rendered};
use crate::support::servers::{FakeServer, config_at};
use crate::support::{World, canary, config, faults, host_allowing};

const TOKEN: &str = "/cgi-bin/stable_token";
/// More refusals than any call has attempts.
const TIMES: usize = 10;

/// A change that makes the server refuse.
type Change = fn(&World);

/// The reasons of refusals, and the changes that cause them.
const REFUSALS: [(&str, Change); 6] = [
    ("every token is refused", |world| {
        world.account(|account| account.refuse_all_tokens = true);
    }),
    ("the secret is not accepted", |world| {
        world.account(|account| account.secret = "fedcba9876543210fedcba9876543210".to_owned());
    }),
    ("the account may not do it", |world| {
        world.account(|account| account.deny("/"));
    }),
    ("the day's calls are used up", |world| {
        world.account(|account| account.daily_limits.values_mut().for_each(|limit| *limit = 0));
    }),
    ("the address is not on the whitelist", |world| {
        world.account(|account| account.ip_whitelist = Some([].into()));
    }),
    ("the server is busy", |world| {
        world.account(|account| {
            let paths: Vec<String> = account.daily_limits.keys().cloned().collect();
            for path in paths.iter().flat_map(|path| [path; TIMES]) {
                account.refuse_next(path, -1, "system error");
            }
        });
    }),
];

/// Calls every operation, and searches all results.
async fn assert_no_secret(session: &mut Session, reason: &str) {
    for (name, rendered) in every_operation(session).await {
        assert_eq!(canary::found_in(&rendered), None, "{reason}, {name}: {rendered}");
    }
}

#[tokio::test]
async fn no_outcome_of_any_operation_shows_a_secret() {
    let world = World::start().await;
    assert_no_secret(&mut world.session().await, "no refusal").await;
    for (reason, change) in REFUSALS {
        let world = World::start().await;
        // One session has a token already, the other must request it.
        let (mut old, mut new) = (world.session().await, world.session().await);
        old.count_drafts().await.unwrap();
        change(&world);
        assert_no_secret(&mut old, reason).await;
        assert_no_secret(&mut new, reason).await;
    }
}

/// The reply of this path contains a token, whole or in part. `reliability.rs` covers the other paths.
#[tokio::test]
async fn no_fault_in_the_request_for_a_token_shows_a_secret() {
    for fault in faults::immediate() {
        let world = World::start().await;
        world.simulator.inject(FaultRule::new(TOKEN, fault.clone()));
        let outcome = rendered(&world.session().await.verify().await);
        assert_eq!(canary::found_in(&outcome), None, "{fault}: {outcome}");
        // A token that came in spite of the fault is valid.
        assert_eq!(
            outcome.starts_with("Ok"),
            fault.to_string() == "content-length-twice" || fault.to_string() == "mislabelled",
            "{fault}: {outcome}"
        );
    }
}

/// Starts a server that repeats every request in its reply, in these words.
async fn parrot(words: fn(&str) -> String) -> FakeServer {
    FakeServer::start(move |request: Request| async move {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let heard = format!("{} {:?} {}", head.uri, head.headers, String::from_utf8_lossy(&body));
        Response::new(Body::from(words(&heard)))
    })
    .await
}

/// The words of a proxy's page, and those of a refusal.
const PARROTS: [fn(&str) -> String; 2] = [
    |heard| format!("<html>{heard}</html>"),
    |heard| json!({ "errcode": 47001, "errmsg": heard }).to_string(),
];

#[tokio::test]
async fn errors_show_no_secret_even_if_a_server_repeats_it() {
    for words in PARROTS {
        let parrot = parrot(words).await;
        let host = host_allowing(&[&parrot.base()]);
        let with_token = Config {
            token: Some(Token::new(format!("75_{TOKEN_MARK}"), 7200)),
            ..config_at(&parrot.base())
        };
        let without_token = Config {
            token: None,
            ..config_at(&parrot.base())
        };
        for config in [with_token, without_token] {
            let mut session = Session::open(&host, &config).await.unwrap();
            assert_no_secret(&mut session, "a parrot").await;
        }
    }
    canary::assert_none_logged();
}

#[tokio::test]
async fn a_trap_shows_no_secret() {
    let world = World::start().await;
    let mut session = world.session().await;
    session.count_drafts().await.unwrap();
    {
        let mut call = pin!(session.count_drafts());
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    let outcome = session.count_drafts().await;
    assert!(matches!(outcome, Err(host::Error::Trap(_))), "{outcome:?}");
    canary::assert_absent(&rendered(&outcome));
}

#[tokio::test]
async fn debug_output_of_configuration_and_token_shows_no_secret() {
    let world = World::start().await;
    let token = world.session().await.access_token().await.unwrap();
    assert!(token.value.contains(TOKEN_MARK));
    let config = Config {
        token: Some(token.clone()),
        ..config()
    };
    canary::assert_absent(&format!("{token:?} {token:#?} {config:?} {config:#?}"));
    for app_id in ["", "an id"] {
        let config = Config {
            app_id: app_id.to_owned(),
            ..config.clone()
        };
        canary::assert_absent(&rendered(&Session::open(&world.host, &config).await.map(drop)));
    }
}

/// `World` checks this after every test. This test shows that there is something to check.
#[tokio::test]
async fn the_secret_goes_to_stable_token_only_and_tokens_go_into_the_query_only() {
    let world = World::start().await;
    every_operation(&mut world.session().await).await;
    let log = world.simulator.request_log();
    canary::assert_kept(&log);
    for entry in &log {
        let body = String::from_utf8_lossy(&entry.body);
        if entry.path == TOKEN {
            assert!(body.contains(APP_ID) && body.contains(APP_SECRET));
            assert!(entry.query.is_empty());
        } else {
            let tokens: Vec<_> = entry.query.iter().filter(|(name, _)| name == "access_token").collect();
            assert!(
                matches!(tokens[..], [(_, token)] if token.contains(TOKEN_MARK)),
                "{entry:?}"
            );
        }
    }
}

#[tokio::test]
async fn requests_with_a_secret_out_of_place_are_noticed() {
    let world = World::start().await;
    world.session().await.count_drafts().await.unwrap();
    let moved = |change: fn(&mut Entry)| {
        let mut entry = world.last_request("/cgi-bin/draft/count");
        change(&mut entry);
        std::panic::catch_unwind(|| canary::assert_kept(&[entry])).is_err()
    };
    assert!(!moved(|_| {}));
    assert!(moved(|entry| entry.body = APP_SECRET.into()));
    assert!(moved(
        |entry| entry.body = entry.query_value("access_token").unwrap().to_owned().into()
    ));
    assert!(moved(|entry| entry
        .query
        .push(("secret".to_owned(), APP_SECRET.to_owned()))));
    assert!(moved(|entry| {
        entry.headers.insert("authorization", APP_SECRET.parse().unwrap());
    }));
}

/// A log that nobody writes would pass for one without secrets, so all libraries must have written to it.
#[tokio::test]
async fn the_log_of_every_operation_shows_no_secret() {
    let world = World::start().await;
    every_operation(&mut world.session().await).await;
    canary::assert_all_logged();
    canary::assert_none_logged();
}
