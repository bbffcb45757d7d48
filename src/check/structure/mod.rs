//! The structure rules of WeChat's website editor, as far as the text of an article can break them (article-html §1).
//! `docs/article-rules.md` has each with its limits and an example.
//!
//! One walk over the tags keeps the open elements. Each rule has its own part of an open element: it takes a part from
//! the element around it, and gives a part back when the element ends. So the time is linear in the text, and the
//! memory is that of the open elements and of the places that are listed.

mod advice;
mod align;
mod animation;
mod caret;
mod color;
mod element;
mod font;
mod height;
mod leaf;
mod lines;
mod name;
mod nesting;
mod opacity;
mod order;
mod paint;
mod picture_width;
mod pre;
mod style;
mod text;
mod tree;
mod value;
mod walk;
mod width;

#[cfg(test)]
mod tests;

use super::report::Report;

/// Adds advice on each place in the HTML of news that breaks a structure rule.
pub fn check(report: &mut Report, html: &str) {
    walk::walk(html, report);
}
