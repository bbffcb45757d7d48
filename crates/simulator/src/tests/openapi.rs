//! Diagnostics (wechat-api §15).

use super::*;

const RID: &str = "/cgi-bin/openapi/rid/get";

async fn ask(client: &Client, path: &str, body: Value) -> Wire {
    client.post(path, &body.to_string()).await
}

#[tokio::test]
async fn a_quota_is_known_for_known_paths_only() {
    let client = Client::start().await;
    let path = "/cgi-bin/openapi/quota/get";
    let ask_for = |cgi_path: &str| json!({"cgi_path": cgi_path});
    let reply = ask(&client, path, ask_for("/cgi-bin/draft/add")).await.json();
    let quota = json!({"daily_limit": 1000, "used": 0, "remain": 1000});
    assert_eq!(reply["quota"], quota);
    let reply = ask(&client, path, ask_for("/cgi-bin/stable_token")).await.json();
    assert_eq!(reply["quota"]["used"], 1);
    assert_eq!(reply["rate_limit"], json!({"call_count": 10_000, "refresh_second": 60}));
    assert_eq!(ask(&client, path, ask_for("cgi-bin/draft/add")).await.code(), 76021);
    client.account(|account| account.deny("/cgi-bin/freepublish/"));
    let denied = ask_for("/cgi-bin/freepublish/get");
    assert_eq!(ask(&client, path, denied).await.code(), 76022);
}

#[tokio::test]
async fn a_refused_request_can_be_looked_up_by_its_rid() {
    let mut client = Client::start().await;
    let refused = ask(&client, "/cgi-bin/draft/get", json!({"media_id": "x"})).await;
    let errmsg = refused.json()["errmsg"].as_str().unwrap().to_owned();
    let rid = rid_of(&errmsg);
    let reply = ask(&client, RID, json!({"rid": rid})).await.json();
    assert_eq!((&reply["errcode"], &reply["errmsg"]), (&json!(0), &json!("ok")));
    let request = &reply["request"];
    assert!(request["invoke_time"].is_u64() && request["cost_in_ms"].is_u64());
    let url = format!("access_token={}xxxx", &client.token[..7]);
    assert_eq!(request["request_url"], url);
    assert_eq!(request["request_body"], "{\"media_id\":\"x\"}");
    assert_eq!(request["response_body"], refused.text());
    assert_eq!(request["client_ip"], "203.0.113.7");

    assert_eq!(ask(&client, RID, json!({"rid": "x"})).await.code(), 76002);
    let unknown = "617682e0-09059ac5-34a8e2ea";
    assert_eq!(ask(&client, RID, json!({"rid": unknown})).await.code(), 76001);
    client.advance(7 * 86_400 + 1);
    client.renew().await;
    assert_eq!(ask(&client, RID, json!({"rid": rid})).await.code(), 76004);

    client
        .simulator
        .with(|world| world.add_account("wxother", "secret").put_draft(vec![]));
    let body = json!({"grant_type": "client_credential", "appid": "wxother", "secret": "no"});
    let refused = client.post_as("/cgi-bin/stable_token", &body.to_string()).await.json();
    let rid = rid_of(refused["errmsg"].as_str().unwrap());
    assert_eq!(ask(&client, RID, json!({"rid": rid})).await.code(), 76003);
}

#[tokio::test]
async fn the_addresses_of_the_server_are_listed() {
    let client = Client::start().await;
    let reply = client.get("/cgi-bin/get_api_domain_ip").await.json();
    let list = reply["ip_list"].as_array().unwrap();
    assert_eq!(list[0], "101.89.47.18");
    assert!(list.iter().all(Value::is_string));
}
