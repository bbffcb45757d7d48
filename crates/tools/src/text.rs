//! Texts of callers inside errors.

/// The most of a caller's own words that an error repeats, in characters: they may be a whole article.
const LONGEST_QUOTATION: usize = 200;

/// Returns the beginning of a text.
#[must_use]
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTATION) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
