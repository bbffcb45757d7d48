//! Pictures that stand in an article's HTML itself, as `data:` URIs. They become files like those beside it, so that
//! they are made to fit, refused before anything is sent, and known to the cache.

use data_url::DataUrl;
use wechat_official_account_host::types::File;

use super::addresses;

/// A picture, and its address in the HTML.
pub struct Embedded {
    /// The whole `data:` URI.
    pub address: String,
    /// The picture as it stands there, with a name that the HTML has nowhere.
    pub file: File,
}

/// Returns the pictures that are the only address of an `img`, each once. Those of another place are left to the
/// component, and so is what is no data.
pub fn find(html: &str) -> Vec<Embedded> {
    let mut prefix = "embedded-".to_owned();
    while html.contains(&prefix) {
        prefix.push('-');
    }
    let decoded = addresses::embedded(html).into_iter().filter_map(|address| {
        let (bytes, _) = DataUrl::process(&address).ok()?.decode_to_vec().ok()?;
        Some((address, bytes))
    });
    let named = (1..).zip(decoded).map(|(number, (address, bytes))| Embedded {
        address,
        file: File {
            name: format!("{prefix}{number}"),
            bytes,
        },
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(String, String, Vec<u8>)> {
        let found = find(html).into_iter();
        found
            .map(|picture| (picture.address, picture.file.name, picture.file.bytes))
            .collect()
    }

    #[test]
    fn a_picture_has_its_bytes_and_a_name_that_stands_nowhere() {
        let picture = |address: &str, name: &str, bytes: &[u8]| (address.to_owned(), name.to_owned(), bytes.to_vec());
        let html = "<img src='data:image/png;base64,AQI='><img src='data:x'><img src='data:,a%20b'>";
        let expected = [
            picture("data:image/png;base64,AQI=", "embedded-1", b"\x01\x02"),
            picture("data:,a%20b", "embedded-2", b"a b"),
        ];
        assert_eq!(found(html), expected);
        let html = "<img src='data:,a'><img src=embedded-1>";
        assert_eq!(found(html), [picture("data:,a", "embedded--1", b"a")]);
    }
}
