//! The promise: wrong input is refused with its field and the reason, without a request.

use wechat_official_account_host::types::{
    Article, Config, Crop, CropRatio, DeleteWhich, Error, ErrorKind, File, MaterialKind, MediaKind, News, Pictures,
    ProductCardType, Severity, Timeouts, Token,
};
use wechat_official_account_host::{self as host, Session};

use crate::support::{World, config, fixture, padded, refused};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// A call of the component.
enum Ask {
    Open(Config),
    Quota(&'static str),
    Explain(&'static str),
    UploadImage(File),
    UploadVoice(File),
    UploadVideo(File, &'static str),
    UploadThumb(File),
    UploadArticleImage(File),
    UploadMedia(MediaKind, File),
    GetMaterial(&'static str),
    DeleteMaterial(&'static str),
    ListMaterial(u32),
    GetMedia(&'static str),
    GetVoice(&'static str),
    Add(Vec<Article>),
    Update(&'static str, u32, Article),
    GetDraft(&'static str),
    DeleteDraft(&'static str),
    ListDrafts(u32),
    ProductCard(&'static str),
    Submit(&'static str),
    Status(&'static str),
    Wait(&'static str),
    GetPublication(&'static str),
    ListPublications(u32),
    DeletePublication(&'static str, DeleteWhich),
    Prepare(Vec<File>),
}

impl Ask {
    /// Makes the call, and drops the answer.
    async fn of(self, world: &World, session: &mut Session) -> host::Result<()> {
        match self {
            Self::Open(config) => Session::open(&world.host, &config).await.map(drop),
            Self::Quota(path) => session.quota(path).await.map(drop),
            Self::Explain(rid) => session.explain(rid).await.map(drop),
            Self::UploadImage(file) => session.upload_material_image(&file).await.map(drop),
            Self::UploadVoice(file) => session.upload_material_voice(&file).await.map(drop),
            Self::UploadVideo(file, title) => session.upload_material_video(&file, title, "").await.map(drop),
            Self::UploadThumb(file) => session.upload_material_thumb(&file).await.map(drop),
            Self::UploadArticleImage(file) => session.upload_article_image(&file).await.map(drop),
            Self::UploadMedia(kind, file) => session.upload_media(kind, &file).await.map(drop),
            Self::GetMaterial(id) => session.get_material(id).await.map(drop),
            Self::DeleteMaterial(id) => session.delete_material(id).await,
            Self::ListMaterial(count) => session.list_material(MaterialKind::Image, 0, count).await.map(drop),
            Self::GetMedia(id) => session.get_media(id).await.map(drop),
            Self::GetVoice(id) => session.get_voice(id).await.map(drop),
            Self::Add(articles) => session.add_draft(&articles).await.map(drop),
            Self::Update(id, index, article) => session.update_draft(id, index, &article).await,
            Self::GetDraft(id) => session.get_draft(id).await.map(drop),
            Self::DeleteDraft(id) => session.delete_draft(id).await,
            Self::ListDrafts(count) => session.list_drafts(0, count, false).await.map(drop),
            Self::ProductCard(id) => session.product_card(id, ProductCardType::NewsLarge).await.map(drop),
            Self::Submit(id) => session.submit(id).await.map(drop),
            Self::Status(id) => session.publish_status(id).await.map(drop),
            Self::Wait(id) => session.wait_published(id, 0).await.map(drop),
            Self::GetPublication(id) => session.get_publication(id).await.map(drop),
            Self::ListPublications(count) => session.list_publications(0, count, false).await.map(drop),
            Self::DeletePublication(id, which) => session.delete_publication(id, which).await,
            Self::Prepare(files) => session.prepare_content("<img src=a.jpg>", &files, true).await.map(drop),
        }
    }
}

/// Opens an account with a changed configuration.
fn open(change: impl FnOnce(&mut Config)) -> Ask {
    let mut config = config();
    change(&mut config);
    Ask::Open(config)
}

fn base(base: &str) -> Ask {
    open(|config| config.api_base = Some(base.to_owned()))
}

fn timeouts(connect: u32, first_byte: u32, between_bytes: u32, call: u32) -> Ask {
    open(|config| {
        config.timeouts = Some(Timeouts {
            connect_milliseconds: connect,
            first_byte_milliseconds: first_byte,
            between_bytes_milliseconds: between_bytes,
            call_milliseconds: call,
        });
    })
}

/// Prepares an article with attachments of these names.
fn attached(names: &[&str]) -> Ask {
    let attachment = |name: &&str| File {
        name: (*name).to_owned(),
        ..fixture("cover.jpg")
    };
    Ask::Prepare(names.iter().map(attachment).collect())
}

fn sound_news() -> News {
    match crate::support::news("标题", "M") {
        Article::News(news) => news,
        Article::Pictures(_) => panic!("not news"),
    }
}

/// Makes news with a change.
fn changed(change: impl FnOnce(&mut News)) -> Article {
    let mut news = sound_news();
    change(&mut news);
    Article::News(news)
}

fn news(change: impl FnOnce(&mut News)) -> Ask {
    Ask::Add(vec![changed(change)])
}

fn changed_pictures(change: impl FnOnce(&mut Pictures)) -> Article {
    match crate::support::pictures("周末", &["M"]) {
        Article::Pictures(mut pictures) => {
            change(&mut pictures);
            Article::Pictures(pictures)
        }
        Article::News(_) => panic!("not pictures"),
    }
}

fn pictures(change: impl FnOnce(&mut Pictures)) -> Ask {
    Ask::Add(vec![changed_pictures(change)])
}

fn cover(id: &str) -> Ask {
    news(|news| news.thumb_media_id = id.to_owned())
}

fn source(url: &str) -> Ask {
    news(|news| news.content_source_url = Some(url.to_owned()))
}

fn crop(ratio: CropRatio, [x1, y1, x2, y2]: [f64; 4]) -> Crop {
    Crop { ratio, x1, y1, x2, y2 }
}

fn wide(edges: [f64; 4]) -> Ask {
    news(|news| news.cover_crops = vec![crop(CropRatio::Wide, edges)])
}

/// Makes the fixture with these bytes at this offset.
fn patched(name: &str, at: usize, bytes: &[u8]) -> File {
    let mut file = fixture(name);
    file.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

fn named(name: &str, bytes: &[u8]) -> File {
    File {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

const WHOLE: [f64; 4] = [0.0, 0.0, 1.0, 1.0];

/// Returns the calls, each with the field or file that the refusal names, and words of its message.
fn cases() -> Vec<(Ask, &'static str, &'static str)> {
    vec![
        // The configuration.
        (open(|config| config.app_id.clear()), "app-id", "empty"),
        (open(|config| config.app_id.push(' ')), "app-id", "letter"),
        (open(|config| config.app_secret.clear()), "app-secret", "empty"),
        (open(|config| config.app_secret.push('\n')), "app-secret", "letter"),
        (base(""), "api-base", "https://"),
        (base("api.weixin.qq.com"), "api-base", "https://"),
        (base("ftp://api.weixin.qq.com"), "api-base", "https://"),
        (base("http://api.weixin.qq.com"), "api-base", "another machine"),
        (base("http://localhost.example.com"), "api-base", "another machine"),
        (base("http://127.0.0.1.example.com"), "api-base", "another machine"),
        (base("http://10.0.0.1"), "api-base", "another machine"),
        (base("https://api.weixin.qq.com/cgi-bin"), "api-base", "host"),
        (base("https://api.weixin.qq.com?a=b"), "api-base", "host"),
        (base("https://api.weixin.qq.com/?a=b"), "api-base", "host"),
        (base("https://api.weixin.qq.com#a"), "api-base", "host"),
        (base("https://user@api.weixin.qq.com"), "api-base", "host"),
        (base("https://user:pass@api.weixin.qq.com"), "api-base", "port"),
        (base("https://api.weixin.qq.com:0"), "api-base", "port"),
        (base("https://api.weixin.qq.com:65536"), "api-base", "port"),
        (base("https://api weixin"), "api-base", "host"),
        (timeouts(0, 1, 1, 1), "timeouts.connect-milliseconds", "is 0"),
        (timeouts(1, 0, 1, 1), "timeouts.first-byte-milliseconds", "is 0"),
        (timeouts(1, 1, 0, 1), "timeouts.between-bytes-milliseconds", "is 0"),
        (timeouts(1, 1, 1, 0), "timeouts.call-milliseconds", "is 0"),
        (
            open(|config| config.retry_pauses_milliseconds = Some(vec![1; 11])),
            "retry-pauses-milliseconds",
            "at most 10",
        ),
        (
            open(|config| config.publish_poll_milliseconds = Some(0)),
            "publish-poll-milliseconds",
            "is 0",
        ),
        (
            open(|config| {
                config.token = Some(Token::new("", 7200));
            }),
            "token",
            "empty",
        ),
        (Ask::Quota("cgi-bin/draft/add"), "api-path", "slash"),
        (
            Ask::Quota("https://api.weixin.qq.com/cgi-bin/draft/add"),
            "api-path",
            "slash",
        ),
        (Ask::Explain(""), "rid", "empty"),
        (Ask::Explain("rid: 61725984"), "rid", "URL"),
        // Files: type.
        (
            Ask::UploadImage(fixture("picture.webp")),
            "picture.webp",
            "webp, 2.0 KB; a permanent image is jpg, png, gif or bmp of at most 10 MB",
        ),
        (
            Ask::UploadArticleImage(padded("picture.webp", 12 * MIB / 10)),
            "picture.webp",
            "webp, 1.2 MB; a picture in an article is jpg or png below 1 MB",
        ),
        (
            Ask::UploadArticleImage(fixture("animation.gif")),
            "animation.gif",
            "gif, 0.5 KB; ",
        ),
        (
            Ask::UploadThumb(fixture("article.png")),
            "article.png",
            "png, 1.3 KB; a permanent thumb is jpg",
        ),
        (
            Ask::UploadVoice(fixture("voice.speex")),
            "voice.speex",
            "ogg, 3.7 KB; a permanent voice is mp3, wma, wav or amr",
        ),
        (
            Ask::UploadVideo(fixture("animation.gif"), "标题"),
            "animation.gif",
            "a permanent video is mp4",
        ),
        (
            Ask::UploadMedia(MediaKind::Image, fixture("picture.bmp")),
            "picture.bmp",
            "bmp, 4.6 KB; ",
        ),
        (
            Ask::UploadMedia(MediaKind::Voice, fixture("voice.wav")),
            "voice.wav",
            "a temporary voice is mp3 or amr",
        ),
        (
            Ask::UploadMedia(MediaKind::Video, fixture("voice.mp3")),
            "voice.mp3",
            "a temporary video is mp4",
        ),
        (
            Ask::UploadMedia(MediaKind::Thumb, fixture("article.png")),
            "article.png",
            "a temporary thumb is jpg",
        ),
        (
            Ask::UploadImage(named("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")),
            "a.svg",
            "svg, ",
        ),
        (
            Ask::UploadImage(named("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")),
            "a.heic",
            "heic, ",
        ),
        (
            Ask::UploadImage(named("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif")),
            "a.avif",
            "avif, ",
        ),
        (
            Ask::UploadImage(named("a.jpg", b"<!DOCTYPE html><title>404</title>")),
            "a.jpg",
            "html, ",
        ),
        (
            Ask::UploadVideo(named("a.mp4", b"\0\0\0\x14ftypqt  \0\0\0\0qt  "), "标题"),
            "a.mp4",
            "mov, ",
        ),
        // Unrecognised bytes.
        (
            Ask::UploadVoice(named("a.mp3", &[0])),
            "a.mp3",
            "can't be recognised from its bytes; a permanent voice is mp3",
        ),
        (
            Ask::UploadImage(named("a.jpg", b"text")),
            "a.jpg",
            "can't be recognised",
        ),
        (
            Ask::UploadMedia(MediaKind::Video, named("a.mp4", &[0; 100])),
            "a.mp4",
            "can't be recognised",
        ),
        // Size.
        (Ask::UploadImage(named("a.jpg", b"")), "a.jpg", "empty"),
        (Ask::UploadMedia(MediaKind::Thumb, named("", b"")), "", "empty"),
        (
            Ask::UploadImage(padded("cover.jpg", 10 * MIB + 1)),
            "cover.jpg",
            "10.1 MB; ",
        ),
        (
            Ask::UploadVoice(padded("voice.mp3", 2 * MIB + 1)),
            "voice.mp3",
            "2.1 MB; ",
        ),
        (
            Ask::UploadVideo(padded("video.mp4", 10 * MIB + 1), "标题"),
            "video.mp4",
            "10.1 MB; ",
        ),
        (
            Ask::UploadThumb(padded("thumb.jpg", 64 * KIB + 1)),
            "thumb.jpg",
            "64.1 KB; ",
        ),
        (
            Ask::UploadArticleImage(padded("article.png", MIB)),
            "article.png",
            "png, 1.0 MB; ",
        ),
        (
            Ask::UploadMedia(MediaKind::Image, padded("cover.jpg", 10 * MIB + 1)),
            "cover.jpg",
            "10.1 MB; ",
        ),
        (
            Ask::UploadMedia(MediaKind::Voice, padded("voice.amr", 2 * MIB + 1)),
            "voice.amr",
            "2.1 MB; ",
        ),
        (
            Ask::UploadMedia(MediaKind::Video, padded("video.mp4", 10 * MIB + 1)),
            "video.mp4",
            "10.1 MB; ",
        ),
        (
            Ask::UploadMedia(MediaKind::Thumb, padded("thumb.jpg", 64 * KIB + 1)),
            "thumb.jpg",
            "64.1 KB; ",
        ),
        // Pictures.
        (
            Ask::UploadImage(padded("cover.jpg", 100)),
            "cover.jpg",
            "damaged or cut off",
        ),
        (
            Ask::UploadArticleImage(padded("article.png", 20)),
            "article.png",
            "damaged or cut off",
        ),
        (
            Ask::UploadMedia(MediaKind::Image, padded("animation.gif", 9)),
            "animation.gif",
            "damaged or cut off",
        ),
        (
            Ask::UploadImage(patched("article.png", 16, &[0; 4])),
            "article.png",
            "0 × 200 pixels",
        ),
        (
            Ask::UploadImage(patched("picture.bmp", 22, &[0; 4])),
            "picture.bmp",
            "48 × 0 pixels",
        ),
        (
            Ask::UploadImage(patched("animation.gif", 6, &[0; 4])),
            "animation.gif",
            "0 × 0 pixels",
        ),
        (
            Ask::UploadImage(patched("article.png", 16, &[0, 0, 0x46, 0x62, 0, 0, 0x5F, 0x9D])),
            "article.png",
            "18018 × 24477 pixels",
        ),
        // Voices.
        (
            Ask::UploadVoice(fixture("voice-61s.mp3")),
            "voice-61s.mp3",
            "61 seconds; ",
        ),
        (
            Ask::UploadVoice(fixture("voice-61s.wav")),
            "voice-61s.wav",
            "61 seconds; ",
        ),
        (
            Ask::UploadMedia(MediaKind::Voice, fixture("voice-61s.amr")),
            "voice-61s.amr",
            "at most 2 MB and 60 seconds",
        ),
        (Ask::UploadVideo(fixture("video.mp4"), ""), "title", "empty"),
        // Ids.
        (Ask::GetMaterial(""), "media-id", "empty"),
        (
            Ask::GetMaterial("http://mmbiz.qpic.cn/mmbiz_jpg/x/0"),
            "media-id",
            "URL",
        ),
        (Ask::DeleteMaterial(" M"), "media-id", "blank"),
        (Ask::GetMedia("a/b"), "media-id", "path"),
        (Ask::GetVoice("voice.amr"), "media-id", "file name"),
        (Ask::GetDraft("草稿"), "media-id", "character"),
        (Ask::DeleteDraft("M\n"), "media-id", "line break"),
        (Ask::ProductCard(""), "product-id", "empty"),
        (Ask::ProductCard("1000 000"), "product-id", "blank"),
        (Ask::Submit("wxfile://tmp_1"), "media-id", "temporary file"),
        (Ask::Status(""), "publish-id", "empty"),
        (Ask::Status("26.5"), "publish-id", "file name"),
        (Ask::Wait("\"2650177668\""), "publish-id", "character"),
        (Ask::GetPublication("https://mp.weixin.qq.com/s/x"), "article-id", "URL"),
        (Ask::DeletePublication("", DeleteWhich::All), "article-id", "empty"),
        (Ask::Update("", 0, changed(|_| {})), "media-id", "empty"),
        // Pages and indices.
        (Ask::ListMaterial(0), "count", "1 to 20"),
        (Ask::ListMaterial(21), "count", "1 to 20"),
        (Ask::ListDrafts(0), "count", "1 to 20"),
        (Ask::ListDrafts(21), "count", "1 to 20"),
        (Ask::ListDrafts(u32::MAX), "count", "1 to 20"),
        (Ask::ListPublications(0), "count", "1 to 20"),
        (Ask::ListPublications(21), "count", "1 to 20"),
        (Ask::Update("M", 100, changed(|_| {})), "index", "100"),
        (Ask::Update("M", u32::MAX, changed(|_| {})), "index", "not below"),
        (
            Ask::DeletePublication("A", DeleteWhich::One(u32::MAX)),
            "which",
            "not below",
        ),
        // Articles.
        (Ask::Add(Vec::new()), "articles", "empty"),
        (news(|news| news.title.clear()), "title", "title is empty"),
        (
            news(|news| news.title = "\r\u{0}".to_owned()),
            "title",
            "title is empty",
        ),
        (
            news(|news| news.title = "写".repeat(65)),
            "title",
            "has 65 characters; WeChat takes at most 64",
        ),
        (
            news(|news| news.author = Some("🎉".repeat(17))),
            "author",
            "17 characters; WeChat takes at most 16",
        ),
        (
            news(|news| news.digest = Some("摘".repeat(129))),
            "digest",
            "129 characters; WeChat takes at most 128",
        ),
        (news(|news| news.content.clear()), "content", "content is empty"),
        (
            news(|news| news.content = "a".repeat(MIB + 1)),
            "content",
            "1048577 bytes; WeChat takes at most 1048576",
        ),
        (source("example.com"), "content-source-url", "http://"),
        (source("ftp://example.com/"), "content-source-url", "http://"),
        (source("javascript:alert(1)"), "content-source-url", "http://"),
        (source("http://localhost:8080/"), "content-source-url", "public"),
        (source("http://127.0.0.1/"), "content-source-url", "public"),
        (source("http://[::1]/"), "content-source-url", "public"),
        (source("https://intranet/"), "content-source-url", "public"),
        (source("https://example.com/a b"), "content-source-url", "blank"),
        (
            source(&format!("https://example.com/{}", "a".repeat(1005))),
            "content-source-url",
            "1025 bytes",
        ),
        (
            cover(""),
            "thumb-media-id",
            "is empty; give the media-id that material.upload-image returned",
        ),
        (cover("cover.jpg"), "thumb-media-id", "file name"),
        (cover("http://tmp/cover"), "thumb-media-id", "temporary file"),
        (cover("https://mmbiz.qpic.cn/x"), "thumb-media-id", "URL"),
        (
            news(|news| news.product_key = Some(String::new())),
            "product-key",
            "empty",
        ),
        (wide([0.0, 0.0, 1.1, 1.0]), "cover-crops", "wide is not a part"),
        (wide([-0.1, 0.0, 1.0, 1.0]), "cover-crops", "not a part"),
        (wide([0.0, f64::NAN, 1.0, 1.0]), "cover-crops", "not a part"),
        (wide([0.0, 0.0, f64::INFINITY, 1.0]), "cover-crops", "not a part"),
        (wide([0.5, 0.0, 0.5, 1.0]), "cover-crops", "not a part"),
        (
            news(|news| news.cover_crops = vec![crop(CropRatio::Square, WHOLE); 2]),
            "cover-crops",
            "square is there twice",
        ),
        (
            news(|news| news.cover_crops = vec![crop(CropRatio::Landscape, WHOLE)]),
            "cover-crops",
            "landscape is for pictures only",
        ),
        (pictures(|pictures| pictures.title.clear()), "title", "empty"),
        (
            pictures(|pictures| pictures.title = "🌸".repeat(65)),
            "title",
            "65 characters",
        ),
        (pictures(|pictures| pictures.content.clear()), "content", "empty"),
        (
            pictures(|pictures| pictures.image_media_ids.clear()),
            "image-media-ids",
            "empty",
        ),
        (
            pictures(|pictures| pictures.image_media_ids = vec!["M".to_owned(); 21]),
            "image-media-ids",
            "21 pictures; WeChat takes at most 20",
        ),
        (
            pictures(|pictures| pictures.image_media_ids = vec!["M".to_owned(), "b.png".to_owned()]),
            "image-media-ids",
            "at 1 looks like a file name",
        ),
        (
            pictures(|pictures| pictures.product_key = Some(String::new())),
            "product-key",
            "empty",
        ),
        (
            pictures(|pictures| pictures.cover_crops = vec![crop(CropRatio::Landscape, [0.0, 0.9, 1.0, 0.1])]),
            "cover-crops",
            "landscape is not a part",
        ),
        // The index of the article, and the number of further errors.
        (
            Ask::Add(vec![changed(|_| {}), changed(|news| news.title.clear())]),
            "title",
            "article 1: title is empty",
        ),
        (
            news(|news| {
                news.title.clear();
                news.content.clear();
                news.thumb_media_id.clear();
            }),
            "title",
            "title is empty; 2 more: see draft.check",
        ),
        (
            Ask::Update("M", 0, changed_pictures(|pictures| pictures.title.clear())),
            "title",
            "title is empty",
        ),
        (
            Ask::Update("M", 0, changed(|news| news.author = Some("张".repeat(17)))),
            "author",
            "17 characters",
        ),
        // Pictures of an article.
        (attached(&["a.jpg", ""]), "attachments", "no name"),
        (
            attached(&["a.jpg", "./a.jpg"]),
            "attachments",
            "two attachments are named ./a.jpg",
        ),
    ]
}

#[tokio::test]
async fn wrong_input_is_refused_with_its_field_and_without_a_request() {
    let world = World::start().await;
    let mut session = world.session().await;
    let cases = cases();
    assert!(cases.len() >= 80, "{}", cases.len());
    for (place, (ask, subject, words)) in cases.into_iter().enumerate() {
        let is_file = matches!(
            ask,
            Ask::UploadImage(_)
                | Ask::UploadVoice(_)
                | Ask::UploadThumb(_)
                | Ask::UploadArticleImage(_)
                | Ask::UploadMedia(..)
        ) || matches!(&ask, Ask::UploadVideo(_, title) if !title.is_empty());
        let kind = match is_file {
            true => ErrorKind::FileRejected,
            false => ErrorKind::InvalidInput,
        };
        let error: Error = refused(ask.of(&world, &mut session).await);
        let found = (error.kind, error.errcode, error.subject.as_deref());
        assert_eq!(found, (kind, None, Some(subject)), "case {place}: {error:?}");
        assert!(error.message.contains(words), "case {place}, {words:?}: {error:?}");
        assert!(!error.advice.is_empty(), "case {place}: {error:?}");
    }
    // There was no token request either.
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn checking_articles_asks_nobody() {
    let world = World::start().await;
    let mut session = world.session().await;
    for (ask, subject, words) in cases() {
        let articles = match ask {
            Ask::Add(articles) => articles,
            Ask::Update("M", 0, article) => vec![article],
            _ => continue,
        };
        let findings = session.check_articles(&articles).await.unwrap();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let fields: Vec<&str> = errors.map(|finding| finding.field.as_str()).collect();
        assert_eq!(fields.first(), Some(&subject), "{words}");
    }
    assert!(
        session
            .check_articles(&[Article::News(sound_news())])
            .await
            .unwrap()
            .is_empty()
    );
    assert!(world.simulator.request_log().is_empty());
}

#[tokio::test]
async fn unusual_but_valid_input_is_sent() {
    let world = World::start().await;
    let mut session = world.session().await;
    let image = world.permanent_image();
    let odd = |change: fn(&mut News)| {
        Ask::Add(vec![changed(|news| {
            news.thumb_media_id = image.clone();
            change(news);
        })])
    };
    let asks = [
        odd(|news| news.title = "写".repeat(64)),
        odd(|news| news.author = Some("🎉".repeat(16))),
        odd(|news| news.digest = Some("摘".repeat(128))),
        odd(|news| {
            news.author = Some(String::new());
            news.digest = Some(String::new());
            news.content_source_url = Some(String::new());
        }),
        odd(|news| news.content = "写".repeat(20_001)),
        odd(|news| news.content_source_url = Some("https://例子.中国/路径?a=b#c".to_owned())),
        odd(|news| news.content_source_url = Some("http://8.8.8.8:8080".to_owned())),
        odd(|news| {
            news.content =
                "<p onclick=x>正文<script></script><img src=data:,><a href=https://example.com>x</a>".to_owned();
        }),
        odd(|news| news.cover_crops = vec![crop(CropRatio::Wide, WHOLE), crop(CropRatio::Square, WHOLE)]),
        Ask::Add(vec![changed_pictures(|pictures| {
            pictures.image_media_ids = vec![image.clone(); 20];
            pictures.content = "1 < 2 & <3".to_owned();
            pictures.cover_crops = vec![crop(CropRatio::Landscape, WHOLE)];
        })]),
        Ask::UploadImage(named("picture.png", &fixture("photo-1.jpg").bytes)),
        Ask::UploadVoice(named("", &fixture("voice.wma").bytes)),
        Ask::UploadImage(padded("cover.jpg", 10 * MIB)),
        Ask::UploadArticleImage(padded("article.png", MIB - 1)),
        Ask::UploadVoice(fixture("voice-60s.mp3")),
        // The rows are stored from the top, so the height is negative.
        Ask::UploadImage(patched("picture.bmp", 22, &(-32_i32).to_le_bytes())),
        Ask::UploadMedia(MediaKind::Image, {
            // Fill bytes are between the segments.
            let mut file = fixture("cover.jpg");
            file.bytes.splice(2..2, [0xFF, 0xFF]);
            file
        }),
        Ask::UploadVideo(fixture("video.mp4"), "🎬"),
        Ask::ListDrafts(20),
        base("https://api.weixin.qq.com/"),
        base("http://127.0.0.1:1"),
        base("http://[::1]:1"),
    ];
    for (place, ask) in asks.into_iter().enumerate() {
        let outcome = ask.of(&world, &mut session).await;
        assert!(outcome.is_ok(), "case {place}: {outcome:?}");
    }
}
