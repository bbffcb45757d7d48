//! The length of voices, for containers that give it cheaply.

use crate::media_type::mpeg_audio::{Frame, Frames};
use crate::texts::FilesTexts;

/// The longest voice that passes, in whole seconds. The limit is 60 (wechat-api §16), and encoders fill up the last
/// frame.
const LONGEST: usize = 60;

/// Returns the problem of this length. An unknown one is none.
pub fn problem(texts: &FilesTexts, seconds: Option<usize>) -> Option<String> {
    let seconds = seconds.filter(|&seconds| seconds > LONGEST)?;
    Some(texts.seconds.with([&seconds]))
}

/// Reads four bytes as a number.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*four) as usize)
}

/// Returns the whole seconds of a wav: the length of its data divided by the bytes of a second. A program that wrote
/// the file in one go did not know the length, and wrote the largest number or 0. With 0, other chunks may come after
/// the data, so the length is unknown.
pub fn wav(bytes: &[u8]) -> Option<usize> {
    let mut at = 12;
    let mut rate = 0;
    while let Some(chunk) = bytes.get(at..)
        && let Some((name, rest)) = chunk.split_first_chunk::<4>()
        && let Some(length) = number(rest, 0)
    {
        let content = rest.get(4..).unwrap_or_default();
        match name {
            b"fmt " => rate = number(content, 8).unwrap_or_default(),
            b"data" if length == 0 && !content.is_empty() => return None,
            b"data" => return length.min(content.len()).checked_div(rate),
            _ => {}
        }
        // Chunks begin at even offsets.
        at = at.saturating_add(8).saturating_add(length).saturating_add(length % 2);
    }
    None
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
pub fn amr(bytes: &[u8]) -> Option<usize> {
    let (sizes, mut rest) = match bytes {
        [b'#', b'!', b'A', b'M', b'R', b'\n', rest @ ..] => (&NARROW, rest),
        [b'#', b'!', b'A', b'M', b'R', b'-', b'W', b'B', b'\n', rest @ ..] => (&WIDE, rest),
        _ => return None,
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
    Some(frames / FRAMES)
}

/// A number that every sample rate of mp3 divides: so many ticks are a second.
const TICKS: usize = 14_112_000;

/// Returns the whole seconds of an mp3: of all its frames, wherever they are.
pub fn mp3(bytes: &[u8]) -> Option<usize> {
    let ticks = |frame: Frame| (frame.samples * (TICKS / frame.rate)) as u64;
    let ticks: u64 = Frames::new(bytes).map(ticks).sum();
    (ticks > 0).then(|| usize::try_from(ticks / TICKS as u64).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/host-test/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn a_real_voice_has_its_length() {
        for (name, length, seconds) in [
            ("voice.wav", wav as fn(&[u8]) -> Option<usize>, 0),
            ("voice.amr", amr, 1),
            ("voice.mp3", mp3, 1),
            ("voice-61s.wav", wav, 61),
            ("voice-61s.amr", amr, 61),
            ("voice-61s.mp3", mp3, 61),
            ("voice-60s.wav", wav, 60),
            ("voice-60s.amr", amr, 60),
            ("voice-60s.mp3", mp3, 60),
        ] {
            assert_eq!(length(&fixture(name)), Some(seconds), "{name}");
            assert_eq!(problem(&EN.files, Some(seconds)).is_some(), seconds == 61);
        }
    }

    #[test]
    fn a_cut_voice_is_never_longer_than_it_is() {
        for (name, length) in [
            ("voice-61s.wav", wav as fn(&[u8]) -> Option<usize>),
            ("voice-61s.amr", amr),
            ("voice-61s.mp3", mp3),
        ] {
            let bytes = fixture(name);
            for parts in 0..=8 {
                let cut = &bytes[..bytes.len() * parts / 8];
                let seconds = length(cut).unwrap_or_default();
                assert!(seconds <= 61 * parts / 8, "{name}, {parts} eighths: {seconds}");
            }
            // Bytes after the voice do not count if they are of another kind.
            let longer = [bytes.as_slice(), &[0; 10_000]].concat();
            assert!(length(&longer) <= Some(61) || name.ends_with(".amr"), "{name}");
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
                assert_eq!(length(bytes).unwrap_or_default(), 0);
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
        for (length, seconds) in [(6_150, Some(61)), (6_099, Some(60)), (u32::MAX, Some(61)), (0, None)] {
            assert_eq!(wav(&build(length)), seconds, "{length}");
        }
        assert_eq!(
            wav(&[b"RIFF\0\0\0\0WAVE".to_vec(), chunk(b"junk", u32::MAX, b"")].concat()),
            None
        );
    }

    #[test]
    fn an_amr_has_frames_of_each_mode_until_one_is_reserved() {
        for (magic, sizes) in [(&b"#!AMR\n"[..], NARROW), (b"#!AMR-WB\n", WIDE)] {
            for (mode, size) in (0_u8..).zip(sizes) {
                let frame = [vec![mode << 3 | 4], vec![0; usize::from(size)]].concat();
                let voice = [magic, &frame.repeat(61 * 50)].concat();
                let expected = if size == RESERVED { 0 } else { 61 };
                assert_eq!(amr(&voice), Some(expected), "mode {mode}");
            }
        }
    }

    #[test]
    fn the_frames_of_an_mp3_count_wherever_they_are() {
        // 70 seconds of 418 bytes at 44,100 samples a second.
        let frame = [&[0xFF, 0xFB, 0x92, 0][..], &[0; 414]].concat();
        let voice = frame.repeat(70 * 44_100 / 1152 + 1);
        let tag = [&b"ID3\x03\0\0\0\0\x01\0"[..], &[0xAA; 128]].concat();
        let half = voice.len() / 2 / 418 * 418;
        let (first, second) = voice.split_at(half);
        let junk = [0x60; 3_000];
        for parts in [
            vec![&voice],
            vec![&tag, &voice],
            vec![&tag, &vec![0; 4096], &voice],
            vec![&tag, &junk.to_vec(), &voice],
            vec![&first.to_vec(), &tag, &second.to_vec()],
            vec![&first.to_vec(), &junk.to_vec(), &second.to_vec()],
            vec![&vec![0; 500], &voice],
        ] {
            assert_eq!(mp3(&parts.into_iter().flatten().copied().collect::<Vec<_>>()), Some(70));
        }
        // Parts of different sample rates add up: 576 samples at 16,000 and 1152 at 48,000 a second.
        let slow = [&[0xFF, 0xF3, 0x48, 0][..], &[0; 140]]
            .concat()
            .repeat(35 * 16_000 / 576 + 1);
        let fast = [&[0xFF, 0xFA, 0x14, 0][..], &[0; 92]]
            .concat()
            .repeat(35 * 48_000 / 1152 + 1);
        assert_eq!(mp3(&[slow, fast].concat()), Some(70));
        assert_eq!(mp3(&tag), None);
    }
}
