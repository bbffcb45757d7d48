//! The length of voices, for containers that give it cheaply.

/// The longest voice that passes, in whole seconds. The limit is 60 (wechat-api §16), and encoders fill up the last
/// frame.
const LONGEST: usize = 60;

/// Returns the problem of this length.
pub fn problem(seconds: usize) -> Option<String> {
    (seconds > LONGEST).then(|| format!("{seconds} seconds"))
}

/// Reads four bytes as a number.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*four) as usize)
}

/// Returns the whole seconds of a wav: the length of its data divided by the bytes of a second.
pub fn wav(bytes: &[u8]) -> usize {
    let mut at = 12;
    let mut rate = 0;
    while let Some(chunk) = bytes.get(at..)
        && let Some((name, rest)) = chunk.split_first_chunk::<4>()
        && let Some(length) = number(rest, 0)
    {
        let content = rest.get(4..).unwrap_or_default();
        match name {
            b"fmt " => rate = number(content, 8).unwrap_or_default(),
            b"data" => {
                // A program that wrote the file in one go did not know the length.
                return length.min(content.len()).checked_div(rate).unwrap_or_default();
            }
            _ => {}
        }
        // Chunks begin at even offsets.
        at = at.saturating_add(8).saturating_add(length).saturating_add(length % 2);
    }
    0
}

/// The bytes of a frame after its first, by the mode in that one: speech, comfort noise, nothing (RFC 4867), in narrow
/// band.
static NARROW: [u8; 16] = [
    12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, RESERVED, RESERVED, RESERVED, 0,
];
/// The same in wide band.
static WIDE: [u8; 16] = [
    17, 23, 32, 36, 40, 46, 50, 58, 60, 5, RESERVED, RESERVED, RESERVED, RESERVED, 0, 0,
];
/// The size of a mode that has no meaning yet.
const RESERVED: u8 = u8::MAX;

/// The frames of an amr in a second.
const FRAMES: usize = 50;

/// Returns the whole seconds of an amr: its frames have 20 milliseconds each.
pub fn amr(bytes: &[u8]) -> usize {
    let (sizes, mut rest) = match bytes {
        [b'#', b'!', b'A', b'M', b'R', b'\n', rest @ ..] => (&NARROW, rest),
        [b'#', b'!', b'A', b'M', b'R', b'-', b'W', b'B', b'\n', rest @ ..] => (&WIDE, rest),
        _ => return 0,
    };
    let mut frames = 0;
    while let [first, after @ ..] = rest
        && let Some(&size) = sizes.get(usize::from(first >> 3 & 15))
        && size != RESERVED
        && let Some(next) = after.get(size.into()..)
    {
        frames += 1;
        rest = next;
    }
    frames / FRAMES
}

/// The kilobits a second of layer III, by the index in the frame's header: of MPEG 1, and of MPEG 2 and 2.5.
static RATES: [[u16; 15]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
/// The samples a second of MPEG 1. MPEG 2 has half of them, and 2.5 a quarter.
static SAMPLE_RATES: [usize; 3] = [44_100, 48_000, 32_000];

/// A frame of an mp3.
#[derive(Debug, PartialEq)]
struct Frame {
    bytes: usize,
    samples: usize,
    /// Samples a second.
    rate: usize,
}

/// Reads the header of a frame of layer III.
fn mp3_frame(bytes: &[u8]) -> Option<Frame> {
    let [0xFF, second, third, ..] = *bytes else { return None };
    if second & 0b1110_0110 != 0b1110_0010 {
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
    })
}

/// Returns the whole seconds of an mp3: its frames from the end of the leading tag to the first bytes that are none.
/// Frames in a row have the same sample rate.
pub fn mp3(bytes: &[u8]) -> usize {
    let mut at = 0;
    if let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = *bytes {
        // Seven bits of the length in each byte; bit 4 of the flags means that the tag ends with a copy of its head.
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let length = length & 0x7F | length >> 1 & 0x3F80 | length >> 2 & 0x1F_C000 | length >> 3 & 0xFE0_0000;
        at = 10 + length + usize::from(flags >> 4 & 1) * 10;
    }
    let mut samples = 0;
    let mut rate = 0;
    while let Some(rest) = bytes.get(at..)
        && let Some(frame) = mp3_frame(rest)
        && (rate == 0 || rate == frame.rate)
        && frame.bytes <= rest.len()
    {
        samples += frame.samples;
        rate = frame.rate;
        at += frame.bytes;
    }
    samples.checked_div(rate).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/host-test/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn a_real_voice_has_its_length() {
        for (name, length, seconds) in [
            ("voice.wav", wav as fn(&[u8]) -> usize, 0),
            ("voice.amr", amr, 1),
            ("voice.mp3", mp3, 1),
            ("voice-61s.wav", wav, 61),
            ("voice-61s.amr", amr, 61),
            ("voice-61s.mp3", mp3, 61),
            ("voice-60s.wav", wav, 60),
            ("voice-60s.amr", amr, 60),
            ("voice-60s.mp3", mp3, 60),
        ] {
            assert_eq!(length(&fixture(name)), seconds, "{name}");
            assert_eq!(problem(seconds).is_some(), seconds == 61);
        }
    }

    #[test]
    fn a_cut_voice_is_never_longer_than_it_is() {
        for (name, length) in [
            ("voice-61s.wav", wav as fn(&[u8]) -> usize),
            ("voice-61s.amr", amr),
            ("voice-61s.mp3", mp3),
        ] {
            let bytes = fixture(name);
            for parts in 0..=8 {
                let cut = &bytes[..bytes.len() * parts / 8];
                assert!(
                    length(cut) <= 61 * parts / 8,
                    "{name}, {parts} eighths: {}",
                    length(cut)
                );
            }
            // Bytes after the voice do not count if they are of another kind.
            let longer = [bytes.as_slice(), &[0; 10_000]].concat();
            assert!(length(&longer) <= 61 || name.ends_with(".amr"), "{name}");
        }
    }

    #[test]
    fn a_file_that_is_no_voice_has_no_length() {
        for length in [wav, amr, mp3] {
            for bytes in [
                &b""[..],
                b"RIFF",
                b"#!AMR
",
                b"ID3",
                &[0xFF; 100],
                &[0; 100],
            ] {
                assert_eq!(length(bytes), 0);
            }
        }
    }

    #[test]
    fn a_wav_may_have_other_chunks_and_an_unknown_length() {
        let chunk = |name: &[u8], length: u32, content: &[u8]| [name, &length.to_le_bytes(), content].concat();
        let format = [
            &[1, 0, 1, 0][..],
            &8000_u32.to_le_bytes(),
            &100_u32.to_le_bytes(),
            &[1, 0, 8, 0],
        ]
        .concat();
        let build = |length| {
            [
                b"RIFF\0\0\0\0WAVE".to_vec(),
                chunk(b"LIST", 3, b"odd\0"),
                chunk(b"fmt ", 16, &format),
                chunk(b"data", length, &[0; 6_150]),
            ]
            .concat()
        };
        for (length, seconds) in [(6_150, 61), (6_099, 60), (u32::MAX, 61), (0, 0)] {
            assert_eq!(wav(&build(length)), seconds, "{length}");
        }
        assert_eq!(
            wav(&[b"RIFF\0\0\0\0WAVE".to_vec(), chunk(b"junk", u32::MAX, b"")].concat()),
            0
        );
    }

    #[test]
    fn an_amr_has_frames_of_each_mode_until_one_is_reserved() {
        for (magic, sizes) in [(&b"#!AMR\n"[..], NARROW), (b"#!AMR-WB\n", WIDE)] {
            for (mode, size) in (0_u8..).zip(sizes) {
                let frame = [vec![mode << 3 | 4], vec![0; usize::from(size)]].concat();
                let voice = [magic, &frame.repeat(61 * 50)].concat();
                let expected = if size == RESERVED { 0 } else { 61 };
                assert_eq!(amr(&voice), expected, "mode {mode}");
            }
        }
    }

    #[test]
    fn an_mp3_has_frames_of_each_version() {
        // Second and third byte, length of a frame, samples a second, and samples.
        for (second, third, length, rate, samples) in [
            (0xFB, 0x90, 417, 44_100, 1152),
            (0xFB, 0x92, 418, 44_100, 1152),
            (0xFA, 0x14, 96, 48_000, 1152),
            (0xFB, 0xE8, 1440, 32_000, 1152),
            (0xF3, 0x48, 144, 16_000, 576),
            (0xE3, 0x18, 72, 8_000, 576),
        ] {
            let frame = [vec![0xFF, second, third], vec![0; length - 3]].concat();
            let count = 61 * rate / samples + 1;
            let voice = frame.repeat(count);
            assert_eq!(mp3(&voice), 61, "{second:x} {third:x}");
            for flags in [0, 0b1_0000] {
                let tag = [b"ID3\x04\0".to_vec(), vec![flags, 0, 0, 1, 2], vec![0; 130]].concat();
                let end = if flags == 0 { Vec::new() } else { vec![0; 10] };
                assert_eq!(mp3(&[tag, end, voice.clone()].concat()), 61);
            }
        }
        // Layer I, a rate that the header does not give, and reserved values.
        for header in [
            [0xFF, 0xFF, 0x90],
            [0xFF, 0xFB, 0x00],
            [0xFF, 0xFB, 0xF0],
            [0xFF, 0xFB, 0x9C],
            [0xFF, 0xEB, 0x90],
        ] {
            assert_eq!(mp3_frame(&header), None, "{header:x?}");
        }
    }
}
