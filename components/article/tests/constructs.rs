//! What becomes of each construct: the table in `docs/article.md`, row by row.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

mod support;

use support::{defaults, without_styles};
use wechat_official_account_article::render;
use wechat_official_account_article::types::{Comments, Language, Options, PictureSize, RawHtml};

fn plain(markdown: &str) -> String {
    without_styles(&render(markdown, &defaults()).unwrap().html)
}

#[test]
fn constructs_become_what_survives() {
    for (markdown, expected) in [
        ("a\nb\\\nc", "<p>a b<br>c</p>"),
        ("写\n作\na\n**写**", "<p>写作 a <strong>写</strong></p>"),
        ("## a *b*", "<section><span>▎</span><span>a <em>b</em></span></section>"),
        (
            "- a\n- b",
            "<ul><li><section>a</section></li><li><section>b</section></li></ul>",
        ),
        (
            "1. a\n   - b\n     1. c",
            "<ol><li><section>a<section><section><section>◦</section><section>b<section><section><section>1.</section>\
             <section>c</section></section></section></section></section></section></section></li></ol>",
        ),
        (
            "3. a\n3. b",
            "<section><section><section>3.</section><section>a</section></section>\
             <section><section>4.</section><section>b</section></section></section>",
        ),
        (
            "- [x] a\n- [ ] b",
            "<ul><li><section><span>☑</span> a</section></li><li><section><span>☐</span> b</section></li></ul>",
        ),
        (
            "[a](https://mp.weixin.qq.com/s/x)",
            "<p><a href=\"https://mp.weixin.qq.com/s/x\">a</a></p>",
        ),
        ("<https://example.com/>", "<p>https://example.com/</p>"),
        ("[a](#b) [c](d.md)", "<p>a c</p>"),
        (
            "![a *b*](c.png)",
            "<section><img src=\"c.png\" alt=\"a b\"><section>a b</section></section>",
        ),
        (
            "![a](c.png \"d\")",
            "<section><img src=\"c.png\" alt=\"a\"><section>d</section></section>",
        ),
        ("a ![b](c.png)", "<p>a <img src=\"c.png\" alt=\"b\"></p>"),
        (
            "|a|b|\n|-|-:|\n|c|d|",
            "<section><table><thead><tr><th>a</th><th>b</th></tr></thead>\
             <tbody><tr><td>c</td><td>d</td></tr></tbody></table></section>",
        ),
        (
            "```x\na  b\n c\n```",
            "<section><section>x</section><pre><code>a\u{A0}\u{A0}b<br>\u{A0}c</code></pre></section>",
        ),
        (
            "```js\nlet a; // b\n```",
            "<section><section>js</section><pre><code><span>let</span> a; <span>// b</span></code></pre></section>",
        ),
        ("`a  b`", "<p><code>a\u{A0}\u{A0}b</code></p>"),
        ("> a", "<section><p>a</p></section>"),
        ("> [!NOTE]\n> a", "<section><p>Note</p><p>a</p></section>"),
        ("a\n\n---\n\nb", "<p>a</p><section>· · ·</section><p>b</p>"),
        ("$a$", "<p><code>a</code></p>"),
        ("**a **b** c**", "<p><strong>a b c</strong></p>"),
    ] {
        assert_eq!(plain(markdown), expected, "{markdown}");
    }
}

#[test]
fn strong_text_begins_and_ends_beside_chinese_punctuation() {
    for (markdown, expected) in [
        ("**重点：**文字", "<p><strong>重点：</strong>文字</p>"),
        ("文字**“引文”**文字", "<p>文字<strong>“引文”</strong>文字</p>"),
        (
            "**甲：**一。**乙：**二，***丙！***三，~~丁；~~四",
            "<p><strong>甲：</strong>一。<strong>乙：</strong>二，<em><strong>丙！</strong></em>三，<del>丁；</del>四</p>",
        ),
        (
            "用**`a`命令**，见**[《甲》](https://mp.weixin.qq.com/s/x)**的**（注）**处",
            "<p>用<strong><code>a</code>命令</strong>，见<strong><a href=\"https://mp.weixin.qq.com/s/x\">《甲》</a></strong>\
             的<strong>（注）</strong>处</p>",
        ),
        // Code, addresses, formulas and HTML stay as they are.
        ("`**重点：**文字`", "<p><code>**重点：**文字</code></p>"),
        (
            "```a：**b\n**重点：**文字\n```",
            "<section><section>a：**b</section><pre><code>**重点：**文字</code></pre></section>",
        ),
        ("$\\text{**重点：**文字}$", "<p><code>\\text{**重点：**文字}</code></p>"),
        (
            "![甲：**乙](甲：**乙.png \"丙：**丁\")",
            "<section><img src=\"甲：**乙.png\" alt=\"甲：**乙\"><section>丙：**丁</section></section>",
        ),
        (
            "a <img src=\"甲：**乙.png\" alt=\"甲：**乙\">",
            "<p>a <img src=\"甲：**乙.png\" alt=\"甲：**乙\"></p>",
        ),
        ("<div>甲：**乙</div>", "<section>甲：**乙</section>"),
        // Asterisks that are meant stay.
        ("\\*\\*重点：\\*\\*文字", "<p>**重点：**文字</p>"),
        ("\\**重点：\\**文字", "<p>**重点：**文字</p>"),
        ("张**，李**。", "<p>张**，李**。</p>"),
        ("张**（男）、李**（女）", "<p>张**（男）、李**（女）</p>"),
        ("价格*，详见说明*。", "<p>价格*，详见说明*。</p>"),
        ("电话：****1234，****5678", "<p>电话：****1234，****5678</p>"),
    ] {
        assert_eq!(plain(markdown), expected, "{markdown}");
    }
    let markdown = "---\ntitle: 甲：**乙\n---\n\n字**“甲”**字\n\n见[^甲：**乙]\n\n[^甲：**乙]: 丙：**丁\n";
    let rendered = render(markdown, &defaults()).unwrap();
    let lines: Vec<_> = rendered.blocks.iter().map(|block| block.line).collect();
    assert_eq!(rendered.front_matter.title.as_deref(), Some("甲：**乙"));
    assert_eq!(lines[..2], [5, 7]);
    assert!(
        rendered.html.contains("丙：**丁") && rendered.findings.is_empty(),
        "{rendered:?}"
    );
}

#[test]
fn links_and_notes_share_a_list() {
    let markdown = "[a](https://example.com/1) [b](https://example.com/2)[^n] [again](https://example.com/1)\n\n\
                    [^n]: note [c](https://example.com/3)\n";
    let html = plain(markdown);
    let text: String = html
        .replace("</section>", " ")
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect();
    let entries = [
        "a[1] b[2][3] again[1]Notes and references[1] a: https://example.com/1  ",
        "[2] b: https://example.com/2  ",
        "[3] note c[4]  ",
        "[4] c: https://example.com/3   ",
    ];
    assert_eq!(text, entries.concat());
}

#[test]
fn a_link_of_html_has_its_text_in_the_list() {
    let link = |address: &str, text: &str| format!("<a href=\"https://{address}/\">{text}</a>");
    let markdown = format!(
        "<div>{}</div>\n\n[甲 {} 乙](https://out.cn/)\n",
        link("a.cn", "名\n字"),
        link("in.cn", "内")
    );
    let html = plain(&markdown);
    let html =
        html + &plain("<a href=\"\n https://a.cn/b \">甲</a>[乙](https://a.cn/b)\n\n[丙\n丁<br>戊](https://c.cn/)");
    for reference in [
        "<section>[1]</section><section>甲：https://a.cn/b</section>",
        "<section>[2]</section><section>丙丁 戊：https://c.cn/</section>",
        "名 字：https://a.cn/",
        "内：https://in.cn/",
        "甲 内 乙：https://out.cn/",
    ] {
        assert!(html.contains(reference), "{reference}: {html}");
    }
}

#[test]
fn a_link_of_html_is_one_of_markdown() {
    let rendered = |markdown: &str| {
        let rendered = render(markdown, &defaults()).unwrap();
        // HTML in a line has a `span` where Markdown has nothing.
        let html = rendered.html.replace("<span>a</span>", "a");
        let messages: Vec<String> = rendered.findings.into_iter().map(|finding| finding.message).collect();
        (html, messages)
    };
    for address in ["https://mp.weixin.qq.com/s/x", "https://example.com/1", "#b", "c.md"] {
        for around in ["", "## "] {
            let link = rendered(&format!("{around}x [a]({address})"));
            let html = rendered(&format!("{around}x <a href=\"{address}\">a</a>"));
            assert_eq!(link, html, "{around}{address}");
        }
    }
}

#[test]
fn a_link_whose_text_is_its_address_needs_no_reference() {
    for (markdown, text) in [
        ("<https://example.com/?a=1&b=2>", "https://example.com/?a=1&amp;b=2"),
        ("<a@example.com>", "a@example.com"),
        ("[a@example.com](mailto:a@example.com)", "a@example.com"),
        ("[https://example.com](https://example.com)", "https://example.com"),
        ("[`https://example.com`](https://example.com)", "https://example.com"),
        ("[**https://example.com**](https://example.com)", "https://example.com"),
        (
            "x <a href=\"https://example.com\">https://example.com</a>",
            "https://example.com",
        ),
        ("<a href=\"mailto:a@example.com\">\na@example.com</a>", "a@example.com"),
    ] {
        let rendered = render(markdown, &defaults()).unwrap();
        assert!(
            rendered.html.contains(text) && !rendered.html.contains("[1]") && rendered.findings.is_empty(),
            "{markdown}: {} {:?}",
            rendered.html,
            rendered.findings
        );
    }
    // The second link to an address gives it its text in the list.
    let html = plain("[https://example.com](https://example.com) [a](https://example.com)");
    assert!(
        html.contains("<section>a: https://example.com</section>") && !html.contains("[2]"),
        "{html}"
    );
}

#[test]
fn styles_say_what_the_structure_can_not() {
    let html = |markdown: &str| render(markdown, &defaults()).unwrap().html;
    assert!(html("|a|b|\n|:-:|-:|\n|c|d|").contains(";text-align:center\">c</td>"));
    assert!(html("|a|\n|-|\n|b|").contains("overflow-x:auto"));
    assert!(html("```\na\n```").contains("overflow-x:auto"));
    assert!(html("`a`").contains("word-break:break-all"));
    assert!(html("a").starts_with("<p style=\"margin:0;font-size:0;line-height:0\"><br></p><p style=\"color:#"));
    assert_eq!(html(""), "");
    assert_eq!(html("<!-- a -->"), "");
}

#[test]
fn a_known_size_is_written() {
    let sizes = vec![PictureSize {
        source: "a.png".to_owned(),
        width: 640,
        height: 480,
    }];
    let rendered = render(
        "![b](a.png)\n\n![c](d.png)\n\n![e](a.png)",
        &Options {
            picture_sizes: sizes,
            ..defaults()
        },
    )
    .unwrap();
    assert_eq!(rendered.html.matches(" data-w=\"640\" style=\"").count(), 2);
    assert!(rendered.html.contains("width:640px;max-width:100%;height:auto"));
    let found: Vec<_> = rendered
        .pictures
        .iter()
        .map(|picture| (&*picture.source, &*picture.alternative, picture.line))
        .collect();
    assert_eq!(found, [("a.png", "b", 1), ("d.png", "c", 3)]);
}

#[test]
fn the_title_is_the_first_heading() {
    let rendered = |markdown: &str| {
        let rendered = render(markdown, &defaults()).unwrap();
        (rendered.front_matter.title, without_styles(&rendered.html))
    };
    let (title, html) = rendered("# a **b** `c`\n\nd\n\n# e");
    assert_eq!(
        (title.as_deref(), html.matches("<section>").count()),
        (Some("a b c"), 1)
    );
    let (title, html) = rendered("---\ntitle: x\n---\n# y\n\nz");
    assert!(title.as_deref() == Some("x") && html.contains("y"));
    let (title, html) = rendered("---\ntitle: x\n---\n# x\n\nz");
    assert!(title.as_deref() == Some("x") && html == "<p>z</p>");
    let (title, html) = rendered("# [x](https://example.com)\n\nz");
    assert!(title.as_deref() == Some("x") && html.contains("x<sup>[1]</sup>"));
    assert_eq!(rendered("a\n\n# b").0, None);
    assert_eq!(rendered("# a\u{1}b\n\nc").0.as_deref(), Some("ab"));
}

#[test]
fn a_title_of_the_callers_leaves_out_its_own_heading_alone() {
    let rendered = |title: &str, markdown: &str| {
        let options = Options {
            title: Some(title.to_owned()),
            ..defaults()
        };
        let rendered = render(markdown, &options).unwrap();
        (rendered.front_matter.title, without_styles(&rendered.html))
    };
    let (title, html) = rendered("other", "# a\n\nb");
    assert!(title.is_none() && html.contains("a</span>"), "{html}");
    let (title, html) = rendered(" a ", "# a\n\nb");
    assert_eq!((title.as_deref(), &*html), (Some("a"), "<p>b</p>"));
    let (title, html) = rendered("a", "---\ntitle: c\n---\n# c\n\nb");
    assert!(title.as_deref() == Some("c") && html.contains("c</span>"), "{html}");
    assert_eq!(rendered("", "# a\n\nb").1, "<p>b</p>");
}

#[test]
fn written_texts_are_in_the_language_of_the_article() {
    let written = |text: &str, text_language| {
        let options = Options {
            text_language,
            ..defaults()
        };
        let markdown = format!("{text} [a](https://example.com) <x>\n\n> [!TIP]\n> b\n");
        let rendered = render(&markdown, &options).unwrap();
        assert!(
            rendered.findings[0].message.is_ascii(),
            "messages have a language of their own"
        );
        let words = ["References", "Tip", "参考链接", "提示"];
        words.map(|word| rendered.html.contains(&format!(">{word}<")))
    };
    assert_eq!(written("text", None), [true, true, false, false]);
    assert_eq!(written("文", None), [false, false, true, true]);
    assert_eq!(written("文", Some(Language::En)), [true, true, false, false]);
    assert_eq!(written("text", Some(Language::Zh)), [false, false, true, true]);
}

#[test]
fn front_matter_has_precedence_over_nothing_but_defaults() {
    let rendered = render(
        "---\ncomments: fans-only\ntheme: tech\nsource_url: https://example.com\n---\n`a`",
        &defaults(),
    )
    .unwrap();
    assert_eq!(rendered.front_matter.comments, Some(Comments::FansOnly));
    assert!(
        rendered.html.contains("#1450b0"),
        "the colour of code in the theme tech"
    );
}

#[test]
fn text_between_two_rules_is_no_front_matter() {
    for text in ["注意：本文很长。", "今天10:30开会", "https://example.com/"] {
        let html = plain(&format!("---\n{text}\n\n---\n\n正文"));
        assert!(
            html.contains(text.trim_start_matches("https:")) && html.contains("正文"),
            "{html}"
        );
    }
}

#[test]
fn blocks_have_the_lines_of_the_markdown() {
    let markdown = "---\ntitle: t\n---\n\na\n\n- b\n- c\n\n<div>\n\nd\n\n</div>\n\n[e](https://example.com)\n";
    let rendered = render(markdown, &defaults()).unwrap();
    let lines: Vec<_> = rendered.blocks.iter().map(|block| block.line).collect();
    assert_eq!(lines, [5, 7, 10, 12, 14, 16, 16]);
    let second = &rendered.blocks[1];
    assert!(rendered.html[second.start as usize..second.end as usize].starts_with("<ul"));
}

#[test]
fn what_is_found_in_html_has_its_line() {
    let html = "<div>\n<!-- a\nb --><img\nsrc=\"a.png\">\n</div><img\nsrc=\"b.png\"><i\nonclick=\"c()\">d</i><pre>\n\
                <b>\n<iframe></iframe></pre>\n";
    for raw_html in [RawHtml::Keep, RawHtml::Sanitise] {
        let rendered = render(
            &format!("x\n\n{html}"),
            &Options {
                raw_html: Some(raw_html),
                ..defaults()
            },
        )
        .unwrap();
        let pictures: Vec<_> = rendered.pictures.iter().map(|picture| picture.line).collect();
        assert_eq!(pictures, [5, 7], "{raw_html:?}");
        let findings: Vec<_> = rendered.findings.iter().map(|finding| finding.line).collect();
        let expected: &[u32] = if raw_html == RawHtml::Keep { &[] } else { &[8, 11] };
        assert_eq!(findings, expected, "{raw_html:?}");
    }
}

#[test]
fn spaces_between_scripts_are_an_option() {
    let options = Options {
        space_between_scripts: true,
        ..defaults()
    };
    let html = without_styles(&render("用Rust写`a写b`和**CLI**，v2", &options).unwrap().html);
    assert_eq!(html, "<p>用 Rust 写 <code>a写b</code> 和 <strong>CLI</strong>，v2</p>");
}
