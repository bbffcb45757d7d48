//! The promise: reading a draft back shows everything that WeChat changed or dropped of it without a word.

use wechat_official_account_host::types::{Article, Finding, News, Pictures};
use wechat_simulator::{Fault, FaultRule};

use crate::support::World;

/// Adds the article while a fault is at work, reads it back, and compares the two.
async fn sent_and_compared(world: &World, article: Article, fault: Option<Fault>) -> Vec<Finding> {
    let mut session = world.session().await;
    if let Some(fault) = fault {
        world
            .simulator
            .inject(FaultRule::new("/cgi-bin/draft/add", fault).times(1));
    }
    let draft = session.add_draft(std::slice::from_ref(&article)).await.unwrap();
    let stored = session.get_draft(&draft).await.unwrap().articles.remove(0);
    session.compare_article(&article, &stored).await.unwrap()
}

fn sound(world: &World) -> News {
    let cover = world.permanent_image();
    let picture = world.account(|account| account.materials.get(&cover).unwrap().url.clone());
    News {
        author: Some("张三".to_owned()),
        content_source_url: Some("https://example.com/post".to_owned()),
        ..News::new(
            "标题 & more",
            format!(
                "<section style=\"color:red;margin:0\"><p>第一段，有字。</p><img src=\"{picture}\"><p style=\"line-height:2\">\
                 第二段 &amp; 结尾。</p></section>"
            ),
            &cover,
        )
    }
}

#[tokio::test]
async fn an_article_that_arrived_whole_has_no_finding() {
    let world = World::start().await;
    let news = sound(&world);
    assert_eq!(
        sent_and_compared(&world, Article::News(news.clone()), None).await.len(),
        0
    );
    let whole = News {
        content: format!(
            "<!DOCTYPE html><html><head><title>x</title></head><body>{}</body></html>",
            news.content
        ),
        digest: Some("摘要".to_owned()),
        ..news
    };
    assert_eq!(sent_and_compared(&world, Article::News(whole), None).await.len(), 0);
    let ids = [world.permanent_image(), world.permanent_image()];
    let pictures = Pictures::new("标题", "第一行\r\n第二行", ids.to_vec());
    assert_eq!(
        sent_and_compared(&world, Article::Pictures(pictures), None).await.len(),
        0
    );
}

#[tokio::test]
async fn every_change_on_the_way_is_told() {
    let world = World::start().await;
    for (fault, field, words) in [
        (Fault::StyleEmptied, "content", "came back empty"),
        (Fault::TitleCut, "title", "was sent"),
        (Fault::PictureDropped, "content", "1 pictures less than were sent"),
        (Fault::TextLost, "content", "they differ from character"),
    ] {
        let article = Article::News(sound(&world));
        let findings = sent_and_compared(&world, article, Some(fault.clone())).await;
        let told = |finding: &Finding| finding.field == field && finding.message.contains(words);
        assert!(findings.iter().any(told), "{fault:?}: {findings:?}");
    }
}

#[tokio::test]
async fn the_parts_that_wechat_drops_are_told() {
    let world = World::start().await;
    let mut news = sound(&world);
    news.content += "<p style=\"position:absolute;width:calc(100% - 1px)\">三</p><a href=\"https://example.com/\">四</a>\
                     <img src=\"https://example.com/a.png\"><video src=\"https://example.com/a.mp4\">五</video>";
    let messages: Vec<_> = sent_and_compared(&world, Article::News(news), None)
        .await
        .into_iter()
        .map(|finding| finding.message)
        .collect();
    for words in [
        "pictures less than were sent: example.com/a.png",
        "links less than were sent: example.com/",
        "elements less than were sent: video",
        "style declarations less than were sent: position, width",
        "they differ from character",
    ] {
        assert!(
            messages.iter().any(|message| message.contains(words)),
            "{words}: {messages:?}"
        );
    }
}
