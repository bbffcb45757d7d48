//! Help for tests: accounts whose transport gives these answers.

use crate::account::Account;
use crate::bindings::types::File;
use crate::transport::stub::{Stub, config};

/// WeChat's refusal of a token or a secret.
pub const REFUSED: &str = r#"{"errcode":40001,"errmsg":"invalid credential rid: 617682e0-09059ac5-34a8e2ea"}"#;
/// An answer to `draft.count`.
pub const COUNT: &str = r#"{"total_count":3}"#;

/// An answer to a request for a token.
pub fn token(value: &str, seconds: u32) -> String {
    format!(r#"{{"access_token":"{value}","expires_in":{seconds}}}"#)
}

/// A refusal with this code.
pub fn refusal(errcode: i32) -> String {
    format!(r#"{{"errcode":{errcode},"errmsg":"x"}}"#)
}

/// An account without token, whose transport gives these answers.
pub fn fresh(answers: &[&str]) -> Account<Stub> {
    let account = Account::open(config(), Stub::default()).unwrap();
    answers
        .iter()
        .for_each(|answer| account.client.transport.answer(answer));
    account
}

/// Paths and queries of the requests that were sent.
pub fn targets(account: &Account<Stub>) -> Vec<String> {
    let sent = account.client.transport.sent();
    sent.into_iter().map(|sent| sent.target).collect()
}

/// A picture.
pub fn jpg() -> File {
    File {
        name: "cover.jpg".to_owned(),
        bytes: b"\xFF\xD8\xFF\xC0\x00\x11\x08\x00\x01\x00\x01 a picture".to_vec(),
    }
}
