//! Forms for uploads: what another library reads from them is what was put in.

use crate::{config, text};
use futures_util::{FutureExt, stream};
use multer::Multipart;
use proptest::collection::vec;
use proptest::prelude::*;
use std::convert::Infallible;
use wechat_official_account::check::file::Checked;
use wechat_official_account::wechat::multipart::Form;

/// One part as it is read: name, file name, content type, bytes.
type Part = (Option<String>, Option<String>, Option<String>, Vec<u8>);

fn parts(form: &Form) -> Vec<Part> {
    let boundary = multer::parse_boundary(&form.content_type).unwrap();
    let pieces = form.body().0.map(<[u8]>::to_vec).map(Ok::<_, Infallible>);
    let mut form = Multipart::new(stream::iter(pieces), boundary);
    let read = async {
        let mut parts = Vec::new();
        while let Some(part) = form.next_field().await.unwrap() {
            let name = part.name().map(str::to_owned);
            let file_name = part.file_name().map(str::to_owned);
            let content_type = part.content_type().map(ToString::to_string);
            parts.push((name, file_name, content_type, part.bytes().await.unwrap().to_vec()));
        }
        parts
    };
    read.now_or_never().unwrap()
}

/// A file that makes it hard to see where it ends: it has what surrounds it, whole or cut short.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let checked = Checked {
        file_name: "image.jpg".to_owned(),
        media_type: "image/jpeg",
        bytes: b"",
    };
    let around = Form::new(&checked, None).body().0.concat();
    let delimiter = around.rsplit(|byte| *byte == b'\n').nth(1).unwrap().to_vec();
    let delimiter = String::from_utf8(delimiter).unwrap();
    let delimiter = delimiter
        .trim_end()
        .trim_end_matches("--")
        .trim_end_matches('0')
        .to_owned();
    let whole = (0..4u8).prop_map({
        let delimiter = delimiter.clone();
        move |number| format!("{delimiter}{number:08}").into_bytes()
    });
    let cut = (0..around.len(), 0..around.len()).prop_map(move |(a, b)| {
        let piece = around.get(a.min(b)..a.max(b));
        piece.unwrap_or_default().to_vec()
    });
    let piece = prop_oneof![
        vec(any::<u8>(), 0..40),
        Just(b"\r\n--".to_vec()),
        Just(b"\r\n".to_vec()),
        whole,
        cut,
    ];
    vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_built_is_what_is_parsed(
        bytes in file(),
        description in prop::option::of(prop_oneof![
            text(),
            file().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        ]),
    ) {
        let checked = Checked { file_name: "video.mp4".to_owned(), media_type: "video/mp4", bytes: &bytes };
        let form = Form::new(&checked, description.as_deref());
        let mut expected: Vec<Part> =
            vec![(Some("media".into()), Some("video.mp4".into()), Some("video/mp4".into()), bytes.clone())];
        expected.extend(description.map(|text| (Some("description".into()), None, None, text.into_bytes())));
        prop_assert_eq!(parts(&form), expected);
    }
}
