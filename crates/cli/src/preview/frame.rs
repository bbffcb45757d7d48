//! The framed document: the article as WeChat shows it, with its head. It has no script, and may run none.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::choices::View;
use super::dark;
use super::preview_state::RenderedPreview;
use crate::article::loaded::Located;
use crate::error::Error;
use crate::texts::Texts;

/// The style around the article, which has none but its own. Notes take no room: the article stays where it is.
const STYLE: &str = "\
html{background:#fff;color:#1f2328}\
html.dark{background:#191919;color:#d8d8d8;color-scheme:dark}\
body{margin:0 auto;padding:20px 16px;overflow-wrap:break-word;\
font:17px/1.6 system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}\
body>h1{margin:0 0 12px;font-size:22px;line-height:1.4}\
body>p{margin:0 0 20px;font-size:15px;color:#5f6368}\
.dark body>p{color:#a0a0a0}\
#content img{max-width:100%}\
.note{display:none}\
@media (min-width:720px){body{width:677px;margin:0;padding:20px 0 20px 8px}}\
@media (min-width:900px){.note{display:block;position:absolute;left:700px;width:200px;max-height:6em;overflow:hidden;\
padding:4px 8px;border-left:3px solid #7a4b00;background:#fff7e6;color:#4a2f00;font-size:13px;line-height:1.5}\
.note:hover,.note:focus{max-height:none;z-index:1}}";

/// Makes the document of an article.
pub fn frame(preview: &RenderedPreview, findings: &[Located], view: View, texts: &Texts) -> Markup {
    let content = match view {
        View::Phone => preview.html.clone(),
        View::Desktop => with_notes(preview, findings, texts),
        View::Dark => dark::convert(&preview.html),
    };
    document(
        view,
        preview.title.as_deref().unwrap_or_default(),
        &html! {
            @if let Some(title) = &preview.title { h1 { (title) } }
            @if let Some(author) = &preview.author { p { (author) } }
            div #content { (PreEscaped(content)) }
        },
    )
}

/// Makes the document in place of an article that can't be shown.
pub fn failure(error: &Error) -> Markup {
    document(View::Phone, "", &html! { p { (error.message) } })
}

fn document(view: View, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html class=[(view == View::Dark).then_some("dark")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (content) }
        }
    }
}

/// Puts a note before each block that has findings.
fn with_notes(preview: &RenderedPreview, findings: &[Located], texts: &Texts) -> String {
    let mut notes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for note in &preview.article.rendered.notes {
        notes.entry(note.line).or_default().push(note.message.clone());
    }
    for left in &preview.article.pictures.not_read {
        if let Some(line) = left.line {
            let text = texts.missing_picture.with([&left.reference, &left.reason]);
            notes.entry(line).or_default().push(format!("{}: {text}", texts.error));
        }
    }
    for located in findings {
        if let Some(line) = located.line {
            let label = texts.severity(located.finding.severity).label;
            notes
                .entry(line)
                .or_default()
                .push(format!("{label}: {}", located.finding.message));
        }
    }
    preview.article.rendered.lines.insert(&preview.html, |first, next| {
        let lines = notes.range(first..next.max(first)).flat_map(|(_, messages)| messages);
        let messages: Vec<&str> = lines.map(String::as_str).collect();
        let note = html! { aside.note tabindex="0" { @for message in &messages { div { (message) } } } };
        (!messages.is_empty()).then(|| note.into_string())
    })
}
