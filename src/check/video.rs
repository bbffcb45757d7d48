//! The tracks of videos.

use crate::media_type::boxes;
use crate::texts::FilesTexts;

/// Returns the problem of an mp4: it has to have a video track.
pub fn problem(texts: &FilesTexts, bytes: &[u8]) -> Option<String> {
    let mut movies = boxes(bytes).filter(|(name, _)| name == b"moov").peekable();
    if movies.peek().is_none() {
        return Some(texts.no_tracks.to_owned());
    }
    let within =
        |(_, content): ([u8; 4], _), inner: &'static [u8; 4]| boxes(content).filter(move |(name, _)| name == inner);
    let mut handlers = movies
        .flat_map(|movie| within(movie, b"trak"))
        .flat_map(|track| within(track, b"mdia"))
        .flat_map(|media| within(media, b"hdlr"));
    // The kind of a track comes after a version and four bytes that have no meaning.
    let has_video = handlers.any(|(_, handler)| handler.get(8..12) == Some(b"vide"));
    (!has_video).then(|| texts.no_video_track.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    fn a_box(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(8 + content.len()).unwrap().to_be_bytes();
        [&length, &name[..], content].concat()
    }

    fn track(kind: &[u8; 4]) -> Vec<u8> {
        let handler = a_box(b"hdlr", &[&[0; 8], &kind[..], &[0; 13]].concat());
        let media = a_box(b"mdia", &[a_box(b"mdhd", &[0; 24]), handler].concat());
        a_box(b"trak", &[a_box(b"tkhd", &[0; 84]), media].concat())
    }

    fn file(tracks: &[&[u8; 4]]) -> Vec<u8> {
        let tracks: Vec<u8> = tracks.iter().flat_map(|kind| track(kind)).collect();
        [
            a_box(b"ftyp", b"isom\0\0\x02\0isommp42"),
            a_box(b"mdat", b"vide moov trak"),
            a_box(b"moov", &[a_box(b"mvhd", &[0; 100]), tracks].concat()),
        ]
        .concat()
    }

    #[test]
    fn a_video_has_a_video_track() {
        let path = format!("{}/host-test/fixtures/video.mp4", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(problem(&EN.files, &std::fs::read(path).unwrap()), None);
        for tracks in [&[b"vide"][..], &[b"soun", b"vide"], &[b"meta", b"soun", b"vide"]] {
            assert_eq!(problem(&EN.files, &file(tracks)), None);
        }
        for tracks in [&[][..], &[b"soun"], &[b"soun", b"text"]] {
            assert_eq!(
                problem(&EN.files, &file(tracks)).as_deref(),
                Some("without a video track")
            );
        }
    }

    #[test]
    fn a_video_without_its_list_of_tracks_is_damaged() {
        let file = file(&[b"vide"]);
        let cut = &file[..40];
        for bytes in [&b""[..], cut, b"\0\0\0\x18ftypisom"] {
            assert!(problem(&EN.files, bytes).unwrap().starts_with("damaged or cut off"));
        }
    }
}
