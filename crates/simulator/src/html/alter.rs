//! Changes that a stored article suffers for no reason, for faults.

use super::rewritten;
use super::scanner::Tag;

/// Returns the HTML with every `style` empty (article-html §2).
pub(crate) fn with_empty_styles(html: &str) -> String {
    rewritten(html, keep, |tag| {
        for (name, value) in &mut tag.attributes {
            if name == "style" {
                value.clear();
            }
        }
        true
    })
}

/// Returns the HTML without its first picture.
pub(crate) fn without_first_picture(html: &str) -> String {
    let mut found = false;
    rewritten(html, keep, |tag: &mut Tag| {
        let is_first = !found && tag.name == "img";
        found |= is_first;
        !is_first
    })
}

/// Returns the HTML with all its tags and the first half of its text.
pub(crate) fn with_half_of_the_text(html: &str) -> String {
    let mut length = 0;
    let _ = rewritten(html, |text, _| length += text.len(), |_| true);
    let mut left = length / 2;
    let half = |text: &str, out: &mut String| {
        let kept = text.get(..text.floor_char_boundary(left)).unwrap_or_default();
        out.push_str(kept);
        left = if kept.len() < text.len() { 0 } else { left - kept.len() };
    };
    rewritten(html, half, |_| true)
}

/// Returns the first half of a text, by characters.
pub(crate) fn cut_in_half(text: &str) -> String {
    text.chars().take(text.chars().count() / 2).collect()
}

fn keep(text: &str, out: &mut String) {
    out.push_str(text);
}
