//! Articles: errors for everything that WeChat refuses, and warnings for everything that it may change (wechat-api
//! §11.1, §16).

use super::report::{Limit, Report};
use super::text::{self, Length};
use super::{crop, id, markup, pictures, source_url, structure};
use crate::bindings::types::{Article, Finding, News, Pictures, Severity};
use crate::html;
use crate::texts::Texts;

// Each number from wechat-api §16 is the most that passes: more is a warning or an error. It counts characters, unless
// the name has bytes in it. A draft is refused only beyond the most that WeChat was ever seen to take.
const TITLE_DOCUMENTED: usize = 32;
/// The page says 32 for picture messages too. Several tools have found 20 (article-html §5).
const PICTURES_TITLE_IN_PRACTICE: usize = 20;
const TITLE: usize = 64;
const AUTHOR: usize = 16;
const DIGEST_DOCUMENTED: usize = 120;
const DIGEST: usize = 128;
/// "Below 20,000 characters" can't mean those of the HTML: published articles have up to 1.8 million of them. So those
/// that readers see are counted (article-html §5).
const VISIBLE_DOCUMENTED: usize = 20_000;
const HTML_BYTES: usize = 1024 * 1024;
const SOURCE_URL_BYTES: usize = 1024;
const PICTURES: usize = 20;
const ARTICLES_IN_PRACTICE: u32 = 8;

/// The limit of a text that has none.
const UNLIMITED: usize = usize::MAX;

/// Returns every finding about these articles as one draft. Advice comes last.
pub fn findings(articles: &[Article], texts: &'static Texts) -> Vec<Finding> {
    let mut report = faults(texts, articles);
    for (index, article) in (0..).zip(articles) {
        report.article = index;
        if let Article::News(news) = article {
            check_look(&mut report, html::body(&news.content));
        }
    }
    report.with_advice_last()
}

/// Returns the errors and warnings about these articles as one draft.
pub fn faults(texts: &'static Texts, articles: &[Article]) -> Report {
    let mut report = Report::new(texts);
    if articles.is_empty() {
        report.refuse("articles", texts.report.empty);
    }
    // The finding names the first article that is too many.
    report.article = ARTICLES_IN_PRACTICE;
    let most = ARTICLES_IN_PRACTICE as usize;
    report.at_most(
        Limit::InPractice,
        "articles",
        articles.len(),
        most,
        texts.report.articles,
    );
    for (index, article) in (0..).zip(articles) {
        report.article = index;
        match article {
            Article::News(news) => check_news(&mut report, news, articles.len() == 1),
            Article::Pictures(pictures) => check_pictures(&mut report, pictures),
        }
    }
    report
}

/// Returns every finding about this HTML as the content of news. It is the body of a document with these parts around
/// it, if there are any. Advice comes last.
pub fn content(texts: &'static Texts, outside: &str, body: &str) -> Vec<Finding> {
    let mut report = Report::new(texts);
    check_html(&mut report, [outside, ""], body);
    check_look(&mut report, body);
    report.with_advice_last()
}

/// Checks the look of an article that is not refused for its size.
fn check_look(report: &mut Report, body: &str) {
    if text::measure(body).bytes <= HTML_BYTES {
        structure::check(report, body);
    }
}

fn check_news(report: &mut Report, news: &News, alone: bool) {
    check_title(report, &news.title, Limit::Documented, TITLE_DOCUMENTED);
    check_text(report, "author", text::or_empty(&news.author), AUTHOR, AUTHOR);
    let digest = text::or_empty(&news.digest);
    check_text(report, "digest", digest, DIGEST_DOCUMENTED, DIGEST);
    if !alone && !text::is_empty(digest) {
        report.warn("digest", report.texts.report.digest_of_several);
    }
    // Only the body of a whole document is sent.
    let content = news.content.as_str();
    let body = html::body_range(content).unwrap_or(0..content.len());
    let around = [content.get(..body.start), content.get(body.end..)];
    let body = content.get(body).unwrap_or_default();
    check_html(report, around.map(Option::unwrap_or_default), body);
    check_source_url(report, text::or_empty(&news.content_source_url));
    if let Some(problem) = id::problem(report.texts, &news.thumb_media_id) {
        report.refuse(
            "thumb-media-id",
            &report
                .texts
                .report
                .id_wrong
                .with([&problem, &report.texts.report.id_wanted]),
        );
    }
    crop::check(report, &news.cover_crops, false);
    check_product_key(report, &news.product_key);
}

fn check_html(report: &mut Report, around: [&str; 2], body: &str) {
    check_required(report, "content", body);
    let texts = &report.texts.report;
    let length = text::measure(body);
    // WeChat refuses it as a whole, whatever is in it.
    if report.at_most(Limit::Refused, "content", length.bytes, HTML_BYTES, texts.bytes) {
        return;
    }
    let visible = html::visible_characters(body);
    report.at_most(
        Limit::Documented,
        "content",
        visible,
        VISIBLE_DOCUMENTED,
        texts.visible_characters,
    );
    check_left_out(report, "content", &length);
    markup::check_html(report, around, body);
    pictures::check(report, body);
}

fn check_pictures(report: &mut Report, pictures: &Pictures) {
    check_title(report, &pictures.title, Limit::InPractice, PICTURES_TITLE_IN_PRACTICE);
    check_required(report, "content", &pictures.content);
    check_text(report, "content", &pictures.content, UNLIMITED, UNLIMITED);
    markup::check_text(report, &pictures.content);
    let texts = &report.texts.report;
    let field = "image-media-ids";
    let ids = &pictures.image_media_ids;
    if ids.is_empty() {
        report.refuse(field, texts.empty);
    }
    report.at_most(Limit::Refused, field, ids.len(), PICTURES, texts.pictures);
    for (index, id) in ids.iter().enumerate().take(PICTURES) {
        if let Some(problem) = id::problem(report.texts, id) {
            report.refuse(field, &texts.id_wrong_at.with([&index, &problem, &texts.id_wanted]));
        }
    }
    crop::check(report, &pictures.cover_crops, true);
    check_product_key(report, &pictures.product_key);
}

fn check_required(report: &mut Report, field: &str, value: &str) {
    if text::is_empty(value) {
        report.refuse(field, report.texts.report.empty);
    }
}

fn check_text(report: &mut Report, field: &str, value: &str, documented: usize, most: usize) {
    check_length(
        report,
        field,
        &text::measure(value),
        (Limit::Documented, documented),
        most,
    );
}

/// Compares the characters of a text with the limit above which WeChat may refuse or cut it, and with the most that it
/// was seen to take.
fn check_length(report: &mut Report, field: &str, length: &Length, (limit, fair): (Limit, usize), most: usize) {
    let found = length.characters;
    let unit = report.texts.report.characters;
    if !report.at_most(Limit::Refused, field, found, most, unit) {
        report.at_most(limit, field, found, fair, unit);
    }
    check_left_out(report, field, length);
}

fn check_left_out(report: &mut Report, field: &str, length: &Length) {
    if length.left_out > 0 {
        let message = report.texts.report.control_characters.with([&length.left_out]);
        report.count(Severity::Warning, field, length.left_out, 0, &message);
    }
}

fn check_title(report: &mut Report, title: &str, limit: Limit, fair: usize) {
    check_required(report, "title", title);
    check_length(report, "title", &text::measure(title), (limit, fair), TITLE);
}

fn check_source_url(report: &mut Report, url: &str) {
    let field = "content-source-url";
    check_text(report, field, url, UNLIMITED, UNLIMITED);
    report.at_most(
        Limit::Refused,
        field,
        url.len(),
        SOURCE_URL_BYTES,
        report.texts.report.bytes,
    );
    if let Some(problem) = source_url::problem(&report.texts.report, url)
        && !text::is_empty(url)
    {
        report.refuse(field, &report.texts.report.url_wrong.with([&problem]));
    }
}

fn check_product_key(report: &mut Report, key: &Option<String>) {
    if let Some(key) = key {
        check_required(report, "product-key", key);
        check_text(report, "product-key", key, UNLIMITED, UNLIMITED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::{Comments, Crop, CropRatio, ErrorKind};
    use crate::check;
    use crate::texts::EN;

    fn news() -> News {
        News {
            title: "标题".into(),
            author: None,
            digest: None,
            content: "<p>正文</p>".into(),
            content_source_url: None,
            thumb_media_id: "M".into(),
            cover_crops: Vec::new(),
            comments: Comments::Closed,
            product_key: None,
        }
    }

    fn pictures() -> Pictures {
        Pictures {
            title: "标题".into(),
            content: "纯文本".into(),
            image_media_ids: vec!["M".into()],
            cover_crops: Vec::new(),
            comments: Comments::Closed,
            product_key: None,
        }
    }

    /// Returns the findings about changed news, as `E title 65/64`.
    fn found(change: impl FnOnce(&mut News)) -> Vec<String> {
        let mut news = news();
        change(&mut news);
        brief(&[Article::News(news)])
    }

    fn found_in_pictures(change: impl FnOnce(&mut Pictures)) -> Vec<String> {
        let mut pictures = pictures();
        change(&mut pictures);
        brief(&[Article::Pictures(pictures)])
    }

    fn brief(articles: &[Article]) -> Vec<String> {
        let findings = findings(articles, &EN).into_iter().map(|finding| {
            assert!(finding.message.starts_with(&finding.field), "{}", finding.message);
            let severity = match finding.severity {
                Severity::Error => "E",
                Severity::Warning => "W",
                Severity::Advice => "A",
            };
            let figure = finding.figure.map(|figure| {
                let found = finding.message.contains(&figure.found.to_string());
                assert!(found, "{}", finding.message);
                format!(" {}/{}", figure.found, figure.limit)
            });
            format!("{severity} {}{}", finding.field, figure.unwrap_or_default())
        });
        findings.collect()
    }

    #[test]
    fn a_sound_article_has_no_finding() {
        assert_eq!(found(|_| {}), [""; 0]);
        assert_eq!(found_in_pictures(|_| {}), [""; 0]);
        let both = [Article::News(news()), Article::Pictures(pictures())];
        assert_eq!(brief(&both), [""; 0]);
        assert!(check::articles(&EN, &both).is_ok());
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        let text = |count: usize| "写🎉".repeat(count / 2) + &"a".repeat(count % 2);
        for (count, findings) in [
            (1, vec![]),
            (32, vec![]),
            (33, vec!["W title 33/32"]),
            (64, vec!["W title 64/32"]),
            (65, vec!["E title 65/64"]),
        ] {
            assert_eq!(found(|news| news.title = text(count)), findings);
        }
        for (count, findings) in [
            (20, vec![]),
            (21, vec!["W title 21/20"]),
            (64, vec!["W title 64/20"]),
            (65, vec!["E title 65/64"]),
        ] {
            assert_eq!(found_in_pictures(|pictures| pictures.title = text(count)), findings);
        }
        for (count, findings) in [(16, vec![]), (17, vec!["E author 17/16"])] {
            assert_eq!(found(|news| news.author = Some(text(count))), findings);
        }
        for (count, findings) in [
            (120, vec![]),
            (121, vec!["W digest 121/120"]),
            (128, vec!["W digest 128/120"]),
            (129, vec!["E digest 129/128"]),
        ] {
            assert_eq!(found(|news| news.digest = Some(text(count))), findings);
        }
        for (count, findings) in [
            (20_000, vec![]),
            (20_001, vec!["W content 20001/20000"]),
            (262_144, vec!["W content 262144/20000"]),
        ] {
            assert_eq!(found(|news| news.content = text(count)), findings);
            // Only the characters that readers see count.
            let tag = format!("<p title='{}'>", "x".repeat(100));
            let style = format!("<!-- {} --><section>", "x".repeat(30_000));
            let html = text(count).replace('写', &format!("{tag}&#20889; \n</p>")) + &style;
            if html.len() <= HTML_BYTES {
                assert_eq!(found(|news| news.content = html), findings);
            }
        }
        for (count, findings) in [(1_000, vec![]), (1_001, vec!["W content 1001/1000"])] {
            assert_eq!(found_in_pictures(|pictures| pictures.content = text(count)), findings);
        }
    }

    #[test]
    fn content_and_source_url_are_counted_in_bytes_too() {
        let bytes = |count: usize| "写".repeat(count / 3) + &"a".repeat(count % 3);
        let limit = HTML_BYTES;
        assert_eq!(found(|news| news.content = bytes(limit)), ["W content 349526/20000"]);
        assert_eq!(
            found(|news| news.content = bytes(limit + 1)),
            ["E content 1048577/1048576"]
        );
        // A character that is left out does not count.
        let content = bytes(limit) + "\u{1}";
        assert!(
            !found(|news| news.content = content)
                .iter()
                .any(|finding| finding.starts_with('E'))
        );
        let url = |count: usize| format!("https://example.com/{}", bytes(count - 20));
        assert_eq!(found(|news| news.content_source_url = Some(url(1024))), [""; 0]);
        assert_eq!(
            found(|news| news.content_source_url = Some(url(1025))),
            ["E content-source-url 1025/1024"]
        );
    }

    #[test]
    fn only_optional_fields_may_be_empty() {
        for empty in ["", "\r\u{0}", " \u{3000}\n"] {
            let finds = |findings: Vec<String>, expected: &str| {
                let errors = findings.into_iter().filter(|finding| finding.starts_with('E'));
                assert!(
                    errors.eq([expected].into_iter().filter(|expected| !expected.is_empty())),
                    "{expected}"
                );
            };
            finds(found(|news| news.title = empty.into()), "E title");
            finds(found(|news| news.content = empty.into()), "E content");
            finds(found(|news| news.product_key = Some(empty.into())), "E product-key");
            finds(found(|news| news.author = Some(empty.into())), "");
            finds(found(|news| news.digest = Some(empty.into())), "");
            finds(found(|news| news.content_source_url = Some(empty.into())), "");
            finds(found_in_pictures(|pictures| pictures.title = empty.into()), "E title");
            finds(
                found_in_pictures(|pictures| pictures.content = empty.into()),
                "E content",
            );
            finds(
                found_in_pictures(|pictures| pictures.product_key = Some(empty.into())),
                "E product-key",
            );
            finds(found(|news| news.thumb_media_id = empty.into()), "E thumb-media-id");
        }
    }

    #[test]
    fn a_picture_message_has_1_to_20_pictures_each_with_an_id() {
        let ids = |count| vec!["M".to_owned(); count];
        assert_eq!(
            found_in_pictures(|pictures| pictures.image_media_ids = ids(0)),
            ["E image-media-ids"]
        );
        assert_eq!(
            found_in_pictures(|pictures| pictures.image_media_ids = ids(20)),
            [""; 0]
        );
        assert_eq!(
            found_in_pictures(|pictures| pictures.image_media_ids = ids(21)),
            ["E image-media-ids 21/20"]
        );
        let mut articles = pictures();
        articles.image_media_ids = vec!["M".into(), "".into(), "wxfile://tmp_1.jpg".into()];
        let findings = findings(&[Article::Pictures(articles)], &EN);
        assert!(
            findings[0]
                .message
                .starts_with("image-media-ids at 1 is empty; give the media-id")
        );
        assert!(
            findings[1]
                .message
                .starts_with("image-media-ids at 2 is the path of a temporary file; give")
        );
        assert_eq!(findings.len(), 2);
    }

    #[test]
    fn a_draft_has_1_to_8_articles() {
        assert_eq!(brief(&[]), ["E articles"]);
        let articles = |count| (0..count).map(|_| Article::News(news())).collect::<Vec<_>>();
        assert_eq!(brief(&articles(8)), [""; 0]);
        assert_eq!(brief(&articles(9)), ["W articles 9/8"]);
        assert_eq!(findings(&articles(10), &EN)[0].article, 8);
        assert!(check::articles(&EN, &articles(9)).is_ok());
    }

    #[test]
    fn a_digest_beside_other_articles_is_a_warning() {
        let mut with_digest = news();
        with_digest.digest = Some("摘要".into());
        let articles = [Article::News(news()), Article::News(with_digest.clone())];
        assert_eq!(brief(&articles), ["W digest"]);
        assert_eq!(findings(&articles, &EN)[0].article, 1);
        with_digest.digest = Some(String::new());
        assert_eq!(brief(&[Article::News(news()), Article::News(with_digest)]), [""; 0]);
    }

    #[test]
    fn a_control_character_is_a_warning() {
        assert_eq!(
            found(|news| {
                news.title += "\u{7}";
                news.author = Some("张\u{b}三\u{1f}".into());
                news.content += "\t\r\n\u{7f}\u{85}";
            }),
            ["W title 1/0", "W author 2/0"]
        );
        assert_eq!(
            found_in_pictures(|pictures| pictures.content += "\r\n\r\u{c}"),
            ["W content 1/0"]
        );
    }

    #[test]
    fn source_urls_ids_and_crops_are_checked() {
        assert_eq!(
            found(|news| news.content_source_url = Some("http://localhost/".into())),
            ["E content-source-url"]
        );
        assert_eq!(
            found(|news| news.thumb_media_id = "cover.jpg".into()),
            ["E thumb-media-id"]
        );
        let landscape = Crop {
            ratio: CropRatio::Landscape,
            x1: 0.0,
            y1: 0.0,
            x2: 1.0,
            y2: 1.0,
        };
        assert_eq!(found(|news| news.cover_crops = vec![landscape]), ["E cover-crops"]);
        assert_eq!(
            found_in_pictures(|pictures| pictures.cover_crops = vec![landscape]),
            [""; 0]
        );
    }

    #[test]
    fn advice_comes_after_all_errors_and_warnings_and_refuses_nothing() {
        let mut sound = news();
        sound.content = "<p style=text-align:start>x</p>".repeat(30) + "<script></script>";
        let mut bad = sound.clone();
        bad.title = String::new();
        let found = findings(&[Article::News(sound.clone()), Article::News(bad)], &EN);
        let (faults, advice) = found.split_at(3);
        let is_advice = |finding: &Finding| finding.severity == Severity::Advice;
        assert!(!faults.iter().any(is_advice) && advice.iter().all(is_advice));
        assert_eq!(
            faults.iter().map(|finding| finding.article).collect::<Vec<_>>(),
            [0, 1, 1]
        );
        assert_eq!(advice.iter().map(|finding| finding.article).sum::<u32>(), 20);
        assert_eq!(advice.len(), 40);
        // The same about HTML alone.
        let alone = content(&EN, "", &sound.content);
        assert_eq!(
            (alone.len(), alone.iter().filter(|finding| is_advice(finding)).count()),
            (21, 20)
        );
        assert!(check::articles(&EN, &[Article::News(sound)]).is_ok());
    }

    #[test]
    fn the_first_error_is_the_refusal() {
        let refusal = |articles: &[Article]| {
            let error = check::articles(&EN, articles).unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidInput);
            (error.subject.unwrap(), error.message)
        };
        let mut bad = news();
        bad.title = "写".repeat(65);
        let title = "title has 65 characters; WeChat takes at most 64";
        assert_eq!(
            refusal(&[Article::News(bad.clone())]),
            ("title".to_owned(), title.to_owned())
        );
        bad.author = Some("三".repeat(17));
        bad.thumb_media_id = "M ".to_owned();
        let (subject, message) = refusal(&[Article::Pictures(pictures()), Article::News(bad)]);
        assert_eq!(subject, "title");
        assert_eq!(message, format!("article 1: {title}; 2 more: see draft.check"));
        assert_eq!(refusal(&[]), ("articles".to_owned(), "articles is empty".to_owned()));
        // Warnings alone refuse nothing.
        let mut fair = news();
        fair.content = "<script></script>".to_owned();
        assert!(check::articles(&EN, &[Article::News(fair)]).is_ok());
    }
}
