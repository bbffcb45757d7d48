//! JSON documents as they are sent, each with the document that is meant. The two are the same if the document is
//! valid.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A document or a part of one.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub sent: Vec<u8>,
    /// Valid JSON.
    pub meant: String,
}

impl Text {
    pub fn new(sent: &[u8], meant: &str) -> Self {
        Self {
            sent: sent.to_vec(),
            meant: meant.to_owned(),
        }
    }

    pub fn valid(text: &str) -> Self {
        Self::new(text.as_bytes(), text)
    }

    pub fn then(mut self, next: &Self) -> Self {
        self.sent.extend_from_slice(&next.sent);
        self.meant += &next.meant;
        self
    }
}

/// A valid document: nested, with any Unicode and every escape.
pub fn valid() -> impl Strategy<Value = Text> {
    value(string(valid_piece().boxed()).boxed())
}

/// A document with raw control characters and bad UTF-8 in its strings.
pub fn broken() -> impl Strategy<Value = Text> {
    value(broken_string().boxed())
}

/// A string with raw control characters and bad UTF-8.
pub fn broken_string() -> impl Strategy<Value = Text> {
    string(prop_oneof![2 => valid_piece(), 1 => broken_piece()].boxed())
}

fn value(string: BoxedStrategy<Text>) -> impl Strategy<Value = Text> {
    let number = "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?";
    let scalar = prop_oneof![
        select(vec!["null", "true", "false"]).prop_map(Text::valid),
        number.prop_map(|number| Text::valid(&number)),
        string.clone(),
    ];
    let value = scalar.prop_recursive(4, 40, 5, move |item| {
        let field = (spaced(string.clone()), spaced(item.clone()))
            .prop_map(|(name, value)| name.then(&Text::valid(":")).then(&value));
        prop_oneof![
            vec(spaced(item), 0..5).prop_map(|items| list("[", &items, "]")),
            vec(field, 0..5).prop_map(|fields| list("{", &fields, "}")),
        ]
    });
    spaced(value)
}

fn list(open: &str, items: &[Text], close: &str) -> Text {
    let mut text = Text::valid(open);
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            text = text.then(&Text::valid(","));
        }
        text = text.then(item);
    }
    text.then(&Text::valid(close))
}

fn spaced(part: impl Strategy<Value = Text>) -> impl Strategy<Value = Text> {
    let blank = || select(vec!["", "", " ", "\n", "\r\n\t"]).prop_map(Text::valid);
    (blank(), part, blank()).prop_map(|(before, part, after)| before.then(&part).then(&after))
}

fn string(piece: BoxedStrategy<Text>) -> impl Strategy<Value = Text> {
    vec(piece, 0..12).prop_map(|pieces| {
        let text = pieces.iter().fold(Text::valid("\""), Text::then);
        text.then(&Text::valid("\""))
    })
}

fn valid_piece() -> impl Strategy<Value = Text> {
    let escaped = |character: char| {
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units);
        units.iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
    };
    let raw = move |character: char| match character {
        '\0'..' ' | '"' | '\\' => escaped(character),
        other => other.to_string(),
    };
    prop_oneof![
        any::<char>().prop_map(move |character| Text::valid(&raw(character))),
        any::<char>().prop_map(move |character| Text::valid(&escaped(character))),
        select(vec![r#"\""#, r"\\", r"\/", r"\b", r"\f", r"\n", r"\r", r"\t"]).prop_map(Text::valid),
    ]
}

/// Pieces that WeChat sends and JSON forbids, also after a backslash.
fn broken_piece() -> impl Strategy<Value = Text> {
    let control = (0..0x20u8).prop_map(|control| match control {
        b'\n' => Text::new(b"\n", r"\n"),
        b'\t' => Text::new(b"\t", r"\t"),
        b'\r' => Text::new(b"\r", r"\r"),
        other => Text::new(&[other], " "),
    });
    // None of them begins with a byte that could end the one before it.
    let bad: Vec<&[u8]> = vec![
        b"\xFF",
        b"\xFF\x80",
        b"\xC0\x80",
        b"\xE5",
        b"\xE5\x86",
        b"\xED\xA0\x80",
        b"\xF0\x9F\x8E",
        b"\xF5\x80\x80\x80",
    ];
    let bad = select(bad).prop_map(|bytes| Text::new(bytes, &"?".repeat(bytes.len())));
    let half = select(vec![
        Text::new(br"\ud83dx", r"\ufffdx"),
        Text::new(br"x\uDE00", r"x\ufffd"),
        Text::new(br"\udbff\uD83D\ude00", r"\ufffd\uD83D\ude00"),
        Text::new(br"\\ud83d\udfff", r"\\ud83d\ufffd"),
    ]);
    let spoilt = (prop_oneof![control, bad], any::<bool>()).prop_map(|(piece, after_backslash)| {
        if !after_backslash {
            return piece;
        }
        let sent = [b"\\", piece.sent.as_slice()].concat();
        // An escape that JSON has stays one; if it has none, the first byte becomes a slash.
        match piece.meant.as_str() {
            escape @ (r"\n" | r"\t" | r"\r") => Text::new(&sent, escape),
            other => Text::new(&sent, &format!("/{}", other.get(1..).unwrap_or_default())),
        }
    });
    prop_oneof![3 => spoilt, 1 => half]
}
