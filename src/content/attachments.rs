//! Files that come with an article, by their names.

use super::insert;
use crate::bindings::types::File;
use crate::compose::joined;
use crate::data_uri::percent_decode;
use crate::error::{Result, invalid};
use crate::find::before;

/// The files in the order of their names.
pub struct Attachments<'a>(Vec<(Vec<u8>, &'a File)>);

impl<'a> Attachments<'a> {
    /// Refuses names that can't be told apart.
    pub fn new(files: &'a [File]) -> Result<Self> {
        let mut attachments = Self(Vec::with_capacity(files.len()));
        for file in files {
            let name = path(file.name.as_bytes());
            if name.is_empty() {
                return Err(invalid(
                    "attachments",
                    "an attachment has no name",
                    "Name it as the HTML refers to it.",
                ));
            }
            match attachments.place(&name) {
                Ok(_) => {
                    return Err(invalid(
                        "attachments",
                        joined(&["two attachments are named ", &file.name]),
                        "Give each a name of its own, and refer to it by that.",
                    ));
                }
                Err(place) => insert(&mut attachments.0, place, (name, file)),
            }
        }
        Ok(attachments)
    }

    /// The file that a reference means: literally, or by content id, or as a path without query and fragment, or by what its
    /// percent-encoding stands for.
    pub fn find(&self, source: &[u8]) -> Option<&'a File> {
        let plain = match source.split_at_checked(CID.len()) {
            Some((scheme, id)) if scheme.eq_ignore_ascii_case(CID) => id,
            _ => source,
        };
        let bare = before(plain, b"?#");
        { self.named(source).or_else(|| self.named(plain)) }
            .or_else(|| self.named(bare))
            .or_else(|| self.named(&percent_decode(bare)))
    }

    fn named(&self, name: &[u8]) -> Option<&'a File> {
        let place = self.place(&path(name)).ok()?;
        self.0.get(place).map(|(_, file)| *file)
    }

    /// Where this name is, or where it would have to be.
    fn place(&self, name: &[u8]) -> std::result::Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_slice().cmp(name))
    }
}

/// How mail refers to its attachments (RFC 2392).
const CID: &[u8] = b"cid:";

/// A name as a path with slashes, without its empty parts and those that lead nowhere (`./`). One that ends with a slash goes on
/// doing so: it names a folder. One that begins with a slash is left alone: it leads to the root of a site, or to another site.
fn path(name: &[u8]) -> Vec<u8> {
    if name.starts_with(b"/") {
        return name.to_vec();
    }
    let mut path = Vec::with_capacity(name.len());
    for part in name.split(|byte| matches!(byte, b'/' | b'\\')) {
        if matches!(part, b"" | b".") {
            continue;
        }
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(part);
    }
    if matches!(name, [.., b'/' | b'\\']) && !path.is_empty() {
        path.push(b'/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;

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
        let attachments = Attachments::new(&files).unwrap();
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
            let found = attachments.find(source.as_bytes());
            assert_eq!(found.map(|file| file.name.as_str()), name, "{source}");
        }
    }

    #[test]
    fn names_are_there_and_differ() {
        for names in [&["a.png", ""][..], &["./"], &["a.png", "b.png", "./a.png"]] {
            let error = Attachments::new(&files(names)).err().unwrap();
            assert_eq!(
                (error.kind, error.subject.as_deref()),
                (ErrorKind::InvalidInput, Some("attachments")),
                "{names:?}"
            );
        }
    }
}
