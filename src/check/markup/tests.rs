//! Tests of the markup that WeChat drops.

use super::*;
use crate::bindings::types::Finding;
use crate::texts::EN;

/// Returns the figure and the message of each finding.
fn found(html: &str) -> Vec<(u64, String)> {
    let findings = findings(html).into_iter();
    findings
        .map(|finding| {
            assert_eq!(finding.field, "content");
            let figure = finding.figure.unwrap();
            assert_eq!(figure.limit, 0);
            (figure.found, finding.message)
        })
        .collect()
}

fn findings(html: &str) -> Vec<Finding> {
    let mut report = Report::new(&EN);
    let body = crate::html::body_range(html).unwrap_or(0..html.len());
    check_html(&mut report, [&html[..body.start], &html[body.end..]], &html[body]);
    report.findings
}

#[test]
fn markup_that_wechat_keeps_is_no_finding() {
    for html in [
        "",
        "<p style=\"color:red\" class=x>正文 &amp; <b>on</b></p>",
        "<img alt=x>",
        "<a href=\"https://mp.weixin.qq.com/s/x\">x</a><a name=x>x</a>",
        "<!-- <script> <img src=x> -->",
        "<xmp><script> tempkey= </xmp>",
        "<!-- tempkey= mp/profile_ext -->",
        r##"<a href="#">x</a><a href=" #top">x</a><a href="">x</a><a>x</a>"##,
        "<p id style= width=1><table width=1><div style=''>",
        "<p style='' style='position:fixed'>",
        "<p title='position:fixed'>position:fixed;width:calc(1px)</p>",
        "<p style='background-position:left;content:\"position:fixed;a:calc(1px)\";float:none;filter:none'>",
        "<p style='display:flex;gap:1px;font-weight:700;font-family:\"PingFang SC\",serif;width:100% !important'>",
        "<section nodeleaf><img src=//mmbiz.qpic.cn/x><mp-x></mp-x></section><p>x</p>",
        "<p nodeleaf><img src=//mmbiz.qpic.cn/x><p>x<p>",
        "<img nodeleaf src=//mmbiz.qpic.cn/x><p>x</p>",
        "<section on='x'>",
        "<p title='javascript:x'>",
        "<svg><rect/></svg><mp-common-product data-id=1></mp-common-product>",
        "< script>",
    ] {
        assert_eq!(found(html), [], "{html}");
    }
}

#[test]
fn each_kind_of_loss_is_one_finding_with_the_first_as_example() {
    for (html, count, words) in [
        (
            "<script>alert(1)</script><SCRIPT src=x></SCRIPT>",
            2,
            "<script>, which WeChat removes; the first is <script>",
        ),
        ("<style>p{}</style>", 1, "<style>"),
        (
            "<iframe src=https://v.qq.com/x></iframe>",
            1,
            "the first is <iframe src=https://v.qq.com/x>",
        ),
        ("<link rel=stylesheet href=https://example.com/x.css>", 1, "<link>"),
        ("<form><b></form>", 1, "<form>"),
        ("<input>", 1, "<input>"),
        ("<object>", 1, "<object>"),
        ("<embed>", 1, "<embed>"),
        ("<video src=x></video>", 1, "<video>"),
        ("<audio>", 1, "<audio>"),
        ("<p onclick=x><p OnLoad=y>", 2, "on… attributes"),
        (
            "<a href=' java&Tab;script&colon;x'>",
            1,
            "javascript: URLs, which WeChat removes; the first is  java&Tab;",
        ),
        ("<section data=\"&#106;avascript:x\">", 1, "javascript: URLs"),
        (
            "<a href=https://example.com>x</a><a href=x>",
            2,
            "elsewhere than mp.weixin.qq.com",
        ),
        ("<a href=https://mp.weixin.qq.com.example.com>", 1, "elsewhere"),
    ] {
        let found = found(html);
        assert_eq!(found.len(), 1, "{html}: {found:?}");
        assert_eq!(found[0].0, count, "{html}");
        assert!(found[0].1.contains(words), "{html}: {found:?}");
    }
}

#[test]
fn every_kind_has_its_severity_and_its_own_finding() {
    use Severity::{Advice, Warning};
    for (html, severity, count, words) in [
        (
            "<textarea>x</textarea><SELECT><option>x</select>",
            Warning,
            3,
            "of forms",
        ),
        (
            "<button>x</button><fieldset><legend>x</legend><label>x</label>",
            Warning,
            4,
            "<button>",
        ),
        ("<frameset><frame></frameset><applet></applet>", Warning, 3, "plug-ins"),
        (
            "<h1 id=a>x</h1><svg ID='b'></svg>",
            Warning,
            2,
            "id attributes, which WeChat removes; the first is <h1 id=a>",
        ),
        ("<a href=' &num;a'>x</a>", Warning, 1, "lead nowhere"),
        (
            "<p style='position:fixed'><p STYLE=' POSITION : relative !important;top:0'>",
            Warning,
            2,
            "position: fixed",
        ),
        (
            "<p style='/**/p\\6fsition/**/:\\66ixed'>",
            Warning,
            1,
            "the first is position: fixed",
        ),
        (
            "<p style='a:b&semi;position&colon;fixed'>",
            Warning,
            1,
            "the first is position: fixed",
        ),
        (
            "<p style='width:calc(100% - 2em);color:VAR( --x );--x:red'>",
            Warning,
            2,
            "width: calc(100% - 2em)",
        ),
        ("<p style='margin:0 min(1px,calc(1px))'>", Warning, 1, "calc() or var()"),
        ("<p style='position:calc(1px)'>", Warning, 1, "calc() or var()"),
        (
            "<p style='text-decoration-thickness:2px;text-underline-offset:3px'>",
            Warning,
            2,
            "thickness: 2px",
        ),
        (
            "<section nodeleaf><img><p>x</p><section><b>x</b></section></section><p>x</p>",
            Warning,
            2,
            "first is <p>",
        ),
        (
            "<div style='color:red'>x</div><div>x</div><DIV style=a>",
            Advice,
            2,
            "use <section>",
        ),
        (
            "<p style='float:left;Filter:blur(1px);-webkit-filter:x'>",
            Advice,
            3,
            "float: left",
        ),
        (
            "<img width=10><img WIDTH='100%' height=1><td width=1><svg width=1><image width=1></svg>",
            Advice,
            2,
            "distorted",
        ),
        (
            "<p style='font-family:Arial,微软雅黑'><p style='font:1px \"宋体\"'>",
            Advice,
            2,
            "Arial,微软雅黑",
        ),
        ("<p style='font-family:\"\\5FAE\\8F6F\"'>", Advice, 1, "Chinese"),
    ] {
        let findings = findings(html);
        assert_eq!(findings.len(), 1, "{html}: {findings:?}");
        let finding = &findings[0];
        assert_eq!(
            (finding.severity, finding.figure.unwrap().found),
            (severity, count),
            "{html}"
        );
        assert!(finding.message.contains(words), "{html}: {finding:?}");
        assert!(
            finding.element.as_ref().is_some_and(|element| html.contains(element)),
            "{html}: {finding:?}"
        );
    }
}

#[test]
fn what_a_document_has_outside_its_body_is_told_and_its_body_is_checked() {
    let html = "<!doctype html><html lang=zh><head><meta charset=utf-8><title>x</title><META name=y content='tempkey='>
        <base href=img/><style>p{}</style><link rel=x href=y><script>z</script><noscript><img src=w></noscript></head>
        <body id=a class=b><p id=c>正文</p><script>z</script></body><script>v</script></html>";
    let found = found(html);
    let figures: Vec<_> = found.iter().map(|(figure, _)| *figure).collect();
    assert_eq!(figures, [5, 3, 1, 1, 1], "{found:?}");
    assert!(
        found[0].1.contains("(1 × title, 2 × meta, 1 × base, 1 × noscript)"),
        "{found:?}"
    );
    assert_eq!(findings(html)[0].element.as_deref(), Some("<meta charset=utf-8>"));
    assert!(
        found[1].1.contains("<script>") && found[4].1.ends_with("<p id=c>"),
        "{found:?}"
    );
    let found = super::tests::found("<html><body bgcolor=red><p>正文</p></body></html>");
    assert!(
        found.len() == 1 && found[0].1.contains("<body bgcolor=red>"),
        "{found:?}"
    );
    for html in [
        "<html><head></head><body><p>正文</p></body></html>",
        "<p>title, meta</p><pre>&lt;title></pre><section title='<meta>'></section>",
    ] {
        assert_eq!(findings(html).len(), 0, "{html}");
    }
}

#[test]
fn links_for_which_wechat_refuses_an_article_are_found_in_any_attribute_and_in_the_text() {
    let preview = "https://mp.weixin.qq.com/s?__biz=x&amp;tempkey=y";
    let profile = "https://mp.weixin.qq.com/mp/profile_ext?action=home&amp;__biz=x";
    for (link, code) in [(preview, "45166"), (profile, "40155")] {
        for (html, is_in_tag) in [
            (format!("<a href=\"{link}\">x</a>"), true),
            (format!("<A HREF={link}>x</A>"), true),
            (format!("<section data-any='a {link}'>"), true),
            (format!("<mp-x data-url=\"{link}\"></mp-x>"), true),
            (format!("<p>见 {link}</p>"), false),
            (link.to_owned(), false),
            (link.replace('/', "&#x2F;").replace('=', "&#61;"), false),
        ] {
            let findings = findings(&html);
            assert_eq!(findings.len(), 1, "{html}: {findings:?}");
            assert!(findings[0].message.contains(code), "{findings:?}");
            assert_eq!(findings[0].severity, Severity::Warning);
            assert_eq!(findings[0].element.is_some(), is_in_tag);
        }
    }
    let found = found(&format!("<p>见 {preview} {preview}</p><a href={preview}>x</a>"));
    assert_eq!(found[0].0, 3);
    assert!(found[0].1.contains("the first is https://mp.weixin"), "{found:?}");
}

#[test]
fn the_element_of_a_finding_is_the_tag_of_the_first_cut_to_80_characters() {
    let html = format!("<p>x</p><section class=\"{}\" id=x><p id=y>", "写".repeat(100));
    let findings = findings(&html);
    let element = findings[0].element.as_ref().unwrap();
    assert_eq!(element.chars().count(), 80);
    assert!(html.contains(element.as_str()) && element.starts_with("<section class"));
}

/// A check that went back over the text would take hours for each of these.
#[test]
fn a_megabyte_of_anything_is_read_once() {
    for piece in [
        "x ",
        "tempkey=",
        "<p nodeleaf>",
        "<section nodeleaf>",
        "<div id=a style='a:calc(1)'>",
        "<p tempkey=mp/profile_ext>",
        "<a href=#b>",
    ] {
        findings(&piece.repeat(1_000_000 / piece.len()));
    }
    findings(&format!("{}{}", "x".repeat(500_000), "tempkey=".repeat(60_000)));
    findings(&format!("<p {}>", "id=a style='a:calc(1)' ".repeat(40_000)));
    findings(&format!("<p style='{}'>", "a:calc(1);".repeat(100_000)));
}

#[test]
fn kinds_add_up_and_examples_are_cut() {
    let html = format!("<script></script><p onclick=x><a href=\"{}\">", "图".repeat(61));
    let found = found(&html);
    assert_eq!(found.len(), 3);
    assert!(
        found
            .iter()
            .any(|(_, message)| message.ends_with(&format!(" {}…", "图".repeat(EXAMPLE)))),
        "{found:?}"
    );
}

#[test]
fn a_product_card_is_no_text_and_any_other_tag_is_a_finding() {
    let found = |content: &str| {
        let mut report = Report::new(&EN);
        check_text(&mut report, content);
        let findings = report.findings.into_iter();
        findings.map(|finding| finding.message).collect::<Vec<_>>()
    };
    let card = "<mp-common-product data-id=\"1\" data-cardtype=\"1\"></mp-common-product>";
    let text = "写".repeat(999);
    assert!(found(&format!("{text}\u{1}{}<", card.repeat(50))).is_empty());
    let findings = found(&format!("{text}{}<作", card.repeat(51)));
    assert!(
        findings[0].contains("1001 characters") && findings[1].contains("51 product cards"),
        "{findings:?}"
    );
    let findings = found("<b>写</b>作<br>");
    assert!(
        findings[0].contains("2 × HTML tags") && findings[0].ends_with("<b>"),
        "{findings:?}"
    );
}

/// Articles in the manner of common editors: whether each is a whole document, and some of the findings about it.
#[test]
fn articles_of_common_editors_have_their_findings() {
    for (name, is_document, expected) in [
        (
            "135",
            false,
            &["1 × declarations of position", "font-family: 微软雅黑"][..],
        ),
        (
            "doocs-md",
            false,
            &["4 × declarations with calc() or var()", "2 × id attributes"],
        ),
        ("hexo", false, &["6 × links within the article", "2 × <div>"]),
        ("notion", true, &["(1 × title, 1 × meta)", "2 × <style>", "37 × id"]),
        (
            "typora",
            true,
            &["(1 × title, 2 × meta)", "<textarea", "4 × declarations of position"],
        ),
        ("wenyan", false, &["position: relative"]),
        (
            "word",
            true,
            &[
                "(1 × title, 3 × meta)",
                "<body lang=ZH-CN",
                "10 × declarations of fonts",
            ],
        ),
        (
            "wordpress",
            false,
            &["<label for", "1 × <form>", "4 × width attributes"],
        ),
        ("xiumi", false, &[]),
        ("yiban", false, &[]),
    ] {
        let path = format!("{}/host-test/fixtures/articles/{name}.html", env!("CARGO_MANIFEST_DIR"));
        let html = std::fs::read_to_string(path).unwrap();
        assert_eq!(crate::html::body_range(&html).is_some(), is_document, "{name}");
        let findings = findings(&html);
        for words in expected {
            let is_told = findings.iter().any(|finding| finding.message.contains(words));
            assert!(is_told, "{name}: {words} {findings:?}");
        }
        let advice = findings.iter().filter(|finding| finding.severity == Severity::Advice);
        assert!(findings.len() - advice.count() <= 12, "{name}");
    }
}
