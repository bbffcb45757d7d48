//! The page: the article's card, its views, and the findings.

use maud::{DOCTYPE, Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wechat_official_account_article as article;

use super::choices::Choices;
use super::preview_state::{PreviewState, RenderedPreview};
use crate::article::loaded::Located;
use crate::article::source::Kind;
use crate::error::Error;
use crate::texts::Texts;

/// Makes the page of an article.
pub fn page(
    state: &PreviewState,
    preview: &RenderedPreview,
    findings: &[Located],
    choices: &Choices,
    version: u64,
    texts: &Texts,
) -> Markup {
    let frame = |view: &str| format!("/article?view={view}{}{}", theme_of(choices), lang_of(choices));
    let notes = &preview.article.rendered.notes;
    let not_read = &preview.article.pictures.not_read;
    let cover_failure = preview.cover.as_ref().err();
    let count = findings.len() + notes.len() + not_read.len() + usize::from(cover_failure.is_some());
    let content = html! {
        section aria-labelledby="card" {
            h2 #card { (texts.card) }
            (card(preview, texts))
        }
        div.views {
            section.view aria-labelledby="phone" {
                h2 #phone { (texts.view_phone) }
                iframe.phone sandbox="" title=(texts.view_phone) src=(frame("light")) {}
            }
            section.view aria-labelledby="desktop" {
                h2 #desktop { (texts.view_desktop) }
                iframe.desktop sandbox="" title=(texts.view_desktop) src=(frame("desktop")) {}
            }
            section.view aria-labelledby="dark" {
                h2 #dark { (texts.view_dark) }
                iframe.phone.dark sandbox="" title=(texts.view_dark) src=(frame("dark")) {}
                p.soft { (texts.dark_note) }
            }
        }
        section aria-labelledby="findings" {
            h2 #findings { (texts.count_of.with([&texts.findings, &count])) }
            @if count == 0 { p { (texts.nothing_found.as_str()) } }
            ul.findings {
                @for note in notes {
                    li.warning {
                        b { (texts.note) } " " (texts.line.with([&note.line])) " " (note.message)
                    }
                }
                @if let Some(failure) = cover_failure {
                    li.error { b { (texts.error) } " " (failure.message) }
                }
                @for left in not_read {
                    li.error {
                        b { (texts.error) } " "
                        @if let Some(line) = left.line { (texts.line.with([&line])) " " }
                        code { (left.reference) } " " (left.reason)
                    }
                }
                @for located in findings {
                    (finding(state, located, preview, texts))
                }
            }
            p.soft { (texts.preview_note) }
        }
    };
    let title = preview.title.as_deref().unwrap_or(texts.preview);
    document(state, title, choices, version, texts, content)
}

/// Makes the page of an article that can't be shown.
pub fn failure(state: &PreviewState, error: &Error, choices: &Choices, version: u64, texts: &Texts) -> Markup {
    let content = html! {
        section {
            h2 { (texts.cannot_render) }
            ul.findings {
                li.error role="alert" { b { (texts.error) } " " (error.message) }
                @for (label, detail) in error.details() {
                    li { (label) ": " (detail) }
                }
            }
        }
    };
    document(state, texts.preview, choices, version, texts, content)
}

fn document(
    state: &PreviewState,
    title: &str,
    choices: &Choices,
    version: u64,
    texts: &Texts,
    content: Markup,
) -> Markup {
    let lang = lang_of(choices);
    let own = choices.theme.is_none();
    html! {
        (DOCTYPE)
        html lang=(texts.tag) data-version=(version) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (texts.preview) }
                link rel="stylesheet" href="/preview.css";
                link rel="icon" href="data:,";
                script src="/preview.js" defer {}
            }
            body {
                header {
                    h1 { (texts.preview_of.with([&state.path.display()])) }
                    @if state.kind == Kind::Markdown {
                        nav aria-label=(texts.themes) {
                            ul {
                                li { (texts.themes) }
                                li {
                                    a href={ "/?" (lang.trim_start_matches('&')) }
                                        aria-current=[own.then_some("page")] { (texts.own_theme) }
                                }
                                @for name in article::themes() {
                                    @let current = choices.theme.as_ref() == Some(&name);
                                    li {
                                        a href={ "/?theme=" (encoded(&name)) (lang) }
                                            aria-current=[current.then_some("page")] { (name) }
                                    }
                                }
                            }
                        }
                    }
                    @let other = texts.other_tag;
                    a href={ "/?lang=" (other) (theme_of(choices)) } lang=(other) hreflang=(other) {
                        (texts.other_language)
                    }
                }
                main { (content) }
            }
        }
    }
}

/// The article in a list of articles: the cover, the title and the digest.
fn card(preview: &RenderedPreview, texts: &Texts) -> Markup {
    html! {
        div.card {
            @match &preview.cover {
                Ok(Some(cover)) => { img.cover src=(cover) alt=""; }
                Ok(None) | Err(_) => { div.cover.none { (texts.no_cover_yet) } }
            }
            div {
                h2 { (preview.title.as_deref().unwrap_or(texts.no_title_yet)) }
                @if let Some(author) = &preview.author { p.soft { (author) } }
                p.soft { (preview.digest.as_deref().unwrap_or(texts.digest_from_text)) }
            }
        }
    }
}

fn finding(state: &PreviewState, located: &Located, preview: &RenderedPreview, texts: &Texts) -> Markup {
    let severity = texts.severity(located.finding.severity);
    let paragraph = located.line.and_then(|line| {
        preview
            .article
            .source
            .text
            .lines()
            .nth((line as usize).saturating_sub(1))
    });
    // HTML is listed by its tags, which say more than its lines.
    let paragraph = paragraph.filter(|_| state.kind == Kind::Markdown);
    html! {
        li class=(severity.class) {
            b { (severity.label) } " "
            @if let Some(line) = located.line { (texts.line.with([&line])) " " }
            (located.finding.message)
            @if let Some(element) = &located.finding.element { " " code { (element) } }
            @if let Some(paragraph) = paragraph { blockquote { (paragraph) } }
        }
    }
}

/// The choice of a theme, as the end of an address.
fn theme_of(choices: &Choices) -> String {
    let theme = choices.theme.as_deref();
    theme
        .map(|name| format!("&theme={}", encoded(name)))
        .unwrap_or_default()
}

/// The choice of a language, as the end of an address.
fn lang_of(choices: &Choices) -> String {
    let lang = choices.lang.as_deref();
    lang.map(|lang| format!("&lang={}", encoded(lang))).unwrap_or_default()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
