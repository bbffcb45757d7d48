//! The format that a file's content shows (wechat-api §7), as far as it is certain: content that shows none is accepted
//! under any extension, as the server goes by the extension.

use crate::file_format::FileFormat;

/// Beginnings of formats that endpoints accept, and that need no closer look.
const KNOWN: [(&[u8], FileFormat); 5] = [
    (b"\xff\xd8\xff", FileFormat::Jpeg),
    (b"\x89PNG\r\n\x1a\n", FileFormat::Png),
    (b"GIF87a", FileFormat::Gif),
    (b"GIF89a", FileFormat::Gif),
    (b"#!AMR", FileFormat::Amr),
];

/// Beginnings of formats that no endpoint accepts.
const FOREIGN: [&[u8]; 26] = [
    // Pictures: TIFF, Photoshop, icons, JPEG XL, JPEG 2000.
    b"II*\0",
    b"MM\0*",
    b"8BPS",
    b"\0\0\x01\0",
    b"\xff\x0a",
    b"\0\0\0\x0cJXL ",
    b"\0\0\0\x0cjP  ",
    b"\xff\x4f\xff\x51",
    // Sound: SILK as WeChat stores it and under a wrong name, FLAC, Ogg, Monkey's Audio, WavPack, MIDI.
    b"#!SILK",
    b"\x02#!SILK",
    b"fLaC",
    b"OggS",
    b"MAC ",
    b"wvpk",
    b"MThd",
    b"FORM",
    // Films: Matroska, Flash, MPEG program streams.
    b"\x1aE\xdf\xa3",
    b"FLV\x01",
    b"\0\0\x01\xba",
    b"\0\0\x01\xb3",
    // Archives and documents.
    b"%PDF-",
    b"PK\x03\x04",
    b"Rar!",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"BPG\xfb",
];

/// Brands of files that begin like MP4 and are none: HEIF and AVIF pictures, Canon's raw pictures, sound, QuickTime.
const FOREIGN_BRANDS: [&[u8]; 16] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"crx ", b"M4A ",
    b"M4B ", b"M4P ", b"qt  ", b"jxl ",
];

/// Sizes of the second header of a BMP. Text may begin with `BM`, too.
const BMP_HEADERS: [u32; 8] = [12, 16, 40, 52, 56, 64, 108, 124];

/// The id of streams of pictures in ASF, which make a WMA a WMV.
const ASF_VIDEO: &[u8] = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b";

/// Bytes of an ASF file that are searched for it: more than headers have.
const ASF_HEADER: usize = 64 * 1024;

/// Returns the format that the content shows, if it shows one.
pub(crate) fn format_of(bytes: &[u8]) -> Option<FileFormat> {
    if is_markup(bytes) || FOREIGN.iter().any(|begin| bytes.starts_with(begin)) {
        return Some(FileFormat::Foreign);
    }
    if let Some((_, format)) = KNOWN.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Some(*format);
    }
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12)? {
            b"WAVE" => Some(FileFormat::Wav),
            _ => Some(FileFormat::Foreign),
        };
    }
    if bytes.starts_with(b"BM") {
        let size = bytes.get(14..18).and_then(|four| four.try_into().ok());
        let size = size.map_or(0, u32::from_le_bytes);
        return BMP_HEADERS.contains(&size).then_some(FileFormat::Bmp);
    }
    if bytes.starts_with(b"\x30\x26\xb2\x75") {
        let header = bytes.get(..ASF_HEADER).unwrap_or(bytes);
        let has_pictures = header.windows(ASF_VIDEO.len()).any(|window| window == ASF_VIDEO);
        return Some(if has_pictures {
            FileFormat::Foreign
        } else {
            FileFormat::Wma
        });
    }
    match bytes.get(4..8) {
        Some(b"ftyp") => Some(film(bytes)),
        _ => mp3(bytes),
    }
}

/// Returns whether it is SVG, HTML or another text of tags, after a byte order mark, white space, a declaration or
/// comments.
fn is_markup(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe<\0") || bytes.starts_with(b"\xfe\xff\0<") {
        return true;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match text {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        _ => false,
    }
}

/// Tells films from other files that begin with `ftyp`: by brand, and by the kinds of their tracks.
fn film(bytes: &[u8]) -> FileFormat {
    let brand = bytes.get(8..12).unwrap_or_default();
    let tracks: Vec<&[u8]> = inside(bytes, &[b"moov", b"trak", b"mdia", b"hdlr"])
        .into_iter()
        .filter_map(|handler| handler.get(8..12))
        .collect();
    let has_pictures = tracks.is_empty() || tracks.contains(&&b"vide"[..]);
    if FOREIGN_BRANDS.contains(&brand) || !has_pictures {
        FileFormat::Foreign
    } else {
        FileFormat::Mp4
    }
}

/// Returns the contents of all boxes at this path (ISO 14496-12).
fn inside<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Vec<&'a [u8]> {
    let Some((name, path)) = path.split_first() else {
        return vec![bytes];
    };
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some((size, kind)) = rest.get(..4).zip(rest.get(4..8)) {
        let size = size.try_into().map_or(0, u32::from_be_bytes);
        // 1 means that a size of eight bytes follows, 0 that the box is the last.
        let (head, size) = match size {
            0 => (8, rest.len()),
            1 => {
                let long = rest.get(8..16).and_then(|eight| eight.try_into().ok());
                (
                    16,
                    usize::try_from(long.map_or(0, u64::from_be_bytes)).unwrap_or(usize::MAX),
                )
            }
            size => (8, size as usize),
        };
        if size < head {
            break;
        }
        let end = size.min(rest.len());
        if kind == name.as_slice() {
            found.extend(inside(rest.get(head..end).unwrap_or_default(), path));
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    found
}

/// Recognizes MP3 by its frames, after zeros and ID3 tags. A tag alone is none, and other sound may follow it.
fn mp3(bytes: &[u8]) -> Option<FileFormat> {
    let mut rest = without_zeros(bytes);
    let mut tagged = false;
    while rest.starts_with(b"ID3") {
        tagged = true;
        let size = rest.get(6..10).unwrap_or_default();
        let size = size.iter().fold(0, |size, byte| size << 7 | usize::from(byte & 0x7f));
        let footer = if rest.get(5).is_some_and(|flags| flags & 0x10 != 0) {
            10
        } else {
            0
        };
        rest = without_zeros(rest.get(10 + size + footer..).unwrap_or_default());
    }
    if frame(rest).is_some() {
        return Some(FileFormat::Mp3);
    }
    // AAC in ADTS has layer 0. Layers I and II are not MP3 either.
    let is_other = match rest {
        [0xff, second, third, ..] if second & 0xf0 == 0xf0 => second >> 1 & 3 != 1 && third >> 4 != 15,
        _ => false,
    };
    if is_other || (tagged && !has_frames(rest)) {
        return Some(FileFormat::Foreign);
    }
    tagged.then_some(FileFormat::Mp3)
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let begin = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    bytes.get(begin..).unwrap_or_default()
}

/// Returns whether two frames follow each other somewhere: chance finds one sooner.
fn has_frames(bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|index| {
        let rest = bytes.get(index..).unwrap_or_default();
        frame(rest).is_some_and(|length| rest.get(length..).is_some_and(|rest| frame(rest).is_some()))
    })
}

/// Returns the length of the layer III frame that begins here (ISO 11172-3, 13818-3).
fn frame(bytes: &[u8]) -> Option<usize> {
    const BITRATES: [[usize; 14]; 2] = [
        [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    const RATES: [usize; 3] = [44_100, 48_000, 32_000];
    let [0xff, second, third, ..] = *bytes else {
        return None;
    };
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    if second & 0xe0 != 0xe0 || version == 1 || layer != 1 {
        return None;
    }
    let is_first = version == 3;
    let bitrate = BITRATES
        .get(usize::from(!is_first))?
        .get(usize::from(third >> 4).checked_sub(1)?)?;
    let rate = RATES.get(usize::from(third >> 2 & 3))? / [4, 1, 2, 1].get(usize::from(version))?;
    let padding = usize::from(third >> 1 & 1);
    Some(if is_first { 144 } else { 72 } * bitrate * 1000 / rate + padding)
}

/// Returns the number of colours of a JPEG (ISO 10918-1, the frame header): 1 for grey, 3 for RGB, 4 for CMYK.
pub(crate) fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        // A marker may have any number of fill bytes before it.
        let begin = rest.iter().position(|byte| *byte == 0xff)?;
        rest = rest.get(begin..)?;
        let fill = rest.iter().position(|byte| *byte != 0xff)?;
        let (marker, after) = rest.get(fill..)?.split_first()?;
        rest = after;
        match marker {
            // Stuffing, and markers without a segment.
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            // The image data come before any frame header, or the file ends.
            0xd9 | 0xda => return None,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return rest.get(7).copied(),
            _ => {
                let length = rest.get(..2)?.try_into().map(u16::from_be_bytes).ok()?;
                rest = rest.get(usize::from(length)..)?;
            }
        }
    }
}
