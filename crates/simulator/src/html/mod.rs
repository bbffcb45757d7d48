//! The server's treatment of an article's HTML (wechat-api §17, article-html §2).
//!
//! The scanner is written for this crate: the plugin's own reader would make the plugin's mistakes, and hide them.
//! `docs/simulator.md` has the rows of article-html §2 one by one, and those that are not modelled.

mod address;
mod alter;
mod css;
mod elements;
mod entity;
mod links;
mod losses;
mod scanner;
mod served;
mod shown;
mod style;

use elements::{Elements, Fate};
use entity::decoded;
use scanner::{Piece, Scanner, Tag};

pub(crate) use address::Hosts;
pub(crate) use alter::{cut_in_half, with_empty_styles, with_half_of_the_text, without_first_picture};
pub(crate) use links::{has_links, has_preview_link, has_profile_link};
pub(crate) use losses::{Loss, LossKind, Losses, MARK};
pub(crate) use served::as_served;
pub(crate) use shown::with_pictures_at;

/// Elements that are removed with their content.
const REMOVED: [&str; 6] = ["script", "style", "iframe", "object", "video", "audio"];

/// Elements whose tags are removed and whose content stays.
const UNWRAPPED: [&str; 4] = ["form", "input", "embed", "link"];

/// Host of articles, the only one to which links may lead.
const ARTICLE_HOST: &str = "mp.weixin.qq.com";

/// Returns content as the server stores it. `hosts` are those whose pictures stay.
pub(crate) fn sanitise(html: &str, hosts: &Hosts) -> String {
    filtered(html, hosts, &mut None)
}

/// Returns content as the server stores it, with a mark wherever something was taken out, and the list of that.
pub(crate) fn marked(html: &str, hosts: &Hosts) -> (String, Losses) {
    let mut losses = Some(Losses::default());
    let marked = filtered(html, hosts, &mut losses);
    (marked, losses.unwrap_or_default())
}

fn filtered(html: &str, hosts: &Hosts, losses: &mut Option<Losses>) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut scanner = Scanner::of(html);
    let mut elements = Elements::default();
    while let Some(piece) = scanner.next() {
        let mut tag = match piece {
            Piece::Text(text) => {
                kept.push_str(text);
                continue;
            }
            Piece::Tag(tag) => tag,
            Piece::Nothing => continue,
        };
        if REMOVED.contains(&tag.name.as_str()) {
            if !tag.closing {
                scanner.skip_to_end_of(&tag.name);
                if let Some(losses) = losses {
                    losses.element(&tag);
                }
            }
        } else if tag.closing && tag.name != "br" {
            let stays = match elements.end(&tag.name) {
                Some(fate) => fate == Fate::Kept,
                // An end tag without its element is text to nobody: it stays, unless its start may have been removed.
                None => !matches!(tag.name.as_str(), "a" | "image" | "form"),
            };
            if stays && !elements.is_flat() {
                // Attributes of an end tag mean nothing.
                tag.attributes.clear();
                tag.write(&mut kept);
            }
        } else {
            // Browsers read `</br>` as `<br>`.
            tag.closing = false;
            elements.before(&tag.name);
            let sent = losses.is_some().then(|| tag.clone());
            let fate = fate_of(&mut tag, hosts);
            if !elements.is_flat() {
                if fate == Fate::Kept {
                    tag.write(&mut kept);
                }
                if let (Some(losses), Some(sent)) = (&mut *losses, sent) {
                    losses.tag(&sent, &tag, fate);
                }
            }
            elements.push(&tag.name, tag.empty, fate);
        }
        if let Some(losses) = losses
            && losses.are_waiting()
            && elements.allows_html()
        {
            losses.write_marks(&mut kept);
        }
    }
    if let Some(losses) = losses {
        losses.write_marks(&mut kept);
    }
    kept
}

/// Decides on a start tag, and removes those of its attributes and declarations that do not stay.
fn fate_of(tag: &mut Tag, hosts: &Hosts) -> Fate {
    if UNWRAPPED.contains(&tag.name.as_str()) {
        return Fate::Unwrapped;
    }
    if tag.attribute("style").is_some_and(style::has_quoted_address) {
        return Fate::Flattened;
    }
    let is_img = tag.name == "img";
    tag.attributes
        .retain(|(name, value)| is_harmless(name, &decoded(value)) && !(is_img && name == "width"));
    let stays = address::settle(tag, hosts)
        && (tag.name != "a"
            || tag
                .attribute("href")
                .is_none_or(|url| address::on_host(&decoded(url), ARTICLE_HOST)));
    for (name, value) in &mut tag.attributes {
        if name == "style" {
            *value = style::filtered(value, hosts);
        }
    }
    if stays { Fate::Kept } else { Fate::Unwrapped }
}

/// Returns whether an attribute may stay: no handler and no address of a script, and no id.
fn is_harmless(name: &str, value: &str) -> bool {
    let scheme: String = value
        .chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .take(11)
        .collect();
    !name.starts_with("on") && name != "id" && !scheme.eq_ignore_ascii_case("javascript:")
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

/// Returns the HTML with a change in each piece: a tag is changed in place, and goes if the function returns false.
fn rewritten(html: &str, mut text: impl FnMut(&str, &mut String), mut stays: impl FnMut(&mut Tag) -> bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut scanner = Scanner::of(html);
    while let Some(piece) = scanner.next() {
        match piece {
            Piece::Text(piece) => text(piece, &mut out),
            Piece::Nothing => {}
            Piece::Tag(mut tag) => {
                if stays(&mut tag) {
                    tag.write(&mut out);
                }
            }
        }
    }
    out
}
