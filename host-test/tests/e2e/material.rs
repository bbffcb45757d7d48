//! The promise: permanent material is stored, listed, fetched and deleted.

use serde_json::json;
use wechat_official_account_host::Session;
use wechat_official_account_host::types::{
    Download, ErrorKind, MaterialContent, MaterialCounts, MaterialKind as Kind, VideoLink,
};
use wechat_simulator::{Article, Material, MaterialKind};

use crate::support::{World, assert_framed, assert_json, assert_refused, fixture, refused};

const ADD: &str = "/cgi-bin/material/add_material";
const UPLOAD_IMAGE: &str = "/cgi-bin/media/uploadimg";
const GET: &str = "/cgi-bin/material/get_material";
const DELETE: &str = "/cgi-bin/material/del_material";
const COUNT: &str = "/cgi-bin/material/get_materialcount";
const LIST: &str = "/cgi-bin/material/batchget_material";

/// Returns the server's material.
#[track_caller]
fn stored(world: &World, media_id: &str) -> Material {
    world.account(|account| account.materials.get(media_id).unwrap().clone())
}

/// Stores a fixture on the server as if it had been uploaded.
fn put(world: &World, kind: MaterialKind, name: &str) -> String {
    let bytes = fixture(name).bytes;
    world.account(|account| account.put_material(kind, name, bytes))
}

async fn file(session: &mut Session, media_id: &str) -> Download {
    match session.get_material(media_id).await.unwrap() {
        MaterialContent::File(download) => download,
        other => panic!("not a file: {other:?}"),
    }
}

#[tokio::test]
async fn an_image_is_stored_and_its_url_is_returned() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (source, name) in [("cover.jpg", "image.jpg"), ("picture.bmp", "image.bmp")] {
        let image = session.upload_material_image(&fixture(source)).await.unwrap();
        let stored = stored(&world, &image.media_id);
        assert_eq!((stored.kind, stored.name.as_str()), (MaterialKind::Image, name));
        assert!(stored.bytes == fixture(source).bytes, "{source}");
        assert_eq!(image.url, stored.url);
        assert_eq!(world.last_request(ADD).query_value("type"), Some("image"));
    }
}

#[tokio::test]
async fn an_upload_looks_as_in_the_documented_sample() {
    let world = World::start().await;
    let mut session = world.session().await;
    let file = fixture("photo-2.jpg");
    session.upload_material_image(&file).await.unwrap();
    let request = world.last_request(ADD);
    let boundary = "-----------------------------------------------w00000000";
    assert_framed(&request, &format!("multipart/form-data; boundary={boundary}"));
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"image.jpg\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let body = [head.as_bytes(), &file.bytes, tail.as_bytes()].concat();
    assert!(request.body == body);
    let names: Vec<_> = request.query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["access_token", "type"]);
}

#[tokio::test]
async fn an_image_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let error = refused(session.upload_material_image(&fixture("picture.webp")).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::FileRejected, None));
    assert_eq!(error.subject.as_deref(), Some("picture.webp"));
    assert!(world.simulator.request_log().is_empty());
    world.account(|account| account.refuse_next(ADD, 40137, "invalid image format"));
    let outcome = session.upload_material_image(&fixture("cover.jpg")).await;
    assert_refused(outcome, ErrorKind::FileRejected, Some(40137));
    world.account(|account| account.daily_limits.insert(ADD.to_owned(), 0));
    let outcome = session.upload_material_image(&fixture("cover.jpg")).await;
    assert_refused(outcome, ErrorKind::Quota, Some(45009));
}

#[tokio::test]
async fn a_busy_server_leaves_the_outcome_of_an_upload_unknown() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_next(ADD, -1, "system error"));
    let error = refused(session.upload_material_image(&fixture("cover.jpg")).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::OutcomeUnknown, Some(-1)));
    assert!(error.advice.contains("material.list"), "{error:?}");
    assert_eq!(world.simulator.requests_to(ADD), 1);
}

#[tokio::test]
async fn a_voice_is_stored() {
    let world = World::start().await;
    let mut session = world.session().await;
    for name in ["voice.mp3", "voice.wma", "voice.wav", "voice.amr"] {
        let id = session.upload_material_voice(&fixture(name)).await.unwrap();
        let stored = stored(&world, &id);
        assert_eq!((stored.kind, stored.name.as_str()), (MaterialKind::Voice, name));
        assert!(stored.bytes == fixture(name).bytes, "{name}");
        assert_eq!(world.last_request(ADD).query_value("type"), Some("voice"));
    }
}

#[tokio::test]
async fn a_voice_that_is_too_long_is_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    for name in ["voice-61s.mp3", "voice-61s.wav", "voice-61s.amr"] {
        let error = refused(session.upload_material_voice(&fixture(name)).await);
        assert_eq!(
            (error.kind, error.errcode),
            (ErrorKind::FileRejected, None),
            "{error:?}"
        );
        assert!(error.message.contains("61 seconds"), "{error:?}");
    }
    assert!(world.simulator.request_log().is_empty());
    for name in ["voice-60s.mp3", "voice-60s.wav", "voice-60s.amr"] {
        session.upload_material_voice(&fixture(name)).await.unwrap();
    }
}

#[tokio::test]
async fn a_voice_can_be_refused_by_the_server() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.refuse_next(ADD, 45007, "playtime out of limit"));
    let outcome = session.upload_material_voice(&fixture("voice.mp3")).await;
    assert_refused(outcome, ErrorKind::FileRejected, Some(45007));
}

#[tokio::test]
async fn a_video_is_stored_with_title_and_introduction() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (title, introduction) = ("周末 🎉 \"引号\"", "第一行\n第二行 \\u5199 </p> 🌸");
    let video = fixture("video.mp4");
    let id = session
        .upload_material_video(&video, title, introduction)
        .await
        .unwrap();
    let stored = stored(&world, &id);
    assert_eq!((stored.kind, stored.name.as_str()), (MaterialKind::Video, "video.mp4"));
    assert!(stored.bytes == video.bytes);
    assert_eq!(
        (stored.title.as_str(), stored.introduction.as_str()),
        (title, introduction)
    );
    assert_eq!(world.last_request(ADD).query_value("type"), Some("video"));
}

#[tokio::test]
async fn title_and_introduction_of_a_video_are_a_field_of_raw_json() {
    let world = World::start().await;
    let mut session = world.session().await;
    session
        .upload_material_video(&fixture("video.mp4"), "标题 🎉", "介绍")
        .await
        .unwrap();
    let boundary = "-------------------------------------------------w00000000";
    let end = format!(
        "\r\n{boundary}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n\
         {{\"title\":\"标题 🎉\",\"introduction\":\"介绍\"}}\r\n{boundary}--\r\n"
    );
    assert!(world.last_request(ADD).body.ends_with(end.as_bytes()));
}

#[tokio::test]
async fn a_video_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let outcome = session.upload_material_video(&fixture("voice.wma"), "标题", "").await;
    assert_refused(outcome, ErrorKind::FileRejected, None);
    assert!(world.simulator.request_log().is_empty());
    world.account(|account| account.deny(ADD));
    let outcome = session.upload_material_video(&fixture("video.mp4"), "标题", "").await;
    assert_refused(outcome, ErrorKind::Permission, Some(48001));
}

#[tokio::test]
async fn a_thumb_is_stored() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = session.upload_material_thumb(&fixture("thumb.jpg")).await.unwrap();
    let stored = stored(&world, &id);
    assert_eq!((stored.kind, stored.name.as_str()), (MaterialKind::Thumb, "thumb.jpg"));
    assert!(stored.bytes == fixture("thumb.jpg").bytes);
    assert_eq!(world.last_request(ADD).query_value("type"), Some("thumb"));
}

#[tokio::test]
async fn a_thumb_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let outcome = session.upload_material_thumb(&fixture("article.png")).await;
    assert_refused(outcome, ErrorKind::FileRejected, None);
    world.account(|account| account.refuse_next(ADD, 40012, "invalid thumb size"));
    let outcome = session.upload_material_thumb(&fixture("thumb.jpg")).await;
    assert_refused(outcome, ErrorKind::FileRejected, Some(40012));
}

#[tokio::test]
async fn an_article_image_has_a_url_and_no_media_id() {
    let world = World::start().await;
    let mut session = world.session().await;
    let url = session.upload_article_image(&fixture("article.png")).await.unwrap();
    world.account(|account| {
        assert!(*account.article_images.get(&url).unwrap() == fixture("article.png").bytes);
        assert!(account.materials.is_empty());
    });
    assert_eq!(world.last_request(UPLOAD_IMAGE).query_value("type"), None);
}

#[tokio::test]
async fn an_article_image_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let outcome = session.upload_article_image(&fixture("animation.gif")).await;
    assert_refused(outcome, ErrorKind::FileRejected, None);
    assert!(world.simulator.request_log().is_empty());
    world.account(|account| account.minute_limits.insert(UPLOAD_IMAGE.to_owned(), 0));
    let error = refused(session.upload_article_image(&fixture("article.png")).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}

#[tokio::test]
async fn files_come_with_their_true_type_whatever_the_server_calls_it() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (kind, name, media_type) in [
        (MaterialKind::Image, "cover.jpg", "image/jpeg"),
        (MaterialKind::Image, "article.png", "image/png"),
        (MaterialKind::Voice, "voice.mp3", "audio/mpeg"),
        (MaterialKind::Thumb, "thumb.jpg", "image/jpeg"),
    ] {
        let id = put(&world, kind, name);
        // The server labels the same file in three ways.
        for _ in 0..3 {
            let download = file(&mut session, &id).await;
            assert!(download.bytes == fixture(name).bytes, "{name}");
            assert_eq!(download.media_type, media_type);
            assert_eq!(download.file_name.as_deref(), Some(name));
        }
        assert_json(&world.last_request(GET), &json!({"media_id": id}));
    }
}

#[tokio::test]
async fn a_file_that_looks_like_a_reply_is_a_file() {
    let world = World::start().await;
    let mut session = world.session().await;
    let text = br#"{"errcode":40007,"errmsg":"invalid media_id"}"#;
    let id = world.account(|account| account.put_material(MaterialKind::Voice, "voice.mp3", &text[..]));
    assert_eq!(file(&mut session, &id).await.bytes, text);
}

#[tokio::test]
async fn a_video_comes_as_a_link() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = session
        .upload_material_video(&fixture("video.mp4"), "标题 🎉", "第一行\n第二行")
        .await
        .unwrap();
    assert_eq!(
        session.get_material(&id).await.unwrap(),
        MaterialContent::Video(VideoLink {
            title: "标题 🎉".to_owned(),
            introduction: "第一行\n第二行".to_owned(),
            url: format!("http://mmbiz.qpic.cn/video/{id}.mp4"),
        })
    );
}

#[tokio::test]
async fn old_news_come_with_their_articles() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = world.permanent_image();
    // The server leaves line feeds and tabs bare in its JSON.
    let content = "<p>第一行\n\t第二行 😀</p>";
    let articles = vec![
        Article::news("旧文章", content, &cover),
        Article::news("第二篇", "<p></p>", &cover),
    ];
    let id = world.account(|account| account.put_news(articles));
    let MaterialContent::News(news) = session.get_material(&id).await.unwrap() else {
        panic!("not news")
    };
    assert_eq!(news.articles.len(), 2);
    assert_eq!(news.articles[0].title, "旧文章");
    assert_eq!(news.articles[0].content.as_deref(), Some(content));
    assert_eq!(news.articles[0].thumb_media_id, cover);
    // Lists of material have it, a single one has not (wechat-api §8.2, §8.5).
    assert_eq!(news.articles[0].thumb_url, "");
    assert_eq!(news.update_time, Some(stored(&world, &id).update_time));
}

#[tokio::test]
async fn missing_material_is_not_found() {
    let world = World::start().await;
    let mut session = world.session().await;
    let deleted = put(&world, MaterialKind::Image, "cover.jpg");
    session.delete_material(&deleted).await.unwrap();
    let temporary = world.account(|account| account.put_media(MaterialKind::Image, "image.jpg", &b"?"[..]));
    for id in ["unknown", &deleted, &temporary] {
        assert_refused(session.get_material(id).await, ErrorKind::NotFound, Some(40007));
    }
}

#[tokio::test]
async fn fetching_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert_refused(session.get_material("").await, ErrorKind::InvalidInput, None);
    assert!(world.simulator.request_log().is_empty());
    let id = put(&world, MaterialKind::Image, "cover.jpg");
    world.account(|account| account.daily_limits.insert(GET.to_owned(), 0));
    assert_refused(session.get_material(&id).await, ErrorKind::Quota, Some(45009));
}

#[tokio::test]
async fn deleted_material_is_gone() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (gone, kept) = (world.permanent_image(), world.permanent_image());
    session.delete_material(&gone).await.unwrap();
    let left = world.account(|account| account.materials.keys().cloned().collect::<Vec<_>>());
    assert_eq!(left, [kept]);
    assert_json(&world.last_request(DELETE), &json!({"media_id": gone}));
    assert_refused(session.delete_material(&gone).await, ErrorKind::NotFound, Some(40007));
}

#[tokio::test]
async fn material_in_use_is_not_deleted() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = world.permanent_image();
    world.account(|account| account.materials.get_mut(&id).unwrap().referenced = true);
    assert_refused(session.delete_material(&id).await, ErrorKind::InvalidInput, Some(48005));
    stored(&world, &id);
}

#[tokio::test]
async fn counts_are_listed_by_kind() {
    let world = World::start().await;
    let mut session = world.session().await;
    put(&world, MaterialKind::Voice, "voice.mp3");
    for _ in 0..2 {
        put(&world, MaterialKind::Video, "video.mp4");
    }
    for _ in 0..3 {
        put(&world, MaterialKind::Image, "cover.jpg");
    }
    for _ in 0..4 {
        world.account(|account| account.put_news(Vec::new()));
    }
    put(&world, MaterialKind::Thumb, "thumb.jpg");
    assert_eq!(
        session.count_material().await.unwrap(),
        MaterialCounts {
            voice: 1,
            video: 2,
            image: 3,
            news: 4,
        }
    );
    let request = world.last_request(COUNT);
    assert_eq!((request.method.as_str(), request.body_length), ("GET", 0));
}

#[tokio::test]
async fn counting_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.deny("/cgi-bin/material/"));
    assert_refused(session.count_material().await, ErrorKind::Permission, Some(48001));
    world.account(|account| account.refuse_next(COUNT, -1, "system error"));
    assert_refused(session.count_material().await, ErrorKind::Busy, Some(-1));
}

#[tokio::test]
async fn each_kind_has_a_list() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cover = put(&world, MaterialKind::Image, "cover.jpg");
    put(&world, MaterialKind::Thumb, "thumb.jpg");
    let voice = put(&world, MaterialKind::Voice, "voice.mp3");
    let video = put(&world, MaterialKind::Video, "video.mp4");
    let articles = vec![Article::news("旧文章", "<p>正文\n😀</p>", &cover)];
    let news = world.account(|account| account.put_news(articles));
    for (kind, id, name) in [
        (Kind::Image, &cover, "cover.jpg"),
        (Kind::Voice, &voice, "voice.mp3"),
        (Kind::Video, &video, "video.mp4"),
        (Kind::News, &news, ""),
    ] {
        let page = session.list_material(kind, 0, 20).await.unwrap();
        let [item] = page.items.as_slice() else {
            panic!("{kind:?}: {page:?}")
        };
        assert_eq!(page.total_count, 1);
        assert_eq!((&item.media_id, item.name.as_str()), (id, name));
        let stored = stored(&world, id);
        assert_eq!((item.update_time, &item.url), (stored.update_time, &stored.url));
        let titles: Vec<_> = item.articles.iter().map(|article| article.title.as_str()).collect();
        let expected: &[&str] = if kind == Kind::News { &["旧文章"] } else { &[] };
        assert_eq!(titles, expected);
        assert_json(
            &world.last_request(LIST),
            &json!({"type": stored.kind.name(), "offset": 0, "count": 20}),
        );
    }
}

#[tokio::test]
async fn a_list_is_read_page_by_page_newest_first() {
    let world = World::start().await;
    let mut session = world.session().await;
    let mut ids: Vec<_> = (0..25).map(|_| world.permanent_image()).collect();
    ids.reverse();
    let mut listed = Vec::new();
    for offset in [0, 10, 20, 30] {
        let page = session.list_material(Kind::Image, offset, 10).await.unwrap();
        assert_eq!(page.total_count, 25);
        listed.extend(page.items.into_iter().map(|item| item.media_id));
    }
    assert_eq!(listed, ids);
}

#[tokio::test]
async fn a_list_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    world.account(|account| account.minute_limits.insert(LIST.to_owned(), 0));
    let error = refused(session.list_material(Kind::Image, 0, 1).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}
