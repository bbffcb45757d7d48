//! English.

use wechat_official_account_language::Text;

use super::Texts;

/// The table of English.
pub const TEXTS: Texts = Texts {
    tag: "en",

    html_needs_title: Text::new("an article of HTML has no title by itself: give it with --title"),
    no_title: Text::new(
        "{0} has no title: begin it with a heading of the first level, write `title` into its front matter, or give \
         --title",
    ),
    only_markdown: Text::new("{0} is for Markdown, in a file that ends in .md or .markdown"),
    only_article: Text::new(
        "{0} is for Markdown and HTML, in a file that ends in .md, .markdown, .html or .htm; ARTICLE.json has all \
         fields itself",
    ),
    no_room: Text::new("{0} makes {1} bytes of HTML, more than an instance has room for: put its pictures beside it"),
    unfit: Text::new("can't be used: {0}. {1}"),
    changed_picture: Text::new("{0} is changed to fit: {1}"),
    between: Text::new(" "),
    located: Text::new("{0}: {1}: {2}"),

    cover_is_address: Text::new(
        "the cover {0} is an address, and nothing is fetched: name a file beside the article or a media-id, or give \
         --cover or --cover-id",
    ),
    cover_not_found: Text::new(
        "the cover {0} {1}: name a file beside the article or the media-id of a permanent image, or give --cover or \
         --cover-id",
    ),
    cover_unfit: Text::new("the cover {0} {1}"),
    no_cover: Text::new(
        "no cover: the article has no picture that could become one. Write `cover` into the front matter, or give \
         --cover or --cover-id",
    ),
    missing_pictures: Text::new(
        "pictures that WeChat would drop: {0}; the first: {1} {2}. Nothing was sent; --allow-missing-pictures makes \
         the draft without them",
    ),
    missing_picture: Text::new("{0} {1}"),
    advice: Text::new("findings by WeChat's structure rules: {0}; `{1}` lists them"),
    nothing_found: Text::new("nothing found"),
    would_be_refused: Text::new("errors: {0}; `draft add` would refuse this"),
    nothing_sent: Text::new("nothing was sent (--dry-run)"),
    picture_columns: ["picture", "bytes", "pixels", ""],
    picture_cached: Text::new("uploaded before"),
    bytes: Text::new("{0}"),
    bytes_changed: Text::new("{0} → {1}"),
    label_title: "title",
    label_author: "author",
    label_digest: "digest",
    label_original: "original",
    label_comments: "comments",
    label_html: "HTML",
    html_bytes: Text::new("{0} bytes"),
    label_cover: "cover",
    cover_file: Text::new("{0} ({1} bytes)"),
    cover_cached: Text::new("{0} (stored before, {1})"),
    cover_first_picture: Text::new("the first picture"),

    would_publish: Text::new("publish {0}"),
    no_draft_made: Text::new("no draft was made ({0}, --allow-missing-pictures makes the draft all the same)"),
    no_draft_updated: Text::new(
        "the draft is as it was ({0}, --allow-missing-pictures replaces the article all the same)",
    ),
    html_stored: Text::new("{0} has the HTML with the new addresses"),
    html_not_stored: Text::new("`content prepare` or -o OUT keep the HTML with the new addresses"),
    cached_cover_gone: Text::new(
        "the cover's media-id came from {0}, and may have been deleted at WeChat. It is forgotten there: run the \
         command again, and the cover is stored anew",
    ),
    not_published_changed: Text::new(
        "the draft {0} is stored, but WeChat changed or dropped something, so that it is not published. Look at it; \
         `publish submit {0} --wait` publishes it as it is",
    ),
    not_published_unread: Text::new(
        "the draft {0} is stored, but can't be read back, so that it is not published. Look at it; `publish submit {0} \
         --wait` publishes it as it is",
    ),
    reading: Text::new("reading {0}"),

    cache_needs_server: Text::new(
        "--cache is of no use here: the simulator of this command ends with it, and so do its pictures. Give \
         --api-base or --live",
    ),
    cache_without_account: Text::new("the cache is not asked, as the account is not known"),
    cache_damaged: Text::new(
        "{0} is no cache of this program, or is damaged: {1}. Nothing was done and the file is as it was; give another \
         name, or delete it",
    ),
    cache_version: Text::new("version {0}"),
    cache_value: Text::new("a value has another form than WeChat's"),
    cache_unwritable: Text::new("cannot write the cache {0}: {1}"),

    cannot_listen: Text::new("cannot listen at 127.0.0.1:{0}: {1}"),
    preview_hint: Text::new("Ctrl-C ends the preview"),
    preview_not_article: Text::new("{0}: a preview shows Markdown (.md, .markdown) or HTML (.html, .htm)"),
    preview: "Preview",
    preview_of: Text::new("Preview: {0}"),
    count_of: Text::new("{0} ({1})"),
    view_phone: "Phone, 375 px",
    view_desktop: "Desktop, 677 px",
    view_dark: "Phone in dark mode",
    dark_note: "An approximation: colours are inverted in their lightness, and pictures stay. WeChat converts by its \
                own algorithm, which is not public here.",
    preview_note: "This is the HTML that draft add sends, apart from the addresses of pictures. What WeChat makes of \
                   it is seen in the draft only.",
    findings: "Findings",
    themes: "Themes",
    own_theme: "the article's own",
    line: Text::new("line {0}:"),
    no_cover_yet: "no cover",
    no_title_yet: "no title",
    digest_from_text: "(WeChat takes the digest from the beginning of the text)",
    cannot_render: "The article can't be shown",
    other_language: "中文",
    other_tag: "zh-CN",
    error: "error",
    warning: "warning",
    advice_label: "advice",
    note: "note",
    card: "In the list of articles",
};
