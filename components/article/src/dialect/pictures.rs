//! Pictures as Obsidian and Typora write them, which the parser takes for text, and the sizes of pictures.

use std::ops::Range;

use super::{Reader, beginning, split_at_bar};
use crate::findings::excerpt;

/// The ends of names of pictures.
const PICTURES: [&str; 11] = [
    "avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
];

impl Reader<'_, '_> {
    /// Finds pictures that the parser takes for text.
    pub(super) fn pictures(&mut self, segment: &Range<usize>) {
        let text = self.part(segment.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find("![")) {
            let start = at + found;
            at = start + 2;
            let rest = beginning(text.get(at..).unwrap_or_default());
            let length = match rest.strip_prefix('[') {
                Some(inner) => self.embedded(segment.start + start, inner),
                None => self.picture(segment.start + start, rest),
            };
            at += length;
        }
    }

    /// Reads a picture as Obsidian writes it, after `![[`. Returns the length of what was read.
    fn embedded(&mut self, start: usize, inner: &str) -> usize {
        let Some((name, _)) = inner.split_once("]]").filter(|(name, _)| !name.contains('[')) else {
            return 0;
        };
        let (file, option) = split_at_bar(name).unwrap_or((name, ""));
        let end = start + "![[]]".len() + name.len();
        let (file, option) = (file.trim(), option.trim());
        if !is_picture(file) {
            let source = excerpt(self.part(start..end));
            self.tell(start, |texts| texts.picture_unread.with([&source]));
            return "[]]".len() + name.len();
        }
        let alternative = match width_of(option) {
            Some(width) => {
                self.widths.push((start, width));
                ""
            }
            None => option,
        };
        let picture = format!("![{alternative}](<{file}>)");
        self.edits.push((start..end, picture));
        "[]]".len() + name.len()
    }

    /// Reads a picture whose address has spaces or a size, after `![`. Returns the length of what was read.
    fn picture(&mut self, start: usize, rest: &str) -> usize {
        let Some(alternative) = rest.find(['[', ']']) else {
            return 0;
        };
        let Some(inner) = rest.get(alternative..).and_then(|rest| rest.strip_prefix("](")) else {
            return 0;
        };
        let Some(length) = closing(inner) else { return 0 };
        let from = start + "![](".len() + alternative;
        let address = inner.get(..length).unwrap_or_default();
        let (path, size) = match address.rsplit_once(" =") {
            Some((path, size)) if is_size(size) => (path, Some(size)),
            _ => (address, None),
        };
        let path = path.trim();
        let (path, title) = match path.find(" \"").filter(|_| path.ends_with('"')) {
            Some(at) => path.split_at_checked(at).unwrap_or((path, "")),
            None => (path, ""),
        };
        let path = path.trim_end();
        if (is_picture(path) || size.is_some()) && !path.is_empty() {
            if let Some(width) = size.and_then(width_of) {
                self.widths.push((start, width));
            }
            self.edits.push((from..from + length, format!("<{path}>{title}")));
        } else {
            let source = excerpt(self.part(start..from + length + 1));
            self.tell(start, |texts| texts.picture_unread.with([&source]));
        }
        alternative + "](".len() + length
    }
}

/// Returns the place of the bracket that closes one before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'<' | b'>' | b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Returns whether a path names a picture.
pub fn is_picture(path: &str) -> bool {
    let is_known = |(_, end): (&str, &str)| PICTURES.iter().any(|known| end.eq_ignore_ascii_case(known));
    path.rsplit_once('.').is_some_and(is_known) && !path.contains(['<', '>', '\n'])
}

/// Returns whether a text is a size, such as `100x200`, `100x`, `x200` or `50%`.
fn is_size(text: &str) -> bool {
    let is_of_size = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'x' | b'*' | b'%');
    !text.is_empty() && text.bytes().all(is_of_size)
}

/// Splits an alternative text from the size that Obsidian writes into it: `text|300`, `|300x200`, `300x200`. Returns
/// the text, and the declaration of the width.
pub fn size_of_alternative(alternative: &str) -> (&str, Option<String>) {
    // A number alone may be a caption.
    let is_all = |(width, height): (&str, &str)| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number(width) && is_number(height)
    };
    let (text, size) = match alternative.rsplit_once('|') {
        Some((text, size)) => (text.trim_end(), size.trim()),
        None if alternative.split_once('x').is_some_and(is_all) => ("", alternative),
        None => return (alternative, None),
    };
    match width_of(size).filter(|width| width.ends_with("px")) {
        Some(width) => (text, Some(width)),
        None => (alternative, None),
    }
}

/// Returns the declaration of the width that a size has.
fn width_of(size: &str) -> Option<String> {
    let width = size.split(['x', '*']).next().filter(|_| is_size(size))?;
    let (number, unit) = width.strip_suffix('%').map_or((width, "px"), |number| (number, "%"));
    let number: u16 = number.parse().ok().filter(|number| *number > 0)?;
    Some(format!("width:{number}{unit}"))
}
