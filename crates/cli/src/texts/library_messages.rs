//! The words of the system and of libraries, which have them in English only.

use std::fmt::Display;
use std::io;

use super::messages::{Json, messages};

/// Returns the words for an error of the system. An error with a message of its own keeps it, unless it wraps one of
/// the system.
pub fn os_error(error: &io::Error) -> String {
    if let Some(wrapped) = wrapped(error) {
        return os_error(&wrapped);
    }
    let texts = &messages().os;
    let known = texts.kinds.iter().find(|(kind, _)| *kind == error.kind());
    match (known, error.raw_os_error()) {
        (Some((_, words)), Some(number)) => texts.numbered.with([words, &number]),
        (Some((_, words)), None) if error.get_ref().is_none() => (*words).to_owned(),
        _ => error.to_string(),
    }
}

/// Returns the error of the system inside of another. A library that adds the name of its temporary file has it in its
/// message only.
fn wrapped(error: &io::Error) -> Option<io::Error> {
    let message = error.get_ref()?.to_string();
    let (_, number) = message.split_once("(os error ")?;
    let (number, _) = number.split_once(')')?;
    number.parse().ok().map(io::Error::from_raw_os_error)
}

/// Returns the words for an error of reading JSON.
pub fn json_error(error: &impl Display) -> String {
    in_words_of(&messages().json, &error.to_string())
}

fn in_words_of(texts: &Json, error: &str) -> String {
    // An error of a document ends with its place, and one of a value has none.
    match texts
        .place
        .and_then(|(theirs, ours)| Some((parts(error, theirs)?, ours)))
    {
        Some((parts, ours)) => match parts.as_slice() {
            [error, line, column] => ours.with([&translate(error, texts.forms), line, column]),
            _ => error.to_owned(),
        },
        None => translate(error, texts.forms),
    }
}

/// Translates a text that has one of these forms. The first counts that fits; other texts stay as they are.
pub(super) fn translate(text: &str, forms: &[(&str, &str)]) -> String {
    let found = forms
        .iter()
        .find_map(|(theirs, ours)| Some((parts(text, theirs)?, ours)));
    let Some((parts, ours)) = found else {
        return text.to_owned();
    };
    let mut parts = parts.into_iter();
    let mut pieces = ours.split("{}");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |translated, piece| {
        translated + parts.next().unwrap_or_default() + piece
    })
}

/// Returns what stands in the holes `{}` of a form, if the text has this form.
fn parts<'a>(text: &'a str, form: &str) -> Option<Vec<&'a str>> {
    let mut pieces = form.split("{}").peekable();
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut parts = Vec::new();
    while let Some(piece) = pieces.next() {
        let (part, after) = match pieces.peek() {
            // The last piece ends the text.
            None => (rest.strip_suffix(piece)?, ""),
            Some(_) => rest.split_once(piece)?,
        };
        parts.push(part);
        rest = after;
    }
    rest.is_empty().then_some(parts)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;
    use wechat_official_account_language::Language;

    use super::*;
    use crate::texts::messages::messages_in;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its errors are of interest")]
    struct Record {
        a: u8,
        b: Option<Choice>,
        c: Option<bool>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Choice {
        One,
        Two,
        Three,
    }

    #[test]
    fn errors_of_json_are_in_chinese() {
        let texts = &messages_in(Language::Chinese).json;
        for (document, expected) in [
            ("", "内容不完整，提前结束（第 1 行第 0 列）"),
            ("[1,]", "末尾多了逗号（第 1 行第 4 列）"),
            ("{} x", "末尾有多余内容（第 1 行第 4 列）"),
            ("[1 2]", "此处应为 `,` 或 `]`（第 1 行第 4 列）"),
            ("nulx", "此处应为 true、false 或 null（第 1 行第 4 列）"),
            ("x", "此处应有一个值（第 1 行第 1 列）"),
        ] {
            let Err(error) = serde_json::from_str::<Value>(document) else {
                panic!("{document}")
            };
            assert_eq!(in_words_of(texts, &error.to_string()), expected, "{error}");
        }
        for (document, expected) in [
            ("{}", "缺少字段 `a`（第 1 行第 2 列）"),
            (
                r#"{"a": 1, "d": 2}"#,
                "未知字段 `d`，可用的字段：`a`, `b`, `c`（第 1 行第 12 列）",
            ),
            (
                r#"{"a": 1, "b": "four"}"#,
                "未知取值 `four`，可用的值：`one`, `two`, `three`（第 1 行第 20 列）",
            ),
            (r#"{"a": "x"}"#, "类型不对：string \"x\"，应为 u8（第 1 行第 9 列）"),
            (r#"{"a": 256}"#, "值不对：integer `256`，应为 u8（第 1 行第 9 列）"),
        ] {
            let error = serde_json::from_str::<Record>(document).unwrap_err();
            assert_eq!(in_words_of(texts, &error.to_string()), expected, "{error}");
        }
    }

    #[test]
    fn other_texts_stay() {
        let forms = [("a {} b", "{}"), ("c", "d")];
        for (text, expected) in [
            ("c", "d"),
            ("a b", "a b"),
            ("c ", "c "),
            ("a x b", "x"),
            ("a c b", "c"),
            ("", ""),
        ] {
            assert_eq!(translate(text, &forms), expected);
        }
        // English has the words of the library.
        let error = io::Error::other("its own message");
        assert_eq!(os_error(&error), "its own message");
        let system = io::Error::from_raw_os_error(2);
        let wrapped = io::Error::new(system.kind(), format!("{system} at path \"/x/.tmp\""));
        assert_eq!(os_error(&wrapped), os_error(&system));
    }
}
