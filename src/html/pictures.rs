//! Where a tag refers to pictures.

use super::reference::Spelling;
use super::{Tag, css, decode, place, srcset};
use std::borrow::{Cow, ToOwned};
use std::ops::Range;

/// A reference to a picture.
pub struct Picture<'a> {
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// What it means: with character references and CSS escapes resolved, and without blanks around it.
    pub source: Cow<'a, [u8]>,
}

/// How an attribute refers to pictures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By its whole value.
    Address,
    Srcset,
    Style,
}

use Form::{Address, Srcset, Style};

/// The attributes that may, with the elements on which they do; of none it is all. (`image` is an element of SVG, and elsewhere
/// another name of `img`.)
const ATTRIBUTES: [(&str, &[&str], Form); 6] = [
    ("style", &[], Style),
    ("src", &["img", "image"], Address),
    ("data-src", &["img", "image"], Address),
    ("srcset", &["img", "image", "source"], Srcset),
    ("href", &["image"], Address),
    ("xlink:href", &["image"], Address),
];

/// The pictures that a tag refers to, in order. Of attributes that are repeated the first one counts. References that are empty
/// or lead within the page are none.
pub fn pictures<'a>(tag: Tag<'a>) -> Vec<Picture<'a>> {
    let mut pictures = Vec::new();
    if tag.closing {
        return pictures;
    }
    let mut seen = [false; ATTRIBUTES.len()];
    for attribute in tag.attributes() {
        let is_meant = |(name, elements, _): &(&str, &[&str], Form)| {
            attribute.is(name) && (elements.is_empty() || place(elements, tag.name).is_some())
        };
        let found = { ATTRIBUTES.iter().zip(&mut seen) }.find(|(known, _)| is_meant(known));
        let Some((&(_, _, form), seen)) = found else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        let value = attribute.value;
        let begin = attribute.range().start;
        let mut add = |place: Range<usize>| {
            let mut source = trimmed(decode(value.get(place.clone()).unwrap_or_default()));
            if form == Style {
                source = css::unescape(source);
            }
            if !matches!(*source, [] | [b'#', ..]) {
                let place = begin + place.start..begin + place.end;
                pictures.push(Picture { place, source });
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
            add(spelling.place(part.start)..spelling.place(part.end));
        }
    }
    pictures
}

fn trimmed(source: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match source {
        Cow::Borrowed(source) => Cow::Borrowed(source.trim_ascii()),
        Cow::Owned(source) => Cow::Owned(source.trim_ascii().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tags;
    use super::super::differential::PIECES;
    use super::*;
    use proptest::prelude::*;

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

    /// What attributes with several pictures are made of.
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

        /// They come in order, none overlaps another, and each is where it says.
        #[test]
        fn places_are_in_order_and_in_the_text(
            parts in prop::collection::vec(prop::sample::select([PIECES, PARTS, PARTS, PARTS].concat()), 0..40),
        ) {
            let html = parts.concat();
            let mut end = 0;
            for Picture { place, source } in Tags::new(&html).flat_map(pictures) {
                prop_assert!(end <= place.start && place.start < place.end, "{}", html);
                end = place.end;
                let meant = decode(html.get(place).expect("whole characters").as_bytes());
                let is_escaped = meant.contains(&b'\\');
                prop_assert!(is_escaped || meant.trim_ascii() == &*source, "{}", html);
            }
        }
    }
}
