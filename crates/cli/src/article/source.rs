//! The file of an article.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::paths::folder_of;
use crate::{file, input};

/// The language that an article is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Markdown,
    Html,
}

impl Kind {
    /// Returns the kind of a file by its name, or `None` if it is neither.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        [
            ("md", Self::Markdown),
            ("markdown", Self::Markdown),
            ("html", Self::Html),
            ("htm", Self::Html),
        ]
        .into_iter()
        .find_map(|(known, kind)| extension.eq_ignore_ascii_case(known).then_some(kind))
    }
}

/// An article as it was written.
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// The language that it is written in.
    pub kind: Kind,
    /// Its text, without a byte order mark.
    pub text: String,
}

impl Source {
    /// Reads the file.
    pub fn read(path: &Path, kind: Kind) -> Result<Self> {
        let text = input::read_text(path)?;
        Ok(Self {
            path: path.to_owned(),
            kind,
            text: file::without_byte_order_mark(&text).to_owned(),
        })
    }

    /// Returns the folder of the file.
    pub fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Returns the name that messages begin with, such as `article.md`.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Returns the name with a line, such as `article.md:12`.
    pub fn place(&self, line: Option<u32>) -> String {
        placed(&self.name(), line)
    }
}

/// Returns the name of a file with a line, if that is known.
pub fn placed(name: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("{name}:{line}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_recognised_by_their_names() {
        for (name, kind) in [
            ("a.html", Some(Kind::Html)),
            ("a.HTM", Some(Kind::Html)),
            ("/x.json/a.b.htm", Some(Kind::Html)),
            ("a.md", Some(Kind::Markdown)),
            ("A.Markdown", Some(Kind::Markdown)),
            ("a.json", None),
            ("html", None),
            (".md", None),
            ("a.xhtml", None),
            ("a.html/a", None),
            ("-", None),
        ] {
            assert_eq!(Kind::of(Path::new(name)), kind, "{name}");
        }
    }
}
