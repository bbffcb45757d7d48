//! `data:` URIs (<https://fetch.spec.whatwg.org/#data-urls>). The property below compares them with the crate
//! `data-url`.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64 as browsers take it (<https://infra.spec.whatwg.org/#forgiving-base64-decode>), after the blanks and the
/// padding are gone: bits that fill no byte may be anything.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Returns the data, or `None` if the URI is not well formed. Ignores the media type.
pub fn decode(uri: &str) -> Option<Vec<u8>> {
    let (head, data) = uri.split_once(',')?;
    let (_, media_type) = head.split_once(':')?;
    let data = percent_decode(data.trim_ascii_end());
    if is_base64(media_type.trim_ascii()) {
        base64_decode(data)
    } else {
        Some(data)
    }
}

/// Returns whether a media type ends with `;base64`.
fn is_base64(media_type: &str) -> bool {
    let Some((_, last)) = media_type.rsplit_once(';') else {
        return false;
    };
    last.trim_ascii_start().eq_ignore_ascii_case("base64")
}

/// Decodes a part of a URL up to its fragment. Leaves out line breaks and tabs, which no URL has.
pub fn percent_decode(text: &str) -> Vec<u8> {
    let before_fragment = text.split('#').next().unwrap_or_default();
    let mut decoded = Vec::with_capacity(before_fragment.len());
    for part in before_fragment.split(['\t', '\n', '\r']) {
        decoded.extend_from_slice(&Cow::from(percent_encoding::percent_decode_str(part)));
    }
    decoded
}

fn base64_decode(mut text: Vec<u8>) -> Option<Vec<u8>> {
    text.retain(|byte| !byte.is_ascii_whitespace());
    if text.len().is_multiple_of(4) {
        let padding = text.iter().rev().take(2).take_while(|&&byte| byte == b'=').count();
        text.truncate(text.len() - padding);
    }
    FORGIVING.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use data_url::DataUrl;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Returns the data as the crate of the browser engine Servo reads them.
    fn reference(uri: &str) -> Option<Vec<u8>> {
        let (data, _) = DataUrl::process(uri).ok()?.decode_to_vec().ok()?;
        Some(data)
    }

    #[test]
    fn data_uris_are_read_as_browsers_read_them() {
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
            assert_eq!(decode(uri).as_deref(), data, "{uri}");
            assert_eq!(reference(uri).as_deref(), data, "{uri}");
        }
    }

    const MEDIA_TYPES: &[&str] = &[
        "",
        "image/png",
        "text/plain;charset=x",
        "a;base64",
        ";base64 ",
        "; Base64",
        "base64",
        ";base64;x",
    ];

    proptest! {
        #[test]
        fn any_uri_is_read_as_browsers_read_it(
            kind in select(MEDIA_TYPES),
            data in vec(select(b"AZaz09+/==%2B3d \n\t#-_\x0C".to_vec()), 0..24),
        ) {
            let uri = format!("data:{kind},{}", String::from_utf8(data).unwrap());
            prop_assert_eq!(decode(&uri), reference(&uri), "{}", uri);
        }
    }
}
