//! Files that are read, and files that are written.

use super::args::Fetch;
use super::failure::{self, Result};
use super::output::{Output, facts};
use host_test::host::types::{Download, File, VideoLink};
use same_file::is_same_file;
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Reads a file that is to be uploaded.
pub fn read(path: &Path) -> Result<File> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(File {
        name: name.to_string_lossy().into_owned(),
        bytes: fs::read(path).map_err(|error| unreadable(path, &error))?,
    })
}

/// Reads a text, in UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

/// The text without the mark that Windows editors like to begin a file with.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The failure of a file that was named on the command line.
pub fn unreadable(path: &Path, error: &io::Error) -> Box<failure::Failure> {
    failure::usage(format!("cannot read {}: {error}", path.display()))
}

fn unwritable(path: &Path, error: &io::Error) -> Box<failure::Failure> {
    failure::other(format!("cannot write {}: {error}", path.display()))
}

/// A file to be written after the work. Whether it can be is found out before, as a text that can't be stored would lose what was
/// uploaded for it.
pub struct Destination {
    /// Open where it was there before, as a pipe may be opened once only.
    there: Option<fs::File>,
    path: PathBuf,
}

impl Destination {
    /// Opens the file, and leaves what is in it. It must be another one than `source`.
    pub fn open(path: &Path, source: &Path) -> Result<Self> {
        let opened = match OpenOptions::new().write(true).create_new(true).open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                OpenOptions::new().write(true).open(path).map(Some)
            }
            // Nobody has asked for an empty file, which would be left where the program is stopped.
            fresh => fresh.and_then(|_| fs::remove_file(path)).map(|()| None),
        };
        let destination = Self {
            there: opened.map_err(|error| unwritable(path, &error))?,
            path: path.to_owned(),
        };
        destination.spare(&[source.to_owned()])?;
        Ok(destination)
    }

    /// That writing replaces none of these files, whatever their names.
    pub fn spare(&self, sources: &[PathBuf]) -> Result<()> {
        let same = |source: &PathBuf| self.there.is_some() && is_same_file(&self.path, source).unwrap_or(false);
        match sources.iter().find(|source| same(source)) {
            None => Ok(()),
            Some(source) => Err(failure::usage(format!(
                "{} would be replaced by the output: give another file",
                source.display()
            ))),
        }
    }

    /// Writes the file, in place of what was in it, and returns its name.
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

/// Says that a file is under way.
pub fn upload_message(file: &File) -> String {
    format!("uploading {} ({} bytes)", file.name, file.bytes.len())
}

/// Stores a file that WeChat returned, where that was asked for, and describes it.
pub fn show_download(output: Output, download: &Download, fetch: &Fetch) -> Result<()> {
    let stored = fetch.output.as_deref();
    if let Some(path) = stored {
        fs::write(path, &download.bytes).map_err(|error| unwritable(path, &error))?;
    }
    let stored = stored.map(|path| path.display().to_string());
    let json = json!({
        "file": {
            "media_type": download.media_type,
            "file_name": download.file_name,
            "bytes": download.bytes.len(),
            "stored": stored,
        }
    });
    let people = facts([
        ("type", download.media_type.clone()),
        ("name", download.file_name.clone().unwrap_or_default()),
        ("bytes", download.bytes.len().to_string()),
        ("stored", stored.unwrap_or_else(|| "no; -o FILE stores it".to_owned())),
    ]);
    output.show(&json, people)
}

/// Shows where a video can be fetched.
pub fn show_video(output: Output, video: &VideoLink) -> Result<()> {
    let people = facts([
        ("title", video.title.clone()),
        ("introduction", video.introduction.clone()),
        ("url", video.url.clone()),
    ]);
    let video = super::output::json(video)?;
    output.show(&json!({ "video": video }), people)
}
