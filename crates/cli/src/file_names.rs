//! File names that are the same text in another normal form of Unicode. macOS stores `é` as two characters (NFD), and
//! HTML that was written elsewhere has one (NFC).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::texts::messages;

/// The names in the folders that were looked at, each folder read once.
#[derive(Default)]
pub struct FileNames(BTreeMap<PathBuf, Names>);

/// The names of a folder, by their normal form.
type Names = BTreeMap<String, Vec<OsString>>;

impl FileNames {
    /// Returns the path of a file in a folder: by this name if it is there, and by another with the same normal form
    /// otherwise. A name that is nowhere is returned as it is.
    ///
    /// # Errors
    /// If several names in a folder have this normal form.
    pub fn resolve(&mut self, folder: &Path, name: &Path) -> Result<PathBuf, String> {
        let exact = folder.join(name);
        if name.to_str().is_none_or(str::is_ascii) || fs::symlink_metadata(&exact).is_ok() {
            return Ok(exact);
        }
        let mut path = folder.to_owned();
        for component in name.components() {
            let part = match component {
                Component::Normal(part) => part.to_str().unwrap_or_default(),
                other => {
                    path.push(other);
                    continue;
                }
            };
            if part.is_ascii() || fs::symlink_metadata(path.join(part)).is_ok() {
                path.push(part);
                continue;
            }
            match self.others(&path, part) {
                [] => return Ok(exact),
                [one] => path.push(one.clone()),
                [first, second, ..] => {
                    let (first, second) = (format!("{first:?}"), format!("{second:?}"));
                    return Err(messages().input.ambiguous.with([&first, &second]));
                }
            }
        }
        Ok(path)
    }

    /// Returns the names in this folder with the same normal form.
    fn others(&mut self, folder: &Path, name: &str) -> &[OsString] {
        if !self.0.contains_key(folder) {
            // A folder that can't be read has an error of its own when the file is opened.
            self.0.insert(folder.to_owned(), names(folder).unwrap_or_default());
        }
        let names = self.0.get(folder).and_then(|names| names.get(&normal(name)));
        names.map(Vec::as_slice).unwrap_or_default()
    }
}

fn names(folder: &Path) -> io::Result<Names> {
    let mut names = Names::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if let Some(text) = name.to_str() {
            names.entry(normal(text)).or_default().push(name.clone());
        }
    }
    Ok(names)
}

fn normal(name: &str) -> String {
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_both_normal_forms() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::create_dir(folder.join("Bu\u{308}cher")).unwrap();
        for name in [
            "\u{e9}.png",
            "Bu\u{308}cher/o\u{308}.png",
            "Bu\u{308}cher/a.png",
            "한.png",
        ] {
            fs::write(folder.join(name), "").unwrap();
        }
        let mut names = FileNames::default();
        for (name, found) in [
            ("\u{e9}.png", "\u{e9}.png"),
            ("e\u{301}.png", "\u{e9}.png"),
            ("B\u{fc}cher/\u{f6}.png", "Bu\u{308}cher/o\u{308}.png"),
            ("B\u{fc}cher/a.png", "Bu\u{308}cher/a.png"),
            ("\u{1112}\u{1161}\u{11ab}.png", "한.png"),
            ("B\u{fc}cher/../e\u{301}.png", "Bu\u{308}cher/../\u{e9}.png"),
            // Not there in any form.
            ("\u{e8}.png", "\u{e8}.png"),
            ("B\u{fc}cher/\u{e8}.png", "B\u{fc}cher/\u{e8}.png"),
        ] {
            assert_eq!(
                names.resolve(folder, Path::new(name)).unwrap(),
                folder.join(found),
                "{name}"
            );
        }
    }

    #[test]
    fn an_exact_name_has_precedence_and_two_others_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        // Three spellings of one name: composed, decomposed, and in the other order of its marks.
        let [composed, decomposed, reordered] = ["\u{1e69}.png", "s\u{323}\u{307}.png", "s\u{307}\u{323}.png"];
        fs::write(folder.join(composed), "").unwrap();
        fs::write(folder.join(decomposed), "").unwrap();
        let mut names = FileNames::default();
        for name in [composed, decomposed] {
            assert_eq!(names.resolve(folder, Path::new(name)).unwrap(), folder.join(name));
        }
        let told = names.resolve(folder, Path::new(reordered)).unwrap_err();
        assert!(told.contains("normal form"), "{told}");
    }
}
