//! Forms for uploads: another library reads from them exactly the parts that were put in.

use std::convert::Infallible;

use futures_util::{FutureExt, stream};
use multer::Multipart;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{config, text};
use crate::wechat::multipart::{FilePart, Form};

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

fn part(bytes: &[u8]) -> FilePart<'_> {
    FilePart {
        file_name: "video.mp4",
        media_type: "video/mp4",
        bytes,
    }
}

/// Generates a file whose end is hard to find: it contains the text around it, whole or cut short.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let form = Form::new(part(b""), None);
    let boundary = multer::parse_boundary(&form.content_type).unwrap();
    let boundaries = (0..4).prop_map(move |number| format!("--{}{number}", boundary.trim_end_matches('0')));
    let around = form.body().0.concat();
    let cut = any::<[Index; 2]>().prop_map(move |ends| {
        let [a, b] = ends.map(|end| end.index(around.len()));
        around.get(a.min(b)..a.max(b)).unwrap_or_default().to_vec()
    });
    let piece = prop_oneof![
        vec(any::<u8>(), 0..40),
        select(vec!["\r\n--", "\r\n", "-"]).prop_map(|text| text.as_bytes().to_vec()),
        boundaries.prop_map(String::into_bytes),
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
        let form = Form::new(part(&bytes), description.as_deref());
        let named = |name: &str| Some(name.to_owned());
        let mut expected = vec![(named("media"), named("video.mp4"), named("video/mp4"), bytes.clone())];
        expected.extend(description.map(|text| (named("description"), None, None, text.into_bytes())));
        prop_assert_eq!(parts(&form), expected);
    }
}
