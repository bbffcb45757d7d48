//! Files that are read and written.

use wechat_official_account_language::Text;

/// Files that are read.
pub struct Input {
    /// A file can't be read: its name and the reason.
    pub unreadable: Text<2>,
    /// A text is not UTF-8: its name, and the position of the first wrong byte.
    pub not_utf8: Text<2>,
    /// It is no regular file: its name, and its kind.
    pub not_regular: Text<2>,
    /// It is too large: its name, and one of the two sizes below.
    pub too_large: Text<2>,
    /// A size and the limit.
    pub size: Text<2>,
    /// A size that is not known, and the limit.
    pub size_beyond: Text<1>,
    /// A name that two files may have.
    pub ambiguous: Text<2>,
}

/// What a path names in place of a file: the rest of "it is".
pub struct Kinds {
    /// A named pipe.
    pub fifo: &'static str,
    /// A socket.
    pub socket: &'static str,
    /// A device.
    pub device: &'static str,
    /// A folder.
    pub folder: &'static str,
    /// Anything else.
    pub other: &'static str,
}

/// Files that are written.
pub struct Output {
    /// A source would be replaced. Its name.
    pub would_replace: Text<1>,
    /// It can't be written: its name and the reason.
    pub unwritable: Text<2>,
    /// The reason: it is a folder.
    pub is_folder: &'static str,
    /// The reason: a chain of links does not end.
    pub too_many_links: &'static str,
    /// A label: the media type.
    pub media_type: &'static str,
    /// A label: the name of the file.
    pub name: &'static str,
    /// A label: the bytes.
    pub bytes: &'static str,
    /// A label: where it was stored.
    pub stored: &'static str,
    /// It was not stored.
    pub not_stored: &'static str,
    /// A label: the title of a video.
    pub title: &'static str,
    /// A label: the introduction of a video.
    pub introduction: &'static str,
}

/// Errors of the operating system. English has the system's own words.
pub struct OsErrors {
    /// Words for the kinds that people meet; the others keep the system's.
    pub kinds: &'static [(std::io::ErrorKind, &'static str)],
    /// A kind and the system's number of it.
    pub numbered: Text<2>,
}

/// ARTICLE.json.
pub struct ArticleFile {
    /// A field without effect. Its name.
    pub left_out: Text<1>,
    /// There must be one article: the file and their number.
    pub one_expected: Text<2>,
    /// It is neither JSON nor has the name of an article. Its name.
    pub other_name: Text<1>,
    /// It is Markdown or HTML, and only ARTICLE.json is taken. Its name.
    pub json_expected: Text<1>,
    /// It is no JSON. The reason.
    pub not_json: Text<1>,
    /// The place of an article in a list, before what is said of it. The index.
    pub article: Text<1>,
    /// `articles` is no list.
    pub no_list: &'static str,
    /// There is another field beside `articles`. Its name.
    pub beside_articles: Text<1>,
    /// Why the article was read in WeChat's form. The error.
    pub read_as_wire: Text<1>,
    /// There is no `thumb_media_id`.
    pub no_thumb: &'static str,
    /// It is no fraction. The value.
    pub no_fraction: Text<1>,
    /// The values of a field that is yes or no.
    pub flag: &'static str,
    /// It is no crop: the field and its value.
    pub no_crop: Text<2>,
}

/// Errors of JSON. English has the words of the library.
pub struct Json {
    /// The library's form of an error with its place, and ours: the error, line and column.
    pub place: Option<(&'static str, Text<3>)>,
    /// The library's forms of errors and ours, with `{}` for each name or value. The first that fits counts.
    pub forms: &'static [(&'static str, &'static str)],
}
