//! Types and rules of files. The input is a file's name on a line, then its bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_official_account::bindings::types::{ErrorKind, File};
use wechat_official_account::check::file::{
    ARTICLE_IMAGE, FileRules, IMAGE, TEMPORARY_IMAGE, TEMPORARY_THUMB, TEMPORARY_VIDEO, TEMPORARY_VOICE, THUMB, VIDEO,
    VOICE,
};
use wechat_official_account::media_type::media_type;
use wechat_official_account::texts::EN;

/// A name and a content type that WeChat may get.
type Sent = (&'static str, &'static str);

const JPG: Sent = ("image.jpg", "image/jpeg");
const PNG: Sent = ("image.png", "image/png");
const GIF: Sent = ("image.gif", "image/gif");
const BMP: Sent = ("image.bmp", "image/bmp");
const MP3: Sent = ("voice.mp3", "audio/mpeg");
const WMA: Sent = ("voice.wma", "audio/x-ms-wma");
const WAV: Sent = ("voice.wav", "audio/wav");
const AMR: Sent = ("voice.amr", "audio/amr");
const MP4: Sent = ("video.mp4", "video/mp4");
const SMALL: Sent = ("thumb.jpg", "image/jpeg");

const OPERATIONS: [(&FileRules, &[Sent]); 9] = [
    (&IMAGE, &[JPG, PNG, GIF, BMP]),
    (&VOICE, &[MP3, WMA, WAV, AMR]),
    (&VIDEO, &[MP4]),
    (&THUMB, &[SMALL]),
    (&ARTICLE_IMAGE, &[JPG, PNG]),
    (&TEMPORARY_IMAGE, &[JPG, PNG, GIF]),
    (&TEMPORARY_VOICE, &[MP3, AMR]),
    (&TEMPORARY_VIDEO, &[MP4]),
    (&TEMPORARY_THUMB, &[SMALL]),
];

/// The smallest limit, in bytes: no file up to this size is too large.
const SMALL_ENOUGH: usize = 64 * 1024;

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let name = String::from_utf8_lossy(line()).into_owned();
    let file = File {
        name,
        bytes: line().to_vec(),
    };
    let known = media_type(&file.bytes);

    for (accept, sent) in OPERATIONS {
        match accept.check(&EN, &file) {
            Ok(checked) => {
                assert_eq!(checked.bytes, file.bytes, "the file was altered");
                assert!(
                    sent.contains(&(checked.file_name.as_str(), checked.media_type)),
                    "sent as {checked:?}"
                );
                assert_eq!(known, Some(checked.media_type), "the bytes decide, not the name");
            }
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::FileRejected);
                assert_eq!(error.subject.as_ref(), Some(&file.name));
                let taken = known.is_some_and(|known| sent.iter().any(|(_, media_type)| *media_type == known));
                // Pictures can be damaged, in CMYK or too large in pixels, voices too long, videos without a video
                // track; the rest can only be too large in bytes.
                let measured = ["pixels", "damaged", "CMYK", "seconds", "video track"]
                    .iter()
                    .any(|word| error.message.contains(word));
                assert!(
                    !taken || measured || file.bytes.len() > SMALL_ENOUGH,
                    "{known:?} was refused: {}",
                    error.message
                );
            }
        }
    }
});
