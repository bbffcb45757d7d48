//! Where a tag refers to pictures.

use super::reference::Spelling;
use super::{Attribute, Tag, css, decode, srcset};
use alloc::borrow::{Cow, ToOwned};
use alloc::vec::Vec;
use core::ops::Range;

/// A reference to a picture.
pub struct Picture<'a> {
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// What it means: with character references resolved, and without blanks around it.
    pub source: Cow<'a, [u8]>,
}

/// How an attribute refers to pictures.
struct Kind {
    name: &'static str,
    /// On which elements it does, where not on all.
    elements: &'static [&'static str],
    /// The parts that refer to them, where the whole does not.
    parts: Option<fn(&[u8]) -> Vec<Range<usize>>>,
}

/// `image` is an element of SVG, and elsewhere another name of `img`.
const KINDS: [Kind; 6] = [
    Kind::of("style", &[], Some(css::urls)),
    Kind::of("src", &["img", "image"], None),
    Kind::of("data-src", &["img", "image"], None),
    Kind::of("srcset", &["img", "image", "source"], Some(srcset::urls)),
    Kind::of("href", &["image"], None),
    Kind::of("xlink:href", &["image"], None),
];

impl Kind {
    const fn of(
        name: &'static str,
        elements: &'static [&'static str],
        parts: Option<fn(&[u8]) -> Vec<Range<usize>>>,
    ) -> Self {
        Self { name, elements, parts }
    }

    fn is(&self, tag: &Tag<'_>, attribute: &Attribute<'_>) -> bool {
        attribute.is(self.name) && (self.elements.is_empty() || self.elements.iter().any(|element| tag.is(element)))
    }
}

/// The pictures that a tag refers to, in order. Of attributes that are repeated the first one counts. References that are empty
/// or lead within the page are none.
pub fn pictures<'a>(tag: Tag<'a>) -> Vec<Picture<'a>> {
    let mut pictures = Vec::new();
    if tag.closing {
        return pictures;
    }
    let mut seen = [false; KINDS.len()];
    for attribute in tag.attributes() {
        let kinds = KINDS.iter().zip(&mut seen);
        let Some((kind, seen)) = { kinds }.find(|(kind, _)| kind.is(&tag, &attribute)) else {
            continue;
        };
        if core::mem::replace(seen, true) {
            continue;
        }
        let Attribute { value, .. } = attribute;
        let begin = attribute.range().start;
        let mut add = |place: Range<usize>| {
            let source = source(value.get(place.clone()).unwrap_or_default());
            if !matches!(*source, [] | [b'#', ..]) {
                let place = begin + place.start..begin + place.end;
                pictures.push(Picture { place, source });
            }
        };
        let Some(parts) = kind.parts else {
            add(0..value.len());
            continue;
        };
        let mut spelling = Spelling::new(value);
        for part in parts(&decode(value)) {
            add(spelling.place(part.start)..spelling.place(part.end));
        }
    }
    pictures
}

fn source(spelled: &[u8]) -> Cow<'_, [u8]> {
    match decode(spelled) {
        Cow::Borrowed(source) => Cow::Borrowed(source.trim_ascii()),
        Cow::Owned(source) => Cow::Owned(source.trim_ascii().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tags;
    use super::*;

    fn found(html: &str) -> Vec<&str> {
        let pictures = Tags::new(html).flat_map(pictures);
        pictures.map(|picture| html.get(picture.place).unwrap()).collect()
    }

    #[test]
    fn pictures_are_in_these_attributes_of_these_elements() {
        for (html, pictures) in [
            ("<img src=a.png>", &["a.png"][..]),
            ("<IMG ALT=x SRC='a b.png'/>", &["a b.png"]),
            (
                "<img data-src=\"a.png\" srcset=\"b.png 1x, c.png 2x\" src=d.png>",
                &["a.png", "b.png", "c.png", "d.png"],
            ),
            (
                "<picture><source srcset=a.png><img src=b.png></picture>",
                &["a.png", "b.png"],
            ),
            ("<video><source src=a.mp4></video>", &[]),
            ("<svg><image xlink:href=a.png href=b.png /></svg>", &["a.png", "b.png"]),
            ("<image src=a.png>", &["a.png"]),
            ("<a href=a.png><input src=b.png><p src=c.png>", &[]),
            ("<p style=\"background:url(a.png)\">", &["a.png"]),
            ("<img style='background:url(a.png)' src=b.png>", &["a.png", "b.png"]),
            ("<img src=a.png src=b.png STYLE='' style='a:url(c.png)'>", &["a.png"]),
            ("<img src><img src=''><img src=' '><img src=#a>", &[]),
            ("<img src=&#35;a><p style='filter:url(#a);background:url()'>", &[]),
        ] {
            assert_eq!(found(html), pictures, "{html}");
        }
    }

    #[test]
    fn parts_are_found_as_they_are_spelled() {
        for (html, pictures) in [
            (
                "<p style=\"background:url(&quot;a&amp;b.png&quot;),url(&#x27;c.png&#39;)\">",
                &["a&amp;b.png", "c.png"][..],
            ),
            (
                "<p style='a:u&#114;l(&#x1F600;写&copy;.png)'>",
                &["&#x1F600;写&copy;.png"],
            ),
            ("<img srcset='a&#32;1x&#44; b&amp;c 2x'>", &["a", "b&amp;c"]),
        ] {
            assert_eq!(found(html), pictures, "{html}");
        }
    }

    #[test]
    fn there_are_none_where_there_are_no_tags() {
        for html in [
            "<!-- <img src=a.png> -->",
            "<script>'<img src=a.png>'</script>",
            "<textarea><img src=a.png></textarea>",
            "<style>p{background:url(a.png)}</style>",
            "<![CDATA[<img src=a.png]]>",
            "<img src=a.png",
            "<img src='a.png>",
            "</img src=a.png>",
            "< img src=a.png>",
        ] {
            assert_eq!(found(html), [""; 0], "{html}");
        }
    }
}
