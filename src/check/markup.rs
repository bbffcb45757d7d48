//! What WeChat does not leave in the markup of an article (wechat-api §17). It drops these parts and takes the rest, so they are
//! warnings.

use super::report::{DOCUMENTED, IN_PRACTICE, Report};
use super::text;
use super::url::{self, Target};
use crate::bindings::types::Severity;
use crate::compose::joined;
use crate::html::{self, Picture, Tags};

/// Elements that matter: those that go, and links.
const ELEMENTS: [&str; 11] = [
    "script", "style", "iframe", "link", "form", "input", "object", "embed", "video", "audio", "a",
];
const LINK: usize = 10;

/// What else goes, with what to do about it.
const OTHER: [&str; 5] = [
    "links to elsewhere than mp.weixin.qq.com, which WeChat removes for most accounts",
    "pictures from elsewhere, which WeChat drops: content.prepare uploads those that are attached",
    "data: pictures, which WeChat drops: content.prepare uploads jpg, png, gif and bmp",
    "javascript: URLs, which WeChat removes",
    "on… attributes, which WeChat removes",
];

// Places of findings: those of the elements, which end with links, and then the rest of the list above.
const IMAGES: usize = 11;
const DATA_IMAGES: usize = 12;
const SCRIPT_URLS: usize = 13;
const HANDLERS: usize = 14;
const KINDS: usize = 15;

/// Attributes whose value is an address.
const ADDRESSES: [&str; 5] = ["href", "src", "xlink:href", "action", "data"];

/// The element of a product card (wechat-api §17).
const PRODUCT_CARD: &str = "mp-common-product";

// The most that passes in pictures (wechat-api §16).
const TEXT_IN_PRACTICE: usize = 1_000;
const CARDS_DOCUMENTED: usize = 50;

/// How much of an example is shown, in characters.
const EXAMPLE: usize = 60;

/// How often something is there, and the first of it.
#[derive(Clone, Copy, Default)]
struct Count<'a> {
    found: usize,
    first: &'a [u8],
}

impl<'a> Count<'a> {
    fn add(&mut self, source: &'a [u8]) {
        if self.found == 0 {
            self.first = source;
        }
        self.found += 1;
    }

    /// Warns, where there was something, with the first of it as an example.
    fn warn(&self, report: &mut Report, what: &[&str]) {
        if self.found == 0 {
            return;
        }
        let first = str::from_utf8(self.first).unwrap_or_default();
        let (shown, dots) = match text::cut(first, EXAMPLE) {
            Some(cut) => (cut, "…"),
            None => (first, ""),
        };
        let message = [" × ", &joined(what), "; the first is ", shown, dots];
        report.count(Severity::Warning, "content", self.found, 0, &message);
    }
}

/// Finds what WeChat drops from the HTML of news.
pub fn check_html(report: &mut Report, content: &str) {
    let mut counts = [Count::default(); KINDS];
    let mut add = |kind: usize, source| {
        if let Some(count) = counts.get_mut(kind) {
            count.add(source);
        }
    };
    for tag in Tags::new(content).filter(|tag| !tag.closing) {
        let element = html::place(&ELEMENTS, tag.name).unwrap_or(KINDS);
        if element < LINK {
            add(element, tag.source);
        }
        for Picture { place, source } in html::pictures(tag) {
            let kind = match url::target_of(&source) {
                Target::WeChatImage => continue,
                Target::Data => DATA_IMAGES,
                _ => IMAGES,
            };
            add(kind, content.as_bytes().get(place).unwrap_or_default());
        }
        // Of several links the first one counts.
        let mut link = element == LINK;
        for attribute in tag.attributes() {
            if matches!(attribute.name, [b'o' | b'O', b'n' | b'N', _, ..]) {
                add(HANDLERS, tag.source);
            }
            if html::place(&ADDRESSES, attribute.name).is_none() {
                continue;
            }
            let is_link = link && attribute.is("href");
            link &= !is_link;
            match url::target_of(&html::decode(attribute.value)) {
                Target::Script => add(SCRIPT_URLS, attribute.value),
                Target::WeChatArticle => {}
                _ if is_link && !matches!(attribute.value, [] | [b'#', ..]) => add(LINK, attribute.value),
                _ => {}
            }
        }
    }
    for (kind, count) in counts.iter().enumerate() {
        match OTHER.get(kind.wrapping_sub(LINK)) {
            Some(what) => count.warn(report, &[what]),
            None => count.warn(
                report,
                &["<", ELEMENTS.get(kind).unwrap_or(&""), ">, which WeChat removes"],
            ),
        }
    }
}

/// Finds markup in the text of pictures, where only product cards may be. A card counts as a piece, and not as text.
pub fn check_text(report: &mut Report, content: &str) {
    let mut characters = text::measure(content.as_bytes()).characters;
    let mut cards = 0;
    let mut others = Count::default();
    for tag in Tags::new(content) {
        if tag.is(PRODUCT_CARD) {
            cards += usize::from(!tag.closing);
            characters -= text::measure(tag.source).characters;
        } else if !tag.closing {
            others.add(tag.source);
        }
    }
    let warning = Severity::Warning;
    report.at_most(
        warning,
        "content",
        characters,
        TEXT_IN_PRACTICE,
        &["characters", IN_PRACTICE],
    );
    report.at_most(
        warning,
        "content",
        cards,
        CARDS_DOCUMENTED,
        &["product cards", DOCUMENTED],
    );
    others.warn(report, &["HTML tags, though the text of pictures is plain"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_within_the_article_lead_nowhere_else() {
        let found = |content: &str| {
            let mut report = Report::default();
            check_html(&mut report, content);
            report.findings.len()
        };
        assert_eq!(found(r##"<a href="#part">x</a><a href="">x</a><a>x</a>"##), 0);
        assert_eq!(found(r#"<a href="part">x</a>"#), 1);
    }

    /// The figure and the message of each finding.
    fn found(html: &str) -> Vec<(u64, String)> {
        let mut report = Report::default();
        check_html(&mut report, html);
        let findings = report.findings.into_iter();
        findings
            .map(|finding| {
                assert_eq!(
                    (finding.severity, finding.field.as_str()),
                    (Severity::Warning, "content")
                );
                let figure = finding.figure.unwrap();
                assert_eq!(figure.limit, 0);
                (figure.found, finding.message)
            })
            .collect()
    }

    #[test]
    fn what_wechat_keeps_is_no_finding() {
        for html in [
            "",
            "<p style=\"color:red\" class=x id=y>正文 &amp; <b>on</b></p>",
            "<img src=\"http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png\">",
            "<IMG SRC='//mmbiz.qpic.cn/x'><img src=https://mmecoa.qpic.cn/x>",
            "<img src=' &#104;ttps&colon;//mmbiz.qp\nic.cn/x '>",
            "<img alt=x>",
            "<a href=\"https://mp.weixin.qq.com/s/x\">x</a><a name=x>x</a>",
            "<!-- <script> <img src=x> -->",
            "<textarea><script></textarea>",
            "<section on='x'>",
            "<p title='javascript:x'>",
            "<svg><rect/></svg><mp-common-product data-id=1></mp-common-product>",
            "< script>",
        ] {
            assert_eq!(found(html), [], "{html}");
        }
    }

    #[test]
    fn each_kind_is_one_finding_with_the_first_as_example() {
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
            ("<img src='data:image/png;base64,AA'>", 1, "data: pictures"),
            (
                "<img src=https://example.com/a.png><img src=b.png><img src><img src=#a>",
                2,
                "pictures from elsewhere, which WeChat drops: content.prepare",
            ),
            (
                "<img src=https://evilqpic.cn/x>",
                1,
                "the first is https://evilqpic.cn/x",
            ),
            ("<img src=https://mmbiz.qpic.cn@example.com/>", 1, "from elsewhere"),
            ("<img src=x src=http://mmbiz.qpic.cn/x>", 1, "from elsewhere"),
            (
                "<a href=https://example.com>x</a><a href=x>",
                2,
                "elsewhere than mp.weixin.qq.com",
            ),
            ("<a href=https://mp.weixin.qq.com.example.com>", 1, "elsewhere"),
            (
                "<img data-src=a.png srcset='b.png 1x, http://mmbiz.qpic.cn/x'>",
                2,
                "pictures from elsewhere",
            ),
            ("<p style='background:url(&quot;b.png&quot;)'>", 1, "the first is b.png"),
            ("<p style='background:url(javascript:x)'>", 1, "pictures from elsewhere"),
        ] {
            let found = found(html);
            assert_eq!(found.len(), 1, "{html}: {found:?}");
            assert_eq!(found[0].0, count, "{html}");
            assert!(found[0].1.contains(words), "{html}: {found:?}");
        }
    }

    #[test]
    fn kinds_add_up_and_examples_are_cut() {
        let html = format!(
            "<script></script><p onclick=x><img src='data:{}'><img src=\"{}\">",
            "A".repeat(100),
            "图".repeat(61)
        );
        let found = found(&html);
        assert_eq!(found.len(), 4);
        assert!(
            found[1].1.ends_with(&format!(" {}…", "图".repeat(EXAMPLE))),
            "{found:?}"
        );
        let data = format!("data:{}…", "A".repeat(EXAMPLE - 5));
        assert!(found[2].1.ends_with(&data), "{found:?}");
    }

    #[test]
    fn in_the_text_of_pictures_only_cards_are_no_text() {
        let found = |content: &str| {
            let mut report = Report::default();
            check_text(&mut report, content);
            let findings = report.findings.into_iter();
            findings.map(|finding| finding.message).collect::<Vec<_>>()
        };
        let card = "<mp-common-product data-id=\"1\" data-cardtype=\"1\"></mp-common-product>";
        let text = "写".repeat(999);
        assert!(found(&format!("{text}\r{}<", card.repeat(50))).is_empty());
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
}
