//! The pages of a tiff.

use std::io::Cursor;

use tiff::decoder::Decoder;
use tiff::tags::Tag;

/// The bit of `NewSubfileType` that tells a small copy of another page.
const SMALL_COPY: u32 = 1;

/// Returns whether a tiff has another page than its first one. A small copy of it, as cameras and programs add, is
/// none.
pub fn has_more(bytes: &[u8]) -> bool {
    let Ok(mut decoder) = Decoder::new(Cursor::new(bytes)) else {
        return false;
    };
    // The decoder refuses a page that comes twice, so this ends.
    while decoder.more_images() && decoder.next_image().is_ok() {
        let kind = decoder.find_tag_unsigned(Tag::NewSubfileType);
        let kind: u32 = kind.ok().flatten().unwrap_or_default();
        if kind & SMALL_COPY == 0 {
            return true;
        }
    }
    false
}
