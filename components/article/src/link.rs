//! Links: those to WeChat's articles stay, others become references.

use crate::findings::excerpt;
use crate::style;
use crate::theme::Role;
use crate::writer::ArticleWriter;

/// The place that a link leads to.
#[derive(Debug, PartialEq)]
pub enum Target {
    /// An article of WeChat's. Only these links stay (wechat-api §17).
    Article,
    /// Another address.
    Elsewhere,
    /// A place in the article itself.
    InPage,
    /// Something that is no full address.
    Relative,
}

/// Returns the place that an address leads to.
pub fn target_of(address: &str) -> Target {
    let address = address.trim();
    if address.starts_with('#') {
        return Target::InPage;
    }
    let (scheme, rest) = match address.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ if address.starts_with("//") => ("https".to_owned(), address),
        _ => return Target::Relative,
    };
    match (&*scheme, rest.strip_prefix("//")) {
        ("http" | "https", Some(rest)) => {
            let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
            if host.eq_ignore_ascii_case("mp.weixin.qq.com") {
                Target::Article
            } else {
                Target::Elsewhere
            }
        }
        ("javascript" | "vbscript" | "data" | "file", _) => Target::Relative,
        _ => Target::Elsewhere,
    }
}

fn is_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Opens a link, and returns whether it becomes a reference.
pub fn begin(writer: &mut ArticleWriter, address: &str) -> bool {
    writer.begin_inline();
    let target = target_of(address);
    if target == Target::Article {
        open_anchor(writer, address, "");
        writer.begin("</a>");
        return false;
    }
    writer.begin("");
    begin_reference(writer, address, &target)
}

/// Begins the reference that a link to elsewhere becomes, or tells that a link has no place to lead to.
pub fn begin_reference(writer: &mut ArticleWriter, address: &str, target: &Target) -> bool {
    if *target == Target::Elsewhere {
        writer.begin_link(address);
        return true;
    }
    // Without an address it is a place that links lead to, or not written yet.
    if address.is_empty() {
        return false;
    }
    let address = excerpt(address);
    writer.findings.add(writer.line, |texts| match target {
        Target::InPage => texts.link_in_page.with([&address]),
        _ => texts.link_relative.with([&address]),
    });
    false
}

/// Writes the tag of a link that stays, with these declarations of the author's.
pub fn open_anchor(writer: &mut ArticleWriter, address: &str, own: &str) {
    // A heading has colours of its own.
    let style = match writer.inline.headings {
        0 => style::join(writer.theme.style(Role::Link), own),
        _ => own.to_owned(),
    };
    writer.html.raw("<a href=\"");
    writer.html.text(address);
    writer.html.raw("\"");
    if !style.is_empty() {
        writer.html.raw(&format!(" style=\"{style}\""));
    }
    writer.html.raw(">");
}

/// Closes a link, which may have become a reference.
pub fn end(writer: &mut ArticleWriter, is_reference: bool) {
    writer.end();
    if is_reference {
        writer.end_link();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_articles_of_wechat_stay_links() {
        for (address, target) in [
            ("https://mp.weixin.qq.com/s/abc", Target::Article),
            ("HTTP://MP.weixin.qq.com?x", Target::Article),
            ("//mp.weixin.qq.com/s/abc", Target::Article),
            ("https://mp.weixin.qq.com.example.com/s", Target::Elsewhere),
            ("https://mp.weixin.qq.com@example.com/s", Target::Elsewhere),
            ("https://example.com/?a=https://mp.weixin.qq.com/", Target::Elsewhere),
            ("mailto:a@example.com", Target::Elsewhere),
            ("#top", Target::InPage),
            ("other.md", Target::Relative),
            ("/a:b", Target::Relative),
            ("", Target::Relative),
            ("javascript:alert(1)", Target::Relative),
        ] {
            assert_eq!(target_of(address), target, "{address}");
        }
    }
}
