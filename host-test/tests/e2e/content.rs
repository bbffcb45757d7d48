//! The promise: an article with pictures becomes a draft that has them all.

use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Article, ErrorKind, File, ImageReference, ImageResult, News, Severity};
use wechat_simulator::{Fault, FaultRule};

use crate::support::marked::{
    ADD_MATERIAL, Elsewhere, Expected, HOSTED, Kept, UPLOADIMG, Unsure, assert_outcomes, assert_sources, base64,
    failed, named, percent_encoded, plain, references, stored, uploaded, uploads, url,
};
use crate::support::{World, fixture, news, padded};

const MIB: usize = 1024 * 1024;

/// Makes a picture that differs from all of another length.
fn jpg(name: &str, length: usize) -> File {
    named(name, padded("cover.jpg", length))
}

fn png(name: &str, length: usize) -> File {
    named(name, padded("article.png", length))
}

/// Makes news with this text and cover.
fn news_of(content: &str, cover: &str) -> Article {
    match news("标题", cover) {
        Article::News(news) => Article::News(News {
            content: content.to_owned(),
            ..news
        }),
        Article::Pictures(_) => panic!("not news"),
    }
}

/// An article with a picture of every kind. Its tags have the simulator's form, so that the draft of a prepared article
/// is the same text.
struct Sample {
    marked: String,
    attachments: Vec<File>,
    expected: Vec<Expected>,
}

fn sample() -> Sample {
    let in_text = [fixture("article.png"), fixture("photo-1.jpg")];
    let placeholder = named("", fixture("animation.gif"));
    let attachments = vec![
        fixture("cover.jpg"),
        png("img/a.png", 3000),
        png("b.png", 4000),
        named("图片.jpg", fixture("photo-2.jpg")),
        named("moving.gif", {
            let mut file = fixture("animation.gif");
            file.bytes.push(0);
            file
        }),
        fixture("picture.bmp"),
        png("large.png", MIB),
        jpg("lazy.jpg", 5000),
        jpg("one.jpg", 6000),
        jpg("two.jpg", 7000),
        png("paper.png", MIB - 1),
    ];
    let [base64, percent] = [
        base64("image/png", &in_text[0].bytes),
        percent_encoded("image/jpeg", &in_text[1].bytes),
    ];
    let lazy = crate::support::marked::base64("image/gif", &placeholder.bytes);
    let marked = format!(
        "<section style=\"color:#333;line-height:1.8\"><h1>标题 🎉 &amp; 'more' &#60;b&#62;</h1>\n\
         <p>1 < 2<img src=\"⟦{base64}⟧\" alt=\"第一\"></p>\n\t\
         <p><img alt=\"&lt;img src=x&gt;\" src=\"⟦{percent}⟧\" /></p>\n\
         <p><img src=\"⟦cover.jpg⟧\"><img src=\"⟦./img/a.png⟧\" data-x=\"cover.jpg\"><img src=\"⟦cid:b.png⟧\"></p>\n\
         <p><img src=\"⟦%E5%9B%BE%E7%89%87.jpg⟧\"></p><p>cover.jpg</p><p><img src=\"⟦{HOSTED}⟧\"></p>\n\
         <p><img src=\"⟦moving.gif⟧\"><img src=\"⟦picture.bmp⟧\"><img src=\"⟦large.png⟧\"></p>\n\
         <p><img data-src=\"⟦lazy.jpg⟧\" src=\"⟪{lazy}⟫\" width=\"100%\"></p>\n\
         <p><img src=\"⟦one.jpg⟧\" srcset=\"⦃one.jpg 1x, two.jpg 2x⦄\"></p>\n\
         <section style=\"margin:0;background-image: url(⦃&quot;⦄⟦paper.png⟧⦃&quot;⦄);padding:1px\">\
         <p></p></section></section>\n"
    );
    let [cover, a, b, chinese, gif, bmp, large, lazy, one, _, paper] =
        std::array::from_fn(|place| uploaded(&attachments[place]));
    let [first, second] = in_text.map(|file| uploaded(&file));
    #[rustfmt::skip]
    let expected = vec![
        first, second, cover, a, b, chinese, Kept, gif, bmp, large, lazy, one, paper,
    ];
    Sample {
        marked,
        attachments,
        expected,
    }
}

/// Returns the addresses on WeChat's host, in order.
fn hosted(html: &str) -> Vec<String> {
    let found = html.match_indices("http://mmbiz.qpic.cn/");
    let end = ['"', '\'', ' ', ')', ','];
    found
        .map(|(place, _)| {
            html[place..]
                .split(end)
                .next()
                .unwrap()
                .replace("&quot;", "")
                .replace("&amp;", "&")
        })
        .collect()
}

#[tokio::test]
async fn a_prepared_article_arrives_whole() {
    let world = World::start().await;
    let mut session = world.session().await;
    let sample = sample();
    let html = plain(&sample.marked);
    let prepared = session.prepare_content(&html, &sample.attachments, true).await.unwrap();
    assert_outcomes(&world, &sample.marked, &prepared, &sample.expected);
    assert_sources(&prepared, &references(&sample.marked));

    // Each picture once, in its place, and the cover.
    assert_eq!(uploads(&world), (9, 3 + 1));
    let media_ids: Vec<bool> = prepared
        .images
        .iter()
        .map(|image| matches!(&image.outcome, ImageResult::Uploaded(image) if image.media_id.is_some()))
        .collect();
    let permanent: Vec<usize> = (0..media_ids.len()).filter(|place| media_ids[*place]).collect();
    assert_eq!(permanent, [7, 8, 9]);

    let cover = prepared.cover.unwrap().unwrap();
    let id = session.add_draft(&[news_of(&prepared.html, &cover)]).await.unwrap();
    let content = world.account(|account| account.drafts[&id].articles[0].content.clone());
    let lazy = url(&prepared.images[10].outcome).unwrap();
    // The late picture has its address in both attributes, and WeChat keeps one, without the width.
    let stored = prepared.html.replace(
        &format!("<img data-src=\"{lazy}\" src=\"{lazy}\" width=\"100%\">"),
        &format!("<img src=\"{lazy}\">"),
    );
    assert_ne!(stored, prepared.html);
    assert_eq!(content, stored);
    let urls: Vec<String> = prepared
        .images
        .iter()
        .map(|image| url(&image.outcome).unwrap_or_else(|| HOSTED.to_owned()))
        .collect();
    assert_eq!(hosted(&content), urls);
    assert_eq!(hosted(&content).len(), 13);
    let others: Vec<_> = { prepared.images.iter() }
        .filter(|image| !image.alternatives.is_empty())
        .map(|image| (image.source.as_str(), image.alternatives.len()))
        .collect();
    assert_eq!(others, [("lazy.jpg", 1), ("one.jpg", 1)]);
    let findings = prepared.findings.iter();
    assert_eq!(
        findings.filter(|finding| finding.severity != Severity::Advice).count(),
        0
    );
}

/// The hosts of article-html §3, other hosts of Tencent's, and the rest.
#[tokio::test]
async fn a_picture_on_another_host_of_tencents_is_unsure() {
    let world = World::start().await;
    let mut session = world.session().await;
    let marked = "<img src=\"⟦https://mmcomm.qpic.cn/a⟧\"><img src=\"⟦https://thirdwx.qlogo.cn/a⟧\">\
                  <img src=\"⟦https://y.gtimg.cn/a.png⟧\"><img src=\"⟦https://qpic.cn.example.com/a⟧\">";
    let prepared = session.prepare_content(&plain(marked), &[], false).await.unwrap();
    assert_outcomes(&world, marked, &prepared, &[Kept, Unsure, Unsure, Elsewhere]);
    assert_eq!(prepared.html, plain(marked));
}

/// The test of prepared articles would prove nothing if the simulator dropped nothing.
#[tokio::test]
async fn an_article_that_was_not_prepared_loses_its_pictures() {
    let world = World::start().await;
    let mut session = world.session().await;
    let html = plain(&sample().marked);
    let cover = world.permanent_image();
    let id = session.add_draft(&[news_of(&html, &cover)]).await.unwrap();
    let content = world.account(|account| account.drafts[&id].articles[0].content.clone());
    assert_eq!(content.matches("<img").count(), 1);
    assert_eq!(hosted(&content), [HOSTED]);
    for lost in ["data:", "paper.png", "url(", "srcset"] {
        assert!(!content.contains(lost), "{lost}");
    }
}

#[tokio::test]
async fn a_prepared_article_has_nothing_left_to_do() {
    let world = World::start().await;
    let mut session = world.session().await;
    let sample = sample();
    let first = session
        .prepare_content(&plain(&sample.marked), &sample.attachments, false)
        .await
        .unwrap();
    assert_eq!(first.cover, None);
    let before = uploads(&world);
    let second = session
        .prepare_content(&first.html, &sample.attachments, true)
        .await
        .unwrap();
    assert_eq!(uploads(&world), before);
    assert_eq!(second.html, first.html);
    assert!(second.images.iter().all(|image| image.outcome == ImageResult::Kept));
    assert_eq!((second.images.len(), second.cover), (13, None));
}

#[tokio::test]
async fn the_same_picture_is_uploaded_once_per_call() {
    let world = World::start().await;
    let mut session = world.session().await;
    let picture = fixture("article.png");
    let data = base64("image/png", &picture.bytes);
    let percent = percent_encoded("text/plain", &picture.bytes);
    let marked = format!(
        "<img src=\"⟦{data}⟧\"><img src='⟦a.png⟧' srcset='⦃cid:b.png, ./a.png 2x⦄'>\
         <img data-echo=⟦cid:b.png⟧ src=⟪./a.png⟫>\
         <p style=\"background:url(⟦{data}⟧)\">\
         <img src=\"⟦{percent}⟧\">"
    );
    let attachments = [named("a.png", picture.clone()), named("b.png", picture.clone())];
    let prepare = async |session: &mut Session| {
        let prepared = session
            .prepare_content(&plain(&marked), &attachments, false)
            .await
            .unwrap();
        assert_outcomes(&world, &marked, &prepared, &vec![uploaded(&picture); 5]);
        url(&prepared.images[0].outcome).unwrap()
    };
    let first = prepare(&mut session).await;
    assert_eq!(uploads(&world), (1, 0));
    // Another call has no memory of it.
    let second = prepare(&mut session).await;
    assert_eq!(uploads(&world), (2, 0));
    assert_ne!(first, second);
}

#[tokio::test]
async fn the_same_picture_fails_once_per_call() {
    let world = World::start().await;
    let mut session = world.session().await;
    let picture = fixture("article.png");
    let marked = format!(
        "<img src=\"⟦{}⟧\"><img src=\"⟦a.png⟧\"><img src=\"⟦b.jpg⟧\"><img src=\"⟦a.png⟧\">",
        base64("image/png", &picture.bytes)
    );
    let refusal = Fault::Errcode {
        code: 40009,
        executed: false,
    };
    world.simulator.inject(FaultRule::new(UPLOADIMG, refusal).times(1));
    let attachments = [named("a.png", picture), jpg("b.jpg", 3000)];
    let prepared = session
        .prepare_content(&plain(&marked), &attachments, false)
        .await
        .unwrap();
    let failed = failed(ErrorKind::FileRejected);
    let expected = [failed.clone(), failed.clone(), uploaded(&attachments[1]), failed];
    assert_outcomes(&world, &marked, &prepared, &expected);
    assert_eq!(uploads(&world), (2, 0));
}

// ---- the cover ---------------------------------------------------------------------------------

#[tokio::test]
async fn the_first_uploaded_picture_becomes_the_cover() {
    let world = World::start().await;
    let mut session = world.session().await;
    let attachments = [
        fixture("picture.webp"),
        jpg("b.jpg", 3000),
        png("c.png", MIB),
        fixture("animation.gif"),
    ];
    let begin =
        format!("<img src=\"⟦{HOSTED}⟧\"><img src=\"⟦https://example.com/a.png⟧\"><img src=\"⟦picture.webp⟧\">");
    let [webp, b, c, gif] = [
        failed(ErrorKind::FileRejected),
        uploaded(&attachments[1]),
        uploaded(&attachments[2]),
        uploaded(&attachments[3]),
    ];
    // Each case with its uploads for articles and its permanent ones. A picture that is permanent already is the cover
    // as it is.
    for (rest, came, count) in [
        (
            "<img src=\"⟦b.jpg⟧\"><img src=\"⟦c.png⟧\">",
            vec![b.clone(), c.clone()],
            (1, 2),
        ),
        (
            "<img src=\"⟦c.png⟧\"><img src=\"⟦b.jpg⟧\">",
            vec![c.clone(), b.clone()],
            (1, 1),
        ),
        ("<p style='background:url(⟦animation.gif⟧)'>", vec![gif], (0, 1)),
        (
            "<img src=\"⟦b.jpg⟧\"><img src=\"⟦b.jpg⟧\">",
            vec![b.clone(), b.clone()],
            (1, 1),
        ),
    ] {
        let before = uploads(&world);
        let marked = format!("{begin}{rest}");
        let prepared = session
            .prepare_content(&plain(&marked), &attachments, true)
            .await
            .unwrap();
        let first = came[0].clone();
        let came = [vec![Kept, Elsewhere, webp.clone()], came].concat();
        assert_outcomes(&world, &marked, &prepared, &came);
        let now = uploads(&world);
        assert_eq!((now.0 - before.0, now.1 - before.1), count, "{rest}");
        let cover = prepared.cover.clone().unwrap().unwrap();
        let bytes = world.account(|account| account.materials[&cover].bytes.to_vec());
        assert!(
            matches!(first, Expected::Uploaded(expected) if expected == bytes),
            "{rest}"
        );
        if let ImageResult::Uploaded(image) = &prepared.images[3].outcome {
            assert!(image.media_id.as_ref().is_none_or(|id| *id == cover), "{rest}");
        }
        session.add_draft(&[news_of(&prepared.html, &cover)]).await.unwrap();
    }
}

#[tokio::test]
async fn a_cover_needs_an_uploaded_picture_and_a_request_for_it() {
    let world = World::start().await;
    let mut session = world.session().await;
    let attachments = [fixture("picture.webp"), jpg("b.jpg", 3000)];
    for (html, with_cover) in [
        ("", true),
        ("<p>正文</p>", true),
        (
            "<img src=http://mmbiz.qpic.cn/0><img src=https://example.com/a.png><img src=picture.webp>",
            true,
        ),
        ("<img src=b.jpg>", false),
    ] {
        let prepared = session.prepare_content(html, &attachments, with_cover).await.unwrap();
        assert_eq!(prepared.cover, None, "{html}");
    }
    assert_eq!(uploads(&world), (1, 0));
}

#[tokio::test]
async fn a_cover_that_fails_loses_no_picture() {
    let world = World::start().await;
    let mut session = world.session().await;
    let attachments = [jpg("a.jpg", 3000), jpg("b.jpg", 4000)];
    let marked = "<img src=\"⟦a.jpg⟧\"><img src=\"⟦b.jpg⟧\">";
    let expected = [uploaded(&attachments[0]), uploaded(&attachments[1])];
    let refusal = Fault::Errcode {
        code: 40009,
        executed: false,
    };
    for (fault, kind) in [
        (refusal, ErrorKind::FileRejected),
        (Fault::LostReply, ErrorKind::OutcomeUnknown),
    ] {
        world.simulator.inject(FaultRule::new(ADD_MATERIAL, fault).times(1));
        let prepared = session
            .prepare_content(&plain(marked), &attachments, true)
            .await
            .unwrap();
        assert_outcomes(&world, marked, &prepared, &expected);
        assert_eq!(prepared.cover.unwrap().unwrap_err().kind, kind);
    }
    assert_eq!(uploads(&world), (4, 2));
}

// ---- names -------------------------------------------------------------------------------------

#[tokio::test]
async fn attachments_are_found_by_name() {
    let world = World::start().await;
    let mut session = world.session().await;
    let names = [
        "a.png",
        "img/a.png",
        "a b.png",
        "图.png",
        "a?b.png",
        "100%.png",
        "b.png",
        "b.png?v=2",
        "a@b",
        "https://example.com/a?x=1&y=2",
    ];
    let attachments: Vec<File> = names
        .iter()
        .enumerate()
        .map(|(place, name)| png(name, 2000 + place))
        .collect();
    for (reference, name) in [
        ("a.png", Some("a.png")),
        ("./a.png", Some("a.png")),
        ("img/a.png", Some("img/a.png")),
        ("./img/a.png", Some("img/a.png")),
        ("cid:a.png", Some("a.png")),
        ("cid:a@b", Some("a@b")),
        ("a.png?v=2", Some("a.png")),
        ("a.png#x", Some("a.png")),
        ("./img/a.png?v=2#x", Some("img/a.png")),
        ("%61.png", Some("a.png")),
        ("img%2fa.png", Some("img/a.png")),
        ("a b.png", Some("a b.png")),
        ("a%20b.png", Some("a b.png")),
        ("%E5%9B%BE.png", Some("图.png")),
        ("图.png", Some("图.png")),
        ("100%.png", Some("100%.png")),
        ("a%3Fb.png", Some("a?b.png")),
        // The literal name comes before any other reading.
        ("b.png?v=2", Some("b.png?v=2")),
        ("b.png?v=3", Some("b.png")),
        (
            "https://example.com/a?x=1&amp;y=2",
            Some("https://example.com/a?x=1&y=2"),
        ),
        ("https://example.com/a?x=1&y=2", Some("https://example.com/a?x=1&y=2")),
        // Other names.
        ("A.png", None),
        ("a.PNG", None),
        ("c/a.png", None),
        ("../a.png", None),
        ("a.png/", None),
        ("a", None),
        // Pictures elsewhere, whatever their names.
        ("https://example.com/a.png", None),
        ("//example.com/a.png", None),
        ("http:a.png", None),
        ("file:a.png", None),
        ("file:///a.png", None),
        ("blob:a.png", None),
        ("blob:https://example.com/a.png", None),
        ("javascript:a.png", None),
        ("?v=2", None),
    ] {
        let marked = format!("<p>a.png<img src=\"⟦{reference}⟧\" alt=\"a.png\">");
        let prepared = session
            .prepare_content(&plain(&marked), &attachments, false)
            .await
            .unwrap();
        let attachment = attachments
            .iter()
            .find(|attachment| Some(attachment.name.as_str()) == name);
        assert_outcomes(&world, &marked, &prepared, &[attachment.map_or(Elsewhere, uploaded)]);
    }
}

#[tokio::test]
async fn references_lists_the_pictures_that_an_attachment_could_replace() {
    let world = World::start().await;
    let mut session = world.session().await;
    let sample = plain(&sample().marked);
    let of_sample = [
        "cover.jpg",
        "./img/a.png",
        "cid:b.png",
        "%E5%9B%BE%E7%89%87.jpg",
        "moving.gif",
        "picture.bmp",
        "large.png",
        // The data beside it are a placeholder.
        "lazy.jpg",
        "one.jpg|two.jpg|one.jpg",
        "paper.png",
    ];
    assert_eq!(listed(&session.references(&sample).await.unwrap()), of_sample);

    let long = format!("https://example.com/{}.png", "图".repeat(200));
    let html = format!(
        "<!-- <img src=a> --><img src='https://example.com/a?x=1&amp;y=&#50;'><IMG DATA-SRC=file:///b.png>\
         <img src=\"\"><img>\
         <picture><source srcset=\"c.png 1x, //example.com/d.png 2x\"><img data-original=d2.png></picture>\
         <svg><image href=e.png xlink:href='f.png'/></svg>\
         <p style=\"background:url( 'g.png' ), url(blob:h)\"><p style='background:url(data:image/png;base64,AA)'>\
         <img src={HOSTED}><img src=\"data:,\"><textarea><img src=t></textarea><img src=\"{long}\"><img src='c.png'>"
    );
    let expected = [
        "https://example.com/a?x=1&y=2",
        "file:///b.png",
        "d2.png|//example.com/d.png|c.png",
        "e.png|f.png",
        "g.png",
        "blob:h",
        &long,
        "c.png",
    ];
    let found = session.references(&html).await.unwrap();
    assert_eq!(listed(&found), expected);
    assert!(session.references("").await.unwrap().is_empty());
    assert!(world.simulator.request_log().is_empty());

    // An attachment can replace each of them.
    let names: std::collections::BTreeSet<_> = found.iter().map(|reference| &reference.source).collect();
    let attachments: Vec<File> = names
        .iter()
        .enumerate()
        .map(|(place, name)| png(name, 2000 + place))
        .collect();
    let prepared = session.prepare_content(&html, &attachments, false).await.unwrap();
    let uploaded = prepared.images.iter().filter(|image| url(&image.outcome).is_some());
    assert_eq!(uploaded.count(), found.len());
    assert!(session.references(&prepared.html).await.unwrap().is_empty());
    for image in &prepared.images {
        if let ImageResult::Uploaded(image) = &image.outcome {
            stored(&world, image);
        }
    }
}

/// Returns the addresses of each reference with bars between them, and a question mark if it is optional.
fn listed(references: &[ImageReference]) -> Vec<String> {
    let references = references.iter().map(|reference| {
        let addresses = [std::slice::from_ref(&reference.source), &reference.alternatives].concat();
        addresses.join("|") + if reference.optional { "?" } else { "" }
    });
    references.collect()
}

// ---- findings ----------------------------------------------------------------------------------

#[tokio::test]
async fn pictures_that_remain_elsewhere_are_findings() {
    let world = World::start().await;
    let mut session = world.session().await;
    let attachments = [png("a.png", 2000)];
    for tag in [
        "<img src=\"@\">",
        "<img data-src=\"@\">",
        "<img srcset=\"@ 2x\">",
        "<picture><source srcset=\"@ 2x\"><img></picture>",
        "<table background=\"@\"><td></table>",
        "<p style=\"background-image:image-set('@' 1x)\">",
        "<p style=\"background-image:url(@)\">",
        "<p style=\"background-image:url(&quot;@&quot;)\">",
        "<svg><image href=\"@\"/></svg>",
        "<svg><image xlink:href=\"@\"/></svg>",
    ] {
        for (address, remains) in [("https://example.com/a.png", true), ("b.png", true), ("a.png", false)] {
            let html = format!("<p>正文</p>{}", tag.replace('@', address));
            let prepared = session.prepare_content(&html, &attachments, false).await.unwrap();
            // Pictures without a width are no loss.
            let found = prepared
                .findings
                .iter()
                .any(|finding| finding.severity != Severity::Advice);
            assert_eq!(found, remains, "{html}: {:?}", prepared.findings);
            // The same findings as those of `draft.check`.
            let findings = session.check_articles(&[news_of(&prepared.html, "M")]).await.unwrap();
            assert_eq!(prepared.findings, findings);
        }
    }
}

#[tokio::test]
async fn findings_list_every_problem_of_the_text() {
    let world = World::start().await;
    let mut session = world.session().await;
    for html in [
        "",
        "<script>x</script>",
        "<p onclick=x>",
        &"写".repeat(20_001),
        &"a".repeat(MIB + 1),
    ] {
        let prepared = session.prepare_content(html, &[], false).await.unwrap();
        let findings = session.check_articles(&[news_of(html, "M")]).await.unwrap();
        assert!(!findings.is_empty());
        assert_eq!(prepared.findings, findings);
    }
}

#[tokio::test]
async fn only_the_pictures_that_the_html_refers_to_are_sent() {
    let world = World::start().await;
    let files = ["cover.jpg", "thumb.jpg"].map(fixture);
    let html = "<p>private words</p><img src=cover.jpg alt=private>";
    let mut session = world.session().await;
    session.prepare_content(html, &files, true).await.unwrap();
    let log = world.simulator.request_log();
    let holds = |bytes: &[u8]| {
        let held = log
            .iter()
            .filter(|entry| entry.body.windows(bytes.len()).any(|window| window == bytes));
        held.count()
    };
    // Once in the text, and once as the cover.
    let [used, unused] = files;
    assert_eq!(holds(&used.bytes), 2);
    assert_eq!((holds(&unused.bytes), holds(b"private")), (0, 0));
}
