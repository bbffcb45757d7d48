//! Sees when a file was saved, by looking at it now and then: that works in every folder, also in one that is mounted
//! from elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The pause between two looks: short for people, and long for a disk.
pub const PAUSE: Duration = Duration::from_millis(300);

/// The states of files: the time of the last change, and the size.
#[derive(Default, PartialEq, Eq)]
pub struct FileStates(BTreeMap<PathBuf, Seen>);

/// What is known of a file that is there.
type Seen = Option<(SystemTime, u64)>;

impl FileStates {
    /// Returns these files as they were seen, and as they are now if they were not: a file that is saved after the
    /// first look is then another one at the next.
    pub fn with(&self, paths: &[PathBuf]) -> Self {
        let seen = paths.iter().map(|path| {
            let seen = self.0.get(path).copied();
            (path.clone(), seen.unwrap_or_else(|| look(path)))
        });
        Self(seen.collect())
    }

    /// Looks at the same files again.
    pub fn refresh(&self) -> Self {
        Self(self.0.keys().map(|path| (path.clone(), look(path))).collect())
    }
}

fn look(path: &Path) -> Seen {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_comes_goes_or_grows_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let missing = FileStates::default().with(std::slice::from_ref(&path));
        assert!(missing == missing.refresh());
        fs::write(&path, "a").unwrap();
        let there = missing.refresh();
        assert!(missing != there);
        fs::write(&path, "ab").unwrap();
        assert!(there != there.refresh());
        fs::remove_file(&path).unwrap();
        assert!(missing == there.refresh());
    }

    #[test]
    fn a_file_that_is_saved_while_it_is_read_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let [article, picture] = ["a.md", "a.png"].map(|name| folder.path().join(name));
        fs::write(&article, "a").unwrap();
        let before = FileStates::default().with(std::slice::from_ref(&article));
        fs::write(&article, "ab").unwrap();
        let after = before.with(&[article.clone(), picture, article]);
        assert!(after != after.refresh());
        // What is not named any more is forgotten.
        assert!(after.with(&[]) == FileStates::default());
    }
}
