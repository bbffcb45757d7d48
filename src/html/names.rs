//! Named character references of the HTML standard
//! (<https://html.spec.whatwg.org/multipage/named-characters.html>).
//!
//! Those that mean one character below U+2070, which are letters, blanks and punctuation, and the symbols of HTML 4.
//! The other 1,522, most of them symbols of mathematics, take 12 KB of the component, so their references stay as they
//! are.
//!
//! `names.bin` has the names in 4 KB. A test writes it from the table of a library, and fails if it is stale. Its
//! numbers have two bytes, the lower one first:
//!
//! - the number of blocks, and the start of each from here on;
//! - the blocks, each with 32 names in the order of their bytes. A name is one byte with the number of characters that
//!   it shares with the name before (none in the first of a block) and the flag below; its other characters, of which
//!   the last has the highest bit; and the character that it means.

/// The table.
static NAMES: &[u8] = include_bytes!("names.bin");

/// The number of names in a block. A search reads the first name of five blocks, and one block.
#[cfg(test)]
const BLOCK: usize = 32;
/// The longest name is `DiacriticalDoubleAcute`.
pub const LONGEST: usize = 22;

/// The bits of the number of shared characters.
const SHARED: u8 = 0x1F;
/// The flag of a name that needs no semicolon.
const IS_OLD: u8 = 0x20;
/// The flag of the last character of a name.
const LAST: u8 = 0x80;

/// The meaning of a name.
#[derive(Clone, Copy)]
pub struct Meaning {
    /// The character.
    pub text: &'static str,
    /// True if it needs no semicolon, as old pages have it.
    pub may_lack_semicolon: bool,
}

/// Returns the meaning of a name without `&` and semicolon.
pub fn find(name: &[u8]) -> Option<Meaning> {
    let (&count, rest) = NAMES.split_first_chunk()?;
    let starts = rest.get(..2 * usize::from(u16::from_le_bytes(count)))?;
    // The block is the last one whose first name is not beyond the name.
    let mut block: &[u8] = &[];
    let mut blocks = starts.as_chunks::<2>().0;
    while !blocks.is_empty() {
        let (before, after) = blocks.split_at_checked(blocks.len() / 2)?;
        let (start, after) = after.split_first()?;
        let candidate = NAMES.get(usize::from(u16::from_le_bytes(*start))..)?;
        let first = Entry::read(candidate)?;
        if first.is_not_beyond(name) {
            block = candidate;
            blocks = after;
        } else {
            blocks = before;
        }
    }
    in_block(block, name)
}

/// Returns the meaning of a name if it is one from the start of a block on. Names are in order, so the search ends at
/// the first that is beyond it.
fn in_block(mut block: &'static [u8], name: &[u8]) -> Option<Meaning> {
    // The number of characters that the name before shares with the one that is looked for.
    let mut matched = 0;
    while let Some(entry) = Entry::read(block) {
        block = entry.rest;
        // A name that shares more with the one before differs where that did.
        if entry.shared > matched {
            continue;
        }
        if entry.shared < matched {
            return None;
        }
        let wanted = name.get(matched..)?;
        let equal = entry
            .suffix()
            .zip(wanted)
            .take_while(|(ours, wanted)| ours == *wanted)
            .count();
        matched += equal;
        match (entry.suffix().nth(equal), wanted.get(equal)) {
            (None, None) => return Some(entry.meaning),
            (Some(ours), wanted) if wanted.is_none_or(|&wanted| ours > wanted) => return None,
            _ => {}
        }
    }
    None
}

/// A name of the table.
struct Entry {
    shared: usize,
    /// The characters that it does not share; the last has a flag.
    suffix: &'static [u8],
    meaning: Meaning,
    /// The table after it.
    rest: &'static [u8],
}

impl Entry {
    fn read(table: &'static [u8]) -> Option<Self> {
        let (head, table) = table.split_first()?;
        let length = 1 + table.iter().position(|byte| byte & LAST != 0)?;
        let (suffix, table) = table.split_at_checked(length)?;
        let length = utf8_length(*table.first()?);
        let (text, rest) = table.split_at_checked(length)?;
        Some(Self {
            shared: usize::from(head & SHARED),
            suffix,
            meaning: Meaning {
                text: std::str::from_utf8(text).ok()?,
                may_lack_semicolon: head & IS_OLD != 0,
            },
            rest,
        })
    }

    fn suffix(&self) -> impl Iterator<Item = u8> {
        self.suffix.iter().map(|byte| byte & !LAST)
    }

    /// Returns whether the first name of a block comes before a name, or is it.
    fn is_not_beyond(&self, name: &[u8]) -> bool {
        self.suffix().le(name.iter().copied())
    }
}

/// Returns the number of bytes of a character that begins with this one.
const fn utf8_length(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

#[cfg(test)]
pub use tests::kept;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use entities::ENTITIES;

    use super::*;

    /// The names in HTML 4 of characters from U+2070 on (<https://www.w3.org/TR/html401/sgml/entities.html>).
    const SYMBOLS: &str = "alefsym and ang asymp cap clubs cong crarr cup dArr darr diams empty equiv euro exist \
        forall ge hArr harr hearts image infin int isin lArr lang larr lceil le lfloor lowast loz minus nabla ne ni \
        notin nsub oplus or otimes part perp prod prop rArr radic rang rarr rceil real rfloor sdot sim spades sub \
        sube sum sup supe there4 trade uArr uarr weierp";

    /// Returns the names in the table without semicolon, each with its meaning and whether it needs none.
    pub fn kept() -> BTreeMap<&'static str, (&'static str, bool)> {
        let mut names = BTreeMap::new();
        for entity in &ENTITIES {
            let name = entity.entity.trim_matches(['&', ';']);
            let is_low = entity.characters.chars().all(|character| character < '\u{2070}');
            let is_kept =
                (is_low && entity.characters.chars().count() == 1) || SYMBOLS.split(' ').any(|one| one == name);
            if !is_kept {
                continue;
            }
            let (_, may_lack) = names.entry(name).or_insert((entity.characters, false));
            *may_lack |= !entity.entity.ends_with(';');
        }
        names
    }

    /// Writes the table.
    fn table() -> Vec<u8> {
        let names = kept();
        let mut starts = Vec::new();
        let mut entries = Vec::new();
        let mut before = "";
        for (index, (name, (meaning, may_lack))) in names.iter().enumerate() {
            if index % BLOCK == 0 {
                starts.push(entries.len());
                before = "";
            }
            let shared = name.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
            entries.push(u8::try_from(shared).unwrap() | if *may_lack { IS_OLD } else { 0 });
            entries.extend_from_slice(&name.as_bytes()[shared..]);
            *entries.last_mut().unwrap() |= LAST;
            entries.extend_from_slice(meaning.as_bytes());
            before = name;
        }
        let head = 2 + 2 * starts.len();
        let starts = starts.iter().map(|start| head + start);
        let numbers = std::iter::once(starts.len()).chain(starts);
        let mut table: Vec<u8> = numbers
            .flat_map(|number| u16::try_from(number).unwrap().to_le_bytes())
            .collect();
        table.extend(entries);
        table
    }

    #[test]
    fn the_table_is_not_stale() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/html/names.bin");
        let table = table();
        if table != NAMES {
            std::fs::write(path, &table).unwrap();
            panic!("names.bin was stale, and has been written anew");
        }
        assert!(NAMES.len() < 4_200, "{}", NAMES.len());
    }

    /// HTML 4 has 252 names. 66 are in the list, and the others mean low characters.
    #[test]
    fn the_symbols_are_66_names_beyond_the_low_characters() {
        let names = kept();
        let symbols: Vec<&str> = SYMBOLS.split(' ').collect();
        assert_eq!(symbols.len(), 66);
        for name in symbols {
            assert!(names[name].0 >= "\u{2070}", "{name}");
        }
    }

    #[test]
    fn every_name_of_the_table_is_found_and_no_other() {
        let names = kept();
        assert_eq!(names.len(), 603);
        assert_eq!(names.keys().map(|name| name.len()).max(), Some(LONGEST));
        let mut others = 0;
        for name in names.keys() {
            for end in 0..=name.len() {
                for last in ["", "a", "z", "0", "Z", "\u{80}"] {
                    let word = format!("{}{last}", &name[..end]);
                    let found = find(word.as_bytes()).map(|meaning| (meaning.text, meaning.may_lack_semicolon));
                    assert_eq!(found, names.get(word.as_str()).copied(), "{word}");
                    others += usize::from(found.is_none());
                }
            }
        }
        assert!(others > 10_000);
    }
}
