//! The front matter: YAML at the very beginning of the Markdown.
//!
//! It is read event by event, and no tree is built: aliases can't multiply, and depth costs nothing.

use std::collections::BTreeSet;

use granit_parser::{ErrorKind as ParserProblem, Event, Parser, ScalarStyle};

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
    /// The lines before it.
    lines_before: usize,
    /// The rest.
    pub body: &'a str,
}

impl<'a> Parts<'a> {
    /// Splits the Markdown. The first line of `---` is a rule, and there is no front matter, if there is no second one
    /// or no key between them. Empty lines before it count for nothing if there is a key that is known.
    pub fn of(markdown: &'a str, texts: &Texts) -> Result<Self> {
        if markdown.starts_with("+++\n") && end_of(markdown, &["+++"]).is_some() {
            return Err(error(ErrorKind::FrontMatter, 1, &texts.errors.front_matter_toml, []));
        }
        let mut blank = markdown.split_inclusive('\n').take_while(|line| line.trim().is_empty());
        let lines_before = blank.clone().count();
        let begin: usize = blank.by_ref().map(str::len).sum();
        let found = markdown.get(begin..).unwrap_or_default();
        let is_front_matter = |yaml: &str| has_known_key(yaml) || (lines_before == 0 && begins_with_key(yaml));
        let range = found
            .starts_with("---")
            .then(|| end_of(found, &["---", "..."]))
            .flatten()
            .filter(|(start, end, _)| found.get(*start..*end).is_some_and(is_front_matter));
        let Some((start, end, rest)) = range else {
            return Ok(Self {
                yaml: "",
                lines_before: 0,
                body: markdown,
            });
        };
        let part = |range| found.get(range).unwrap_or_default();
        Ok(Self {
            yaml: part(start..end),
            lines_before: lines_before + 1,
            body: part(rest..found.len()),
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

/// Returns whether a line of a text begins with a key that is known.
fn has_known_key(text: &str) -> bool {
    text.lines().filter_map(key_of).any(|key| KEYS.contains(&key))
}

/// Returns whether text between two lines of `---` is meant as front matter, and not as text between two rules: it is
/// empty, or begins with a key and its colon. After an empty line the key has to be a known one.
fn begins_with_key(text: &str) -> bool {
    let mut has_blank = false;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if !line.trim().is_empty() {
            return key_of(line).is_some_and(|key| KEYS.contains(&key) || (!has_blank && has_yaml_colon(line)));
        }
        has_blank = true;
    }
    text.is_empty()
}

/// Returns whether the first colon of a line is one of YAML, and not one of a sentence or a time of day.
fn has_yaml_colon(line: &str) -> bool {
    let after = line.split_once(':').map(|(_, after)| after);
    after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
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

/// Returns the line of a key in the Markdown.
pub fn line_of(parts: &Parts<'_>, key: &str) -> u32 {
    let found = parts.yaml.lines().position(|line| key_of(line) == Some(key));
    line(parts.lines_before, found.map_or(1, |index| index + 1))
}

/// Reads the front matter.
pub fn read(parts: &Parts<'_>, texts: &Texts, findings: &mut Findings) -> Result<FrontMatter> {
    let mut reader = Reader {
        texts,
        findings,
        lines_before: parts.lines_before,
        seen: BTreeSet::new(),
        digest: usize::MAX,
        found: FrontMatter::default(),
    };
    reader.read(parts.yaml)?;
    Ok(reader.found)
}

struct Reader<'r> {
    texts: &'r Texts,
    findings: &'r mut Findings,
    lines_before: usize,
    seen: BTreeSet<String>,
    /// The place in [`DIGESTS`] of the key of the digest.
    digest: usize,
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
    /// In the list of authors.
    Authors { line: u32, names: Vec<String> },
    /// In the mapping of a cover, which has other keys of the program that it is for.
    Cover(Cover),
    /// After the mapping.
    End,
}

/// The mapping of a cover, as it is read.
struct Cover {
    line: u32,
    /// The key, before its value.
    key: Option<String>,
    /// The collections that are open in it.
    depth: usize,
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
                let line = line(self.lines_before, problem.marker().line());
                let kind = ErrorKind::FrontMatter;
                // The usual mistakes have words of their own.
                match problem.kind() {
                    ParserProblem::MappingValueNotAllowed => error(kind, line, &errors.front_matter_colon, []),
                    ParserProblem::UnknownAnchor => error(kind, line, &errors.front_matter_alias, []),
                    _ => error(kind, line, &errors.front_matter_syntax, [&problem.info()]),
                }
            })?;
            place = self.step(place, event, line(self.lines_before, span.start.line()))?;
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
                self.set(&key, value_of(&text, style), line)?;
                Place::Key
            }
            (Place::Value { key, line }, Event::SequenceStart(..)) if key == "author" => Place::Authors {
                line,
                names: Vec::new(),
            },
            (Place::Authors { line, mut names }, Event::Scalar(text, style, ..)) => {
                let name = value_of(&text, style);
                names.extend((!name.is_empty()).then(|| name.to_owned()));
                Place::Authors { line, names }
            }
            (Place::Authors { line, names }, Event::SequenceEnd) => {
                self.set("author", &names.join("、"), line)?;
                Place::Key
            }
            (Place::Authors { line, .. }, _) => {
                return Err(error(
                    ErrorKind::FrontMatter,
                    line,
                    &errors.front_matter_value,
                    [&"author"],
                ));
            }
            (Place::Value { key, line }, Event::MappingStart(..)) if key == "cover" => Place::Cover(Cover {
                line,
                key: None,
                depth: 0,
            }),
            (Place::Cover(cover), event) => self.in_cover(cover, event)?,
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

    /// Reads a part of the mapping of a cover: its address is the value of `image`.
    fn in_cover(&mut self, mut cover: Cover, event: Event<'_>) -> Result<Place> {
        match event {
            Event::MappingEnd if cover.depth == 0 => {
                if self.found.cover.is_none() {
                    self.findings
                        .add(cover.line, |texts| texts.cover_without_address.as_str().to_owned());
                }
                return Ok(Place::Key);
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => cover.depth += 1,
            Event::MappingEnd | Event::SequenceEnd => {
                cover.depth = cover.depth.saturating_sub(1);
                if cover.depth == 0 {
                    // It was a key, or the value of one.
                    cover.key = cover.key.is_none().then(String::new);
                }
            }
            Event::Scalar(text, style, ..) if cover.depth == 0 => match cover.key.take() {
                None => cover.key = Some(text.into_owned()),
                // A switch is no address. The end of the mapping tells that there is none.
                Some(key) if key == "image" && !matches!(&*text, "true" | "false") => {
                    self.set("cover", value_of(&text, style), cover.line)?;
                }
                Some(_) => {}
            },
            _ => {}
        }
        Ok(Place::Cover(cover))
    }

    fn set(&mut self, key: &str, text: &str, line: u32) -> Result<()> {
        let found = &mut self.found;
        let field = match key {
            "title" => &mut found.title,
            "author" => &mut found.author,
            "cover" if matches!(text, "true" | "false") => {
                self.findings
                    .add(line, |texts| texts.cover_without_address.as_str().to_owned());
                return Ok(());
            }
            "cover" => &mut found.cover,
            "source_url" => &mut found.source_url,
            "theme" => &mut found.theme,
            "comments" => {
                found.comments = match text {
                    "" => None,
                    "closed" | "false" => Some(Comments::Closed),
                    "everyone" | "true" => Some(Comments::Everyone),
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
            _ => match DIGESTS.iter().position(|name| *name == key) {
                // The first of these keys has precedence, whichever comes first.
                Some(place) if place < self.digest && !text.is_empty() => {
                    self.digest = place;
                    &mut found.digest
                }
                Some(_) => return Ok(()),
                None => {
                    self.tell_unknown(key, line);
                    return Ok(());
                }
            },
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
const KEYS: [&str; 10] = [
    "title",
    "author",
    "digest",
    "description",
    "summary",
    "excerpt",
    "cover",
    "source_url",
    "comments",
    "theme",
];

/// The keys of the digest, by precedence.
const DIGESTS: [&str; 4] = ["digest", "description", "summary", "excerpt"];

/// Returns the line in the Markdown of a line in the YAML, which begins after these.
fn line(before: usize, in_yaml: usize) -> u32 {
    u32::try_from(in_yaml.saturating_add(before)).unwrap_or(u32::MAX)
}

fn value_of(text: &str, style: ScalarStyle) -> &str {
    let is_plain = matches!(style, ScalarStyle::Plain);
    if is_plain && is_null(text) { "" } else { text.trim() }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
