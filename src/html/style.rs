//! The declarations of a `style` attribute, as browsers read them
//! (<https://www.w3.org/TR/css-syntax-3/#consume-block-contents>).

use std::borrow::Cow;

use super::css::{self, Scanner};
use super::trim;

/// A declaration, such as `width: 10px !important`.
#[derive(Debug, PartialEq, Eq)]
pub struct Declaration<'a> {
    /// The name of the property in lower case, with its escapes resolved.
    pub property: Cow<'a, str>,
    /// The value without `!important` and the blanks around it, in the case it is written in. A comment is a blank. An
    /// escape is resolved if it means a letter, a digit, `-`, `_` or a character beyond ASCII, and stays otherwise.
    pub value: Cow<'a, str>,
    /// True if it is marked `!important`.
    pub important: bool,
}

impl Declaration<'_> {
    /// Returns whether the value calls one of these functions, which are named in lower case. Strings and the addresses
    /// in `url()` call none.
    pub fn calls(&self, functions: &[&str]) -> bool {
        if !self.value.contains('(') {
            return false;
        }
        let mut scanner = Scanner::new(&self.value);
        std::iter::from_fn(|| scanner.token()).any(|token| match token {
            Token::Function { name, .. } => functions.iter().any(|function| name.eq_ignore_ascii_case(function)),
            _ => false,
        })
    }
}

/// Returns the declarations of a `style` attribute in order, including repeated and unknown ones. Character references
/// must have been resolved.
///
/// Reads the text once. A part that is no declaration is passed over, up to its semicolon or the end of its braces.
pub fn declarations(css: &str) -> impl Iterator<Item = Declaration<'_>> {
    let mut scanner = Scanner::new(css);
    std::iter::from_fn(move || {
        while scanner.peek().is_some() {
            if let Some(declaration) = declaration(css, &mut scanner) {
                return Some(declaration);
            }
        }
        None
    })
}

/// The deepest brackets that are matched; a browser's stylesheets have fewer than ten. Deeper ones are passed over, so
/// that a text of nothing else takes no memory.
const DEEPEST: usize = 128;

/// Reads one declaration with its semicolon. Returns `None` if there is none.
fn declaration<'a>(css: &'a str, scanner: &mut Scanner<'_>) -> Option<Declaration<'a>> {
    skip_between(scanner);
    while scanner.peek() == Some(b';') {
        scanner.at += 1;
        skip_between(scanner);
    }
    let start = scanner.at;
    let is_name = !scanner.name().is_empty();
    let property = css.get(start..scanner.at).filter(|name| is_name && is_identifier(name));
    skip_between(scanner);
    if property.is_none() || scanner.peek() != Some(b':') {
        scanner.skip_to_end(true);
        return None;
    }
    scanner.at += 1;
    let start = scanner.at;
    let mark = scanner.skip_to_end(false);
    let end = scanner.at.min(css.len());
    scanner.at += 1;
    let value = css.get(start..end)?;
    // The mark is the last word after the last exclamation mark.
    let before_mark = mark.and_then(|mark| value.split_at_checked(mark.checked_sub(start)?));
    let (value, important) = match before_mark {
        Some((value, mark)) if is_important(mark) => (value, true),
        _ => (value, false),
    };
    Some(Declaration {
        property: lower_case(css::unescape(Cow::Borrowed(property?))),
        value: trim(plain(value)),
        important,
    })
}

/// Goes over blanks and comments.
fn skip_between(scanner: &mut Scanner<'_>) {
    scanner.skip_blanks();
    while scanner.rest().starts_with(b"/*") {
        scanner.skip_comment();
        scanner.skip_blanks();
    }
}

/// Returns whether a name can be that of a property: numbers are none.
fn is_identifier(name: &str) -> bool {
    let begin = name.strip_prefix('-').unwrap_or(name);
    begin.bytes().next().is_some_and(|byte| !byte.is_ascii_digit())
}

/// Returns whether a text means `!important`.
fn is_important(mark: &str) -> bool {
    let word = plain(mark.get(1..).unwrap_or_default());
    word.trim_ascii().eq_ignore_ascii_case("important")
}

fn lower_case(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    name
}

/// Returns a value with blanks for its comments, and with those of its escapes resolved that mean a part of a name.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains("/*") && !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut plain = String::with_capacity(value.len());
    let mut scanner = Scanner::new(value);
    let mut start = 0;
    while let Some(token) = scanner.token() {
        let end = scanner.at.min(value.len());
        let source = value.get(start..end).unwrap_or_default();
        match token {
            Token::Comment => plain.push(' '),
            Token::Name => plain += &name(source),
            Token::Function { open, .. } => {
                let (function, address) = source.split_at_checked(open - start).unwrap_or_default();
                plain += &name(function);
                plain += address;
            }
            Token::String | Token::Byte(_) => plain += source,
        }
        start = end;
    }
    Cow::Owned(plain)
}

/// Returns a name with its escapes resolved, or as it is if one of them means a character that no name has.
fn name(source: &str) -> Cow<'_, str> {
    let name = css::unescape(Cow::Borrowed(source));
    let is_plain = |character: char| !character.is_ascii() || character.is_ascii_alphanumeric();
    if name
        .chars()
        .all(|character| is_plain(character) || matches!(character, '-' | '_'))
    {
        return name;
    }
    Cow::Borrowed(source)
}

/// A part of CSS.
enum Token<'a> {
    Comment,
    String,
    Name,
    /// The beginning of a function. Its opening bracket has been read, and so has the address in `url()` up to the
    /// closing bracket.
    Function {
        /// Its name, with its escapes resolved.
        name: Cow<'a, str>,
        /// The index of its bracket.
        open: usize,
    },
    Byte(u8),
}

impl<'a> Scanner<'a> {
    /// Reads the next part.
    fn token(&mut self) -> Option<Token<'a>> {
        let byte = self.peek()?;
        if self.rest().starts_with(b"/*") {
            self.skip_comment();
            return Some(Token::Comment);
        }
        if matches!(byte, b'"' | b'\'') {
            self.string(byte);
            return Some(Token::String);
        }
        let name = self.name();
        if name.is_empty() {
            self.at += 1;
            return Some(Token::Byte(byte));
        }
        if self.peek() != Some(b'(') {
            return Some(Token::Name);
        }
        let open = self.at;
        self.at += 1;
        let name = css::unescape(Cow::Borrowed(std::str::from_utf8(name).unwrap_or_default()));
        if name.eq_ignore_ascii_case("url") {
            self.url();
        }
        Some(Token::Function { name, open })
    }

    /// Goes to the semicolon that ends a declaration, or to the end of the text; `or_braces`: or to the end of the
    /// first braces. Returns the index of the last exclamation mark outside of brackets.
    fn skip_to_end(&mut self, or_braces: bool) -> Option<usize> {
        let mut mark = None;
        let mut open = Vec::new();
        while let Some(byte) = self.peek() {
            if byte == b';' && open.is_empty() {
                break;
            }
            let start = self.at;
            let closing = match self.token()? {
                Token::Byte(b'(') | Token::Function { .. } => Some(b')'),
                Token::Byte(b'[') => Some(b']'),
                Token::Byte(b'{') => Some(b'}'),
                Token::Byte(byte) => {
                    if open.last() == Some(&byte) {
                        open.pop();
                        if or_braces && byte == b'}' && open.is_empty() {
                            break;
                        }
                    } else if byte == b'!' && open.is_empty() {
                        mark = Some(start);
                    }
                    None
                }
                _ => None,
            };
            open.extend(closing.filter(|_| open.len() < DEEPEST));
        }
        mark
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the declarations, as `property: value` and with a `!` if they are important.
    fn found(css: &str) -> Vec<String> {
        let brief = |declaration: Declaration<'_>| {
            let mark = if declaration.important { "!" } else { "" };
            format!("{}:{}{mark}", declaration.property, declaration.value)
        };
        declarations(css).map(brief).collect()
    }

    #[test]
    fn a_declaration_is_a_name_and_a_value() {
        for (css, expected) in [
            ("", &[][..]),
            ("color:red", &["color:red"]),
            (" COLOR : Red ; ;width:1px;", &["color:Red", "width:1px"]),
            ("--Gap:1px;-webkit-x:y", &["--gap:1px", "-webkit-x:y"]),
            ("color:;width:", &["color:", "width:"]),
            ("color:red;color:blue", &["color:red", "color:blue"]),
            ("color:red ! IMPORTANT ;a:b!important", &["color:red!", "a:b!"]),
            ("color:red !/**/important/**/", &["color:red!"]),
            ("color:red !imp", &["color:red !imp"]),
            ("content:\"!important\"", &["content:\"!important\""]),
            ("content:'!important", &["content:'!important"]),
            ("a:b(!important)", &["a:b(!important)"]),
            // Comments stand for blanks.
            ("/*a:b;*/co/**/lor:red;color/*;*/:/*:*/red/**/blue", &["color:red blue"]),
            ("color:red/*", &["color:red"]),
            // Escapes.
            (
                "p\\6f sition:f\\69xed;\\000070osition:a",
                &["position:fixed", "position:a"],
            ),
            ("wid\\th:1px", &["width:1px"]),
            ("a:\\3b;b:c\\;d", &["a:\\3b", "b:c\\;d"]),
            ("a:'\\63'", &["a:'\\63'"]),
            ("a:\\63 alc(1px);b:u\\72l(\\61)", &["a:calc(1px)", "b:url(\\61)"]),
            ("a\\", &[]),
            ("\\\n:b;a\\\n:b;a:b", &["a:b"]),
            ("a:\\", &["a:\\"]),
            ("a:b\\写c", &["a:b写c"]),
            // Semicolons within something.
            (
                "background:url(data:image/png;base64,AA);color:red",
                &["background:url(data:image/png;base64,AA)", "color:red"],
            ),
            ("a:';';b:c", &["a:';'", "b:c"]),
            ("a:'\\';';b:c", &["a:'\\';'", "b:c"]),
            ("a:f(;[;);];);b:c", &["a:f(;[;);];)", "b:c"]),
            ("a:{;};b:c", &["a:{;}", "b:c"]),
            ("a:url(x';);b:c", &["a:url(x';)", "b:c"]),
            ("a:url(';');b:c", &["a:url(';')", "b:c"]),
            ("a:f(;b:c", &["a:f(;b:c"]),
            ("a:);b:c", &["a:)", "b:c"]),
            ("a:'x\n;b:c", &["a:'x", "b:c"]),
            // No declarations.
            ("red;a:b", &["a:b"]),
            ("*zoom:1;a:b", &["a:b"]),
            ("1a:b;-2:b;a:b", &["a:b"]),
            (":b;a:b", &["a:b"]),
            ("{};a:b", &["a:b"]),
            ("@media x{c:d;e:f} a:b", &["a:b"]),
            ("@charset 'x';a:b", &["a:b"]),
            ("p{c:d}a:b", &["a:b"]),
            ("'a':b;a:b", &["a:b"]),
        ] {
            assert_eq!(found(css), expected, "{css}");
        }
    }

    #[test]
    fn a_function_is_called_outside_of_strings_and_addresses() {
        for (value, calls) in [
            ("calc(1px + 2px)", true),
            ("1px CALC(1px)", true),
            ("min(1px,calc(2px))", true),
            ("c\\61lc(1px)", true),
            ("calc/**/(1px)", false),
            ("calc (1px)", false),
            ("my-calc(1px)", false),
            ("'calc(1px)'", false),
            ("url(calc(1px)", false),
            ("calc", false),
        ] {
            let css = format!("width:{value}");
            let declaration = declarations(&css).next().unwrap();
            assert_eq!(declaration.calls(&["calc", "var"]), calls, "{value}");
        }
    }

    /// Pieces of hostile CSS.
    const PIECES: &[&str] = &[
        "a",
        "b",
        "写",
        "1",
        "-",
        ":",
        ":",
        ";",
        ";",
        "!",
        "!important",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "url(",
        "f(",
        "'",
        "\"",
        "\\",
        "\\6",
        "\n",
        " ",
        "/*",
        "*/",
        "@",
        "#",
        ",",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        /// A declaration means the same if it stands alone, and reading goes on after any part.
        #[test]
        fn a_declaration_written_down_is_read_again(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        ) {
            for declaration in declarations(&pieces.concat()) {
                let Declaration { property, value, important } = &declaration;
                if property.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    let written = format!("{property}:{value}");
                    let again = Declaration {
                        property: property.clone(),
                        value: value.clone(),
                        important: false,
                    };
                    // The rest of a value with a mark in it may end in another.
                    if !important && !value.contains('!') {
                        prop_assert_eq!(declarations(&written).collect::<Vec<_>>(), [again], "{}", written);
                    }
                }
            }
        }
    }

    /// A reader that went back over the text would take hours for each of these.
    #[test]
    fn a_megabyte_of_anything_is_read_once() {
        for piece in [
            "a:b;", "a", "(", "{", "a:(", "f(", "url(", "'", "/*", "/**/", "\\", "\\61 ", "!", ";", "@", "}", "a:!",
        ] {
            let css = piece.repeat(1_000_000 / piece.len());
            assert!(declarations(&css).count() <= 250_000, "{piece}");
        }
    }
}
