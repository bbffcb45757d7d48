//! Files, as Python hands them over: bytes, or a path. A file is read on another thread than Python's.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyByteArray, PyBytes, PyMapping, PyMemoryView, PyString};
use tokio::task::spawn_blocking;
use wechat_official_account_host::upload::FileRef;
use wechat_official_account_host::{limits, types};

use crate::convert::{Class, FromPy, argument, field, is, wrong};
use crate::failure::Failure;

static FILE: Class = Class::new("File");

/// A file of this size or more can't even be handed to an instance, and is not read.
const TOO_LARGE: u64 = limits::MEMORY as u64;

/// The name of bytes that come without one. It appears in errors; WeChat never sees it.
const NAMELESS: &str = "file";

enum Source {
    Bytes(PyBackedBytes),
    Path(PathBuf),
}

/// A file that is not loaded yet.
pub(crate) struct File {
    name: String,
    source: Source,
}

/// The files beside an article.
pub(crate) struct Attachments(pub(crate) Vec<File>);

/// Bytes, a path, or a `File`, which gives bytes a name.
impl FromPy for File {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (mut file, path) = take(value)?;
        if let Some(path) = path {
            // A path that ends in `..` has no name of its own.
            file.name = path
                .file_name()
                .map_or_else(|| text(&path), |name| text(Path::new(name)));
        }
        Ok(file)
    }
}

/// A sequence of files, each under its own name; or a mapping from names to files.
///
/// A path is a name as it is written, because an article refers to `img/a.png` by these words.
impl FromPy for Attachments {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(mapping) = value.cast::<PyMapping>() {
            let items = mapping.items()?;
            let named = items.iter().map(|item| {
                let (name, file): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
                let name: String = argument(&name, "name")?;
                let (file, _) = take(&file)?;
                Ok(File { name, ..file })
            });
            return named.collect::<PyResult<_>>().map(Self);
        }
        // One with keys is a mapping that does not say so. Its names must not be read as paths.
        if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() || value.hasattr("keys")? {
            return Err(wrong(value, "a sequence of files, or a mapping from names to files"));
        }
        let files = value.try_iter()?.map(|item| {
            let (mut file, path) = take(&item?)?;
            match path {
                Some(path) => file.name = text(&path),
                None if file.name == NAMELESS => {
                    return Err(pyo3::exceptions::PyTypeError::new_err(
                        "bytes need a name that the article refers to: use File(name, bytes), or a dict",
                    ));
                }
                None => {}
            }
            Ok(file)
        });
        files.collect::<PyResult<_>>().map(Self)
    }
}

/// Returns a file, and its path if it has one.
fn take(value: &Bound<'_, PyAny>) -> PyResult<(File, Option<PathBuf>)> {
    if let Some(bytes) = bytes(value)? {
        return Ok((
            File {
                name: NAMELESS.to_owned(),
                source: Source::Bytes(bytes),
            },
            None,
        ));
    }
    if is(value, &FILE)? {
        let content = value.getattr("bytes")?;
        return Ok((
            File {
                name: field(value, "name")?,
                source: Source::Bytes(bytes(&content)?.ok_or_else(|| wrong(&content, "bytes"))?),
            },
            None,
        ));
    }
    if value.is_instance_of::<PyString>() || value.hasattr("__fspath__")? {
        let path: PathBuf = value.extract()?;
        let file = File {
            name: String::new(),
            source: Source::Path(path.clone()),
        };
        return Ok((file, Some(path)));
    }
    Err(wrong(value, "bytes, a path or a File"))
}

/// Returns bytes, or a copy of what Python may change meanwhile.
fn bytes(value: &Bound<'_, PyAny>) -> PyResult<Option<PyBackedBytes>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Some(bytes.clone().into()));
    }
    if value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>() {
        let copy = value.py().get_type::<PyBytes>().call1((value,))?;
        return Ok(Some(copy.cast_into::<PyBytes>()?.into()));
    }
    Ok(None)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A file that is ready to be sent. Python's bytes stay where they are.
pub(crate) struct Loaded {
    name: String,
    bytes: Bytes,
}

enum Bytes {
    Python(PyBackedBytes),
    Read(Vec<u8>),
}

impl<'a> From<&'a Loaded> for FileRef<'a> {
    fn from(file: &'a Loaded) -> Self {
        Self {
            name: &file.name,
            bytes: match &file.bytes {
                Bytes::Python(bytes) => bytes,
                Bytes::Read(bytes) => bytes,
            },
        }
    }
}

impl Loaded {
    /// Makes the contract's own record of it, which has its own bytes.
    pub(crate) fn into_owned(self) -> types::File {
        let bytes = match self.bytes {
            Bytes::Python(bytes) => bytes.to_vec(),
            Bytes::Read(bytes) => bytes,
        };
        types::File { name: self.name, bytes }
    }
}

impl File {
    /// Reads the file, if it is not in memory already.
    pub(crate) async fn load(self) -> Result<Loaded, Failure> {
        let Self { name, source } = self;
        let path = match source {
            Source::Bytes(bytes) => {
                check(&name, bytes.len() as u64)?;
                return Ok(Loaded {
                    name,
                    bytes: Bytes::Python(bytes),
                });
            }
            Source::Path(path) => path,
        };
        let read = spawn_blocking(move || {
            let bytes = Bytes::Read(read(&name, &path)?);
            Ok(Loaded { name, bytes })
        });
        read.await.unwrap_or_else(|error| Err(Failure::Lost(error.to_string())))
    }
}

fn check(name: &str, bytes: u64) -> Result<(), Failure> {
    if bytes >= TOO_LARGE {
        return Err(Failure::TooLarge {
            name: name.to_owned(),
            bytes,
        });
    }
    Ok(())
}

/// Reads a regular file. Others are refused before they are opened: opening a pipe waits for somebody who writes to it,
/// and reading a device may never end.
fn read(name: &str, path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::File {
        path: path.to_owned(),
        error,
    };
    let regular = |metadata: &Metadata| {
        if metadata.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if !metadata.is_file() {
            return Err(Failure::NotRegular(path.to_owned()));
        }
        check(name, metadata.len())
    };
    regular(&fs::metadata(path).map_err(failed)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // The file may have been exchanged for a pipe meanwhile.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let file = options.open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    regular(&metadata)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // It may grow meanwhile.
    file.take(TOO_LARGE).read_to_end(&mut bytes).map_err(failed)?;
    check(name, bytes.len() as u64)?;
    Ok(bytes)
}
