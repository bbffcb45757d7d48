//! JSON, strictly but for raw control characters in strings, which WeChat writes (wechat-api §3.3). (`serde_json` has 14 KB of
//! code for it, most of it for what nobody asks for here: floats, sorted maps, places of errors.)

use super::plain;
use std::mem;
use zeroize::Zeroizing;

/// Most levels of lists and objects in one another. Each takes a part of the stack.
const DEPTH: usize = 127;
/// Most values in a reply, which would else take more memory than there is: a page of 20 drafts with 10 articles of 20 fields has
/// 5,000.
const VALUES: usize = 100_000;

/// A value as it stands in a text.
#[derive(Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Truth(bool),
    /// A number as it is written.
    Number(String),
    /// A string. It may be a token, also in a reply that turns out to be unreadable further on.
    Text(Zeroizing<String>),
    /// A list.
    List(Vec<Value>),
    /// An object. Of two fields of the same name the later one counts.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a text that is one value. Raw newlines, tabs and carriage returns in strings are taken as they are, other control
    /// characters as blanks. `None`: it is no JSON, or too deep, or of too many values.
    pub fn read(text: &[u8]) -> Option<Self> {
        let mut reader = Reader {
            rest: text,
            left: VALUES,
        };
        let value = reader.value(DEPTH)?;
        reader.skip_blanks();
        reader.rest.is_empty().then_some(value)
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    /// How many values may follow.
    left: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        self.skip_blanks();
        Some(match *self.rest.first()? {
            b'"' => Value::Text(self.string()?),
            b'[' => {
                let depth = depth.checked_sub(1)?;
                let mut items = Vec::new();
                while self.is_before_item(b']', items.is_empty())? {
                    items.push(self.value(depth)?);
                }
                Value::List(items)
            }
            b'{' => {
                let depth = depth.checked_sub(1)?;
                let mut fields = Vec::new();
                while self.is_before_item(b'}', fields.is_empty())? {
                    self.skip_blanks();
                    let name = mem::take(&mut *self.string()?);
                    self.skip_blanks();
                    self.expect(b":")?;
                    fields.push((name, self.value(depth)?));
                }
                Value::Object(fields)
            }
            b't' => self.expect(b"true").map(|()| Value::Truth(true))?,
            b'f' => self.expect(b"false").map(|()| Value::Truth(false))?,
            b'n' => self.expect(b"null").map(|()| Value::Null)?,
            _ => Value::Number(self.number()?),
        })
    }

    /// Passes what stands before an item: the bracket before the first, a comma before another. False behind the last one.
    fn is_before_item(&mut self, end: u8, first: bool) -> Option<bool> {
        if first {
            self.next()?;
        }
        self.skip_blanks();
        if self.takes(end) {
            return Some(false);
        }
        (first || self.takes(b',')).then_some(true)
    }

    fn string(&mut self) -> Option<Zeroizing<String>> {
        self.expect(b"\"")?;
        // Room for all of it: growing would leave parts of a token behind in memory.
        let mut text = Zeroizing::new(String::with_capacity(self.string_length()?));
        loop {
            let plain = self.pass(plain(self.rest))?;
            text.push_str(str::from_utf8(plain).ok()?);
            match self.next()? {
                b'"' => return Some(text),
                b'\\' => text.push(self.escape()?),
                line @ (b'\n' | b'\t' | b'\r') => text.push(line.into()),
                _ => text.push(' '),
            }
        }
    }

    /// How many bytes there are before the closing quote.
    fn string_length(&self) -> Option<usize> {
        let mut length = 0;
        loop {
            let rest = self.rest.get(length..)?;
            let plain = plain(rest);
            length += plain;
            match rest.get(plain)? {
                b'"' => return Some(length),
                b'\\' => length += 2,
                _ => length += 1,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'b' => '\x08',
            b'f' => '\x0C',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                // Characters beyond U+FFFF come as two units.
                let more = match unit {
                    0xD800..0xDC00 => {
                        self.expect(b"\\u")?;
                        let second = self.unit()?.checked_sub(0xDC00).filter(|&second| second < 0x400)?;
                        second + ((unit - 0xD800) << 10) + 0x1_0000 - unit
                    }
                    _ => 0,
                };
                char::from_u32(unit + more)?
            }
            itself @ (b'"' | b'\\' | b'/') => char::from(itself),
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for &digit in self.pass(4)? {
            unit = unit << 4 | char::from(digit).to_digit(16)?;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<String> {
        let before = self.rest;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _sign = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        let number = before.get(..before.len() - self.rest.len())?;
        String::from_utf8(number.to_vec()).ok()
    }

    /// Passes digits, of which there must be one.
    fn digits(&mut self) -> Option<()> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.pass(count).filter(|digits| !digits.is_empty()).map(|_| ())
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.rest.first() {
            self.next();
        }
    }

    fn expect(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    /// Passes this byte if it is the next one.
    fn takes(&mut self, byte: u8) -> bool {
        self.expect(&[byte]).is_some()
    }

    fn next(&mut self) -> Option<u8> {
        self.pass(1)?.first().copied()
    }

    fn pass(&mut self, count: usize) -> Option<&'a [u8]> {
        let (passed, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::Value as Theirs;

    impl Value {
        /// As `serde_json` has it. `None`: it has a number beyond that one's, which reads them as floats.
        pub fn theirs(&self) -> Option<Theirs> {
            Some(match self {
                Self::Null => Theirs::Null,
                Self::Truth(truth) => Theirs::from(*truth),
                Self::Number(number) => serde_json::from_str(number).ok()?,
                Self::Text(text) => Theirs::from(text.as_str()),
                Self::List(items) => items.iter().map(Self::theirs).collect::<Option<Vec<_>>>()?.into(),
                Self::Object(fields) => {
                    let fields = fields.iter().map(|(name, value)| Some((name.clone(), value.theirs()?)));
                    Theirs::Object(fields.collect::<Option<_>>()?)
                }
            })
        }
    }

    /// The same with escapes for what that one does not take raw.
    fn strict(text: &[u8]) -> Vec<u8> {
        let mut place = Place::default();
        let mut strict = Vec::new();
        for &byte in text {
            match byte {
                b'\n' | b'\t' | b'\r' if place.in_string && !place.escaped => {
                    strict.extend(char::from(byte).escape_default().map(|character| character as u8));
                }
                0..b' ' if place.in_string && !place.escaped => strict.push(b' '),
                _ => strict.push(byte),
            }
            place.pass(byte);
        }
        strict
    }

    fn assert_same(text: &[u8]) {
        let (ours, theirs_read) = (Value::read(text), serde_json::from_slice(&strict(text)).ok());
        match &ours {
            Some(value) if value.theirs().is_none() => assert_eq!(theirs_read, None::<Theirs>),
            ours => assert_eq!(
                ours.as_ref().and_then(Value::theirs),
                theirs_read,
                "{:?}",
                String::from_utf8_lossy(text)
            ),
        }
    }

    /// Pieces of which hostile JSON is made.
    const PIECES: &[&str] = &[
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "\\", "\\u", "\\\"", "\\n", "\\x", "d83d", "\\udf89",
        "\\uD83D", "00e9", "0", "1", "-", "+", ".", "5", "e", "E", "true", "false", "null", "nul", " ", "\n", "\t",
        "\r", "\x0C", "\u{FEFF}", "\u{0}", "\x1F", "\x7F", "写", "🎉", "/", "'",
    ];

    /// Texts that are nearly JSON.
    fn near() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?",
            "\"[a-z写🎉 ]{0,3}(\\\\[\"\\\\/bfnrtux]){0,2}(\\\\u[d-eD-E][8-9c-dC-D]0[0-9a-f]){0,3}\"",
            select(PIECES).prop_map(str::to_owned),
        ];
        leaf.prop_recursive(5, 40, 4, |item| {
            let blank = || select(vec!["", "", " ", "\n\t\r"]);
            let list = prop::collection::vec((blank(), item.clone(), blank()), 0..4).prop_map(|items| {
                let items: Vec<String> = items.iter().map(|(a, item, b)| format!("{a}{item}{b}")).collect();
                format!("[{}]", items.join(","))
            });
            let object = prop::collection::vec(("[ab]", item), 0..4).prop_map(|fields| {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| format!("\"{name}\":{value}"))
                    .collect();
                format!("{{{}}}", fields.join(", "))
            });
            prop_oneof![list, object]
        })
    }

    proptest! {
        #[test]
        fn any_pieces_are_read_as_by_serde_json(pieces in prop::collection::vec(select(PIECES), 0..12)) {
            assert_same(pieces.concat().as_bytes());
        }

        #[test]
        fn what_is_nearly_json_is_read_as_by_serde_json(text in near()) {
            assert_same(text.as_bytes());
        }

        #[test]
        fn any_bytes_in_a_string_are_read_as_by_serde_json(bytes in prop::collection::vec(any::<u8>(), 0..6)) {
            assert_same(&[b"[\"", bytes.as_slice(), b"\"]"].concat());
        }
    }

    #[test]
    fn every_byte_and_escape_is_read_as_by_serde_json() {
        for byte in 0..=255 {
            assert_same(&[b'"', byte, b'"']);
            assert_same(&[b'"', b'\\', byte, b'"']);
            assert_same(&[b'"', b'\\', b'u', b'0', byte, b'e', b'9', b'"']);
            assert_same(&[byte, b'1', byte]);
            assert_same(&[b'1', byte, b'1']);
        }
        let units = ["0000", "0020", "D7FF", "d800", "DBff", "dc00", "DFFF", "e000", "FFFF"];
        for (first, second) in units.iter().flat_map(|first| units.map(|second| (first, second))) {
            assert_same(format!(r#""\u{first}\u{second}""#).as_bytes());
            assert_same(format!(r#""\u{first}{second}""#).as_bytes());
        }
    }

    #[test]
    fn a_text_is_as_deep_as_that_of_serde_json() {
        for depth in [126, 127, 128, 129, 100_000] {
            let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let objects = format!("{}0{}", "{\"a\":".repeat(depth), "}".repeat(depth));
            assert_same(lists.as_bytes());
            assert_same(objects.as_bytes());
            assert_eq!(Value::read(lists.as_bytes()).is_some(), depth <= DEPTH);
        }
    }

    #[test]
    fn a_text_has_only_so_many_values() {
        let list = |items: usize| format!("[{}0]", "0,".repeat(items - 1));
        assert!(Value::read(list(VALUES - 1).as_bytes()).is_some());
        assert!(Value::read(list(VALUES).as_bytes()).is_none());
    }

    #[test]
    fn a_string_has_its_room_from_the_start() {
        for text in [r#""token""#, r#""to\/ken\n""#] {
            let Some(Value::Text(read)) = Value::read(text.as_bytes()) else {
                panic!("{text}")
            };
            assert_eq!(read.capacity(), text.len() - 2);
        }
    }
}
