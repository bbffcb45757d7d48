//! The promise: an account reports its state: token, quota, and the record of a request.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use wechat_official_account_component as component;
use wechat_official_account_host::types::{Config, ErrorKind, RateLimit, Timeouts};
use wechat_official_account_host::{self as host, Session};
use wechat_official_account_host::{Egress, EgressConfig};
use wechat_official_account_host::{Host, Instance};
use wechat_simulator::{APP_ID, APP_SECRET};

use crate::support::host_allowing;
use crate::support::servers::config_at;
use crate::support::{World, assert_json, assert_refused, config, refused};

const TOKEN: &str = "/cgi-bin/stable_token";
const COUNT: &str = "/cgi-bin/draft/count";
const GET: &str = "/cgi-bin/draft/get";

const OTHER_APP_ID: &str = "wxfedcba9876543210";
const OTHER_SECRET: &str = "fedcba9876543210fedcba9876543210";

async fn opened(world: &World, change: impl FnOnce(&mut Config)) -> host::Result<Session> {
    let mut config = config();
    change(&mut config);
    Session::open(&world.host, &config).await
}

fn timeouts(connect: u32, first_byte: u32, between_bytes: u32, call: u32) -> Option<Timeouts> {
    Some(Timeouts {
        connect_milliseconds: connect,
        first_byte_milliseconds: first_byte,
        between_bytes_milliseconds: between_bytes,
        call_milliseconds: call,
    })
}

#[tokio::test]
async fn opening_an_account_contacts_nobody() {
    let world = World::start().await;
    opened(&world, |_| {}).await.unwrap();
    opened(&world, |config| config.timeouts = timeouts(1000, 1000, 1000, 1000))
        .await
        .unwrap();
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn an_account_works_with_every_option_set() {
    let world = World::start().await;
    let mut session = opened(&world, |config| {
        config.api_base = Some("https://api.weixin.qq.com/".to_owned());
        config.timeouts = timeouts(5000, 5000, 5000, 20_000);
    })
    .await
    .unwrap();
    session.count_drafts().await.unwrap();
}

#[tokio::test]
async fn verify_sends_the_credentials_in_the_body_and_returns_the_life_of_the_token() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert_eq!(session.verify().await.unwrap(), 7200);
    let request = world.last_request(TOKEN);
    assert_json(
        &request,
        &json!({
            "grant_type": "client_credential",
            "appid": APP_ID,
            "secret": APP_SECRET,
            "force_refresh": false,
        }),
    );
    assert!(request.query.is_empty(), "{:?}", request.query);
}

#[tokio::test]
async fn verify_asks_once() {
    let world = World::start().await;
    let mut session = world.session().await;
    session.verify().await.unwrap();
    let left = session.verify().await.unwrap();
    assert!((1..=7200).contains(&left), "{left}");
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}

#[tokio::test]
async fn a_wrong_secret_ends_in_credentials() {
    let world = World::start().await;
    let mut session = opened(&world, |config| config.app_secret = OTHER_SECRET.to_owned())
        .await
        .unwrap();
    assert_refused(session.verify().await, ErrorKind::Credentials, Some(40125));
    assert_refused(session.count_drafts().await, ErrorKind::Credentials, Some(40125));
    assert_eq!(world.simulator.requests_to(COUNT), 0);
}

#[tokio::test]
async fn an_unknown_app_id_ends_in_credentials() {
    let world = World::start().await;
    let mut session = opened(&world, |config| config.app_id = OTHER_APP_ID.to_owned())
        .await
        .unwrap();
    assert_refused(session.verify().await, ErrorKind::Credentials, Some(40013));
}

#[tokio::test]
async fn a_secret_that_is_called_a_bad_token_is_sent_once() {
    let world = World::start().await;
    world.account(|account| account.refuse_next(TOKEN, 40001, "invalid credential"));
    let outcome = world.session().await.verify().await;
    assert_refused(outcome, ErrorKind::Credentials, Some(40001));
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}

#[tokio::test]
async fn an_address_that_is_not_on_the_whitelist_is_named() {
    let world = World::start().await;
    world.account(|account| account.ip_whitelist = Some(BTreeSet::new()));
    let error = refused(world.session().await.verify().await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::IpNotAllowed, Some(40164)));
    assert_eq!(error.subject.as_deref(), Some("203.0.113.7"));
    assert_eq!(error.rid.unwrap().len(), 26);
}

#[tokio::test]
async fn an_ipv6_address_that_is_not_on_the_whitelist_is_named() {
    let world = World::start().await;
    world.account(|account| {
        account.ip_whitelist = Some(BTreeSet::new());
        account.caller_ip = "2001:db8::7".parse().unwrap();
    });
    let error = refused(world.session().await.verify().await);
    assert_eq!(error.subject.as_deref(), Some("2001:db8::7"));
}

#[tokio::test]
async fn an_address_that_leaves_the_whitelist_is_named_by_other_calls_too() {
    let world = World::start().await;
    let mut session = world.session().await;
    session.verify().await.unwrap();
    world.account(|account| account.ip_whitelist = Some(BTreeSet::new()));
    let error = refused(session.count_drafts().await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::IpNotAllowed, Some(40164)));
    assert_eq!(error.subject.as_deref(), Some("203.0.113.7"));
    assert_eq!(world.simulator.requests_to(COUNT), 1);
}

#[tokio::test]
async fn a_used_up_allowance_of_tokens_ends_in_quota() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.daily_limits.insert(TOKEN.to_owned(), 0));
    assert_refused(session.verify().await, ErrorKind::Quota, Some(45009));
    world.account(|account| {
        account.lift_limits();
        account.minute_limits.insert(TOKEN.to_owned(), 0);
    });
    let error = refused(session.verify().await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}

#[tokio::test]
async fn a_frozen_account_ends_in_account_state() {
    let world = World::start().await;
    world.account(|account| account.refuse_next(TOKEN, 50007, "account frozen"));
    let outcome = world.session().await.verify().await;
    assert_refused(outcome, ErrorKind::AccountState, Some(50007));
}

#[tokio::test]
async fn a_busy_server_ends_in_busy() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_next(TOKEN, -1, "system error"));
    assert_refused(session.verify().await, ErrorKind::Busy, Some(-1));
    session.verify().await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_not_there_ends_in_network() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let egress = Egress::new(EgressConfig {
        resolve: vec![("api.weixin.qq.com".to_owned(), closed)],
        ..EgressConfig::default()
    });
    let host = Host::new(component::PATH, egress.unwrap()).unwrap();
    let mut session = Session::open(&host, &config()).await.unwrap();
    assert_refused(session.verify().await, ErrorKind::Network, None);
}

#[tokio::test]
async fn a_server_whose_certificate_is_not_trusted_gets_nothing() {
    let world = World::start().await;
    let egress = Egress::new(EgressConfig {
        resolve: vec![("api.weixin.qq.com".to_owned(), world.simulator.address())],
        ..EgressConfig::default()
    });
    let host = Host::new(component::PATH, egress.unwrap()).unwrap();
    let mut session = Session::open(&host, &config()).await.unwrap();
    assert_refused(session.verify().await, ErrorKind::Tls, None);
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn access_token_returns_the_token_of_the_calls() {
    let world = World::start().await;
    let mut session = world.session().await;
    let token = session.access_token().await.unwrap();
    assert_eq!(token.seconds_left, 7200);
    session.count_drafts().await.unwrap();
    assert_eq!(
        world.last_request(COUNT).query_value("access_token"),
        Some(token.value.as_str())
    );
    assert_eq!(session.access_token().await.unwrap().value, token.value);
    assert_eq!(world.simulator.requests_to(TOKEN), 1);
}

#[tokio::test]
async fn access_token_is_refused_as_verify_is() {
    let world = World::start().await;
    world.account(|account| account.ip_whitelist = Some(BTreeSet::new()));
    let outcome = world.session().await.access_token().await;
    assert_refused(outcome, ErrorKind::IpNotAllowed, Some(40164));
}

#[tokio::test]
async fn quota_counts_the_calls_of_today() {
    let world = World::start().await;
    let mut session = world.session().await;
    for _ in 0..3 {
        session.count_drafts().await.unwrap();
    }
    let quota = session.quota(COUNT).await.unwrap();
    assert_eq!((quota.daily_limit, quota.used, quota.remaining), (1000, 3, 997));
    assert_eq!(quota.rate_limit, None);
    assert_json(
        &world.last_request("/cgi-bin/openapi/quota/get"),
        &json!({"cgi_path": COUNT}),
    );
}

#[tokio::test]
async fn quota_has_the_limit_of_a_shorter_span() {
    let world = World::start().await;
    let quota = world.session().await.quota(TOKEN).await.unwrap();
    assert_eq!(
        quota.rate_limit,
        Some(RateLimit {
            call_count: 10_000,
            refresh_seconds: 60
        })
    );
}

#[tokio::test]
async fn quota_refuses_paths_that_do_not_exist() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert_refused(session.quota("cgi-bin/draft/add").await, ErrorKind::InvalidInput, None);
    assert!(world.simulator.request_log().is_empty());
    let outcome = session.quota("/cgi-bin/draft/ad").await;
    assert_refused(outcome, ErrorKind::InvalidInput, Some(76021));
    world.account(|account| account.deny("/cgi-bin/freepublish/"));
    let outcome = session.quota("/cgi-bin/freepublish/submit").await;
    assert_refused(outcome, ErrorKind::Permission, Some(76022));
}

#[tokio::test]
async fn explain_returns_the_record_of_a_refused_request() {
    let world = World::start().await;
    let mut session = world.session().await;
    let rid = refused(session.get_draft("no-such-draft").await).rid.unwrap();
    let record = session.explain(&rid).await.unwrap();
    assert_json(&world.last_request("/cgi-bin/openapi/rid/get"), &json!({"rid": rid}));
    assert_eq!(record.request_body, r#"{"media_id":"no-such-draft"}"#);
    assert!(record.response_body.contains("40007"), "{record:?}");
    assert!(record.response_body.contains(&rid), "{record:?}");
    assert_eq!(record.client_ip, "203.0.113.7");
    assert!(record.invoke_time > 0);
}

#[tokio::test]
async fn explain_hides_the_secret_and_the_token() {
    let mut world = World::start().await;
    world.misuses_secrets = true;
    let mut session = world.session().await;
    let token = session.access_token().await.unwrap().value;
    for secret in [APP_SECRET, &token] {
        let rid = refused(session.get_draft(secret).await).rid.unwrap();
        let record = session.explain(&rid).await.unwrap();
        assert_eq!(record.request_body, r#"{"media_id":"[redacted]"}"#);
        assert_eq!(record.request_url, "access_token=[redacted]");
    }
}

#[tokio::test]
async fn explain_refuses_unknown_malformed_and_old_rids() {
    let world = World::start().await;
    let mut session = world.session().await;
    let rid = refused(session.get_draft("gone").await).rid.unwrap();
    let outcome = session.explain("61725984-6126f6f9-040f19c4").await;
    assert_refused(outcome, ErrorKind::NotFound, Some(76001));
    assert_refused(session.explain("rid").await, ErrorKind::InvalidInput, Some(76002));
    world
        .simulator
        .with(|world| world.advance(Duration::from_secs(8 * 86_400)));
    assert_refused(session.explain(&rid).await, ErrorKind::InvalidInput, Some(76004));
}

#[tokio::test]
async fn explain_refuses_requests_of_other_accounts() {
    let world = World::start().await;
    let rid = refused(world.session().await.get_draft("gone").await).rid.unwrap();
    world.simulator.with(|world| {
        world.add_account(OTHER_APP_ID, OTHER_SECRET);
    });
    let mut other = opened(&world, |config| {
        config.app_id = OTHER_APP_ID.to_owned();
        config.app_secret = OTHER_SECRET.to_owned();
    })
    .await
    .unwrap();
    assert_refused(other.explain(&rid).await, ErrorKind::Permission, Some(76003));
}

#[tokio::test]
async fn no_error_repeats_the_secret_or_the_token() {
    let world = World::start().await;
    let mut session = world.session().await;
    let token = session.access_token().await.unwrap().value;
    let message = format!("bad: secret {APP_SECRET} access_token={token}");
    world.account(|account| account.refuse_next(GET, 40035, &message));
    let error = refused(session.get_draft("gone").await);
    assert!(error.message.starts_with("bad: secret [redacted]"), "{error:?}");
    let shown = format!("{error:?}");
    assert!(!shown.contains(APP_SECRET) && !shown.contains(&token), "{shown}");
}

#[tokio::test]
async fn an_unknown_errcode_is_passed_on() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_next(COUNT, 1_234_567, "什么？"));
    let error = refused(session.count_drafts().await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Other, Some(1_234_567)));
    assert!(error.message.starts_with("什么？"), "{error:?}");
}

#[tokio::test]
async fn two_accounts_in_one_instance_share_nothing() {
    let world = World::start().await;
    world.simulator.with(|world| {
        world.add_account(OTHER_APP_ID, OTHER_SECRET);
    });
    world.account(|account| account.put_draft(Vec::new()));
    let other = Config {
        app_id: OTHER_APP_ID.to_owned(),
        app_secret: OTHER_SECRET.to_owned(),
        ..config()
    };
    let mut instance = world.host.instantiate().await.unwrap();
    let first = instance.open(&config()).await.unwrap().unwrap();
    let second = instance.open(&other).await.unwrap().unwrap();
    let Instance {
        mut store, mut exports, ..
    } = instance;
    let drafts = exports.draft(&mut store).unwrap();
    for _ in 0..2 {
        let count = drafts.call_count(&mut store, first).await.unwrap();
        assert_eq!(count.unwrap(), 1);
        let count = drafts.call_count(&mut store, second).await.unwrap();
        assert_eq!(count.unwrap(), 0);
    }
    first.resource_drop_async(&mut store).await.unwrap();
    let count = drafts.call_count(&mut store, second).await.unwrap();
    assert_eq!(count.unwrap(), 0);
    assert_eq!(world.simulator.requests_to(TOKEN), 2);
}

#[tokio::test]
async fn plain_http_goes_to_this_machine_only() {
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
