//! A plugin that records its calls, and answers as a test says.

use std::collections::VecDeque;

use wechat_official_account_tools::article::Article;
use wechat_official_account_tools::bindings::types::{
    self, ArticleGroup, ArticleImage, ArticleType, Comments, DraftPage, Error, ErrorKind, File, Finding, ImageOutcome,
    ImageReference, ImageResult, MaterialCounts, Prepared, PublicationPage, PublishStatus, Quota, Severity,
    StoredArticle, Submission, UploadedImage,
};
use wechat_official_account_tools::plugin::{Plugin, Result, ready};

/// A plugin with the draft `DRAFT`, whose only article has the title `Hello`.
pub struct Fake {
    /// The operations that were called, in order, each with what decides.
    pub calls: Vec<String>,
    /// The articles that `add` and `update` were given.
    pub written: Vec<types::News>,
    /// The files that were uploaded.
    pub uploaded: Vec<File>,
    /// The answers of `check`, one after the other; then nothing is found.
    pub checks: VecDeque<Vec<Finding>>,
    /// The answer of `compare`.
    pub differences: Vec<Finding>,
    pub references: Vec<ImageReference>,
    /// The files that are handed over.
    pub attachments: Vec<File>,
    /// The answer of `prepare`.
    pub prepared: Result<Prepared>,
    /// The answers of `get`, one after the other; then `draft`.
    pub gets: VecDeque<Result<ArticleGroup>>,
    pub draft: ArticleGroup,
    /// The answer to everything that writes.
    pub write: Result<()>,
    pub status: Result<PublishStatus>,
    pub quota: Result<Quota>,
}

impl Default for Fake {
    fn default() -> Self {
        Self {
            calls: Vec::new(),
            written: Vec::new(),
            uploaded: Vec::new(),
            checks: VecDeque::new(),
            differences: Vec::new(),
            references: Vec::new(),
            attachments: Vec::new(),
            prepared: Ok(prepared(Vec::new(), None)),
            gets: VecDeque::new(),
            draft: draft(vec![stored("Hello")]),
            write: Ok(()),
            status: Ok(PublishStatus::Publishing),
            quota: Ok(Quota {
                daily_limit: 100,
                used: 1,
                remaining: 99,
                rate_limit: None,
            }),
        }
    }
}

impl Fake {
    fn called(&mut self, operation: impl Into<String>) {
        self.calls.push(operation.into());
    }

    fn draft(&mut self) -> Result<ArticleGroup> {
        self.gets.pop_front().unwrap_or_else(|| Ok(self.draft.clone()))
    }

    fn write(&mut self, article: &types::Article) {
        let types::Article::News(news) = article else {
            panic!("a picture message");
        };
        self.written.push(news.clone());
    }
}

impl Plugin for Fake {
    async fn check(&mut self, articles: &[types::Article]) -> Result<Vec<Finding>> {
        let types::Article::News(news) = &articles[0] else {
            panic!("a picture message");
        };
        self.called(format!("check {}", news.content));
        Ok(self.checks.pop_front().unwrap_or_default())
    }

    async fn compare(&mut self, _: &types::Article, stored: &StoredArticle) -> Result<Vec<Finding>> {
        self.called(format!("compare {}", stored.title));
        Ok(self.differences.clone())
    }

    async fn references(&mut self, _: &str) -> Result<Vec<ImageReference>> {
        self.called("references");
        Ok(self.references.clone())
    }

    async fn attachment(&mut self, reference: &ImageReference) -> wechat_official_account_tools::Result<Option<File>> {
        let found = self.attachments.iter().find(|file| file.name == reference.source);
        Ok(found.cloned())
    }

    async fn prepare(&mut self, html: &str, attachments: &[File], with_cover: bool) -> Result<Prepared> {
        let names: Vec<_> = attachments.iter().map(|file| file.name.as_str()).collect();
        self.called(format!("prepare [{}] {with_cover}", names.join(" ")));
        self.prepared.clone().map(|prepared| Prepared {
            html: format!("{html}<!-- prepared -->"),
            ..prepared
        })
    }

    async fn upload_image(&mut self, file: &File) -> Result<UploadedImage> {
        self.called(format!("upload {}", file.name));
        self.uploaded.push(file.clone());
        self.write.clone().map(|()| UploadedImage {
            media_id: "IMAGE".to_owned(),
            url: "https://mmbiz.qpic.cn/image".to_owned(),
        })
    }

    async fn material_counts(&mut self) -> Result<MaterialCounts> {
        self.called("counts");
        Ok(MaterialCounts {
            voice: 1,
            video: 2,
            image: 3,
            news: 4,
        })
    }

    async fn add_draft(&mut self, articles: &[types::Article]) -> Result<String> {
        self.called(format!("add {}", articles.len()));
        self.write(&articles[0]);
        self.write.clone().map(|()| "NEW".to_owned())
    }

    async fn get_draft(&mut self, media_id: &str) -> Result<ArticleGroup> {
        self.called(format!("get {media_id}"));
        self.draft()
    }

    async fn update_draft(&mut self, media_id: &str, index: u32, article: &types::Article) -> Result<()> {
        self.called(format!("update {media_id} {index}"));
        self.write(article);
        self.write.clone()
    }

    async fn delete_draft(&mut self, media_id: &str) -> Result<()> {
        self.called(format!("delete {media_id}"));
        self.write.clone()
    }

    async fn count_drafts(&mut self) -> Result<u64> {
        self.called("count");
        Ok(7)
    }

    async fn list_drafts(&mut self, offset: u32, count: u32) -> Result<DraftPage> {
        self.called(format!("list-drafts {offset} {count}"));
        let mut group = self.draft.clone();
        group.articles.push(stored("Second"));
        Ok(DraftPage {
            total_count: 7,
            items: vec![types::DraftItem {
                media_id: "DRAFT".to_owned(),
                draft: group,
            }],
        })
    }

    async fn submit(&mut self, media_id: &str) -> Result<Submission> {
        self.called(format!("submit {media_id}"));
        self.write.clone().map(|()| Submission {
            publish_id: "TASK".to_owned(),
            msg_data_id: None,
        })
    }

    async fn wait(&mut self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        self.called(format!("wait {publish_id} {timeout_seconds}"));
        self.status.clone()
    }

    async fn list_publications(&mut self, offset: u32, count: u32) -> Result<PublicationPage> {
        self.called(format!("list-published {offset} {count}"));
        Ok(PublicationPage {
            total_count: 1,
            items: vec![types::PublicationItem {
                article_id: "PUBLIC".to_owned(),
                publication: self.draft.clone(),
            }],
        })
    }

    async fn verify(&mut self) -> Result<()> {
        self.called("verify");
        self.write.clone()
    }

    async fn quota(&mut self, api_path: &str) -> Result<Quota> {
        self.called(format!("quota {api_path}"));
        self.quota.clone()
    }
}

/// An article with a cover.
pub fn article() -> Article {
    Article {
        title: "Hello".to_owned(),
        html: "<p>Text</p>".to_owned(),
        author: None,
        summary: None,
        source_url: None,
        cover_media_id: Some("COVER".to_owned()),
        comments: None,
    }
}

/// An article as WeChat stores it.
pub fn stored(title: &str) -> StoredArticle {
    StoredArticle {
        article_type: ArticleType::News,
        title: title.to_owned(),
        author: "An author".to_owned(),
        digest: "A summary".to_owned(),
        content: Some("<p>Stored</p>".to_owned()),
        content_source_url: "https://example.com/".to_owned(),
        thumb_media_id: "STORED-COVER".to_owned(),
        thumb_url: "https://mmbiz.qpic.cn/cover".to_owned(),
        image_media_ids: Vec::new(),
        comments: Comments::Closed,
        url: "https://mp.weixin.qq.com/preview".to_owned(),
        is_deleted: false,
    }
}

pub fn draft(articles: Vec<StoredArticle>) -> ArticleGroup {
    ArticleGroup {
        articles,
        create_time: Some(1),
        update_time: Some(2),
    }
}

pub fn prepared(outcomes: Vec<ImageResult>, cover: Option<std::result::Result<String, Error>>) -> Prepared {
    let images = outcomes.into_iter().map(|outcome| ImageOutcome {
        source: "a.png".to_owned(),
        alternatives: Vec::new(),
        outcome,
    });
    Prepared {
        html: String::new(),
        images: images.collect(),
        cover,
        findings: Vec::new(),
    }
}

pub fn uploaded() -> ImageResult {
    ImageResult::Uploaded(ArticleImage {
        url: "https://mmbiz.qpic.cn/a".to_owned(),
        media_id: None,
    })
}

pub fn error(kind: ErrorKind) -> Error {
    Error {
        kind,
        message: "It failed.".to_owned(),
        advice: "Try again.".to_owned(),
        errcode: Some(-1),
        rid: Some("RID".to_owned()),
        subject: None,
        retry_after_seconds: Some(60),
    }
}

pub fn finding(severity: Severity, field: &str) -> Finding {
    Finding {
        severity,
        article: 0,
        field: field.to_owned(),
        message: format!("{field} is wrong."),
        figure: None,
        rule: None,
        element: None,
    }
}

pub fn reference(source: &str, optional: bool) -> ImageReference {
    ImageReference {
        source: source.to_owned(),
        alternatives: Vec::new(),
        optional,
    }
}

/// Runs a tool, which never waits for this plugin.
pub fn run<T>(
    tool: impl Future<Output = wechat_official_account_tools::Result<T>>,
) -> wechat_official_account_tools::Result<T> {
    ready(tool)
}
