//! English.

use wechat_official_account_language::Text;

use super::table::{Errors, Failure, Findings, Texts, Written};

/// The texts in English.
pub const EN: Texts = Texts {
    errors: Errors {
        markdown_too_long: Failure::new(
            "the Markdown has {0} bytes, and at most {1} are read",
            "Keep pictures in files of their own, or split the article.",
        ),
        too_deep: Failure::new(
            "quotes, lists and elements are nested more than {0} levels deep",
            "Nest fewer of them: a phone has no room for so many.",
        ),
        html_refused: Failure::new(
            "there is HTML in the Markdown: {0}",
            "Write it in Markdown, or allow HTML by the option raw-html.",
        ),
        article_too_large: Failure::new(
            "the article has more than {0} bytes of HTML, which is WeChat's limit",
            "Split the article.",
        ),
        front_matter_too_long: Failure::new(
            "the front matter has {0} bytes, and at most {1} are read",
            "Keep what is not about the article elsewhere.",
        ),
        front_matter_toml: Failure::new(
            "front matter between lines of +++ is TOML, which is not supported",
            "Write it in YAML between lines of ---, such as title: My article.",
        ),
        front_matter_syntax: Failure::new(
            "the front matter is not valid YAML: {0}",
            "Write one key and its text a line, such as title: My article. Put quotes around a text \
             with a colon, or one that begins with a sign such as [ or *.",
        ),
        front_matter_colon: Failure::new(
            "the front matter has a text with a colon and no quotes around it",
            "Put quotes around the text, such as title: \"A: B\".",
        ),
        front_matter_shape: Failure::new(
            "the front matter is not a list of keys with a text each",
            "Write one key and its text a line, such as title: My article.",
        ),
        front_matter_alias: Failure::new(
            "the front matter has an alias (*name), which is not supported",
            "Write the text itself, in quotes if it begins with *.",
        ),
        front_matter_twice: Failure::new("the front matter has {0} twice", "Keep one of the two."),
        front_matter_value: Failure::new(
            "the value of {0} is not a text",
            "Write a text after the key. Put quotes around one that begins with a bracket.",
        ),
        front_matter_comments: Failure::new(
            "comments is \"{0}\", which is none of closed, everyone and fans-only",
            "Write one of these three words, or leave the line out.",
        ),
        theme_unknown: Failure::new(
            "there is no theme \"{0}\"; there are: {1}",
            "Name one of these, or give a theme of your own in TOML.",
        ),
        theme_too_long: Failure::new(
            "the theme has {0} bytes, and at most {1} are read",
            "Extend a theme that is built in.",
        ),
        theme_too_deep: Failure::new(
            "brackets in the theme are nested more than {0} levels deep",
            "Write a [table] for each role, with one property a line.",
        ),
        theme_syntax: Failure::new(
            "the theme is not valid TOML: {0}",
            "Write a [table] for each role, with one property a line, such as color = \"#333333\".",
        ),
        theme_role: Failure::new("\"{0}\" is no role of a theme", "docs/article.md lists the roles."),
        theme_property: Failure::new(
            "{0} has the property \"{1}\", which is not allowed in a theme",
            "docs/article.md lists the properties. WeChat drops others, or draws them differently from phone to phone.",
        ),
        theme_value: Failure::new(
            "{0} can't be \"{1}\"; it takes {2}",
            "docs/article.md has the limits of lengths. Values are written out: no calc(), no var(), no addresses.",
        ),
        theme_content: Failure::new(
            "the content of {0} has more than {1} characters",
            "Shorten it: a line on a phone has some 20.",
        ),
        theme_key: Failure::new(
            "{0} has a value of the wrong kind; it takes {1}",
            "Look at an example in docs/article.md.",
        ),
        theme_color: Failure::new(
            "there is no colour ${0}",
            "Define it in the table [colors], or write it as #rrggbb.",
        ),
        theme_contrast: Failure::new(
            "the text of {0} has a contrast of {2} to the background of {1}, and at least {3} is needed to read it",
            "Make the two differ more: darker text on a light background, and lighter text on a dark one.",
        ),
    },
    findings: Findings {
        unlisted: Text::new("there are {0} more findings, which are not listed"),
        unknown_key: Text::new("the front matter's {0} is not known, and has no effect"),
        theme_unknown: Text::new("there is no theme \"{0}\", so the article has the default one; there are: {1}"),
        cover_without_address: Text::new("the front matter's cover names no picture, and has no effect"),
        formula: Text::new("the formula is shown as its source: put a picture of it in its place"),
        diagram: Text::new("the diagram ({0}) is shown as its source: put a picture of it in its place"),
        link_in_page: Text::new("the link \"{0}\" within the article is plain text, as WeChat removes its target"),
        link_relative: Text::new("the link to {0} is plain text, as it leads nowhere from WeChat: give a full address"),
        picture_in_html: Text::new(
            "{0} is inside HTML, where no Markdown is read, and stays as text: put an empty line before and after it",
        ),
        picture_unread: Text::new("{0} is no picture of Markdown, and stays as text: write ![text](<file>)"),
        tag_unread: Text::new("{0} is for another program, and stays as text"),
        contents_dropped: Text::new("{0} is left out, as links within an article don't work"),
        mark_unread: Text::new("the signs == stay as text, as there is other markup between them: use <mark>"),
        comment_dropped: Text::new("the comment between %% and %% is left out"),
        comment_endless: Text::new(
            "the sign %% has no second one in its paragraph: it stays as text, and so does what it was to hide",
        ),
        html_comment_endless: Text::new("the comment <!-- has no end -->, so it stays as text"),
        picture_without_address: Text::new("the picture has no address, and is left out"),
        picture_script: Text::new("the picture {0} is no picture's address, and is left out"),
        footnote_unused: Text::new("nothing refers to the footnote {0}, so it is left out"),
        element_dropped: Text::new("<{0}> is left out with all that is in it, as WeChat removes it"),
        element_endless: Text::new(
            "the tag <{0}> is left out, and the text after it stays, as it has no end tag; write `<{0}>` to show it",
        ),
        element_unwrapped: Text::new("<{0}> is left out here, and its text stays"),
        attribute_dropped: Text::new("<{0}> loses its attribute {1}"),
        declaration_dropped: Text::new("<{0}> loses the style {1}"),
        control_characters: Text::new("the article has control characters, which are left out"),
    },
    written: Written {
        references: Text::new("References"),
        notes: Text::new("Notes"),
        notes_and_references: Text::new("Notes and references"),
        note: Text::new("Note"),
        tip: Text::new("Tip"),
        important: Text::new("Important"),
        warning: Text::new("Warning"),
        caution: Text::new("Caution"),
        colon: Text::new(": "),
    },
};
