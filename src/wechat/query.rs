//! Values in a URL's query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Characters that are encoded: all but the unreserved ones of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A byte has at most as many characters in a query.
pub const ENCODED: usize = 3;

/// Percent-encodes a value in place, without a buffer of its own: the value may be a token.
pub fn push_encoded(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, VALUE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stand_as_they_are() {
        let mut target = String::from("?x=");
        push_encoded(&mut target, "aZ09-_.~/?&=+% 写");
        assert_eq!(target, "?x=aZ09-_.~%2F%3F%26%3D%2B%25%20%E5%86%99");
    }

    #[test]
    fn a_target_with_room_does_not_grow() {
        let value = "写/".repeat(100);
        let mut target = String::with_capacity(value.len() * ENCODED);
        let before = target.as_ptr();
        push_encoded(&mut target, &value);
        assert_eq!((target.as_ptr(), target.len()), (before, target.capacity()));
    }
}
