//! The formats that content shows (wechat-api §7), and CMYK.

use super::super::file_format::FileFormat;
use super::super::sniff::{format_of, jpeg_components};
use super::*;

/// Writes a box of ISO 14496-12.
fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&size[..], kind, content].concat()
}

/// Writes a film with tracks of these kinds.
fn film(brand: &[u8; 4], kinds: &[&[u8; 4]]) -> Vec<u8> {
    let tracks = kinds.iter().map(|kind| {
        let handler = boxed(b"hdlr", &[&[0; 8], &kind[..], &[0; 12]].concat());
        boxed(b"trak", &[boxed(b"tkhd", &[0; 4]), boxed(b"mdia", &handler)].concat())
    });
    let tracks = tracks.collect::<Vec<_>>().concat();
    let begin = boxed(b"ftyp", &[brand, &[0; 4][..]].concat());
    [begin, boxed(b"mdat", &[0; 64]), boxed(b"moov", &tracks)].concat()
}

/// Writes an ID3 tag of that many bytes after its header.
fn tag(length: u8) -> Vec<u8> {
    [&b"ID3\x03\0\0\0\0\0"[..], &[length], &vec![b't'; usize::from(length)]].concat()
}

/// Writes a frame of MP3, 64 kbit/s at 44.1 kHz.
fn frame() -> Vec<u8> {
    [&b"\xff\xfb\x50\xc0"[..], &[0; 204]].concat()
}

/// Writes a JPEG with this number of colours, and what some cameras and editors put before its frame header.
fn jpeg(marker: u8, colours: u8) -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, 0xff, marker], &length[..], content].concat()
    };
    let frame = [&[8, 0, 1, 0, 1, colours][..], &[0; 12]].concat();
    [
        b"\xff\xd8".to_vec(),
        segment(0xe0, b"JFIF\0"),
        // A thumbnail of three colours inside.
        segment(0xe1, b"Exif\0\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x03"),
        segment(0xc4, &[1; 20]),
        segment(marker, &frame),
        segment(0xda, &[0; 10]),
    ]
    .concat()
}

#[test]
fn formats_that_endpoints_accept_are_recognized() {
    let padded = |zeros: usize, rest: &[u8]| [vec![0; zeros], rest.to_vec()].concat();
    for (bytes, format) in [
        (jpeg(0xc0, 3), FileFormat::Jpeg),
        (PNG.to_vec(), FileFormat::Png),
        (b"GIF87a".to_vec(), FileFormat::Gif),
        (
            [
                b"BM\x10\0\0\0\0\0\0\0\x36\0\0\0".to_vec(),
                40_u32.to_le_bytes().to_vec(),
            ]
            .concat(),
            FileFormat::Bmp,
        ),
        (b"RIFF\x10\0\0\0WAVEfmt ".to_vec(), FileFormat::Wav),
        (b"#!AMR\n".to_vec(), FileFormat::Amr),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11".to_vec(), FileFormat::Wma),
        (frame(), FileFormat::Mp3),
        (b"\xff\xe3\x50\xc0".to_vec(), FileFormat::Mp3),
        (b"\xff\xf2\x50\xc0".to_vec(), FileFormat::Mp3),
        (padded(3, &frame()), FileFormat::Mp3),
        ([tag(9), frame()].concat(), FileFormat::Mp3),
        ([tag(9), tag(3), vec![0; 40], frame()].concat(), FileFormat::Mp3),
        (
            padded(2, &[tag(9), b"junk".to_vec(), frame(), frame()].concat()),
            FileFormat::Mp3,
        ),
        (MP4.to_vec(), FileFormat::Mp4),
        (film(b"isom", &[b"vide"]), FileFormat::Mp4),
        (film(b"mp42", &[b"soun", b"vide"]), FileFormat::Mp4),
        (film(b"XAVC", &[b"vide", b"meta"]), FileFormat::Mp4),
    ] {
        assert_eq!(format_of(&bytes), Some(format), "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn other_formats_are_foreign() {
    let asf = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9";
    let pictures = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b";
    for bytes in [
        b"<svg xmlns=''/>".to_vec(),
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<svg/>".to_vec(),
        b"\n \t<!-- a --><svg/>".to_vec(),
        b"<!DOCTYPE svg><svg/>".to_vec(),
        b"\xef\xbb\xbf\r\n<!doctype html><html>".to_vec(),
        b"\xff\xfe<\0s\0v\0g\0".to_vec(),
        b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(),
        b"RIFF\x10\0\0\0AVI LIST".to_vec(),
        film(b"avif", &[]),
        film(b"mif1", &[b"pict"]),
        film(b"heic", &[b"pict"]),
        film(b"crx ", &[b"vide"]),
        film(b"qt  ", &[b"vide"]),
        film(b"M4A ", &[b"soun"]),
        film(b"M4P ", &[b"soun"]),
        film(b"isom", &[b"soun"]),
        b"II*\0".to_vec(),
        b"8BPS".to_vec(),
        b"\0\0\x01\0\x01\0".to_vec(),
        b"fLaC".to_vec(),
        b"OggS".to_vec(),
        b"#!SILK_V3".to_vec(),
        b"\x02#!SILK_V3".to_vec(),
        b"\xff\xf1\x50\x80".to_vec(),
        b"\xff\xf9\x50\x80".to_vec(),
        b"\xff\xfd\x50\x80".to_vec(),
        tag(9),
        tag(9)[..14].to_vec(),
        [tag(9), b"fLaC".to_vec(), vec![b'x'; 300]].concat(),
        [tag(9), b"\xff\xf1\x50\x80".to_vec(), vec![b'x'; 300]].concat(),
        [&asf[..], &[0; 40], pictures].concat(),
        b"\x1aE\xdf\xa3".to_vec(),
        b"%PDF-1.7".to_vec(),
    ] {
        let shown = String::from_utf8_lossy(&bytes);
        assert_eq!(format_of(&bytes), Some(FileFormat::Foreign), "{shown:.60?}");
    }
}

#[test]
fn content_that_only_begins_like_a_format_shows_none() {
    for bytes in [
        &b"BM is how this text begins, and it goes on"[..],
        b"BM",
        b"< 3",
        b"GIF is a format",
        b"\xff\xfb",
        b"\xff\xff\xff\xff",
        b"whatever",
        b"",
        b"\0\0\0\0",
    ] {
        assert_eq!(format_of(bytes), None, "{bytes:?}");
    }
}

#[test]
fn damaged_files_are_read_to_their_end() {
    for bytes in [
        film(b"isom", &[b"soun", b"vide"]),
        jpeg(0xc2, 4),
        [tag(9), frame()].concat(),
    ] {
        for end in 0..bytes.len() {
            format_of(&bytes[..end]);
            jpeg_components(&bytes[..end]);
        }
    }
    for size in [0_u32, 1, 2, 7, u32::MAX] {
        format_of(
            &[
                b"\0\0\0\x10ftypisom\0\0\0\0",
                &size.to_be_bytes()[..],
                b"moov",
                &[0xff; 20],
            ]
            .concat(),
        );
    }
}

#[test]
fn the_colours_of_a_jpeg_are_counted() {
    for marker in [0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xcf] {
        for colours in [1, 3, 4] {
            assert_eq!(jpeg_components(&jpeg(marker, colours)), Some(colours), "{marker:x}");
        }
    }
    assert_eq!(jpeg_components(JPEG), None);
    assert_eq!(
        jpeg_components(b"\xff\xd8\xff\xda\0\x04\0\0\xff\xc0\0\x0b\x08\0\x01\0\x01\x04"),
        None
    );
}

#[tokio::test]
async fn a_cmyk_jpeg_is_refused_everywhere() {
    let client = Client::start().await;
    for target in [
        "/cgi-bin/material/add_material?type=image",
        "/cgi-bin/material/add_material?type=thumb",
        "/cgi-bin/media/uploadimg",
        "/cgi-bin/media/upload?type=image",
        "/cgi-bin/media/upload?type=thumb",
    ] {
        for (colours, code) in [(1, 0), (3, 0), (4, 40137)] {
            let reply = client.upload(target, "a.jpg", &jpeg(0xc0, colours)).await;
            assert_eq!(reply.code(), code, "{target} {colours}");
        }
    }
}

#[tokio::test]
async fn foreign_content_is_refused_under_any_accepted_name() {
    let client = Client::start().await;
    let voice = "/cgi-bin/material/add_material?type=voice";
    let video = "/cgi-bin/material/add_material?type=video";
    for (target, name, bytes) in [
        (
            "/cgi-bin/media/uploadimg",
            "a.png",
            b"<?xml version='1.0'?><svg/>".to_vec(),
        ),
        ("/cgi-bin/media/uploadimg", "a.jpg", film(b"mif1", &[])),
        (voice, "a.mp3", tag(9)),
        (voice, "a.amr", b"#!SILK_V3".to_vec()),
        (video, "a.mp4", film(b"isom", &[b"soun"])),
    ] {
        assert_eq!(client.upload(target, name, &bytes).await.code(), 40113, "{name}");
    }
}
