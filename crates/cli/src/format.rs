//! Texts for people, and records as JSON.

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Fields of the contract whose type is an enum. No other record has one of these fields with free text.
const ENUMS: [&str; 3] = ["article_type", "comments", "severity"];

/// Formats two columns: a label and its value.
pub fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let rows = facts.into_iter().map(|(label, value)| vec![label.to_owned(), value]);
    aligned(&mut Table::new(), rows)
}

/// Formats rows below a header.
pub fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.set_header(header);
    aligned(&mut table, rows.into_iter().map(Vec::from))
}

fn aligned(table: &mut Table, rows: impl Iterator<Item = Vec<String>>) -> String {
    table.load_style(NOTHING);
    for row in rows {
        table.add_row(row.iter().map(|cell| clean(cell)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

/// Makes a text safe for a terminal: one line, with a visible escape such as `\u{1b}` for each character that could
/// move the cursor, recolour the terminal, or turn the order of the text after it. Tabs and line breaks become spaces.
pub fn clean(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\n' | '\r' => visible.push(' '),
            steers if steers_terminal(steers) => visible.extend(steers.escape_unicode()),
            harmless => visible.push(harmless),
        }
    }
    visible
}

/// The characters of a picture's address that people are shown: most names in full, and the type of a `data:` URI.
pub const ADDRESS: usize = 40;

/// Returns the first characters of a text, with a sign if it has more.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Returns whether this is a control character (C0, DEL or C1), a line break of Unicode, or one of its `Bidi_Control`,
/// which can make one name look like another (<https://www.unicode.org/reports/tr9/>).
fn steers_terminal(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Escapes what JSON allows in a string and a terminal obeys: DEL, C1 and the bidirectional controls. All of them can
/// stand in strings only, so the document stays the same.
pub fn clean_json(document: &str) -> String {
    let mut escaped = String::with_capacity(document.len());
    for character in document.chars() {
        match character {
            '\n' => escaped.push(character),
            steers if steers_terminal(steers) => escaped.push_str(&format!("\\u{:04x}", u32::from(steers))),
            harmless => escaped.push(harmless),
        }
    }
    escaped
}

/// Does the same as [`clean`], but keeps line breaks.
pub fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(clean).collect();
    lines.join("\n")
}

/// Formats a time, given in Unix seconds as WeChat gives it.
pub fn date(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().map(OffsetDateTime::from_unix_timestamp);
    let text = time.and_then(|time| time.ok()?.format(&Rfc3339).ok());
    text.unwrap_or_else(|| seconds.to_string())
}

/// Returns the address of an article with `https://`. WeChat gives `http://`, and serves both.
pub fn https(url: &str) -> String {
    match url.strip_prefix("http://mp.weixin.qq.com/") {
        Some(path) => format!("https://mp.weixin.qq.com/{path}"),
        None => url.to_owned(),
    }
}

/// Returns the WIT's name of an enum's case: `FansOnly` is `fans-only`.
pub fn name(case: impl Serialize) -> String {
    match serde_json::to_value(case) {
        Ok(Value::String(case)) => kebab(&case),
        _ => String::new(),
    }
}

fn kebab(case: &str) -> String {
    let mut name = String::with_capacity(case.len() + 4);
    for character in case.chars() {
        if character.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

/// Turns a record of the contract into JSON, with its enums spelled as in the WIT.
pub fn json(record: &impl Serialize) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(record)?;
    spell(&mut value);
    Ok(value)
}

fn spell(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(spell),
        Value::Object(fields) => {
            for (field, value) in fields {
                match value {
                    Value::String(case) if ENUMS.contains(&field.as_str()) => *case = kebab(case),
                    _ => spell(value),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use wechat_official_account_host::types::Comments;

    use super::*;

    #[test]
    fn names_and_addresses() {
        assert_eq!(name(Comments::FansOnly), "fans-only");
        assert_eq!(https("http://mp.weixin.qq.com/s/x"), "https://mp.weixin.qq.com/s/x");
        assert_eq!(https("http://mmbiz.qpic.cn/x"), "http://mmbiz.qpic.cn/x");
    }

    #[test]
    fn any_number_is_a_date() {
        assert_eq!(date(0), "1970-01-01T00:00:00Z");
        assert_eq!(date(u64::MAX), u64::MAX.to_string());
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let table = table(
            ["title", "n"],
            [["标题".to_owned(), "1".to_owned()], ["abcd".to_owned(), "2".to_owned()]],
        );
        assert_eq!(table, "title  n\n标题   1\nabcd   2");
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(facts([("title", "a\u{1b}[31m\nb".to_owned())]), "title  a\\u{1b}[31m b");
        assert_eq!(clean("cover\u{202e}gpj.exe"), "cover\\u{202e}gpj.exe");
        assert_eq!(clean("\u{7f}\u{9b}31m\u{2028}\t"), "\\u{7f}\\u{9b}31m\\u{2028} ");
        assert_eq!(clean_lines("a\u{2066}b\nשלום 👨‍👩‍👧"), "a\\u{2066}b\nשלום 👨‍👩‍👧");
        // What is clean stays as it is.
        assert_eq!(clean("\\u{1b}"), "\\u{1b}");
    }

    #[test]
    fn json_is_the_same_document_without_control_characters() {
        let value = Value::from("\u{1b}\u{7f}\u{9b}\u{202e}\n\"图\\");
        let document = clean_json(&format!("{value:#}"));
        assert!(!document.chars().any(steers_terminal), "{document}");
        assert_eq!(serde_json::from_str::<Value>(&document).unwrap(), value);
    }
}
