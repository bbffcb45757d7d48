//! create-draft: nothing is written unless everything of the article arrives.

use wechat_official_account_tools::article::{Article, Comments};
use wechat_official_account_tools::bindings::types::{self, ErrorKind, File, ImageResult, Prepared, Severity};
use wechat_official_account_tools::draft::create;
use wechat_official_account_tools::finding::{self, MOST};

use crate::fake::{Fake, article, draft, error, finding, prepared, reference, run, stored, uploaded};

#[test]
fn an_article_is_checked_prepared_checked_again_added_and_read_back() {
    let mut plugin = Fake {
        prepared: Ok(prepared(vec![uploaded(), ImageResult::Kept, ImageResult::Unsure], None)),
        ..Fake::default()
    };
    let written = run(create(&mut plugin, &article())).unwrap();
    assert_eq!(
        plugin.calls,
        [
            "check <p>Text</p>",
            "references",
            "prepare [] false",
            "check <p>Text</p><!-- prepared -->",
            "add 1",
            "get NEW",
            "compare Hello",
        ]
    );
    assert_eq!((written.media_id.as_str(), written.pictures), ("NEW", 3));
    assert_eq!(written.digest.unwrap().len(), 32);
    assert!(written.findings.is_empty());
    assert_eq!(plugin.written[0].content, "<p>Text</p><!-- prepared -->");
}

#[test]
fn every_field_of_the_article_is_sent() {
    let mut plugin = Fake::default();
    let whole = Article {
        author: Some("An author".to_owned()),
        summary: Some("A summary".to_owned()),
        source_url: Some("https://example.com/".to_owned()),
        comments: Some(Comments::FansOnly),
        ..article()
    };
    run(create(&mut plugin, &whole)).unwrap();
    let sent = &plugin.written[0];
    assert_eq!((sent.title.as_str(), sent.thumb_media_id.as_str()), ("Hello", "COVER"));
    assert_eq!(sent.author.as_deref(), Some("An author"));
    assert_eq!(sent.digest.as_deref(), Some("A summary"));
    assert_eq!(sent.content_source_url.as_deref(), Some("https://example.com/"));
    assert_eq!(sent.comments, types::Comments::FansOnly);

    run(create(&mut plugin, &article())).unwrap();
    let sent = &plugin.written[1];
    assert_eq!(
        (&sent.author, &sent.digest, &sent.content_source_url),
        (&None, &None, &None)
    );
    assert_eq!(sent.comments, types::Comments::Closed);
}

#[test]
fn a_wrong_article_is_refused_before_anything_is_sent() {
    let warning_and_error = vec![
        finding(Severity::Warning, "content"),
        finding(Severity::Error, "content-source-url"),
    ];
    let mut plugin = Fake {
        checks: [warning_and_error].into(),
        ..Fake::default()
    };
    let error = run(create(&mut plugin, &article())).unwrap_err();
    assert_eq!(plugin.calls, ["check <p>Text</p>"]);
    assert_eq!(
        (error.kind, error.subject.as_deref()),
        ("invalid-input", Some("source_url"))
    );
    assert!(error.message.ends_with("No draft was written."), "{error}");
    assert!(!error.may_have_happened);
}

#[test]
fn an_article_that_is_wrong_with_its_uploaded_pictures_is_not_added() {
    let mut plugin = Fake {
        checks: [Vec::new(), vec![finding(Severity::Error, "content")]].into(),
        ..Fake::default()
    };
    let error = run(create(&mut plugin, &article())).unwrap_err();
    assert_eq!(error.subject.as_deref(), Some("html"));
    assert!(plugin.written.is_empty());
}

#[test]
fn data_uris_count_as_uploaded_pictures_in_the_first_check() {
    let html = |source: &str| format!("<p>metadata: big data:</p><img src=\"{source}\"><img src='{source}'>");
    let mut plugin = Fake::default();
    let with_data = Article {
        html: html("DATA:image/png;base64,iVBORw0KGgo="),
        ..article()
    };
    run(create(&mut plugin, &with_data)).unwrap();
    let checked = html("https://mmbiz.qpic.cn/mmbiz_png/uploaded/0");
    assert_eq!(plugin.calls[0], format!("check {checked}"));
    assert!(plugin.written[0].content.starts_with(&with_data.html));
}

#[test]
fn a_data_uri_ends_with_its_attribute_and_needs_no_media_type() {
    let uploaded = "https://mmbiz.qpic.cn/mmbiz_png/uploaded/0";
    for (html, expected) in [
        // Base64 in lines, as many programs write it.
        (
            "<img src=\"data:image/png;base64,AAAA\nBBBB\r\nCC==\n\" alt='a'>",
            "<img src=\"UPLOADED\" alt='a'>",
        ),
        ("<img src = ' data:;base64,AA\nAA'>", "<img src = ' UPLOADED'>"),
        (
            "<img src=\"data:application/octet-stream; BASE64 ,AAAA\">",
            "<img src=\"UPLOADED\">",
        ),
        ("<img src=data:;base64,AAAA alt=a>", "<img src=UPLOADED alt=a>"),
        (
            "<p style=\"a:url( data:;base64,AA )\">",
            "<p style=\"a:url( UPLOADED )\">",
        ),
        (
            "<p style=\"a:url(&quot;data:image/gif,AA)\">",
            "<p style=\"a:url(&quot;UPLOADED)\">",
        ),
        (
            "<img srcset='a.png 1x, data:image/png,AA 2x'>",
            "<img srcset='a.png 1x, UPLOADED 2x'>",
        ),
        ("<img src='data:image/png;base64,AA", "<img src='UPLOADED"),
        // These are no pictures.
        ("<p>data:image/png;base64</p>", "<p>data:image/png;base64</p>"),
        ("<p>data:image/png;base64,AAAA</p>", "<p>data:image/png;base64,AAAA</p>"),
        (
            "<p>The \"data: all of it, as text\"</p>",
            "<p>The \"data: all of it, as text\"</p>",
        ),
        ("<a href='data:text/plain,AA'>", "<a href='data:text/plain,AA'>"),
        ("data:image/png,AA", "data:image/png,AA"),
        ("='data:", "='data:"),
    ] {
        let mut plugin = Fake::default();
        let article = Article {
            html: html.to_owned(),
            ..article()
        };
        run(create(&mut plugin, &article)).unwrap();
        assert_eq!(
            plugin.calls[0],
            format!("check {}", expected.replace("UPLOADED", uploaded))
        );
    }
}

#[test]
fn the_findings_about_the_html_are_those_of_the_preparation_which_saw_it_whole() {
    let mut plugin = Fake {
        checks: [
            Vec::new(),
            vec![finding(Severity::Advice, "title"), finding(Severity::Advice, "content")],
        ]
        .into(),
        prepared: Ok(Prepared {
            findings: vec![
                finding(Severity::Advice, "content"),
                finding(Severity::Warning, "content"),
            ],
            ..prepared(vec![uploaded()], None)
        }),
        ..Fake::default()
    };
    let written = run(create(&mut plugin, &article())).unwrap();
    let found: Vec<_> = { written.findings.iter() }
        .map(|finding| (finding.severity, finding.field.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (finding::Severity::Warning, "html"),
            (finding::Severity::Advice, "title"),
            (finding::Severity::Advice, "html"),
        ]
    );
    assert_eq!(written.pictures, 1);
}

#[test]
fn a_picture_that_is_nowhere_is_named_before_anything_is_sent() {
    let long = format!("https://example.com/{}", "a".repeat(5000));
    let mut plugin = Fake {
        references: vec![
            reference("here.png", false),
            reference("elsewhere-too.png", true),
            reference(&long, false),
            reference("b.png", false),
        ],
        attachments: vec![File {
            name: "here.png".to_owned(),
            bytes: vec![1],
        }],
        ..Fake::default()
    };
    let error = run(create(&mut plugin, &article())).unwrap_err();
    assert_eq!(plugin.calls, ["check <p>Text</p>", "references"]);
    assert_eq!((error.kind, error.subject.as_deref()), ("invalid-input", Some("html")));
    assert!(
        error.message.contains(": 2; the first is https://example.com/aaa"),
        "{error}"
    );
    assert!(
        error.message.len() < 500 && error.advice.contains("upload-image"),
        "{error}"
    );
}

#[test]
fn files_that_are_handed_over_are_uploaded_once_each() {
    let file = |name: &str| File {
        name: name.to_owned(),
        bytes: vec![1],
    };
    let mut plugin = Fake {
        references: ["b.png", "a.png", "b.png"].map(|name| reference(name, false)).to_vec(),
        attachments: vec![file("a.png"), file("b.png"), file("c.png")],
        ..Fake::default()
    };
    run(create(&mut plugin, &article())).unwrap();
    assert!(
        plugin.calls.contains(&"prepare [a.png b.png] false".to_owned()),
        "{:?}",
        plugin.calls
    );
}

#[test]
fn no_draft_is_made_if_a_picture_would_be_lost() {
    for (outcome, kind, may_have_happened, words) in [
        (
            ImageResult::Elsewhere,
            "invalid-input",
            false,
            "WeChat would drop pictures",
        ),
        (
            ImageResult::Failed(error(ErrorKind::FileRejected)),
            "file-rejected",
            false,
            "The picture a.png was not uploaded",
        ),
        (
            ImageResult::Failed(error(ErrorKind::OutcomeUnknown)),
            "outcome-unknown",
            true,
            "The picture a.png may be stored or not",
        ),
    ] {
        let mut plugin = Fake {
            prepared: Ok(prepared(vec![uploaded(), outcome], None)),
            ..Fake::default()
        };
        let error = run(create(&mut plugin, &article())).unwrap_err();
        assert_eq!((error.kind, error.may_have_happened), (kind, may_have_happened));
        assert!(error.message.starts_with(words), "{error}");
        assert!(
            error.message.contains("a.png") && error.message.contains("o draft was written"),
            "{error}"
        );
        assert!(plugin.written.is_empty());
    }
}

#[test]
fn the_first_uploaded_picture_is_the_cover_if_the_article_names_none() {
    let no_cover = Article {
        cover_media_id: None,
        ..article()
    };
    let mut plugin = Fake {
        prepared: Ok(prepared(vec![uploaded()], Some(Ok("FIRST".to_owned())))),
        ..Fake::default()
    };
    run(create(&mut plugin, &no_cover)).unwrap();
    assert_eq!(plugin.written[0].thumb_media_id, "FIRST");
    assert!(plugin.calls.contains(&"prepare [] true".to_owned()));

    let mut plugin = Fake::default();
    let refused = run(create(&mut plugin, &no_cover)).unwrap_err();
    assert_eq!(
        (refused.kind, refused.subject.as_deref()),
        ("invalid-input", Some("cover_media_id"))
    );
    assert!(plugin.written.is_empty());

    let mut plugin = Fake {
        prepared: Ok(prepared(vec![uploaded()], Some(Err(error(ErrorKind::Quota))))),
        ..Fake::default()
    };
    let refused = run(create(&mut plugin, &no_cover)).unwrap_err();
    assert_eq!(refused.kind, "quota");
    assert!(refused.message.starts_with("The cover was not uploaded"), "{refused}");
    assert!(plugin.written.is_empty());

    let lost = Some(Err(error(ErrorKind::OutcomeUnknown)));
    let mut plugin = Fake {
        prepared: Ok(prepared(vec![uploaded()], lost)),
        ..Fake::default()
    };
    let refused = run(create(&mut plugin, &no_cover)).unwrap_err();
    assert!(
        refused.message.starts_with("The cover may be stored or not"),
        "{refused}"
    );
    assert!(refused.may_have_happened && plugin.written.is_empty());
}

#[test]
fn a_failure_of_the_first_upload_is_the_tools_own() {
    let mut plugin = Fake {
        prepared: Err(error(ErrorKind::Credentials)),
        ..Fake::default()
    };
    let error = run(create(&mut plugin, &article())).unwrap_err();
    assert_eq!((error.kind, error.may_have_happened), ("credentials", false));
    assert!(plugin.written.is_empty());
}

#[test]
fn a_lost_answer_may_have_made_the_draft_and_nothing_is_repeated() {
    let mut plugin = Fake {
        write: Err(error(ErrorKind::OutcomeUnknown)),
        ..Fake::default()
    };
    let error = run(create(&mut plugin, &article())).unwrap_err();
    assert!(error.may_have_happened);
    assert_eq!((error.errcode, error.rid.as_deref()), (Some(-1), Some("RID")));
    assert_eq!(error.retry_after_seconds, Some(60));
    assert_eq!(plugin.calls.iter().filter(|call| call.starts_with("add")).count(), 1);
    assert_eq!(plugin.calls.last().unwrap(), "add 1");
}

#[test]
fn a_draft_that_cannot_be_read_back_is_reported_without_a_digest() {
    let without_the_article = draft(Vec::new());
    for get in [Err(error(ErrorKind::Network)), Ok(without_the_article)] {
        let mut plugin = Fake {
            gets: [get].into(),
            ..Fake::default()
        };
        let written = run(create(&mut plugin, &article())).unwrap();
        assert_eq!((written.media_id.as_str(), written.title.as_str()), ("NEW", "Hello"));
        assert_eq!(written.digest, None);
        assert_eq!(written.findings.len(), 1);
        assert!(
            written.findings[0].message.starts_with("The draft is stored"),
            "{written:?}"
        );
    }
}

#[test]
fn the_title_is_the_stored_one_which_publishing_asks_for() {
    let mut plugin = Fake {
        draft: draft(vec![stored("Hello, as stored")]),
        ..Fake::default()
    };
    assert_eq!(run(create(&mut plugin, &article())).unwrap().title, "Hello, as stored");
}

#[test]
fn findings_of_the_check_and_of_the_comparison_are_sorted_and_cut() {
    let mut plugin = Fake {
        prepared: Ok(Prepared {
            findings: vec![finding(Severity::Advice, "content"); MOST],
            ..prepared(Vec::new(), None)
        }),
        differences: vec![finding(Severity::Warning, "digest"); 2],
        ..Fake::default()
    };
    let written = run(create(&mut plugin, &article())).unwrap();
    assert_eq!((written.findings.len(), written.findings_left_out), (MOST, 2));
    assert_eq!(
        (written.findings[0].field.as_str(), written.findings[2].field.as_str()),
        ("summary", "html")
    );
}
