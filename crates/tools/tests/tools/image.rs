//! upload-image: the file in every spelling that callers have for it.

use wechat_official_account_tools::bindings::types::ErrorKind;
use wechat_official_account_tools::image::upload;

use crate::fake::{Fake, error, run};

/// Bytes whose base64 has both characters in which the alphabets differ, and padding.
const BYTES: [u8; 4] = [0xfb, 0xef, 0xff, 0xfe];

#[test]
fn base64_and_data_uris_are_accepted_in_every_spelling() {
    for data in [
        "++///g==",
        "++///g",
        "--___g==",
        "--___g",
        " ++/\n//\tg== \r\n",
        "data:image/png;base64,++///g==",
        "DATA:IMAGE/PNG;BASE64,++///g==",
        "data:image/png;base64,++///g",
        "  data:image/png;base64,++//\n/g==  ",
        "data:;base64,%2B%2B///g%3D%3D",
        "data:application/octet-stream,%fb%ef%ff%fe",
        "data:image/png;charset=x;base64,++///g==",
    ] {
        let mut plugin = Fake::default();
        let image = run(upload(&mut plugin, data, Some("cover.png"))).unwrap();
        assert_eq!(plugin.calls, ["upload cover.png"], "{data}");
        assert_eq!(plugin.uploaded[0].bytes, BYTES, "{data}");
        assert_eq!(
            (image.media_id.as_str(), image.url.as_str()),
            ("IMAGE", "https://mmbiz.qpic.cn/image")
        );
    }
}

#[test]
fn anything_else_is_refused_before_anything_is_sent() {
    for data in [
        "",
        " ",
        "data:",
        "data:image/png;base64,",
        "data:image/png;base64",
        "https://example.com/a.png",
        "/tmp/a.png",
        "a",
        "====",
        "++///g===",
        "图片",
    ] {
        let mut plugin = Fake::default();
        let error = run(upload(&mut plugin, data, None)).unwrap_err();
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            ("invalid-input", Some("data")),
            "{data}"
        );
        assert!(plugin.calls.is_empty());
    }
}

#[test]
fn an_image_without_a_name_has_one_in_errors() {
    let mut plugin = Fake {
        write: Err(error(ErrorKind::OutcomeUnknown)),
        ..Fake::default()
    };
    let error = run(upload(&mut plugin, "AAAA", None)).unwrap_err();
    assert_eq!(plugin.calls, ["upload image"]);
    assert!(error.may_have_happened);
}
