//! The promise: one token serves as long as it can, and a refused one never loops.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Config, ErrorKind, Token};
use wechat_simulator::{Entry, Fault, FaultBody, FaultRule};

use crate::support::{World, assert_refused, config, news, padded, refused};

const TOKEN: &str = "/cgi-bin/stable_token";
const COUNT: &str = "/cgi-bin/draft/count";
const ADD: &str = "/cgi-bin/draft/add";
const UPLOAD: &str = "/cgi-bin/material/add_material";

/// Returns the errcodes of the replies to this path.
fn errcodes(world: &World, path: &str) -> Vec<Option<i64>> {
    world.requests(path).iter().map(|entry| entry.errcode).collect()
}

/// Returns the `force_refresh` of each token request.
fn forced(world: &World) -> Vec<Value> {
    let force = |entry: &Entry| entry.json().unwrap().get("force_refresh").unwrap().clone();
    world.requests(TOKEN).iter().map(force).collect()
}

/// Fails unless the second request is the first one again, with another token.
#[track_caller]
fn assert_replayed(requests: &[Entry]) {
    let [first, second] = requests else {
        panic!("{} requests instead of 2", requests.len())
    };
    assert_eq!((first.errcode, second.errcode), (Some(40001), None));
    assert_eq!(first.body_length, second.body_length);
    assert_eq!(first.body_sha256, second.body_sha256);
    for header in ["content-type", "content-length"] {
        assert_eq!(first.headers.get(header), second.headers.get(header));
    }
    assert_ne!(first.query_value("access_token"), second.query_value("access_token"));
}

async fn session_with(world: &World, token: Token) -> Session {
    let config = Config {
        token: Some(token),
        ..config()
    };
    Session::open(&world.host, &config).await.unwrap()
}

#[tokio::test]
async fn ten_thousand_calls_request_one_token() {
    let world = World::start().await;
    world.account(|account| account.lift_limits());
    let mut session = world.session().await;
    for _ in 0..10_000 {
        session.count_drafts().await.unwrap();
    }
    assert_eq!(world.simulator.requests_to(COUNT), 10_000);
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}

#[tokio::test]
async fn a_revoked_token_costs_one_refresh_and_one_replay() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    session.verify().await.unwrap();
    world.account(|account| account.revoke_tokens());
    let id = session.add_draft(&[news("周末 🎉", &cover)]).await.unwrap();
    assert_replayed(&world.requests(ADD));
    assert_eq!(forced(&world), [false, false]);
    // The refused request made nothing.
    let drafts = world.account(|account| account.drafts.keys().cloned().collect::<Vec<_>>());
    assert_eq!(drafts, [id]);
}

#[tokio::test]
async fn a_replayed_upload_sends_the_same_bytes() {
    let world = World::start().await;
    let mut session = world.session().await;
    let file = padded("cover.jpg", 1024 * 1024);
    session.verify().await.unwrap();
    world.account(|account| account.revoke_tokens());
    let image = session.upload_material_image(&file).await.unwrap();
    assert_replayed(&world.requests(UPLOAD));
    assert_eq!(forced(&world), [false, false]);
    world.account(|account| {
        assert_eq!(account.materials.len(), 1);
        let stored = account.materials.get(&image.media_id).unwrap();
        assert!(stored.bytes == file.bytes, "the stored bytes differ");
    });
}

#[tokio::test]
async fn a_token_that_expired_on_the_server_costs_one_refresh() {
    let world = World::start().await;
    let mut session = world.session().await;
    session.count_drafts().await.unwrap();
    world.simulator.with(|world| world.advance(Duration::from_secs(7200)));
    session.count_drafts().await.unwrap();
    assert_eq!(errcodes(&world, COUNT), [None, Some(42001), None]);
    assert_eq!(forced(&world), [false, false]);
}

#[tokio::test]
async fn the_new_token_serves_the_calls_that_follow() {
    let world = World::start().await;
    let mut session = world.session().await;
    session.verify().await.unwrap();
    world.account(|account| account.revoke_tokens());
    for _ in 0..10 {
        session.count_drafts().await.unwrap();
    }
    assert_eq!(world.simulator.requests_to(COUNT), 11);
    assert_eq!(world.simulator.requests_to(TOKEN), 2);
}

#[tokio::test]
async fn a_server_that_refuses_every_token_is_asked_three_times() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_all_tokens = true);
    assert_refused(session.count_drafts().await, ErrorKind::Credentials, Some(40001));
    assert_eq!(errcodes(&world, COUNT), [Some(40001); 3]);
    // The normal mode returns the same token twice. Only then a new one is forced.
    assert_eq!(forced(&world), [false, false, true]);
}

#[tokio::test]
async fn a_new_token_is_not_forced_again_at_the_next_call() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_all_tokens = true);
    for _ in 0..3 {
        assert_refused(session.count_drafts().await, ErrorKind::Credentials, Some(40001));
    }
    // The first call takes three requests, each later one takes two.
    assert_eq!(world.simulator.requests_to(COUNT), 3 + 2 + 2);
    let forced = forced(&world);
    assert_eq!(forced.len(), 3 + 2 + 2);
    assert_eq!(forced.iter().filter(|force| **force == true).count(), 1);
}

#[tokio::test]
async fn a_forced_refresh_whose_reply_is_lost_serves_the_next_call() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_all_tokens = true);
    // The third request for a token is the forced one.
    let lost = FaultRule::new(TOKEN, Fault::LostReply).skip(2).times(1);
    world.simulator.inject(lost);
    assert_refused(session.count_drafts().await, ErrorKind::Network, None);
    assert_eq!(forced(&world), [false, false, true]);
    // A call at once does not force again. WeChat's token has changed, and serves as soon as WeChat accepts any.
    assert_refused(session.count_drafts().await, ErrorKind::Credentials, Some(40001));
    world.account(|account| account.refuse_all_tokens = false);
    session.count_drafts().await.unwrap();
    assert_eq!(forced(&world).iter().filter(|force| **force == true).count(), 1);
}

#[tokio::test]
async fn a_forced_refresh_that_fails_is_not_repeated_at_once() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| {
        account.refuse_all_tokens = true;
        account.force_refresh_limit = 0;
    });
    assert_refused(session.count_drafts().await, ErrorKind::Quota, Some(45009));
    let error = refused(session.count_drafts().await);
    assert_eq!(error.kind, ErrorKind::Credentials);
    let seconds = error.retry_after_seconds.unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(forced(&world).iter().filter(|force| **force == true).count(), 1);
}

#[tokio::test]
async fn fifty_instances_that_must_not_force_force_nothing() {
    let world = World::start().await;
    world.account(|account| account.refuse_all_tokens = true);
    let config = Config {
        may_force_token: Some(false),
        ..config()
    };
    for _ in 0..50 {
        let mut session = Session::open(&world.host, &config).await.unwrap();
        let error = refused(session.count_drafts().await);
        assert_eq!((error.kind, error.errcode), (ErrorKind::Credentials, Some(40001)));
        assert!(error.advice.contains("may-force-token"), "{error:?}");
    }
    assert!(forced(&world).iter().all(|force| *force == false));
}

#[tokio::test]
async fn a_token_of_unknown_life_is_not_requested_at_each_call() {
    let world = World::start().await;
    let token = world.session().await.access_token().await.unwrap().value;
    for life in [
        "",
        r#","expires_in":null"#,
        r#","expires_in":-1"#,
        r#","expires_in":7.2e3"#,
    ] {
        let before = world.simulator.requests_to(TOKEN);
        let answer = Fault::Status {
            code: StatusCode::OK,
            body: FaultBody::Text(format!("\u{feff}{{\"access_token\":\"{token}\"{life}}}")),
            executed: false,
        };
        world.simulator.inject(FaultRule::new(TOKEN, answer).times(1));
        let mut session = world.session().await;
        for _ in 0..10 {
            session.count_drafts().await.unwrap();
        }
        assert_eq!(world.simulator.requests_to(TOKEN), before + 1, "{life}");
        let expected = if life.contains("7.2") { 7200 } else { 300 };
        let left = session.verify().await.unwrap();
        assert!((expected - 60..=expected).contains(&left), "{life}: {left}");
    }
}

#[tokio::test]
async fn a_server_that_accepts_tokens_again_is_used_again() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_all_tokens = true);
    refused(session.count_drafts().await);
    world.account(|account| account.refuse_all_tokens = false);
    session.count_drafts().await.unwrap();
}

#[tokio::test]
async fn a_refresh_that_is_refused_ends_the_call() {
    let world = World::start().await;
    let mut session = world.session().await;
    session.verify().await.unwrap();
    world.account(|account| {
        account.revoke_tokens();
        account.secret = "fedcba9876543210fedcba9876543210".to_owned();
    });
    assert_refused(session.count_drafts().await, ErrorKind::Credentials, Some(40125));
    assert_eq!(errcodes(&world, COUNT), [Some(40001)]);
    assert_eq!(errcodes(&world, TOKEN), [None, Some(40125)]);
}

#[tokio::test]
async fn two_instances_share_one_token() {
    let world = World::start().await;
    let (mut first, mut second) = (world.session().await, world.session().await);
    for _ in 0..3 {
        first.count_drafts().await.unwrap();
        second.count_drafts().await.unwrap();
    }
    let (one, other) = (
        first.access_token().await.unwrap(),
        second.access_token().await.unwrap(),
    );
    assert_eq!(one.value, other.value);
    assert_eq!(errcodes(&world, COUNT), [None; 6]);
    assert_eq!(world.simulator.requests_to(TOKEN), 2);
}

#[tokio::test]
async fn two_instances_recover_from_a_revoked_token_without_harm_to_each_other() {
    let world = World::start().await;
    let (mut first, mut second) = (world.session().await, world.session().await);
    first.verify().await.unwrap();
    second.verify().await.unwrap();
    world.account(|account| account.revoke_tokens());
    for _ in 0..3 {
        first.count_drafts().await.unwrap();
        second.count_drafts().await.unwrap();
    }
    // Each of them had one refused request.
    assert_eq!(world.simulator.requests_to(COUNT), 6 + 2);
    assert_eq!(forced(&world), [false; 4]);
}

#[tokio::test]
async fn a_token_from_the_host_saves_the_token_request() {
    let world = World::start().await;
    let token = world.session().await.access_token().await.unwrap();
    let mut second = session_with(&world, token.clone()).await;
    second.count_drafts().await.unwrap();
    assert_eq!(second.access_token().await.unwrap().value, token.value);
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
    assert_eq!(
        world.last_request(COUNT).query_value("access_token"),
        Some(token.value.as_str())
    );
}

#[tokio::test]
async fn an_invalid_token_from_the_host_costs_one_refresh() {
    let world = World::start().await;
    let token = Token::new("not a token & not URL-safe", 7200);
    let mut session = session_with(&world, token).await;
    session.count_drafts().await.unwrap();
    assert_eq!(errcodes(&world, COUNT), [Some(40014), None]);
    assert_eq!(forced(&world), [false]);
}

#[tokio::test]
async fn a_token_from_the_host_without_life_is_not_used() {
    let world = World::start().await;
    let token = Token {
        seconds_left: 0,
        ..world.session().await.access_token().await.unwrap()
    };
    session_with(&world, token).await.count_drafts().await.unwrap();
    assert_eq!(errcodes(&world, COUNT), [None]);
    assert_eq!(world.simulator.requests_to(TOKEN), 2);
}

#[tokio::test]
async fn a_fresh_instance_for_each_call_works() {
    let world = World::start().await;
    for _ in 0..20 {
        world.session().await.count_drafts().await.unwrap();
    }
    assert_eq!(errcodes(&world, COUNT), [None; 20]);
    assert_eq!(forced(&world), [false; 20]);
    let first = world.last_request(COUNT);
    let token = first.query_value("access_token");
    for entry in world.requests(COUNT) {
        assert_eq!(entry.query_value("access_token"), token);
    }
}

#[tokio::test]
async fn a_fresh_instance_for_each_call_with_a_shared_token_requests_one() {
    let world = World::start().await;
    let token = world.session().await.access_token().await.unwrap();
    for _ in 0..20 {
        session_with(&world, token.clone()).await.count_drafts().await.unwrap();
    }
    assert_eq!(errcodes(&world, COUNT), [None; 20]);
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}

/// The server returns a new token at each request for one with so little life.
#[tokio::test]
async fn a_token_with_little_life_is_not_requested_at_each_call() {
    let world = World::start().await;
    world.account(|account| account.token_lifetime = 200);
    let mut session = world.session().await;
    for _ in 0..10 {
        session.count_drafts().await.unwrap();
    }
    assert_eq!(errcodes(&world, COUNT), [None; 10]);
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}

#[tokio::test]
async fn a_forgotten_token_costs_one_request_and_is_given_again() {
    let world = World::start().await;
    let mut session = world.session().await;
    let before = session.access_token().await.unwrap();
    session.forget_token().await.unwrap();
    session.forget_token().await.unwrap();
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
    for _ in 0..3 {
        session.count_drafts().await.unwrap();
    }
    assert_eq!(world.simulator.requests_to(TOKEN), 2);
    assert_eq!(session.access_token().await.unwrap().value, before.value);
}
