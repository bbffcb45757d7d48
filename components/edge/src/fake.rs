//! A request, a body and a plugin for unit tests.

use wechat_official_account_tools::bindings::types::{
    Article, ArticleGroup, ArticleType, Comments, DraftItem, DraftPage, Error, ErrorKind, File, Finding,
    ImageReference, MaterialCounts, Prepared, Publication, PublicationPage, PublishStatus, Quota, StoredArticle,
    Submission, UploadedImage,
};
use wechat_official_account_tools::plugin::{Plugin, Result};

use crate::http::{Body, BodyError, Headers, Method, Request};
use crate::plugin::{Accounts, Materials};
use crate::settings::Account;

/// A request from its first line, such as `GET /healthz`.
pub fn request(line: &str, headers: &[(&str, &str)]) -> Request {
    let (method, target) = line.split_once(' ').unwrap();
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
    Request {
        method: Method::ALL.into_iter().find(|known| known.name() == method),
        target: target.to_owned(),
        headers: Headers(headers.collect()),
    }
}

/// A body in memory.
pub struct Bytes {
    bytes: std::result::Result<Vec<u8>, BodyError>,
    was_read: bool,
    was_skipped: bool,
}

impl Bytes {
    /// This text.
    pub fn new(text: &str) -> Self {
        Self {
            bytes: Ok(text.into()),
            was_read: false,
            was_skipped: false,
        }
    }

    /// A body that can't be read.
    pub fn failing(error: BodyError) -> Self {
        Self {
            bytes: Err(error),
            was_read: false,
            was_skipped: false,
        }
    }

    /// Returns whether somebody has thrown it away.
    pub fn was_skipped(&self) -> bool {
        self.was_skipped
    }

    /// Returns whether somebody has asked for it.
    pub fn was_read(&self) -> bool {
        self.was_read
    }
}

impl Body for Bytes {
    fn read(&mut self, limit: usize) -> std::result::Result<Vec<u8>, BodyError> {
        self.was_read = true;
        match &self.bytes {
            Ok(bytes) if bytes.len() > limit => Err(BodyError::TooLong),
            bytes => bytes.clone(),
        }
    }

    fn skip(&mut self) {
        self.was_skipped = true;
    }
}

/// A plugin with one draft, `draft-1`, whose title is `Hello`. It remembers every operation.
#[derive(Default)]
pub struct FakePlugin {
    /// The operations so far, each with its main argument.
    pub calls: Vec<String>,
    /// The error of every operation, if there is one.
    pub failure: Option<Error>,
    /// The error of opening an account, if there is one.
    pub refusal: Option<Error>,
}

impl FakePlugin {
    fn call<T>(&mut self, call: &str, result: T) -> Result<T> {
        self.calls.push(call.to_owned());
        match &self.failure {
            Some(error) => Err(error.clone()),
            None => Ok(result),
        }
    }
}

impl Accounts for FakePlugin {
    type Open = Self;

    fn open(&mut self, account: &Account) -> Result<&mut Self> {
        self.calls
            .push(format!("open {}", account.alias.as_deref().unwrap_or("-")));
        match &self.refusal {
            Some(error) => Err(error.clone()),
            None => Ok(self),
        }
    }
}

/// An error of this kind.
pub fn error(kind: ErrorKind) -> Error {
    Error {
        kind,
        message: "Something failed.".to_owned(),
        advice: "Do something.".to_owned(),
        errcode: None,
        rid: None,
        subject: None,
        retry_after_seconds: None,
    }
}

fn stored() -> ArticleGroup {
    ArticleGroup {
        articles: vec![StoredArticle {
            article_type: ArticleType::News,
            title: "Hello".to_owned(),
            author: String::new(),
            digest: String::new(),
            content: Some("<p>Hello.</p>".to_owned()),
            content_source_url: String::new(),
            thumb_media_id: "cover-1".to_owned(),
            thumb_url: String::new(),
            image_media_ids: Vec::new(),
            comments: Comments::Closed,
            url: "https://mp.weixin.qq.com/s/preview".to_owned(),
            is_deleted: false,
        }],
        create_time: None,
        update_time: Some(1),
    }
}

impl Plugin for FakePlugin {
    async fn check(&mut self, _articles: &[Article]) -> Result<Vec<Finding>> {
        Ok(Vec::new())
    }

    async fn compare(&mut self, _sent: &Article, _stored: &StoredArticle) -> Result<Vec<Finding>> {
        Ok(Vec::new())
    }

    async fn references(&mut self, _html: &str) -> Result<Vec<ImageReference>> {
        Ok(Vec::new())
    }

    async fn attachment(&mut self, _reference: &ImageReference) -> wechat_official_account_tools::Result<Option<File>> {
        Ok(None)
    }

    async fn prepare(&mut self, html: &str, _attachments: &[File], _with_cover: bool) -> Result<Prepared> {
        let html = html.to_owned();
        self.call(
            "prepare",
            Prepared {
                html,
                images: Vec::new(),
                cover: None,
                findings: Vec::new(),
            },
        )
    }

    async fn upload_image(&mut self, file: &File) -> Result<UploadedImage> {
        let image = UploadedImage {
            media_id: "image-1".to_owned(),
            url: "https://mmbiz.qpic.cn/1".to_owned(),
        };
        self.call(&format!("upload-image {}", file.name), image)
    }

    async fn material_counts(&mut self) -> Result<MaterialCounts> {
        let counts = MaterialCounts {
            voice: 0,
            video: 0,
            image: 1,
            news: 0,
        };
        self.call("counts", counts)
    }

    async fn add_draft(&mut self, _articles: &[Article]) -> Result<String> {
        self.call("add", "draft-1".to_owned())
    }

    async fn get_draft(&mut self, media_id: &str) -> Result<ArticleGroup> {
        self.call(&format!("get {media_id}"), stored())
    }

    async fn update_draft(&mut self, media_id: &str, index: u32, _article: &Article) -> Result<()> {
        self.call(&format!("update {media_id} {index}"), ())
    }

    async fn delete_draft(&mut self, media_id: &str) -> Result<()> {
        self.call(&format!("delete {media_id}"), ())
    }

    async fn count_drafts(&mut self) -> Result<u64> {
        self.call("count", 1)
    }

    async fn list_drafts(&mut self, offset: u32, count: u32) -> Result<DraftPage> {
        let item = DraftItem {
            media_id: "draft-1".to_owned(),
            draft: stored(),
        };
        let page = DraftPage {
            total_count: 1,
            items: vec![item],
        };
        self.call(&format!("list {offset} {count}"), page)
    }

    async fn submit(&mut self, media_id: &str) -> Result<Submission> {
        let submission = Submission {
            publish_id: "100".to_owned(),
            msg_data_id: None,
        };
        self.call(&format!("submit {media_id}"), submission)
    }

    async fn wait(&mut self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        let publication = Publication {
            article_id: "article-1".to_owned(),
            urls: Vec::new(),
        };
        let status = PublishStatus::Published(publication);
        self.call(&format!("wait {publish_id} {timeout_seconds}"), status)
    }

    async fn list_publications(&mut self, offset: u32, count: u32) -> Result<PublicationPage> {
        let page = PublicationPage {
            total_count: 0,
            items: Vec::new(),
        };
        self.call(&format!("list-published {offset} {count}"), page)
    }

    async fn verify(&mut self) -> Result<()> {
        self.call("verify", ())
    }

    async fn quota(&mut self, _api_path: &str) -> Result<Quota> {
        let quota = Quota {
            daily_limit: 10,
            used: 1,
            remaining: 9,
            rate_limit: None,
        };
        self.call("quota", quota)
    }
}

impl Materials for FakePlugin {
    fn upload_voice(&mut self, file: &File) -> Result<String> {
        self.call(&format!("upload-voice {}", file.name), "voice-1".to_owned())
    }

    fn upload_video(&mut self, file: &File, title: &str, introduction: &str) -> Result<String> {
        let call = format!("upload-video {} {title} {introduction}", file.name);
        self.call(&call, "video-1".to_owned())
    }

    fn upload_thumb(&mut self, file: &File) -> Result<String> {
        self.call(&format!("upload-thumb {}", file.name), "thumb-1".to_owned())
    }

    fn upload_article_image(&mut self, file: &File) -> Result<String> {
        let url = "https://mmbiz.qpic.cn/2".to_owned();
        self.call(&format!("upload-article-image {}", file.name), url)
    }
}
