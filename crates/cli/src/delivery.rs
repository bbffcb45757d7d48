//! A component's file, and its checksum beside it.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::destination::Destination;
use crate::error::Result;
use crate::output::Output;

/// The ending of the checksum's name. It follows the whole name of the component's file.
const ENDING: &str = ".sha256";

/// A file that is known to be writable, with its checksum. A stream has none: there is no place beside it.
pub struct Delivery {
    file: Destination,
    checksum: Option<(PathBuf, Destination)>,
}

/// A file that has been written.
pub struct Delivered {
    /// The name of the component's file.
    pub file: String,
    /// The name of the checksum's file.
    pub checksum_file: Option<String>,
    /// The SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Delivery {
    /// Makes sure that both files can be written, without changing them.
    pub fn open(path: &Path) -> Result<Self> {
        let file = Destination::open(path)?;
        let mut checksum = None;
        if file.is_file() {
            let mut beside = OsString::from(path);
            beside.push(ENDING);
            let beside = Destination::open(beside.as_ref())?;
            // It may be a link to the component's own file.
            beside.refuse_overwrite(&[path.to_owned()])?;
            checksum = Some((path.to_owned(), beside));
        }
        Ok(Self { file, checksum })
    }

    /// Returns the output for a command with this file, as one of the two may need stdout.
    pub fn output_beside(&self, output: Output) -> Output {
        self.file.output_beside(output)
    }

    /// Refuses to replace one of these files, whatever their names.
    pub fn refuse_overwrite(&self, sources: &[PathBuf]) -> Result<()> {
        self.file.refuse_overwrite(sources)?;
        match &self.checksum {
            Some((_, checksum)) => checksum.refuse_overwrite(sources),
            None => Ok(()),
        }
    }

    /// Writes both files. The old checksum goes first and the new one comes last, so that a checksum never stands
    /// beside another file than its own.
    pub fn write(self, content: &[u8]) -> Result<Delivered> {
        let sha256 = hexadecimal(&Sha256::digest(content));
        if let Some((_, checksum)) = &self.checksum {
            checksum.clear()?;
        }
        let file = self.file.write(content)?;
        let checksum_file = match self.checksum {
            Some((path, checksum)) => Some(checksum.write(&line(&sha256, &path))?),
            None => None,
        };
        Ok(Delivered {
            file,
            checksum_file,
            sha256,
        })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the line that `sha256sum` writes and `sha256sum --check` reads in the file's folder. It escapes names that
/// would break the line, and tells so by a backslash before the digits.
fn line(sha256: &str, path: &Path) -> Vec<u8> {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let mut escaped = Vec::new();
    for byte in name {
        match byte {
            b'\\' => escaped.extend(br"\\"),
            b'\n' => escaped.extend(br"\n"),
            b'\r' => escaped.extend(br"\r"),
            byte => escaped.push(*byte),
        }
    }
    let mark: &[u8] = if escaped == name { b"" } else { b"\\" };
    [mark, sha256.as_bytes(), b"  ", &escaped, b"\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The SHA-256 of "abc", as FIPS 180-2 gives it.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_checksum_is_the_line_of_sha256sum() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a component.wasm");
        fs::write(folder.path().join("a component.wasm.sha256"), "old").unwrap();
        let delivered = Delivery::open(&path).unwrap().write(b"abc").unwrap();
        assert_eq!(delivered.sha256, ABC);
        let checksum = fs::read_to_string(delivered.checksum_file.unwrap()).unwrap();
        assert_eq!(checksum, format!("{ABC}  a component.wasm\n"));
        assert_eq!(line(ABC, Path::new("x/a\nb")), format!("\\{ABC}  a\\nb\n").as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn a_checksum_never_stands_beside_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.wasm");
        let checksum = folder.path().join("x.wasm.sha256");
        Delivery::open(&path).unwrap().write(b"abc").unwrap();
        // The component can't be replaced any more, after the check that it can.
        let delivery = Delivery::open(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(delivery.write(b"abcd").is_err());
        assert!(!checksum.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_stream_has_no_checksum_and_nothing_is_begun_without_a_place_for_both() {
        let stream = Delivery::open(Path::new("/dev/null")).unwrap();
        assert_eq!(stream.write(b"abc").unwrap().checksum_file, None);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.wasm");
        let checksum = folder.path().join("x.wasm.sha256");
        fs::create_dir(&checksum).unwrap();
        assert!(Delivery::open(&path).is_err());
        assert!(!path.exists());
        fs::remove_dir(&checksum).unwrap();
        fs::write(&path, "old").unwrap();
        std::os::unix::fs::symlink("x.wasm", &checksum).unwrap();
        assert!(Delivery::open(&path).is_err());
    }
}
