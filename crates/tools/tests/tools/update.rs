//! update-draft: the article that is there is looked at first, and replaced only if it is the one that is meant.

use wechat_official_account_tools::article::Article;
use wechat_official_account_tools::bindings::types::{ArticleType, ErrorKind, ImageResult};
use wechat_official_account_tools::digest;
use wechat_official_account_tools::draft::update;

use crate::fake::{Fake, article, draft, error, prepared, run, stored, uploaded};

fn no_cover() -> Article {
    Article {
        cover_media_id: None,
        ..article()
    }
}

#[test]
fn the_article_is_replaced_and_read_back() {
    let mut plugin = Fake {
        draft: draft(vec![stored("First"), stored("Second")]),
        ..Fake::default()
    };
    let digest = digest::of(&plugin.draft);
    let written = run(update(&mut plugin, "DRAFT", 1, &article(), Some(&digest))).unwrap();
    assert_eq!(
        plugin.calls,
        [
            "get DRAFT",
            "check <p>Text</p>",
            "references",
            "prepare [] false",
            "check <p>Text</p><!-- prepared -->",
            "update DRAFT 1",
            "get DRAFT",
            "compare Second",
        ]
    );
    // That of the first article, which publish-draft asks for.
    assert_eq!((written.title.as_str(), written.digest), ("First", Some(digest)));
}

#[test]
fn a_draft_that_changed_or_lacks_the_article_is_left_alone() {
    for (index, digest, subject) in [
        (0, Some("0123456789abcdef"), "digest"),
        (1, None, "index"),
        (u32::MAX, None, "index"),
    ] {
        let mut plugin = Fake::default();
        let error = run(update(&mut plugin, "DRAFT", index, &article(), digest)).unwrap_err();
        assert_eq!((error.kind, error.subject.as_deref()), ("invalid-input", Some(subject)));
        assert_eq!(plugin.calls, ["get DRAFT"]);
    }
}

#[test]
fn a_picture_message_is_not_replaced_by_text() {
    let mut pictures = stored("Hello");
    pictures.article_type = ArticleType::Pictures;
    let mut plugin = Fake {
        draft: draft(vec![pictures]),
        ..Fake::default()
    };
    let error = run(update(&mut plugin, "DRAFT", 0, &article(), None)).unwrap_err();
    assert_eq!((error.kind, error.subject.as_deref()), ("invalid-input", Some("index")));
    assert_eq!(plugin.calls, ["get DRAFT"]);
}

#[test]
fn the_cover_is_the_articles_own_or_uploaded_or_the_stored_one() {
    let cover = |plugin: &mut Fake, article: &Article| {
        run(update(plugin, "DRAFT", 0, article, None)).unwrap();
        plugin.written[0].thumb_media_id.clone()
    };
    let uploaded_cover = || Fake {
        prepared: Ok(prepared(vec![uploaded()], Some(Ok("FIRST".to_owned())))),
        ..Fake::default()
    };
    assert_eq!(cover(&mut uploaded_cover(), &article()), "COVER");
    assert_eq!(cover(&mut uploaded_cover(), &no_cover()), "FIRST");
    assert_eq!(cover(&mut Fake::default(), &no_cover()), "STORED-COVER");

    let mut from_website = stored("Hello");
    from_website.thumb_media_id.clear();
    let mut plugin = Fake {
        draft: draft(vec![from_website]),
        ..Fake::default()
    };
    let error = run(update(&mut plugin, "DRAFT", 0, &no_cover(), None)).unwrap_err();
    assert_eq!(error.subject.as_deref(), Some("cover_media_id"));
    assert!(plugin.written.is_empty());
}

#[test]
fn a_lost_picture_leaves_the_draft_alone() {
    let mut plugin = Fake {
        prepared: Ok(prepared(vec![ImageResult::Failed(error(ErrorKind::Busy))], None)),
        ..Fake::default()
    };
    let error = run(update(&mut plugin, "DRAFT", 0, &article(), None)).unwrap_err();
    assert_eq!(error.kind, "busy");
    assert!(plugin.written.is_empty());
}
