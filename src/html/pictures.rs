//! Where a tag refers to pictures.

use super::reference::Spelling;
use super::{Attribute, Tag, css, decode, place, srcset};
use alloc::vec::Vec;
use core::ops::Range;

/// Attributes that may refer to pictures.
const ATTRIBUTES: [&str; 6] = ["style", "src", "data-src", "srcset", "href", "xlink:href"];
const STYLE: usize = 0;
const SRCSET: usize = 3;

/// Elements that have others of them than `style`,
const ELEMENTS: [&str; 3] = ["img", "source", "image"];
/// and which: those from the one place up to the other. (`image` is of SVG, and elsewhere another name of `img`.)
const OWN: [Range<usize>; 3] = [1..4, 3..4, 1..6];

/// Adds where in the text this tag refers to pictures. Of attributes that are repeated the first one counts.
pub fn add_pictures(tag: &Tag<'_>, pictures: &mut Vec<Range<usize>>) {
    if tag.closing {
        return;
    }
    let own = place(&ELEMENTS, tag.name).and_then(|element| OWN.get(element).cloned());
    let own = own.unwrap_or_default();
    let mut seen = [false; ATTRIBUTES.len()];
    for attribute in tag.attributes() {
        let Some(kind) = place(&ATTRIBUTES, attribute.name).filter(|kind| *kind == STYLE || own.contains(kind)) else {
            continue;
        };
        let Some(seen) = seen.get_mut(kind) else { continue };
        if core::mem::replace(seen, true) {
            continue;
        }
        match kind {
            STYLE => add_parts(&attribute, css::urls, pictures),
            SRCSET => add_parts(&attribute, srcset::urls, pictures),
            _ => pictures.push(attribute.range()),
        }
    }
}

/// Adds those parts of a value that `urls` finds in its meaning.
fn add_parts(attribute: &Attribute<'_>, urls: fn(&[u8]) -> Vec<Range<usize>>, pictures: &mut Vec<Range<usize>>) {
    let begin = attribute.range().start;
    let mut spelling = Spelling::new(attribute.value);
    for url in urls(&decode(attribute.value)) {
        let start = spelling.place(url.start);
        pictures.push(begin + start..begin + spelling.place(url.end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tags;
    use super::*;

    fn found(html: &str) -> Vec<&str> {
        let mut pictures = Vec::new();
        for tag in Tags::new(html) {
            add_pictures(&tag, &mut pictures);
        }
        pictures.into_iter().map(|picture| html.get(picture).unwrap()).collect()
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
            ("<img src><img src=''>", &["", ""]),
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
