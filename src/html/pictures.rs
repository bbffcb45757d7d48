//! The references to pictures in a tag.

use std::borrow::Cow;
use std::ops::Range;

use super::reference::Spelling;
use super::{Tag, css, decode, srcset};

/// A reference to a picture.
pub struct Picture<'a> {
    /// The range of the reference in the text.
    pub range: Range<usize>,
    /// The meaning of the reference: character references and CSS escapes are resolved, and blanks around it are gone.
    pub source: Cow<'a, str>,
}

/// The form in which an attribute refers to pictures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The whole value is an address.
    Address,
    Srcset,
    Style,
}

use Form::{Address, Srcset, Style};

/// The attributes that refer to pictures, and the elements on which they do; an empty list means all. (`image` is an
/// element of SVG, and elsewhere another name of `img`.)
const ATTRIBUTES: [(&str, &[&str], Form); 6] = [
    ("style", &[], Style),
    ("src", &["img", "image"], Address),
    ("data-src", &["img", "image"], Address),
    ("srcset", &["img", "image", "source"], Srcset),
    ("href", &["image"], Address),
    ("xlink:href", &["image"], Address),
];

/// Returns the pictures that a tag refers to, in order. The first of repeated attributes counts. References that are
/// empty or lead within the page are none.
pub fn pictures<'a>(tag: Tag<'a>) -> Vec<Picture<'a>> {
    let mut pictures = Vec::new();
    if tag.closing {
        return pictures;
    }
    let mut seen = [false; ATTRIBUTES.len()];
    for attribute in tag.attributes() {
        let refers = |(name, elements, _): &(&str, &[&str], Form)| {
            attribute.is(name) && (elements.is_empty() || elements.iter().any(|element| tag.is(element)))
        };
        let found = ATTRIBUTES.iter().zip(&mut seen).find(|(known, _)| refers(known));
        let Some((&(_, _, form), seen)) = found else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let value = attribute.value;
        let start = attribute.range().start;
        let mut add = |range: Range<usize>| {
            let mut source = trim(decode(value.get(range.clone()).unwrap_or_default()));
            if form == Style {
                source = css::unescape(source);
            }
            if !source.is_empty() && !source.starts_with('#') {
                let range = start + range.start..start + range.end;
                pictures.push(Picture { range, source });
            }
        };
        let parts = match form {
            Address => {
                add(0..value.len());
                continue;
            }
            Srcset => srcset::urls(&decode(value)),
            Style => css::urls(&decode(value)),
        };
        let mut spelling = Spelling::new(value);
        for part in parts {
            add(spelling.index(part.start)..spelling.index(part.end));
        }
    }
    pictures
}

fn trim(source: Cow<'_, str>) -> Cow<'_, str> {
    match source {
        Cow::Borrowed(source) => Cow::Borrowed(source.trim_ascii()),
        Cow::Owned(source) => Cow::Owned(source.trim_ascii().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Tags;
    use super::super::differential::PIECES;
    use super::*;

    fn found(html: &str) -> Vec<&str> {
        let pictures = Tags::new(html).flat_map(pictures);
        pictures.map(|picture| html.get(picture.range).unwrap()).collect()
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
    fn a_part_of_a_value_is_found_as_it_is_spelled() {
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
    fn a_text_without_tags_has_no_pictures() {
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

    /// Pieces of attributes with several pictures.
    const PARTS: &[&str] = &[
        "<img srcset='",
        "<img srcset=\"",
        "<p style='",
        "<p style=\"",
        "'>",
        "\">",
        "url(",
        ")",
        ",",
        "(",
        "\\",
        "/*",
        "*/",
        "data:,a",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn ranges_come_in_order_without_overlaps_and_hold_the_sources(
            parts in prop::collection::vec(prop::sample::select([PIECES, PARTS, PARTS, PARTS].concat()), 0..40),
        ) {
            let html = parts.concat();
            let mut end = 0;
            for Picture { range, source } in Tags::new(&html).flat_map(pictures) {
                prop_assert!(end <= range.start && range.start < range.end, "{}", html);
                end = range.end;
                let meaning = decode(html.get(range).expect("whole characters"));
                let is_escaped = meaning.contains('\\');
                prop_assert!(is_escaped || meaning.trim_ascii() == source, "{}", html);
            }
        }
    }
}
