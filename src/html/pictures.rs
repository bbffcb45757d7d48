//! The pictures of a text, each with all its addresses.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::css_images::{self, Image, Set, Url};
use super::edit::Place;
use super::picture::{Address, MOST_ADDRESSES, Origin, Picture, is_address, looks_like_address};
use super::places::{self, Attributes};
use super::reference::Spelling;
use super::{Tag, Tags, decode, trim};

/// Something that a text refers to.
pub enum Found<'a> {
    /// A picture.
    Picture(Picture<'a>),
    /// A quoted `url()` that is no picture: it is empty or leads within the page.
    Quoted {
        /// The opening tag.
        tag: &'a str,
        /// The place with the quotes.
        quotes: Place,
        /// The address.
        source: Cow<'a, str>,
    },
    /// A picture that can't be uploaded.
    Lost {
        /// The reason.
        reason: Lost,
        /// The opening tag.
        tag: &'a str,
    },
}

/// The reason why a picture can't be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// An `img` has no address, or the CSS of a `url()` is malformed.
    NoAddress,
    /// The CSS of a `url()` is malformed and has quotes, for which WeChat drops the element.
    Quoted,
    /// A `source` with addresses belongs to no `img`.
    NoImage,
    /// The `use` of SVG refers to another document.
    OutsideUse,
    /// A background is set by a script.
    ScriptBackground,
}

/// Goes through the pictures of a text in the order of their tags, until it is told to stop.
pub fn pictures<'a>(html: &'a str, found: &mut dyn FnMut(Found<'a>) -> ControlFlow<()>) {
    let mut reader = Reader {
        html,
        found,
        sources: None,
    };
    for tag in Tags::new(html) {
        if reader.tag(tag).is_break() {
            return;
        }
    }
    let _ = reader.end_picture();
}

/// A pass through the tags.
struct Reader<'a, 'f> {
    html: &'a str,
    found: &'f mut dyn FnMut(Found<'a>) -> ControlFlow<()>,
    /// The addresses of the `source`s in an open `picture`.
    sources: Option<Picture<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn tag(&mut self, tag: Tag<'a>) -> ControlFlow<()> {
        if tag.is("picture") {
            self.end_picture()?;
            self.sources = (!tag.closing).then(|| Picture::new(tag.source));
        }
        if tag.closing {
            return ControlFlow::Continue(());
        }
        let attributes = Attributes::of(self.html, tag);
        let is_svg_image = tag.is("image") && places::HREFS.iter().any(|&href| attributes.has(href));
        if is_svg_image || tag.is("feImage") {
            self.svg_image(tag, &attributes)?;
        } else if tag.is("img") || tag.is("image") {
            self.image(tag, &attributes)?;
        } else if tag.is("source") {
            self.source(tag, &attributes)?;
        } else if tag.is("use") {
            let href = places::HREFS.iter().find_map(|&href| attributes.value(href));
            if href.is_some_and(|href| is_address(&trim(decode(href)))) {
                self.lost(Lost::OutsideUse, tag)?;
            }
        }
        self.background(tag, &attributes)?;
        match attributes.value(places::STYLE) {
            Some(style) => self.style(tag, style, attributes.start(places::STYLE)),
            None => ControlFlow::Continue(()),
        }
    }

    /// Reads an `img`. WeChat reads its `src`, and its `data-src` if `src` is data, empty or not there
    /// (article-html §2, §3).
    fn image(&mut self, tag: Tag<'a>, attributes: &Attributes<'a>) -> ControlFlow<()> {
        let mut picture = Picture::new(tag.source);
        let mut sources = Vec::new();
        if let Some(open) = &mut self.sources {
            std::mem::swap(open, &mut picture);
            picture.tag = tag.source;
            sources = std::mem::take(&mut picture.addresses);
        }
        let src = attributes.value(places::SRC).map(|src| trim(decode(src)));
        let is_data = |src: &str| src.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
        let has_src = src.is_some_and(|src| !src.is_empty() && !is_data(&src));
        for lazy in 0..places::LAZY {
            let Some(value) = attributes.value(lazy) else { continue };
            if places::is_srcset(lazy) {
                picture.add_srcset(value, Origin::Lazy);
            } else {
                let is_read = lazy == places::DATA_SRC && !has_src;
                picture.add_value(value, &attributes.place(lazy), Origin::Lazy, is_read);
            }
        }
        if let Some(value) = attributes.value(places::SRC) {
            picture.add_value(value, &attributes.place(places::SRC), Origin::Direct, true);
        }
        if let Some(value) = attributes.value(places::SRCSET)
            && picture.add_srcset(value, Origin::Alternative)
        {
            picture.alternatives.push(attributes.emptied(places::SRCSET));
        }
        for address in sources {
            picture.add(address);
        }
        picture.places.push(attributes.place_or_new(places::SRC, tag));
        if attributes.has(places::DATA_SRC) {
            picture.places.push(attributes.place(places::DATA_SRC));
        }
        match picture.addresses.is_empty() {
            true => self.lost(Lost::NoAddress, tag),
            false => (self.found)(Found::Picture(picture)),
        }
    }

    /// Reads a picture of SVG. `xlink:href` is the older name of `href`.
    fn svg_image(&mut self, tag: Tag<'a>, attributes: &Attributes<'a>) -> ControlFlow<()> {
        let mut picture = Picture::new(tag.source);
        for href in places::HREFS {
            if let Some(value) = attributes.value(href) {
                let is_read = picture.addresses.is_empty();
                picture.places.push(attributes.place(href));
                picture.add_value(value, &attributes.place(href), Origin::Direct, is_read);
            }
        }
        self.picture(picture)
    }

    fn source(&mut self, tag: Tag<'a>, attributes: &Attributes<'a>) -> ControlFlow<()> {
        let mut lone = Picture::new(tag.source);
        let picture = self.sources.as_mut().unwrap_or(&mut lone);
        for set in places::SRCSETS {
            let Some(value) = attributes.value(set) else { continue };
            // The count of places is limited, as that of addresses is.
            let is_any = picture.add_srcset(value, Origin::Alternative);
            if is_any && set == places::SRCSET && picture.alternatives.len() < MOST_ADDRESSES {
                picture.alternatives.push(attributes.emptied(set));
            }
        }
        match lone.addresses.is_empty() {
            true => ControlFlow::Continue(()),
            false => self.lost(Lost::NoImage, tag),
        }
    }

    /// Ends a `picture`. Its `source`s belong to nothing if it had no `img`.
    fn end_picture(&mut self) -> ControlFlow<()> {
        match self.sources.take() {
            Some(Picture { tag, addresses, .. }) if !addresses.is_empty() => (self.found)(Found::Lost {
                reason: Lost::NoImage,
                tag,
            }),
            _ => ControlFlow::Continue(()),
        }
    }

    fn background(&mut self, tag: Tag<'a>, attributes: &Attributes<'a>) -> ControlFlow<()> {
        if let Some(value) = attributes.value(places::BACKGROUND)
            && tag.is_one_of(&places::HAVE_BACKGROUND)
        {
            let place = attributes.place(places::BACKGROUND);
            let mut picture = Picture::new(tag.source);
            if picture.add_value(value, &place, Origin::Direct, true) {
                picture.places.push(place);
                (self.found)(Found::Picture(picture))?;
            }
        }
        let by_script = places::SCRIPT_BACKGROUNDS
            .iter()
            .find_map(|&name| attributes.value(name));
        match by_script {
            Some(value) if looks_like_address(&decode(value)) => self.lost(Lost::ScriptBackground, tag),
            _ => ControlFlow::Continue(()),
        }
    }

    /// Reads the CSS of a `style` attribute that begins at this index.
    fn style(&mut self, tag: Tag<'a>, style: &'a str, start: usize) -> ControlFlow<()> {
        let css = decode(style);
        let mut spelling = Spelling::new(style);
        for image in css_images::images(&css) {
            match image {
                Image::Malformed { has_quotes: true } => self.lost(Lost::Quoted, tag)?,
                Image::Malformed { .. } => self.lost(Lost::NoAddress, tag)?,
                Image::Url(url) => {
                    let (address, place) = css_address(style, start, &mut spelling, &url);
                    let mut picture = Picture::new(tag.source);
                    picture.places.push(place);
                    match is_address(&address.source) {
                        true => picture.addresses.push(address),
                        false => picture.quoted.push(address),
                    }
                    self.picture(picture)?;
                }
                Image::Set(set) => {
                    let picture = image_set(tag, style, start, &mut spelling, set);
                    self.picture(picture)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Reports a picture that has an address, and the quotes of one that has none.
    fn picture(&mut self, picture: Picture<'a>) -> ControlFlow<()> {
        if !picture.addresses.is_empty() {
            return (self.found)(Found::Picture(picture));
        }
        let tag = picture.tag;
        for Address { source, quotes, .. } in picture.quoted {
            if let Some(quotes) = quotes {
                (self.found)(Found::Quoted { tag, quotes, source })?;
            }
        }
        ControlFlow::Continue(())
    }

    fn lost(&mut self, reason: Lost, tag: Tag<'a>) -> ControlFlow<()> {
        let tag = tag.source;
        (self.found)(Found::Lost { reason, tag })
    }
}

/// Returns the picture of an `image-set()`, with the highest resolution first.
fn image_set<'a>(tag: Tag<'a>, style: &'a str, start: usize, spelling: &mut Spelling<'a>, set: Set) -> Picture<'a> {
    let mut picture = Picture::new(tag.source);
    picture.more = set.more;
    let whole_start = start + spelling.index(set.whole.start);
    let mut options = Vec::new();
    for url in &set.options {
        let (address, _) = css_address(style, start, spelling, url);
        // The list is short, and a sort is much code.
        let at = options.partition_point(|(higher, _): &(f32, _)| higher.total_cmp(&url.resolution).is_ge());
        options.insert(at, (url.resolution, address));
    }
    for (_, mut address) in options {
        address.origin = Origin::Alternative;
        address.is_read = false;
        match is_address(&address.source) {
            true => picture.addresses.push(address),
            false => picture.quoted.push(address),
        }
    }
    let whole = whole_start..start + spelling.index(set.whole.end);
    picture.places.push(Place::new(whole, "url(", ")"));
    picture
}

/// Returns an address in CSS, and the place where it can be replaced.
fn css_address<'a>(style: &'a str, start: usize, spelling: &mut Spelling<'a>, url: &Url) -> (Address<'a>, Place) {
    let before = url.quoted.as_ref().map(|quoted| spelling.index(quoted.start));
    let address = spelling.index(url.address.start)..spelling.index(url.address.end);
    let after = url.quoted.as_ref().map(|quoted| spelling.index(quoted.end));
    let source = css_images::meaning(decode(style.get(address.clone()).unwrap_or_default()));
    let range = before.unwrap_or(address.start)..after.unwrap_or(address.end);
    // A name directly before a string would become a part of the name `url`, and a blank would end a bare attribute.
    let before = style.as_bytes().get(..range.start).and_then(|before| before.last());
    let is_apart = before.is_none_or(|byte| matches!(byte, b'(' | b',') || byte.is_ascii_whitespace());
    let (open, close) = match (url.is_string, is_apart) {
        (false, _) => ("", ""),
        (true, true) => ("url(", ")"),
        (true, false) => ("/**/url(", ")"),
    };
    let place = Place::new(start + range.start..start + range.end, open, close);
    let address = Address {
        source,
        origin: Origin::Direct,
        is_read: true,
        attribute: None,
        quotes: url.quoted.is_some().then(|| place.clone()),
    };
    (address, place)
}

#[cfg(test)]
mod tests;
