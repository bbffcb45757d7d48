//! The texts: what each is about, and its arguments.

use wechat_official_account_language::Text;

/// The texts of a language.
pub struct Texts {
    /// The failures.
    pub errors: Errors,
    /// The findings.
    pub findings: Findings,
    /// The texts in articles.
    pub written: Written,
}

/// A failure: what is wrong, and the way out.
pub struct Failure<const N: usize> {
    /// What is wrong.
    pub message: Text<N>,
    /// The way out.
    pub advice: Text<0>,
}

impl<const N: usize> Failure<N> {
    /// Makes a failure, as [`Text::new`] makes a text.
    pub const fn new(message: &'static str, advice: &'static str) -> Self {
        Self {
            message: Text::new(message),
            advice: Text::new(advice),
        }
    }
}

/// Failures. A comment names the arguments of a text, or what it is about if it has none.
pub struct Errors {
    /// The bytes, and the limit.
    pub markdown_too_long: Failure<2>,
    /// The limit.
    pub too_deep: Failure<1>,
    /// The tag.
    pub html_refused: Failure<1>,
    /// The limit in bytes.
    pub article_too_large: Failure<1>,
    /// The bytes, and the limit.
    pub front_matter_too_long: Failure<2>,
    /// TOML in place of YAML.
    pub front_matter_toml: Failure<0>,
    /// What the parser says, in English.
    pub front_matter_syntax: Failure<1>,
    /// A text with a colon that has no quotes.
    pub front_matter_colon: Failure<0>,
    /// YAML, but no list of keys.
    pub front_matter_shape: Failure<0>,
    /// An alias of YAML.
    pub front_matter_alias: Failure<0>,
    /// The key.
    pub front_matter_twice: Failure<1>,
    /// The key.
    pub front_matter_value: Failure<1>,
    /// The value.
    pub front_matter_comments: Failure<1>,
    /// The name, and those that there are.
    pub theme_unknown: Failure<2>,
    /// The bytes, and the limit.
    pub theme_too_long: Failure<2>,
    /// The limit.
    pub theme_too_deep: Failure<1>,
    /// What the parser says, in English.
    pub theme_syntax: Failure<1>,
    /// The name of the role.
    pub theme_role: Failure<1>,
    /// The role, and the property.
    pub theme_property: Failure<2>,
    /// The property, the value, and what is allowed.
    pub theme_value: Failure<3>,
    /// The role, and the most characters.
    pub theme_content: Failure<2>,
    /// The key, and what it has to be.
    pub theme_key: Failure<2>,
    /// The name of the colour.
    pub theme_color: Failure<1>,
    /// The role, the role behind it, the contrast, and the limit.
    pub theme_contrast: Failure<4>,
}

/// Findings. A comment names the arguments of a text, or what it is about if it has none.
pub struct Findings {
    /// The number of those that are not listed.
    pub unlisted: Text<1>,
    /// The key.
    pub unknown_key: Text<1>,
    /// The theme of the front matter, and those that there are.
    pub theme_unknown: Text<2>,
    /// The cover of the front matter is no address.
    pub cover_without_address: Text<0>,
    /// A formula as its source.
    pub formula: Text<0>,
    /// The language of the code.
    pub diagram: Text<1>,
    /// The text of the link.
    pub link_in_page: Text<1>,
    /// The address.
    pub link_relative: Text<1>,
    /// A picture of Markdown in the text of HTML.
    pub picture_in_html: Text<1>,
    /// The source of a picture in another dialect.
    pub picture_unread: Text<1>,
    /// What another program reads in its own way.
    pub tag_unread: Text<1>,
    /// The sign of a table of contents.
    pub contents_dropped: Text<1>,
    /// Marked text with other elements in it.
    pub mark_unread: Text<0>,
    /// A comment of Obsidian's.
    pub comment_dropped: Text<0>,
    /// A comment of Obsidian's without an end.
    pub comment_endless: Text<0>,
    /// A comment of HTML without an end.
    pub html_comment_endless: Text<0>,
    /// A picture without an address.
    pub picture_without_address: Text<0>,
    /// The address.
    pub picture_script: Text<1>,
    /// The label.
    pub footnote_unused: Text<1>,
    /// The element.
    pub element_dropped: Text<1>,
    /// The element, of which there is no end tag.
    pub element_endless: Text<1>,
    /// The element.
    pub element_unwrapped: Text<1>,
    /// The element, and the attribute.
    pub attribute_dropped: Text<2>,
    /// The element, and the declaration.
    pub declaration_dropped: Text<2>,
    /// Control characters that are left out.
    pub control_characters: Text<0>,
}

/// Texts that are written into articles.
pub struct Written {
    /// The title of the list, if it has links alone.
    pub references: Text<0>,
    /// The title of the list, if it has notes alone.
    pub notes: Text<0>,
    /// The title of the list, if it has both.
    pub notes_and_references: Text<0>,
    /// The name of an alert.
    pub note: Text<0>,
    /// The name of an alert.
    pub tip: Text<0>,
    /// The name of an alert.
    pub important: Text<0>,
    /// The name of an alert.
    pub warning: Text<0>,
    /// The name of an alert.
    pub caution: Text<0>,
    /// What stands between the text of a link and its address.
    pub colon: Text<0>,
}
