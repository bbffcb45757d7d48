//! The files beside an article that its HTML names as pictures.
//!
//! HTML may come from anywhere, and the files that it names are sent to WeChat. So no file outside the article's folder
//! is read, however a name may lead there, and nothing is fetched.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;
use serde::Serialize;
use wechat_official_account_host::limits::{MEMORY, pictures_beside};
use wechat_official_account_host::types::{File, ImageReference};

use crate::file_names::FileNames;
use crate::input;
use crate::texts::{messages, os_error};

/// The largest picture that WeChat takes (wechat-api §16).
pub const PICTURE: u64 = 10 * 1024 * 1024;
/// The most that the HTML and pictures of one call may have together. They go to an instance at once, which needs the
/// rest of its memory for requests and replies.
const TOGETHER: usize = MEMORY / 4 * 3;

/// Returns the bytes that an article leaves for the pictures beside it, or `None` if it is too long itself.
pub fn room_beside(html: &str) -> Option<usize> {
    pictures_beside(html.len()).map(|room| room.min(TOGETHER))
}

/// The files, with names by which the component finds them, and the pictures that are no such files.
#[derive(Default)]
pub struct Attachments {
    pub files: Vec<File>,
    /// The paths of the files.
    pub paths: Vec<PathBuf>,
    /// The indices of the files by their addresses in the HTML.
    pub by_address: BTreeMap<String, usize>,
    pub not_read: Vec<NotRead>,
}

/// A picture of the article that was not read, and the reason.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct NotRead {
    pub reference: String,
    pub reason: String,
    /// The line in the article's file, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Reads the pictures of an article in this folder, each once, as long as there is room. An article from a pipe has no
/// folder.
///
/// A picture with several addresses needs one file only; the others are read last. One that needs no file is not
/// missed. No file is larger than `limit`, and `fit` makes of it what is sent; its error is the rest of a sentence that
/// begins with the file's name.
pub fn read(
    folder: Option<&Path>,
    references: Vec<ImageReference>,
    room: usize,
    limit: u64,
    fit: &mut dyn FnMut(File) -> FileResult<File>,
) -> Attachments {
    let mut reader = Reader {
        folder,
        room,
        limit,
        fit,
        names: BTreeMap::new(),
        file_names: FileNames::default(),
        attachments: Attachments::default(),
    };
    let mut seen = BTreeSet::new();
    let mut others = Vec::new();
    for ImageReference {
        source,
        alternatives,
        optional,
    } in references
    {
        if !seen.insert((source.clone(), alternatives.clone())) {
            continue;
        }
        let mut left = alternatives.into_iter();
        let first = reader.read(&source);
        let is_found = first.is_ok() || left.by_ref().any(|other| reader.read(&other).is_ok());
        if let Err(reason) = first
            && !is_found
            && !optional
        {
            let reference = source;
            let line = None;
            reader.attachments.not_read.push(NotRead {
                reference,
                reason,
                line,
            });
        }
        others.extend(left);
    }
    for other in others {
        // Another file of the same picture is there.
        let _ = reader.read(&other);
    }
    reader.attachments
}

/// Reads a single file of this folder.
pub fn read_one(folder: &Path, reference: &str, limit: u64) -> FileResult<(File, PathBuf)> {
    let (name, path) = find(&mut FileNames::default(), folder, reference)?;
    let bytes = load(&path, limit)?;
    Ok((File { name, bytes }, path))
}

/// The files so far, and the room for more.
struct Reader<'a> {
    folder: Option<&'a Path>,
    room: usize,
    limit: u64,
    fit: &'a mut dyn FnMut(File) -> FileResult<File>,
    /// The indices of the files by the names that the component knows.
    names: BTreeMap<String, usize>,
    file_names: FileNames,
    attachments: Attachments,
}

impl Reader<'_> {
    /// Reads the file of a reference, unless that has been done.
    fn read(&mut self, reference: &str) -> FileResult<()> {
        let folder = self.folder.ok_or(messages().pictures.no_folder)?;
        let (name, path) = find(&mut self.file_names, folder, reference)?;
        let index = match self.names.get(&name) {
            Some(index) => *index,
            None => self.add(name, path)?,
        };
        self.attachments
            .by_address
            .insert(reference.trim_ascii().to_owned(), index);
        Ok(())
    }

    /// Adds a file, and returns its index.
    fn add(&mut self, name: String, path: PathBuf) -> FileResult<usize> {
        let bytes = load(&path, self.limit)?;
        let file = (self.fit)(File {
            name: name.clone(),
            bytes,
        })?;
        self.room = self.room.checked_sub(file.bytes.len()).ok_or_else(no_room)?;
        let index = self.attachments.files.len();
        self.names.insert(name, index);
        self.attachments.files.push(file);
        self.attachments.paths.push(path);
        Ok(index)
    }
}

/// Describes a picture for which there is no room.
pub fn no_room() -> String {
    messages().pictures.beyond.with([&TOGETHER])
}

/// The result of a search; an error is the rest of a sentence that begins with the file's name.
pub type FileResult<T> = std::result::Result<T, String>;

/// Finds the file of a reference, and its name for the component, so that the component finds the same file. The name
/// is that of the HTML, even if the file's own has another normal form of Unicode.
fn find(file_names: &mut FileNames, folder: &Path, reference: &str) -> FileResult<(String, PathBuf)> {
    let mut result = Err(messages().pictures.no_file.to_owned());
    for name in names(reference) {
        result = inside(file_names, folder, &name);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// Returns the file names that a reference may mean: those that the component tries, in the same order. There are none
/// if it leads elsewhere.
pub fn names(reference: &str) -> Vec<Cow<'_, str>> {
    let Some(name) = local_name(reference) else {
        return Vec::new();
    };
    let bare = name.split(['?', '#']).next().unwrap_or(name);
    let decoded = percent_decode_str(bare).decode_utf8();
    let decoded = decoded.unwrap_or(Cow::Borrowed(bare));
    vec![name.into(), bare.into(), decoded]
}

/// Returns the reference without `cid:`, or `None` if it has another scheme or begins with a host.
fn local_name(reference: &str) -> Option<&str> {
    // Browsers do the same.
    let reference = reference.trim_ascii();
    match reference.split_once(':') {
        Some((scheme, name)) if scheme.eq_ignore_ascii_case("cid") => Some(name),
        Some((scheme, _)) if is_scheme(scheme) => None,
        _ => Some(reference).filter(|reference| !reference.starts_with("//")),
    }
}

/// Returns whether this is the scheme of a URL (RFC 3986, 3.1). `C` of `C:\picture.jpg` is one too.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Finds a file in this folder or below. Returns its name as the component reads it, and its real path.
fn inside(file_names: &mut FileNames, folder: &Path, name: &str) -> FileResult<(String, PathBuf)> {
    let name = name.replace('\\', "/");
    let path = Path::new(&name);
    if leads_out(path) {
        return Err(messages().pictures.outside.to_owned());
    }
    // Symbolic links are resolved on both sides, so that opening the file follows none.
    let folder = real(folder)?;
    let path = real(&file_names.resolve(&folder, path)?)?;
    if !path.starts_with(&folder) {
        return Err(messages().pictures.outside.to_owned());
    }
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "."));
    Ok((parts.collect::<Vec<_>>().join("/"), path))
}

/// Returns whether a path leads out of its starting folder, whatever files exist.
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

fn real(path: &Path) -> FileResult<PathBuf> {
    fs::canonicalize(path).map_err(|error| unreadable(&error))
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => messages().pictures.not_there.to_owned(),
        _ => messages().pictures.unreadable.with([&os_error(error)]),
    }
}

/// Reads a file if it is no larger than this limit. It opens regular files only, because a pipe could block.
fn load(path: &Path, limit: u64) -> FileResult<Vec<u8>> {
    let about = fs::metadata(path).map_err(|error| unreadable(&error))?;
    let too_large = |length: u64| messages().pictures.too_large.with([&length, &limit]);
    match about.len() {
        _ if !about.is_file() => Err(messages().pictures.not_a_file.to_owned()),
        length if length > limit => Err(too_large(length)),
        length => {
            let file = fs::File::open(path).map_err(|error| unreadable(&error))?;
            // It may have grown.
            let bytes = input::capped(file, limit).map_err(|error| unreadable(&error))?;
            bytes.ok_or_else(|| too_large(length))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Deref;

    use super::*;

    /// An article's folder, inside a temporary folder that is removed with it.
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

    /// Makes a folder with pictures, and a file outside it. Each test needs a name of its own.
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

    /// Returns the path of a reference, from the folder.
    fn found(folder: &Path, reference: &str) -> FileResult<String> {
        let (_, path) = find(&mut FileNames::default(), folder, reference)?;
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
            (".\\img\\my picture.png", "img/my picture.png"),
            // The first is the name of a file, the second is not.
            ("50%25.png?", "50%25.png"),
            ("%35%30%25.png?", "50%.png"),
        ] {
            assert_eq!(found(&folder, reference).as_deref(), Ok(path), "{reference}");
        }
    }

    #[test]
    fn the_normal_form_of_a_name_makes_no_difference() {
        let folder = folder("normal-form");
        fs::write(folder.join("e\u{301} 1.png"), "").unwrap();
        for reference in [
            "\u{e9} 1.png",
            "%C3%A9%201.png?v=1",
            "e%CC%81%201.png",
            "./cafe\u{301}/../\u{e9} 1.png",
        ] {
            let found = find(&mut FileNames::default(), &folder, reference);
            match reference.contains("cafe") {
                // A folder that is not there leads nowhere.
                true => assert_eq!(found, Err("is not there".to_owned())),
                false => assert!(found.unwrap().1.ends_with("e\u{301} 1.png"), "{reference}"),
            }
        }
        // The name is that of the HTML, by which the component looks for it.
        let (name, _) = find(&mut FileNames::default(), &folder, "%C3%A9%201.png").unwrap();
        assert_eq!(name, "\u{e9} 1.png");
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
            "..\\secret.jpg",
            "\\\\server\\secret.jpg",
            secret.to_str().unwrap(),
        ] {
            assert_eq!(
                find(&mut FileNames::default(), &folder, reference),
                Err(messages().pictures.outside.to_owned()),
                "{reference}"
            );
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
        assert_eq!(
            find(&mut FileNames::default(), &folder, "out.jpg"),
            Err(messages().pictures.outside.to_owned())
        );
        assert_eq!(
            find(&mut FileNames::default(), &folder, "up/secret.jpg"),
            Err(messages().pictures.outside.to_owned())
        );
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

    /// Makes references to pictures with one address each.
    fn single<const N: usize>(references: [&str; N]) -> Vec<ImageReference> {
        references.map(|source| of(&[source], false)).to_vec()
    }

    fn of(addresses: &[&str], optional: bool) -> ImageReference {
        let mut addresses = addresses.iter().map(|&address| address.to_owned());
        ImageReference {
            source: addresses.next().unwrap(),
            alternatives: addresses.collect(),
            optional,
        }
    }

    /// Reads the files as they are.
    fn read_all(folder: &Path, references: Vec<ImageReference>) -> Attachments {
        read(Some(folder), references, TOGETHER, PICTURE, &mut Ok)
    }

    #[test]
    fn one_file_of_a_picture_is_enough_and_the_others_come_last() {
        let folder = folder("alternatives");
        let references = vec![
            of(&["gone.png", "a.png", "图.png", "gone-2.png"], false),
            of(&["https://example.com/a.png", "gone.png"], false),
            of(&["gone-3.png"], true),
            of(&["img/my picture.png", "50%.png"], false),
        ];
        let attachments = read_all(&folder, references);
        let names: Vec<_> = attachments.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.png", "img/my picture.png", "图.png", "50%.png"]);
        assert_eq!(
            left(&attachments),
            [(
                "https://example.com/a.png",
                "is not a file beside the article, and nothing is fetched from elsewhere"
            )]
        );
    }

    /// Returns the references that were not read, with the reasons up to the first digit.
    fn left(attachments: &Attachments) -> Vec<(&str, &str)> {
        let left = attachments.not_read.iter().map(|left| {
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
            "img",
            "",
            "gone.png",
            "large.png",
            "https://example.com/",
            "a.png/b",
            "gone.png",
        ];
        let attachments = read_all(&folder, single(references));
        assert!(attachments.files.is_empty());
        assert_eq!(
            left(&attachments),
            [
                ("img", "is not a file"),
                ("", "is not a file"),
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
    fn a_file_is_read_once_for_all_names_that_the_plugin_takes_for_one() {
        let folder = folder("once");
        let references = [
            "./a.png",
            "a.png?2",
            "CID:a.png",
            "./img//my%20picture.png",
            "img\\my picture.png",
            "a.png",
            "img/../a.png",
        ];
        let attachments = read_all(&folder, single(references));
        let files: Vec<_> = { attachments.files.iter() }
            .map(|file| (file.name.as_str(), str::from_utf8(&file.bytes).unwrap()))
            .collect();
        assert_eq!(
            files,
            [
                ("a.png", "a.png"),
                ("img/my picture.png", "img/my picture.png"),
                ("img/../a.png", "a.png"),
            ]
        );
        assert!(attachments.not_read.is_empty());
    }

    #[test]
    fn what_an_instance_has_no_room_for_is_left() {
        let folder = folder("much");
        let mut names: Vec<_> = (0..=TOGETHER as u64 / PICTURE).map(|n| format!("{n}.png")).collect();
        for name in &names {
            fs::File::create(folder.join(name)).unwrap().set_len(PICTURE).unwrap();
        }
        names.push("a.png".to_owned());
        let references = names.iter().map(|name| of(&[name], false)).collect();
        let attachments = read_all(&folder, references);
        assert_eq!(left(&attachments), [("9.png", "is beyond the")]);
        // A small one still fits.
        assert_eq!(attachments.files.last().unwrap().name, "a.png");
    }
}
