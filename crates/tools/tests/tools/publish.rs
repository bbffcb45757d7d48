//! publish-draft: only the draft that was read, and only once.

use wechat_official_account_tools::bindings::types::{ArticleType, Comments, ErrorKind, StoredArticle};
use wechat_official_account_tools::digest;
use wechat_official_account_tools::publication::publish;

use crate::fake::{Fake, draft, error, run, stored};

#[test]
fn the_draft_that_was_read_is_submitted() {
    let mut plugin = Fake::default();
    let digest = digest::of(&plugin.draft);
    let submitted = run(publish(
        &mut plugin,
        "DRAFT",
        "Hello",
        &format!(" {} ", digest.to_uppercase()),
    ))
    .unwrap();
    assert_eq!(plugin.calls, ["get DRAFT", "submit DRAFT"]);
    assert_eq!(
        (submitted.publish_id.as_str(), submitted.title.as_str()),
        ("TASK", "Hello")
    );
}

#[test]
fn another_title_or_digest_submits_nothing() {
    let digest = digest::of(&Fake::default().draft);
    for (title, digest, subject) in [
        ("Hullo", digest.as_str(), "expected_title"),
        ("", &digest, "expected_title"),
        ("Hello", &digest[1..], "digest"),
        ("Hello", "", "digest"),
    ] {
        let mut plugin = Fake::default();
        let error = run(publish(&mut plugin, "DRAFT", title, digest)).unwrap_err();
        assert_eq!((error.kind, error.subject.as_deref()), ("invalid-input", Some(subject)));
        assert!(error.message.ends_with("Nothing was done."), "{error}");
        assert_eq!(plugin.calls, ["get DRAFT"]);
    }
}

#[test]
fn a_draft_that_is_gone_is_an_error_before_the_submission() {
    let mut plugin = Fake {
        gets: [Err(error(ErrorKind::NotFound))].into(),
        ..Fake::default()
    };
    assert_eq!(
        run(publish(&mut plugin, "DRAFT", "Hello", "")).unwrap_err().kind,
        "not-found"
    );
    assert_eq!(plugin.calls, ["get DRAFT"]);
}

#[test]
fn a_lost_answer_may_have_published_and_nothing_is_repeated() {
    let mut plugin = Fake {
        write: Err(error(ErrorKind::OutcomeUnknown)),
        ..Fake::default()
    };
    let digest = digest::of(&plugin.draft);
    let error = run(publish(&mut plugin, "DRAFT", "Hello", &digest)).unwrap_err();
    assert_eq!((error.kind, error.may_have_happened), ("outcome-unknown", true));
    assert_eq!(plugin.calls, ["get DRAFT", "submit DRAFT"]);
}

#[test]
fn the_digest_changes_with_everything_that_readers_see() {
    let before = digest::of(&draft(vec![stored("Hello")]));
    let changes: [fn(&mut StoredArticle); 10] = [
        |article| article.title.push('!'),
        |article| article.author.push('!'),
        |article| article.digest.push('!'),
        |article| article.content.as_mut().unwrap().push('!'),
        |article| article.content = None,
        |article| article.content_source_url.push('!'),
        |article| article.thumb_media_id.push('!'),
        |article| article.image_media_ids.push("A".to_owned()),
        |article| article.comments = Comments::Everyone,
        |article| article.article_type = ArticleType::Pictures,
    ];
    let mut seen = vec![before.clone()];
    for change in changes {
        let mut article = stored("Hello");
        change(&mut article);
        seen.push(digest::of(&draft(vec![article])));
    }
    seen.push(digest::of(&draft(vec![stored("Hello"), stored("Hello")])));
    seen.push(digest::of(&draft(Vec::new())));
    // Text that moves from one field to the next is a change.
    let mut moved = stored("HelloAn");
    moved.author = " author".to_owned();
    seen.push(digest::of(&draft(vec![moved])));
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
    assert!(before.len() == 32 && before.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn the_digest_does_not_change_with_what_wechat_makes_anew() {
    let before = digest::of(&draft(vec![stored("Hello")]));
    let mut article = stored("Hello");
    article.url.push('!');
    article.thumb_url.push('!');
    let mut later = draft(vec![article]);
    later.create_time = None;
    later.update_time = Some(3);
    assert_eq!(digest::of(&later), before);
}
