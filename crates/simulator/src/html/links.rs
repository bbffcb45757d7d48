//! Links for which the server refuses an article.

use super::ARTICLE_HOST;
use super::entity::decoded;
use super::scanner::{Piece, Scanner};

/// Path of the page of an account (wechat-api §19.5, 40155).
const PROFILE: &str = "/mp/profile_ext";

/// The parameter of a draft's temporary link (wechat-api §11.3, article-html §2).
const PREVIEW_KEY: &str = "tempkey=";

/// Returns whether there is a hyperlink.
pub(crate) fn has_links(html: &str) -> bool {
    any_tag(html, |tag, _, _| tag == "a")
}

/// Returns whether a hyperlink leads to the page of an account.
pub(crate) fn has_profile_link(html: &str) -> bool {
    any_tag(html, |tag, attribute, value| {
        matches!(tag, "a" | "area") && matches!(attribute, "href" | "xlink:href") && is_profile(&decoded(value))
    })
}

/// Returns whether there is a preview link, in the text or in an attribute.
pub(crate) fn has_preview_link(html: &str) -> bool {
    let mut scanner = Scanner::of(html);
    while let Some(piece) = scanner.next() {
        let found = match piece {
            Piece::Text(text) => names_preview(text),
            Piece::Tag(tag) => tag.attributes.iter().any(|(_, value)| names_preview(value)),
            Piece::Nothing => false,
        };
        if found {
            return true;
        }
    }
    false
}

fn any_tag(html: &str, wanted: impl Fn(&str, &str, &str) -> bool) -> bool {
    let mut scanner = Scanner::of(html);
    while let Some(piece) = scanner.next() {
        let Piece::Tag(tag) = piece else { continue };
        let attributes = tag.attributes.iter();
        let mut pairs = attributes.map(|(name, value)| (name.as_str(), value.as_str()));
        // A tag without attributes is asked about once.
        if wanted(&tag.name, "", "") || pairs.any(|(name, value)| wanted(&tag.name, name, value)) {
            return true;
        }
    }
    false
}

/// Returns whether text names a draft's temporary link: the host and the parameter in one run without white space.
fn names_preview(text: &str) -> bool {
    let text = decoded(text);
    text.contains(PREVIEW_KEY)
        && text.split_whitespace().any(|run| {
            let host = run.to_ascii_lowercase().find(ARTICLE_HOST);
            host.is_some_and(|host| run.get(host..).is_some_and(|rest| rest.contains(PREVIEW_KEY)))
        })
}

/// Returns whether a link leads to the page of an account, in any form that a browser would follow.
fn is_profile(url: &str) -> bool {
    let url: String = url.trim().chars().filter(|character| !character.is_control()).collect();
    let rest = url.to_ascii_lowercase().replace('\\', "/");
    let rest = ["https:", "http:", ""]
        .iter()
        .find_map(|scheme| rest.strip_prefix(scheme));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix("//")) else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    host == ARTICLE_HOST
        && path
            .strip_prefix(PROFILE)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}
