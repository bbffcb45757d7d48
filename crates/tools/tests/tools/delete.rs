//! delete-draft: only the draft with the title that the caller named.

use wechat_official_account_tools::draft::delete;

use crate::fake::{Fake, draft, run};

#[test]
fn a_draft_is_deleted_by_its_title() {
    let mut plugin = Fake::default();
    let deleted = run(delete(&mut plugin, "DRAFT", " Hello ")).unwrap();
    assert_eq!(plugin.calls, ["get DRAFT", "delete DRAFT"]);
    assert_eq!((deleted.media_id.as_str(), deleted.title.as_str()), ("DRAFT", "Hello"));
}

#[test]
fn another_title_is_refused_and_named() {
    for title in ["hello", "Hello!", ""] {
        let mut plugin = Fake::default();
        let error = run(delete(&mut plugin, "DRAFT", title)).unwrap_err();
        assert_eq!((error.kind, error.subject.as_deref()), ("invalid-input", Some("title")));
        assert!(error.message.contains("“Hello”"), "{error}");
        assert_eq!(plugin.calls, ["get DRAFT"]);
    }
    // A draft without articles has no title that one could name by accident.
    let mut plugin = Fake {
        draft: draft(Vec::new()),
        ..Fake::default()
    };
    assert!(run(delete(&mut plugin, "DRAFT", "")).is_err());
    assert_eq!(plugin.calls, ["get DRAFT"]);
}
