//! The files that come with an article, by their names.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::bindings::types::File;
use crate::data_uri::percent_decode;
use crate::error::{Result, invalid};
use crate::html::Base;
use crate::texts::Texts;

/// The files that an article refers to.
pub struct Attachments<'a> {
    files: &'a [File],
    /// The indices of the files by their names as paths. They are in the map that JSON objects have: one of another
    /// type would be 4 KB more, and a list in order takes a second for some ten thousand files.
    by_path: Map<String, Value>,
    /// The base of the article's addresses.
    base: Option<Base>,
}

impl<'a> Attachments<'a> {
    /// Takes the files of an article with this base. Refuses an empty name, and names that mean the same.
    pub fn new(texts: &Texts, files: &'a [File], base: Option<Base>) -> Result<Self> {
        let texts = &texts.content;
        let mut by_path = Map::new();
        for (index, file) in files.iter().enumerate() {
            let path = path(&file.name);
            if path.is_empty() {
                return Err(invalid(
                    "attachments",
                    texts.attachment_unnamed,
                    texts.attachment_name_wanted,
                ));
            }
            if by_path.insert(path, index.into()).is_some() {
                return Err(invalid(
                    "attachments",
                    texts.attachments_alike.with([&file.name]),
                    texts.attachment_own_name,
                ));
            }
        }
        Ok(Self { files, by_path, base })
    }

    /// Returns the file that a reference means: as seen from the base, or as it stands. With a base on a host a
    /// relative reference leads to that host alone.
    pub fn find(&self, source: &str) -> Option<&'a File> {
        let Some(base) = &self.base else {
            return self.named(source);
        };
        match base.resolve(source) {
            Cow::Borrowed(source) => self.named(source),
            Cow::Owned(resolved) if base.has_host() => self.named(&resolved),
            Cow::Owned(resolved) => self.named(&resolved).or_else(|| self.named(source)),
        }
    }

    /// Returns the file of a name: literally, by content id, as a path without query and fragment, or after
    /// percent-decoding.
    fn named(&self, source: &str) -> Option<&'a File> {
        let plain = match source.split_at_checked(CID.len()) {
            Some((scheme, id)) if scheme.eq_ignore_ascii_case(CID) => id,
            _ => source,
        };
        let bare = plain.split(['?', '#']).next()?;
        let decoded = String::from_utf8(percent_decode(bare)).unwrap_or_default();
        [source, plain, bare, &decoded]
            .into_iter()
            .find_map(|name| self.at(&path(name)))
    }

    fn at(&self, path: &str) -> Option<&'a File> {
        let index = self.by_path.get(path)?.as_u64()?;
        self.files.get(usize::try_from(index).ok()?)
    }
}

/// The scheme by which mail refers to its attachments (RFC 2392).
const CID: &str = "cid:";

/// Returns a name as a path with slashes, without empty parts and those that lead nowhere (`./`). A final slash stays,
/// as it names a folder. A name that begins with a slash stays as it is, as it leads to the root of a site, or to
/// another site.
fn path(name: &str) -> String {
    const SLASHES: [char; 2] = ['/', '\\'];
    if name.starts_with('/') {
        return name.to_owned();
    }
    let parts = name.split(SLASHES).filter(|part| !matches!(*part, "" | "."));
    let mut path = parts.collect::<Vec<_>>().join("/");
    if name.ends_with(SLASHES) && !path.is_empty() {
        path.push('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;
    use crate::texts::EN;

    fn files(names: &[&str]) -> Vec<File> {
        let file = |name: &&str| File {
            name: (*name).to_owned(),
            bytes: Vec::new(),
        };
        names.iter().map(file).collect()
    }

    #[test]
    fn a_reference_means_the_file_of_its_name() {
        let names = [
            "cover.jpg",
            "img/a.png",
            "图 1.png",
            "100%25.png",
            "a?b.png",
            "/root.png",
            "https://example.com/x.png?y=1",
        ];
        let files = files(&names);
        let attachments = Attachments::new(&EN, &files, None).unwrap();
        for (source, name) in [
            ("cover.jpg", Some("cover.jpg")),
            ("./cover.jpg", Some("cover.jpg")),
            ("CID:cover.jpg", Some("cover.jpg")),
            ("cover.jpg?v=2#x", Some("cover.jpg")),
            (".\\img\\a.png", Some("img/a.png")),
            ("img//./a.png", Some("img/a.png")),
            ("/img/a.png", None),
            ("//img/a.png", None),
            ("/root.png?v=2", Some("/root.png")),
            ("%E5%9B%BE%201.png", Some("图 1.png")),
            ("图 1.png", Some("图 1.png")),
            ("100%25.png", Some("100%25.png")),
            ("a?b.png", Some("a?b.png")),
            ("https://example.com/x.png?y=1", Some("https://example.com/x.png?y=1")),
            ("https://example.com/x.png", None),
            ("a.png", None),
            ("img", None),
            ("cover.jpg/", None),
            ("cover.jpg\\", None),
            ("Cover.jpg", None),
            ("../cover.jpg", None),
            ("", None),
            ("cid:", None),
        ] {
            let found = attachments.find(source);
            assert_eq!(found.map(|file| file.name.as_str()), name, "{source}");
        }
    }

    #[test]
    fn a_reference_is_seen_from_the_base_first() {
        let files = files(&["a.png", "img/a.png", "b.png", "https://example.com/x/a.png"]);
        for (base, source, name) in [
            ("img/", "a.png?v=1", Some("img/a.png")),
            ("img/", "./b.png", Some("b.png")),
            ("img/", "../a.png", Some("a.png")),
            ("img/", "img/a.png", Some("img/a.png")),
            ("img/", "cid:a.png", Some("a.png")),
            ("/x/", "a.png", Some("a.png")),
            ("https://example.com/x/", "a.png", Some("https://example.com/x/a.png")),
            ("https://example.com/x/", "b.png", None),
            ("//example.com/x/", "a.png", None),
            ("https://example.com/x/", "cid:b.png", Some("b.png")),
        ] {
            let base = Base::of(&format!("<base href={base}>"));
            let attachments = Attachments::new(&EN, &files, base).unwrap();
            let found = attachments.find(source);
            assert_eq!(found.map(|file| file.name.as_str()), name, "{source}");
        }
    }

    #[test]
    fn every_file_is_found_by_its_own_name_in_whatever_order_they_come() {
        let names: Vec<String> = (0..1000).rev().map(|number| format!("{number}.png")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let files = files(&names);
        let attachments = Attachments::new(&EN, &files, None).unwrap();
        for name in &names {
            assert_eq!(attachments.find(name).map(|file| file.name.as_str()), Some(*name));
        }
    }

    #[test]
    fn names_that_are_empty_or_equal_are_refused() {
        for names in [&["a.png", ""][..], &["./"], &["a.png", "b.png", "./a.png"]] {
            let error = Attachments::new(&EN, &files(names), None).err().unwrap();
            assert_eq!(
                (error.kind, error.subject.as_deref()),
                (ErrorKind::InvalidInput, Some("attachments")),
                "{names:?}"
            );
        }
    }
}
