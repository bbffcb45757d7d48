use super::super::testing::{COUNT, REFUSED, fresh, jpg, targets, token};
use super::*;
use crate::bindings::types::ErrorKind;
use crate::transport::stub::{account, block_on};

#[test]
fn a_refused_token_costs_one_refresh_and_one_replay_of_the_same_body() {
    for code in [40001, 40014, 42001] {
        let account = account();
        let stub = &account.client.transport;
        stub.answer(&format!(r#"{{"errcode":{code},"errmsg":"x"}}"#));
        stub.answer(&token("NEW", 7200));
        stub.answer(r#"{"media_id":"M","url":"http://mmbiz.qpic.cn/x"}"#);
        assert_eq!(block_on(account.upload_image(&jpg())).unwrap().media_id, "M");
        let sent = stub.sent();
        let add = "/cgi-bin/material/add_material?access_token";
        assert_eq!(
            targets(&account),
            [
                format!("{add}=TOKEN&type=image"),
                "/cgi-bin/stable_token".to_owned(),
                format!("{add}=NEW&type=image")
            ]
        );
        assert!(sent[1].body.contains("\"force_refresh\":false"));
        assert!(sent[0].body.contains("a picture"));
        assert_eq!(
            (&sent[0].body, &sent[0].content_type),
            (&sent[2].body, &sent[2].content_type)
        );
    }
}

#[test]
fn a_new_token_that_is_refused_too_ends_the_call() {
    let account = fresh(&[&token("A", 7200), REFUSED, &token("B", 7200), REFUSED]);
    let error = block_on(account.count_drafts()).unwrap_err();
    assert_eq!((error.kind, error.errcode), (ErrorKind::Credentials, Some(40001)));
    assert_eq!(error.rid.as_deref(), Some("617682e0-09059ac5-34a8e2ea"));
    assert_eq!(targets(&account).len(), 4);
}

#[test]
fn the_same_token_refused_twice_is_forced_once() {
    let same = token("A", 7200);
    let account = fresh(&[&same, REFUSED, &same, REFUSED, &token("B", 7200), COUNT]);
    assert_eq!(block_on(account.count_drafts()).unwrap(), 3);
    assert!(
        account.client.transport.sent()[4]
            .body
            .contains("\"force_refresh\":true")
    );
    // It is not forced again for the next 72 minutes.
    let again = [REFUSED, &token("B", 7200), REFUSED];
    again.iter().for_each(|answer| account.client.transport.answer(answer));
    assert!(block_on(account.count_drafts()).is_err());
    assert_eq!(targets(&account).len(), 9);
}

#[test]
fn queries_are_percent_encoded() {
    let account = account();
    account.client.transport.answer(r#"{"errcode":40007,"errmsg":"x"}"#);
    let get = Endpoint::get("/cgi-bin/media/get").with_file_reply();
    let _ = block_on(account.client.get_file(&get, &[("media_id", "a/b&c=写 -_.~")]));
    assert_eq!(
        targets(&account),
        ["/cgi-bin/media/get?access_token=TOKEN&media_id=a%2Fb%26c%3D%E5%86%99%20-_.~"]
    );
}

#[test]
fn a_target_has_its_room_from_the_start() {
    let endpoint = Endpoint::get("/p");
    let token = Secret::new("写".repeat(10));
    let id = "写".repeat(1000);
    let target = target(&endpoint, &token, &[("media_id", &id)]);
    // Every byte of token and id is encoded here, so the buffer is full. One that had grown would be longer.
    assert_eq!(target.len(), "/p?access_token=&media_id=".len() + (30 + 3000) * 3);
    assert_eq!(target.capacity(), target.len());
}
