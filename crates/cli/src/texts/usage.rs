//! The errors of arguments in another language than clap's.

use std::error::Error as _;
use std::fmt::Write as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::library_messages::translate;
use super::messages::{Clap, messages};

/// Returns the words for an error of the arguments, if clap's are in another language. Those of kinds that this
/// program does not have stay in English.
pub fn usage_error(error: &Error) -> Option<String> {
    let texts = messages().usage.clap.as_ref()?;
    let label = messages().findings.error;
    let mut text = messages().program.about.with([&label, &describe(error, texts)?]);
    let valid = [
        (ContextKind::ValidValue, texts.values),
        (ContextKind::ValidSubcommand, texts.commands),
    ];
    for (kind, list) in valid {
        if let Some(names) = quoted(error, kind, texts) {
            // Writing to a string never fails.
            let _ = write!(text, "\n  {}", list.with([&names]));
        }
    }
    let similar = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    for values in similar.iter().filter_map(|kind| quoted(error, *kind, texts)) {
        let _ = write!(text, "\n\n  {}", texts.similar.with([&values]));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        let _ = write!(text, "\n\n{}", texts.usage.with([&usage.trim_end()]));
    }
    let _ = write!(text, "\n\n{}", texts.more);
    Some(text)
}

/// Returns what is wrong.
fn describe(error: &Error, texts: &Clap) -> Option<String> {
    let argument = strings(error, ContextKind::InvalidArg);
    let argument = argument.join(" ");
    let value = strings(error, ContextKind::InvalidValue).join(" ");
    Some(match error.kind() {
        ErrorKind::UnknownArgument => texts.unknown.with([&argument]),
        ErrorKind::InvalidSubcommand => {
            let command = strings(error, ContextKind::InvalidSubcommand).join(" ");
            texts.unknown_subcommand.with([&command])
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = strings(error, ContextKind::InvalidArg).into_iter();
            missing.fold(texts.missing.to_owned(), |text, missing| format!("{text}\n  {missing}"))
        }
        ErrorKind::MissingSubcommand => {
            let command = strings(error, ContextKind::InvalidSubcommand).join(" ");
            texts.missing_subcommand.with([&command])
        }
        ErrorKind::ArgumentConflict => match strings(error, ContextKind::PriorArg).as_slice() {
            [other] if *other == argument => texts.twice.with([&argument]),
            _ => {
                let others = quoted(error, ContextKind::PriorArg, texts).unwrap_or_default();
                texts.conflict.with([&argument, &others])
            }
        },
        ErrorKind::InvalidValue if value.is_empty() => texts.no_value.with([&argument]),
        ErrorKind::InvalidValue => texts.wrong_value.with([&value, &argument]),
        ErrorKind::ValueValidation => match error.source() {
            Some(reason) => {
                let reason = translate(&reason.to_string(), texts.reasons);
                texts.wrong_value_because.with([&value, &argument, &reason])
            }
            None => texts.wrong_value.with([&value, &argument]),
        },
        ErrorKind::TooManyValues => texts.too_many_values.with([&value, &argument]),
        // Its words are this program's.
        ErrorKind::InvalidUtf8 => return own_words(error),
        _ => return None,
    })
}

/// Returns the message of an error that this program made.
fn own_words(error: &Error) -> Option<String> {
    let rendered = error.render().to_string();
    let message = rendered.strip_prefix("error: ")?.lines().next()?;
    Some(message.to_owned())
}

/// Returns the names of this kind as a list.
fn quoted(error: &Error, kind: ContextKind, texts: &Clap) -> Option<String> {
    let names = strings(error, kind);
    let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    (!names.is_empty()).then(|| names.join(texts.between))
}

fn strings(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(string)) => vec![string],
        Some(ContextValue::Strings(strings)) => strings.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
