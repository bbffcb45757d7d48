//! Files that are uploaded, and files that were downloaded.

use std::path::Path;

use serde_json::json;
use wechat_official_account_host::types::{Download, File, VideoLink};

use crate::args::Fetch;
use crate::destination::Destination;
use crate::error::Result;
use crate::format::{facts, json};
use crate::input;
use crate::output::Output;
use crate::texts::messages;

/// Reads a file that is to be uploaded.
pub fn read(path: &Path) -> Result<File> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(File {
        name: name.to_string_lossy().into_owned(),
        bytes: input::read(path, input::UPLOAD)?,
    })
}

/// Removes the byte order mark that Windows editors like to begin a file with.
pub fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Makes the message of the progress bar for this upload.
pub fn upload_message(file: &File) -> String {
    { messages().progress.uploading }.with([&file.name, &file.bytes.len()])
}

/// Opens the file that a command stores its answer in, if the user asked for that.
pub fn destination(fetch: &Fetch) -> Result<Option<Destination>> {
    fetch.output.as_deref().map(Destination::open).transpose()
}

/// Stores a file that WeChat returned, if the user asked for that, and describes it.
pub fn print_download(output: Output, download: &Download, destination: Option<Destination>) -> Result<()> {
    let mut beside = output;
    let mut stored = None;
    if let Some(destination) = destination {
        beside = destination.output_beside(output);
        stored = Some(destination.write(&download.bytes)?);
    }
    let json = json!({
        "file": {
            "media_type": download.media_type,
            "file_name": download.file_name,
            "bytes": download.bytes.len(),
            "stored": stored,
        }
    });
    let texts = &messages().output;
    let people = facts([
        (texts.media_type, download.media_type.clone()),
        (texts.name, download.file_name.clone().unwrap_or_default()),
        (texts.bytes, download.bytes.len().to_string()),
        (texts.stored, stored.unwrap_or_else(|| texts.not_stored.to_owned())),
    ]);
    beside.print(&json, people)
}

/// Prints the link to a video.
pub fn print_video(output: Output, video: &VideoLink) -> Result<()> {
    let texts = &messages().output;
    let people = facts([
        (texts.title, video.title.clone()),
        (texts.introduction, video.introduction.clone()),
        ("url", video.url.clone()),
    ]);
    let video = json(video)?;
    output.print(&json!({ "video": video }), people)
}
