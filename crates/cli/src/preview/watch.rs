//! Sees when a file was saved, by looking at it now and then: that works in every folder, also in one that is mounted
//! from elsewhere.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// The pause between two looks: short for people, and long for a disk.
pub const PAUSE: Duration = Duration::from_millis(300);

/// The state of files: the time of the last change, and the size.
#[derive(Default, PartialEq, Eq)]
pub struct State(Vec<(PathBuf, Option<(SystemTime, u64)>)>);

impl State {
    /// Looks at these files.
    pub fn of(paths: &[PathBuf]) -> Self {
        let states = paths.iter().map(|path| {
            let about = fs::metadata(path).ok();
            let state = about.and_then(|about| Some((about.modified().ok()?, about.len())));
            (path.clone(), state)
        });
        Self(states.collect())
    }

    /// Looks at the same files again.
    pub fn again(&self) -> Self {
        let paths: Vec<PathBuf> = self.0.iter().map(|(path, _)| path.clone()).collect();
        Self::of(&paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_comes_goes_or_grows_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let missing = State::of(std::slice::from_ref(&path));
        assert!(missing == missing.again());
        fs::write(&path, "a").unwrap();
        let there = missing.again();
        assert!(missing != there);
        fs::write(&path, "ab").unwrap();
        assert!(there != there.again());
        fs::remove_file(&path).unwrap();
        assert!(missing == there.again());
    }
}
