//! The segments of a jpg.

use image::metadata::Orientation;

use crate::parts::Parts;

/// What the segments of a jpg tell.
#[derive(Debug)]
pub struct Segments {
    /// Width in pixels, as it is stored.
    pub width: u16,
    /// Height in pixels, as it is stored.
    pub height: u16,
    /// The colour components: 1 is grey, 3 are RGB, 4 are CMYK.
    pub components: u8,
    /// The blocks of 8 × 8 that the components take for each of the picture, in 1/100. 150 is usual, 300 is the most
    /// for RGB.
    pub blocks: u64,
    /// Whether all coefficients have to be kept until the end.
    pub is_progressive: bool,
    /// How the picture is to be turned.
    pub orientation: Orientation,
    /// The parts that are the picture.
    pub picture: Parts,
}

/// Reads the segments of a jpg from its first byte on. Returns `None` if it is damaged.
pub fn segments(bytes: &[u8]) -> Option<Segments> {
    let mut orientation = None;
    let mut frame: Option<Frame> = None;
    let mut picture = Parts::up_to(2);
    let mut at = 2;
    loop {
        let start = at;
        // Bytes FF may fill the space between two segments.
        while bytes.get(at..at + 2) == Some(&[0xFF, 0xFF]) {
            at += 1;
        }
        let Some(&[0xFF, marker]) = bytes.get(at..at + 2) else {
            // The marker of the end may be missing, and nothing else.
            let is_cut_off = at == bytes.len();
            return frame.filter(|_| is_cut_off)?.segments(orientation, picture);
        };
        at += 2;
        match marker {
            END => {
                picture.push(start..at);
                return frame?.segments(orientation, picture);
            }
            // Markers without content: the beginning, which is not here, TEM, and restarts.
            0x01 | 0xD0..=0xD8 => return None,
            _ => {}
        }
        let [high, low] = *bytes.get(at..)?.first_chunk()?;
        let end = at + usize::from(u16::from_be_bytes([high, low]));
        let content = bytes.get(at + 2..end)?;
        at = end;
        match marker {
            // A frame of any coding. C4, C8 and CC are none.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                // Programs would not agree which of two counts, and decoders refuse the second.
                let first = frame.replace(Frame::read(marker, content)?);
                if first.is_some() {
                    return None;
                }
            }
            0xDA => {
                frame.as_ref()?;
                at = end_of_scan(bytes, at);
            }
            0xE1 => {
                // The first one counts, as in browsers.
                let exif = content.strip_prefix(b"Exif\0\0");
                orientation = orientation.or_else(|| exif.and_then(Orientation::from_exif_chunk));
            }
            _ => {}
        }
        if is_picture(marker, content) {
            picture.push(start..at);
        }
    }
}

const END: u8 = 0xD9;

/// Returns whether a segment is needed to show the picture: all but comments and the data of applications. Of these,
/// JFIF and Adobe tell of the colours, and ICC has a profile of them.
fn is_picture(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xE0 => content.starts_with(b"JFIF\0"),
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// Returns the end of a scan: the next marker but those of restarts.
fn end_of_scan(bytes: &[u8], start: usize) -> usize {
    let is_end = |pair: &[u8]| matches!(pair, [0xFF, marker] if !matches!(marker, 0 | 0xD0..=0xD7 | 0xFF));
    let scan = bytes.get(start..).unwrap_or_default();
    scan.windows(2)
        .position(is_end)
        .map_or(bytes.len(), |length| start + length)
}

struct Frame {
    width: u16,
    height: u16,
    components: u8,
    blocks: u64,
    is_progressive: bool,
}

impl Frame {
    fn read(marker: u8, content: &[u8]) -> Option<Self> {
        let [_, h0, h1, w0, w1, components, ref sampling @ ..] = *content else {
            return None;
        };
        let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
        let factors = |component: &[u8]| match *component {
            [_, factors, _] => Some((u64::from(factors >> 4), u64::from(factors & 15))),
            _ => None,
        };
        let factors: Vec<_> = sampling.chunks(3).filter_map(factors).collect();
        let widest = factors.iter().map(|(across, _)| *across).max()?.max(1);
        let highest = factors.iter().map(|(_, down)| *down).max()?.max(1);
        let blocks = factors.iter().map(|(across, down)| across * down).sum::<u64>();
        (width > 0 && height > 0 && factors.len() == usize::from(components)).then_some(Self {
            width,
            height,
            components,
            blocks: blocks * 100 / (widest * highest),
            is_progressive: matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE),
        })
    }

    fn segments(self, orientation: Option<Orientation>, picture: Parts) -> Option<Segments> {
        Some(Segments {
            width: self.width,
            height: self.height,
            components: self.components,
            blocks: self.blocks,
            is_progressive: self.is_progressive,
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
            picture,
        })
    }
}
