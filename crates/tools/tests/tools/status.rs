//! get-publish-status: every state of WeChat's, and a wait that has an end.

use wechat_official_account_tools::bindings::types::{Publication, PublishStatus};
use wechat_official_account_tools::publication::{LONGEST_WAIT_SECONDS, State, status};

use crate::fake::{Fake, run};

#[test]
fn each_state_is_told_with_what_it_has() {
    let publication = Publication {
        article_id: "PUBLIC".to_owned(),
        urls: vec!["https://mp.weixin.qq.com/s/1".to_owned()],
    };
    for (state, expected, decided) in [
        (PublishStatus::Published(publication), State::Published, true),
        (PublishStatus::Publishing, State::Publishing, false),
        (
            PublishStatus::OriginalDeclarationFailed(vec![1]),
            State::OriginalDeclarationFailed,
            true,
        ),
        (PublishStatus::Failed, State::Failed, true),
        (PublishStatus::ReviewRefused(vec![1]), State::ReviewRefused, true),
        (PublishStatus::DeletedByUser, State::DeletedByUser, true),
        (PublishStatus::BannedBySystem, State::BannedBySystem, true),
        (PublishStatus::Unknown(99), State::Unknown, false),
    ] {
        let mut plugin = Fake {
            status: Ok(state),
            ..Fake::default()
        };
        let told = run(status(&mut plugin, "TASK", LONGEST_WAIT_SECONDS)).unwrap();
        assert_eq!(plugin.calls, ["wait TASK 300"]);
        assert_eq!((told.state, told.decided), (expected, decided));
        let is_public = expected == State::Published;
        assert_eq!(
            (told.article_id.is_some(), told.urls.len()),
            (is_public, usize::from(is_public))
        );
        let is_refused = matches!(expected, State::OriginalDeclarationFailed | State::ReviewRefused);
        assert_eq!(told.refused_articles.len(), usize::from(is_refused));
    }
}

#[test]
fn a_longer_wait_is_refused() {
    let mut plugin = Fake::default();
    let error = run(status(&mut plugin, "TASK", LONGEST_WAIT_SECONDS + 1)).unwrap_err();
    assert_eq!(
        (error.kind, error.subject.as_deref()),
        ("invalid-input", Some("wait_seconds"))
    );
    assert!(error.message.contains("300"), "{error}");
    assert!(plugin.calls.is_empty());
}
