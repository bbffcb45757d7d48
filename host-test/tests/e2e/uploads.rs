//! The promise: files of any size and content arrive unchanged, and come back unchanged.

use bytes::Bytes;
use wechat_official_account_host::types::{ErrorKind, File, MaterialContent, MediaContent, MediaKind};
use wechat_official_account_host::{self as host, Session};
use wechat_simulator::MaterialKind;

use crate::support::{World, assert_framed, assert_refused, fixture, padded};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Sizes around WASI's small writes of 4096 bytes, at every limit, and just below one.
const SIZES: [usize; 7] = [4096, 4097, 64 * KIB, MIB - 1, MIB, 2 * MIB, 10 * MIB];

const JPGS: [&str; 4] = ["cover.jpg", "photo-1.jpg", "photo-2.jpg", "thumb.jpg"];

/// The places that files are uploaded to.
#[derive(Clone, Copy, Debug)]
enum Place {
    Image,
    Voice,
    Video,
    Thumb,
    ArticleImage,
    Temporary(MediaKind),
}

/// The places, each with a fixture that it accepts and its size limit in bytes.
const PLACES: [(Place, &str, usize); 9] = [
    (Place::Image, "cover.jpg", 10 * MIB),
    (Place::Voice, "voice.mp3", 2 * MIB),
    (Place::Video, "video.mp4", 10 * MIB),
    (Place::Thumb, "thumb.jpg", 64 * KIB),
    (Place::ArticleImage, "article.png", MIB - 1),
    (Place::Temporary(MediaKind::Image), "animation.gif", 10 * MIB),
    (Place::Temporary(MediaKind::Voice), "voice.mp3", 2 * MIB),
    (Place::Temporary(MediaKind::Video), "video.mp4", 10 * MIB),
    (Place::Temporary(MediaKind::Thumb), "thumb.jpg", 64 * KIB),
];

/// The smallest recognisable file of each type, and its place.
const SMALLEST: [(Place, &[u8]); 8] = [
    (Place::Image, b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x01\0\x01\x01"),
    (
        Place::ArticleImage,
        b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01",
    ),
    (Place::Temporary(MediaKind::Image), b"GIF89a\x01\0\x01\0\0\0"),
    (
        Place::Image,
        b"BM\x1A\0\0\0\0\0\0\0\x1A\0\0\0\x0C\0\0\0\x01\0\x01\0\x01\0\x18\0",
    ),
    (Place::Temporary(MediaKind::Voice), b"\xFF\xFB"),
    (Place::Voice, b"#!AMR\n"),
    (Place::Voice, b"RIFF\x04\0\0\0WAVE"),
    (
        Place::Video,
        b"\0\0\0\x0Cftypisom\0\0\0\x2Cmoov\0\0\0\x24trak\0\0\0\x1Cmdia\0\0\0\x14hdlr\0\0\0\0\0\0\0\0vide",
    ),
];

impl Place {
    fn path(self) -> &'static str {
        match self {
            Self::ArticleImage => "/cgi-bin/media/uploadimg",
            Self::Temporary(_) => "/cgi-bin/media/upload",
            _ => "/cgi-bin/material/add_material",
        }
    }
}

/// Uploads the file, and returns the server's bytes.
async fn stored(world: &World, session: &mut Session, place: Place, file: &File) -> host::Result<Bytes> {
    let id = match place {
        Place::Image => session.upload_material_image(file).await?.media_id,
        Place::Voice => session.upload_material_voice(file).await?,
        Place::Video => session.upload_material_video(file, "标题", "").await?,
        Place::Thumb => session.upload_material_thumb(file).await?,
        Place::ArticleImage => session.upload_article_image(file).await?,
        Place::Temporary(kind) => session.upload_media(kind, file).await?.media_id,
    };
    Ok(world.account(|account| match place {
        Place::ArticleImage => account.article_images.get(&id).unwrap().clone(),
        Place::Temporary(_) => account.media.get(&id).unwrap().bytes.clone(),
        _ => account.materials.get(&id).unwrap().bytes.clone(),
    }))
}

/// Uploads the file and compares it. The message of `assert_eq!` would have megabytes.
async fn assert_arrives(world: &World, session: &mut Session, place: Place, file: &File) {
    let arrived = stored(world, session, place, file).await.unwrap();
    assert!(arrived == file.bytes, "{place:?}, {}, {}", file.name, file.bytes.len());
}

#[tokio::test]
async fn every_fixture_arrives_unchanged_in_every_place_that_takes_it() {
    let world = World::start().await;
    let mut session = world.session().await;
    let voices = ["voice.mp3", "voice.wma", "voice.wav", "voice.amr"];
    for (place, names) in [
        (Place::Image, ["article.png", "animation.gif", "picture.bmp"].as_slice()),
        (Place::Image, &JPGS),
        (Place::Voice, &voices),
        (Place::Video, &["video.mp4"]),
        (Place::Thumb, &JPGS),
        (Place::ArticleImage, &["article.png"]),
        (Place::ArticleImage, &JPGS),
        (Place::Temporary(MediaKind::Image), &["article.png", "animation.gif"]),
        (Place::Temporary(MediaKind::Image), &JPGS),
        (Place::Temporary(MediaKind::Voice), &["voice.mp3", "voice.amr"]),
        (Place::Temporary(MediaKind::Video), &["video.mp4"]),
        (Place::Temporary(MediaKind::Thumb), &JPGS),
    ] {
        for name in names {
            assert_arrives(&world, &mut session, place, &fixture(name)).await;
        }
    }
}

#[tokio::test]
async fn every_other_fixture_is_refused_without_a_request() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (place, names) in [
        (Place::Image, ["picture.webp", "voice.mp3", "video.mp4"].as_slice()),
        (Place::Voice, &["voice.speex", "video.mp4", "cover.jpg"]),
        (Place::Video, &["voice.mp3", "voice.wma", "animation.gif"]),
        (Place::Thumb, &["article.png", "picture.bmp"]),
        (Place::ArticleImage, &["animation.gif", "picture.bmp", "picture.webp"]),
        (Place::Temporary(MediaKind::Image), &["picture.bmp", "picture.webp"]),
        (Place::Temporary(MediaKind::Voice), &["voice.wma", "voice.wav"]),
        (Place::Temporary(MediaKind::Video), &["voice.mp3"]),
        (Place::Temporary(MediaKind::Thumb), &["article.png"]),
    ] {
        for name in names {
            let outcome = stored(&world, &mut session, place, &fixture(name)).await;
            assert_refused(outcome, ErrorKind::FileRejected, None);
        }
    }
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn files_of_every_size_arrive_unchanged_in_every_place() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (place, name, limit) in PLACES {
        for size in SIZES.into_iter().filter(|size| *size <= limit) {
            assert_arrives(&world, &mut session, place, &padded(name, size)).await;
        }
    }
}

#[tokio::test]
async fn an_upload_has_its_length_and_no_chunks() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (place, name, _) in PLACES {
        stored(&world, &mut session, place, &padded(name, 60_000))
            .await
            .unwrap();
        let request = world.last_request(place.path());
        assert_framed(
            &request,
            "multipart/form-data; boundary=-----------------------------------------------w00000000",
        );
    }
}

#[tokio::test]
async fn the_smallest_files_arrive() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (place, bytes) in SMALLEST {
        let file = File {
            name: String::new(),
            bytes: bytes.to_vec(),
        };
        assert_arrives(&world, &mut session, place, &file).await;
    }
}

#[tokio::test]
async fn a_file_arrives_under_the_type_of_its_bytes_and_not_of_its_name() {
    let world = World::start().await;
    let mut session = world.session().await;
    let file = File {
        name: "录音.AMR".to_owned(),
        ..fixture("voice.mp3")
    };
    assert_arrives(&world, &mut session, Place::Voice, &file).await;
    let stored = world.account(|account| account.materials.values().next().unwrap().clone());
    assert_eq!(stored.name, "voice.mp3");
}

#[tokio::test]
async fn a_file_that_contains_the_boundary_arrives_intact() {
    let world = World::start().await;
    let mut session = world.session().await;
    for number in 0..3 {
        let boundary = format!("-----------------------------------------------w{number:08}");
        let mut file = fixture("cover.jpg");
        for text in [
            boundary.clone(),
            format!("\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"x.jpg\"\r\n\r\n"),
            format!("\r\n--{boundary}--\r\n"),
        ] {
            file.bytes.extend_from_slice(text.as_bytes());
        }
        assert_arrives(&world, &mut session, Place::Image, &file).await;
        let request = world.last_request(Place::Image.path());
        let next = if number == 0 { 1 } else { 0 };
        assert_framed(
            &request,
            &format!("multipart/form-data; boundary=-----------------------------------------------w{next:08}"),
        );
    }
}

#[tokio::test]
async fn a_download_has_at_most_24_mib() {
    let world = World::start().await;
    let mut session = world.session().await;
    let put = |size| {
        let bytes = padded("cover.jpg", size).bytes;
        world.account(|account| account.put_material(MaterialKind::Image, "image.jpg", bytes))
    };
    let (largest, too_large) = (put(24 * MIB), put(24 * MIB + 1));
    let MaterialContent::File(download) = session.get_material(&largest).await.unwrap() else {
        panic!("not a file")
    };
    assert_eq!(download.bytes.len(), 24 * MIB);
    assert!(
        crate::support::refused(session.get_material(&too_large).await)
            .errcode
            .is_none()
    );
}

#[tokio::test]
async fn the_name_of_a_file_stays_with_the_host() {
    let world = World::start().await;
    let file = File {
        name: "private-name.jpg".to_owned(),
        ..fixture("thumb.jpg")
    };
    world.session().await.upload_material_image(&file).await.unwrap();
    for entry in world.simulator.request_log() {
        assert!(!format!("{entry:?}").contains("private-name"));
        assert!(!String::from_utf8_lossy(&entry.body).contains("private-name"));
    }
}

#[tokio::test]
async fn empty_oversized_and_unrecognised_files_are_refused_in_every_place_without_a_request() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (place, name, limit) in PLACES {
        let unrecognised = File {
            bytes: vec![0],
            ..fixture(name)
        };
        for file in [padded(name, 0), padded(name, limit + 1), unrecognised] {
            let outcome = stored(&world, &mut session, place, &file).await;
            assert_refused(outcome, ErrorKind::FileRejected, None);
        }
    }
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn files_of_every_size_come_back_as_they_are() {
    let world = World::start().await;
    let mut session = world.session().await;
    for size in [1, 4097, MIB, 10 * MIB] {
        let file = padded("cover.jpg", size);
        let [permanent, temporary] = world.account(|account| {
            [
                account.put_material(MaterialKind::Image, "image.jpg", file.bytes.clone()),
                account.put_media(MaterialKind::Image, "image.jpg", file.bytes.clone()),
            ]
        });
        let MaterialContent::File(download) = session.get_material(&permanent).await.unwrap() else {
            panic!("{size}: not a file")
        };
        assert!(download.bytes == file.bytes, "{size}");
        let MediaContent::File(download) = session.get_media(&temporary).await.unwrap() else {
            panic!("{size}: not a file")
        };
        assert!(download.bytes == file.bytes, "{size}");
    }
}
