//! Values in a URL's query.

/// Percent-encodes a query value, but for these bytes. (By hand, as the usual crate slices strings, and with that come 8 KB of panic texts.)
pub fn push_encoded(target: &mut String, value: &str, but: &[u8]) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => target.push(char::from(byte)),
            _ if but.contains(&byte) => target.push(char::from(byte)),
            _ => {
                target.push('%');
                for digit in [byte >> 4, byte & 15] {
                    target.push(char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stand_as_they_are() {
        let mut target = String::from("?x=");
        push_encoded(&mut target, "aZ09-_.~/?&=+% 写", b"");
        assert_eq!(target, "?x=aZ09-_.~%2F%3F%26%3D%2B%25%20%E5%86%99");
        target.clear();
        push_encoded(&mut target, "a/ 写", b"/");
        assert_eq!(target, "a/%20%E5%86%99");
    }
}
