//! get-draft.

use wechat_official_account_tools::article::Comments;
use wechat_official_account_tools::bindings::types::ArticleType;
use wechat_official_account_tools::digest;
use wechat_official_account_tools::draft::get;

use crate::fake::{Fake, run};

#[test]
fn a_draft_has_its_articles_and_the_digest_that_publishing_asks_for() {
    let mut plugin = Fake::default();
    let draft = run(get(&mut plugin, "DRAFT", true)).unwrap();
    assert_eq!(plugin.calls, ["get DRAFT"]);
    assert_eq!((draft.media_id.as_str(), draft.update_time), ("DRAFT", Some(2)));
    assert_eq!(draft.digest, digest::of(&plugin.draft));
    let article = &draft.articles[0];
    assert_eq!((article.kind, article.title.as_str()), ("news", "Hello"));
    assert_eq!(
        (article.author.as_str(), article.summary.as_str()),
        ("An author", "A summary")
    );
    assert_eq!(article.html.as_deref(), Some("<p>Stored</p>"));
    assert_eq!(article.source_url, "https://example.com/");
    assert_eq!(article.cover_media_id, "STORED-COVER");
    assert!(matches!(article.comments, Comments::Closed));
    assert_eq!(article.preview_url, "https://mp.weixin.qq.com/preview");
}

#[test]
fn a_draft_without_its_html_has_the_same_digest() {
    let mut plugin = Fake::default();
    plugin.draft.articles[0].article_type = ArticleType::Pictures;
    let with = run(get(&mut plugin, "DRAFT", true)).unwrap();
    let without = run(get(&mut plugin, "DRAFT", false)).unwrap();
    assert_eq!(without.articles[0].html, None);
    assert_eq!((without.articles[0].kind, without.digest), ("pictures", with.digest));
}
