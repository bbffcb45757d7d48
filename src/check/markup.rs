//! Markup that WeChat drops from articles, or that does not look the same on phones (wechat-api §17, article-html §2).
//! It takes the rest, so nothing of it is an error.

mod kind;

use kind::{KINDS, Kind, RELATED, REMOVED, has_chinese};

use super::report::{self, Limit, Report};
use super::text;
use super::url::{self, Target};
use crate::bindings::types::Severity;
use crate::html::{self, METADATA, Part, Parts, Tag, Tags};

/// The attributes with an address as their value.
const ADDRESSES: [&str; 6] = ["href", "src", "xlink:href", "action", "formaction", "data"];

/// The attributes of `html` and `body` that are about the look of the whole document.
const LOOKS: [&str; 5] = ["style", "background", "bgcolor", "text", "dir"];

/// The element of a product card (wechat-api §17).
const PRODUCT_CARD: &str = "mp-common-product";

// The most that passes in pictures (wechat-api §16).
const TEXT_IN_PRACTICE: usize = 1_000;
const CARDS_DOCUMENTED: usize = 50;

/// The length of an example, in characters.
const EXAMPLE: usize = 60;

/// The number of occurrences of one kind, and the first of them.
struct Count<'a> {
    found: usize,
    /// The beginning of the first.
    first: String,
    /// The tag that has the first; empty for one in the text.
    tag: &'a str,
}

impl<'a> Count<'a> {
    const NONE: Self = Self {
        found: 0,
        first: String::new(),
        tag: "",
    };

    fn add(&mut self, source: &str, tag: &'a str) {
        if self.found == 0 {
            self.first = text::beginning(source, EXAMPLE);
            self.tag = tag;
        }
        self.found += 1;
    }

    /// Adds a finding if there was something, with the first as an example.
    fn tell(&self, report: &mut Report, severity: Severity, what: &str) {
        if self.found > 0 {
            let message = report.texts.report.first.with([&self.found, &what, &self.first]);
            let finding = report.count(severity, "content", self.found, 0, &message);
            finding.element = (!self.tag.is_empty()).then(|| report::element(self.tag));
        }
    }
}

/// The losses in the HTML of news.
struct Losses<'a> {
    elements: [Count<'a>; REMOVED.len()],
    kinds: [Count<'a>; KINDS.len()],
    /// The elements outside the body of a document.
    outside: Count<'a>,
    /// The numbers of these, by name.
    metadata: [usize; METADATA.len()],
    /// The open element with `nodeleaf`, which holds a component: its name, and how many of its name are open.
    component: Option<(&'a str, usize)>,
}

impl<'a> Losses<'a> {
    // `Default` for an array writes out each element.
    const NONE: Self = Self {
        elements: [const { Count::NONE }; REMOVED.len()],
        kinds: [const { Count::NONE }; KINDS.len()],
        outside: Count::NONE,
        metadata: [0; METADATA.len()],
        component: None,
    };

    fn add(&mut self, kind: Kind, source: &str, tag: &'a str) {
        if let Some(count) = self.kinds.get_mut(kind as usize) {
            count.add(source, tag);
        }
    }

    /// Finds the parts of a document that are not sent. Those that WeChat would remove anyway count as such.
    fn add_outside(&mut self, html: &'a str) {
        for tag in Tags::new(html).filter(|tag| !tag.closing) {
            let is_body = tag.is("body") || tag.is("html");
            if is_body && tag.attributes().any(|attribute| attribute.is_one_of(&LOOKS)) {
                self.add(Kind::Looks, tag.source, tag.source);
            }
            if !self.add_removed(tag)
                && let Some(count) =
                    { METADATA.iter().zip(&mut self.metadata) }.find_map(|(name, count)| tag.is(name).then_some(count))
            {
                *count += 1;
                self.outside.add(tag.source, tag.source);
            }
        }
    }

    /// Counts an element that WeChat removes. Returns whether it does.
    fn add_removed(&mut self, tag: Tag<'a>) -> bool {
        let mut removed = REMOVED.iter().zip(&mut self.elements);
        let count = removed.find_map(|(name, count)| tag.is(name).then_some(count));
        count.map(|count| count.add(tag.source, tag.source)).is_some()
    }

    fn add_tag(&mut self, tag: Tag<'a>) {
        self.add_to_component(tag);
        if tag.closing {
            return;
        }
        self.add_removed(tag);
        if tag.is_one_of(&RELATED) {
            self.add(Kind::Related, tag.source, tag.source);
        }
        self.add_attributes(tag);
    }

    /// Finds the blocks in an element with `nodeleaf`.
    fn add_to_component(&mut self, tag: Tag<'a>) {
        let Some((name, open)) = &mut self.component else {
            return;
        };
        let is_block = !tag.closing && tag.is_block();
        if tag.is(name) {
            *open = if tag.closing { *open - 1 } else { *open + 1 };
        }
        // A block ends a paragraph, so none is inside it.
        if *open == 0 || is_block && name.eq_ignore_ascii_case("p") {
            self.component = None;
        } else if is_block {
            self.add(Kind::ComponentBlocks, tag.source, tag.source);
        }
    }

    fn add_attributes(&mut self, tag: Tag<'a>) {
        // The first of repeated attributes counts.
        let mut seen = [false; 4];
        for attribute in tag.attributes() {
            if matches!(attribute.name.as_bytes(), [b'o' | b'O', b'n' | b'N', _, ..]) {
                self.add(Kind::Handlers, tag.source, tag.source);
            }
            if attribute.is("nodeleaf") && self.component.is_none() && tag.is_block() {
                self.component = Some((tag.name, 1));
            }
            let known = ["style", "id", "width", "href"];
            let known = known.iter().zip(&mut seen).find(|(name, _)| attribute.is(name));
            let is_repeated = known.is_some_and(|(_, seen)| std::mem::replace(seen, true));
            let value = attribute.value;
            if value.is_empty() {
                continue;
            }
            let meaning = html::decode(value);
            self.add_links(&meaning, value, tag.source);
            if attribute.is_one_of(&ADDRESSES) {
                let is_link = tag.is("a") && attribute.is("href") && !is_repeated;
                self.add_address(&meaning, value, is_link, tag.source);
            } else if is_repeated {
                continue;
            } else if attribute.is("style") {
                if tag.is("div") {
                    self.add(Kind::Divs, tag.source, tag.source);
                }
                self.add_style(&meaning, tag.source);
            } else if attribute.is("id") {
                self.add(Kind::Ids, tag.source, tag.source);
            } else if attribute.is("width") && tag.is("img") {
                self.add(Kind::Widths, tag.source, tag.source);
            }
        }
    }

    fn add_address(&mut self, address: &str, source: &str, is_link: bool, tag: &'a str) {
        match (url::target_of(address), address.trim_ascii()) {
            (Target::Script, _) => self.add(Kind::ScriptUrls, source, tag),
            // The last two lead to the top of the page.
            (Target::WeChatArticle, _) | (_, "" | "#" | "#top") => {}
            (_, fragment) if is_link && fragment.starts_with('#') => self.add(Kind::Anchors, source, tag),
            _ if is_link => self.add(Kind::Links, source, tag),
            _ => {}
        }
    }

    /// Finds the links for which WeChat refuses an article in the meaning of an attribute or of a text.
    fn add_links(&mut self, meaning: &str, source: &str, tag: &'a str) {
        for (needle, kind) in [("tempkey=", Kind::Previews), ("mp/profile_ext", Kind::Profiles)] {
            let found = meaning.matches(needle).count();
            if found == 0 {
                continue;
            }
            // A long text is shown from the blank before the link.
            let before = source.split_once(needle).map_or("", |(before, _)| before);
            let start = before.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
            let shown = source.get(start..).unwrap_or(source).trim_start();
            for _ in 0..found {
                self.add(kind, shown, tag);
            }
        }
    }

    fn add_style(&mut self, style: &str, tag: &'a str) {
        for declaration in html::declarations(style) {
            let kind = match &*declaration.property {
                _ if declaration.calls(&["calc", "var"]) => Kind::Functions,
                "position" => Kind::Positions,
                "text-decoration-thickness" | "text-underline-offset" => Kind::Underlines,
                "filter" | "-webkit-filter" | "float" if !declaration.value.eq_ignore_ascii_case("none") => {
                    Kind::Undrawn
                }
                "font-family" | "font" if has_chinese(&html::unescape(declaration.value.clone())) => Kind::ChineseFonts,
                _ => continue,
            };
            let source = format!("{}: {}", declaration.property, declaration.value);
            self.add(kind, &source, tag);
        }
    }

    fn tell(&self, report: &mut Report) {
        let metadata = METADATA.iter().zip(&self.metadata).filter(|(_, count)| **count > 0);
        let metadata = metadata
            .map(|(name, count)| format!("{count} × {name}"))
            .collect::<Vec<_>>();
        let texts = report.texts;
        let what = texts.markup.outside.with([&metadata.join(texts.report.between)]);
        self.outside.tell(report, Severity::Warning, &what);
        for (name, count) in REMOVED.iter().zip(&self.elements) {
            count.tell(report, Severity::Warning, &texts.markup.removed.with([name]));
        }
        for (((_, severity), what), count) in KINDS.iter().zip(&texts.markup.kinds).zip(&self.kinds) {
            count.tell(report, *severity, what);
        }
    }
}

/// Finds the parts of the HTML of news that WeChat drops, and the parts of a whole document that are not sent: those
/// around its body.
pub fn check_html(report: &mut Report, around: [&str; 2], body: &str) {
    let mut losses = Losses::NONE;
    for outside in around {
        losses.add_outside(outside);
    }
    for part in Parts::new(body) {
        match part {
            Part::Text(text) => losses.add_links(&html::decode_text(text), text, ""),
            Part::Tag(tag) => losses.add_tag(tag),
            Part::Comment(_) => {}
        }
    }
    losses.tell(report);
}

/// Finds markup in the text of pictures, which allows product cards only. A card counts as a card, and not as text.
pub fn check_text(report: &mut Report, content: &str) {
    let mut characters = text::measure(content).characters;
    let texts = report.texts;
    let mut cards = 0;
    let mut others = Count::NONE;
    for tag in Tags::new(content) {
        if tag.is(PRODUCT_CARD) {
            cards += usize::from(!tag.closing);
            characters -= text::measure(tag.source).characters;
        } else if !tag.closing {
            others.add(tag.source, tag.source);
        }
    }
    report.at_most(
        Limit::InPractice,
        "content",
        characters,
        TEXT_IN_PRACTICE,
        texts.report.characters,
    );
    report.at_most(
        Limit::Documented,
        "content",
        cards,
        CARDS_DOCUMENTED,
        texts.report.product_cards,
    );
    others.tell(report, Severity::Warning, texts.markup.in_text);
}

#[cfg(test)]
mod tests;
