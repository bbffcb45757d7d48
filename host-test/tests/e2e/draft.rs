//! The promise: drafts are written as given, and read as WeChat has them.

use serde_json::{Value, json};
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{
    Article, ArticleType, Comments, Crop, CropRatio, ErrorKind, News, Pictures, ProductCardType,
};
use wechat_simulator::{self as simulator, ArticleKind, Commerce, Draft, MaterialKind};

use crate::support::{World, assert_json, assert_refused, news, pictures, refused};

const ADD: &str = "/cgi-bin/draft/add";
const GET: &str = "/cgi-bin/draft/get";
const UPDATE: &str = "/cgi-bin/draft/update";
const DELETE: &str = "/cgi-bin/draft/delete";
const COUNT: &str = "/cgi-bin/draft/count";
const LIST: &str = "/cgi-bin/draft/batchget";
const CARD: &str = "/channels/ec/service/product/getcardinfo";

/// The product that the server knows from the start.
const PRODUCT: &str = "1000000000";

/// Returns the server's draft.
#[track_caller]
fn stored(world: &World, media_id: &str) -> Draft {
    world.account(|account| account.drafts.get(media_id).unwrap().clone())
}

/// Stores a draft of one article on the server, as WeChat's website would.
fn put(world: &World, title: &str) -> String {
    let cover = world.permanent_image();
    let article = simulator::Article::news(title, "<p>正文</p>", &cover);
    world.account(|account| account.put_draft(vec![article]))
}

fn drafts(world: &World) -> Vec<String> {
    world.account(|account| account.drafts.keys().cloned().collect())
}

/// Fails unless these articles are refused with this kind and errcode, and no draft was made.
async fn assert_not_added(world: &World, articles: &[Article], kind: ErrorKind, errcode: i32) {
    let before = drafts(world);
    assert_refused(world.session().await.add_draft(articles).await, kind, Some(errcode));
    assert_eq!(drafts(world), before);
}

// ---- add ---------------------------------------------------------------------------------------

#[tokio::test]
async fn news_are_sent_as_in_the_documented_sample() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let content = "<p>正文</p><p><img src=\"http://mmbiz.qpic.cn/sz_mmbiz_png/AbC/0?wx_fmt=png\"></p>";
    let article = News {
        author: Some("张三".to_owned()),
        digest: Some("一句话摘要".to_owned()),
        content_source_url: Some("https://example.com/post/1".to_owned()),
        cover_crops: vec![Crop {
            ratio: CropRatio::Wide,
            x1: 0.0,
            y1: 0.1,
            x2: 1.0,
            y2: 0.9,
        }],
        ..News::new("示例标题", content, &cover)
    };
    session.add_draft(&[Article::News(article)]).await.unwrap();
    assert_json(
        &world.last_request(ADD),
        &json!({"articles": [{
            "article_type": "news", "title": "示例标题", "author": "张三", "digest": "一句话摘要",
            "content": content,
            "content_source_url": "https://example.com/post/1",
            "thumb_media_id": cover,
            "need_open_comment": 0, "only_fans_can_comment": 0,
            "cover_info": {"crop_percent_list": [{"ratio": "2.35_1", "x1": "0", "y1": "0.1", "x2": "1", "y2": "0.9"}]},
        }]}),
    );
}

#[tokio::test]
async fn pictures_are_sent_as_in_the_documented_sample() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (first, second) = (world.permanent_image(), world.permanent_image());
    let article = Pictures {
        title: "周末".to_owned(),
        content: "纯文本，换行用 \n".to_owned(),
        image_media_ids: vec![first.clone(), second.clone()],
        cover_crops: vec![Crop {
            ratio: CropRatio::Square,
            x1: 0.166_454,
            y1: 0.0,
            x2: 0.833_545,
            y2: 1.0,
        }],
        comments: Comments::Closed,
        product_key: None,
    };
    session.add_draft(&[Article::Pictures(article)]).await.unwrap();
    assert_json(
        &world.last_request(ADD),
        &json!({"articles": [{
            "article_type": "newspic", "title": "周末", "content": "纯文本，换行用 \n",
            "need_open_comment": 0, "only_fans_can_comment": 0,
            "image_info": {"image_list": [{"image_media_id": first}, {"image_media_id": second}]},
            "cover_info": {"crop_percent_list": [
                {"ratio": "1_1", "x1": "0.166454", "y1": "0", "x2": "0.833545", "y2": "1"}
            ]},
        }]}),
    );
}

#[tokio::test]
async fn omitted_fields_are_not_sent() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let article = Article::News(News::new("标题", "<p>正文</p>", &cover));
    session.add_draft(&[article]).await.unwrap();
    assert_json(
        &world.last_request(ADD),
        &json!({"articles": [{
            "article_type": "news", "title": "标题", "content": "<p>正文</p>", "thumb_media_id": cover,
            "need_open_comment": 0, "only_fans_can_comment": 0,
        }]}),
    );
}

#[tokio::test]
async fn news_are_stored_exactly() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let id = session.add_draft(&[news("标题 🎉 \"引号\"", &cover)]).await.unwrap();
    let draft = stored(&world, &id);
    let [article] = draft.articles.as_slice() else {
        panic!("{draft:?}")
    };
    assert_eq!(article.kind, ArticleKind::News);
    assert_eq!(article.title, "标题 🎉 \"引号\"");
    assert_eq!(article.author, "张三");
    assert_eq!(article.digest, "一句话摘要 🎉");
    assert_eq!(article.content, "<p>正文 with emoji 😀</p>");
    assert_eq!(article.content_source_url, "https://example.com/post/1");
    assert_eq!(article.thumb_media_id, cover);
}

#[tokio::test]
async fn pictures_are_stored_exactly() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (first, second) = (world.permanent_image(), world.permanent_image());
    let id = session
        .add_draft(&[pictures("周末 👨‍👩‍👧", &[&first, &second])])
        .await
        .unwrap();
    let draft = stored(&world, &id);
    let [article] = draft.articles.as_slice() else {
        panic!("{draft:?}")
    };
    assert_eq!(article.kind, ArticleKind::Newspic);
    assert_eq!(article.title, "周末 👨‍👩‍👧");
    assert_eq!(article.content, "纯文本\n第二行 🌸");
    assert_eq!(article.images, [first, second]);
}

#[tokio::test]
async fn a_draft_holds_both_kinds_in_order() {
    let world = World::start().await;
    let mut session = world.session().await;
    let image = world.permanent_image();
    let articles: Vec<_> = (0..8)
        .map(|number| match number % 2 {
            0 => news(&number.to_string(), &image),
            _ => pictures(&number.to_string(), &[&image]),
        })
        .collect();
    let id = session.add_draft(&articles).await.unwrap();
    let draft = stored(&world, &id);
    let kinds: Vec<_> = draft.articles.iter().map(|article| article.kind).collect();
    assert_eq!(kinds, [ArticleKind::News, ArticleKind::Newspic].repeat(4));
    let titles: String = draft.articles.iter().map(|article| article.title.as_str()).collect();
    assert_eq!(titles, "01234567");
}

#[tokio::test]
async fn text_that_looks_like_an_escape_stays_text() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let (title, content) = (r"C:\u5199 \n", r#"<p>\\ \" \u0041 & &amp;</p>"#);
    let article = Article::News(News::new(title, content, &cover));
    let id = session.add_draft(&[article]).await.unwrap();
    let article = stored(&world, &id).articles.remove(0);
    assert_eq!((article.title.as_str(), article.content.as_str()), (title, content));
}

#[tokio::test]
async fn control_characters_are_dropped_except_newline_and_tab() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let content = "<p>一\u{0}二\u{8}三\u{b}四\r\n五\t六\u{1b}七\u{1f}</p>";
    let article = Article::News(News::new("标\u{7}题", content, &cover));
    let id = session.add_draft(&[article]).await.unwrap();
    let article = stored(&world, &id).articles.remove(0);
    assert_eq!(article.title, "标题");
    assert_eq!(article.content, "<p>一二三四\n五\t六七</p>");
}

#[tokio::test]
async fn each_choice_of_who_may_comment_is_stored() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    for (comments, open, only_fans) in [
        (Comments::Closed, false, false),
        (Comments::Everyone, true, false),
        (Comments::FansOnly, true, true),
    ] {
        let article = News {
            comments,
            ..News::new("标题", "<p>正文</p>", &cover)
        };
        let id = session.add_draft(&[Article::News(article)]).await.unwrap();
        let article = stored(&world, &id).articles.remove(0);
        assert_eq!(
            (article.need_open_comment, article.only_fans_can_comment),
            (open, only_fans)
        );
        let draft = session.get_draft(&id).await.unwrap();
        assert_eq!(draft.articles[0].comments, comments);
    }
}

#[tokio::test]
async fn crops_are_stored_with_six_decimals() {
    let world = World::start().await;
    let mut session = world.session().await;
    let image = world.permanent_image();
    let crop = |ratio| Crop {
        ratio,
        x1: 1.0 / 3.0,
        y1: 0.000_000_4,
        x2: 2.0 / 3.0,
        y2: 1.0,
    };
    let Article::Pictures(plain) = pictures("周末", &[&image]) else {
        panic!("not pictures")
    };
    let article = Pictures {
        cover_crops: vec![
            crop(CropRatio::Wide),
            crop(CropRatio::Square),
            crop(CropRatio::Landscape),
        ],
        ..plain
    };
    let id = session.add_draft(&[Article::Pictures(article)]).await.unwrap();
    let crops = ["2.35_1", "1_1", "16_9"]
        .map(|ratio| json!({"ratio": ratio, "x1": "0.333333", "y1": "0", "x2": "0.666667", "y2": "1"}));
    assert_eq!(
        stored(&world, &id).articles[0].cover_info,
        Some(json!({"crop_percent_list": crops}))
    );
}

#[tokio::test]
async fn temporary_and_deleted_images_are_refused() {
    let world = World::start().await;
    let image = world.permanent_image();
    let temporary = world.account(|account| account.put_media(MaterialKind::Image, "image.jpg", &b"?"[..]));
    let deleted = world.permanent_image();
    world.session().await.delete_material(&deleted).await.unwrap();
    for id in [&temporary, &deleted] {
        assert_not_added(&world, &[news("标题", id)], ErrorKind::InvalidInput, 40007).await;
        let article = pictures("周末", &[&image, id]);
        assert_not_added(&world, &[article], ErrorKind::InvalidInput, 40007).await;
    }
}

#[tokio::test]
async fn comments_need_the_account_s_comment_feature() {
    let world = World::start().await;
    let image = world.permanent_image();
    world.account(|account| account.comment_privilege = false);
    // `support::pictures` is open to comments, `support::news` is not.
    assert_not_added(&world, &[pictures("周末", &[&image])], ErrorKind::Permission, 88000).await;
    world.session().await.add_draft(&[news("标题", &image)]).await.unwrap();
}

#[tokio::test]
async fn a_draft_can_be_refused_for_its_content() {
    let world = World::start().await;
    let image = world.permanent_image();
    for (errcode, kind) in [
        (45166, ErrorKind::ContentRejected),
        (45002, ErrorKind::ContentRejected),
        (45003, ErrorKind::InvalidInput),
        (53402, ErrorKind::InvalidInput),
        (41039, ErrorKind::InvalidInput),
    ] {
        world.account(|account| account.refuse_next(ADD, errcode.into(), "refused"));
        assert_not_added(&world, &[news("标题", &image)], kind, errcode).await;
    }
}

#[tokio::test]
async fn a_busy_server_leaves_the_outcome_of_adding_unknown() {
    let world = World::start().await;
    let image = world.permanent_image();
    world.account(|account| account.refuse_next(ADD, -1, "system error"));
    let error = refused(world.session().await.add_draft(&[news("标题", &image)]).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::OutcomeUnknown, Some(-1)));
    assert!(error.advice.contains("draft.list"), "{error:?}");
    assert_eq!(world.simulator.requests_to(ADD), 1);
}

// ---- get, update, delete -----------------------------------------------------------------------

#[tokio::test]
async fn news_are_read_back() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let id = session.add_draft(&[news("标题 🎉", &cover)]).await.unwrap();
    let draft = session.get_draft(&id).await.unwrap();
    assert_json(&world.last_request(GET), &json!({"media_id": id}));
    let stored = stored(&world, &id);
    assert_eq!(
        (draft.create_time, draft.update_time),
        (Some(stored.create_time), Some(stored.update_time))
    );
    let [article] = draft.articles.as_slice() else {
        panic!("{draft:?}")
    };
    assert_eq!(article.article_type, ArticleType::News);
    assert_eq!(article.title, "标题 🎉");
    assert_eq!(article.author, "张三");
    assert_eq!(article.digest, "一句话摘要 🎉");
    assert_eq!(article.content.as_deref(), Some("<p>正文 with emoji 😀</p>"));
    assert_eq!(article.content_source_url, "https://example.com/post/1");
    assert_eq!(article.thumb_media_id, cover);
    assert_eq!(article.url, stored.articles[0].url);
    let thumb_url = world.account(|account| account.materials.get(&cover).unwrap().url.clone());
    assert_eq!(article.thumb_url, thumb_url);
    assert!(!article.is_deleted);
}

#[tokio::test]
async fn pictures_are_read_back() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (first, second) = (world.permanent_image(), world.permanent_image());
    let id = session
        .add_draft(&[pictures("周末", &[&first, &second])])
        .await
        .unwrap();
    let article = session.get_draft(&id).await.unwrap().articles.remove(0);
    assert_eq!(article.article_type, ArticleType::Pictures);
    // The server leaves the line feed bare in its JSON.
    assert_eq!(article.content.as_deref(), Some("纯文本\n第二行 🌸"));
    assert_eq!(article.image_media_ids, [first, second]);
    assert_eq!(article.comments, Comments::Everyone);
}

#[tokio::test]
async fn strict_json_is_read_as_well() {
    let world = World::start().await;
    let mut session = world.session().await;
    let image = world.permanent_image();
    let id = session.add_draft(&[pictures("周末", &[&image])]).await.unwrap();
    let lenient = session.get_draft(&id).await.unwrap();
    world.simulator.with(|world| world.raw_control_characters = false);
    assert_eq!(session.get_draft(&id).await.unwrap(), lenient);
}

#[tokio::test]
async fn a_missing_draft_is_not_found() {
    let world = World::start().await;
    let mut session = world.session().await;
    let deleted = put(&world, "标题");
    session.delete_draft(&deleted).await.unwrap();
    for id in ["unknown", &deleted] {
        assert_refused(session.get_draft(id).await, ErrorKind::NotFound, Some(40007));
    }
    assert_refused(session.get_draft("").await, ErrorKind::InvalidInput, None);
}

#[tokio::test]
async fn reading_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = put(&world, "标题");
    world.account(|account| account.minute_limits.insert(GET.to_owned(), 0));
    let error = refused(session.get_draft(&id).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}

#[tokio::test]
async fn an_update_replaces_the_article_at_the_index() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let articles = ["一", "二", "三"].map(|title| news(title, &cover));
    let id = session.add_draft(&articles).await.unwrap();
    let article = Article::News(News::new("新 🎉", "<p>新正文</p>", &cover));
    session.update_draft(&id, 1, &article).await.unwrap();
    let draft = stored(&world, &id);
    let titles: Vec<_> = draft.articles.iter().map(|article| article.title.as_str()).collect();
    assert_eq!(titles, ["一", "新 🎉", "三"]);
    // The whole article is replaced: fields that the new one does not have are gone.
    assert_eq!(draft.articles[1].author, "");
    assert_eq!(draft.articles[1].content, "<p>新正文</p>");
    assert_json(
        &world.last_request(UPDATE),
        &json!({"media_id": id, "index": 1, "articles": {
            "article_type": "news", "title": "新 🎉", "content": "<p>新正文</p>", "thumb_media_id": cover,
            "need_open_comment": 0, "only_fans_can_comment": 0,
        }}),
    );
}

#[tokio::test]
async fn pictures_are_updated() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (first, second) = (world.permanent_image(), world.permanent_image());
    let id = session.add_draft(&[pictures("周末", &[&first])]).await.unwrap();
    session
        .update_draft(&id, 0, &pictures("周一", &[&second]))
        .await
        .unwrap();
    let article = stored(&world, &id).articles.remove(0);
    assert_eq!((article.title.as_str(), article.images), ("周一", vec![second]));
}

#[tokio::test]
async fn an_update_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (id, cover) = (put(&world, "标题"), world.permanent_image());
    let article = news("新", &cover);
    let outcome = session.update_draft(&id, 1, &article).await;
    assert_refused(outcome, ErrorKind::InvalidInput, Some(40114));
    let outcome = session.update_draft("unknown", 0, &article).await;
    assert_refused(outcome, ErrorKind::InvalidInput, Some(40007));
    let outcome = session.update_draft(&id, 0, &news("新", "unknown")).await;
    assert_refused(outcome, ErrorKind::InvalidInput, Some(40007));
    world.account(|account| account.deny(UPDATE));
    let outcome = session.update_draft(&id, 0, &article).await;
    assert_refused(outcome, ErrorKind::Permission, Some(48001));
    assert_eq!(stored(&world, &id).articles[0].title, "标题");
}

#[tokio::test]
async fn a_deleted_draft_is_gone() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (gone, kept) = (put(&world, "一"), put(&world, "二"));
    session.delete_draft(&gone).await.unwrap();
    assert_json(&world.last_request(DELETE), &json!({"media_id": gone}));
    assert_eq!(drafts(&world), [kept]);
    assert_refused(session.delete_draft(&gone).await, ErrorKind::NotFound, Some(40007));
}

#[tokio::test]
async fn deleting_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = put(&world, "标题");
    world.account(|account| account.daily_limits.insert(DELETE.to_owned(), 0));
    assert_refused(session.delete_draft(&id).await, ErrorKind::Quota, Some(45009));
    stored(&world, &id);
}

// ---- count, list -------------------------------------------------------------------------------

#[tokio::test]
async fn drafts_are_counted() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert_eq!(session.count_drafts().await.unwrap(), 0);
    for title in ["一", "二", "三"] {
        put(&world, title);
    }
    assert_eq!(session.count_drafts().await.unwrap(), 3);
    let request = world.last_request(COUNT);
    assert_eq!((request.method.as_str(), request.body_length), ("GET", 0));
}

#[tokio::test]
async fn counting_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_next(COUNT, -1, "system error"));
    assert_refused(session.count_drafts().await, ErrorKind::Busy, Some(-1));
    world.account(|account| account.deny("/cgi-bin/draft/"));
    assert_refused(session.count_drafts().await, ErrorKind::Permission, Some(48001));
}

#[tokio::test]
async fn a_list_has_content_on_request() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = put(&world, "标题");
    for (with_content, no_content, content) in [(true, 0, Some("<p>正文</p>")), (false, 1, None)] {
        let page = session.list_drafts(0, 20, with_content).await.unwrap();
        let [item] = page.items.as_slice() else {
            panic!("{page:?}")
        };
        assert_eq!((page.total_count, &item.media_id), (1, &id));
        assert_eq!(item.draft.articles[0].title, "标题");
        assert_eq!(item.draft.articles[0].content.as_deref(), content);
        assert_eq!(item.draft.update_time, Some(stored(&world, &id).update_time));
        assert_json(
            &world.last_request(LIST),
            &json!({"offset": 0, "count": 20, "no_content": no_content}),
        );
    }
}

#[tokio::test]
async fn a_list_is_read_page_by_page_newest_first() {
    let world = World::start().await;
    let mut session = world.session().await;
    let mut ids: Vec<_> = (0..25).map(|number| put(&world, &number.to_string())).collect();
    ids.reverse();
    let mut listed = Vec::new();
    // The last page is past the end.
    for offset in [0, 10, 20, 30] {
        let page = session.list_drafts(offset, 10, false).await.unwrap();
        assert_eq!(page.total_count, 25);
        listed.extend(page.items.into_iter().map(|item| item.media_id));
    }
    assert_eq!(listed, ids);
}

#[tokio::test]
async fn a_page_of_20_large_drafts_is_read() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let content = format!("<p>{}</p>", "写\n".repeat(200_000));
    for _ in 0..20 {
        let article = simulator::Article::news("标题", &content, &cover);
        world.account(|account| account.put_draft(vec![article]));
    }
    let page = session.list_drafts(0, 20, true).await.unwrap();
    assert_eq!(page.items.len(), 20);
    for item in page.items {
        assert!(item.draft.articles[0].content.as_ref() == Some(&content));
    }
}

#[tokio::test]
async fn a_list_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.minute_limits.insert(LIST.to_owned(), 0));
    let error = refused(session.list_drafts(0, 1, false).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}

// ---- product cards -----------------------------------------------------------------------------

/// Requests a card. Returns the request, and whether the card has a key and a markup.
async fn card(world: &World, session: &mut Session, card_type: ProductCardType) -> (Value, bool, bool) {
    let card = session.product_card(PRODUCT, card_type).await.unwrap();
    let sent = world.last_request(CARD);
    (sent.json().unwrap(), card.product_key.is_some(), card.dom.is_some())
}

#[tokio::test]
async fn each_kind_of_card_is_requested_by_its_number() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (card_type, article_type, number, key, dom) in [
        (ProductCardType::NewsLarge, "news", 0, true, true),
        (ProductCardType::NewsSmall, "news", 1, false, true),
        (ProductCardType::NewsTextLink, "news", 2, false, true),
        (ProductCardType::PicturesSmall, "newspic", 1, false, true),
        (ProductCardType::PicturesTextLink, "newspic", 2, false, true),
        (ProductCardType::PicturesBar, "newspic", 3, true, false),
    ] {
        let sent = json!({"product_id": PRODUCT, "article_type": article_type, "card_type": number});
        assert_eq!(card(&world, &mut session, card_type).await, (sent, key, dom));
    }
}

#[tokio::test]
async fn a_card_can_be_used_in_an_article() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let card = session.product_card(PRODUCT, ProductCardType::NewsLarge).await.unwrap();
    let (key, dom) = (card.product_key.unwrap(), card.dom.unwrap());
    let article = News {
        product_key: Some(key.clone()),
        ..News::new("标题", format!("<p>正文</p>{dom}"), &cover)
    };
    let id = session.add_draft(&[Article::News(article)]).await.unwrap();
    let sent = world.last_request(ADD).json().unwrap();
    assert_eq!(
        sent.pointer("/articles/0/product_info"),
        Some(&json!({"footer_product_info": {"product_key": key}}))
    );
    let article = stored(&world, &id).articles.remove(0);
    assert_eq!(article.product_key, Some(key));
    assert!(article.content.contains(&dom), "{}", article.content);
}

#[tokio::test]
async fn an_unknown_product_key_is_refused() {
    let world = World::start().await;
    let cover = world.permanent_image();
    let article = Article::News(News {
        product_key: Some("none".to_owned()),
        ..News::new("标题", "<p>正文</p>", &cover)
    });
    assert_not_added(&world, &[article], ErrorKind::ContentRejected, 53405).await;
}

#[tokio::test]
async fn products_need_the_account_s_commerce_feature() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    let card = session.product_card(PRODUCT, ProductCardType::NewsLarge).await.unwrap();
    let article = Article::News(News {
        product_key: card.product_key,
        ..News::new("标题", "<p>正文</p>", &cover)
    });
    for (commerce, errcode) in [(Commerce::NotOpened, 53406), (Commerce::Barred, 53404)] {
        world.account(|account| account.commerce = commerce);
        let articles = std::slice::from_ref(&article);
        assert_not_added(&world, articles, ErrorKind::Permission, errcode).await;
        let outcome = session.product_card(PRODUCT, ProductCardType::NewsLarge).await;
        assert_refused(outcome, ErrorKind::Permission, Some(errcode));
    }
}

#[tokio::test]
async fn a_card_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let outcome = session.product_card("1", ProductCardType::NewsLarge).await;
    assert_refused(outcome, ErrorKind::InvalidInput, Some(10_170_001));
    for (errcode, kind) in [
        (10_170_002, ErrorKind::InvalidInput),
        (10_170_003, ErrorKind::InvalidInput),
        (-1, ErrorKind::Busy),
    ] {
        world.account(|account| account.refuse_next(CARD, errcode.into(), "refused"));
        let outcome = session.product_card(PRODUCT, ProductCardType::NewsLarge).await;
        assert_refused(outcome, kind, Some(errcode));
    }
}

#[tokio::test]
async fn the_largest_possible_page_is_read() {
    let world = World::start().await;
    // 20 drafts of 1 MiB, with raw line breaks, which a strict parser refuses.
    let line = "<p>第一行\n第二行\t</p>";
    let content = line.repeat(1024 * 1024 / line.len());
    world.account(|account| {
        for number in 0..20 {
            account.put_draft(vec![simulator::Article::news(&number.to_string(), &content, "M")]);
        }
    });
    let mut session = world.session().await;
    let page = session.list_drafts(0, 20, true).await.unwrap();
    assert_eq!((page.total_count, page.items.len()), (20, 20));
    for item in page.items {
        assert_eq!(item.draft.articles[0].content.as_deref(), Some(content.as_str()));
    }
    // The instance goes on working.
    assert_eq!(session.count_drafts().await.unwrap(), 20);
}
