//! Tests of the pictures of a text.

use proptest::prelude::*;

use super::*;
use crate::html::differential::PIECES;
use crate::html::edit;

fn all(html: &str) -> Vec<Found<'_>> {
    let mut all = Vec::new();
    pictures(html, &mut |found| {
        all.push(found);
        ControlFlow::Continue(())
    });
    all
}

/// Returns the addresses of each picture with bars between them, and the other reports by name.
fn found(html: &str) -> Vec<String> {
    let found = all(html).into_iter().map(|found| match found {
        Found::Picture(picture) => {
            let sources = picture.addresses.iter().map(|address| address.source.as_ref());
            sources.collect::<Vec<_>>().join("|")
        }
        Found::Quoted { source, .. } => format!("quoted {source}"),
        Found::Lost { reason, .. } => format!("{reason:?}"),
    });
    found.collect()
}

/// Returns the text with this address for each picture.
fn written(html: &str) -> String {
    let found = all(html);
    let mut edits = Vec::new();
    for found in &found {
        match found {
            Found::Picture(picture) => picture.write(&picture.addresses[0], "N", &mut edits),
            Found::Quoted { quotes, source, .. } => edits.push(quotes.unquote(source)),
            Found::Lost { .. } => {}
        }
    }
    edit::apply(html, &edits)
}

fn unquoted(html: &str) -> String {
    let found = all(html);
    let mut edits = Vec::new();
    for found in &found {
        match found {
            Found::Picture(picture) => picture.unquote(&mut edits),
            Found::Quoted { quotes, source, .. } => edits.push(quotes.unquote(source)),
            Found::Lost { .. } => {}
        }
    }
    edit::apply(html, &edits)
}

#[test]
fn pictures_are_in_these_attributes_of_these_elements() {
    for (html, pictures) in [
        ("<img src=a.png>", &["a.png"][..]),
        ("<IMG ALT=x SRC='a b.png'/>", &["a b.png"]),
        ("<image src=a.png>", &["a.png"]),
        (
            "<svg><image xlink:href=a.png href=b.png /><image xlink:href=c.png /></svg>",
            &["b.png|a.png", "c.png"],
        ),
        (
            "<feImage href=a.png /><feimage xlink:href='#x' /><image href='#x'>",
            &["a.png"],
        ),
        (
            "<table background=a><td BACKGROUND=b.png><th background><p background=c>",
            &["a", "b.png"],
        ),
        ("<body background='x.jpg'><tr background=y.jpg>", &["y.jpg"]),
        ("<p style=\"background:url(a.png)\">", &["a.png"]),
        ("<img style='background:url(a.png)' src=b.png>", &["b.png", "a.png"]),
        ("<img src=a.png src=b.png STYLE='' style='a:url(c.png)'>", &["a.png"]),
        ("<p style='filter:url(#a);background:url()'>", &[]),
        (
            "<a href=a.png><input src=b.png><p src=c.png data-src=d.png file=e.png>",
            &[],
        ),
        ("<video src=a.mp4 poster=a.png><source src=a.mp4></video>", &[]),
        ("<use href='#a'/><use xlink:href=''/><use/>", &[]),
        (
            "<use href='icons.svg#a'/><use xlink:href='https://x/y'/>",
            &["OutsideUse"; 2],
        ),
        (
            "<div data-bg=a.jpg><p data-lazy-bgimg='https://x/a'><p data-bg=true><p data-bg>",
            &["ScriptBackground"; 2],
        ),
        (
            "<img><img src><img src=''><img src=' '><img src=&#35;a>",
            &["NoAddress"; 5],
        ),
        (
            "<img src=about:blank><img src='#' data-src=true><img data-src='[\"a.png\"]'><img file='{\"a\":1.5}'>",
            &["NoAddress"; 4],
        ),
        ("<p style='a:url(b c.png);d:url(e.png)'>", &["NoAddress", "e.png"]),
        (
            "<p style=\"a:url('b.png' x);c:url(d'e.png);f:url(g\\27 h i)\">",
            &["Quoted"; 3],
        ),
        ("<p style=\"filter:url('#a');a:url( '' )\">", &["quoted #a", "quoted "]),
    ] {
        assert_eq!(found(html), pictures, "{html}");
    }
}

#[test]
fn the_addresses_of_an_img_are_one_picture() {
    for (html, pictures) in [
        ("<img src=s.gif data-src=a.png>", &["a.png|s.gif"][..]),
        (
            "<img file=j.x _src=i.x data-lazy-srcset=h.x data-srcset=g.x data-url=f.x data-echo=e.x \
             data-lazyload=d.x data-lazy-src=c.x data-original=b.x data-src=a.x src=k.x srcset=l.x>",
            &["a.x|b.x|c.x|d.x|e.x|f.x|g.x|h.x|i.x|j.x|k.x|l.x"],
        ),
        ("<img srcset='a 1x, b 3x, c 2x' src=d>", &["d|b|c|a"]),
        (
            "<img srcset='a 300w, b 1024w' data-srcset='c.x 1w,d.x 2w'>",
            &["d.x|c.x|b|a"],
        ),
        (
            "<picture><source srcset='a.webp 1x, b.webp 2x'><source srcset=c><img src=d></picture><img src=e>",
            &["d|b.webp|a.webp|c", "e"],
        ),
        ("<picture><source data-srcset=a><img></picture>", &["a"]),
        ("<picture><source srcset=a></picture><img src=b>", &["NoImage", "b"]),
        ("<picture><source srcset=a><picture><img src=b>", &["NoImage", "b"]),
        ("<picture><source srcset=a>", &["NoImage"]),
        ("<source srcset=a><img src=b>", &["NoImage", "b"]),
        ("<picture><img src=a><source srcset=b></picture>", &["a", "NoImage"]),
        ("<img data-src=data.json src=true>", &["data.json|true"]),
    ] {
        assert_eq!(found(html), pictures, "{html}");
    }
}

#[test]
fn the_options_of_an_image_set_are_one_picture() {
    for (css, pictures) in [
        ("a:image-set(url(a.png) 1x, url(b.png) 2x)", &["b.png|a.png"][..]),
        ("a:image-set(\"a.png\" 1x,'b.png' 2x);c:url(d)", &["b.png|a.png", "d"]),
        (
            "a:-webkit-image-set(url(a.png) 1.5x,url(b.png) 96dpi)",
            &["a.png|b.png"],
        ),
        (
            "a:IMAGE-SET('a.webp' type('image/webp') 1x,'a.png' type(\"image/png\") 2x)",
            &["a.png|a.webp"],
        ),
        (
            "a:image-set(image-set('a' 1x),linear-gradient(red,'x'), url( 'b' ) 2x",
            &["b|a"],
        ),
        ("a:image-set(linear-gradient(red,blue) 1x)", &[]),
        ("a:image-set('#x' 1x)", &["quoted #x"]),
        ("a:image-set(/* 'x' */ 'a' 1x),url(b)", &["a", "b"]),
        ("a:\\75 rl(a),\\image-set('b')", &["a", "b"]),
        ("content:'image-set(\"a\")'", &[]),
    ] {
        let html = format!("<p style=\"{}\">", css.replace('"', "&quot;"));
        assert_eq!(found(&html), pictures, "{css}");
    }
}

#[test]
fn more_addresses_than_anyone_writes_are_counted() {
    let html = format!("<img src=a srcset='{}'>", "b 1x, ".repeat(100));
    let [Found::Picture(picture)] = &all(&html)[..] else {
        panic!("one picture")
    };
    assert_eq!((picture.addresses.len(), picture.count()), (MOST_ADDRESSES, 101));
    let html = format!("<p style=\"a:image-set({}'c' 2x)\">", "'b' 1x, ".repeat(100));
    let [Found::Picture(picture)] = &all(&html)[..] else {
        panic!("one picture")
    };
    assert_eq!((picture.addresses.len(), picture.count()), (MOST_ADDRESSES, 101));
}

/// It once was read for ever.
#[test]
fn a_backslash_at_the_end_of_a_line_of_css_means_nothing() {
    for css in [
        "a:\\\nurl(b)",
        "a:url(b)\\\n",
        "\\\n\\\na:url(b)",
        "a:image-set(\\\n'b' 1x)",
    ] {
        assert_eq!(found(&format!("<p style=\"{css}\">"))[..1], ["b"], "{css}");
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

#[test]
fn an_address_is_written_where_it_is_read() {
    for (html, expected) in [
        ("<img src=a.png>", "<img src=N>"),
        ("<IMG data-src='a.png' alt=x/>", "<IMG src=\"N\" data-src='N' alt=x/>"),
        ("<img/data-original=a.png>", "<img src=\"N\"/data-original=N>"),
        ("<img src data-src=a.png>", "<img src=\"N\" data-src=N>"),
        ("<img data-src=a.png src>", "<img data-src=N src=\"N\">"),
        ("<img data-src=a.png src = >", "<img data-src=N src = N>"),
        (
            "<img src='s.gif' data-lazy-src=a.x file=b.x>",
            "<img src='N' data-lazy-src=N file=b.x>",
        ),
        (
            "<img data-url=/share/1 src=\"data:,x\" data-src>",
            "<img data-url=N src=\"N\" data-src=\"N\">",
        ),
        ("<img srcset='a 1x,b 2x'>", "<img src=\"N\" srcset=''>"),
        ("<img srcset=a alt=x src=b>", "<img srcset=\"\" alt=x src=N>"),
        (
            "<img src=b srcset=''><img src=b srcset>",
            "<img src=N srcset=''><img src=N srcset>",
        ),
        (
            "<picture><source srcset=\"a 2x\" type=x><img alt=y src='c'></picture>",
            "<picture><source srcset=\"\" type=x><img alt=y src='N'></picture>",
        ),
        ("<image href=a xlink:href='b'/>", "<image href=N xlink:href='N'/>"),
        ("<td background=a>", "<td background=N>"),
        ("<p style='a:url(x)'>", "<p style='a:url(N)'>"),
        ("<p style='a:url( \"x\" )'>", "<p style='a:url( N )'>"),
        ("<p style=\"a:url(&quot;x&quot;) b\">", "<p style=\"a:url(N) b\">"),
        ("<p style=\"a:url(&#39;x&#x27;)\">", "<p style=\"a:url(N)\">"),
        ("<p style=a:url('x')>", "<p style=a:url(N)>"),
        ("<p style=\"a:url('x\">", "<p style=\"a:url(N\">"),
        (
            "<p style=\"a:1;b:image-set(url('x') 1x, 'y' 2x) no-repeat;c:'d'\">",
            "<p style=\"a:1;b:url(N) no-repeat;c:'d'\">",
        ),
        ("<p style='a:url(&quot./a.jpg&quot)'>", "<p style='a:url(N)'>"),
        ("<p style='a:url&#40a.jpg)'>", "<p style='a:url&#40;N)'>"),
    ] {
        assert_eq!(written(html), expected, "{html}");
    }
}

#[test]
fn quotes_in_url_go_and_the_address_keeps_its_meaning() {
    for (html, expected) in [
        (
            "<p style=\"a:url('x.png'),url( 'y.png' )\">",
            "<p style=\"a:url(x.png),url( y.png )\">",
        ),
        (
            "<p style='a:url(\"x y(1).png\")'>",
            "<p style='a:url(x%20y%281%29.png)'>",
        ),
        (
            "<p style=\"a:url(&quot;it's.png&quot;)\">",
            "<p style=\"a:url(it%27s.png)\">",
        ),
        (
            "<p style=\"a:url('it\\'s \\28 1\\29 .png')\">",
            "<p style=\"a:url(it%27s%20%281%29.png)\">",
        ),
        (
            "<p style=\"a:url('a?b=1&amp;c=2%20')\">",
            "<p style=\"a:url(a?b=1&c=2%20)\">",
        ),
        (
            "<p style=\"a:url('a?b=1&amp;lt;2')\">",
            "<p style=\"a:url(a?b=1&amp;lt;2)\">",
        ),
        ("<p style=\"a:url('#x');b:url('')\">", "<p style=\"a:url(#x);b:url()\">"),
        ("<p style=\"a:url(' x.png\\a ')\">", "<p style=\"a:url(x.png)\">"),
        ("<p style=\"a:url('b\\\\c.png')\">", "<p style=\"a:url(b/c.png)\">"),
        (
            "<p style=\"a:url('data:image/svg+xml;utf8,<svg a=&quot;b&quot;>\\\\</svg>')\">",
            "<p style=\"a:url(data:image/svg+xml;utf8,%3Csvg%20a=%22b%22%3E%5C%3C/svg%3E)\">",
        ),
        (
            "<p style='a:image-set(\"x\" 1x, url(\"y\") 2x)'>",
            "<p style='a:image-set(url(x) 1x, url(y) 2x)'>",
        ),
        // Escapes that mean quotes.
        (
            "<p style=\"a:url(it\\'s.png);b:url( x\\27 y.png )\">",
            "<p style=\"a:url(it%27s.png);b:url( x%27y.png )\">",
        ),
        ("<p style=a:url(#\\22)>", "<p style=a:url(#%22)>"),
        // Nothing to do.
        ("<p style=\"a:url(x\\28 y\\29)\">", "<p style=\"a:url(x\\28 y\\29)\">"),
        (
            "<p style=\"a:url( x.png );content:'b'\">",
            "<p style=\"a:url( x.png );content:'b'\">",
        ),
        ("<p style=\"a:url(x 'y')\">", "<p style=\"a:url(x 'y')\">"),
        ("<p title=\"url('x')\">url('x')", "<p title=\"url('x')\">url('x')"),
    ] {
        assert_eq!(unquoted(html), expected, "{html}");
        assert_eq!(unquoted(expected), expected);
    }
}

/// Pieces of attributes with several pictures.
const PARTS: &[&str] = &[
    "<img srcset='",
    "<img srcset=\"",
    "<img src=b data-src=c.d srcset='e 2x",
    "<picture><source srcset='a'",
    "<image href='b' xlink:href=",
    "<p style='",
    "<p style=\"",
    "<p style=",
    "<td background=",
    "'>",
    "\">",
    "url(",
    "url('",
    "image-set(",
    ")",
    ",",
    "(",
    "\\",
    "/*",
    "*/",
    " 2x",
    "data:,a",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn addresses_are_written_into_their_places_and_everything_else_stays(
        parts in prop::collection::vec(prop::sample::select([PIECES, PARTS, PARTS, PARTS].concat()), 0..40),
    ) {
        let html = parts.concat();
        let is_picture = |found: &String| {
            let others = ["NoAddress", "Quoted", "NoImage", "OutsideUse", "ScriptBackground"];
            !others.contains(&found.as_str()) && !found.starts_with("quoted ")
        };
        let count = |html: &str| found(html).iter().filter(|found| is_picture(found)).count();
        // An address that is written is found there, and there is nothing more to write.
        let once = written(&html);
        prop_assert_eq!(count(&html), count(&once), "{}\n{}", html, once);
        for found in all(&once) {
            let Found::Picture(picture) = found else { continue };
            prop_assert!(picture.addresses.iter().any(|address| address.source == "N"), "{}\n{}", html, once);
            prop_assert_eq!(picture.quoted(), 0, "{}\n{}", html, once);
        }
        prop_assert_eq!(&written(&once), &once, "{}", html);
        // Without quotes, as many pictures are found.
        let bare = unquoted(&html);
        prop_assert_eq!(&unquoted(&bare), &bare, "{}", html);
        prop_assert_eq!(count(&html), count(&bare), "{}\n{}", html, bare);
        let tags = |html: &str| Tags::new(html).map(|tag| (tag.name.to_owned(), tag.closing)).collect::<Vec<_>>();
        prop_assert_eq!(tags(&html), tags(&once), "{}\n{}", html, once);
        prop_assert_eq!(tags(&html), tags(&bare), "{}\n{}", html, bare);
    }
}
