//! A file to be written after the work.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use same_file::is_same_file;

use crate::error::{self, Result};
use crate::file::unwritable;

/// A file that is known to be writable. If a text could not be stored, its uploads would be lost.
pub struct Destination {
    /// The open file if it existed before. A pipe can be opened only once.
    there: Option<fs::File>,
    path: PathBuf,
}

impl Destination {
    /// Opens the file without changing it. It must not be `source`.
    pub fn open(path: &Path, source: &Path) -> Result<Self> {
        let opened = match OpenOptions::new().write(true).create_new(true).open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                OpenOptions::new().write(true).open(path).map(Some)
            }
            // If the program is stopped later, no empty file must be left.
            fresh => fresh.and_then(|_| fs::remove_file(path)).map(|()| None),
        };
        let destination = Self {
            there: opened.map_err(|error| unwritable(path, &error))?,
            path: path.to_owned(),
        };
        destination.refuse_overwrite(&[source.to_owned()])?;
        Ok(destination)
    }

    /// Refuses to replace one of these files, whatever their names.
    pub fn refuse_overwrite(&self, sources: &[PathBuf]) -> Result<()> {
        let same = |source: &PathBuf| self.there.is_some() && is_same_file(&self.path, source).unwrap_or(false);
        match sources.iter().find(|source| same(source)) {
            None => Ok(()),
            Some(source) => Err(error::usage(format!(
                "{} would be replaced by the output: give another file",
                source.display()
            ))),
        }
    }

    /// Replaces the file's content, and returns its name.
    pub fn write(self, text: &str) -> Result<String> {
        let Self { there, path } = self;
        let written = match there {
            None => fs::write(&path, text),
            Some(file) => replace(file, text),
        };
        written.map_err(|error| unwritable(&path, &error))?;
        Ok(path.display().to_string())
    }
}

fn replace(mut file: fs::File, text: &str) -> io::Result<()> {
    // A pipe has no length.
    if file.metadata().map_or(true, |about| about.is_file()) {
        file.set_len(0)?;
    }
    file.write_all(text.as_bytes())
}
