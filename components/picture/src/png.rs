//! The chunks of a png.

use image::metadata::Orientation;

use crate::parts::Parts;

/// What the chunks of a png tell.
#[derive(Debug)]
pub struct Chunks {
    /// Width in pixels, as it is stored.
    pub width: u32,
    /// Height in pixels, as it is stored.
    pub height: u32,
    /// Whether it is an animation.
    pub is_animated: bool,
    /// How the picture is to be turned, if it tells.
    pub orientation: Option<Orientation>,
    /// The parts that are the picture.
    pub picture: Parts,
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The chunks that need not be there to show a picture, but change how it looks. The others tell of its making: texts,
/// the time, the place, the program, the prompt.
const AFFECTS_LOOK: [&[u8]; 15] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"hIST",
    b"acTL", b"fcTL", b"fdAT",
];

/// Reads the chunks of a png. Returns `None` if it is damaged, or ends before its last chunk.
pub fn chunks(bytes: &[u8]) -> Option<Chunks> {
    let header = bytes.strip_prefix(SIGNATURE)?.strip_prefix(b"\0\0\0\x0DIHDR")?;
    let [w0, w1, w2, w3, h0, h1, h2, h3] = *header.first_chunk()?;
    let mut found = Chunks {
        width: u32::from_be_bytes([w0, w1, w2, w3]),
        height: u32::from_be_bytes([h0, h1, h2, h3]),
        is_animated: false,
        orientation: None,
        picture: Parts::up_to(SIGNATURE.len()),
    };
    let mut start = SIGNATURE.len();
    let mut has_pixels = false;
    loop {
        let chunk = chunk(bytes, start)?;
        match chunk.name {
            b"acTL" => {
                let frames = chunk.content.first_chunk().map(|frames| u32::from_be_bytes(*frames));
                found.is_animated |= frames.is_some_and(|frames| frames > 1);
            }
            // The first one counts, as in a jpg.
            b"eXIf" => {
                found.orientation = found
                    .orientation
                    .or_else(|| Orientation::from_exif_chunk(chunk.content))
            }
            b"IDAT" => has_pixels = true,
            _ => {}
        }
        let is_critical = chunk.name.first().is_some_and(u8::is_ascii_uppercase);
        if is_critical || AFFECTS_LOOK.contains(&chunk.name) {
            found.picture.push(start..chunk.end);
        }
        start = chunk.end;
        if chunk.name == b"IEND" {
            break;
        }
    }
    let is_visible = has_pixels && found.width > 0 && found.height > 0;
    is_visible.then_some(found)
}

struct Chunk<'a> {
    name: &'a [u8],
    content: &'a [u8],
    end: usize,
}

/// Returns the chunk that begins here: the length of its content, its name, the content, and a checksum.
fn chunk(bytes: &[u8], start: usize) -> Option<Chunk<'_>> {
    let rest = bytes.get(start..)?;
    let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
    let content_end = length.checked_add(8)?;
    let end = start.checked_add(content_end)?.checked_add(4)?;
    (end <= bytes.len()).then_some(Chunk {
        name: rest.get(4..8)?,
        content: rest.get(8..content_end)?,
        end,
    })
}
