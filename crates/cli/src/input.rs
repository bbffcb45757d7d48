//! Files and stdin that the program reads. Each is read up to a limit, and no file is opened that could block.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use wechat_official_account_host::limits::MEMORY;

use crate::error::{self, Error, Result};
use crate::texts::{Kinds, messages, os_error};

/// The largest file that is read for an upload: half of an instance, which needs the rest for its work. It is far above
/// the 10 MiB of WeChat (wechat-api §16), so that the component can tell the limit of each kind of file.
pub const UPLOAD: u64 = MEMORY as u64 / 2;
/// The largest text. The component holds up to three copies of it, and WeChat takes 1 MiB, without the pictures that
/// are data in it.
pub const TEXT: u64 = MEMORY as u64 / 4;
/// The largest certificate. Real ones have some kilobytes, and all roots of a browser together 300.
pub const CERTIFICATE: u64 = 1024 * 1024;
/// The largest component. The one built with this program has less than half a megabyte.
pub const COMPONENT: u64 = 64 * 1024 * 1024;

/// Reads a file. It must be a regular one.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>> {
    regular(path, limit)?;
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    // The file may have grown, and the files of some systems have no size.
    capped(file, limit)
        .map_err(|error| unreadable(path, &error))?
        .ok_or_else(|| excess(path, None, limit))
}

/// Reads a text in UTF-8, of a file or of stdin (`-`).
pub fn read_text(path: &Path) -> Result<String> {
    let bytes = if path == Path::new("-") {
        let read = capped(io::stdin().lock(), TEXT).map_err(|error| unreadable(path, &error))?;
        read.ok_or_else(|| excess(path, None, TEXT))?
    } else if is_descriptor(path) {
        let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
        let read = capped(file, TEXT).map_err(|error| unreadable(path, &error))?;
        read.ok_or_else(|| excess(path, None, TEXT))?
    } else {
        read(path, TEXT)?
    };
    String::from_utf8(bytes).map_err(|error| {
        let position = error.utf8_error().valid_up_to();
        error::usage(messages().input.not_utf8.with([&name(path), &position]))
    })
}

/// Returns whether a text comes through a pipe or terminal that is open already, so that there are no files beside it.
pub fn is_stream(path: &Path) -> bool {
    path == Path::new("-") || is_descriptor(path)
}

/// Fails unless this is a regular file of at most this size.
pub fn regular(path: &Path, limit: u64) -> Result<()> {
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        let kind = kind(about.file_type(), &messages().kinds);
        return Err(error::usage(messages().input.not_regular.with([&name(path), &kind])));
    }
    match about.len() {
        size if size > limit => Err(excess(path, Some(size), limit)),
        _ => Ok(()),
    }
}

/// Reads to the end. Returns `None` if that is beyond the limit.
pub fn capped(source: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= limit))
}

/// Makes the error for a file of the command line that can't be read.
fn unreadable(path: &Path, error: &io::Error) -> Box<Error> {
    error::usage(messages().input.unreadable.with([&name(path), &os_error(error)]))
}

fn excess(path: &Path, size: Option<u64>, limit: u64) -> Box<Error> {
    let texts = &messages().input;
    let size = match size {
        Some(size) => texts.size.with([&size, &limit]),
        None => texts.size_beyond.with([&limit]),
    };
    error::usage(texts.too_large.with([&name(path), &size]))
}

fn name(path: &Path) -> String {
    match path == Path::new("-") {
        true => "stdin".to_owned(),
        false => path.display().to_string(),
    }
}

/// Returns whether this names a descriptor of the process, such as `/dev/stdin` or the `/dev/fd/63` of a shell's
/// `<(…)`. It is open already, so that no open of it can block.
fn is_descriptor(path: &Path) -> bool {
    cfg!(unix)
        && (path == Path::new("/dev/stdin")
            || ["/dev/fd", "/proc/self/fd"]
                .iter()
                .any(|folder| path.parent() == Some(Path::new(folder))))
}

/// Names the kind of what is no regular file.
pub fn kind(kind: fs::FileType, texts: &Kinds) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return texts.fifo;
        }
        if kind.is_socket() {
            return texts.socket;
        }
        if kind.is_char_device() || kind.is_block_device() {
            return texts.device;
        }
    }
    if kind.is_dir() { texts.folder } else { texts.other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_without_an_end_is_left_at_the_limit() {
        assert_eq!(capped(io::repeat(b'x'), 10).unwrap(), None);
        assert_eq!(capped(&b"0123456789"[..], 10).unwrap().unwrap().len(), 10);
        assert_eq!(capped(io::empty(), 0).unwrap(), Some(Vec::new()));
    }

    #[test]
    fn descriptors_are_known_by_name() {
        for (path, stream) in [
            ("-", true),
            ("/dev/fd/63", true),
            ("./-", false),
            ("/dev/null", false),
            ("a.html", false),
        ] {
            assert_eq!(is_stream(Path::new(path)), stream, "{path}");
        }
    }
}
