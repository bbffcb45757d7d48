//! What is said about an article in Markdown or HTML, and the page of its preview.

mod en;
mod zh;

use wechat_official_account_host::types::Severity;
use wechat_official_account_language::{Language, Text};

/// Returns the table of a language.
pub fn article_texts(language: Language) -> &'static Texts {
    match language {
        Language::English => &en::TEXTS,
        Language::Chinese => &zh::TEXTS,
    }
}

/// Every text about an article, in the order of its use.
pub struct Texts {
    /// The language's own tag, for the `lang` of a page.
    pub tag: &'static str,

    // Reading an article.
    /// An article of HTML without `--title`.
    pub html_needs_title: Text<0>,
    /// Markdown without a title. The name of the file.
    pub no_title: Text<1>,
    /// An option that only Markdown has. The option.
    pub only_markdown: Text<1>,
    /// An option that articles of Markdown or HTML have, and ARTICLE.json has not. The option.
    pub only_article: Text<1>,
    /// The article is too long to be read with its pictures. Its name, and its bytes.
    pub no_room: Text<2>,
    /// A file that is no picture that WeChat takes: the message and the advice.
    pub unfit: Text<2>,
    /// What was done to a picture: its name, and the changes.
    pub changed_picture: Text<2>,
    /// Between two sentences of a list.
    pub between: Text<0>,
    /// A line about an article: the place, the kind of the line, and what is told.
    pub located: Text<3>,

    // The plan of a draft.
    /// The front matter's cover is an address. The address.
    pub cover_is_address: Text<1>,
    /// The front matter's cover is neither a file nor a media-id: its value, and what is wrong with the file.
    pub cover_not_found: Text<2>,
    /// The cover's file does not fit: the message and the advice.
    pub cover_unfit: Text<2>,
    /// There is neither a cover nor a picture.
    pub no_cover: Text<0>,
    /// Pictures that are no files beside the article: their number, the first, and the reason.
    pub missing_pictures: Text<3>,
    /// The same, with `--allow-missing-pictures`: the picture and the reason.
    pub missing_picture: Text<2>,
    /// The number of findings by WeChat's structure rules, and the command that lists them.
    pub advice: Text<2>,
    /// `draft check`, if nothing was found.
    pub nothing_found: Text<0>,
    /// `draft check`, if there are errors: their number.
    pub would_be_refused: Text<1>,
    /// A dry run, at its end.
    pub nothing_sent: Text<0>,
    /// The head of the table of pictures.
    pub picture_columns: [&'static str; 4],
    /// A picture that is in the cache.
    pub picture_cached: Text<0>,
    /// A picture's bytes.
    pub bytes: Text<1>,
    /// A picture's bytes as a file, and as it is sent.
    pub bytes_changed: Text<2>,
    /// A label: the title.
    pub label_title: &'static str,
    /// A label: the author.
    pub label_author: &'static str,
    /// A label: the digest.
    pub label_digest: &'static str,
    /// A label: the address of the original.
    pub label_original: &'static str,
    /// A label: who may comment.
    pub label_comments: &'static str,
    /// A label: the HTML.
    pub label_html: &'static str,
    /// The HTML: its bytes.
    pub html_bytes: Text<1>,
    /// A label: the cover.
    pub label_cover: &'static str,
    /// A cover that is a file: its name, and its bytes.
    pub cover_file: Text<2>,
    /// A cover that is in the cache: its media-id, and the file's name.
    pub cover_cached: Text<2>,
    /// A cover that the plugin chooses.
    pub cover_first_picture: Text<0>,

    // Sending it.
    /// The question of consent: the article that would be published.
    pub would_publish: Text<1>,
    /// The pictures were uploaded and no draft was made; where the HTML with the new addresses is.
    pub no_draft_made: Text<1>,
    /// The same for a draft that was to be replaced.
    pub no_draft_updated: Text<1>,
    /// The HTML was stored: the file.
    pub html_stored: Text<1>,
    /// The HTML was not stored.
    pub html_not_stored: Text<0>,
    /// The cover's media-id of the cache is unknown at WeChat: the cache.
    pub cached_cover_gone: Text<1>,
    /// The draft does not arrive whole, and is not published: its media-id.
    pub not_published_changed: Text<1>,
    /// The draft can't be read back, and is not published: its media-id.
    pub not_published_unread: Text<1>,
    /// Progress: the article is read. Its name.
    pub reading: Text<1>,

    // The cache of pictures.
    /// It is of no use with a simulator that ends with the command.
    pub cache_needs_server: Text<0>,
    /// A dry run without an account does not ask it.
    pub cache_without_account: Text<0>,
    /// It is no cache: its name, and what is wrong.
    pub cache_damaged: Text<2>,
    /// What is wrong: it is of another version. The version.
    pub cache_version: Text<1>,
    /// What is wrong: a value is neither an address nor a media-id of WeChat's.
    pub cache_value: Text<0>,
    /// It can't be written: its name, and the reason.
    pub cache_unwritable: Text<2>,

    // The preview.
    /// The server can't listen: the port and the reason.
    pub cannot_listen: Text<2>,
    /// A note for people on how to end it.
    pub preview_hint: Text<0>,
    /// Names a file that a preview needs.
    pub preview_not_article: Text<1>,
    /// The title of the page, without the article's.
    pub preview: &'static str,
    /// The heading of the page: the file.
    pub preview_of: Text<1>,
    /// A heading and the number of what is below it.
    pub count_of: Text<2>,
    /// The view on a phone.
    pub view_phone: &'static str,
    /// The view on a desktop.
    pub view_desktop: &'static str,
    /// The view in dark mode.
    pub view_dark: &'static str,
    /// The note about the dark view.
    pub dark_note: &'static str,
    /// The note that the preview is not WeChat itself.
    pub preview_note: &'static str,
    /// The head of the findings.
    pub findings: &'static str,
    /// The head of the themes.
    pub themes: &'static str,
    /// The theme of the front matter or the command line.
    pub own_theme: &'static str,
    /// The line of a finding.
    pub line: Text<1>,
    /// The share card: no cover.
    pub no_cover_yet: &'static str,
    /// The share card: no title.
    pub no_title_yet: &'static str,
    /// WeChat takes the digest from the text.
    pub digest_from_text: &'static str,
    /// The article can't be rendered.
    pub cannot_render: &'static str,
    /// The other language's name, for a link to it.
    pub other_language: &'static str,
    /// The other language's tag.
    pub other_tag: &'static str,
    /// Severity: error.
    pub error: &'static str,
    /// Severity: warning.
    pub warning: &'static str,
    /// Severity: advice.
    pub advice_label: &'static str,
    /// A note of the renderer.
    pub note: &'static str,
    /// The head of the article as it stands in a list of articles.
    pub card: &'static str,
}

/// The severity of a finding: its name, and its class on a page.
pub struct SeverityText {
    /// The name.
    pub label: &'static str,
    /// The class.
    pub class: &'static str,
}

impl Texts {
    /// Returns the texts for a severity.
    pub fn severity(&self, severity: Severity) -> SeverityText {
        let (label, class) = match severity {
            Severity::Error => (self.error, "error"),
            Severity::Warning => (self.warning, "warning"),
            Severity::Advice => (self.advice_label, "advice"),
        };
        SeverityText { label, class }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_say_something_else() {
        let (english, chinese) = (article_texts(Language::English), article_texts(Language::Chinese));
        assert_ne!(english.preview, chinese.preview);
        assert_eq!(Language::of_tag(english.other_tag), Language::of_tag(chinese.tag));
        assert_eq!(Language::of_tag(chinese.other_tag), Language::of_tag(english.tag));
    }
}
