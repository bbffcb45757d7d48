//! The language of this process. It is chosen once, before anything is said, and errors arise everywhere: so it is
//! not handed from function to function.

use std::env;
use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, Ordering};

use wechat_official_account_language::Language;

/// The variables that name the language of messages. The first that is set counts (POSIX, XBD 8.2).
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

static IS_CHINESE: AtomicBool = AtomicBool::new(false);

/// Returns the process's language.
pub fn language() -> Language {
    match IS_CHINESE.load(Ordering::Relaxed) {
        true => Language::Chinese,
        false => Language::English,
    }
}

/// Sets the process's language.
pub fn set_language(language: Language) {
    IS_CHINESE.store(language == Language::Chinese, Ordering::Relaxed);
}

/// Chooses the language by `--lang`, or else by the environment. What a program reads must not depend on the terminal
/// that it was started from, so `--json` alone means English.
pub fn choose(lang: Option<Language>, json: bool) -> Language {
    match lang {
        Some(lang) => lang,
        None if json => Language::default(),
        None => of_variables(VARIABLES.iter().filter_map(env::var_os)),
    }
}

/// Chooses the language by arguments that are not parsed yet, for the help and the errors of parsing.
pub fn language_of_arguments(arguments: &[OsString]) -> Language {
    let options = arguments.iter().skip(1).take_while(|argument| *argument != "--");
    let options: Vec<&str> = options.filter_map(|argument| argument.to_str()).collect();
    let after = options.iter().position(|option| *option == "--lang");
    let beside = options.iter().find_map(|option| option.strip_prefix("--lang="));
    let lang = beside.or_else(|| options.get(after? + 1).copied());
    choose(lang.and_then(Language::of_tag), options.contains(&"--json"))
}

fn of_variables(values: impl Iterator<Item = OsString>) -> Language {
    let mut set = values.filter(|value| !value.is_empty());
    set.next()
        .and_then(|tag| Language::of_tag(tag.to_str()?))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let language = |values: &[&str]| of_variables(values.iter().map(OsString::from));
        for values in [
            ["zh_CN.UTF-8"].as_slice(),
            &["", "zh_CN.UTF-8", "en_US.UTF-8"],
            &["zh", "C"],
        ] {
            assert_eq!(language(values), Language::Chinese, "{values:?}");
        }
        for values in [[].as_slice(), &[""], &["C", "zh_CN.UTF-8"], &["de_DE.UTF-8"]] {
            assert_eq!(language(values), Language::English, "{values:?}");
        }
    }

    #[test]
    fn arguments_that_are_wrong_still_tell_the_language() {
        for (arguments, expected) in [
            ("--lang zh --no-such-option", Language::Chinese),
            ("draft no-such --lang=zh", Language::Chinese),
            ("--lang zh --json", Language::Chinese),
            ("--lang en", Language::English),
            ("--lang", Language::English),
            ("--json draft get", Language::English),
            ("--json -- --lang zh", Language::English),
        ] {
            let arguments = format!("wechat-oa --json {arguments}");
            let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
            assert_eq!(language_of_arguments(&arguments), expected, "{arguments:?}");
        }
    }
}
