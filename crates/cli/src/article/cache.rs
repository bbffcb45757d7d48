//! The pictures that accounts have already, in a file that the user named: hashes, and the addresses and media-ids of
//! WeChat's. It has no content, no app id and no names.
//!
//! A run reads the file once and adds to it at its end. While it writes, it holds a lock and reads the file again, so
//! that runs at the same time lose nothing of each other. The new file takes the place of the old one in one step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::media_id::is_media_id;
use crate::error::{self, Error, Result};
use crate::input;
use crate::paths::folder_of;
use crate::target::Server;
use crate::texts::{Texts, json_error, os_error};

/// The only version of the form.
const VERSION: u32 = 1;
/// The largest file that is read: some hundred thousand pictures.
const LIMIT: u64 = 64 * 1024 * 1024;
/// The host of the pictures of articles (article-html §3), over TLS and without.
const PICTURE_HOSTS: [&str; 2] = ["https://mmbiz.qpic.cn/", "http://mmbiz.qpic.cn/"];

/// The file. Its first field tells what it is.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct CacheFile {
    wechat_oa_pictures: u32,
    pictures: Vec<Entry>,
}

/// A picture in the file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The SHA-256 of the server's address and the app id.
    account: String,
    /// The SHA-256 of the picture as it was sent.
    picture: String,
    #[serde(rename = "use")]
    purpose: Purpose,
    /// The address or the media-id.
    value: String,
    /// The time of the upload. Unix seconds.
    time: u64,
}

/// A picture of an account, for one purpose.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    account: String,
    picture: String,
    purpose: Purpose,
}

/// The purpose of an upload.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Purpose {
    /// An address for the text of articles.
    ArticleImage,
    /// The media-id of a permanent image.
    PermanentImage,
}

/// The values and times of uploads, by their pictures.
type Entries = BTreeMap<Key, (String, u64)>;

/// The cache of one account.
pub struct Cache {
    path: PathBuf,
    account: String,
    entries: Entries,
    /// What this run learned: a value, or that the known one is of no use.
    changes: BTreeMap<Key, Option<(String, u64)>>,
}

impl Cache {
    /// Reads the cache for the account at this server. One that is not there is empty. Without an account there is
    /// none.
    pub fn open(path: &Path, server: &Server, texts: &Texts) -> Result<Option<Self>> {
        let account = match server {
            Server::Embedded => return Ok(None),
            Server::Running { base, credentials, .. } => hash(format!("{base}\n{}", credentials.app_id).as_bytes()),
            Server::Live(credentials) => hash(format!("\n{}", credentials.app_id).as_bytes()),
        };
        let entries = read(path, texts)?;
        Ok(Some(Self {
            // The file itself, should this be a link.
            path: fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
            account,
            entries,
            changes: BTreeMap::new(),
        }))
    }

    /// Returns the file's name.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Makes sure that the cache can be written, before anything is uploaded that it could not keep.
    pub fn check_writable(&self, texts: &Texts) -> Result<()> {
        let made = NamedTempFile::new_in(folder_of(&self.path)).map(drop);
        let locked = made.and_then(|()| lock(&self.path)).map(drop);
        locked.map_err(|error| self.unwritable(&error, texts))
    }

    /// Returns the address of a picture in articles.
    pub fn address(&self, picture: &[u8]) -> Option<String> {
        self.value(picture, Purpose::ArticleImage)
    }

    /// Returns the media-id of a picture as a permanent image.
    pub fn media_id(&self, picture: &[u8]) -> Option<String> {
        self.value(picture, Purpose::PermanentImage)
    }

    /// Remembers the address of a picture in articles.
    pub fn add_address(&mut self, picture: &[u8], address: &str) {
        // Others could not be told from what somebody wrote into the file.
        if is_address(address) {
            self.add(picture, Purpose::ArticleImage, Some(address));
        }
    }

    /// Remembers the media-id of a picture as a permanent image.
    pub fn add_media_id(&mut self, picture: &[u8], id: &str) {
        self.add(picture, Purpose::PermanentImage, Some(id));
    }

    /// Forgets the media-id of a picture that WeChat does not know any more.
    pub fn forget_media_id(&mut self, picture: &[u8]) {
        self.add(picture, Purpose::PermanentImage, None);
    }

    /// Writes what this run learned, beside what others wrote meanwhile.
    pub fn save(&mut self, texts: &Texts) -> Result<()> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let lock = lock(&self.path).map_err(|error| self.unwritable(&error, texts))?;
        let mut entries = read(&self.path, texts)?;
        for (key, value) in &self.changes {
            match value {
                Some(value) => entries.insert(key.clone(), value.clone()),
                None => entries.remove(key),
            };
        }
        write(&self.path, &entries).map_err(|error| self.unwritable(&error, texts))?;
        self.entries = entries;
        self.changes.clear();
        drop(lock);
        Ok(())
    }

    fn value(&self, picture: &[u8], purpose: Purpose) -> Option<String> {
        let (value, _) = self.entries.get(&self.key(picture, purpose))?;
        Some(value.clone())
    }

    fn add(&mut self, picture: &[u8], purpose: Purpose, value: Option<&str>) {
        let time = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = time.map_or(0, |time| time.as_secs());
        let value = value.map(|value| (value.to_owned(), seconds));
        self.changes.insert(self.key(picture, purpose), value);
    }

    fn key(&self, picture: &[u8], purpose: Purpose) -> Key {
        Key {
            account: self.account.clone(),
            picture: hash(picture),
            purpose,
        }
    }

    fn unwritable(&self, error: &io::Error, texts: &Texts) -> Box<Error> {
        error::other(texts.cache_unwritable.with([&self.name(), &os_error(error)]))
    }
}

fn hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn read(path: &Path, texts: &Texts) -> Result<Entries> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Entries::new()),
        _ => {}
    }
    let damaged = |reason: &str| error::usage(texts.cache_damaged.with([&path.display(), &reason]));
    let bytes = input::read(path, LIMIT)?;
    let file: CacheFile = serde_json::from_slice(&bytes).map_err(|error| damaged(&json_error(&error)))?;
    if file.wechat_oa_pictures != VERSION {
        return Err(damaged(&texts.cache_version.with([&file.wechat_oa_pictures])));
    }
    let mut entries = Entries::new();
    for entry in file.pictures {
        let Entry {
            account,
            picture,
            purpose,
            value,
            time,
        } = entry;
        let is_value = match purpose {
            Purpose::ArticleImage => is_address(&value),
            Purpose::PermanentImage => is_media_id(&value),
        };
        if !is_value {
            return Err(damaged(texts.cache_value.as_str()));
        }
        let key = Key {
            account,
            picture,
            purpose,
        };
        entries.insert(key, (value, time));
    }
    Ok(entries)
}

/// Returns whether this can go into an article: the file may have been written by somebody else.
fn is_address(text: &str) -> bool {
    PICTURE_HOSTS.iter().any(|host| text.starts_with(host))
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"'<>()\\`".contains(&byte))
}

/// Takes the lock of a cache. It is beside the cache, as that is replaced, and the system ends it with the process.
fn lock(path: &Path) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock = File::options().create(true).append(true).open(name)?;
    lock.lock()?;
    Ok(lock)
}

fn write(path: &Path, entries: &Entries) -> io::Result<()> {
    let pictures = entries.iter().map(|(key, (value, time))| Entry {
        account: key.account.clone(),
        picture: key.picture.clone(),
        purpose: key.purpose,
        value: value.clone(),
        time: *time,
    });
    let content = CacheFile {
        wechat_oa_pictures: VERSION,
        pictures: pictures.collect(),
    };
    // Nobody else may read it: the library makes it so.
    let mut file = NamedTempFile::new_in(folder_of(path))?;
    serde_json::to_writer_pretty(&mut file, &content)?;
    file.write_all(b"\n")?;
    // After a crash the file is the old one or the new one, and never an empty one.
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};
    use wechat_official_account_language::Language;

    use super::*;
    use crate::target::Credentials;
    use crate::texts;

    const URL: &str = "http://mmbiz.qpic.cn/a/0?wx_fmt=png&from=1";

    fn live(app_id: &str) -> Server {
        Server::Live(Credentials {
            app_id: app_id.to_owned(),
            app_secret: String::new(),
        })
    }

    fn open(path: &Path, app_id: &str) -> Result<Cache> {
        let cache = Cache::open(path, &live(app_id), texts::article_texts(Language::English))?;
        Ok(cache.unwrap())
    }

    fn save(cache: &mut Cache) {
        cache.save(texts::article_texts(Language::English)).unwrap();
    }

    #[test]
    fn what_was_learned_is_known_to_the_next_run_of_the_same_account() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.json");
        let mut cache = open(&path, "wx0123456789abcdef").unwrap();
        save(&mut cache);
        assert!(!path.exists(), "nothing was learned");
        cache.add_address(b"picture", URL);
        cache.add_media_id(b"cover", "M-1_x");
        cache.add_address(b"elsewhere", "https://example.com/a.png");
        save(&mut cache);
        let mut again = open(&path, "wx0123456789abcdef").unwrap();
        assert_eq!(again.address(b"picture").as_deref(), Some(URL));
        assert_eq!(again.media_id(b"cover").as_deref(), Some("M-1_x"));
        assert_eq!([again.address(b"cover"), again.address(b"elsewhere")], [None, None]);
        let other = open(&path, "wxfedcba9876543210").unwrap();
        assert_eq!(other.address(b"picture"), None);
        again.forget_media_id(b"cover");
        save(&mut again);
        assert_eq!(open(&path, "wx0123456789abcdef").unwrap().media_id(b"cover"), None);
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("wx0123456789abcdef"), "{text}");
        // It has what PRIVACY.md names, and nothing else.
        let written: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(keys(&written), BTreeSet::from(["pictures", "wechat_oa_pictures"]));
        let pictures = written["pictures"].as_array().unwrap();
        assert_eq!(pictures.len(), 1);
        let fields = BTreeSet::from(["account", "picture", "time", "use", "value"]);
        assert_eq!(keys(&pictures[0]), fields);
    }

    fn keys(object: &Value) -> BTreeSet<&str> {
        object.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn runs_at_the_same_time_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.json");
        let runs = (0..8_u8).map(|number| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut cache = open(&path, "wx0123456789abcdef").unwrap();
                cache.add_address(&[number], URL);
                save(&mut cache);
            })
        });
        for run in runs.collect::<Vec<_>>() {
            run.join().unwrap();
        }
        let cache = open(&path, "wx0123456789abcdef").unwrap();
        assert!((0..8_u8).all(|number| cache.address(&[number]).is_some()));
    }

    #[test]
    fn a_file_of_somebody_else_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.json");
        let with_entry = |value: &str, purpose: &str| {
            let entry = json!({ "account": "a", "picture": "b", "use": purpose, "value": value, "time": 1 });
            json!({ "wechat_oa_pictures": 1, "pictures": [entry] }).to_string()
        };
        for text in [
            "",
            "{",
            "my notes",
            "{}",
            r#"{"wechat_oa_pictures":2,"pictures":[]}"#,
            r#"{"wechat_oa_pictures":1,"pictures":[],"more":1}"#,
            &with_entry("https://example.com/a.png", "article-image"),
            &with_entry("https://mmbiz.qpic.cn/a'onerror=x", "article-image"),
            &with_entry("M 1", "permanent-image"),
            &with_entry("M1", "other"),
        ] {
            fs::write(&path, text).unwrap();
            let error = open(&path, "wx0123456789abcdef").err().unwrap();
            assert!(error.message.contains("no cache"), "{text}: {}", error.message);
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        fs::write(&path, with_entry("https://mmbiz.qpic.cn/a", "article-image")).unwrap();
        assert!(open(&path, "wx0123456789abcdef").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it_and_a_link_stays() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("cache.json"), folder.path().join("link"));
        fs::write(&path, r#"{"wechat_oa_pictures":1,"pictures":[]}"#).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        symlink("cache.json", &link).unwrap();
        let mut cache = open(&link, "wx0123456789abcdef").unwrap();
        cache.add_address(b"picture", URL);
        save(&mut cache);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
