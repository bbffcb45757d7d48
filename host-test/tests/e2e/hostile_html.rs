//! The promise: `content.prepare` changes references to pictures and nothing else in any HTML, and the instance goes on
//! working.

use wechat_official_account_host::types::{ErrorKind, File};

use crate::support::marked::{
    Elsewhere, Expected, Kept, assert_outcomes, base64, failed, named, plain, uploaded, uploads,
};
use crate::support::{World, fixture, padded, refused};

fn picture() -> File {
    named("a.jpg", padded("cover.jpg", 3000))
}

/// HTML with marked references, and the expected outcome of each.
async fn prepare(world: &World, cases: &[(String, Vec<Expected>)]) {
    let mut session = world.session().await;
    for (marked, expected) in cases {
        let html = plain(marked);
        let prepared = session.prepare_content(&html, &[picture()], false).await.unwrap();
        assert_outcomes(world, marked, &prepared, expected);
    }
    session.count_material().await.unwrap();
}

#[tokio::test]
async fn text_that_is_no_tag_has_no_pictures() {
    let world = World::start().await;
    let cases = [
        "",
        "a.jpg",
        "<!-- <img src=\"a.jpg\"> -->",
        "<!-- <img src=\"a.jpg\">",
        "<![CDATA[<img src=\"a.jpg\"]]>",
        "<script>var x = '<img src=\"a.jpg\">';</script>",
        "<script><!-- <script> <img src=\"a.jpg\"> </script> -->",
        "<style>p { background: url(a.jpg) }</style>",
        "<textarea><img src=\"a.jpg\"></textarea>",
        "<TITLE><img src=a.jpg></TITLE>",
        "<img src=\"a.jpg",
        "<img src=\"a.jpg\"",
        "<img alt='x src=\"a.jpg\">",
        "<img src='a.jpg\"><p>text",
        "< img src=a.jpg>",
        "</img src=a.jpg>",
        "<p title='<img src=a.jpg>'>",
        "<a href=a.jpg>",
        "<img src><img src=''><img src=#x>",
        "<p style='/* url(a.jpg) */'>",
        "<p style=\"content:'url(a.jpg)'\">",
        "<p style='a:url(a.jpg b)'>",
        "\0<\0img src=a.jpg>\u{FFFD}\r\n",
    ];
    prepare(&world, &cases.map(|html| (html.to_owned(), Vec::new()))).await;
    assert_eq!(uploads(&world), (0, 0));
}

#[tokio::test]
async fn odd_tags_keep_their_pictures() {
    let world = World::start().await;
    let here = || uploaded(&picture());
    let cases = [
        ("<IMG SRC=⟦a.jpg⟧>", vec![here()]),
        ("<img\n\tsrc\r\n=\r\n'⟦a.jpg⟧'/>", vec![here()]),
        ("<img/src=\"⟦a.jpg⟧\"alt=x>", vec![here()]),
        ("<img src=\"⟦&#97;&period;jpg⟧\">", vec![here()]),
        ("<img src=\"⟦a&fflig;.jpg⟧\">", vec![Elsewhere]),
        ("<p style='a:url(⟦a.jpg?x⟧&rpar;;b:c'>", vec![here()]),
        ("<p style='a:url(b\"c);d:url(⟦a\\.jpg⟧)'>", vec![here()]),
        ("<img src=\"⟦&#97;&#x2E;jpg⟧\">", vec![here()]),
        ("<img src=⟦a.jpg⟧ src=a.jpg SRC='data:,x'>", vec![here()]),
        ("<p title=\"\0\"><img src=⟦a.jpg⟧>\0", vec![here()]),
        ("<!--> <img src=⟦a.jpg⟧>", vec![here()]),
        ("<img alt=\"> <img src=a.jpg>\" src=⟦a.jpg⟧>", vec![here()]),
        ("<<img src=⟦a.jpg⟧>", vec![here()]),
        ("<p style='a:url(⟦a.jpg⟧'>", vec![here()]),
        (
            "<img src=⟦a.jpg⟧ style=\"a:url(⦃&quot;⦄⟦a.jpg⟧⦃&quot;⦄), url( ⟦./a.jpg⟧ )\">",
            vec![here(), here(), here()],
        ),
        ("<p style='a:url(url(a.jpg));b:url(⟦a.jpg⟧)'>", vec![here()]),
        (
            "<img src=⟦a.jpg⟧ srcset='⦃a.jpg 1x,a.jpg 2x, b.jpg⦄'><img src=⟦b.jpg⟧>",
            vec![here(), Elsewhere],
        ),
        (
            "<img src=⟦http://mmbiz.qpic.cn/x⟧><img src=⟦file:a.jpg⟧>",
            vec![Kept, Elsewhere],
        ),
    ];
    prepare(&world, &cases.map(|(html, came)| (html.to_owned(), came))).await;
}

#[tokio::test]
async fn data_uris_that_are_no_pictures_are_refused_without_an_upload() {
    let world = World::start().await;
    let cases = [
        "data:",
        "data:,",
        "data:image/png;base64",
        "data:image/png;base64,",
        "data:image/png;base64,****",
        "data:image/png;base64,iVBORw0KGgo=====",
        "data:image/png;base64,A",
        "data:image/svg+xml,%3Csvg/%3E",
        "data:text/html,%3Cimg%20src=a.jpg%3E",
        "DATA:image/jpeg;base64,/9j/",
    ];
    let rejected = |uri: &str| (format!("<img src=\"⟦{uri}⟧\">"), vec![failed(ErrorKind::FileRejected)]);
    prepare(&world, &cases.map(rejected)).await;
    assert_eq!(uploads(&world), (0, 0));
}

#[tokio::test]
async fn base64_with_line_breaks_and_without_padding_is_decoded() {
    let world = World::start().await;
    let picture = fixture("article.png");
    let uri = base64("image/png", &picture.bytes);
    let (head, data) = uri.split_once(',').unwrap();
    let lines: Vec<_> = data
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let broken = lines.join("\r\n");
    let cases = [broken.as_str(), broken.trim_end_matches('=')]
        .map(|data| (format!("<img src='⟦{head},{data}⟧'>"), vec![uploaded(&picture)]));
    prepare(&world, &cases).await;
}

#[tokio::test]
async fn a_data_uri_of_five_megabytes_is_uploaded() {
    let world = World::start().await;
    let picture = padded("article.png", 5 * 1024 * 1024);
    let marked = format!("<p><img src=\"⟦{}⟧\"></p>", base64("image/png", &picture.bytes));
    prepare(&world, &[(marked, vec![uploaded(&picture)])]).await;
    assert_eq!(uploads(&world), (0, 1));
    let large = padded("article.png", 11 * 1024 * 1024);
    let marked = format!("<p><img src=\"⟦{}⟧\"></p>", base64("image/png", &large.bytes));
    prepare(&world, &[(marked, vec![failed(ErrorKind::FileRejected)])]).await;
    assert_eq!(uploads(&world), (0, 1));
}

#[tokio::test]
async fn ten_thousand_pictures_are_each_replaced() {
    let world = World::start().await;
    let count = 10_000;
    let all = vec![uploaded(&picture()); count];
    prepare(&world, &[("<img src=⟦a.jpg⟧>\n".repeat(count), all)]).await;
    assert_eq!(uploads(&world), (1, 0));
    let data = format!(
        "<img src='⟦{}⟧'>",
        base64("image/jpeg", &padded("thumb.jpg", 200).bytes)
    );
    let mut session = world.session().await;
    let prepared = session
        .prepare_content(&plain(&data.repeat(count)), &[], false)
        .await
        .unwrap();
    assert_eq!(prepared.images.len(), count);
    let mut commas = String::from("<img srcset='");
    commas += &"a.jpg 1x,".repeat(count);
    commas += "'>";
    let prepared = session.prepare_content(&commas, &[picture()], false).await.unwrap();
    assert_eq!(prepared.images.len(), 1);
}

#[tokio::test]
async fn two_hundred_thousand_references_are_refused_before_anything_is_sent() {
    const MOST: usize = 20_000;
    let world = World::start().await;
    let mut session = world.session().await;
    for (begin, unit, end) in [
        ("", "<img src=a.jpg>", ""),
        ("<p style='", "a:url(a.jpg);", "'>"),
        ("<p style=\"", "a:url('#a');", "\">"),
        ("<img srcset='", "a.jpg 1x,", "'>"),
        ("<p style='a:image-set(", "\"a.jpg\" 1x,", ")'>"),
        ("<picture>", "<source srcset=a.jpg>", "<img></picture>"),
        ("", "<img src=s.gif data-src=a.jpg>", ""),
    ] {
        let html = format!("{begin}{}{end}", unit.repeat(200_000));
        let error = refused(session.prepare_content(&html, &[picture()], true).await);
        assert_eq!(
            (error.kind, error.subject.as_deref()),
            (ErrorKind::InvalidInput, Some("html"))
        );
        assert!(error.message.contains("20000"), "{}", error.message);
        assert!(session.references(&html).await.unwrap().len() <= MOST);
    }
    assert!(world.simulator.request_log().is_empty());

    // As many as are taken fit into an instance, whatever their outcome.
    let picture = base64("image/jpeg", &padded("thumb.jpg", 2000).bytes);
    let name = "🎉".repeat(120);
    for html in [
        format!("<img src='data:image/png,{name}'>").repeat(MOST),
        format!("<img src='{name}.png' srcset='{name}.jpg 2x'>").repeat(MOST / 2),
        format!("<p style=\"a:url('{name}')\">").repeat(MOST),
        format!("<img data-src=a.jpg src='{name}'>").repeat(MOST / 2),
        format!("<img src='{picture}'>").repeat(1000),
    ] {
        let prepared = session.prepare_content(&html, &[self::picture()], false).await.unwrap();
        assert!(prepared.images.len() >= 1000);
        session.references(&html).await.unwrap();
    }
    session.count_material().await.unwrap();
}
