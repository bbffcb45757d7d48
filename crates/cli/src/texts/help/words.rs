//! The words of clap that the help has in any case.

/// The headings of clap, and the words that it adds to the help of an argument.
pub struct Words {
    /// The template of the help.
    pub template: &'static str,
    /// The heading of subcommands.
    pub commands: &'static str,
    /// The heading of arguments without a name.
    pub arguments: &'static str,
    /// The heading of options.
    pub options: &'static str,
    /// A heading of `args.rs`, and the one in its place.
    pub headings: &'static [(&'static str, &'static str)],
    /// Before the default of an option.
    pub default: &'static str,
    /// Before the values of an option.
    pub values: &'static str,
    /// The help of `--help`.
    pub help: &'static str,
    /// The help of `--help`, if it tells more than `-h`.
    pub help_more: &'static str,
    /// The same, as `--help` itself tells it.
    pub help_less: &'static str,
    /// The help of `--version`.
    pub version: &'static str,
    /// The help of the command `help`.
    pub help_command: &'static str,
}

impl Words {
    /// Returns the heading in place of one of `args.rs`.
    pub fn heading(&self, theirs: &str) -> Option<&'static str> {
        let mut headings = self.headings.iter();
        headings.find_map(|(heading, ours)| (*heading == theirs).then_some(*ours))
    }
}
