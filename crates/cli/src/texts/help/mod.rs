//! The help in another language than that of the comments in `args.rs` and below `args/`.

mod words;
mod zh;

use std::collections::BTreeMap;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};
use wechat_official_account_language::Language;

use words::Words;

/// Gives all help texts of the program in this language.
pub fn localize(mut command: Command, language: Language) -> Command {
    match language {
        Language::English => command,
        Language::Chinese => {
            // Only then clap's own options and subcommands are there.
            command.build();
            Table::new(zh::HELP, &zh::WORDS).apply(command, "")
        }
    }
}

/// The help texts by their places:
///
/// | place | text |
/// |---|---|
/// | `draft add` | a command in one line; the program itself is the empty place |
/// | `draft add @long` | the same, if `--help` tells more |
/// | `draft add @after`, `draft add @after-long` | the end of its help, and of the longer one |
/// | `draft add --title`, `draft add <article>` | an argument |
/// | `material upload --kind=image` | the value of an argument |
///
/// An argument of several commands has one text, unless it means something else in one of them: `--yes`.
struct Table {
    texts: BTreeMap<&'static str, &'static str>,
    words: &'static Words,
}

impl Table {
    fn new(texts: &[(&'static str, &'static str)], words: &'static Words) -> Self {
        let texts = texts.iter().copied().collect();
        Self { texts, words }
    }

    /// Puts the texts into a command and all below it.
    fn apply(&self, mut command: Command, path: &str) -> Command {
        let Words { template, commands, .. } = *self.words;
        if let Some((_, about)) = self.text(path, "") {
            command = command.about(about);
        }
        if let Some((_, about)) = self.text(path, "@long") {
            command = command.long_about(about);
        }
        if let Some((_, text)) = self.text(path, "@after") {
            command = command.after_help(text);
        }
        if let Some((_, text)) = self.text(path, "@after-long") {
            command = command.after_long_help(text);
        }
        command = command.help_template(template).subcommand_help_heading(commands);
        command = command.mut_args(|argument| self.apply_to_argument(argument, path));
        command.mut_subcommands(|command| match command.get_name() {
            "help" => command.about(self.words.help_command),
            name => {
                let path = format!("{path} {name}");
                self.apply(command, path.trim_start())
            }
        })
    }

    fn apply_to_argument(&self, argument: Arg, path: &str) -> Arg {
        let words = self.words;
        let heading = match argument.get_help_heading() {
            None if argument.is_positional() => Some(words.arguments),
            None => Some(words.options),
            Some(heading) => words.heading(heading),
        };
        let argument = match heading {
            Some(heading) => argument.help_heading(heading),
            None => argument,
        };
        match argument.get_action() {
            ArgAction::Help if argument.get_long_help().is_some() => {
                argument.help(words.help_more).long_help(words.help_less)
            }
            ArgAction::Help => argument.help(words.help),
            ArgAction::Version => argument.help(words.version),
            _ => self.with_help(argument, path),
        }
    }

    /// Gives an argument its text, with its default and values, which clap would tell in English.
    fn with_help(&self, argument: Arg, path: &str) -> Arg {
        let key = key(&argument);
        let Some((_, text)) = self.text(path, &key) else {
            return argument;
        };
        let mut help = text.to_owned();
        let defaults: Vec<_> = argument
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        if !defaults.is_empty() && !argument.is_hide_default_value_set() && argument.get_action().takes_values() {
            help += &format!(" [{}{}]", self.words.default, defaults.join(" "));
        }
        let values = visible_values(&argument);
        let mut long = None;
        if values
            .iter()
            .any(|value| self.text(path, &key_of_value(&key, value)).is_some())
        {
            let values = values.iter().map(|value| {
                let text = self.text(path, &key_of_value(&key, value)).map(|(_, text)| text);
                format!("- {}：{}", value.get_name(), text.unwrap_or_default())
            });
            let values: Vec<String> = values.collect();
            long = Some(format!("{help}\n\n{}\n{}", self.words.values, values.join("\n")));
        }
        if !values.is_empty() {
            let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            help += &format!(" [{}{}]", self.words.values, names.join(", "));
        }
        let argument = argument.help(help).hide_default_value(true).hide_possible_values(true);
        match long {
            Some(long) => argument.long_help(long),
            None => argument,
        }
    }

    /// Returns the text of a place, and its name in the table.
    fn text(&self, path: &str, place: &str) -> Option<(&'static str, &'static str)> {
        let own = format!("{path} {place}");
        let own = self.texts.get_key_value(own.trim());
        // Only arguments share their texts.
        let is_argument = place.starts_with(['-', '<']);
        let found = own.or_else(|| self.texts.get_key_value(place).filter(|_| is_argument));
        found.map(|(place, text)| (*place, *text))
    }
}

/// Returns the name of an argument in the table.
fn key(argument: &Arg) -> String {
    match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => format!("<{}>", argument.get_id()),
    }
}

fn key_of_value(key: &str, value: &PossibleValue) -> String {
    format!("{key}={}", value.get_name())
}

fn visible_values(argument: &Arg) -> Vec<PossibleValue> {
    let values = argument.get_possible_values().into_iter();
    let takes_values = argument.get_action().takes_values();
    values.filter(|value| takes_values && !value.is_hide_set()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Cli;

    /// The simulator tells its options itself.
    const ELSEWHERE: &str = "simulator";

    /// Collects the places of the English texts below a command that have no other, and those that have one.
    fn look(table: &Table, command: &Command, path: &str, missing: &mut Vec<String>, used: &mut BTreeSet<&str>) {
        let mut need = |place: &str, is_needed: bool| match table.text(path, place) {
            Some((place, _)) if is_needed => drop(used.insert(place)),
            None if is_needed => missing.push(format!("{path} {place}")),
            _ => {}
        };
        need("", command.get_about().is_some());
        let is_elsewhere = path == ELSEWHERE;
        need("@long", command.get_long_about().is_some());
        need("@after", command.get_after_help().is_some() && !is_elsewhere);
        need("@after-long", command.get_after_long_help().is_some());
        for argument in command.get_arguments() {
            let is_clap = matches!(argument.get_action(), ArgAction::Help | ArgAction::Version);
            // Options of every command are looked at once.
            if is_clap || is_elsewhere || argument.is_global_set() && !path.is_empty() {
                continue;
            }
            assert!(argument.get_long_help().is_none(), "{path} {argument}: no place for it");
            need(&key(argument), argument.get_help().is_some());
            for value in visible_values(argument) {
                need(&key_of_value(&key(argument), &value), value.get_help().is_some());
            }
            let heading = argument.get_help_heading();
            let is_known = |heading| table.words.heading(heading).is_some();
            assert!(heading.is_none_or(is_known), "{heading:?}");
        }
        for command in command.get_subcommands() {
            let path = format!("{path} {}", command.get_name());
            look(table, command, path.trim_start(), missing, used);
        }
    }

    #[test]
    fn every_help_text_is_in_chinese_and_no_other() {
        let table = Table::new(zh::HELP, &zh::WORDS);
        let (mut missing, mut used) = (Vec::new(), BTreeSet::new());
        look(&table, &Cli::command(), "", &mut missing, &mut used);
        assert!(missing.is_empty(), "texts/help/zh.rs lacks {missing:#?}");
        let unused: Vec<_> = table.texts.keys().filter(|place| !used.contains(*place)).collect();
        assert!(unused.is_empty(), "texts/help/zh.rs has texts of nothing: {unused:#?}");
        assert_eq!(table.texts.len(), zh::HELP.len(), "a place is there twice");
    }
}
