//! Inline style: the declarations that stay, and the style that costs its element (article-html §2).

use super::address::{Hosts, background_image_stays};
use super::css;
use super::entity::decoded;

/// Properties whose declarations are removed.
const PROPERTIES: [&str; 3] = ["position", "text-decoration-thickness", "text-underline-offset"];

/// Functions whose declarations are removed.
const FUNCTIONS: [&str; 2] = ["calc", "var"];

/// Returns whether a `url()` has quotes inside. Such a style drops the element.
pub(crate) fn has_quoted_address(style: &str) -> bool {
    css::addresses(&decoded(style)).iter().any(|address| address.quoted)
}

/// Returns inline style without the declarations that the server removes. Style that has none is not changed.
pub(crate) fn filtered(style: &str, hosts: &Hosts) -> String {
    let text = decoded(style);
    let all = css::declarations(&text);
    let kept: Vec<&str> = all
        .iter()
        .copied()
        .filter(|declaration| stays(declaration, hosts))
        .collect();
    if kept.len() == all.len() {
        return style.to_owned();
    }
    kept.join(";").replace('&', "&amp;")
}

fn stays(declaration: &str, hosts: &Hosts) -> bool {
    let functions = css::functions(declaration);
    !PROPERTIES.contains(&css::property(declaration).as_str())
        && !functions.iter().any(|name| FUNCTIONS.contains(&name.as_str()))
        && background_image_stays(declaration, hosts)
}
