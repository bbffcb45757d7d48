//! Markup that WeChat drops from articles (wechat-api §17, article-html §2). It takes the rest, so each loss is a
//! warning.

use std::fmt::Display;

use super::report::{Limit, Report};
use super::text;
use super::url::{self, Target};
use crate::bindings::types::Severity;
use crate::html::{self, Picture, Tag, Tags};

/// The elements that WeChat removes.
const REMOVED: [&str; 10] = [
    "script", "style", "iframe", "link", "form", "input", "object", "embed", "video", "audio",
];

/// The attributes with an address as their value.
const ADDRESSES: [&str; 5] = ["href", "src", "xlink:href", "action", "data"];

/// The element of a product card (wechat-api §17).
const PRODUCT_CARD: &str = "mp-common-product";

// The most that passes in pictures (wechat-api §16).
const TEXT_IN_PRACTICE: usize = 1_000;
const CARDS_DOCUMENTED: usize = 50;

/// The length of an example, in characters.
const EXAMPLE: usize = 60;

/// The number of losses of one kind, and the source of the first.
#[derive(Clone, Copy, Default)]
struct Count<'a> {
    found: usize,
    first: &'a str,
}

impl<'a> Count<'a> {
    fn add(&mut self, source: &'a str) {
        if self.found == 0 {
            self.first = source;
        }
        self.found += 1;
    }

    /// Warns if there was something, with the first as an example.
    fn warn(&self, report: &mut Report, what: impl Display) {
        if self.found == 0 {
            return;
        }
        let (shown, dots) = match text::first_characters(self.first, EXAMPLE) {
            Some(beginning) => (beginning, "…"),
            None => (self.first, ""),
        };
        let message = format_args!(" × {what}; the first is {shown}{dots}");
        report.count(Severity::Warning, "content", self.found, 0, message);
    }
}

/// The losses in the HTML of news.
#[derive(Default)]
struct Losses<'a> {
    elements: [Count<'a>; REMOVED.len()],
    links: Count<'a>,
    pictures: Count<'a>,
    data_pictures: Count<'a>,
    script_urls: Count<'a>,
    handlers: Count<'a>,
}

impl<'a> Losses<'a> {
    fn add_tag(&mut self, content: &'a str, tag: Tag<'a>) {
        for (name, count) in REMOVED.iter().zip(&mut self.elements) {
            if tag.is(name) {
                count.add(tag.source);
            }
        }
        for Picture { range, source } in html::pictures(tag) {
            let count = match url::target_of(&source) {
                Target::WeChatImage => continue,
                Target::Data => &mut self.data_pictures,
                _ => &mut self.pictures,
            };
            count.add(content.get(range).unwrap_or_default());
        }
        self.add_attributes(tag);
    }

    fn add_attributes(&mut self, tag: Tag<'a>) {
        // The first of several links counts.
        let mut may_be_link = tag.is("a");
        for attribute in tag.attributes() {
            if matches!(attribute.name.as_bytes(), [b'o' | b'O', b'n' | b'N', _, ..]) {
                self.handlers.add(tag.source);
            }
            if !ADDRESSES.iter().any(|name| attribute.is(name)) {
                continue;
            }
            let is_link = may_be_link && attribute.is("href");
            may_be_link &= !is_link;
            let leads_within = attribute.value.is_empty() || attribute.value.starts_with('#');
            match url::target_of(&html::decode(attribute.value)) {
                Target::Script => self.script_urls.add(attribute.value),
                Target::WeChatArticle => {}
                _ if is_link && !leads_within => self.links.add(attribute.value),
                _ => {}
            }
        }
    }

    fn warn(&self, report: &mut Report) {
        for (name, count) in REMOVED.iter().zip(&self.elements) {
            count.warn(report, format_args!("<{name}>, which WeChat removes"));
        }
        for (count, what) in [
            (
                &self.links,
                "links to elsewhere than mp.weixin.qq.com, which WeChat removes for most accounts",
            ),
            (
                &self.pictures,
                "pictures from elsewhere, which WeChat drops: content.prepare uploads those that are attached",
            ),
            (
                &self.data_pictures,
                "data: pictures, which WeChat drops: content.prepare uploads jpg, png, gif and bmp",
            ),
            (&self.script_urls, "javascript: URLs, which WeChat removes"),
            (&self.handlers, "on… attributes, which WeChat removes"),
        ] {
            count.warn(report, what);
        }
    }
}

/// Finds the parts that WeChat drops from the HTML of news.
pub fn check_html(report: &mut Report, content: &str) {
    let mut losses = Losses::default();
    for tag in Tags::new(content).filter(|tag| !tag.closing) {
        losses.add_tag(content, tag);
    }
    losses.warn(report);
}

/// Finds markup in the text of pictures, which allows product cards only. A card counts as a card, and not as text.
pub fn check_text(report: &mut Report, content: &str) {
    let mut characters = text::measure(content).characters;
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
    report.at_most(Limit::InPractice, "content", characters, TEXT_IN_PRACTICE, "characters");
    report.at_most(Limit::Documented, "content", cards, CARDS_DOCUMENTED, "product cards");
    others.warn(report, "HTML tags, though the text of pictures is plain");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_within_the_article_is_no_finding() {
        let found = |content: &str| {
            let mut report = Report::default();
            check_html(&mut report, content);
            report.findings.len()
        };
        assert_eq!(found(r##"<a href="#part">x</a><a href="">x</a><a>x</a>"##), 0);
        assert_eq!(found(r#"<a href="part">x</a>"#), 1);
    }

    /// Returns the figure and the message of each finding.
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
    fn markup_that_wechat_keeps_is_no_finding() {
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
    fn a_product_card_is_no_text_and_any_other_tag_is_a_finding() {
        let found = |content: &str| {
            let mut report = Report::default();
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
}
