//! `data:` URIs (<https://fetch.spec.whatwg.org/#data-urls>). By hand, as the crate `data-url` would add 12 KB to the component; tests
//! compare with it.

/// The data, or `None` where they are not well formed. What kind of data they say they are is not looked at.
pub fn decode(uri: &[u8]) -> Option<Vec<u8>> {
    let colon = uri.iter().position(|&byte| byte == b':')?;
    let comma = uri.iter().position(|&byte| byte == b',')?;
    let kind = uri.get(colon + 1..comma)?.trim_ascii();
    let data = percent_decode(uri.get(comma + 1..)?.trim_ascii_end());
    match kind.split_at_checked(kind.len().saturating_sub(BASE64.len())) {
        Some((before, last)) if last.eq_ignore_ascii_case(BASE64) && before.trim_ascii_end().ends_with(b";") => {
            base64_decode(data)
        }
        _ => Some(data),
    }
}

const BASE64: &[u8] = b"base64";

/// Up to a fragment, and without line breaks and tabs, which no URL has.
pub fn percent_decode(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'#' => break,
            b'\t' | b'\n' | b'\r' => {}
            b'%' => {
                let digit = |at: usize| text.get(at).and_then(|&digit| char::from(digit).to_digit(16));
                match (digit(at), digit(at + 1)) {
                    (Some(high), Some(low)) => {
                        decoded.push((high * 16 + low) as u8);
                        at += 2;
                    }
                    _ => decoded.push(byte),
                }
            }
            _ => decoded.push(byte),
        }
    }
    decoded
}

/// As <https://infra.spec.whatwg.org/#forgiving-base64-decode>: blanks mean nothing, and the padding may be missing. In place.
fn base64_decode(mut text: Vec<u8>) -> Option<Vec<u8>> {
    text.retain(|byte| !byte.is_ascii_whitespace());
    if text.len().is_multiple_of(4) {
        let padding = text.iter().rev().take(2).take_while(|&&byte| byte == b'=').count();
        text.truncate(text.len() - padding);
    }
    if text.len() % 4 == 1 {
        return None;
    }
    let mut bits = 0;
    let mut length = 0;
    for at in 0..text.len() {
        bits = bits << 6 | sextet(*text.get(at)?)?;
        // The first of four characters fills no byte.
        if at % 4 > 0 {
            *text.get_mut(length)? = (bits >> (6 - at % 4 * 2)) as u8;
            length += 1;
        }
    }
    text.truncate(length);
    Some(text)
}

/// The six bits that a character of base64 stands for.
fn sextet(character: u8) -> Option<u32> {
    let place = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(place.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_url::DataUrl;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// What the crate of the browser engine Servo makes of it.
    fn reference(uri: &str) -> Option<Vec<u8>> {
        let (data, _) = DataUrl::process(uri).ok()?.decode_to_vec().ok()?;
        Some(data)
    }

    #[test]
    fn data_are_read_as_browsers_read_them() {
        for (uri, data) in [
            ("data:,a%20b", Some(&b"a b"[..])),
            ("data:,a b%2", Some(b"a b%2")),
            ("data:,%zz%", Some(b"%zz%")),
            ("data:;base64,SGk=", Some(b"Hi")),
            ("DATA:image/png ; BASE64 ,SGk", Some(b"Hi")),
            ("data:text/plain;charset=utf-8;base64,SG\r\n k%3D", Some(b"Hi")),
            ("data:;base64,SGk=#x", Some(b"Hi")),
            ("data:;base64,", Some(b"")),
            ("data:base64,SGk=", Some(b"SGk=")),
            ("data:;base64,SGk*", None),
            ("data:;base64,S", None),
            ("data:;base64,SGk==", None),
            ("data:;base64,=", None),
            ("data:;base64", None),
            ("data:", None),
        ] {
            assert_eq!(decode(uri.as_bytes()).as_deref(), data, "{uri}");
            assert_eq!(reference(uri).as_deref(), data, "{uri}");
        }
    }

    proptest! {
        #[test]
        fn any_uri_is_read_as_browsers_read_it(
            kind in select(vec!["", "image/png", "text/plain;charset=x", "a;base64", ";base64 ", "; Base64", "base64", ";base64;x"]),
            data in vec(select(b"AZaz09+/==%2B3d \n\t#-_\x0C".to_vec()), 0..24),
        ) {
            let uri = format!("data:{kind},{}", String::from_utf8(data).unwrap());
            prop_assert_eq!(decode(uri.as_bytes()), reference(&uri), "{}", uri);
        }
    }
}
