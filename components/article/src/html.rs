//! HTML as it is written.

/// The largest content of an article, in bytes (article-html §5). The addresses of pictures do not count: WeChat's own,
/// which take their place, are short.
pub const LARGEST: usize = 1024 * 1024;
/// The most bytes with the addresses of pictures, which may hold the pictures themselves: as many as the Markdown may
/// have. An address that the Markdown has once may be that of many pictures.
const LARGEST_WITH_ADDRESSES: usize = 16 * 1024 * 1024;

/// HTML.
#[derive(Default)]
pub struct Html {
    text: String,
    /// The bytes of addresses of pictures.
    addresses: usize,
    /// True if a control character was left out.
    pub has_left_out: bool,
}

impl Html {
    /// Writes HTML as it is.
    pub fn raw(&mut self, html: &str) {
        self.text.push_str(html);
    }

    /// Writes a text, or the value of an attribute.
    pub fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(is_special) {
            let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.text.push_str(plain);
            match special.bytes().next() {
                Some(b'&') => self.text.push_str("&amp;"),
                Some(b'<') => self.text.push_str("&lt;"),
                Some(b'>') => self.text.push_str("&gt;"),
                Some(b'"') => self.text.push_str("&quot;"),
                // WeChat takes no other control characters.
                _ => self.has_left_out = true,
            }
            rest = special.get(1..).unwrap_or_default();
        }
        self.text.push_str(rest);
    }

    /// Writes the address of a picture.
    pub fn address(&mut self, address: &str) {
        let before = self.text.len();
        self.text(address);
        self.addresses += self.text.len() - before;
    }

    /// Writes a start tag with a style, which has no quotes.
    pub fn open(&mut self, name: &str, style: &str) {
        self.text.push('<');
        self.text.push_str(name);
        if !style.is_empty() {
            self.text.push_str(" style=\"");
            self.text.push_str(style);
            self.text.push('"');
        }
        self.text.push('>');
    }

    /// Writes an end tag.
    pub fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// Returns whether WeChat would refuse this for its size.
    pub fn is_too_large(&self) -> bool {
        self.text.len() - self.addresses > LARGEST || self.text.len() > LARGEST_WITH_ADDRESSES
    }

    /// Returns the number of bytes so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Takes back all of it.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Returns the text.
    pub fn finish(self) -> String {
        self.text
    }
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"') || is_left_out(byte)
}

/// Returns whether a byte is a control character that WeChat does not take (wechat-api §17).
pub const fn is_left_out(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_no_markup() {
        let mut html = Html::default();
        html.text("<a href=\"x\">&amp;写\u{1}作</a>");
        assert!(html.has_left_out);
        assert_eq!(html.finish(), "&lt;a href=&quot;x&quot;&gt;&amp;amp;写作&lt;/a&gt;");
    }
}
