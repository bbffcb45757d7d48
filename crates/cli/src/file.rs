//! Files that are uploaded, and files that were downloaded.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;
use wechat_official_account_host::types::{Download, File, VideoLink};

use crate::args::Fetch;
use crate::error::{self, Error, Result};
use crate::format::{facts, json};
use crate::output::Output;

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

/// Removes the byte order mark that Windows editors like to begin a file with.
pub fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Makes the error for a file of the command line that can't be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Box<Error> {
    error::usage(format!("cannot read {}: {error}", path.display()))
}

/// Makes the error for a file that can't be written.
pub fn unwritable(path: &Path, error: &io::Error) -> Box<Error> {
    error::other(format!("cannot write {}: {error}", path.display()))
}

/// Makes the message of the progress bar for this upload.
pub fn upload_message(file: &File) -> String {
    format!("uploading {} ({} bytes)", file.name, file.bytes.len())
}

/// Stores a file that WeChat returned, if the user asked for that, and describes it.
pub fn print_download(output: Output, download: &Download, fetch: &Fetch) -> Result<()> {
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
    output.print(&json, people)
}

/// Prints the link to a video.
pub fn print_video(output: Output, video: &VideoLink) -> Result<()> {
    let people = facts([
        ("title", video.title.clone()),
        ("introduction", video.introduction.clone()),
        ("url", video.url.clone()),
    ]);
    let video = json(video)?;
    output.print(&json!({ "video": video }), people)
}
