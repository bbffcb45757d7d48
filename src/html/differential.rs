//! A comparison with `html5gum`, which follows the standard to the letter.
//!
//! It leaves out these parts, in which the two differ on purpose:
//! - NUL and carriage return, which never go out;
//! - `noscript`, which html5gum takes for text, and `noframes`, for which it takes `noframe`.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

use super::{Tags, decode};

/// A tag as readers see it: its name, whether it closes, and its attributes by name.
type Seen = (String, bool, Vec<(String, String)>);

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn ours(html: &str) -> Vec<Seen> {
    let tags = Tags::new(html).map(|tag| {
        assert!(tag.source.starts_with('<') && tag.source.ends_with('>'), "{html}");
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in tag.attributes() {
            assert_eq!(&html[attribute.range()], attribute.value);
            let name = attribute.name.to_ascii_lowercase();
            if attributes.iter().all(|(known, _)| *known != name) {
                attributes.push((name, decode(attribute.value).into_owned()));
            }
        }
        attributes.sort();
        // html5gum does not return the attributes of end tags.
        let attributes = if tag.closing { Vec::new() } else { attributes };
        (tag.name.to_ascii_lowercase(), tag.closing, attributes)
    });
    tags.collect()
}

fn theirs(html: &str) -> Vec<Seen> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).map(Result::unwrap);
    tokens
        .filter_map(|token| match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (text(name), text(value)));
                Some((text(&tag.name), false, attributes.collect()))
            }
            Token::EndTag(tag) => Some((text(&tag.name), true, Vec::new())),
            _ => None,
        })
        .collect()
}

/// Pieces of hostile HTML.
pub const PIECES: &[&str] = &[
    "<",
    "<",
    "<",
    ">",
    ">",
    "</",
    "/",
    "\"",
    "'",
    "=",
    "!",
    "-",
    "--",
    "&",
    ";",
    " ",
    "\n",
    "\t",
    "\x0C",
    "?",
    "`",
    "[",
    "]",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!--->",
    "<!doctype html>",
    "<![CDATA[",
    "]]>",
    "<?",
    "</>",
    "/>",
    "script",
    "SCRIPT",
    "<script>",
    "</script>",
    "</script ",
    "style",
    "<style>",
    "</style>",
    "textarea",
    "<textarea>",
    "</textarea>",
    "title",
    "iframe",
    "xmp",
    "noembed",
    "plaintext",
    "img",
    "src",
    "src=",
    "href",
    "=\"",
    "='",
    "a",
    "x",
    "1",
    "é",
    "写",
    "🎉",
    "&amp;",
    "&lt",
    "&not",
    "&notin;",
    "&hearts;",
    "&#x96;",
    "it;",
    "&quot;",
    "&apos;",
    "&colon;",
    "&Tab;",
    "&NewLine;",
    "&#38;",
    "&#x3c;",
    "&#x3C",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&#99999999999;",
    "&#",
    "&#x",
    "\u{1}",
    "\u{7f}",
    "\u{a0}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn both_see_the_same_tags(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let html = pieces.concat();
        prop_assert_eq!(ours(&html), theirs(&html), "{}", html);
    }

    #[test]
    fn both_see_the_same_attributes(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
        let html = format!("<img {}\"'>-->", pieces.concat());
        prop_assert_eq!(ours(&html), theirs(&html), "{}", html);
    }

    #[test]
    fn both_find_the_end_of_a_script(
        pieces in prop::collection::vec(
            prop::sample::select(
                &["<!--", "-->", "--", "-", ">", "<", "<script", "</script", "script", " ", "/", "!", "x", "--!>"][..],
            ),
            0..30,
        )
    ) {
        let html = format!("<script>{}<b></script><i>", pieces.concat());
        prop_assert_eq!(ours(&html), theirs(&html), "{}", html);
    }
}

#[test]
fn both_see_the_same_tags_in_hostile_cases() {
    for html in [
        "",
        "<",
        "</",
        "<a",
        "<a ",
        "<a b",
        "<a b=",
        "<a b='c",
        "<a b='c'",
        "<a b='c'd>",
        "<a b=\"c\"/d>",
        "<a/b=c/>",
        "<a b=c/d/>",
        "<a =b>",
        "<a ==b>",
        "<a b = c>",
        "<a b\n=\n\"c\">",
        "<a b=>c>",
        "<a b c B=1 b=2>",
        "<a b=1 b=2 b>",
        "<a<b>",
        "<a b<c=d>",
        "<a \"=1 '=2>",
        "<a b=`c d`>",
        "<IMG SRC=x>",
        "<img/src=x/onerror=y>",
        "<p title='>'>",
        "<1><a>",
        "< a><a>",
        "<><a>",
        "</><a>",
        "</ a><a>",
        "</a b='>'><a>",
        "<!><a>",
        "<!-><a>",
        "<!--><a>-->",
        "<!---><a>-->",
        "<!----><a>",
        "<!----!><a>",
        "<!---!><a>--><b>",
        "<!--a--!><b>-->",
        "<!--a--!-><b>--><i>",
        "<!--a- -><b>--><i>",
        "<!-- <!-- --><a>",
        "<!-- <!--><a>",
        "<!--<a>",
        "<!doctype html \"><a>\"><b>",
        "<!DOCTYPE a PUBLIC '><b>'>",
        "<![CDATA[<a>]]><b>",
        "<?xml <a>?><b>",
        "<script><a></script><b>",
        "<script></scripty><a></script/><b>",
        "<script></script x='>'><b>",
        "<script><!--</script><b>",
        "<script><!--<script></script><a></script><b>",
        "<script><!--<script>--></script><b>",
        "<script><!--<script x</script><a>--></script><b>",
        "<script><!--><script></script><b>",
        "<script><!---><script></script><b>",
        "<script><!--<scripty></script><b>",
        "<SCRIPT></sCrIpT ><b>",
        "<style></style\n><b>",
        "<style></styl><a></style",
        "<textarea><img></textarea><b>",
        "<title></textarea><a></title><b>",
        "<xmp><xmp></xmp><b></xmp>",
        "<plaintext></plaintext><a>",
        "<script/><a></script><b>",
        "<a href='&amp;&lt&gt;&quot&apos;&apos&amp=&ampx&#38&#x26;x&#x;&#;&#00000;&#xffffffffff;&Tab;&colon;'>",
    ] {
        assert_eq!(ours(html), theirs(html), "{html}");
    }
}

/// A reader that went back over the text would take hours for each of these.
#[test]
fn a_megabyte_of_anything_is_read_once() {
    for piece in [
        "<",
        "<a ",
        "<!--",
        "<!-",
        "</",
        "<script>",
        "<script><!--",
        "<!--<script",
        "</script",
        "<a b='",
        "<a b=\"&",
        "<title>",
        "/",
        "--",
        "&#x",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let count = Tags::new(&text).map(|tag| tag.attributes().count() + 1).sum::<usize>();
        assert!(count <= text.len(), "{piece}");
    }
    let tag = format!("<img {}>", "a=&amp; ".repeat(125_000));
    let tags: Vec<_> = Tags::new(&tag).collect();
    assert_eq!(tags[0].attributes().count(), 125_000);
    assert_eq!(tags[0].attributes().nth(1).unwrap().range(), 15..20);
}

#[test]
fn the_range_of_a_value_is_its_place_in_the_text() {
    let html = "写<IMG alt SRC = '图.png' src=2>";
    let tag = Tags::new(html).next().unwrap();
    let [alt, source, _] = tag.attributes().collect::<Vec<_>>().try_into().ok().unwrap();
    assert_eq!(&html[source.range()], "图.png");
    assert_eq!((&html[..alt.range().end], alt.value), ("写<IMG alt", ""));
    assert_eq!(tag.source, &html["写".len()..]);
}
