//! Tests of `content.references` and `content.prepare`.

use super::*;
use crate::bindings::types::ErrorKind;
use crate::transport::stub::{Sent, Stub, account, block_on};

const URL: &str = "http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png&from=appmsg";

fn fixture(name: &str) -> File {
    let path = format!("{}/host-test/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    File {
        name: name.to_owned(),
        bytes: std::fs::read(path).unwrap(),
    }
}

fn named(name: &str, file: &str) -> File {
    File {
        name: name.to_owned(),
        ..fixture(file)
    }
}

fn article_image(account: &Account<Stub>, url: &str) {
    { &account.client.transport }.answer(&format!(r#"{{"url":"{url}","errcode":0,"errmsg":"ok"}}"#));
}

fn material(account: &Account<Stub>, id: &str) {
    { &account.client.transport }.answer(&format!(r#"{{"media_id":"{id}","url":"{URL}"}}"#));
}

fn refusal(account: &Account<Stub>, errcode: i32) {
    { &account.client.transport }.answer(&format!(r#"{{"errcode":{errcode},"errmsg":"no"}}"#));
}

fn targets(account: &Account<Stub>) -> Vec<String> {
    let path = |sent: Sent| sent.target.split(['?', '&']).next().unwrap().to_owned();
    account.client.transport.sent().into_iter().map(path).collect()
}

fn kinds(prepared: &Prepared) -> Vec<String> {
    let images = prepared.images.iter();
    let kind = |image: &ImageOutcome| match &image.outcome {
        ImageResult::Uploaded(_) => "uploaded".to_owned(),
        ImageResult::Kept => "kept".to_owned(),
        ImageResult::Unsure => "unsure".to_owned(),
        ImageResult::Elsewhere => "elsewhere".to_owned(),
        ImageResult::Failed(error) => format!("{:?}", error.kind).replace("ErrorKind::", ""),
    };
    images.map(kind).collect()
}

const SMALL: &str = "/cgi-bin/media/uploadimg";
const STORED: &str = "/cgi-bin/material/add_material";

#[test]
fn a_name_may_be_escaped_as_css_demands() {
    let account = account();
    article_image(&account, URL);
    let html = r#"<p style="background:url(图\(1\).jpg) left">"#;
    let prepared = block_on(account.prepare(html.to_owned(), &[named("图(1).jpg", "photo-1.jpg")], false)).unwrap();
    assert_eq!(prepared.html, html.replace(r"图\(1\).jpg", URL));
    assert_eq!(prepared.images[0].source, "图(1).jpg");
}

#[test]
fn only_references_change_in_the_html() {
    let account = account();
    article_image(&account, URL);
    let html = "<p>前<IMG alt='a' SRC = \"./a.jpg?v=1\" class=x>后<img src=a.jpg><img src=b.jpg>\n<a href=a.jpg>x</a>";
    let prepared = block_on(account.prepare(html.to_owned(), &[named("a.jpg", "photo-1.jpg")], false)).unwrap();
    let expected = html
        .replace("./a.jpg?v=1", URL)
        .replace("src=a.jpg", &format!("src={URL}"));
    assert_eq!(prepared.html, expected);
    assert_eq!(kinds(&prepared), ["uploaded", "uploaded", "elsewhere"]);
    assert_eq!(prepared.images[0].source, "./a.jpg?v=1");
    assert_eq!(targets(&account), [SMALL]);
    assert!(prepared.cover.is_none());
    let findings: Vec<_> = { prepared.findings.iter() }
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(findings[1].contains("1 × pictures from elsewhere") && findings[1].ends_with("b.jpg"));
}

#[test]
fn a_picture_goes_where_it_is_taken() {
    let mut large = fixture("article.png");
    large.bytes.resize(1 << 20, 0);
    for (file, target) in [
        (fixture("photo-1.jpg"), SMALL),
        (fixture("article.png"), SMALL),
        (fixture("animation.gif"), STORED),
        (fixture("picture.bmp"), STORED),
        (large, STORED),
    ] {
        let account = account();
        match target {
            STORED => material(&account, "ID"),
            _ => article_image(&account, URL),
        }
        let html = format!("<img src={}>", file.name);
        let prepared = block_on(account.prepare(html, &[file], false)).unwrap();
        assert_eq!(targets(&account), [target]);
        let ImageResult::Uploaded(image) = &prepared.images[0].outcome else {
            panic!("{:?}", prepared.images);
        };
        assert_eq!((image.url.as_str(), image.media_id.is_some()), (URL, target == STORED));
    }
}

#[test]
fn the_cover_is_the_first_picture_that_was_uploaded() {
    let account = account();
    refusal(&account, 40_005);
    article_image(&account, URL);
    material(&account, "GIF");
    material(&account, "COVER");
    let files = ["photo-1.jpg", "photo-2.jpg", "animation.gif"].map(fixture);
    let html = "<img src=photo-1.jpg><img src=photo-2.jpg><img src=animation.gif>";
    let prepared = block_on(account.prepare(html.to_owned(), &files, true)).unwrap();
    assert_eq!(kinds(&prepared), ["FileRejected", "uploaded", "uploaded"]);
    assert_eq!(prepared.cover.unwrap().unwrap(), "COVER");
    assert_eq!(targets(&account), [SMALL, SMALL, STORED, STORED]);
}

#[test]
fn a_cover_that_is_material_already_costs_nothing() {
    let account = account();
    material(&account, "GIF");
    let html = "<img src=animation.gif>".to_owned();
    let prepared = block_on(account.prepare(html, &[fixture("animation.gif")], true)).unwrap();
    assert_eq!(prepared.cover.unwrap().unwrap(), "GIF");
    assert_eq!(targets(&account), [STORED]);
    let nothing = block_on(account.prepare("<p>x</p>".to_owned(), &[], true)).unwrap();
    assert!(nothing.cover.is_none());
}

#[test]
fn a_cover_that_fails_loses_nothing_else() {
    let account = account();
    article_image(&account, URL);
    refusal(&account, 45_009);
    let html = "<img src=photo-1.jpg>".to_owned();
    let prepared = block_on(account.prepare(html, &[fixture("photo-1.jpg")], true)).unwrap();
    assert_eq!(prepared.html, format!("<img src={URL}>"));
    assert_eq!(prepared.cover.unwrap().unwrap_err().kind, ErrorKind::Quota);
}

#[test]
fn an_error_that_all_uploads_would_share_ends_them() {
    let files = ["photo-1.jpg", "photo-2.jpg", "article.png"].map(fixture);
    let html = "<img src=photo-1.jpg><img src=photo-2.jpg><img src=article.png>";
    // The first upload's error is that of the whole call.
    let first = account();
    refusal(&first, 45_009);
    let error = block_on(first.prepare(html.to_owned(), &files, true)).unwrap_err();
    assert_eq!((error.kind, targets(&first).len()), (ErrorKind::Quota, 1));
    // Later, the uploads before it stay.
    let later = account();
    article_image(&later, URL);
    refusal(&later, 45_009);
    let prepared = block_on(later.prepare(html.to_owned(), &files, true)).unwrap();
    assert_eq!(kinds(&prepared), ["uploaded", "Quota", "Quota"]);
    assert_eq!(prepared.html, html.replace("photo-1.jpg", URL));
    assert_eq!(prepared.cover.unwrap().unwrap_err().kind, ErrorKind::Quota);
    assert_eq!(targets(&later).len(), 2);
}

#[test]
fn no_upload_begins_after_the_time_of_a_call() {
    let account = account();
    account.client.transport.takes.set(300_000);
    article_image(&account, URL);
    let files = ["photo-1.jpg", "photo-2.jpg"].map(fixture);
    let html = "<img src=photo-1.jpg><img src=photo-2.jpg>";
    let prepared = block_on(account.prepare(html.to_owned(), &files, false)).unwrap();
    assert_eq!(kinds(&prepared), ["uploaded", "Network"]);
    assert_eq!(targets(&account).len(), 1);
}

#[test]
fn the_same_bytes_are_sent_once_even_if_they_fail() {
    let account = account();
    refusal(&account, -1);
    article_image(&account, URL);
    let html = "<img src=a><img src=b><img src=c><img src=a>";
    let files = [
        named("a", "photo-1.jpg"),
        named("b", "photo-2.jpg"),
        named("c", "photo-1.jpg"),
    ];
    let prepared = block_on(account.prepare(html.to_owned(), &files, false)).unwrap();
    assert_eq!(kinds(&prepared), ["Busy", "uploaded", "Busy", "Busy"]);
    assert_eq!(targets(&account).len(), 2);
}

#[test]
fn a_stored_picture_without_a_url_is_named() {
    let account = account();
    { &account.client.transport }.answer(r#"{"media_id":"M-1"}"#);
    let prepared = block_on(account.prepare("<img src=a.gif>".to_owned(), &[named("a.gif", "animation.gif")], false));
    let [
        ImageOutcome {
            outcome: ImageResult::Failed(error),
            ..
        },
    ] = &prepared.unwrap().images[..]
    else {
        panic!("it can't be put in place");
    };
    assert_eq!(error.kind, ErrorKind::MalformedReply);
    assert!(error.message.contains("M-1"), "{}", error.message);
}

#[test]
fn a_file_that_is_no_picture_is_refused_before_it_is_sent() {
    let account = account();
    let html = "<img src='data:,x'><img src='data:;base64,*'><img src='data:,'><img src=data:>";
    let prepared = block_on(account.prepare(html.to_owned(), &[], true)).unwrap();
    assert_eq!(kinds(&prepared), ["FileRejected"; 4]);
    assert_eq!(prepared.html, html);
    assert!(prepared.cover.is_none());
    assert_eq!(targets(&account), [""; 0]);
}

#[test]
fn a_url_is_written_without_characters_that_would_end_it() {
    let written = |url| utf8_percent_encode(url, ENCODED).to_string();
    let hostile = written("http://x/a b\"'()<>;,\\写?c=d&e=%20#f");
    assert_eq!(
        hostile,
        "http://x/a%20b%22%27%28%29%3C%3E%3B%2C%5C%E5%86%99?c=d&e=%20#f"
    );
    assert_eq!(crate::html::decode(&hostile), hostile);
    assert_eq!(written(URL), URL);
}

/// Returns the addresses of each reference with bars between them, and a question mark if it is optional.
fn listed(html: &str) -> Vec<String> {
    let references = references(html).into_iter().map(|reference| {
        let addresses = [vec![reference.source], reference.alternatives].concat();
        addresses.join("|") + if reference.optional { "?" } else { "" }
    });
    references.collect()
}

#[test]
fn of_a_document_the_body_is_prepared_and_its_base_counts() {
    let account = account();
    article_image(&account, URL);
    let html = "<!doctype html><html><head><title>x</title><base href='img/'><style>p{}</style></head>\n<body>\n\
        <p>写</p>\
        <img src=a.jpg><img src=https://example.com/b.jpg></body></html>";
    assert_eq!(listed(html), ["img/a.jpg", "https://example.com/b.jpg"]);
    let prepared = block_on(account.prepare(html.to_owned(), &[named("img/a.jpg", "photo-1.jpg")], false)).unwrap();
    let body = format!("\n<p>写</p><img src={URL}><img src=https://example.com/b.jpg>");
    assert_eq!(prepared.html, body);
    assert_eq!(kinds(&prepared), ["uploaded", "elsewhere"]);
    let told = |words: &str| prepared.findings.iter().any(|finding| finding.message.contains(words));
    assert!(
        told("1 × title, 1 × base") && told("<style>"),
        "{:?}",
        prepared.findings
    );
}

#[test]
fn a_base_on_another_host_leads_elsewhere() {
    let html = "<base href=https://example.com/x/><p>写</p><img src=a.jpg>";
    assert_eq!(listed(html), ["https://example.com/x/a.jpg"]);
    let prepared = block_on(account().prepare(html.to_owned(), &[named("a.jpg", "photo-1.jpg")], false)).unwrap();
    assert_eq!(kinds(&prepared), ["elsewhere"]);
    assert_eq!(prepared.html, "<p>写</p><img src=a.jpg>");
}

#[test]
fn a_picture_is_listed_if_an_attachment_could_answer_it() {
    for (html, pictures) in [
        (
            "<img src=' a&amp;b.png '><img src=data:,x><img src=//mmbiz.qpic.cn/x><img src><img src='#x'>\
             <p style='a:url(cid:x)'>",
            &["a&b.png", "cid:x"][..],
        ),
        (
            "<img srcset='https://example.com/a 1x, b.png 2x'>",
            &["b.png|https://example.com/a"],
        ),
        ("<img src=s.gif data-original=a.png>", &["a.png|s.gif"]),
        ("<img src='http://mmbiz.qpic.cn/x' data-src=a.png srcset='b.png'>", &[]),
        ("<img src=s.gif data-src='http://mmbiz.qpic.cn/x'>", &[]),
        ("<img src='https://puui.qpic.cn/x'>", &["https://puui.qpic.cn/x?"]),
        ("<img src='data:image/svg+xml,x' data-src=a.png>", &["a.png"]),
        ("<img src='http://mmbiz.qpic.cn/x'><use href=a.svg>", &[]),
    ] {
        assert_eq!(listed(html), pictures, "{html}");
    }
    let data = format!("data:image/png;base64,{}", base64("article.png"));
    assert_eq!(listed(&format!("<img src='{data}' srcset='a.png 2x'>")), ["a.png?"]);
}

fn base64(name: &str) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(fixture(name).bytes)
}

/// A png of 1 × 1 pixels, as lazy pages have it.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q";

/// A gif of 1 × 1 pixels as an attachment.
fn spinner() -> File {
    let mut file = named("s.gif", "animation.gif");
    file.bytes[6..10].copy_from_slice(&[1, 0, 1, 0]);
    file
}

#[test]
fn the_real_address_of_a_picture_is_uploaded_and_written_to_src() {
    let files = [
        named("a.jpg", "photo-1.jpg"),
        spinner(),
        named("w.webp", "picture.webp"),
    ];
    for (html, written, source, alternatives) in [
        (
            "<img src=s.gif data-src='a.jpg'>".to_owned(),
            format!("<img src={URL} data-src='{URL}'>"),
            "a.jpg",
            vec![],
        ),
        (
            format!("<img src='{PIXEL}' data-lazy-src=a.jpg data-x=y>"),
            format!("<img src='{URL}' data-lazy-src={URL} data-x=y>"),
            "a.jpg",
            vec![],
        ),
        (
            "<img data-original=\"./a.jpg\" src=\"data:image/svg+xml,%3Csvg/%3E\">".to_owned(),
            format!("<img data-original=\"{URL}\" src=\"{URL}\">"),
            "./a.jpg",
            vec![],
        ),
        (
            "<img srcset='b.jpg 2x, a.jpg 1x'>".to_owned(),
            format!("<img src=\"{URL}\" srcset=''>"),
            "a.jpg",
            vec!["b.jpg"],
        ),
        (
            "<picture><source srcset='w.webp'><img src=a.jpg srcset='a.jpg 1x,https://x/b.jpg 2x'></picture>"
                .to_owned(),
            format!("<picture><source srcset=''><img src={URL} srcset=''></picture>"),
            "a.jpg",
            vec!["https://x/b.jpg", "w.webp"],
        ),
        // A switch, a list and an object are no addresses, and do not destroy the one there.
        (
            "<img src=a.jpg data-src=true data-url=['/share/1'] data-echo={a:/b.jpg}>".to_owned(),
            format!("<img src={URL} data-src={URL} data-url=['/share/1'] data-echo={{a:/b.jpg}}>"),
            "a.jpg",
            vec![],
        ),
        (
            "<p style=\"background:image-set('b.png' 2x,'a.jpg' 1x)\">".to_owned(),
            format!("<p style=\"background:url({URL})\">"),
            "a.jpg",
            vec!["b.png"],
        ),
        (
            "<table background=a.jpg>".to_owned(),
            format!("<table background={URL}>"),
            "a.jpg",
            vec![],
        ),
        (
            "<svg><feImage href='a.jpg' xlink:href='old.jpg'/></svg>".to_owned(),
            format!("<svg><feImage href='{URL}' xlink:href='{URL}'/></svg>"),
            "a.jpg",
            vec!["old.jpg"],
        ),
    ] {
        let account = account();
        article_image(&account, URL);
        material(&account, "COVER");
        let prepared = block_on(account.prepare(html.clone(), &files, true)).unwrap();
        assert_eq!(prepared.html, written);
        assert_eq!(kinds(&prepared), ["uploaded"], "{html}");
        let [image] = &prepared.images[..] else {
            panic!("one picture: {html}")
        };
        assert_eq!(image.source, source, "{html}");
        let mut others = image.alternatives.clone();
        others.sort();
        let mut expected = alternatives.clone();
        expected.sort_unstable();
        assert_eq!(others, expected, "{html}");
        assert_eq!(targets(&account), [SMALL, STORED], "{html}");
        let again = block_on(account.prepare(written.clone(), &files, true)).unwrap();
        assert_eq!((again.html, again.cover.is_none()), (written, true), "{html}");
        assert_eq!(targets(&account).len(), 2, "{html}");
    }
}

#[test]
fn a_picture_that_wechat_has_passes_untouched() {
    for html in [
        "<img class=\"rich_pages\" data-src=\"https://mmbiz.qpic.cn/x/640?wx_fmt=png&amp;from=appmsg\" \
         src=\"data:image/gif;base64,iVBORw0KGgo=\">"
            .to_owned(),
        format!("<img src='{PIXEL}' data-src='http://mmbiz.qpic.cn/x'>"),
        "<img data-src='//mmbiz.qpic.cn/x'>".to_owned(),
        "<img src=https://mmbiz.qpic.cn/x data-src=a.jpg srcset='a.jpg 2x'>".to_owned(),
        "<p style=\"background-image:url(https://wx.qlogo.cn/x)\">".to_owned(),
        "<td background='https://res.wx.qq.com/x'>".to_owned(),
    ] {
        let account = account();
        let prepared = block_on(account.prepare(html.clone(), &[named("a.jpg", "photo-1.jpg")], true)).unwrap();
        assert_eq!(prepared.html, html);
        assert_eq!(
            (kinds(&prepared), prepared.cover.is_none()),
            (vec!["kept".to_owned()], true),
            "{html}"
        );
        assert!(targets(&account).is_empty());
    }
}

#[test]
fn a_picture_that_wechat_has_is_named_where_it_is_looked_for() {
    for (html, written) in [
        (
            "<img src=loading.gif data-src='//mmbiz.qpic.cn/x?a&amp;b#c'>",
            "<img src=//mmbiz.qpic.cn/x?a&b#c data-src='//mmbiz.qpic.cn/x?a&b#c'>",
        ),
        (
            "<img data-original=//mmbiz.qpic.cn/x>",
            "<img src=\"//mmbiz.qpic.cn/x\" data-original=//mmbiz.qpic.cn/x>",
        ),
        (
            "<img srcset='//mmbiz.qpic.cn/x 2x'>",
            "<img src=\"//mmbiz.qpic.cn/x\" srcset=''>",
        ),
        (
            "<p style='a:image-set(\"//mmbiz.qpic.cn/x\" 1x, url(b.png) 2x)'>",
            "<p style='a:url(//mmbiz.qpic.cn/x)'>",
        ),
        (
            "<p style='a:url(\"//mmbiz.qpic.cn/x\")'>",
            "<p style='a:url(//mmbiz.qpic.cn/x)'>",
        ),
    ] {
        let account = account();
        let prepared = block_on(account.prepare(html.to_owned(), &[], true)).unwrap();
        assert_eq!(
            (prepared.html.as_str(), kinds(&prepared)),
            (written, vec!["kept".to_owned()])
        );
        let again = block_on(account.prepare(written.to_owned(), &[], true)).unwrap();
        assert_eq!((again.html.as_str(), kinds(&again)), (written, vec!["kept".to_owned()]));
    }
}

#[test]
fn a_placeholder_alone_is_not_uploaded_and_is_no_cover() {
    for html in [
        format!("<img src='{PIXEL}'>"),
        "<img src=s.gif>".to_owned(),
        "<p style='background:url(s.gif)'>".to_owned(),
        "<img src=data:image/svg+xml,%3Csvg/%3E>".to_owned(),
    ] {
        let account = account();
        let prepared = block_on(account.prepare(html.clone(), &[spinner()], true)).unwrap();
        assert_eq!(
            (kinds(&prepared), prepared.cover.is_none()),
            (vec!["FileRejected".to_owned()], true),
            "{html}"
        );
        assert_eq!(prepared.html, html);
        assert!(targets(&account).is_empty());
    }
    // Beside an address that is not here, the picture is elsewhere.
    for html in [
        "<img src=s.gif data-src=a.jpg>".to_owned(),
        format!("<img src='{PIXEL}' data-src=a.jpg>"),
    ] {
        let prepared = block_on(account().prepare(html.clone(), &[spinner()], true)).unwrap();
        assert_eq!(kinds(&prepared), ["elsewhere"], "{html}");
        assert!(prepared.images[0].source == "a.jpg" && prepared.images[0].alternatives.is_empty());
    }
}

#[test]
fn other_hosts_of_tencent_are_unsure_unless_they_name_an_attachment() {
    let html = "<img src=https://puui.qpic.cn/a><img src=https://mmecoa.qpic.cn/b>";
    let account = account();
    article_image(&account, URL);
    let files = [named("https://mmecoa.qpic.cn/b", "photo-1.jpg")];
    let prepared = block_on(account.prepare(html.to_owned(), &files, false)).unwrap();
    assert_eq!(kinds(&prepared), ["unsure", "uploaded"]);
    assert!(
        prepared.findings[0]
            .message
            .contains("1 × pictures on other hosts of Tencent's")
    );
}

#[test]
fn too_many_addresses_are_refused_before_anything_is_sent() {
    let picture = [named("a.jpg", "photo-1.jpg")];
    for (begin, unit, end, most) in [
        ("", "<img src=a.jpg>", "", ADDRESSES),
        ("<p style='", "a:url(a.jpg)", "'>", ADDRESSES),
        ("<p style='", "a:url(\"#a\")", "'>", ADDRESSES),
        ("<img src=a.jpg srcset='", "a.jpg 1x,", "'>", ADDRESSES - 1),
        (
            "<picture>",
            "<source srcset=a.jpg>",
            "<img src=a.jpg></picture>",
            ADDRESSES - 1,
        ),
        ("<p style='a:image-set(", "\"a.jpg\" 1x,", ")'>", ADDRESSES),
    ] {
        let html = |count: usize| format!("{begin}{}{end}", unit.repeat(count));
        let account = account();
        let error = block_on(account.prepare(html(most + 1), &picture, true)).unwrap_err();
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            (ErrorKind::InvalidInput, Some("html"))
        );
        assert!(error.message.contains("20000") && !error.advice.is_empty());
        assert!(targets(&account).is_empty(), "{unit}");
        article_image(&account, URL);
        block_on(account.prepare(html(most), &picture, false)).unwrap();
        let addresses = references(&html(10 * ADDRESSES))
            .into_iter()
            .map(|one| one.alternatives.len() + 1);
        assert!(addresses.sum::<usize>() <= ADDRESSES, "{unit}");
    }
}

#[test]
fn a_long_reference_is_cut_in_the_report() {
    let html = format!("<img src=data:,{}>", "写".repeat(200));
    let prepared = block_on(account().prepare(html, &[], false)).unwrap();
    assert_eq!(prepared.images[0].source, format!("data:,{}", "写".repeat(SOURCE - 6)));
}

#[test]
fn a_picture_for_the_meantime_is_not_the_real_one() {
    let files = [
        named("loading.gif", "animation.gif"),
        named("img/a.jpg", "cover.jpg"),
        named("v.webp", "picture.webp"),
    ];
    for (html, expected, source) in [
        (
            "<img src='loading.gif' data-original='https://cdn.example.com/a.jpg'>",
            "elsewhere",
            "https://cdn.example.com/a.jpg",
        ),
        ("<img data-src=b.jpg src=loading.gif>", "elsewhere", "b.jpg"),
        (
            "<img data-src=//y.gtimg.cn/b src=loading.gif>",
            "unsure",
            "//y.gtimg.cn/b",
        ),
        ("<img data-src=v.webp src=loading.gif>", "FileRejected", "v.webp"),
        (
            "<img data-srcset='//x.example/b 2x' src=loading.gif>",
            "elsewhere",
            "//x.example/b",
        ),
        // Something that can be had is the picture.
        (
            "<img data-src=//x.example/b data-original=img/a.jpg src=loading.gif>",
            "uploaded",
            "img/a.jpg",
        ),
        (
            "<img data-src=//x.example/b srcset='img/a.jpg 2x' src=loading.gif>",
            "uploaded",
            "img/a.jpg",
        ),
        // The same picture, as a browser saves a page.
        (
            "<img data-original='https://x.example/y/a.jpg?w=1' src=img/a.jpg>",
            "uploaded",
            "img/a.jpg",
        ),
        (
            "<img data-url=//x.example/1 data-src=//x.example/a.jpg src=img/a.jpg>",
            "uploaded",
            "img/a.jpg",
        ),
        // No address at all.
        (
            "<img data-src=true data-original='{\"a\":\"b.jpg\"}' file src=img/a.jpg>",
            "uploaded",
            "img/a.jpg",
        ),
    ] {
        let account = account();
        article_image(&account, URL);
        let prepared = block_on(account.prepare(html.to_owned(), &files, false)).unwrap();
        assert_eq!(
            (kinds(&prepared), &*prepared.images[0].source),
            (vec![expected.to_owned()], source),
            "{html}"
        );
        assert_eq!(prepared.html == html, expected != "uploaded", "{html}");
    }
}

#[test]
fn an_address_is_copied_without_its_line_breaks() {
    let html = "<img data-original=' https://mmbiz.qp\nic.cn/a\tb\\c\r\n/0?x=1&amp;y ' src=''>";
    let prepared = block_on(account().prepare(html.to_owned(), &[], false)).unwrap();
    let written = "https://mmbiz.qpic.cn/ab/c/0?x=1&y";
    let expected = format!("<img data-original='{written}' src='{written}'>");
    assert_eq!(prepared.html, expected);
}
