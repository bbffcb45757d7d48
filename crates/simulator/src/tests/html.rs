//! The reading of an article's HTML, and the parts that remain of it (wechat-api §17).

use super::super::html::{as_served, sanitise, text};

/// The address of the sample (wechat-api §9).
const HERE: &str = "http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png&from=appmsg";

/// Addresses that are not on WeChat's image host, or not clearly so.
const ELSEWHERE: [&str; 16] = [
    "https://example.com/a.png",
    "//example.com/a.png",
    "a.png",
    "./a.png",
    "cid:a.png",
    "file:///a.png",
    "blob:http://mmbiz.qpic.cn/1",
    "data:image/png;base64,iVBORw0KGgo=",
    "http://mmbiz.qpic.cn.example.com/0",
    "http://mmbiz.qpic.cn@example.com/0",
    "http://mmbiz.qpic.cn:80/0",
    "http://example.com/?http://mmbiz.qpic.cn/0",
    "http://mp.weixin.qq.com/0",
    "ftp://mmbiz.qpic.cn/0",
    "http:mmbiz.qpic.cn/0",
    "http://mmbiz.qpic.cn\\@example.com/0",
];

/// One tag for each way of referring to a picture; `@` stands for its address.
const TAGS: [&str; 9] = [
    "<img src=\"@\">",
    "<img data-src=\"@\" src=\"http://mmbiz.qpic.cn/0\">",
    "<img src=\"http://mmbiz.qpic.cn/0\" srcset=\"http://mmbiz.qpic.cn/1 1x, @ 2x\">",
    "<img src=\"http://mmbiz.qpic.cn/0\" srcset=\"@,\">",
    "<source srcset=\"@ 640w\">",
    "<image href=\"@\" />",
    "<image xlink:href=\"@\" />",
    "<image src=\"@\" />",
    "<feimage href=\"@\" />",
];

/// The same in inline style.
const STYLES: [&str; 7] = [
    "background:url(@)",
    "background: #fff URL( @ ) no-repeat",
    "background-image:url('@')",
    "background-image:url(&quot;@&quot;)",
    "background-image:url(&#34;@&#34)",
    "background-image:image-set(url(@) 1x, url(http://mmbiz.qpic.cn/0) 2x)",
    "list-style-image:u\\72 l(@)",
];

#[test]
fn pictures_on_the_image_host_stay_as_they_are() {
    for address in [HERE, "https://mmbiz.qpic.cn/a", "http://mmbiz.qpic.cn/a?b&amp;c"] {
        for tag in TAGS {
            let html = tag.replace('@', address);
            assert_eq!(sanitise(&html), html);
        }
        for style in STYLES {
            let html = format!("<p style=\"color:red;{};margin:0\">", style.replace('@', address));
            assert_eq!(sanitise(&html), html);
        }
    }
}

#[test]
fn pictures_on_other_hosts_are_removed() {
    for address in ELSEWHERE {
        for tag in TAGS {
            assert_eq!(
                sanitise(&format!("1{}2", tag.replace('@', address))),
                "12",
                "{tag} {address}"
            );
        }
        for style in STYLES {
            let html = format!("<p style=\"color:red;{};margin:0\">", style.replace('@', address));
            assert_eq!(sanitise(&html), "<p style=\"color:red;margin:0\">", "{style} {address}");
        }
        let table = format!("<table background=\"{address}\">");
        assert_eq!(sanitise(&table), "<table>", "{address}");
    }
}

#[test]
fn a_picture_without_an_address_is_removed() {
    for tag in [
        "<img>",
        "<img alt=x>",
        "<img src>",
        "<img src=' '>",
        "<img data-src=http://mmbiz.qpic.cn/0>",
        "<source>",
    ] {
        assert_eq!(sanitise(tag), "", "{tag}");
    }
    assert_eq!(sanitise("<image x=\"1\">a</image><p>"), "a<p>");
}

#[test]
fn addresses_are_read_with_character_references_and_escapes_resolved() {
    for (html, kept) in [
        ("<img src=\"http&colon;//mmbiz.qpic&#x2e;cn/0\">", true),
        ("<img src=\"http://mmbiz.qpic.cn&#64;example.com/0\">", false),
        ("<img src=\"http://mmbiz.qpic.cn&commat;example.com/0\">", false),
        // A name that the server does not know.
        ("<img src=\"http://mmbiz.qpic&middot;cn/0\">", false),
        ("<p style=\"background:url&lpar;a.png)\">", false),
        ("<p style=\"background:&#117;rl(a.png)\">", false),
        ("<p style=\"background:url(http://mmbiz\\.qpic\\2e cn/0)\">", true),
        ("<p style=\"background:url(/**/http://mmbiz.qpic.cn/0)\">", false),
    ] {
        assert_eq!(sanitise(html) == html, kept, "{html}");
    }
}

#[test]
fn style_is_read_as_css() {
    for style in [
        "color:red",
        "fill:url(#a)",
        "content:'url(a.png)'",
        "content:'\\'url(a.png)'",
        "/* url(a.png) */color:red",
        "font-family:'\\5FAE\\8F6F'",
        "myurl(a.png)",
        ";;",
    ] {
        let html = format!("<p style=\"{style}\">");
        assert_eq!(sanitise(&html), html);
    }
    for (style, kept) in [
        ("a:1;background:url(data:image/png;base64,AA);b:2", "a:1;b:2"),
        ("a:';';position:fixed;b:2", "a:';';b:2"),
        ("a:1;background:url(a.png", "a:1"),
        ("a:1;background:url('a.png", "a:1"),
        ("a:url(url(a.png));b:2", "b:2"),
        ("a:&quot;&amp;&quot;;b:url(x)", "a:&quot;&amp;&quot;"),
    ] {
        let expected = format!("<p style=\"{kept}\">");
        assert_eq!(sanitise(&format!("<p style=\"{style}\">")), expected, "{style}");
    }
}

#[test]
fn tags_and_text_are_distinguished_as_browsers_do() {
    let image = "<img src=\"http://mmbiz.qpic.cn/0\">";
    for (html, kept) in [
        // Comments, and markup that is read as one.
        ("<!-- <img src=a> -->1", "1"),
        ("<!-->1<!--->2", "12"),
        ("<!-- --!>1-->", "1-->"),
        ("1<!-- <p>", "1"),
        ("<![CDATA[<img src=a>]]>", "]]>"),
        ("<?php '<p>' ?>", "' ?>"),
        ("</ <p>1", "1"),
        ("<!doctype html>1", "1"),
        // Text.
        ("1 < 2 <é>", "1 < 2 <é>"),
        ("<textarea><img src=a></textarea >", "<textarea><img src=a></textarea>"),
        ("<TITLE></b><p></titles></title>", "<title></b><p></titles></title>"),
        ("a<script>'</p>'</SCRIPT\n>b", "ab"),
        ("a<script>b", "a"),
        ("a<script/>b", "a"),
        // Tags.
        ("<P\nCLASS=x ALIGN = left>", "<p align=\"left\">"),
        ("<img src=http://mmbiz.qpic.cn/0 src=a>", image),
        ("<img/src='http://mmbiz.qpic.cn/0'>", image),
        (
            "<IMG alt=\"<img src=a>\" src=\"http://mmbiz.qpic.cn/0\">",
            "<img alt=\"<img src=a>\" src=\"http://mmbiz.qpic.cn/0\">",
        ),
        ("<p =a=b>", "<p =a=\"b\">"),
        // White space to Unicode, and part of the name to HTML.
        ("<b\u{3000}c=d>", "<b\u{3000}c=d>"),
        // Cut off.
        ("1<img src=\"http://mmbiz.qpic.cn/0\"", "1"),
        ("1<p a='", "1"),
    ] {
        assert_eq!(sanitise(html), kept, "{html}");
    }
}

#[test]
fn html_that_is_cut_off_anywhere_is_read() {
    for html in [
        "<",
        "<p",
        "<p a",
        "<p a=",
        "<p a='",
        "</",
        "</p",
        "<!",
        "<!-",
        "<!--",
        "<!---",
        "<?",
        "<script>",
        "<script></script",
        "<a =\"\">",
        "<é>",
        "&",
        "&#",
        "&#x",
        "&#xffffffffff;",
        "<img src='&#",
        "<p style='url(",
        "<p style='\\",
        "<p style='/*",
        "<p style='a:\"",
        "<img srcset=','>",
    ] {
        sanitise(html);
        as_served(html);
        text(html);
    }
}

#[test]
fn an_image_is_served_with_one_address() {
    let html = format!("<img data-src=\"http://mmbiz.qpic.cn/1\" src=\"{HERE}\">");
    let served = HERE.replace("/0?", "/640?");
    assert_eq!(
        as_served(&html),
        format!("<img data-src=\"{served}\" data-ratio=\"1\" data-w=\"640\">")
    );
}
