//! Files that are read, and files that are written.

use super::args::Fetch;
use super::failure::{self, Result};
use super::output::{Output, facts};
use host_test::host::types::{Download, File, VideoLink};
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

/// A file to be written after the work. It is opened before, as a text that can't be stored would lose what was uploaded for it.
pub struct Destination {
    file: fs::File,
    path: PathBuf,
    /// Not there before, and to be removed where nothing is written.
    is_new: bool,
}

impl Destination {
    /// Opens the file, and leaves what is in it. It must be another one than `source`.
    pub fn open(path: &Path, source: &Path) -> Result<Self> {
        let same = |there| fs::canonicalize(source).is_ok_and(|source| source == there);
        if fs::canonicalize(path).is_ok_and(same) {
            return Err(failure::usage(format!(
                "{} would be replaced by its own output: give another file",
                path.display()
            )));
        }
        let open = |is_new| OpenOptions::new().write(true).create_new(is_new).open(path);
        let opened = match open(true) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => open(false).map(|file| (file, false)),
            fresh => fresh.map(|file| (file, true)),
        };
        let (file, is_new) = opened.map_err(|error| unwritable(path, &error))?;
        let path = path.to_owned();
        Ok(Self { file, path, is_new })
    }

    /// Writes the file, in place of what was in it, and returns its name.
    pub fn write(mut self, text: &str) -> Result<String> {
        // A pipe has no length.
        let emptied = match self.file.metadata() {
            Ok(about) if !about.is_file() => Ok(()),
            _ => self.file.set_len(0),
        };
        let written = emptied.and_then(|()| self.file.write_all(text.as_bytes()));
        written.map_err(|error| unwritable(&self.path, &error))?;
        self.is_new = false;
        Ok(self.path.display().to_string())
    }
}

impl Drop for Destination {
    fn drop(&mut self) {
        if self.is_new {
            // It is empty, and nobody has asked for an empty file.
            let _ = fs::remove_file(&self.path);
        }
    }
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
