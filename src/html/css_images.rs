//! The pictures in the CSS of a `style` attribute: `url()` and `image-set()`
//! (<https://www.w3.org/TR/css-images-4/#image-set-notation>).

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::css::{Scanner, is_in_name, number, unescape};
use super::edit::{Edit, Place, in_attribute};
use super::picture::MOST_ADDRESSES;

/// A place in CSS that refers to pictures.
#[derive(Debug, PartialEq)]
pub enum Image {
    Url(Url),
    /// The options of an `image-set()` are alternatives of one picture.
    Set(Set),
    /// A `url()` that is not well formed. Browsers ignore its whole declaration.
    Malformed {
        has_quotes: bool,
    },
}

/// An address.
#[derive(Debug, PartialEq)]
pub struct Url {
    /// The range of the address, without quotes and blanks.
    pub address: Range<usize>,
    /// The range with its quotes, if it has some around it or, by escapes, in it.
    pub quoted: Option<Range<usize>>,
    /// True for a string of `image-set()` without `url()`.
    pub is_string: bool,
    /// The resolution that it is meant for; 1 if it stands alone.
    pub resolution: f32,
}

/// An `image-set()`.
#[derive(Debug, PartialEq)]
pub struct Set {
    /// The range of the function, with its name and its brackets.
    pub whole: Range<usize>,
    /// Its addresses in order, up to [`MOST_ADDRESSES`].
    pub options: Vec<Url>,
    /// The number of further addresses.
    pub more: usize,
}

impl Place {
    /// Puts an address there, as it is written in `url()` without quotes.
    pub fn unquote<'a>(&self, address: &str) -> Edit<'a> {
        self.edit(Cow::Owned(in_attribute(unquoted(address), "&amp;")))
    }
}

/// Returns the places in order.
pub fn images(css: &str) -> impl Iterator<Item = Image> {
    let mut scanner = Scanner::new(css);
    std::iter::from_fn(move || scanner.image())
}

/// Returns the address as it is written without quotes, with the same meaning. Characters that would end it, or that
/// need an escape, are percent-encoded. A backslash means a slash in every address but that of data.
pub fn unquoted(address: &str) -> String {
    let is_data = address
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    let mut written = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            // Browsers leave them out of every address.
            '\t' | '\n' | '\r' => {}
            '\\' if !is_data => written.push('/'),
            ascii if ascii.is_ascii() => written.extend(utf8_percent_encode(ascii.encode_utf8(&mut [0]), UNQUOTED)),
            // It stands in `url()` as it is. Encoded it would be three times as long.
            other => written.push(other),
        }
    }
    written
}

/// The characters of ASCII that can't stand in `url()` without quotes, or in an attribute without quotes.
const UNQUOTED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'`');

impl Scanner<'_> {
    fn image(&mut self) -> Option<Image> {
        loop {
            let start = self.at;
            match self.function()? {
                Some(Name::Url) => {
                    let url = self.address();
                    return Some(match url {
                        Some(url) => Image::Url(url),
                        None => Image::Malformed {
                            has_quotes: self.has_quotes(&(start..self.end())),
                        },
                    });
                }
                Some(Name::ImageSet) => {
                    let set = self.image_set(start);
                    if !set.options.is_empty() {
                        return Some(Image::Set(set));
                    }
                }
                _ => {}
            }
        }
    }

    /// Goes beyond the next token. Returns `None` at the end, and the name of a function if it begins one.
    fn function(&mut self) -> Option<Option<Name>> {
        match self.peek()? {
            b'/' if self.rest().starts_with(b"/*") => self.skip_comment(),
            quote @ (b'"' | b'\'') => {
                self.string(quote);
            }
            byte if is_in_name(byte) || byte == b'\\' => {
                let name = self.name();
                // A backslash at the end of a line escapes nothing, and begins no name.
                self.at += usize::from(name.is_empty());
                if self.peek() == Some(b'(') {
                    self.at += 1;
                    return Some(Some(Name::of(name)));
                }
            }
            _ => self.at += 1,
        }
        Some(None)
    }

    /// Reads the address after `url(`, and the bracket after it.
    fn address(&mut self) -> Option<Url> {
        let address = self.url();
        self.at += usize::from(self.peek() == Some(b')'));
        let address = address?;
        let quote = address.start.checked_sub(1).and_then(|before| self.css.get(before));
        let is_quoted = matches!(quote, Some(b'"' | b'\''));
        let end = address.end + usize::from(self.css.get(address.end) == quote);
        let quoted = match is_quoted {
            true => Some(address.start - 1..end),
            // An escape may mean a quote.
            false => self.has_quotes(&address).then(|| address.clone()),
        };
        Some(Url {
            quoted,
            address,
            is_string: false,
            resolution: 1.0,
        })
    }

    /// Returns whether a part of the text has quotes, or escapes that mean some.
    fn has_quotes(&self, part: &Range<usize>) -> bool {
        let part = self.css.get(part.clone()).unwrap_or_default();
        unescape(String::from_utf8_lossy(part)).contains(['"', '\''])
    }

    /// Reads the options of an `image-set(` that begins at this index. Other functions in it have strings that are no
    /// addresses, such as `type("image/webp")`.
    fn image_set(&mut self, start: usize) -> Set {
        let mut set = Set {
            whole: start..start,
            options: Vec::new(),
            more: 0,
        };
        let mut depth = 1;
        // The depth at which another function began.
        let mut other = None;
        while depth > 0
            && let Some(byte) = self.peek()
        {
            match byte {
                b'"' | b'\'' if other.is_none() => {
                    let quote = self.at;
                    if let Some(address) = self.string(byte) {
                        set.add(Url {
                            address,
                            quoted: Some(quote..self.end()),
                            is_string: true,
                            resolution: 1.0,
                        });
                    }
                }
                b')' => {
                    self.at += 1;
                    depth -= 1;
                    other = other.filter(|&other| other <= depth);
                }
                b'(' => {
                    self.at += 1;
                    depth += 1;
                    other = other.or(Some(depth));
                }
                b'0'..=b'9' | b'.' => {
                    let resolution = self.resolution();
                    if let Some(option) = set.options.last_mut().filter(|_| set.more == 0) {
                        option.resolution = resolution.unwrap_or(option.resolution);
                    }
                }
                _ => match self.function() {
                    Some(Some(Name::Url)) => {
                        if let Some(url) = self.address() {
                            set.add(url);
                        }
                    }
                    Some(Some(name)) => {
                        depth += 1;
                        other = other.or((name == Name::Other).then_some(depth));
                    }
                    _ => {}
                },
            }
        }
        set.whole.end = self.end();
        set
    }

    /// Reads a number with its unit. Returns the resolution in dots a pixel, if it is one.
    fn resolution(&mut self) -> Option<f32> {
        let rest = self.rest();
        let digits = { rest.iter() }
            .take_while(|byte| byte.is_ascii_digit() || **byte == b'.')
            .count();
        self.at += digits;
        let (number, "") = number(str::from_utf8(rest.get(..digits)?).ok()?)? else {
            return None;
        };
        let unit = self.name().to_ascii_lowercase();
        match unit.as_slice() {
            b"x" | b"dppx" => Some(number),
            b"dpi" => Some(number / 96.0),
            b"dpcm" => Some(number * 2.54 / 96.0),
            _ => None,
        }
    }

    /// Returns the position. An escape at the very end leads beyond it.
    fn end(&self) -> usize {
        self.at.min(self.css.len())
    }
}

impl Set {
    fn add(&mut self, url: Url) {
        if self.options.len() < MOST_ADDRESSES {
            self.options.push(url);
        } else {
            self.more += 1;
        }
    }
}

/// The name of a function, as far as it matters here.
#[derive(PartialEq)]
enum Name {
    Url,
    ImageSet,
    Other,
}

impl Name {
    fn of(name: &[u8]) -> Self {
        let name = unescape(String::from_utf8_lossy(name));
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        if is("url") {
            Self::Url
        } else if is("image-set") || is("-webkit-image-set") {
            Self::ImageSet
        } else {
            Self::Other
        }
    }
}

/// Returns the meaning of an address in CSS, without the blanks around it.
pub fn meaning(address: Cow<'_, str>) -> Cow<'_, str> {
    super::trim(unescape(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the addresses in `url()`.
    fn found(css: &str) -> Vec<&str> {
        let urls = images(css).filter_map(|image| match image {
            Image::Url(url) => Some(url.address),
            _ => None,
        });
        urls.map(|url| css.get(url).unwrap()).collect()
    }

    #[test]
    fn an_address_is_in_url_and_nowhere_else() {
        for (css, urls) in [
            ("background-image:url(a.png)", &["a.png"][..]),
            ("background: URL( 'a b.png' ) no-repeat", &["a b.png"]),
            ("background:url(\"a.png\"),url(b.png)", &["a.png", "b.png"]),
            ("background:url(a.png ), url(\n'b.png'\t)", &["a.png", "b.png"]),
            (
                "background:url(data:image/png;base64,AA==)",
                &["data:image/png;base64,AA=="],
            ),
            ("background:url('a)b.png')", &["a)b.png"]),
            ("background:url('it\\'s.png')", &["it\\'s.png"]),
            // The end of the text closes a string and an address.
            ("background:url(a.png", &["a.png"]),
            ("background:url('a.png", &["a.png"]),
            ("background:url('a.png'", &["a.png"]),
            // A name may be escaped.
            ("background:\\url(a.png)", &["a.png"]),
            ("background:u\\72 l('a.png')", &["a.png"]),
            ("background:\\aurl(a.png)", &[]),
            // An escape is part of an address, with its blank.
            ("background:url(a\\28 1\\29 .png)", &["a\\28 1\\29 .png"]),
            // An empty address is one too.
            ("background:url()", &[""]),
            ("background:url('')", &[""]),
            ("background:url( ", &[""]),
            // No addresses.
            ("", &[]),
            ("color:red", &[]),
            ("background:my-url(a.png)", &[]),
            ("background:url (a.png)", &[]),
            ("content:'url(a.png)'", &[]),
            ("/* url(a.png) */", &[]),
            ("/* url(a.png)", &[]),
            // Malformed.
            ("background:url(a b.png)", &[]),
            ("background:url(a'b.png)", &[]),
            ("background:url('a\nb.png')", &[]),
            ("background:url('a.png' b)", &[]),
        ] {
            assert_eq!(found(css), urls, "{css}");
        }
    }

    #[test]
    fn reading_goes_on_after_any_string_comment_or_address() {
        for (css, urls) in [
            ("content:'\\'';background:url(a.png)", &["a.png"][..]),
            ("/**/background:url(a.png)/*", &["a.png"]),
            ("a:'x\n;background:url(a.png)", &["a.png"]),
            ("a:url(b'c);background:url(a.png)", &["a.png"]),
            ("a:url(b\\)'c);background:url(a.png)", &["a.png"]),
            ("a:url(b 'c);background:url(a.png)", &["a.png"]),
            ("a:url(url(b);background:url(a.png)", &["a.png"]),
            ("a:url(x\\)y);b:url(a.png)", &["x\\)y", "a.png"]),
            ("a:url(x\\", &["x\\"]),
            ("a\\", &[]),
            ("a:'\\", &[]),
        ] {
            assert_eq!(found(css), urls, "{css}");
        }
    }
}
