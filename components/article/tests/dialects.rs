//! What other programs write into Markdown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

mod support;

use support::{defaults, without_styles};
use wechat_official_account_article::render;

fn plain(markdown: &str) -> String {
    without_styles(&render(markdown, &defaults()).unwrap().html)
}

/// Returns the lines and the beginnings of the findings.
fn found(markdown: &str) -> Vec<(u32, String)> {
    let findings = render(markdown, &defaults()).unwrap().findings;
    let brief = findings.into_iter().map(|finding| (finding.line, finding.message));
    brief.collect()
}

#[test]
fn what_is_told_is_what_was_written() {
    let markdown = "见![[字**“甲]]";
    let [(1, message)] = &found(markdown)[..] else {
        panic!("{:?}", found(markdown))
    };
    assert!(message.starts_with("![[字**“甲]] is no picture"), "{message}");
}

#[test]
fn dialects_become_markdown() {
    for (markdown, expected) in [
        (
            "从$5涨到 **$10** ，把$HOME和$PATH写进去，$x$ 元",
            "<p>从$5涨到 <strong>$10</strong> ，把$HOME和$PATH写进去，<code>x</code> 元</p>",
        ),
        ("$5 and $6", "<p>$5 and $6</p>"),
        (
            "$a$ $\\text{甲 {乙}}$ $甲 ![b](c.png)$d$",
            "<p><code>a</code> <code>\\text{甲 {乙}}</code> $甲 <img src=\"c.png\" alt=\"b\">$d$</p>",
        ),
        (
            "`$5涨到$10` ~好吃~ ~~不~~",
            "<p><code>$5涨到$10</code> ~好吃~ <del>不</del></p>",
        ),
        (
            "甲\n$$\na\n  b\n$$\n乙 $$c$$",
            "<p>甲</p><section><pre><code>a<br>\u{A0}\u{A0}b</code></pre></section><p>乙 <code>c</code></p>",
        ),
        (
            "$$\na\nb\n$$\n$$\nc\nd\n$$\n\ne",
            "<section><pre><code>a<br>b</code></pre></section><section><pre><code>c<br>d</code></pre></section>\
             <p>e</p>",
        ),
        (
            "> *$$\n> a\n> b\n> $$*",
            "<section><p><em><code>a\nb</code></em></p></section>",
        ),
        (
            "![x](img/我的 图片.png)",
            "<section><img src=\"img/我的 图片.png\" alt=\"x\"><section>x</section></section>",
        ),
        (
            "a ![x](b (1).png \"t\")![[c d.png]] ![[e.PNG|f]]",
            "<p>a <img src=\"b (1).png\" alt=\"x\"><img src=\"c d.png\" alt=\"\"> <img src=\"e.PNG\" alt=\"f\"></p>",
        ),
        (
            "`![[a.png]]` \\![[a.png]] !\\[[a.png]]\n\n    ![[a.png]]\n\n~~~\n%%a%% ==b== [TOC]\n~~~",
            "<p><code>![[a.png]]</code> ![[a.png]] ![[a.png]]</p><section><pre><code>![[a.png]]</code></pre></section>\
             <section><pre><code>%%a%% ==b== [TOC]</code></pre></section>",
        ),
        (
            "![[图.png]]![图](图 图.png)![[图.gif]]![图](图 图.gif)",
            "<section><img src=\"图.png\" alt=\"\"></section><section><img src=\"图 图.png\" alt=\"图\">\
             <section>图</section></section><section><img src=\"图.gif\" alt=\"\"></section>\
             <section><img src=\"图 图.gif\" alt=\"图\"><section>图</section></section>",
        ),
        ("a %%b *c*%%d %%`e`\nf%% g", "<p>a d g</p>"),
        ("a\n\n%%\nb\n\n```\nc\n```\n%%\n\nd", "<p>a</p><p>d</p>"),
        ("%%a%%     b", "<p>b</p>"),
        ("涨 5%% 和 6%%，\\%%a%%", "<p>涨 5%% 和 6%%，%%a%%</p>"),
        ("a ==b!c== 甲==乙==丙", "<p>a <span>b!c</span> 甲<span>乙</span>丙</p>"),
        (
            "a == b, c==d && e==f, ===g===",
            "<p>a == b, c==d &amp;&amp; e==f, ===g===</p>",
        ),
        ("==a ==b **==c==**", "<p>==a ==b <strong><span>c</span></strong></p>"),
        ("a\n\n[TOC]\n\n[[toc]]\n\nb [TOC]", "<p>a</p><p>b [TOC]</p>"),
        ("a\n\n[[_TOC_]]\n\nb", "<p>a</p><p>b</p>"),
        ("[Toc]\n\na", "<p>a</p>"),
        (
            "## 甲 {#id}\n\n## 乙 {c} `{#d}`",
            "<section><span>▎</span><span>甲</span></section>\
             <section><span>▎</span><span>乙 {c} <code>{#d}</code></span></section>",
        ),
        ("> [!info] 标题\n> 甲", "<section><p>标题</p><p>甲</p></section>"),
        ("> [!note]-\n> a\n> b", "<section><p>Note</p><p>a b</p></section>"),
        (
            "> [!Quote]+ a **b**\n> c",
            "<section><p>Quote</p><p>a <strong>b</strong> c</p></section>",
        ),
        ("> [!faq]\n\nd", "<section><p>faq</p></section><p>d</p>"),
        (
            "> \\[!info] a\n\n> [a] b",
            "<section><p>[!info] a</p></section><section><p>[a] b</p></section>",
        ),
    ] {
        assert_eq!(plain(markdown), expected, "{markdown}");
    }
}

#[test]
fn what_stays_as_text_or_is_left_out_is_found() {
    for (markdown, line, message) in [
        ("a\n{% asset_img a.png %} b", 2, "{% asset_img a.png %} is a tag"),
        ("a {{< figure src=\"b\" >}}", 1, "{{< figure src=\"b\" >}} is a tag"),
        ("a\n\n![b](c d)", 3, "![b](c d) is no picture"),
        ("![[note]]", 1, "![[note]] is no picture"),
        (
            "a\n\n<aside>\n甲\n![b](c.png)\n</aside>",
            5,
            "![b](c.png) is inside HTML",
        ),
        ("a\n%%b%%", 2, "the comment"),
        ("a\nb %%c\n\nd %%", 2, "the sign %%"),
        ("a\n\n[toc]\n", 3, "[toc] is left out"),
        ("a\n==**b**==", 2, "the signs =="),
        ("---\ntitle: a\n---\n\n%%\n\nb\n%%\n\n<x>c", 10, "<x> is left out"),
    ] {
        let found = found(markdown);
        let is_it = |(at, text): &(u32, String)| *at == line && text.starts_with(message);
        assert!(found.iter().any(is_it), "{markdown}: {found:?}");
    }
    for markdown in [
        "a == b, c==d {e} [f]",
        "`{% a %}`",
        "> [!info] a\n> b",
        "$5, $6 ![a](b =c)d",
    ] {
        assert!(
            found(markdown).len() <= usize::from(markdown.contains("![")),
            "{markdown}"
        );
    }
}

#[test]
fn sizes_of_other_programs_are_widths() {
    for (markdown, width) in [
        ("$5 $6 ![[a b.png|300]]", Some("width:300px")),
        ("![a](b.png =100x200)", Some("width:100px")),
        ("![a](b.png =50%x)", Some("width:50%")),
        ("![a](b c.png \"d\" =100x)", Some("width:100px")),
        ("![a](b.png =x200)", None),
        ("![[a.png|0]]", None),
    ] {
        let rendered = render(markdown, &defaults()).unwrap();
        assert_eq!(rendered.pictures.len(), 1, "{markdown}");
        let style = rendered.html.split("<img").nth(1).unwrap();
        let style = style.split('>').next().unwrap();
        match width {
            Some(width) => assert!(style.contains(&format!("{width};max-width")), "{markdown}: {style}"),
            None => assert!(
                !style.contains(";width:") && !style.contains("\"width:"),
                "{markdown}: {style}"
            ),
        }
    }
}

#[test]
fn words_of_editors_are_no_captions() {
    for (alternative, source, has_caption) in [
        ("image-20240101120000", "a.png", false),
        ("在这里插入图片描述", "a.png", false),
        ("fog.jpg", "photos/fog.jpg", false),
        ("IMG_2034", "photos/IMG_2034.jpg", false),
        ("渔港", "photos/渔港.jpg", true),
        ("image-2", "a.png", true),
        ("fog", "photos/fog2.jpg", true),
    ] {
        let html = plain(&format!("![{alternative}]({source})"));
        assert_eq!(
            html.contains(&format!("<section>{alternative}<")),
            has_caption,
            "{html}"
        );
        assert!(html.contains(&format!("alt=\"{alternative}\"")), "{html}");
    }
}

#[test]
fn code_has_the_language_of_other_programs_too() {
    for (info, language) in [
        ("{.python}", "python"),
        ("{#a .python key=b}", "python"),
        ("{r}", "r"),
        ("js:app.js", "js"),
        ("rust,ignore", "rust"),
        ("c++ title=a", "c++"),
    ] {
        let html = plain(&format!("```{info}\na\n```"));
        assert!(
            html.starts_with(&format!("<section><section>{language}</section>")),
            "{info}: {html}"
        );
    }
}

#[test]
fn notes_and_titles_are_found_as_they_are_meant() {
    let html = plain("a[^Note]\n\n[^note]: b\n");
    assert!(
        html.contains("a<sup>[1]</sup>") && html.contains("<section>[1]</section><section><p>b</p>"),
        "{html}"
    );
    assert!(found("a[^STRASSE]\n\n[^straße]: b\n").is_empty());
    for markdown in [
        "<!-- x -->\n\n# a\n\nb",
        "<!-- x -->\n<!-- y\n\nz -->\n# a <!-- omit in toc -->\n\nb",
        "%%x%%\n\n# a {#id}\n\nb",
    ] {
        let rendered = render(markdown, &defaults()).unwrap();
        let title = rendered.front_matter.title.as_deref();
        assert_eq!(
            (title, &*without_styles(&rendered.html)),
            (Some("a"), "<p>b</p>"),
            "{markdown}"
        );
    }
    assert_eq!(
        render("<!-- x --> y\n\n# a", &defaults()).unwrap().front_matter.title,
        None
    );
}

#[test]
fn lines_and_addresses_are_joined_as_they_are_meant() {
    for (markdown, expected) in [
        (
            "写\n<u>作</u>\n![a](b.png)\n字",
            "<p>写<u>作</u><img src=\"b.png\" alt=\"a\">字</p>",
        ),
        ("a\n<u>b</u>", "<p>a <u>b</u></p>"),
        ("a\n![b](c.png)", "<p>a <img src=\"c.png\" alt=\"b\"></p>"),
        ("[https://a.b/_c](https://a.b/_c)", "<p>https://a.b/_c</p>"),
        ("[a@b.c](mailto:a@b.c)", "<p>a@b.c</p>"),
    ] {
        assert_eq!(plain(markdown), expected, "{markdown}");
    }
    assert!(plain("[https://a.b](https://a.b/c)").contains("https://a.b<sup>[1]</sup>"));
}
