//! list-drafts and list-published.

use wechat_official_account_tools::{draft, publication};

use crate::fake::{Fake, run};

#[test]
fn drafts_are_listed_with_their_titles() {
    let mut plugin = Fake::default();
    let page = run(draft::list(&mut plugin, 20, 5)).unwrap();
    assert_eq!(plugin.calls, ["list-drafts 20 5"]);
    let [line] = page.drafts.as_slice() else {
        panic!("{page:?}");
    };
    assert_eq!(
        (page.total, line.media_id.as_str(), line.update_time),
        (7, "DRAFT", Some(2))
    );
    assert_eq!(line.titles, ["Hello", "Second"]);
}

#[test]
fn publications_are_listed_with_their_addresses() {
    let mut plugin = Fake::default();
    plugin.draft.articles[0].is_deleted = true;
    let page = run(publication::list(&mut plugin, 0, 20)).unwrap();
    assert_eq!(plugin.calls, ["list-published 0 20"]);
    let line = &page.publications[0];
    assert_eq!(
        (page.total, line.article_id.as_str(), line.update_time),
        (1, "PUBLIC", Some(2))
    );
    let article = &line.articles[0];
    assert_eq!(
        (article.title.as_str(), article.url.as_str()),
        ("Hello", "https://mp.weixin.qq.com/preview")
    );
    assert!(article.is_deleted);
}
