//! What other programs write into Markdown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

mod support;

use support::{defaults, without_styles};
use wechat_official_account_article::render;
use wechat_official_account_article::types::{Options, RawHtml};

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
        // Strong text has separators in the text around it.
        (
            "**甲**《乙》==丙==，**甲**==丁==戊",
            "<p><strong>甲</strong>《乙》<span>丙</span>，<strong>甲</strong><span>丁</span>戊</p>",
        ),
        (
            "==**甲**== ==乙 `丙` *丁*==，戊==己==。",
            "<p><span><strong>甲</strong></span> <span>乙 <code>丙</code> <em>丁</em></span>，戊<span>己</span>。</p>",
        ),
        ("甲==乙\n丙==\n==丁==", "<p>甲<span>乙丙</span><span>丁</span></p>"),
        (
            "==甲 [乙](#b) <b>丙== 丁</b>",
            "<p><span>甲 乙 <strong>丙</strong></span> 丁</p>",
        ),
        ("==甲 %%乙== 丙%% ==丁==", "<p>==甲  <span>丁</span></p>"),
        (
            "- ==甲\n- 乙==",
            "<ul><li><section>==甲</section></li><li><section>乙==</section></li></ul>",
        ),
        (
            "解 \\( a_1 \\) 和 \\(x\\)：\n\\[\n\\frac{a_1 * b}{c * d}\n\\]",
            "<p>解 <code>a_1</code> 和 <code>x</code>： <code>\\frac{a_1 * b}{c * d}</code></p>",
        ),
        (
            "\\[甲\\] \\[1\\] \\(见上\\) \\[a\\_b\\] \\(a_1",
            "<p>[甲] [1] (见上) [a_b] (a_1</p>",
        ),
        ("见 [[甲|乙]]、[[丙]]、[[#丁]]", "<p>见 乙、丙、丁</p>"),
        (
            "[[1, 2], [3]] [[ -f a ]] [[1]] `[[a]]` [[a](https://mp.weixin.qq.com/s/b)]",
            "<p>[[1, 2], [3]] [[ -f a ]] [[1]] <code>[[a]]</code> [<a href=\"https://mp.weixin.qq.com/s/b\">a</a>]</p>",
        ),
        (
            "甲\n::: tip 乙\n丙\n\n- 丁\n\n```js\n:::\n```\n\n- 戊\n:::\n己",
            "<p>甲</p><section><p>乙</p><p>丙</p><ul><li><section>丁</section></li></ul>\
             <section><section>js</section><pre><code>:::</code></pre></section>\
             <ul><li><section>戊</section></li></ul></section><p>己</p>",
        ),
        (
            "1. a\n\n   :::: warning\n   ::: details[b]\n   c\n   :::\n   ::::\n2. d",
            "<ol><li><section><p>a</p><section><p>Warning</p><section><p>b</p><p>c</p></section></section></section></li>\
             <li><section><p>d</p></section></li></ol>",
        ),
        (
            "::: note a\n- b\n\n  ::: tip c\n  d\n  :::\n\n- e\n:::",
            "<section><p>a</p><ul><li><section><p>b</p><section><p>c</p><p>d</p></section></section></li>\
             <li><section><p>e</p></section></li></ul></section>",
        ),
        // Signs of programs.
        ("“==”和“===”：“==”会转换", "<p>“==”和“===”：“==”会转换</p>"),
        ("（==）是（==）", "<p>（==）是（==）</p>"),
        (
            "name=='张三' and city==\"北京\" (s==\"a\")",
            "<p>name=='张三' and city==&quot;北京&quot; (s==&quot;a&quot;)</p>",
        ),
        (
            "提交==>审核==>发布，len(a)==len(b)==3",
            "<p>提交==&gt;审核==&gt;发布，len(a)==len(b)==3</p>",
        ),
        ("“YQ==”和“Yg==”，YQ==, Yg==.", "<p>“YQ==”和“Yg==”，YQ==, Yg==.</p>"),
        (
            "==“甲”==，==.git== ==Redis==",
            "<p><span>“甲”</span>，<span>.git</span> <span>Redis</span></p>",
        ),
        (
            "arr[[i]] df[[\"a\"]] [[:alpha:]] [[-z $x]]",
            "<p>arr[[i]] df[[&quot;a&quot;]] [[:alpha:]] [[-z $x]]</p>",
        ),
        (
            "\\[YOUR_API_KEY\\] \\[--file=A\\] foo\\(x=1\\) \\(\\d+\\) \\(E = mc^2\\)",
            "<p>[YOUR_API_KEY] [--file=A] foo(x=1) (\\d+) <code>E = mc^2</code></p>",
        ),
        // What stands beside strong text in the end decides.
        ("**来源：**[[甲]]", "<p><strong>来源：</strong>甲</p>"),
        (
            "**甲：**%%乙%%丙==丁==",
            "<p><strong>甲：</strong>丙<span>丁</span></p>",
        ),
        ("[[甲|1. 乙]]\n[[丙|# 丁]]", "<p>1. 乙丁</p>"),
        (
            "营收 15%%核对%%，利润 8%%同上%%。\n\n涨 5%% 和 %%注%%甲",
            "<p>营收 15，利润 8。</p><p>涨 5%% 和 甲</p>",
        ),
        (
            "| 甲 | 乙 |\n|---|---|\n| ![[c.png\\|100]] | [[丙\\|丁]] |",
            "<section><table><thead><tr><th>甲</th><th>乙</th></tr></thead>\
             <tbody><tr><td><img src=\"c.png\" alt=\"\"></td><td>丁</td></tr></tbody></table></section>",
        ),
        (
            "从$5 ==涨== ![[c.png]] 到$10",
            "<p>从$5 <span>涨</span> <img src=\"c.png\" alt=\"\"> 到$10</p>",
        ),
        (
            "[![[c.png|300]]](https://mp.weixin.qq.com/s/a) [==甲==](https://mp.weixin.qq.com/s/a)",
            "<p><a href=\"https://mp.weixin.qq.com/s/a\"><img src=\"c.png\" alt=\"\"></a> \
             <a href=\"https://mp.weixin.qq.com/s/a\"><span>甲</span></a></p>",
        ),
        (
            "1. 甲\n\n   ::: details 乙\n   ```sh\n   a\n\n   b\n   ```\n   :::\n\n2. 丙",
            "<ol><li><section><p>甲</p><section><p>乙</p><section><section>sh</section>\
             <pre><code>a<br><br>b</code></pre></section></section></section></li>\
             <li><section><p>丙</p></section></li></ol>",
        ),
        (
            "> 引文\n::: tip\n<table><tr><td>甲</td></tr></table>\n:::\n乙",
            "<section><p>引文</p></section><section><p>提示</p>\
             <section><table><tr><td>甲</td></tr></table></section></section><p>乙</p>",
        ),
        ("::: tip Q&amp;A\n甲\n:::", "<section><p>Q&amp;A</p><p>甲</p></section>"),
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
            "<section><p>Quote</p><p>a <strong>b</strong><br>c</p></section>",
        ),
        (
            "> [!note]- 甲==乙==丙\n> 丁",
            "<section><p>甲乙丙</p><p>丁</p></section>",
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
        ("a\n{% asset_img a.png %} b", 2, "{% asset_img a.png %} is for"),
        ("a {{< figure src=\"b\" >}}", 1, "{{< figure src=\"b\" >}} is for"),
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
        ("a\n==b **c== d**", 2, "the signs =="),
        ("a\n==**b== c** ", 2, "the signs =="),
        ("a\n\n==甲**乙==丙**丁", 3, "the signs =="),
        ("a\n\n见 [[甲|乙]]", 3, "the link to 甲 is plain"),
        ("[[#甲]]", 1, "the link \"#甲\" within"),
        ("a^[b]", 1, "^[b] is for"),
        ("a\n\n::: code-group\nb\n:::", 3, "::: code-group is for"),
        ("::: tip\nb", 1, "::: tip is for"),
        ("a \\(x_1\\)", 1, "the formula"),
        ("a\n\n<!-- b ->\n\nc", 3, "the comment <!--"),
        ("a\n\n<pre> b\n\nc", 3, "the tag <pre>"),
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
        ("![a|300](b.png)", Some("width:300px")),
        ("a ![|300x200](b.png)", Some("width:300px")),
        ("![300x200](b.png)", Some("width:300px")),
        ("| a |\n|---|\n| ![a\\|300](b.png) |", Some("width:300px")),
        ("![a|b](b.png)", None),
        ("![2x](b.png)", None),
        ("![300](b.png)", None),
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
        ("fog.jpg", "photos/fog.jpg?v=2#center", false),
        ("图 一.jpg", "img/%E5%9B%BE%20%E4%B8%80.jpg", false),
        ("image.png", "https://example.com/0f3a~tplv.awebp", false),
        ("图 一.png", "b.png", true),
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
    // What a heading has besides text stays where it is.
    for (markdown, title, seen) in [
        ("<!-- x --> y\n\n# a", None, "a"),
        ("<a name=\"x\"></a>\n# a\n\nb", Some("a"), "b"),
        ("<a id=\"x\"></a>\n\n# a\n\nb", Some("a"), "b"),
        ("<a href=\"https://a.com\">c</a>\n# a\n\nb", None, "https://a.com"),
        ("# ==甲==乙\n\nb", Some("甲乙"), "b"),
        ("# 甲 [乙](https://a.com)\n\nb", Some("甲 乙"), "https://a.com"),
        ("# 甲<br>乙 $x$\n\nb", Some("甲 乙 x"), "<code>x</code>"),
        (
            "# ![丙](a.png) 甲<sup>2</sup>[^n]\n\nb\n\n[^n]: c",
            Some("甲2"),
            "<img src=\"a.png\" alt=\"丙\">",
        ),
        ("# ![丙](a.png)\n\nb", None, "<img"),
    ] {
        let rendered = render(markdown, &defaults()).unwrap();
        assert_eq!(rendered.front_matter.title.as_deref(), title, "{markdown}");
        assert!(without_styles(&rendered.html).contains(seen), "{markdown}: {seen}");
    }
}

#[test]
fn html_without_an_end_is_text_and_hides_nothing() {
    for (markdown, expected) in [
        (
            "<?php 是甲。\n\n# 乙",
            "<p>&lt;?php 是甲。</p><section><span>乙</span></section>",
        ),
        (
            "甲\n\n<!-- 乙 ->\n\n**丙**",
            "<p>甲</p><p>&lt;!-- 乙 -&gt;</p><p><strong>丙</strong></p>",
        ),
        ("<!DOCTYPE 甲\n\n乙", "<p>&lt;!DOCTYPE 甲</p><p>乙</p>"),
        ("<![CDATA[甲\n\n乙", "<p>&lt;![CDATA[甲</p><p>乙</p>"),
        ("<pre> 甲\n\n**乙**", "<p>甲</p><p><strong>乙</strong></p>"),
        ("<textarea\nrows=2> 甲\n\n**乙**", "<p>甲</p><p><strong>乙</strong></p>"),
        (
            "<script setup> 是甲。\n\n```vue\n<script setup>\n</script>\n```\n\n乙",
            "<p>是甲。</p><section><section>vue</section><pre><code>&lt;script setup&gt;<br>&lt;/script&gt;</code></pre>\
             </section><p>乙</p>",
        ),
        (
            "<div>甲 <!-- 乙\n</div>\n\n丙",
            "<section>甲 &lt;!-- 乙\n</section><p>丙</p>",
        ),
        // These have an end.
        ("<!-- 甲 -->\n\n<!--> 乙", "<p> 乙</p>"),
        ("<script>\nlet a;\n\n</script>\n\n乙", "<p>乙</p>"),
        ("<!DOCTYPE html>\n\n乙", "<p>乙</p>"),
    ] {
        assert_eq!(plain(markdown), expected, "{markdown}");
    }
    let many = "<script setup> 甲\n\n".repeat(20) + "**乙**";
    assert!(plain(&many).ends_with("<p>甲</p><p><strong>乙</strong></p>"));
    // A comment is no tag, and is no reason to refuse or to lose anything.
    for markdown in ["<?php 甲\n\n乙", "<!-- 甲\n\n乙"] {
        let options = Options {
            raw_html: Some(RawHtml::Refuse),
            ..defaults()
        };
        assert!(render(markdown, &options).unwrap().html.contains("甲"), "{markdown}");
    }
    let refused = Options {
        raw_html: Some(RawHtml::Refuse),
        ..defaults()
    };
    assert!(render("<script> 甲", &refused).is_err());
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
