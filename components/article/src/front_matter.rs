//! The front matter: YAML at the very beginning of the Markdown.
//!
//! It is read event by event, and no tree is built: aliases can't multiply, and depth costs nothing.

use std::collections::BTreeSet;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::bindings::types::{Comments, ErrorKind, FrontMatter};
use crate::failure::{Result, error};
use crate::findings::{Findings, excerpt};
use crate::html::is_left_out;
use crate::texts::Texts;

/// The longest front matter, in bytes. Those of blogs with all their keys have a tenth.
const LONGEST: usize = 16 * 1024;

/// The parts of the Markdown.
pub struct Parts<'a> {
    /// The YAML; empty if there is none.
    yaml: &'a str,
    /// The rest.
    pub body: &'a str,
}

impl<'a> Parts<'a> {
    /// Splits the Markdown. The first line of `---` is a rule, and there is no front matter, if there is no second one
    /// or no key after it.
    pub fn of(markdown: &'a str, texts: &Texts) -> Result<Self> {
        if markdown.starts_with("+++\n") && end_of(markdown, &["+++"]).is_some() {
            return Err(error(ErrorKind::FrontMatter, 1, &texts.errors.front_matter_toml, []));
        }
        let range = markdown
            .starts_with("---")
            .then(|| end_of(markdown, &["---", "..."]))
            .flatten()
            .filter(|(start, end, _)| markdown.get(*start..*end).is_some_and(begins_with_key));
        let Some((start, end, rest)) = range else {
            return Ok(Self {
                yaml: "",
                body: markdown,
            });
        };
        let part = |range| markdown.get(range).unwrap_or_default();
        Ok(Self {
            yaml: part(start..end),
            body: part(rest..markdown.len()),
        })
    }
}

/// Returns where the text after the first line begins, where it ends before one of these lines, and where the rest
/// begins.
fn end_of(markdown: &str, ends: &[&str]) -> Option<(usize, usize, usize)> {
    let mut lines = markdown.split_inclusive('\n');
    let first = lines.next()?;
    // Blanks after the dashes are not seen in an editor.
    if first.trim_end().len() != 3 {
        return None;
    }
    let mut at = first.len();
    for line in lines {
        if ends.contains(&line.trim_end()) {
            return Some((first.len(), at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Returns whether text between two lines of `---` is meant as front matter, and not as text between two rules: it is
/// empty, or begins with a key and its colon. After an empty line the key has to be a known one.
fn begins_with_key(text: &str) -> bool {
    let mut has_blank = false;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if !line.trim().is_empty() {
            return key_of(line).is_some_and(|key| !has_blank || KEYS.contains(&key));
        }
        has_blank = true;
    }
    text.is_empty()
}

/// Returns the key that begins a line: one word before a colon. One of full width is a slip, which is then an error.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once([':', '：'])?;
    if rest.starts_with("//") {
        return None; // An address.
    }
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_of_key = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    (!key.is_empty() && key.chars().all(is_of_key)).then_some(key)
}

/// No field has a value.
impl Default for FrontMatter {
    fn default() -> Self {
        Self {
            title: None,
            author: None,
            digest: None,
            cover: None,
            source_url: None,
            comments: None,
            theme: None,
        }
    }
}

/// Reads the front matter.
pub fn read(parts: &Parts<'_>, texts: &Texts, findings: &mut Findings) -> Result<FrontMatter> {
    let mut reader = Reader {
        texts,
        findings,
        seen: BTreeSet::new(),
        found: FrontMatter::default(),
    };
    reader.read(parts.yaml)?;
    Ok(reader.found)
}

struct Reader<'r> {
    texts: &'r Texts,
    findings: &'r mut Findings,
    seen: BTreeSet<String>,
    found: FrontMatter,
}

/// The place in the document.
enum Place {
    /// Before its mapping.
    Start,
    /// Before a key.
    Key,
    /// Before the value of a key.
    Value { key: String, line: u32 },
    /// In a value of so many open collections.
    Inside(usize),
    /// After the mapping.
    End,
}

impl Reader<'_> {
    fn read(&mut self, yaml: &str) -> Result<()> {
        let errors = &self.texts.errors;
        if yaml.len() > LONGEST {
            let text = &errors.front_matter_too_long;
            return Err(error(ErrorKind::FrontMatter, 1, text, [&yaml.len(), &LONGEST]));
        }
        let mut place = Place::Start;
        for event in Parser::new_from_str(yaml) {
            let (event, span) = event.map_err(|problem| {
                let line = line(problem.marker().line());
                error(
                    ErrorKind::FrontMatter,
                    line,
                    &errors.front_matter_syntax,
                    [&problem.info()],
                )
            })?;
            place = self.step(place, event, line(span.start.line()))?;
        }
        Ok(())
    }

    fn step(&mut self, place: Place, event: Event<'_>, line: u32) -> Result<Place> {
        let errors = &self.texts.errors;
        let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
        let closes = matches!(event, Event::MappingEnd | Event::SequenceEnd);
        Ok(match (place, event) {
            (_, Event::Alias(..)) => {
                return Err(error(ErrorKind::FrontMatter, line, &errors.front_matter_alias, []));
            }
            (Place::Start, Event::MappingStart(..)) => Place::Key,
            // An empty document is a null.
            (Place::Start, Event::Scalar(text, ScalarStyle::Plain, ..)) if is_null(&text) => Place::End,
            (Place::Key, Event::Scalar(key, ..)) => {
                let key = key.into_owned();
                if !self.seen.insert(key.clone()) {
                    let text = &errors.front_matter_twice;
                    return Err(error(ErrorKind::FrontMatter, line, text, [&excerpt(&key)]));
                }
                Place::Value { key, line }
            }
            (Place::Key, Event::MappingEnd) => Place::End,
            (Place::Value { key, line }, Event::Scalar(text, style, ..)) => {
                let is_plain = matches!(style, ScalarStyle::Plain);
                let text = if is_plain && is_null(&text) { "" } else { text.trim() };
                self.set(&key, text, line)?;
                Place::Key
            }
            (Place::Value { key, line }, _) if opens => {
                if KEYS.contains(&key.as_str()) {
                    return Err(error(ErrorKind::FrontMatter, line, &errors.front_matter_value, [&key]));
                }
                self.tell_unknown(&key, line);
                Place::Inside(1)
            }
            (Place::Inside(depth), _) if opens => Place::Inside(depth + 1),
            (Place::Inside(1), _) if closes => Place::Key,
            (Place::Inside(depth), _) if closes => Place::Inside(depth - 1),
            (place @ (Place::Start | Place::End), Event::StreamStart | Event::DocumentStart(..)) => place,
            (place, Event::StreamEnd | Event::DocumentEnd) => place,
            (place @ Place::Inside(_), _) => place,
            _ => return Err(error(ErrorKind::FrontMatter, line, &errors.front_matter_shape, [])),
        })
    }

    fn set(&mut self, key: &str, text: &str, line: u32) -> Result<()> {
        let found = &mut self.found;
        let field = match key {
            "title" => &mut found.title,
            "author" => &mut found.author,
            "digest" => &mut found.digest,
            // The digest has precedence, whichever comes first.
            "description" if self.seen.contains("digest") && found.digest.is_some() => return Ok(()),
            "description" => &mut found.digest,
            "cover" => &mut found.cover,
            "source_url" => &mut found.source_url,
            "theme" => &mut found.theme,
            "comments" => {
                found.comments = match text {
                    "" => None,
                    "closed" => Some(Comments::Closed),
                    "everyone" => Some(Comments::Everyone),
                    "fans-only" => Some(Comments::FansOnly),
                    _ => {
                        let errors = &self.texts.errors;
                        let text = excerpt(text);
                        return Err(error(
                            ErrorKind::FrontMatter,
                            line,
                            &errors.front_matter_comments,
                            [&text],
                        ));
                    }
                };
                return Ok(());
            }
            _ => {
                self.tell_unknown(key, line);
                return Ok(());
            }
        };
        // WeChat takes none, and YAML has escapes for them.
        let is_left_out = |character: char| u8::try_from(character).is_ok_and(is_left_out);
        if text.contains(is_left_out) {
            self.findings
                .add(line, |texts| texts.control_characters.as_str().to_owned());
        }
        let text = text.replace(is_left_out, "");
        if !text.is_empty() {
            *field = Some(text);
        }
        Ok(())
    }

    fn tell_unknown(&mut self, key: &str, line: u32) {
        self.findings.add(line, |texts| texts.unknown_key.with([&excerpt(key)]));
    }
}

/// The keys with a meaning.
const KEYS: [&str; 8] = [
    "title",
    "author",
    "digest",
    "description",
    "cover",
    "source_url",
    "comments",
    "theme",
];

/// Returns the line in the Markdown of a line in the YAML, which begins on the second.
fn line(in_yaml: usize) -> u32 {
    u32::try_from(in_yaml).unwrap_or(u32::MAX).saturating_add(1)
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
