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

/// Files of more bytes together than this can't be handed to an instance either.
const TOO_LARGE_TOGETHER: u64 = limits::ARGUMENTS as u64;

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

/// Returns a path as an article writes it. Elsewhere than on Windows a backslash is a letter like others.
fn text(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    }
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

impl Attachments {
    /// Reads the files, unless they are too large together. That is known before one is read.
    pub(crate) async fn load(self) -> Result<Vec<types::File>, Failure> {
        let measure = spawn_blocking(move || self.measure().map(|()| self));
        let files = measure
            .await
            .unwrap_or_else(|error| Err(Failure::Lost(error.to_string())))?;
        let mut loaded = Vec::with_capacity(files.0.len());
        let mut sum = 0;
        for file in files.0 {
            let file = file.load().await?.into_owned();
            // It may have grown meanwhile.
            add(&mut sum, file.bytes.len() as u64)?;
            loaded.push(file);
        }
        Ok(loaded)
    }

    fn measure(&self) -> Result<(), Failure> {
        let mut sum = 0;
        for File { name, source } in &self.0 {
            let bytes = match source {
                Source::Bytes(bytes) => {
                    let bytes = bytes.len() as u64;
                    check(name, bytes)?;
                    bytes
                }
                Source::Path(path) => regular(name, path, &metadata(path)?)?,
            };
            add(&mut sum, bytes)?;
        }
        Ok(())
    }
}

/// Adds the bytes of a file to those before it.
fn add(sum: &mut u64, bytes: u64) -> Result<(), Failure> {
    *sum = sum.saturating_add(bytes);
    if *sum > TOO_LARGE_TOGETHER {
        return Err(Failure::TooLargeTogether);
    }
    Ok(())
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

fn failed(path: &Path, error: io::Error) -> Failure {
    Failure::File {
        path: path.to_owned(),
        error,
    }
}

fn metadata(path: &Path) -> Result<Metadata, Failure> {
    fs::metadata(path).map_err(|error| failed(path, error))
}

/// Returns the size of a regular file. Others are refused before they are opened: opening a pipe waits for somebody who
/// writes to it, and reading a device may never end.
fn regular(name: &str, path: &Path, metadata: &Metadata) -> Result<u64, Failure> {
    if metadata.is_dir() {
        return Err(failed(path, io::ErrorKind::IsADirectory.into()));
    }
    if !metadata.is_file() {
        return Err(Failure::NotRegular(path.to_owned()));
    }
    check(name, metadata.len())?;
    Ok(metadata.len())
}

/// Reads a regular file.
fn read(name: &str, path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| failed(path, error);
    regular(name, path, &metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // The file may have been exchanged for a pipe meanwhile.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let file = options.open(path).map_err(failed)?;
    let size = regular(name, path, &file.metadata().map_err(failed)?)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // It may grow meanwhile.
    file.take(TOO_LARGE).read_to_end(&mut bytes).map_err(failed)?;
    check(name, bytes.len() as u64)?;
    Ok(bytes)
}
