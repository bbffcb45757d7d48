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
        attachments: vec![file("a.png")],
        ..Fake::default()
    };
    assert!(
        run(check(&mut with_file, &no_cover("<img src='a.png'>")))
            .unwrap()
            .acceptable
    );
}

#[test]
fn nothing_is_said_of_pictures_elsewhere_that_are_handed_over() {
    let about = |message: &str| Finding {
        message: message.to_owned(),
        ..finding(Severity::Warning, "content")
    };
    let elsewhere = "content has 1 × pictures from elsewhere, which WeChat drops: content.prepare uploads those that are \
                     attached; the first is a.png";
    let other = "content has 1 × img without an address; the first is <img alt=' × pictures from elsewhere, which \
                 WeChat drops: '>";
    let in_chinese =
        "content 有 1 处：外站图片，微信会将其丢弃，作为附件提供的图片可由 content.prepare 上传；第一处是 a.png";
    for elsewhere in [elsewhere, in_chinese] {
        for (attachments, number) in [(vec![file("a.png")], 1), (Vec::new(), 3)] {
            let mut plugin = Fake {
                references: vec![reference("a.png", false)],
                attachments,
                checks: [vec![about(elsewhere), about(other)]].into(),
                ..Fake::default()
            };
            let checked = run(check(&mut plugin, &article())).unwrap();
            assert_eq!(checked.findings.len(), number, "{checked:?}");
            let last = checked.findings.last().unwrap();
            assert!(last.message.contains("img without an address"), "{checked:?}");
        }
    }
    // The plugin's tables have these words.
    for (table, words) in [
        (
            include_str!("../../../../src/texts/en.rs"),
            "\"pictures from elsewhere, which WeChat drops: ",
        ),
        (
            include_str!("../../../../src/texts/zh.rs"),
            "\"外站图片，微信会将其丢弃，",
        ),
    ] {
        assert!(table.contains(words), "{words}");
    }
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

fn file(name: &str) -> File {
    File {
        name: name.to_owned(),
        bytes: vec![1],
    }
}
