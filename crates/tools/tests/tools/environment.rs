//! Credentials from the environment: named when they are wrong, and never shown.

use wechat_official_account_tools::Error;
use wechat_official_account_tools::bindings::types::Language;
use wechat_official_account_tools::bindings::types::{self, ErrorKind};
use wechat_official_account_tools::environment::{Environment, PREFIX, refused};

use crate::fake::error;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn environment(pairs: &[(&str, &str)]) -> Environment {
    let owned = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Environment::new(owned.collect())
}

#[test]
fn an_account_is_read_by_its_prefix() {
    let environment = environment(&[
        ("WECHAT_APP_ID", "wx0123456789abcdef"),
        ("WECHAT_APP_SECRET", SECRET),
        ("WECHAT_API_BASE", ""),
        ("OTHER_APP_ID", "wx1"),
        ("OTHER_APP_SECRET", "2"),
        ("OTHER_API_BASE", "http://127.0.0.1:8080"),
    ]);
    let config = environment.config(PREFIX).unwrap();
    assert_eq!(
        (config.app_id.as_str(), config.app_secret.as_str()),
        ("wx0123456789abcdef", SECRET)
    );
    assert_eq!((config.api_base, config.may_force_token), (None, Some(false)));
    let config = environment.config("OTHER_").unwrap();
    assert_eq!((config.app_id.as_str(), config.app_secret.as_str()), ("wx1", "2"));
    assert_eq!(config.api_base.as_deref(), Some("http://127.0.0.1:8080"));
}

#[test]
fn a_language_is_english_or_chinese() {
    let config = |language| {
        let account = [
            ("WECHAT_APP_ID", "wx1"),
            ("WECHAT_APP_SECRET", SECRET),
            ("WECHAT_LANGUAGE", language),
        ];
        environment(&account).config(PREFIX)
    };
    for (text, language) in [("", None), ("en", Some(Language::En)), ("zh", Some(Language::Zh))] {
        assert_eq!(config(text).unwrap().language, language);
    }
    let wrong = config("fr").err().unwrap();
    assert_eq!(wrong.to_string(), "WECHAT_LANGUAGE is neither en nor zh.");
}

#[test]
fn a_missing_variable_is_named_and_a_model_is_told_not_to_ask_for_it() {
    for (pairs, variable) in [
        ([("WECHAT_APP_ID", ""), ("WECHAT_APP_SECRET", SECRET)], "WECHAT_APP_ID"),
        (
            [("WECHAT_APP_ID", "wx1"), ("WECHAT_APP_SECRET", "")],
            "WECHAT_APP_SECRET",
        ),
    ] {
        let wrong = environment(&pairs).config(PREFIX).err().unwrap();
        assert_eq!(wrong.to_string(), format!("{variable} is not set."));
        let error = Error::from(wrong);
        assert_eq!((error.kind, error.subject.as_deref()), ("credentials", Some(variable)));
        assert!(
            error.message.contains(variable) && error.advice.contains("Never ask"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains(SECRET));
    }
}

#[test]
fn a_variable_that_the_plugin_refuses_is_named_with_the_reason() {
    let refusal = types::Error {
        message: "app-secret has 300 characters; at most 256".to_owned(),
        subject: Some("app-secret".to_owned()),
        ..error(ErrorKind::InvalidInput)
    };
    assert_eq!(
        refused(PREFIX, &refusal).to_string(),
        "WECHAT_APP_SECRET has 300 characters; at most 256."
    );
}

#[test]
fn a_list_has_its_parts_without_blanks() {
    let environment = environment(&[("NAMES", " a, ,b,")]);
    assert_eq!(environment.list("NAMES").collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(environment.list("OTHERS").count(), 0);
}

#[test]
fn nothing_shows_the_values() {
    let shown = format!("{:?}", environment(&[("WECHAT_APP_SECRET", SECRET)]));
    assert_eq!(shown, "[\"WECHAT_APP_SECRET\"]");
}
