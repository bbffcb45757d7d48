//! check-article: all findings, without asking WeChat.

use wechat_official_account_tools::article::Article;
use wechat_official_account_tools::bindings::types::{File, Finding, Severity};
use wechat_official_account_tools::draft::check;
use wechat_official_account_tools::finding::MOST;

use crate::fake::{Fake, article, finding, reference, run};

#[test]
fn an_article_with_advice_alone_is_acceptable() {
    let element = Finding {
        element: Some("<div>".to_owned()),
        ..finding(Severity::Advice, "title")
    };
    let mut plugin = Fake {
        checks: [vec![element]].into(),
        ..Fake::default()
    };
    let checked = run(check(&mut plugin, &article())).unwrap();
    assert_eq!(plugin.calls, ["references", "check <p>Text</p>"]);
    assert!(checked.acceptable);
    let found = &checked.findings[0];
    assert_eq!(
        (found.field.as_str(), found.message.as_str()),
        ("title", "title is wrong.")
    );
    assert_eq!(
        (found.element.as_deref(), checked.findings_left_out),
        (Some("<div>"), 0)
    );
}

#[test]
fn errors_and_pictures_that_are_nowhere_are_not_acceptable_and_come_first() {
    let mut plugin = Fake {
        checks: [vec![
            finding(Severity::Advice, "content"),
            finding(Severity::Error, "thumb-media-id"),
        ]]
        .into(),
        references: vec![reference("a.png", false)],
        ..Fake::default()
    };
    let checked = run(check(&mut plugin, &article())).unwrap();
    assert!(!checked.acceptable);
    let fields: Vec<_> = checked.findings.iter().map(|finding| finding.field.as_str()).collect();
    assert_eq!(fields, ["cover_media_id", "html", "html"]);
    assert!(checked.findings[1].message.contains("a.png"), "{checked:?}");
}

#[test]
fn an_article_without_a_picture_needs_a_cover() {
    let no_cover = |html: &str| Article {
        cover_media_id: None,
        html: html.to_owned(),
        ..article()
    };
    let checked = run(check(&mut Fake::default(), &no_cover("<p>Text</p>"))).unwrap();
    assert!(!checked.acceptable);
    assert_eq!(checked.findings[0].field, "cover_media_id");
    for (html, acceptable) in [
        ("<img src='data:image/png;base64,AAAA'>", true),
        ("<img src='data:;base64,AAAA'>", true),
        ("<p>data:image/png;base64</p>", false),
    ] {
        let checked = run(check(&mut Fake::default(), &no_cover(html))).unwrap();
        assert_eq!(checked.acceptable, acceptable, "{html}");
    }
    let mut with_file = Fake {
        references: vec![reference("a.png", false)],
        attachments: vec![File {
            name: "a.png".to_owned(),
            bytes: vec![1],
        }],
        ..Fake::default()
    };
    assert!(
        run(check(&mut with_file, &no_cover("<img src='a.png'>")))
            .unwrap()
            .acceptable
    );
}

#[test]
fn a_picture_that_is_handed_over_counts_as_uploaded() {
    let mut plugin = Fake {
        references: vec![reference("a.png", false)],
        attachments: vec![File {
            name: "a.png".to_owned(),
            bytes: vec![1],
        }],
        ..Fake::default()
    };
    let article = Article {
        html: "<p>a.png</p><img src=\"a.png\"><img src='a.png'>".to_owned(),
        ..article()
    };
    run(check(&mut plugin, &article)).unwrap();
    let uploaded = "https://mmbiz.qpic.cn/mmbiz_png/uploaded/0";
    let html = format!("<p>a.png</p><img src=\"{uploaded}\"><img src='{uploaded}'>");
    assert_eq!(plugin.calls, ["references".to_owned(), format!("check {html}")]);
}

#[test]
fn a_long_list_is_cut_and_its_error_stays() {
    let mut list = vec![finding(Severity::Advice, "content"); MOST + 9];
    list.push(finding(Severity::Error, "content"));
    let mut plugin = Fake {
        checks: [list].into(),
        ..Fake::default()
    };
    let checked = run(check(&mut plugin, &article())).unwrap();
    assert_eq!((checked.findings.len(), checked.findings_left_out), (MOST, 10));
    assert!(!checked.acceptable && checked.findings[0].message == "html is wrong.");
}
