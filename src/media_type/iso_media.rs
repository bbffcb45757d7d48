//! The ISO base media file format, which MP4, HEIC, AVIF and others are kinds of: brands, and boxes in boxes.

/// Returns whether a file is an AVIF. Its first brand may be the general one of pictures.
pub fn is_avif(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 2] = [b"avif", b"avis"];
    first_brand(bytes).is_some_and(|first| {
        BRANDS.contains(&first) || GENERAL_PICTURES.contains(&first) && is_compatible_with(bytes, &BRANDS)
    })
}

/// The brands of pictures, whatever their coding.
const GENERAL_PICTURES: [&[u8; 4]; 3] = [b"mif1", b"msf1", b"miaf"];

/// Returns whether a file is a HEIC, or a picture of a coding that it does not name.
pub fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"];
    first_brand(bytes).is_some_and(|first| BRANDS.contains(&first) || GENERAL_PICTURES.contains(&first))
}

/// Returns whether a file is an audio file, by its first brand. (`M4P ` is one with copy protection.)
pub fn is_m4a(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 5] = [b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "];
    first_brand(bytes).is_some_and(|first| BRANDS.contains(&first))
}

/// The brands of MP4. A file lists those that it is compatible with; a camera names a brand of its own first.
const MP4_BRANDS: [&[u8; 4]; 26] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"mp4v",
    b"mp71", b"mmp4", b"avc1", b"hvc1", b"av01", b"dash", b"MSNV", b"M4V ", b"M4VH", b"M4VP", b"F4V ", b"f4v ",
    b"F4P ", b"NDAS",
];

/// Returns whether a file is an MP4, or compatible with it.
pub fn is_mp4(bytes: &[u8]) -> bool {
    first_brand(bytes).is_some_and(|first| MP4_BRANDS.contains(&first) || is_compatible_with(bytes, &MP4_BRANDS))
}

fn first_brand(bytes: &[u8]) -> Option<&[u8; 4]> {
    let [_, kind, first, ..] = bytes.as_chunks::<4>().0 else {
        return None;
    };
    (kind == b"ftyp").then_some(first)
}

/// Returns whether the list of brands after the first one has one of these.
fn is_compatible_with(bytes: &[u8], brands: &[&[u8; 4]]) -> bool {
    let [length, _, _, rest @ ..] = bytes.as_chunks::<4>().0 else {
        return false;
    };
    // The list begins after a version, and ends with the length in bytes.
    let end = (u32::from_be_bytes(*length) / 4).saturating_sub(3) as usize;
    let mut others = rest.iter().take(end).skip(1);
    others.any(|brand| brands.contains(&brand))
}

/// Returns the boxes of a file or of a box: the name and the content of each. A box that is longer than its place ends
/// with it.
pub fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk()?;
        let (name, rest) = rest.split_first_chunk()?;
        let (length, header) = match u32::from_be_bytes(*length) {
            // To the end of the file.
            0 => (bytes.len() as u64, 8),
            // Too long for four bytes.
            1 => (u64::from_be_bytes(*rest.first_chunk()?), 16),
            length => (length.into(), 8),
        };
        let end = usize::try_from(length).unwrap_or(usize::MAX).min(bytes.len());
        let content = bytes.get(header..end)?;
        bytes = bytes.get(end..)?;
        Some((*name, content))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;

    fn head(brands: &[u8]) -> Vec<u8> {
        let length = u32::try_from(8 + brands.len()).unwrap().to_be_bytes();
        [&length, &b"ftyp"[..], brands, b"mp42"].concat()
    }

    #[test]
    fn a_file_has_a_brand_and_others_that_it_is_compatible_with() {
        for (brands, extension) in [
            (&b"XAVC\x01\0\x1f\xffXAVCmp42iso2"[..], "mp4"),
            (b"isom\0\0\x02\0isomiso2", "mp4"),
            (b"M4V \0\0\0\0M4V M4A mp42isom", "mp4"),
            (b"3gp5\0\0\0\x013gp5isom", "mp4"),
            (b"3gp5\0\0\0\x013gp5", "3gp"),
            (b"M4A \0\0\0\0M4A mp42isom", "m4a"),
            (b"M4P \0\0\0\0M4A mp42isom", "m4a"),
            (b"qt  \0\0\0\0qt  isom", "mov"),
            (b"crx \0\0\0\x01crx isom", "cr3"),
            (b"heic\0\0\0\0mif1heicisom", "heic"),
            (b"mif1\0\0\0\0mif1heic", "heic"),
            (b"mif1\0\0\0\0", "heic"),
            (b"avif\0\0\0\0mif1miaf", "avif"),
            (b"mif1\0\0\0\0mif1avifmiaf", "avif"),
            (b"msf1\0\0\0\0avismsf1iso8", "avif"),
        ] {
            let name = String::from_utf8_lossy(brands);
            assert_eq!(Format::of(&head(brands)).unwrap().extension, extension, "{name}");
        }
        // Bytes after the list are no brand.
        assert!(Format::of(&head(b"XAVC\0\0\0\0XAVC")).is_none());
    }

    #[test]
    fn boxes_have_their_lengths_in_three_forms() {
        let found = |bytes: &[u8]| -> Vec<(String, usize)> {
            boxes(bytes)
                .map(|(name, content)| (String::from_utf8_lossy(&name).into_owned(), content.len()))
                .collect()
        };
        let long = b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x12ab";
        let last = b"\0\0\0\0freeabc";
        let expected = [("ftyp", 1), ("mdat", 2), ("free", 3)].map(|(name, length)| (name.to_owned(), length));
        assert_eq!(found(&[&b"\0\0\0\x09ftypx"[..], long, last].concat()), expected);
        assert_eq!(found(b"\0\0\x01\0moovab"), [("moov".to_owned(), 2)]);
        for broken in [
            &b""[..],
            b"\0\0\0\x08moo",
            b"\0\0\0\x07moov",
            b"\0\0\0\x02moovabcd",
            b"\0\0\0\x01moov\0\0\0\0\0\0\0\x0F",
            b"\0\0\0\x01moov\0\0",
        ] {
            assert_eq!(found(broken), [], "{broken:?}");
        }
    }
}
