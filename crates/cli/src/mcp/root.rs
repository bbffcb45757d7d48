//! Files below the folder that the operator named.
//!
//! The names come from a model, which may have them from anywhere. Every file is opened beneath the folder in one step,
//! so that neither `..`, nor an absolute path, nor a symbolic link leads out, not even one that is put there meanwhile.

use std::fs::File;
use std::io;
use std::path::{Component, Path};
use std::sync::Arc;

use cap_fs_ext::OpenOptionsSyncExt as _;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use tokio::task;
use wechat_official_account_language::Language;

use crate::texts::{messages, messages_in, os_error};
use crate::{attachments, error, input};

/// The folder. Clones share it.
#[derive(Clone)]
pub struct Root(Arc<Dir>);

/// The largest size of a file.
#[derive(Clone, Copy)]
pub struct Limit {
    pub bytes: u64,
    /// What the number means: the rest of a sentence that begins with it.
    pub meaning: &'static str,
}

/// The largest picture that WeChat takes.
pub const PICTURE: Limit = Limit {
    bytes: attachments::PICTURE,
    meaning: "is the most that WeChat takes of a picture",
};

/// The longest HTML. The plugin holds several copies, and WeChat takes 1 MiB without the pictures that are data in it.
pub const HTML: Limit = Limit {
    bytes: input::TEXT,
    meaning: "is the most that is read of HTML",
};

/// The reason if there is no such file.
pub const NOT_THERE: &str = "is not there";

/// The reason why a file was not read: the rest of a sentence that begins with its name.
pub type Result<T> = std::result::Result<T, String>;

impl Root {
    /// Opens the folder.
    pub fn open(path: &Path) -> error::Result<Self> {
        let dir = Dir::open_ambient_dir(path, ambient_authority());
        let dir = dir.map_err(|error| {
            let text = { messages().mcp.cannot_open_root }.with([&path.display(), &os_error(&error)]);
            error::usage(text)
        })?;
        Ok(Self(Arc::new(dir)))
    }

    /// Reads a regular file within a limit.
    pub async fn read(&self, path: &str, limit: Limit) -> Result<Vec<u8>> {
        let (root, path) = (self.clone(), path.to_owned());
        // Reading blocks, and the folder may be on a slow disk.
        let read = task::spawn_blocking(move || root.read_now(&path, limit)).await;
        read.unwrap_or_else(|error| Err(format!("cannot be read: {error}")))
    }

    fn read_now(&self, path: &str, limit: Limit) -> Result<Vec<u8>> {
        let Limit { bytes: limit, meaning } = limit;
        let too_large = |size: String| format!("has {size} bytes, and {limit} {meaning}");
        let file = self.open_file(path)?;
        let about = file.metadata().map_err(|error| unreadable(&error))?;
        if !about.is_file() {
            // Agents are told in English, like everything by the tools.
            let kind = input::kind(about.file_type(), &messages_in(Language::English).kinds);
            return Err(format!("is {kind}, and a regular file is needed"));
        }
        if about.len() > limit {
            return Err(too_large(about.len().to_string()));
        }
        // It may have grown.
        let bytes = input::capped(file, limit).map_err(|error| unreadable(&error))?;
        bytes.ok_or_else(|| too_large(format!("more than {limit}")))
    }

    fn open_file(&self, path: &str) -> Result<File> {
        let path = path.replace('\\', "/");
        if Path::new(&path)
            .components()
            .any(|part| matches!(part, Component::Prefix(_) | Component::RootDir))
        {
            return Err("is an absolute path; give one that begins below the folder of --root".to_owned());
        }
        // A FIFO would otherwise wait for somebody who writes into it.
        let mut options = OpenOptions::new();
        options.read(true).nonblock(true);
        let file = self.0.open_with(path, &options).map_err(|error| unreadable(&error))?;
        Ok(file.into_std())
    }
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => NOT_THERE.to_owned(),
        // The library's own refusal; the system's has a number.
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => {
            "leads out of the folder of --root, and was not read".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}
