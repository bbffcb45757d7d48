//! The promise: temporary media are stored, and fetched for three days.

use std::time::Duration;

use wechat_official_account_host::Session;
use wechat_official_account_host::types::{Download, ErrorKind, MediaContent, MediaKind, VideoLink};
use wechat_simulator::MaterialKind;

use crate::support::{World, assert_refused, fixture, refused};

const UPLOAD: &str = "/cgi-bin/media/upload";
const GET: &str = "/cgi-bin/media/get";
const GET_VOICE: &str = "/cgi-bin/media/get/jssdk";

/// Stores a fixture on the server as if it had been uploaded.
fn put(world: &World, kind: MaterialKind, name: &str) -> String {
    let bytes = fixture(name).bytes;
    world.account(|account| account.put_media(kind, name, bytes))
}

async fn file(session: &mut Session, media_id: &str) -> Download {
    match session.get_media(media_id).await.unwrap() {
        MediaContent::File(download) => download,
        other => panic!("not a file: {other:?}"),
    }
}

#[tokio::test]
async fn each_kind_is_stored_under_its_own_type_and_name() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (kind, stored_kind, source, name) in [
        (MediaKind::Image, MaterialKind::Image, "animation.gif", "image.gif"),
        (MediaKind::Voice, MaterialKind::Voice, "voice.amr", "voice.amr"),
        (MediaKind::Video, MaterialKind::Video, "video.mp4", "video.mp4"),
        (MediaKind::Thumb, MaterialKind::Thumb, "thumb.jpg", "thumb.jpg"),
    ] {
        let uploaded = session.upload_media(kind, &fixture(source)).await.unwrap();
        let stored = world.account(|account| account.media.get(&uploaded.media_id).unwrap().clone());
        assert_eq!((stored.kind, stored.name.as_str()), (stored_kind, name));
        assert!(stored.bytes == fixture(source).bytes, "{source}");
        assert_eq!(uploaded.created_at, stored.created_at);
        let request = world.last_request(UPLOAD);
        assert_eq!(request.method, "POST");
        assert_eq!(request.query_value("type"), Some(stored_kind.name()));
    }
}

#[tokio::test]
async fn an_upload_can_be_refused_by_the_server() {
    let world = World::start().await;
    let mut session = world.session().await;
    let file = fixture("cover.jpg");
    world.account(|account| account.refuse_next(UPLOAD, 40009, "invalid image size"));
    let outcome = session.upload_media(MediaKind::Image, &file).await;
    assert_refused(outcome, ErrorKind::FileRejected, Some(40009));
    world.account(|account| account.refuse_next(UPLOAD, -1, "system error"));
    let outcome = session.upload_media(MediaKind::Image, &file).await;
    assert_refused(outcome, ErrorKind::Busy, Some(-1));
    world.account(|account| account.daily_limits.insert(UPLOAD.to_owned(), 0));
    let outcome = session.upload_media(MediaKind::Image, &file).await;
    assert_refused(outcome, ErrorKind::Quota, Some(45009));
    world.account(|account| account.deny(UPLOAD));
    let outcome = session.upload_media(MediaKind::Image, &file).await;
    assert_refused(outcome, ErrorKind::Permission, Some(48001));
    assert!(world.account(|account| account.media.is_empty()));
}

#[tokio::test]
async fn files_come_with_their_type_and_name() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (kind, name, media_type) in [
        (MaterialKind::Image, "animation.gif", "image/gif"),
        (MaterialKind::Voice, "voice.amr", "audio/amr"),
        (MaterialKind::Voice, "voice.mp3", "audio/mpeg"),
        (MaterialKind::Thumb, "thumb.jpg", "image/jpeg"),
    ] {
        let id = put(&world, kind, name);
        let download = file(&mut session, &id).await;
        assert!(download.bytes == fixture(name).bytes, "{name}");
        assert_eq!(download.media_type, media_type);
        let (_, extension) = name.split_once('.').unwrap();
        assert_eq!(download.file_name, Some(format!("{id}.{extension}")));
    }
}

#[tokio::test]
async fn a_video_comes_as_a_link_without_title() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = put(&world, MaterialKind::Video, "video.mp4");
    assert_eq!(
        session.get_media(&id).await.unwrap(),
        MediaContent::Video(VideoLink {
            title: String::new(),
            introduction: String::new(),
            url: format!("http://mmbiz.qpic.cn/video/{id}.mp4"),
        })
    );
}

#[tokio::test]
async fn an_id_is_sent_unchanged() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = "-_09azAZ".repeat(20);
    assert_refused(session.get_media(&id).await, ErrorKind::NotFound, Some(40007));
    let request = world.last_request(GET);
    assert_eq!(request.method, "GET");
    let names: Vec<_> = request.query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["access_token", "media_id"]);
    assert_eq!(request.query_value("media_id"), Some(id.as_str()));
}

#[tokio::test]
async fn an_id_that_could_change_the_request_is_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    for id in [
        "图",
        "a&type=image",
        "a#",
        "a?b",
        "a/b",
        "%41",
        "a+",
        "a\"",
        "a\r\nHost: x",
    ] {
        assert_refused(session.get_media(id).await, ErrorKind::InvalidInput, None);
    }
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn media_are_gone_after_three_days() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = put(&world, MaterialKind::Image, "cover.jpg");
    file(&mut session, &id).await;
    world
        .simulator
        .with(|world| world.advance(Duration::from_secs(3 * 86_400)));
    assert_refused(session.get_media(&id).await, ErrorKind::NotFound, Some(40007));
}

#[tokio::test]
async fn fetching_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    assert_refused(session.get_media("").await, ErrorKind::InvalidInput, None);
    assert!(world.simulator.request_log().is_empty());
    let id = put(&world, MaterialKind::Image, "cover.jpg");
    world.account(|account| account.minute_limits.insert(GET.to_owned(), 0));
    let error = refused(session.get_media(&id).await);
    assert_eq!((error.kind, error.errcode), (ErrorKind::Quota, Some(45011)));
    assert_eq!(error.retry_after_seconds, Some(60));
}

#[tokio::test]
async fn a_voice_of_high_quality_comes_as_speex() {
    let world = World::start().await;
    let mut session = world.session().await;
    let (speex, amr) = (fixture("voice.speex").bytes, fixture("voice.amr").bytes);
    let id = world.account(|account| account.put_jssdk_voice(speex.clone(), amr.clone()));
    let download = session.get_voice(&id).await.unwrap();
    assert!(download.bytes == speex);
    assert_eq!(download.file_name, Some(format!("{id}.speex")));
    // Speex in its usual container.
    assert_eq!(download.media_type, "audio/ogg");
    assert_eq!(world.last_request(GET_VOICE).query_value("media_id"), Some(id.as_str()));
    // The same voice from the ordinary endpoint.
    assert!(file(&mut session, &id).await.bytes == amr);
}

#[tokio::test]
async fn unrecognised_bytes_keep_the_server_s_media_type() {
    let world = World::start().await;
    let mut session = world.session().await;
    let id = world.account(|account| account.put_jssdk_voice(&b"bare frames"[..], &b""[..]));
    assert_eq!(session.get_voice(&id).await.unwrap().media_type, "voice/speex");
}

#[tokio::test]
async fn a_voice_of_high_quality_can_be_refused() {
    let world = World::start().await;
    let mut session = world.session().await;
    let ordinary = put(&world, MaterialKind::Voice, "voice.amr");
    assert_refused(session.get_voice(&ordinary).await, ErrorKind::NotFound, Some(40007));
    world.account(|account| account.deny(GET_VOICE));
    assert_refused(session.get_voice(&ordinary).await, ErrorKind::Permission, Some(48001));
}
