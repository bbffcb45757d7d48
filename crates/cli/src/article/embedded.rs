//! Pictures that stand in an article's HTML itself, as `data:` URIs. They become files like those beside it, so that
//! they are made to fit, refused before anything is sent, and known to the cache.

use std::collections::BTreeSet;
use std::mem;

use data_url::DataUrl;

use super::addresses;
use super::attributes;
use crate::data_uris::is_data;

/// A picture, and its address in the HTML.
pub struct Embedded {
    /// The whole `data:` URI.
    pub address: String,
    /// A name for it, which the HTML has nowhere.
    pub name: String,
    /// The picture as it stands there, if it can be decoded.
    pub bytes: Option<Vec<u8>>,
}

/// Returns the pictures that `data:` URIs in the HTML are, each once. The names are none of those that are taken.
pub fn find<'a>(html: &'a str, taken: impl Iterator<Item = &'a str>) -> Vec<Embedded> {
    let prefix = format!(
        "{WORD}{}",
        "-".repeat(1 + taken.chain([html]).map(dashes).max().unwrap_or(0))
    );
    let named = (1..).zip(addresses(html)).map(|(number, address)| {
        let (extension, bytes) = match decode(&address) {
            Some((extension, bytes)) => (extension, Some(bytes)),
            None => ("data".to_owned(), None),
        };
        Embedded {
            // Without the dot, it would be no address where scripts look for one (see `content` in the contract).
            name: format!("{prefix}{number}.{extension}"),
            address,
            bytes,
        }
    });
    named.collect()
}

/// The word that names begin with.
const WORD: &str = "embedded";

/// Returns the largest number of dashes after the word.
fn dashes(text: &str) -> usize {
    let runs = text.match_indices(WORD).map(|(at, word)| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        after.bytes().take_while(|byte| *byte == b'-').count()
    });
    runs.max().unwrap_or(0)
}

/// Returns the extension of a picture's type and its bytes, if it can be decoded.
pub fn decode(address: &str) -> Option<(String, Vec<u8>)> {
    let data = DataUrl::process(address).ok()?;
    let (bytes, _) = data.decode_to_vec().ok()?;
    let subtype = &data.mime_type().subtype;
    let is_extension = !subtype.is_empty() && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let extension = if is_extension { subtype.as_str() } else { "data" };
    Some((extension.to_owned(), bytes))
}

/// Returns the `data:` URIs, each once. One in an `img` after a `source` is left to the component, which may choose
/// another address of that picture.
fn addresses(html: &str) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let (mut is_after_source, mut left) = (false, None);
    attributes::visit(html, |attribute| {
        // Those of sounds and films have a `src` alone.
        is_after_source |= attribute.tag == "source" && attribute.name.ends_with("srcset");
        if matches!(attribute.tag, "img" | "image") && mem::take(&mut is_after_source) {
            left = Some(attribute.tag_start);
        }
        if left == Some(attribute.tag_start) {
            return;
        }
        addresses::visit(attribute, |address| {
            if is_data(address) && seen.insert(address.to_owned()) {
                found.push(address.to_owned());
            }
        });
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(String, String, Option<Vec<u8>>)> {
        let found = find(html, ["a.png", "embedded--1.gif"].into_iter()).into_iter();
        found
            .map(|picture| (picture.address, picture.name, picture.bytes))
            .collect()
    }

    #[test]
    fn a_picture_has_its_bytes_and_a_name_that_stands_nowhere() {
        let picture = |address: &str, name: &str, bytes: Option<&[u8]>| {
            (address.to_owned(), name.to_owned(), bytes.map(<[u8]>::to_vec))
        };
        let html = "<img src='data:image/png;base64,AQI='><img src='data:x'><img src='data:image/svg+xml,a%20b'>";
        let expected = [
            picture("data:image/png;base64,AQI=", "embedded---1.png", Some(b"\x01\x02")),
            picture("data:x", "embedded---2.data", None),
            picture("data:image/svg+xml,a%20b", "embedded---3.data", Some(b"a b")),
        ];
        assert_eq!(found(html), expected);
        let html = "<img src='data:image/gif,a'><p>embedded- embedded----1.gif embedded</p>";
        assert_eq!(
            found(html),
            [picture("data:image/gif,a", "embedded-----1.gif", Some(b"a"))]
        );
    }

    #[test]
    fn data_that_is_a_picture_is_found() {
        let html = "<img src='DATA:a'><img src=data:a&amp;b alt=x><img src=data:a&amp;b><image src=data:d data-src='' \
                    file=x><p style='background:url(data:e)'><image href=data:f><img data-src=data:g><img src=a.png>\
                    <a href=data:x></a>";
        let expected = ["DATA:a", "data:a&b", "data:d", "data:e", "data:f", "data:g"];
        assert_eq!(addresses(html), expected);
        let html = "<img src=data:b srcset='c.png 2x'><img src=data:c data-src=c.png><img src=data:d data-srcset=d.png>\
                    <picture><source srcset=g.png><img src=data:g></picture><img src=data:h>\
                    <audio><source src=a.mp3></audio><section data-src=data:i></section><img src=data:j>";
        assert_eq!(addresses(html), ["data:h", "data:j"]);
    }
}
