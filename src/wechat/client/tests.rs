mod shapes;

use super::super::testing::jpg;
use crate::bindings::types::{DeleteWhich, ErrorKind, MaterialKind};
use crate::transport::stub::{account, block_on};

#[test]
fn an_answer_of_somebody_else_is_no_empty_list() {
    let foreign = r#"{"error":"the proxy says no"}"#;
    let account = account();
    (0..5).for_each(|_| account.client.transport.answer(foreign));
    let errors = [
        block_on(account.list_drafts(0, 20, false)).map(drop),
        block_on(account.list_publications(0, 20, false)).map(drop),
        block_on(account.list_material(MaterialKind::Image, 0, 20)).map(drop),
        block_on(account.count_material()).map(drop),
        block_on(account.count_drafts()).map(drop),
    ];
    for error in errors {
        assert_eq!(error.unwrap_err().kind, ErrorKind::MalformedReply);
    }
    account.client.transport.answer(r#"{"total_count":0,"item":[]}"#);
    assert!(block_on(account.list_drafts(40, 20, false)).unwrap().items.is_empty());
}

#[test]
fn an_answer_of_somebody_else_is_no_success() {
    for answer in [
        "{}",
        r#"{"error":"blocked"}"#,
        r#"{"code":403}"#,
        r#"{"errcode":"blocked"}"#,
    ] {
        let account = account();
        (0..2).for_each(|_| account.client.transport.answer(answer));
        let outcome = block_on(account.delete_draft("M"));
        assert_eq!(outcome.unwrap_err().kind, ErrorKind::MalformedReply, "{answer}");
        let outcome = block_on(account.delete_publication("M", DeleteWhich::All));
        assert_eq!(outcome.unwrap_err().kind, ErrorKind::OutcomeUnknown, "{answer}");
    }
}

#[test]
fn a_page_has_all_its_lines_or_is_none() {
    let list = |page: &str, offset| {
        let account = account();
        account.client.transport.answer(page);
        block_on(account.list_drafts(offset, 20, false))
    };
    for (page, offset) in [
        (r#"{"total_count":3}"#, 3),
        (r#"{"total_count":"3.0","item":null}"#, 4),
        (r#"{"total_count":3,"item_count":0,"item":[]}"#, 20),
        // They may have been deleted since they were counted.
        (r#"{"total_count":5,"item":[]}"#, 3),
        (r#"{"total_count":0,"item":[]}"#, 0),
        (r#"{"total_count":0}"#, 0),
    ] {
        assert!(list(page, offset).unwrap().items.is_empty(), "{page}");
    }
    for (page, offset, total_count) in [
        (r#"{"total_count":5,"item_count":1.0,"item":[{"media_id":"M"}]}"#, 0, 5),
        (
            r#"{"total_count":"5","item_count":null,"item":[{"media_id":"M"}]}"#,
            0,
            5,
        ),
        // A total that is late.
        (r#"{"total_count":0,"item":[{"media_id":"M"}]}"#, 2, 3),
    ] {
        let page = list(page, offset).unwrap();
        assert_eq!((page.items[0].media_id.as_str(), page.total_count), ("M", total_count));
    }
    for (page, offset) in [
        (r#"{"total_count":3}"#, 2),
        (r#"{"total_count":5,"item":[]}"#, 0),
        (r#"{"total_count":5,"item":null}"#, 0),
        (r#"{"item":[]}"#, 0),
        (r#"{"total_count":null,"item":[]}"#, 0),
        (r#"{"total_count":-1,"item":[]}"#, 0),
        (r#"{"total_count":false,"item":[]}"#, 0),
        (r#"{"total_count":"","item":[]}"#, 0),
        (r#"{"total_count":[],"item":[]}"#, 0),
        (r#"{"total_count":1,"item":{"a":1}}"#, 0),
        (r#"{"total_count":0,"item":"x"}"#, 0),
        (r#"{"total_count":2,"item":[{"media_id":"M"},"y"]}"#, 0),
        (r#"{"total_count":2,"item":[{"media_id":"M"},null]}"#, 0),
        (r#"{"total_count":1,"item":[{"id":"M"}]}"#, 0),
        (r#"{"total_count":5,"item_count":2,"item":[{"media_id":"M"}]}"#, 0),
        (r#"{"total_count":5,"item_count":0,"item":[{"media_id":"M"}]}"#, 0),
        (r#"{"total_count":5,"item_count":-1,"item":[{"media_id":"M"}]}"#, 0),
        (r#"{"total_count":5,"item_count":2,"item":[]}"#, 20),
        (r#"{"total_count":1,"item":[{"media_id":"M","content":"x"}]}"#, 0),
        (
            r#"{"total_count":1,"item":[{"media_id":"M","content":{"news_item":["x"]}}]}"#,
            0,
        ),
        (
            r#"{"total_count":1,"item":[{"media_id":"M","content":{"news_item":"x"}}]}"#,
            0,
        ),
    ] {
        assert_eq!(
            list(page, offset).unwrap_err().kind,
            ErrorKind::MalformedReply,
            "{page}"
        );
    }
}

#[test]
fn an_id_or_address_that_came_damaged_is_no_success() {
    let account = account();
    for id in ["?M", "M M", "M\u{1}", "写", "", "M.x", "0"] {
        account.client.transport.answer(&format!("{{\"media_id\":\"{id}\"}}"));
        let error = block_on(account.upload_image(&jpg())).unwrap_err();
        assert_eq!(error.kind, ErrorKind::OutcomeUnknown, "{id}");
    }
    account
        .client
        .transport
        .answer(r#"{"media_id":"M","url":"?http://mmbiz.qpic.cn/a"}"#);
    assert_eq!(block_on(account.upload_image(&jpg())).unwrap().url, "");
    for answer in [
        r#"{"url":"?http://mmbiz.qpic.cn/a"}"#,
        r#"{"url":"httpx://mmbiz.qpic.cn/a"}"#,
        r#"{"url":"http://"}"#,
        r#"{"url":""}"#,
        r#"{"url":null}"#,
        r#"{"url":0}"#,
        r#"{"errcode":0,"errmsg":"ok"}"#,
        "{}",
    ] {
        account.client.transport.answer(answer);
        let error = block_on(account.upload_article_image(&jpg())).unwrap_err();
        assert_eq!(error.kind, ErrorKind::MalformedReply, "{answer}");
    }
}
