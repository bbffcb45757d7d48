//! The server's treatment of an article's HTML (wechat-api §17, article-html §2).
//!
//! The scanner is written for this crate: the plugin's own reader would make the plugin's mistakes, and hide them.

mod address;
mod css;
mod entity;
mod scanner;

use address::on_host;
use entity::decoded;
use scanner::{Piece, Scanner};

/// Elements that are removed with their content.
const REMOVED: [&str; 6] = ["script", "style", "iframe", "object", "video", "audio"];

/// Elements whose tags are removed and whose content stays.
const UNWRAPPED: [&str; 4] = ["form", "input", "embed", "link"];

/// Attributes that are removed, beside those that begin with `on`.
const ATTRIBUTES: [&str; 2] = ["class", "id"];

/// Host of articles, the only one to which links may lead.
const ARTICLE_HOST: &str = "mp.weixin.qq.com";

/// Returns content as the server stores it.
pub(crate) fn sanitise(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut scanner = Scanner::of(html);
    // Links and pictures whose end tag has not come yet, and whether their tags are kept.
    let mut open: Vec<(String, bool)> = Vec::new();
    while let Some(piece) = scanner.next() {
        let mut tag = match piece {
            Piece::Text(text) => {
                kept.push_str(text);
                continue;
            }
            Piece::Tag(tag) => tag,
            Piece::Nothing => continue,
        };
        let name = tag.name.as_str();
        if REMOVED.contains(&name) {
            if !tag.closing {
                scanner.skip_to_end_of(name);
            }
            continue;
        }
        if UNWRAPPED.contains(&name) {
            continue;
        }
        tag.attributes
            .retain(|(name, value)| is_harmless(name, &decoded(value)) && address::background_stays(name, value));
        let keep = match name {
            "a" | "image" if tag.closing => {
                let index = open.iter().rposition(|(opened, _)| opened == name);
                index.is_some_and(|index| open.remove(index).1)
            }
            "a" => tag
                .attribute("href")
                .is_none_or(|url| on_host(&decoded(url), ARTICLE_HOST)),
            _ => address::pictures_stay(&tag),
        };
        if matches!(name, "a" | "image") && !tag.closing && !tag.empty {
            open.push((name.to_owned(), keep));
        }
        if keep {
            for (name, value) in &mut tag.attributes {
                if name == "style" {
                    *value = filtered(value);
                }
            }
            tag.write(&mut kept);
        }
    }
    kept
}

/// Returns content as replies have it: a script loads the images, from another address.
pub(crate) fn as_served(html: &str) -> String {
    let mut served = String::with_capacity(html.len());
    let mut scanner = Scanner::of(html);
    while let Some(piece) = scanner.next() {
        match piece {
            Piece::Text(text) => served.push_str(text),
            Piece::Nothing => {}
            Piece::Tag(mut tag) => {
                if tag.name == "img" {
                    if tag.attribute("src").is_some() {
                        tag.attributes.retain(|(name, _)| name != "data-src");
                    }
                    for (name, value) in &mut tag.attributes {
                        if name == "src" {
                            *name = "data-src".to_owned();
                            *value = resized(value);
                        }
                    }
                    let added = [("data-ratio", "1"), ("data-w", "640")];
                    let added = added.map(|(name, value)| (name.to_owned(), value.to_owned()));
                    tag.attributes.extend(added);
                }
                tag.write(&mut served);
            }
        }
    }
    served
}

/// Returns the text without tags.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut scanner = Scanner::of(html);
    while let Some(piece) = scanner.next() {
        if let Piece::Text(piece) = piece {
            text.push_str(piece);
        }
    }
    let text = decoded(&text).replace('\u{a0}', " ");
    text.trim().to_owned()
}

/// Returns whether there is a hyperlink.
pub(crate) fn has_links(html: &str) -> bool {
    let mut scanner = Scanner::of(html);
    while let Some(piece) = scanner.next() {
        if matches!(piece, Piece::Tag(tag) if tag.name == "a") {
            return true;
        }
    }
    false
}

/// Returns whether an attribute may stay, as far as scripts go.
fn is_harmless(name: &str, value: &str) -> bool {
    let scheme: String = value
        .chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .take(11)
        .collect();
    !name.starts_with("on") && !ATTRIBUTES.contains(&name) && !scheme.eq_ignore_ascii_case("javascript:")
}

/// Returns inline style without positions and without pictures on other hosts. Style that has neither is not changed.
fn filtered(style: &str) -> String {
    let text = decoded(style);
    let all = css::declarations(&text);
    let kept: Vec<&str> = all
        .iter()
        .copied()
        .filter(|declaration| declaration_stays(declaration))
        .collect();
    if kept.len() == all.len() {
        return style.to_owned();
    }
    kept.join(";").replace('&', "&amp;")
}

fn declaration_stays(declaration: &str) -> bool {
    let name = declaration.split(':').next().unwrap_or_default();
    !name.trim().eq_ignore_ascii_case("position") && address::background_image_stays(declaration)
}

/// Returns the address of the size that articles show.
fn resized(url: &str) -> String {
    let url = url.replace("/0?", "/640?");
    if url.contains("from=appmsg") {
        url
    } else {
        format!("{url}{}from=appmsg", if url.contains('?') { '&' } else { '?' })
    }
}
