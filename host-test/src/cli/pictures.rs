//! The files beside an article that its HTML names as pictures.
//!
//! HTML may come from anywhere, and what it names is sent to WeChat. So nothing is read that lies outside the article's folder,
//! by whatever way a name may lead there, and nothing is fetched.

use host_test::host::types::File;
use host_test::limits::MEMORY;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// WeChat takes no larger picture (wechat-api §16).
const PICTURE: u64 = 10 * 1024 * 1024;
/// What the pictures of one call may have together: they go to an instance at once, which needs the rest of its memory for the
/// text and for pictures that are data in it.
const TOGETHER: u64 = MEMORY as u64 / 4 * 3;

/// Files, under the names by which the HTML refers to them, and what it refers to besides.
#[derive(Default)]
pub struct Pictures {
    pub files: Vec<File>,
    pub not_read: Vec<NotRead>,
}

/// What an article refers to, and what was left where it is.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct NotRead {
    pub reference: String,
    pub reason: String,
}

/// Reads the pictures of an article in this folder.
pub fn read(folder: &Path, references: Vec<String>) -> Pictures {
    let mut pictures = Pictures::default();
    let mut room = TOGETHER;
    for reference in references {
        let loaded = find(folder, &reference).and_then(|path| load(&path, room));
        match loaded {
            Ok(bytes) => {
                room = room.saturating_sub(bytes.len() as u64);
                pictures.files.push(File { name: reference, bytes });
            }
            Err(reason) => pictures.not_read.push(NotRead { reference, reason }),
        }
    }
    pictures
}

/// Why a file is not read, in words that follow its name.
type Otherwise<T> = std::result::Result<T, String>;

/// The file that a reference names, by one of the ways in which the plugin matches names.
fn find(folder: &Path, reference: &str) -> Otherwise<PathBuf> {
    let name =
        local_name(reference).ok_or("is not a file beside the article, and nothing is fetched from elsewhere")?;
    let place = name.split(['?', '#']).next().unwrap_or(name);
    let decoded = percent_decode_str(place).decode_utf8().unwrap_or(Cow::Borrowed(place));
    // A file may really be called so.
    match inside(folder, name) {
        Ok(path) => Ok(path),
        Err(_) => inside(folder, &decoded),
    }
}

/// The reference without `cid:`; none for what has another scheme or begins with a host.
fn local_name(reference: &str) -> Option<&str> {
    // As browsers do.
    let reference = reference.trim_ascii();
    match reference.split_once(':') {
        Some((scheme, name)) if scheme.eq_ignore_ascii_case("cid") => Some(name),
        Some((scheme, _)) if is_scheme(scheme) => None,
        _ => Some(reference).filter(|reference| !reference.starts_with("//")),
    }
}

/// Whether this is how a URL begins (RFC 3986, 3.1). `C` of `C:\picture.jpg` is one too.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// The real place of a file in this folder or below.
fn inside(folder: &Path, name: &str) -> Otherwise<PathBuf> {
    let name = Path::new(name);
    if leads_out(name) {
        return Err(OUTSIDE.to_owned());
    }
    // Symbolic links are resolved on both sides, and not met again when the file is opened.
    let folder = real(folder)?;
    let path = real(&folder.join(name))?;
    if !path.starts_with(&folder) {
        return Err(OUTSIDE.to_owned());
    }
    Ok(path)
}

const OUTSIDE: &str = "leads out of the article's folder, and was not read";

/// Whether a path does not stay below where it begins, whatever there is.
fn leads_out(path: &Path) -> bool {
    let mut depth = 0_usize;
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(_) => depth += 1,
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

fn real(path: &Path) -> Otherwise<PathBuf> {
    fs::canonicalize(path).map_err(|error| unreadable(&error))
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// The bytes of a file of a size that a picture may have, where there is room for it. Nothing that is not a file is opened: a pipe
/// could block.
fn load(path: &Path, room: u64) -> Otherwise<Vec<u8>> {
    let about = fs::metadata(path).map_err(|error| unreadable(&error))?;
    match about.len() {
        _ if !about.is_file() => Err("is not a file".to_owned()),
        length if length > PICTURE => Err(format!("has {length} bytes, and WeChat takes {PICTURE} at most")),
        length if length > room => Err(format!(
            "is beyond the {TOGETHER} bytes of pictures that one call takes; `content prepare` takes it when it is called again \
             with its own output"
        )),
        _ => fs::read(path).map_err(|error| unreadable(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Deref;

    /// An article's folder in a folder of its own, which goes with it.
    struct Folder(PathBuf);

    impl Deref for Folder {
        type Target = Path;

        fn deref(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = self.0.parent().map(fs::remove_dir_all);
        }
    }

    /// A folder with pictures, and a file outside it. The name is to be used by one test only.
    fn folder(name: &str) -> Folder {
        let root = std::env::temp_dir().join(format!("pictures-{}-{name}", std::process::id()));
        let folder = root.join("article");
        fs::create_dir_all(folder.join("img")).unwrap();
        fs::write(root.join("secret.jpg"), "secret").unwrap();
        for name in ["a.png", "img/my picture.png", "50%25.png", "50%.png", "图.png"] {
            fs::write(folder.join(name), name).unwrap();
        }
        Folder(folder)
    }

    /// Where this reference leads, from the folder.
    fn found(folder: &Path, reference: &str) -> Otherwise<String> {
        let path = find(folder, reference)?;
        let path = path.strip_prefix(fs::canonicalize(folder).unwrap()).unwrap();
        Ok(path.to_str().unwrap().to_owned())
    }

    #[test]
    fn names_are_found_as_they_are_written_in_html() {
        let folder = folder("names");
        for (reference, path) in [
            ("a.png", "a.png"),
            ("./a.png", "a.png"),
            (" a.png\n", "a.png"),
            ("img/../a.png", "a.png"),
            ("a.png?v=2#top", "a.png"),
            ("img/my%20picture.png", "img/my picture.png"),
            ("img/my picture.png", "img/my picture.png"),
            ("%E5%9B%BE.png", "图.png"),
            ("cid:a.png", "a.png"),
            ("CID:img/my%20picture.png", "img/my picture.png"),
            // The first is the name of a file, and the second not.
            ("50%25.png", "50%25.png"),
            ("50%25.png?", "50%.png"),
        ] {
            assert_eq!(found(&folder, reference).as_deref(), Ok(path), "{reference}");
        }
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let folder = folder("outside");
        let secret = folder.parent().unwrap().join("secret.jpg");
        fs::read(&secret).unwrap();
        for reference in [
            "../secret.jpg",
            "img/../../secret.jpg",
            "%2e%2e/secret.jpg",
            "..%2Fsecret.jpg",
            "cid:../secret.jpg",
            "../article/a.png",
            "../no-such.jpg",
            "/no-such.jpg",
            secret.to_str().unwrap(),
        ] {
            assert_eq!(find(&folder, reference), Err(OUTSIDE.to_owned()), "{reference}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_folder_only() {
        use std::os::unix::fs::symlink;
        let folder = folder("links");
        for (target, name) in [("../secret.jpg", "out.jpg"), ("..", "up"), ("a.png", "in.png")] {
            symlink(target, folder.join(name)).unwrap();
        }
        assert_eq!(find(&folder, "out.jpg"), Err(OUTSIDE.to_owned()));
        assert_eq!(find(&folder, "up/secret.jpg"), Err(OUTSIDE.to_owned()));
        assert_eq!(found(&folder, "in.png").as_deref(), Ok("a.png"));
        // The folder itself may be a link.
        let link = folder.with_file_name("link");
        symlink(&*folder, &link).unwrap();
        assert_eq!(found(&link, "a.png").as_deref(), Ok("a.png"));
    }

    #[test]
    fn nothing_with_a_scheme_or_a_host_is_a_file() {
        for reference in [
            "https://example.com/a.png",
            " HTTP://example.com/a.png",
            "//example.com/a.png",
            "file:///etc/passwd",
            "blob:null/1",
            "C:\\a.png",
            "x-1+y.z:a.png",
        ] {
            assert_eq!(local_name(reference), None, "{reference}");
        }
        for reference in ["a.png", "图:1.png", "1:1.png", "img/a:b.png", ":a.png"] {
            assert_eq!(local_name(reference), Some(reference));
        }
    }

    /// What is left, and why, up to the first figure.
    fn left(pictures: &Pictures) -> Vec<(&str, &str)> {
        let left = pictures.not_read.iter().map(|left| {
            let mut parts = left
                .reason
                .split(|character: char| character == ':' || character.is_ascii_digit());
            (left.reference.as_str(), parts.next().unwrap().trim_end())
        });
        left.collect()
    }

    #[test]
    fn what_is_left_is_named_with_its_reason() {
        let folder = folder("left");
        let large = fs::File::create(folder.join("large.png")).unwrap();
        large.set_len(PICTURE + 1).unwrap();
        let references = [
            "a.png",
            "img",
            "gone.png",
            "large.png",
            "a.png#2",
            "https://example.com/",
            "a.png/b",
        ];
        let pictures = read(&folder, references.map(str::to_owned).to_vec());
        let names: Vec<_> = pictures.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.png", "a.png#2"]);
        assert!(pictures.files.iter().all(|file| file.bytes == b"a.png"));
        assert_eq!(
            left(&pictures),
            [
                ("img", "is not a file"),
                ("gone.png", "is not there"),
                ("large.png", "has"),
                (
                    "https://example.com/",
                    "is not a file beside the article, and nothing is fetched from elsewhere"
                ),
                ("a.png/b", "cannot be read"),
            ]
        );
    }

    #[test]
    fn what_an_instance_has_no_room_for_is_left() {
        let folder = folder("much");
        let large = fs::File::create(folder.join("large.png")).unwrap();
        large.set_len(PICTURE).unwrap();
        let references = (0..=TOGETHER / PICTURE).map(|n| format!("large.png?{n}"));
        let pictures = read(&folder, references.chain(["a.png".to_owned()]).collect());
        assert_eq!(left(&pictures), [("large.png?9", "is beyond the")]);
        // A small one still fits.
        assert_eq!(pictures.files.last().unwrap().name, "a.png");
    }
}
