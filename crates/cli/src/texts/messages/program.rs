//! The program as a whole, its errors and its server.

use wechat_official_account_language::Text;

/// The program as a whole.
pub struct Program {
    /// The simulator can't start. The reason.
    pub cannot_start_simulator: Text<1>,
    /// The program can't start. The reason.
    pub cannot_start: Text<1>,
    /// A signal ended the command. Its name.
    pub stopped: Text<1>,
    /// A signal ended the command during an operation: its name, and what may have happened.
    pub stopped_during: Text<2>,
    /// A subject or label, and what is said about it.
    pub about: Text<2>,
    /// Two sentences.
    pub sentences: Text<2>,
}

/// An operation of which nobody knows whether WeChat carries it out, until its reply is there.
#[derive(Clone, Copy)]
pub struct Running {
    /// What may have happened: the beginning of a sentence.
    pub what: &'static str,
    /// How to find out.
    pub advice: &'static str,
}

/// Errors of every kind.
pub struct Errors {
    /// The instance trapped. The reason.
    pub instance_gone: Text<1>,
    /// No instance could be made. The reason.
    pub no_instance: Text<1>,
    /// An error, after which stdout failed: its message, and the reason.
    pub stdout_failed: Text<2>,
    /// Stdout failed. The reason.
    pub cannot_write_stdout: Text<1>,
    /// Stdout failed after the command's work.
    pub it_was_done: &'static str,
    /// A label: the advice.
    pub advice: &'static str,
    /// A label: the subject.
    pub subject: &'static str,
    /// A label: when to try again.
    pub retry: &'static str,
    /// When to try again. The seconds.
    pub retry_in: Text<1>,
}

/// Errors of the arguments.
pub struct Usage {
    /// Arguments that are not UTF-8. They.
    pub not_utf8: Text<1>,
    /// The value of `--allow-host` is no host.
    pub no_host: &'static str,
    /// The value of `--allow-origin` is no origin.
    pub no_origin: &'static str,
    /// How clap's errors are said. It says them itself in English.
    pub clap: Option<Clap>,
}

/// How clap's errors are said.
pub struct Clap {
    /// An argument that nobody knows.
    pub unknown: Text<1>,
    /// A subcommand that nobody knows.
    pub unknown_subcommand: Text<1>,
    /// Arguments that are missing. They are listed below.
    pub missing: &'static str,
    /// A command whose subcommand is missing.
    pub missing_subcommand: Text<1>,
    /// An argument that was given twice.
    pub twice: Text<1>,
    /// An argument, and those that it can't be used with.
    pub conflict: Text<2>,
    /// An argument whose value is missing.
    pub no_value: Text<1>,
    /// A wrong value, and the argument.
    pub wrong_value: Text<2>,
    /// A wrong value, the argument, and the reason.
    pub wrong_value_because: Text<3>,
    /// A value too many, and the argument.
    pub too_many_values: Text<2>,
    /// The values of an argument.
    pub values: Text<1>,
    /// The subcommands.
    pub commands: Text<1>,
    /// Similar ones to what nobody knows.
    pub similar: Text<1>,
    /// How the command is used.
    pub usage: Text<1>,
    /// Where there is more to read.
    pub more: &'static str,
    /// Between two names of a list.
    pub between: &'static str,
    /// The forms of reasons in English and here, as those of JSON.
    pub reasons: &'static [(&'static str, &'static str)],
}

/// The server and the account.
pub struct Target {
    /// Both options were given.
    pub live_and_api_base: &'static str,
    /// `--trust` alone.
    pub trust_alone: &'static str,
    /// `--live` without credentials. Both variables.
    pub live_needs: Text<2>,
    /// A server was named for a command that brings its own. The command.
    pub own_simulator: Text<1>,
    /// An action that needs `--yes`: the action, as the rest of "it would".
    pub would: Text<1>,
    /// A variable that is not UTF-8. Its name.
    pub not_utf8: Text<1>,
    /// A variable that is missing. Its name.
    pub missing: Text<1>,
    /// `--api-base` is elsewhere. Its value.
    pub elsewhere: Text<1>,
    /// No certificate could be read: the file and the reason.
    pub no_certificate: Text<2>,
}

/// Findings about articles.
pub struct Findings {
    /// There are none.
    pub none: &'static str,
    /// The head of the table.
    pub columns: [&'static str; 3],
    /// A finding: the index of the article, and the message.
    pub of_article: Text<2>,
    /// One finding by WeChat's structure rules. The number.
    pub by_rules_one: Text<1>,
    /// Several findings by WeChat's structure rules. Their number.
    pub by_rules: Text<1>,
    /// A severity: error.
    pub error: &'static str,
    /// A severity: warning.
    pub warning: &'static str,
    /// A severity: advice.
    pub advice: &'static str,
}

impl Findings {
    /// Returns the word for a severity, given by its name in the WIT.
    pub fn severity<'a>(&'a self, name: &'a str) -> &'a str {
        match name {
            "error" => self.error,
            "warning" => self.warning,
            "advice" => self.advice,
            other => other,
        }
    }
}

/// Progress on terminals. The bars are templates of indicatif.
pub struct Progress {
    /// A file is uploaded: its name and bytes.
    pub uploading: Text<2>,
    /// An article is published.
    pub publishing: &'static str,
    /// A wait in seconds.
    pub wait: &'static str,
    /// A count of uploads.
    pub count: &'static str,
}

/// The server for agents, as its operator sees it.
pub struct Mcp {
    /// A call does not end.
    pub calls: Running,
    /// There is no token: its variable, and its least length.
    pub no_token: Text<2>,
    /// The address is open to other machines. The address.
    pub open: Text<1>,
    /// The address can't be used: the address and the reason.
    pub cannot_listen_at: Text<2>,
    /// The address is unknown. The reason.
    pub cannot_listen: Text<1>,
    /// The server failed. The reason.
    pub cannot_serve: Text<1>,
    /// A thread can't be started. The reason.
    pub cannot_start_thread: Text<1>,
    /// The connection failed. The reason.
    pub connection_ended: Text<1>,
    /// The client did not speak MCP.
    pub no_conversation: &'static str,
    /// `--root` can't be opened: the folder and the reason.
    pub cannot_open_root: Text<2>,
}
