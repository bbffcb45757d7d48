//! Pictures that are made to fit. The first byte of the input is the place, and the rest is the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_official_account::bindings::types::File as Upload;
use wechat_official_account::check::file::{ARTICLE_IMAGE, IMAGE, THUMB};
use wechat_official_account::texts::EN;
use wechat_official_account_picture::fit;
use wechat_official_account_picture::types::{File, Language, Place};

fuzz_target!(|input: &[u8]| {
    let Some((place, bytes)) = input.split_first() else {
        return;
    };
    let place = match place {
        b'a' => Place::Article,
        b'i' => Place::Image,
        b't' => Place::Thumb,
        _ => Place::Cover,
    };
    let file = File {
        name: "picture".to_owned(),
        bytes: bytes.to_vec(),
    };
    let fitted = match fit(file, place, Language::En) {
        Ok(fitted) => fitted,
        Err(error) => {
            assert!(error.message.starts_with("picture: ") && !error.advice.is_empty());
            return;
        }
    };
    assert_eq!(
        fitted.changes.is_empty(),
        fitted.file.bytes == bytes,
        "a change is told"
    );

    let rules = match place {
        // A gif in an article is uploaded as a permanent image.
        Place::Article if fitted.file.bytes.starts_with(b"GIF") => &IMAGE,
        Place::Article => &ARTICLE_IMAGE,
        Place::Image | Place::Cover => &IMAGE,
        Place::Thumb => &THUMB,
    };
    let upload = Upload {
        name: fitted.file.name.clone(),
        bytes: fitted.file.bytes.clone(),
    };
    assert!(
        rules.check(&EN, &upload).is_ok(),
        "the plugin refuses it: {:?}",
        rules.check(&EN, &upload)
    );

    let again = fit(fitted.file.clone(), place, Language::En);
    assert!(
        again.is_ok_and(|again| again.changes.is_empty()),
        "what fits has nothing to change"
    );
});
