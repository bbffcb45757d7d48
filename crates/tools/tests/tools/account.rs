//! account-status.

use wechat_official_account_tools::account::status;
use wechat_official_account_tools::bindings::types::ErrorKind;

use crate::fake::{Fake, error, run};

#[test]
fn the_credentials_are_verified_before_anything_is_counted() {
    let mut plugin = Fake::default();
    let account = run(status(&mut plugin)).unwrap();
    assert_eq!(
        plugin.calls,
        [
            "verify",
            "count",
            "counts",
            "quota /cgi-bin/material/add_material",
            "quota /cgi-bin/draft/add",
            "quota /cgi-bin/freepublish/submit",
        ]
    );
    assert_eq!((account.drafts, account.images), (7, 3));
    let allowances = account.allowances.iter();
    let tools: Vec<_> = allowances
        .map(|allowance| (allowance.tool, allowance.remaining))
        .collect();
    assert_eq!(
        tools,
        [("upload-image", 99), ("create-draft", 99), ("publish-draft", 99)]
    );

    let mut plugin = Fake {
        write: Err(error(ErrorKind::IpNotAllowed)),
        ..Fake::default()
    };
    assert_eq!(run(status(&mut plugin)).unwrap_err().kind, "ip-not-allowed");
    assert_eq!(plugin.calls, ["verify"]);
}

#[test]
fn an_allowance_that_is_not_told_is_left_out() {
    let mut plugin = Fake {
        quota: Err(error(ErrorKind::Permission)),
        ..Fake::default()
    };
    assert!(run(status(&mut plugin)).unwrap().allowances.is_empty());
}
