//! The promise: after an account is dropped, neither its secret nor a token is left in the instance's memory.
//!
//! `access_token` is not called here: it leaves a copy of the token that no code of the component can reach any more.

use http::StatusCode;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Config, ErrorKind, MediaKind, Token};
use wechat_official_account_host::{Egress, EgressConfig};
use wechat_simulator::{APP_SECRET, Fault, FaultBody, FaultRule, TOKEN_MARK};

use crate::support::linear_memory::InspectableHost;
use crate::support::{World, assert_refused, config, faults, fixture, news, padded};

/// Returns the tokens of all requests.
fn tokens(world: &World) -> Vec<String> {
    let log = world.simulator.request_log();
    let tokens = log.iter().filter_map(|entry| entry.query_value("access_token"));
    let mut tokens: Vec<_> = tokens.map(str::to_owned).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}

#[tokio::test]
async fn a_dropped_account_leaves_neither_secret_nor_token_in_memory() {
    let world = World::start().await;
    let inspected = InspectableHost::new(crate::support::egress(&world.simulator));
    let mut session = Session::open(&inspected.host, &config()).await.unwrap();
    let memory = inspected.newest();

    session.verify().await.unwrap();
    let image = session.upload_material_image(&fixture("cover.jpg")).await.unwrap();
    for _ in 0..20 {
        session.count_drafts().await.unwrap();
    }
    world.account(|account| account.revoke_tokens());
    session.add_draft(&[news("标题", &image.media_id)]).await.unwrap();
    session.list_drafts(0, 20, true).await.unwrap();
    session.forget_token().await.unwrap();
    let file = padded("cover.jpg", 300_000);
    let media = session.upload_media(MediaKind::Image, &file).await.unwrap();
    session.get_media(&media.media_id).await.unwrap();
    assert_refused(session.get_draft("none").await, ErrorKind::NotFound, Some(40007));

    let tokens = tokens(&world);
    assert_eq!(tokens.len(), 2);
    // The control: the search finds them before.
    assert!(memory.holds(APP_SECRET));
    assert!(tokens.iter().any(|token| memory.holds(token)));
    let instance = session.close().await.unwrap();
    memory.assert_wiped(&tokens);
    drop(instance);
}

#[tokio::test]
async fn a_token_from_the_host_is_not_left_in_memory() {
    let world = World::start().await;
    let token = world.session().await.access_token().await.unwrap();
    let inspected = InspectableHost::new(Egress::new(EgressConfig::default()).unwrap());
    let config = Config {
        token: Some(Token::new(token.value.clone(), 7200)),
        ..config()
    };
    let session = Session::open(&inspected.host, &config).await.unwrap();
    let memory = inspected.newest();
    assert!(memory.holds(APP_SECRET) && memory.holds(&token.value));
    let instance = session.close().await.unwrap();
    memory.assert_wiped(&[token.value]);
    drop(instance);
}

/// The replies have a token that can't be used, or repeat the request in a refusal.
#[tokio::test]
async fn a_request_for_a_token_that_fails_leaves_nothing_in_memory() {
    let repeated = format!(r#"{{"errcode":40125,"errmsg":"{APP_SECRET} is not the secret, says {APP_SECRET}"}}"#);
    let repeated = Fault::Status {
        code: StatusCode::OK,
        body: FaultBody::Text(repeated),
        executed: false,
    };
    let mut faults = faults::immediate();
    faults.retain(|fault| !matches!(fault, Fault::HugeBody { .. }));
    faults.push(repeated);
    // Tokens that are read and then turn out to be invalid.
    let damaged = [
        format!("{{\"access_token\":\"75_{TOKEN_MARK}\n\",\"expires_in\":7200}}"),
        format!("{{\"access_token\":\"75_{TOKEN_MARK} \",\"expires_in\":7200}}"),
        format!("{{\"access_token\":\"75_{TOKEN_MARK}\",\"expires_in\":72"),
        format!("{{\"access_token\":\"75_{TOKEN_MARK}\",\"errcode\":40001}}"),
        format!("{{\"token\":[\"75_{TOKEN_MARK}\"],\"expires_in\":7200}}"),
    ];
    faults.extend(damaged.map(|reply| Fault::Status {
        code: StatusCode::OK,
        body: FaultBody::Text(reply),
        executed: false,
    }));
    for fault in faults {
        let world = World::start().await;
        let inspected = InspectableHost::new(crate::support::egress(&world.simulator));
        let mut session = Session::open(&inspected.host, &config()).await.unwrap();
        let memory = inspected.newest();
        world.simulator.inject(FaultRule::new("/cgi-bin/stable_token", fault));
        let _ = session.verify().await;
        let instance = session.close().await.unwrap();
        memory.assert_wiped(&[]);
        drop(instance);
    }
}

/// A refusal to open an account must not keep its credentials.
#[tokio::test]
async fn an_account_that_could_not_be_opened_leaves_nothing_in_memory() {
    let inspected = InspectableHost::new(Egress::new(EgressConfig::default()).unwrap());
    let mut instance = inspected.host.instantiate().await.unwrap();
    let config = Config {
        api_base: Some("https://api.weixin.qq.com/cgi-bin".to_owned()),
        token: Some(Token::new(format!("75_{TOKEN_MARK}"), 7200)),
        ..config()
    };
    assert!(instance.open(&config).await.unwrap().is_err());
    inspected.newest().assert_wiped(&[]);
}

#[tokio::test]
async fn a_forgotten_token_is_not_left_in_memory() {
    let world = World::start().await;
    let inspected = InspectableHost::new(crate::support::egress(&world.simulator));
    let mut session = Session::open(&inspected.host, &config()).await.unwrap();
    session.count_drafts().await.unwrap();
    let memory = inspected.newest();
    assert!(memory.holds(TOKEN_MARK));
    session.forget_token().await.unwrap();
    assert!(!memory.holds(TOKEN_MARK));
    // The secret is kept, because the next call needs it for a token.
    session.count_drafts().await.unwrap();
}
