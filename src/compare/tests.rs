use super::*;
use crate::bindings::types::{Comments, News, Pictures};
use crate::texts::EN;

fn news(content: &str) -> News {
    News {
        title: "标题 & more".into(),
        author: Some("张三".into()),
        digest: None,
        content: content.into(),
        content_source_url: Some("https://example.com/post".into()),
        thumb_media_id: "COVER".into(),
        cover_crops: Vec::new(),
        comments: Comments::Everyone,
        product_key: None,
    }
}

fn stored(content: &str) -> StoredArticle {
    StoredArticle {
        article_type: ArticleType::News,
        title: "标题 & more".into(),
        author: "张三".into(),
        digest: "the beginning of the text".into(),
        content: Some(content.into()),
        content_source_url: "https://example.com/post".into(),
        thumb_media_id: "COVER".into(),
        thumb_url: String::new(),
        image_media_ids: Vec::new(),
        comments: Comments::Everyone,
        url: String::new(),
        is_deleted: false,
    }
}

/// Returns the messages of the findings; none of them refuses anything.
fn messages(sent: Article, stored: &StoredArticle) -> Vec<String> {
    let findings = compare(&sent, stored, &EN);
    assert!(findings.iter().all(|finding| finding.severity == Severity::Warning));
    findings.into_iter().map(|finding| finding.message).collect()
}

/// Returns the messages about two contents.
fn between(sent: &str, back: &str) -> Vec<String> {
    messages(Article::News(news(sent)), &stored(back))
}

#[test]
fn what_wechat_rewrites_without_a_loss_is_no_finding() {
    for (sent, back) in [
        ("<p>正文</p>", "<p>正文</p>"),
        ("<p>a<br>b</p>", "<p>a<br  />b</p>"),
        (
            "<div style='color:red'>a &amp; b</div>",
            "<section style=\"color: red;\">a &#38; b</section>",
        ),
        ("<p> a\n b</p>", "<p>a b</p>"),
        (
            "<img src='http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png'>",
            "<img data-src='https://mmbiz.qpic.cn/sz_mmbiz_png/AbC/640?wx_fmt=png&amp;from=appmsg'>",
        ),
        (
            "<p style='background-image:url(http://mmbiz.qpic.cn/a/0)'>x</p>",
            "<p style='background-image: url(https://mmbiz.qpic.cn/a/640?from=appmsg)'>x</p>",
        ),
        (
            "<a href='http://mp.weixin.qq.com/s/x'>a</a>",
            "<a href='https://mp.weixin.qq.com/s/x'>a</a>",
        ),
        ("<p class=x>a<!-- b --></p>", "<p class=\"x\">a</p>"),
        (
            "<!DOCTYPE html><html><head><title>t</title></head><body><p>a</p></body></html>",
            "<p>a</p>",
        ),
    ] {
        assert_eq!(between(sent, back), [""; 0], "{sent}");
    }
}

#[test]
fn every_loss_in_the_content_is_told() {
    for (sent, back, words) in [
        (
            "<p>一二三四五</p>",
            "<p>一二五</p>",
            "3 visible characters, and 5 were sent; they differ from character 3 on, where “三四五” was sent and “五” is",
        ),
        ("<p>text</p>", "", "0 visible characters, and 4 were sent"),
        (
            "<img src=http://mmbiz.qpic.cn/a/0><img src=http://mmbiz.qpic.cn/b/0>",
            "<img data-src=https://mmbiz.qpic.cn/a/640>",
            "has 1 pictures less than were sent: mmbiz.qpic.cn/b",
        ),
        (
            "<img src=http://mmbiz.qpic.cn/a/0><img src=http://mmbiz.qpic.cn/a/0>",
            "<img data-src=https://mmbiz.qpic.cn/a/640>",
            "has 1 pictures less than were sent: mmbiz.qpic.cn/a",
        ),
        (
            "<a href=https://example.com/x>a</a>",
            "a",
            "has 1 links less than were sent: example.com/x",
        ),
        (
            "<svg></svg><mp-common-product></mp-common-product><TABLE></TABLE><table></table>",
            "<table></table>",
            "has 3 elements less than were sent: mp-common-product, svg, table",
        ),
        (
            "<p style='position:fixed;COLOR:red'>a</p><p style='color:blue;width:calc(1px)'>b</p>",
            "<p style='color:red'>a</p><p style='color:blue'>b</p>",
            "has 2 style declarations less than were sent: position, width",
        ),
        (
            "<p style='color:red'>a</p><p style='color:blue;margin:0'>b</p>",
            "<p style=\"\">a</p><p style='color:blue;margin:0'>b</p>",
            "less than were sent: color; 1 style attributes came back empty",
        ),
    ] {
        let messages = between(sent, back);
        assert_eq!(messages.len(), 1, "{sent}: {messages:?}");
        assert!(
            messages[0].starts_with("content has ") && messages[0].contains(words),
            "{messages:?}"
        );
    }
}

#[test]
fn losses_have_their_number_and_few_names() {
    let style: String = ('a'..='z').map(|letter| format!("{letter}{letter}:1;")).collect();
    let findings = compare(
        &Article::News(news(&format!("<p style='{style}'>"))),
        &stored("<p>"),
        &EN,
    );
    assert_eq!(
        findings[0].figure.map(|figure| (figure.found, figure.limit)),
        Some((26, 0))
    );
    assert!(
        findings[0].message.ends_with("hh and 18 more"),
        "{}",
        findings[0].message
    );
}

#[test]
fn every_field_is_compared() {
    let mut back = stored("<p>a</p>");
    back.article_type = ArticleType::Pictures;
    back.title = "标题".into();
    back.author = String::new();
    back.content_source_url = "https://example.com/".into();
    back.thumb_media_id = "OTHER".into();
    back.comments = Comments::Closed;
    let mut sent = news("<p>a</p>");
    sent.digest = Some("摘要".into());
    let fields = compare(&Article::News(sent), &back, &EN)
        .into_iter()
        .map(|finding| finding.field);
    assert!(fields.eq([
        "article-type",
        "title",
        "author",
        "digest",
        "content-source-url",
        "thumb-media-id",
        "comments"
    ]));
    let mut back = stored("");
    back.content = None;
    assert_eq!(
        messages(Article::News(news("x")), &back),
        ["content was not returned, so it is not compared"]
    );
}

#[test]
fn a_field_may_be_spelled_otherwise() {
    let mut back = stored("<p>a</p>");
    back.article_type = ArticleType::Unknown;
    back.title = " 标题 &amp;  more".into();
    let mut sent = news("<p>a</p>");
    sent.author = Some(" 张三\u{1}".into());
    sent.digest = Some(" ".into());
    assert_eq!(messages(Article::News(sent), &back), [""; 0]);
}

#[test]
fn what_is_left_out_of_the_request_was_not_sent() {
    let mut back = stored("<p>a</p>");
    back.title = "标题 & more".into();
    let mut sent = news("<p>a</p>");
    sent.title = "标\u{1}题 & mo\u{0}re".into();
    for empty in ["", "\u{200B}", "\u{3000}\u{7F}", "\u{1}"] {
        for field in [&mut sent.author, &mut sent.digest, &mut sent.content_source_url] {
            *field = Some(empty.into());
        }
        back.author = String::new();
        back.content_source_url = String::new();
        assert_eq!(messages(Article::News(sent.clone()), &back), [""; 0], "{empty:?}");
    }
    // A tab is sent, as a blank.
    sent.title = "标\t题 & more".into();
    assert_eq!(messages(Article::News(sent), &back).len(), 1);
}

#[test]
fn a_message_has_only_the_beginning_of_a_difference() {
    let long = "写".repeat(10_000);
    let messages = between(&format!("<p>a {long}</p>"), "<p>a</p>");
    let end = format!(
        "from character 2 on, where “{}…” was sent and “” is stored",
        "写".repeat(EXCERPT)
    );
    assert!(messages[0].ends_with(&end), "{messages:?}");
}

#[test]
fn a_picture_message_keeps_its_pictures_and_their_order() {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let sent = Pictures {
        title: "标题 & more".into(),
        content: "一\n二<mp-common-product></mp-common-product>".into(),
        image_media_ids: ids(&["A", "B", "C"]),
        cover_crops: Vec::new(),
        comments: Comments::Everyone,
        product_key: None,
    };
    let mut back = stored("一 二<mp-common-product data-x=1></mp-common-product>");
    back.article_type = ArticleType::Pictures;
    for (list, words) in [
        (&["A", "B", "C"][..], None),
        (
            &["A", "C"],
            Some("has 2 pictures; 1 of those that were sent are missing"),
        ),
        (&["B", "A", "C"], Some("has 3 pictures in another order or number")),
        (&[], Some("has 0 pictures; 3 of those")),
    ] {
        back.image_media_ids = ids(list);
        let messages = messages(Article::Pictures(sent.clone()), &back);
        match words {
            None => assert_eq!(messages, [""; 0]),
            Some(words) => assert!(messages.len() == 1 && messages[0].contains(words), "{messages:?}"),
        }
    }
}
