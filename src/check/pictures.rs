//! Pictures that will not arrive (article-html §2 to §4). WeChat takes the rest of the article, so each loss is a
//! warning.

use std::ops::ControlFlow;

use super::address::{Source, choose};
use super::report::{self, Report};
use super::text;
use crate::bindings::types::Severity;
use crate::html::{Found, Lost, pictures};
use crate::texts::LOSSES;

/// The length of an example, in characters.
const EXAMPLE: usize = 60;

/// The number of losses of one kind, with the first as an example.
struct Tally {
    found: usize,
    example: String,
    element: String,
}

impl Tally {
    const NONE: Self = Self {
        found: 0,
        example: String::new(),
        element: String::new(),
    };

    fn add(&mut self, count: usize, tag: &str, example: &str) {
        if self.found == 0 && count > 0 {
            self.element = report::element(tag);
            self.example = text::beginning(example, EXAMPLE);
        }
        self.found += count;
    }

    /// Warns if there was something.
    fn warn(self, report: &mut Report, what: &str) {
        if self.found == 0 {
            return;
        }
        let message = report.texts.report.first.with([&self.found, &what, &self.example]);
        let finding = report.count(Severity::Warning, "content", self.found, 0, &message);
        finding.element = Some(self.element);
    }
}

/// A kind of loss: each is one finding of an article, however often it occurs.
#[derive(Clone, Copy)]
enum Loss {
    Elsewhere,
    Data,
    Unsure,
    Alternatives,
    Quoted,
    NoAddress,
    NoImage,
    OutsideUse,
    ScriptBackgrounds,
}

struct Losses([Tally; LOSSES]);

/// Finds the pictures in the HTML of news that WeChat drops.
pub fn check(report: &mut Report, content: &str) {
    // `Default` for an array writes out each element.
    let mut losses = Losses([const { Tally::NONE }; LOSSES]);
    pictures(content, &mut |found| {
        losses.add(found);
        ControlFlow::Continue(())
    });
    for (tally, what) in losses.0.into_iter().zip(report.texts.markup.losses) {
        tally.warn(report, what);
    }
}

impl Losses {
    fn add(&mut self, found: Found<'_>) {
        let picture = match found {
            Found::Picture(picture) => picture,
            Found::Quoted { tag, source, .. } => return self.count(Loss::Quoted, 1, tag, &source),
            Found::Lost { reason, tag } => {
                let loss = match reason {
                    Lost::NoAddress => Loss::NoAddress,
                    Lost::Quoted => Loss::Quoted,
                    Lost::NoImage => Loss::NoImage,
                    Lost::OutsideUse => Loss::OutsideUse,
                    Lost::ScriptBackground => Loss::ScriptBackgrounds,
                };
                return self.count(loss, 1, tag, tag);
            }
        };
        let Some(choice) = choose(&picture, |_| None) else {
            return;
        };
        let loss = match choice.source {
            Source::Kept => None,
            Source::Data => Some(Loss::Data),
            Source::Unsure => Some(Loss::Unsure),
            Source::Elsewhere | Source::Attachment(_) => Some(Loss::Elsewhere),
        };
        if let Some(loss) = loss {
            self.count(loss, 1, picture.tag, &choice.address.source);
        }
        let others = choice.alternatives.len() + picture.more;
        let first = choice.alternatives.first().unwrap_or(&choice.address);
        self.count(Loss::Alternatives, others, picture.tag, &first.source);
        self.count(Loss::Quoted, picture.quoted(), picture.tag, &choice.address.source);
    }

    fn count(&mut self, loss: Loss, count: usize, tag: &str, example: &str) {
        if let Some(tally) = self.0.get_mut(loss as usize) {
            tally.add(count, tag, example);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;

    /// Returns the count and the message of each finding.
    fn found(html: &str) -> Vec<(u64, String)> {
        let mut report = Report::new(&EN);
        check(&mut report, html);
        let findings = report.findings.into_iter().map(|finding| {
            assert_eq!(
                (finding.severity, finding.field.as_str()),
                (Severity::Warning, "content")
            );
            let element = finding.element.unwrap();
            assert!(element.starts_with('<'), "{element}");
            let figure = finding.figure.unwrap();
            assert_eq!(figure.limit, 0);
            (figure.found, finding.message)
        });
        findings.collect()
    }

    #[test]
    fn pictures_that_arrive_are_no_finding() {
        for html in [
            "",
            "<img src=\"http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png\">",
            "<IMG SRC='//mmbiz.qpic.cn/x'><img src=https://mp.weixin.qq.com/x.png>",
            "<img src=' &#104;ttps&colon;//mmbiz.qp\nic.cn/x '>",
            "<img data-src='http://mmbiz.qpic.cn/x' src='data:image/svg+xml,x'>",
            "<img data-src='http://mmbiz.qpic.cn/x' src='data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAA=='>",
            "<p style=\"background:url(//wxapp.tc.qq.com/x);filter:url(#x)\">",
            "<svg><use href='#x'/></svg>",
            "<!-- <img src=x> -->",
        ] {
            assert_eq!(found(html), [], "{html}");
        }
    }

    #[test]
    fn each_kind_of_loss_is_one_finding_with_the_first_as_example() {
        for (html, count, words) in [
            ("<img src='data:image/png;base64,AA'>", 1, "data: pictures"),
            (
                "<img src=https://example.com/a.png><img src=b.png>",
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
                "<img data-src=a.png src='data:image/svg+xml,x'>",
                1,
                "pictures from elsewhere",
            ),
            ("<p style='background:url(b.png)'>", 1, "the first is b.png"),
            ("<p style='background:url(javascript:x)'>", 1, "pictures from elsewhere"),
            (
                "<table background=b.png><td background=c.png>",
                2,
                "pictures from elsewhere",
            ),
            ("<feImage href=b.png>", 1, "pictures from elsewhere"),
            ("<p style='a:image-set(url(b.png) 1x)'>", 1, "pictures from elsewhere"),
            (
                "<img src=https://mmecoa.qpic.cn/x><img src=//y.gtimg.cn/x>",
                2,
                "other hosts of Tencent's",
            ),
            (
                "<img src=//mmbiz.qpic.cn/x srcset='a 1x, b 2x'><img src=//mmbiz.qpic.cn/x data-original=c.png>",
                3,
                "further addresses of the same pictures (srcset, source, data-… and so on), which are left out; the \
                 first is b",
            ),
            (
                "<p style=\"a:url('//mmbiz.qpic.cn/x')\"><p style='a:url(\"//mmbiz.qpic.cn/x\");b:url(&#39;#a&#39;)'>",
                3,
                "url() with quotes, for which WeChat drops the whole element",
            ),
            (
                "<p style='a:url(//mmbiz.qpic.cn/it\\&#39;s)'><p style='a:url(//mmbiz.qpic.cn/it\\27 s)'>\
                 <p style='a:url(\"a.png\" x)'><p style='a:url(a&quot;b.png)'><p style='a:url(#\\22)'>",
                5,
                "content.prepare takes them out of a well-formed one",
            ),
            (
                "<img alt=x><img src='#'><p style='a:url(b c)'>",
                3,
                "without an address that can be read",
            ),
            ("<picture><source srcset=a></picture>", 1, "without an img"),
            ("<svg><use xlink:href='a.svg#b'/></svg>", 1, "use elements of SVG"),
            ("<div class=lazy data-bg=a.jpg>", 1, "backgrounds that a script sets"),
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
            "<img src='data:image/png;base64,{}'><img src=\"{}\">",
            "A".repeat(100),
            "图".repeat(61)
        );
        let found = found(&html);
        assert_eq!(found.len(), 2);
        assert!(
            found[0].1.ends_with(&format!(" {}…", "图".repeat(EXAMPLE))),
            "{found:?}"
        );
        assert!(found[1].1.ends_with("AAA…"), "{found:?}");
    }
}
