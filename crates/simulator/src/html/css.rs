//! Inline style: its declarations, their properties and functions, and the addresses in their `url()`.

use std::iter::Peekable;
use std::str::CharIndices;

/// Returns the declarations of an inline style, without the semicolons between them. Semicolons in strings, comments
/// and parentheses, as in a `data:` URI, separate nothing.
pub(crate) fn declarations(style: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut depth = 0_usize;
    let mut tokens = Tokens::of(style);
    while let Some((index, token)) = tokens.next() {
        match token {
            Token::Function(_) | Token::Other('(') => depth += 1,
            Token::Other(')') => depth = depth.saturating_sub(1),
            Token::Other(';') if depth == 0 => {
                found.extend(style.get(begin..index));
                begin = index + 1;
            }
            _ => {}
        }
    }
    found.extend(style.get(begin..));
    found
}

/// Returns the property that a declaration sets, in lower case and with escapes resolved.
pub(crate) fn property(declaration: &str) -> String {
    let mut tokens = Tokens::of(declaration);
    while let Some((_, token)) = tokens.next() {
        match token {
            Token::Word(name) => return name.to_ascii_lowercase(),
            Token::Comment => {}
            Token::Other(character) if character.is_ascii_whitespace() => {}
            _ => break,
        }
    }
    String::new()
}

/// Returns the names of the functions that a declaration calls, in lower case.
pub(crate) fn functions(declaration: &str) -> Vec<String> {
    let mut tokens = Tokens::of(declaration);
    let mut found = Vec::new();
    while let Some((_, token)) = tokens.next() {
        if let Token::Function(name) = token {
            found.push(name.to_ascii_lowercase());
        }
    }
    found
}

/// Returns the content of each `url()`, and each string that `image-set()` takes for one, with escapes resolved.
pub(crate) fn addresses(style: &str) -> Vec<Address> {
    let mut tokens = Tokens::of(style);
    let mut found = Vec::new();
    // For each open parenthesis, whether strings inside are addresses.
    let mut open = Vec::new();
    while let Some((_, token)) = tokens.next() {
        match token {
            Token::Url(address) => found.push(address),
            Token::String(text) if open.last() == Some(&true) => found.push(Address { text, quoted: false }),
            Token::Function(name) => open.push(name.to_ascii_lowercase().ends_with("image-set")),
            Token::Other('(') => open.push(false),
            Token::Other(')') => drop(open.pop()),
            _ => {}
        }
    }
    found
}

/// An address in inline style.
pub(crate) struct Address {
    /// The address, without quotes around it.
    pub(crate) text: String,
    /// True if there is a quote anywhere inside the parentheses of `url()`.
    pub(crate) quoted: bool,
}

enum Token {
    Url(Address),
    /// A name and the parenthesis after it. Its arguments follow as tokens of their own.
    Function(String),
    Word(String),
    String(String),
    Comment,
    Other(char),
}

struct Tokens<'a> {
    characters: Peekable<CharIndices<'a>>,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Tokens<'a> {
        Tokens {
            characters: text.char_indices().peekable(),
        }
    }

    /// Reads a token, and returns it with its index.
    fn next(&mut self) -> Option<(usize, Token)> {
        let (index, character) = *self.characters.peek()?;
        let token = if character == '"' || character == '\'' {
            Token::String(self.string())
        } else if is_word(character) {
            let word = self.word();
            match (word.eq_ignore_ascii_case("url"), self.take_if('(')) {
                (true, true) => Token::Url(self.address()),
                (false, true) => Token::Function(word),
                (_, false) => Token::Word(word),
            }
        } else {
            self.characters.next();
            if character == '/' && self.take_if('*') {
                self.comment();
                Token::Comment
            } else {
                Token::Other(character)
            }
        };
        Some((index, token))
    }

    /// Reads up to the end of the `url(` that was just opened.
    fn address(&mut self) -> Address {
        self.space();
        let is_string = matches!(self.peek(), Some('"' | '\''));
        let text = if is_string {
            self.string()
        } else {
            self.until(|character| character == ')')
        };
        // More text after a string makes it no address. The string is checked all the same.
        self.until(|character| character == ')');
        self.take_if(')');
        Address {
            quoted: is_string || text.contains(['"', '\'']),
            text: text.trim().to_owned(),
        }
    }

    /// Reads a string with its quotes. It ends with the text if no quote ends it.
    fn string(&mut self) -> String {
        let Some((_, quote)) = self.characters.next() else {
            return String::new();
        };
        let text = self.until(|character| character == quote);
        self.characters.next();
        text
    }

    fn word(&mut self) -> String {
        self.until(|character| !is_word(character))
    }

    /// Reads up to this character, with escapes resolved.
    fn until(&mut self, end: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(character) = self.peek().filter(|character| *character == '\\' || !end(*character)) {
            self.characters.next();
            match character {
                '\\' => text.extend(self.escaped()),
                _ => text.push(character),
            }
        }
        text
    }

    /// Reads the rest of an escape: up to six hexadecimal digits and one white space, or any character.
    fn escaped(&mut self) -> Option<char> {
        let mut code = None;
        for _ in 0..6 {
            let Some(digit) = self.peek().and_then(|character| character.to_digit(16)) else {
                break;
            };
            code = Some(code.unwrap_or(0) * 16 + digit);
            self.characters.next();
        }
        match code {
            Some(code) => {
                if self.peek().is_some_and(|character| character.is_ascii_whitespace()) {
                    self.characters.next();
                }
                char::from_u32(code).or(Some(char::REPLACEMENT_CHARACTER))
            }
            None => self.characters.next().map(|(_, character)| character),
        }
    }

    fn comment(&mut self) {
        let mut before = ' ';
        for (_, character) in self.characters.by_ref() {
            if (before, character) == ('*', '/') {
                return;
            }
            before = character;
        }
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|character| character.is_ascii_whitespace()) {
            self.characters.next();
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.characters.peek().map(|(_, character)| *character)
    }

    fn take_if(&mut self, wanted: char) -> bool {
        self.characters.next_if(|(_, character)| *character == wanted).is_some()
    }
}

/// Returns whether a name may contain it. A backslash begins an escape, which is part of a name.
fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '\\') || !character.is_ascii()
}
