//! The blocks of a gif.

use crate::parts::Parts;

/// What the blocks of a gif tell.
#[derive(Debug)]
pub struct Blocks {
    /// Width of the canvas in pixels.
    pub width: u16,
    /// Height of the canvas in pixels.
    pub height: u16,
    /// Whether it has more than one picture.
    pub is_animated: bool,
    /// The parts that are the picture.
    pub picture: Parts,
}

/// The extensions of applications that change how a gif looks: two spellings of its repetitions, and its colours.
const AFFECTS_LOOK: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Reads the blocks of a gif. Returns `None` if it has no picture.
pub fn blocks(bytes: &[u8]) -> Option<Blocks> {
    let [_, _, _, _, _, _, w0, w1, h0, h1, flags, _, _] = *bytes.first_chunk()?;
    let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
    let mut at = 13 + color_table(flags);
    let mut pictures = 0;
    let mut picture = Parts::up_to(at.min(bytes.len()));
    while let Some(block) = bytes.get(at..) {
        let (length, is_picture) = match *block {
            // The end.
            [0x3B, ..] => {
                picture.push(at..at + 1);
                break;
            }
            // An extension. FE is a comment, FF one of an application.
            [0x21, label, ref content @ ..] => {
                let name = content.get(1..12);
                let affects_look = label != 0xFF || name.is_some_and(|name| AFFECTS_LOOK.contains(&name));
                (2 + sub_blocks(content), label != 0xFE && affects_look)
            }
            // A picture: its place, its colours, and its pixels.
            [0x2C, _, _, _, _, _, _, _, _, flags, ..] => {
                pictures += 1;
                let header = 11 + color_table(flags);
                (header + sub_blocks(block.get(header..).unwrap_or_default()), true)
            }
            // Cut off, or damaged.
            _ => {
                picture.push(at..bytes.len());
                break;
            }
        };
        let end = (at + length).min(bytes.len());
        if is_picture {
            picture.push(at..end);
        }
        at = end;
        if at == bytes.len() {
            break;
        }
    }
    (width > 0 && height > 0 && pictures > 0).then_some(Blocks {
        width,
        height,
        is_animated: pictures > 1,
        picture,
    })
}

/// Returns the length of the table of colours that follows these flags.
fn color_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << (1 + (flags & 7)) }
}

/// Returns the length of blocks that begin with their own, up to an empty one.
fn sub_blocks(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&length) = bytes.get(at) {
        at += 1 + usize::from(length);
        if length == 0 {
            break;
        }
    }
    at
}
