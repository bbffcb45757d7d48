//! A file to be written after the work. The old file stays until the new one is whole.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use same_file::is_same_file;
use tempfile::NamedTempFile;

use crate::error::{self, Result};
use crate::output::Output;
use crate::paths::folder_of;
use crate::texts::{messages, os_error};

/// The beginning of the name of a file that is not whole yet. It is in the folder of the file that it will replace.
const PREFIX: &str = ".wechat-oa-";
/// The most symbolic links that are followed, as by Linux.
const LINKS: usize = 40;

/// A file that is known to be writable. If its content could not be stored, the work for it would be lost.
pub struct Destination {
    path: PathBuf,
    place: Place,
}

enum Place {
    /// Stdout, which the program has open itself.
    Stdout,
    /// A pipe or a device, opened before the work, as a pipe can be opened only once.
    Stream(File),
    /// A file in a folder that takes no new files. It is overwritten.
    InFolder(PathBuf),
    /// A file that a new one replaces, or that is not there yet. Symbolic links are resolved: they stay.
    Replaced(PathBuf),
}

impl Destination {
    /// Makes sure that the file can be written, without changing it.
    pub fn open(path: &Path) -> Result<Self> {
        let place = place(path).map_err(|error| unwritable(path, &error))?;
        let path = path.to_owned();
        Ok(Self { path, place })
    }

    /// Returns the output for a command with this file, as one of the two may need stdout.
    pub fn output_beside(&self, output: Output) -> Output {
        match self.place {
            Place::Stdout => output.without_stdout(),
            _ => output,
        }
    }

    /// Refuses to replace one of these files, whatever their names.
    pub fn refuse_overwrite(&self, sources: &[PathBuf]) -> Result<()> {
        let same = |source: &PathBuf| is_same_file(&self.path, source).unwrap_or_else(|_| self.will_be(source));
        match sources.iter().find(|source| self.is_file() && same(source)) {
            None => Ok(()),
            Some(source) => Err(error::usage(messages().output.would_replace.with([&source.display()]))),
        }
    }

    /// Returns whether this is the place of a file that is not there yet.
    fn will_be(&self, path: &Path) -> bool {
        let place = |path: &Path| Some((fs::canonicalize(folder_of(path)).ok()?, path.file_name()?.to_owned()));
        match &self.place {
            Place::Replaced(file) => {
                let other = end_of_links(path.to_owned()).ok();
                place(file).is_some_and(|file| other.and_then(|other| place(&other)) == Some(file))
            }
            _ => false,
        }
    }

    /// Returns whether this is a file with a name: no stdout, pipe or device.
    pub fn is_file(&self) -> bool {
        matches!(self.place, Place::InFolder(_) | Place::Replaced(_))
    }

    /// Takes away the old content. If the folder takes no new files, an empty file stays.
    pub fn clear(&self) -> Result<()> {
        let cleared = match &self.place {
            Place::Stdout | Place::Stream(_) => Ok(()),
            Place::InFolder(file) => overwrite(file, b""),
            Place::Replaced(file) => match fs::remove_file(file) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                Err(error) if error.kind() == ErrorKind::ResourceBusy => overwrite(file, b""),
                removed => removed,
            },
        };
        cleared.map_err(|error| unwritable(&self.path, &error))
    }

    /// Writes the file, and returns its name. If this fails, the old file is there as it was, unless its folder takes
    /// no new files.
    pub fn write(self, content: &[u8]) -> Result<String> {
        let Self { path, place } = self;
        let written = match place {
            Place::Stdout => {
                let mut stdout = io::stdout().lock();
                stdout.write_all(content).and_then(|()| stdout.flush())
            }
            Place::Stream(mut file) => file.write_all(content),
            Place::InFolder(file) => overwrite(&file, content),
            Place::Replaced(file) => replace(&file, content),
        };
        written.map_err(|error| unwritable(&path, &error))?;
        Ok(path.display().to_string())
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Box<error::Error> {
    error::other(messages().output.unwritable.with([&path.display(), &os_error(error)]))
}

fn place(path: &Path) -> io::Result<Place> {
    if is_stdout(path) {
        return Ok(Place::Stdout);
    }
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => Err(io::Error::new(ErrorKind::IsADirectory, messages().output.is_folder)),
        Ok(about) if about.is_file() => {
            // A file that may not be written is not replaced either.
            OpenOptions::new().write(true).open(path)?;
            let file = fs::canonicalize(path)?;
            match temporary(&file, Some(&about)) {
                Ok(_) => Ok(Place::Replaced(file)),
                Err(_) => Ok(Place::InFolder(file)),
            }
        }
        Ok(_) => Ok(Place::Stream(OpenOptions::new().write(true).open(path)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let file = end_of_links(path.to_owned())?;
            temporary(&file, None)?;
            Ok(Place::Replaced(file))
        }
        Err(error) => Err(error),
    }
}

/// Returns whether this is stdout. Opened by its name, a file behind it would be written from its beginning.
fn is_stdout(path: &Path) -> bool {
    let names = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    path == Path::new("-") || cfg!(unix) && names.iter().any(|name| path == Path::new(name))
}

/// Follows symbolic links to a file that is not there.
fn end_of_links(mut path: PathBuf) -> io::Result<PathBuf> {
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) if path.file_name().is_some() => return Ok(path),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(messages().output.too_many_links))
}

/// Makes an empty file beside this one, with its owner and permissions, or those of a new file. It is removed again if
/// it does not take the file's place.
fn temporary(file: &Path, old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The umask takes its share.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let temporary = builder.tempfile_in(folder_of(file))?;
    if let Some(old) = old {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            let new = temporary.as_file().metadata()?;
            if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
                // Only root can give a file away, and a file of another group is not worth a failure.
                let _ = fchown(temporary.as_file(), Some(old.uid()), Some(old.gid()));
            }
        }
        temporary.as_file().set_permissions(old.permissions())?;
    }
    Ok(temporary)
}

fn replace(file: &Path, content: &[u8]) -> io::Result<()> {
    let old = fs::metadata(file).ok();
    let mut new = temporary(file, old.as_ref())?;
    new.write_all(content)?;
    // The name must not be there before the content.
    new.as_file().sync_all()?;
    match new.persist(file) {
        Ok(_) => {}
        // A file that is mounted by itself, as in a container, can't be replaced.
        Err(failed) if failed.error.kind() == ErrorKind::ResourceBusy => overwrite(file, content)?,
        Err(failed) => return Err(failed.error),
    }
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder_of(file)) {
        // The file is whole in any case; not every file system can make the new name durable.
        let _ = folder.sync_all();
    }
    Ok(())
}

fn overwrite(file: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).truncate(true).open(file)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_new_or_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let destination = Destination::open(&path).unwrap();
        assert_eq!(names(folder.path()), Vec::<String>::new());
        destination.write(b"one").unwrap();
        // A reader of the old file keeps it.
        let mut old = File::open(&path).unwrap();
        Destination::open(&path).unwrap().write(b"2").unwrap();
        let mut read = String::new();
        io::Read::read_to_string(&mut old, &mut read).unwrap();
        assert_eq!((read.as_str(), fs::read(&path).unwrap().as_slice()), ("one", &b"2"[..]));
        assert_eq!(names(folder.path()), ["out"]);
    }

    #[test]
    fn what_is_never_written_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        drop(Destination::open(&folder.path().join("out")).unwrap());
        assert_eq!(names(folder.path()), Vec::<String>::new());
        assert!(Destination::open(folder.path()).is_err());
        assert!(Destination::open(&folder.path().join("none/out")).is_err());
    }

    #[test]
    fn two_names_of_one_file_are_seen_before_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let [one, same, other] = ["out", "sub/../out", "else"].map(|name| folder.path().join(name));
        fs::create_dir(folder.path().join("sub")).unwrap();
        let destination = Destination::open(&one).unwrap();
        assert!(destination.refuse_overwrite(std::slice::from_ref(&other)).is_ok());
        assert!(destination.refuse_overwrite(&[other.clone(), same.clone()]).is_err());
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("out", &link).unwrap();
            assert!(destination.refuse_overwrite(std::slice::from_ref(&link)).is_err());
        }
        fs::write(&one, "").unwrap();
        assert!(destination.refuse_overwrite(&[same]).is_err());
        assert!(destination.refuse_overwrite(&[other]).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("real");
        let (link, dangling) = (folder.path().join("link"), folder.path().join("dangling"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real", &link).unwrap();
        symlink("new", &dangling).unwrap();
        for link in [&link, &dangling] {
            Destination::open(link).unwrap().write(b"new").unwrap();
            assert!(fs::symlink_metadata(link).unwrap().is_symlink());
            assert_eq!(fs::read(link).unwrap(), b"new");
        }
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(names(folder.path()), ["dangling", "link", "new", "real"]);
        symlink("loop", folder.path().join("loop")).unwrap();
        assert!(Destination::open(&folder.path().join("loop")).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_an_error_of_writing() {
        let destination = Destination::open(Path::new("/dev/full")).unwrap();
        let error = destination.write(b"x").unwrap_err();
        assert!(error.message.contains("/dev/full"), "{}", error.message);
    }
}
