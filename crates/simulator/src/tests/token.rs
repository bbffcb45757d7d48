//! Tokens (wechat-api §6).

use super::super::model::tokens::is_well_formed;
use super::*;

const COUNT: &str = "/cgi-bin/draft/count";

async fn granted(client: &Client, force: bool) -> (String, u64) {
    let reply = client.credentials(force).await.json();
    let token = reply["access_token"].as_str().unwrap().to_owned();
    (token, reply["expires_in"].as_u64().unwrap())
}

async fn classic(client: &Client) -> Wire {
    let target = format!("/cgi-bin/token?grant_type=client_credential&appid={APP_ID}&secret={APP_SECRET}");
    client.raw(&message("GET", &target, &[], b"")).await
}

async fn code_with(client: &mut Client, token: &str) -> i64 {
    client.token = token.to_owned();
    client.get(COUNT).await.code()
}

#[tokio::test]
async fn tokens_look_like_the_real_ones() {
    let client = Client::start().await;
    let reply = client.credentials(false).await;
    assert_eq!(reply.header("content-type"), Some("application/json; encoding=utf-8"));
    let reply = reply.json();
    assert_eq!(reply.as_object().unwrap().len(), 2, "{reply}");
    let token = reply["access_token"].as_str().unwrap();
    assert!((136..=512).contains(&token.len()));
    assert!(is_well_formed(token));
    let reply = classic(&client).await.json();
    assert_eq!(reply["expires_in"], 7200);
    assert!(is_well_formed(reply["access_token"].as_str().unwrap()));
}

#[tokio::test]
async fn credentials_are_checked_in_order() {
    let client = Client::start().await;
    let ask = async |body: Value| {
        let target = "/cgi-bin/stable_token";
        client.post_as(target, &body.to_string()).await.code()
    };
    let grant = "client_credential";
    assert_eq!(ask(json!({"appid": APP_ID, "secret": APP_SECRET})).await, 40002);
    assert_eq!(ask(json!({"grant_type": grant, "secret": APP_SECRET})).await, 41002);
    assert_eq!(
        ask(json!({"grant_type": grant, "appid": "wx0", "secret": "x"})).await,
        40013
    );
    assert_eq!(ask(json!({"grant_type": grant, "appid": APP_ID})).await, 41004);
    assert_eq!(
        ask(json!({"grant_type": grant, "appid": APP_ID, "secret": "x"})).await,
        40125
    );
    assert_eq!(
        ask(json!({
            "grant_type": grant, "appid": APP_ID, "secret": APP_SECRET, "force_refresh": "no",
        }))
        .await,
        47001
    );
    assert_eq!(ask(json!({"grant_type": 1})).await, 47001);
    // The whitelist is checked after the credentials (wechat-api §2.3).
    client.account(|account| account.ip_whitelist = Some(Default::default()));
    assert_eq!(
        ask(json!({"grant_type": grant, "appid": APP_ID, "secret": "x"})).await,
        40125
    );
    assert_eq!(
        ask(json!({"grant_type": grant, "appid": APP_ID, "secret": APP_SECRET})).await,
        40164
    );
    let request = message("GET", "/cgi-bin/stable_token", &[], b"");
    assert_eq!(client.raw(&request).await.code(), 43002);
}

#[tokio::test]
async fn a_stable_token_stays_until_five_minutes_before_its_end() {
    let mut client = Client::start().await;
    let (first, _) = granted(&client, false).await;
    client.advance(6800);
    let (same, left) = granted(&client, false).await;
    assert_eq!(same, first);
    assert!((395..=400).contains(&left), "{left}");
    client.advance(100);
    let (second, left) = granted(&client, false).await;
    assert_ne!(second, first);
    assert_eq!(left, 7200);
    assert_eq!(code_with(&mut client, &first).await, 0);
    assert_eq!(code_with(&mut client, &second).await, 0);
    client.advance(300);
    assert_eq!(code_with(&mut client, &first).await, 42001);
    assert_eq!(code_with(&mut client, &second).await, 0);
}

#[tokio::test]
async fn a_forced_refresh_ends_the_former_token_at_once() {
    let mut client = Client::start().await;
    let (first, _) = granted(&client, false).await;
    let (second, _) = granted(&client, true).await;
    assert_ne!(second, first);
    assert_eq!(code_with(&mut client, &first).await, 40001);
    assert_eq!(code_with(&mut client, &second).await, 0);
    // Less than 30 s later it does not refresh.
    client.advance(10);
    assert_eq!(granted(&client, true).await.0, second);
    client.advance(25);
    assert_ne!(granted(&client, true).await.0, second);
    client.account(|account| account.force_refresh_limit = 2);
    client.advance(40);
    assert_eq!(client.credentials(true).await.code(), 45009);
    assert_eq!(client.credentials(false).await.code(), 0);
}

#[tokio::test]
async fn classic_and_stable_tokens_are_separate_sets() {
    let mut client = Client::start().await;
    let (stable, _) = granted(&client, false).await;
    let take = |reply: Wire| reply.json()["access_token"].as_str().unwrap().to_owned();
    let first = take(classic(&client).await);
    let second = take(classic(&client).await);
    assert_ne!(first, second);
    for token in [&stable, &first, &second] {
        assert_eq!(code_with(&mut client, token).await, 0);
    }
    client.advance(301);
    assert_eq!(code_with(&mut client, &first).await, 40001);
    granted(&client, true).await;
    assert_eq!(code_with(&mut client, &second).await, 0);
    assert_eq!(code_with(&mut client, &stable).await, 40001);
}

#[tokio::test]
async fn a_test_can_revoke_tokens_and_shorten_their_lives() {
    let mut client = Client::start().await;
    client.account(Account::revoke_tokens);
    assert_eq!(client.get(COUNT).await.code(), 40001);
    client.account(|account| account.token_lifetime = 400);
    client.renew().await;
    assert_eq!(client.get(COUNT).await.code(), 0);
    client.advance(400);
    assert_eq!(client.get(COUNT).await.code(), 42001);
}
