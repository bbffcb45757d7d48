//! MPEG audio layer III (mp3): its frames, and the ID3 tags before and between them.

/// The kilobits a second of layer III, by the index in the frame's header: of MPEG 1, and of MPEG 2 and 2.5.
static RATES: [[u16; 15]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
/// The samples a second of MPEG 1. MPEG 2 has half of them, and 2.5 a quarter.
static SAMPLE_RATES: [usize; 3] = [44_100, 48_000, 32_000];

/// A frame of layer III.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    bytes: usize,
    /// Samples in the frame.
    pub samples: usize,
    /// Samples a second.
    pub rate: usize,
    /// The parts of the header that stay the same in a file: version, sample rate and channels.
    constant: [u8; 3],
}

/// Reads the header of a frame.
fn frame(bytes: &[u8]) -> Option<Frame> {
    let [0xFF, second, third, fourth, ..] = *bytes else {
        return None;
    };
    if !is_layer_3_header(second) {
        return None;
    }
    let (version, halved) = match second >> 3 & 3 {
        3 => (0, 0),
        2 => (1, 1),
        0 => (1, 2),
        _ => return None,
    };
    let rate = SAMPLE_RATES.get(usize::from(third >> 2 & 3))? >> halved;
    let kilobits = usize::from(*RATES.get(version)?.get(usize::from(third >> 4))?);
    let samples = 1152 >> version;
    // Index 0 means a rate that the header does not give.
    let bytes = (samples / 8 * kilobits * 1000)
        .checked_div(rate)
        .filter(|&bytes| bytes > 0)?;
    Some(Frame {
        bytes: bytes + usize::from(third >> 1 & 1),
        samples,
        rate,
        constant: [second, third & 0b1100, fourth & 0b1100_0000],
    })
}

/// Returns whether the second byte of a frame is that of layer III: the last 3 of 11 bits set, then the layer.
const fn is_layer_3_header(second: u8) -> bool {
    second & 0b1110_0110 == 0b1110_0010
}

/// Returns the length of the ID3 tag at the beginning, if there is one. One that is longer than the file is damaged:
/// only its head is taken for a tag.
fn id3_length(bytes: &[u8]) -> Option<usize> {
    let [b'I', b'D', b'3', 0..=0xFE, 0..=0xFE, flags, a, b, c, d, ..] = *bytes else {
        return None;
    };
    // Seven bits of the length in each byte; bit 4 of the flags means that the tag ends with a copy of its head.
    let seven_bits = |length: usize, byte: u8| (byte < 0x80).then(|| length << 7 | usize::from(byte));
    let length = [a, b, c, d].into_iter().try_fold(0, seven_bits)?;
    let length = ID3_HEAD + length + usize::from(flags >> 4 & 1) * ID3_HEAD;
    Some(if length > bytes.len() { ID3_HEAD } else { length })
}

/// The length of the head of an ID3 tag.
const ID3_HEAD: usize = 10;

/// Returns the bytes after leading ID3 tags and the zeros around them. Returns nothing if there is no tag.
pub fn after_id3(bytes: &[u8]) -> &[u8] {
    let mut rest = without_zeros(bytes);
    let mut has_tag = false;
    while let Some(length) = id3_length(rest) {
        rest = without_zeros(rest.get(length..).unwrap_or_default());
        has_tag = true;
    }
    if has_tag { rest } else { &[] }
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}

/// Returns whether a file is an mp3: it begins with a frame, or with zeros or an ID3 tag and has a frame later.
pub fn is_layer_3(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, second, ..] => is_layer_3_header(*second),
        [0 | b'I', ..] => {
            let rest = without_zeros(bytes);
            let has_tag = id3_length(rest).is_some();
            let mut frames = Frames::new(rest);
            // Other formats begin with zeros too, and bytes that look like a frame are anywhere.
            frames.next().is_some() && (has_tag || frames.at_first)
        }
        _ => false,
    }
}

/// The frames of a file, wherever they are: after tags, padding, and bytes that are none.
///
/// Four bytes of anything may look like the header of a frame. So a frame counts if another one of its kind, a tag or
/// the end of the file comes after it, or if it is of the kind of one that counted.
pub struct Frames<'a> {
    rest: &'a [u8],
    kind: Option<[u8; 3]>,
    /// True until bytes were passed over to find a frame.
    at_first: bool,
}

impl<'a> Frames<'a> {
    /// Begins at the start of a file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            kind: None,
            at_first: true,
        }
    }

    fn counts(&self, found: Frame) -> bool {
        let Some(after) = self.rest.get(found.bytes..) else {
            return false;
        };
        self.kind == Some(found.constant)
            || after.is_empty()
            || after.starts_with(b"TAG")
            || id3_length(after).is_some()
            || frame(after).is_some_and(|next| next.constant == found.constant)
    }
}

impl Iterator for Frames<'_> {
    type Item = Frame;

    fn next(&mut self) -> Option<Frame> {
        loop {
            let length = match (frame(self.rest), id3_length(self.rest)) {
                (Some(found), _) if self.counts(found) => {
                    self.rest = self.rest.get(found.bytes..)?;
                    self.kind = Some(found.constant);
                    return Some(found);
                }
                (_, Some(tag)) => tag,
                _ => {
                    self.at_first = false;
                    memchr::memchr2(0xFF, b'I', self.rest.get(1..)?)? + 1
                }
            };
            self.rest = self.rest.get(length..)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Second to fourth byte, length of a frame, samples a second, and samples.
    const KINDS: [([u8; 3], usize, usize, usize); 6] = [
        ([0xFB, 0x90, 0], 417, 44_100, 1152),
        ([0xFB, 0x92, 0], 418, 44_100, 1152),
        ([0xFA, 0x14, 0xC0], 96, 48_000, 1152),
        ([0xFB, 0xE8, 0], 1440, 32_000, 1152),
        ([0xF3, 0x48, 0], 144, 16_000, 576),
        ([0xE3, 0x18, 0x40], 72, 8_000, 576),
    ];

    fn frame_of(header: [u8; 3], length: usize) -> Vec<u8> {
        [vec![0xFF], header.to_vec(), vec![0; length - 4]].concat()
    }

    fn id3(flags: u8, length: [u8; 4], content: &[u8]) -> Vec<u8> {
        [b"ID3\x04\0", &[flags][..], &length, content].concat()
    }

    fn count(bytes: &[u8]) -> usize {
        Frames::new(bytes).count()
    }

    #[test]
    fn a_frame_is_read_in_each_version() {
        for (header, bytes, rate, samples) in KINDS {
            let read = frame(&frame_of(header, bytes)).unwrap();
            assert_eq!(
                (read.bytes, read.rate, read.samples),
                (bytes, rate, samples),
                "{header:x?}"
            );
        }
        // Layer I, a rate that the header does not give, and reserved values.
        for header in [[0xFF, 0x90], [0xFB, 0x00], [0xFB, 0xF0], [0xFB, 0x9C], [0xEB, 0x90]] {
            assert_eq!(frame(&[0xFF, header[0], header[1], 0]), None, "{header:x?}");
        }
    }

    #[test]
    fn frames_are_found_wherever_they_are() {
        for (header, length, ..) in KINDS {
            let some = frame_of(header, length).repeat(10);
            let tag = id3(0, [0, 0, 1, 2], &[0xAA; 130]);
            let with_footer = id3(0b1_0000, [0, 0, 0, 2], &[0xAA; 12]);
            let too_long = id3(0, [0x7F; 4], &[]);
            let junk = b"junk \xFF\xFB\x90 \xFF\xFF\xFF I ID3 \x00 junk".repeat(7);
            for (parts, frames) in [
                (vec![&some], 10),
                (vec![&tag, &some], 10),
                (vec![&with_footer, &some], 10),
                (vec![&tag, &tag, &some], 10),
                (vec![&too_long, &some], 10),
                (vec![&tag, &vec![0; 5000], &some], 10),
                (vec![&vec![0; 100], &tag, &some], 10),
                (vec![&vec![0; 100], &some], 10),
                (vec![&some, &tag, &some], 20),
                (vec![&some, &junk, &some, &vec![0; 999], &some], 30),
                (vec![&tag, &junk, &some, &junk], 10),
            ] {
                let file = parts.into_iter().flatten().copied().collect::<Vec<_>>();
                assert_eq!(count(&file), frames, "{header:x?}");
                assert!(is_layer_3(&file));
            }
        }
    }

    #[test]
    fn frames_apart_count_after_two_in_a_row() {
        let one = frame_of([0xFB, 0x90, 0], 417);
        let apart = [one.as_slice(), b"junk"].concat().repeat(20);
        assert_eq!(count(&[one.as_slice(), &apart].concat()), 21);
        // A header of another kind, alone among other bytes, is none.
        assert_eq!(count(&[frame_of([0xFB, 0x94, 0], 500), apart].concat()), 0);
    }

    #[test]
    fn a_file_without_frames_is_no_mp3() {
        let tag = id3(0, [0, 0, 0, 4], b"abcd");
        for content in [
            &b""[..],
            &[0; 5_000],
            b"\xFF\xF1\x50\x80",
            b"fLaC\0\0\0\x22",
            b"some text that goes on and on",
            &[0xFF; 500],
        ] {
            assert!(!is_layer_3(&[tag.as_slice(), content].concat()), "{content:?}");
            assert!(!is_layer_3(&[&[0; 8], content].concat()), "{content:?}");
        }
        for other in [&b""[..], b"I", b"ID3", b"ID3 is a tag", b"Image", b"\0\0\0\x18ftypisom"] {
            assert!(!is_layer_3(other), "{other:?}");
        }
        // A picture in a tag is no frame.
        let frames = frame_of([0xFB, 0x90, 0], 417).repeat(2);
        assert!(!is_layer_3(&id3(0, [0, 0, 6, 66], &frames)));
        assert_eq!(after_id3(&[&[0, 0][..], &tag, &[0], &tag, b"\0x"].concat()), b"x");
        assert_eq!(after_id3(b"\0\0x"), b"");
    }
}
