//! Conversions of the contract's types, and a function for each operation. Generated from `wit/`: do not edit.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use wechat_official_account_host::types::*;

use crate::arguments::{Attachments, File as Source};
use crate::call::Call;
use crate::client::Client;
use crate::convert::{Class, FromPy, ToPy, argument, field, in_python, is, member, no_case, wrong};
use crate::facts::{Choice, Facts};
use crate::operation::{answered, operation, with_file, with_files};

static ERROR_KIND: Class = Class::new("ErrorKind");
static DOWNLOAD: Class = Class::new("Download");
static VIDEO_LINK: Class = Class::new("VideoLink");
static TIMEOUTS: Class = Class::new("Timeouts");
static RATE_LIMIT: Class = Class::new("RateLimit");
static QUOTA: Class = Class::new("Quota");
static REQUEST_RECORD: Class = Class::new("RequestRecord");
static COMMENTS: Class = Class::new("Comments");
static CROP: Class = Class::new("Crop");
static NEWS: Class = Class::new("News");
static PICTURES: Class = Class::new("Pictures");
static SEVERITY: Class = Class::new("Severity");
static FIGURE: Class = Class::new("Figure");
static FINDING: Class = Class::new("Finding");
static ARTICLE_TYPE: Class = Class::new("ArticleType");
static STORED_ARTICLE: Class = Class::new("StoredArticle");
static ARTICLE_GROUP: Class = Class::new("ArticleGroup");
static UPLOADED_IMAGE: Class = Class::new("UploadedImage");
static MATERIAL_COUNTS: Class = Class::new("MaterialCounts");
static MATERIAL_ITEM: Class = Class::new("MaterialItem");
static MATERIAL_PAGE: Class = Class::new("MaterialPage");
static UPLOADED_MEDIA: Class = Class::new("UploadedMedia");
static ARTICLE_IMAGE: Class = Class::new("ArticleImage");
static IMAGE_REFERENCE: Class = Class::new("ImageReference");
static IMAGE_UPLOADED: Class = Class::new("ImageUploaded");
static IMAGE_KEPT: Class = Class::new("ImageKept");
static IMAGE_UNSURE: Class = Class::new("ImageUnsure");
static IMAGE_ELSEWHERE: Class = Class::new("ImageElsewhere");
static IMAGE_FAILED: Class = Class::new("ImageFailed");
static IMAGE_OUTCOME: Class = Class::new("ImageOutcome");
static PREPARED: Class = Class::new("Prepared");
static DRAFT_ITEM: Class = Class::new("DraftItem");
static DRAFT_PAGE: Class = Class::new("DraftPage");
static PRODUCT_CARD: Class = Class::new("ProductCard");
static SUBMISSION: Class = Class::new("Submission");
static PUBLICATION: Class = Class::new("Publication");
static PUBLISHED: Class = Class::new("Published");
static PUBLISHING: Class = Class::new("Publishing");
static ORIGINAL_DECLARATION_FAILED: Class = Class::new("OriginalDeclarationFailed");
static PUBLISH_FAILED: Class = Class::new("PublishFailed");
static REVIEW_REFUSED: Class = Class::new("ReviewRefused");
static DELETED_BY_USER: Class = Class::new("DeletedByUser");
static BANNED_BY_SYSTEM: Class = Class::new("BannedBySystem");
static UNKNOWN_STATUS: Class = Class::new("UnknownStatus");
static PUBLICATION_ITEM: Class = Class::new("PublicationItem");
static PUBLICATION_PAGE: Class = Class::new("PublicationPage");
static DELETE_ALL: Class = Class::new("DeleteAll");
static DELETE_ONE: Class = Class::new("DeleteOne");

impl ToPy for ErrorKind {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = match self {
            Self::InvalidInput => "invalid-input",
            Self::Credentials => "credentials",
            Self::IpNotAllowed => "ip-not-allowed",
            Self::Permission => "permission",
            Self::Quota => "quota",
            Self::NotFound => "not-found",
            Self::FileRejected => "file-rejected",
            Self::ContentRejected => "content-rejected",
            Self::AccountState => "account-state",
            Self::Busy => "busy",
            Self::Network => "network",
            Self::Tls => "tls",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::MalformedReply => "malformed-reply",
            Self::Other => "other",
        };
        member(py, &ERROR_KIND, text)
    }
}

impl FromPy for Language {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "Language")?;
        Ok(match text.as_str() {
            "en" => Self::En,
            "zh" => Self::Zh,
            _ => return Err(no_case("Language", "en, zh")),
        })
    }
}

impl ToPy for Download {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        DOWNLOAD.make(
            py,
            [
                self.media_type.to_py(py)?,
                PyBytes::new(py, &self.bytes).into_any(),
                self.file_name.to_py(py)?,
            ],
        )
    }
}

impl ToPy for VideoLink {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        VIDEO_LINK.make(
            py,
            [self.title.to_py(py)?, self.introduction.to_py(py)?, self.url.to_py(py)?],
        )
    }
}

impl FromPy for Timeouts {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !is(value, &TIMEOUTS)? {
            return Err(wrong(value, "Timeouts"));
        }
        Ok(Self {
            connect_milliseconds: field(value, "connect_milliseconds")?,
            first_byte_milliseconds: field(value, "first_byte_milliseconds")?,
            between_bytes_milliseconds: field(value, "between_bytes_milliseconds")?,
            call_milliseconds: field(value, "call_milliseconds")?,
        })
    }
}

impl ToPy for RateLimit {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        RATE_LIMIT.make(py, [self.call_count.to_py(py)?, self.refresh_seconds.to_py(py)?])
    }
}

impl ToPy for Quota {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        QUOTA.make(
            py,
            [
                self.daily_limit.to_py(py)?,
                self.used.to_py(py)?,
                self.remaining.to_py(py)?,
                self.rate_limit.to_py(py)?,
            ],
        )
    }
}

impl ToPy for RequestRecord {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        REQUEST_RECORD.make(
            py,
            [
                self.invoke_time.to_py(py)?,
                self.cost_milliseconds.to_py(py)?,
                self.request_url.to_py(py)?,
                self.request_body.to_py(py)?,
                self.response_body.to_py(py)?,
                self.client_ip.to_py(py)?,
            ],
        )
    }
}

impl ToPy for Comments {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = match self {
            Self::Closed => "closed",
            Self::Everyone => "everyone",
            Self::FansOnly => "fans-only",
        };
        member(py, &COMMENTS, text)
    }
}

impl FromPy for Comments {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "Comments")?;
        Ok(match text.as_str() {
            "closed" => Self::Closed,
            "everyone" => Self::Everyone,
            "fans-only" => Self::FansOnly,
            _ => return Err(no_case("Comments", "closed, everyone, fans-only")),
        })
    }
}

impl FromPy for CropRatio {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "CropRatio")?;
        Ok(match text.as_str() {
            "wide" => Self::Wide,
            "square" => Self::Square,
            "landscape" => Self::Landscape,
            _ => return Err(no_case("CropRatio", "wide, square, landscape")),
        })
    }
}

impl FromPy for Crop {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !is(value, &CROP)? {
            return Err(wrong(value, "Crop"));
        }
        Ok(Self {
            ratio: field(value, "ratio")?,
            x1: field(value, "x1")?,
            y1: field(value, "y1")?,
            x2: field(value, "x2")?,
            y2: field(value, "y2")?,
        })
    }
}

impl FromPy for News {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !is(value, &NEWS)? {
            return Err(wrong(value, "News"));
        }
        Ok(Self {
            title: field(value, "title")?,
            content: field(value, "content")?,
            thumb_media_id: field(value, "thumb_media_id")?,
            author: field(value, "author")?,
            digest: field(value, "digest")?,
            content_source_url: field(value, "content_source_url")?,
            cover_crops: field(value, "cover_crops")?,
            comments: field(value, "comments")?,
            product_key: field(value, "product_key")?,
        })
    }
}

impl FromPy for Pictures {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !is(value, &PICTURES)? {
            return Err(wrong(value, "Pictures"));
        }
        Ok(Self {
            title: field(value, "title")?,
            content: field(value, "content")?,
            image_media_ids: field(value, "image_media_ids")?,
            cover_crops: field(value, "cover_crops")?,
            comments: field(value, "comments")?,
            product_key: field(value, "product_key")?,
        })
    }
}

impl FromPy for Article {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if is(value, &NEWS)? {
            return Ok(Self::News(FromPy::from_py(value)?));
        }
        if is(value, &PICTURES)? {
            return Ok(Self::Pictures(FromPy::from_py(value)?));
        }
        Err(wrong(value, "News or Pictures"))
    }
}

impl ToPy for Severity {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        };
        member(py, &SEVERITY, text)
    }
}

impl ToPy for Figure {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        FIGURE.make(py, [self.found.to_py(py)?, self.limit.to_py(py)?])
    }
}

impl ToPy for Finding {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        FINDING.make(
            py,
            [
                self.severity.to_py(py)?,
                self.article.to_py(py)?,
                in_python(&self.field).as_ref().to_py(py)?,
                self.message.to_py(py)?,
                self.figure.to_py(py)?,
                self.rule.to_py(py)?,
                self.element.to_py(py)?,
            ],
        )
    }
}

impl ToPy for ArticleType {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = match self {
            Self::News => "news",
            Self::Pictures => "pictures",
            Self::Unknown => "unknown",
        };
        member(py, &ARTICLE_TYPE, text)
    }
}

impl FromPy for ArticleType {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "ArticleType")?;
        Ok(match text.as_str() {
            "news" => Self::News,
            "pictures" => Self::Pictures,
            "unknown" => Self::Unknown,
            _ => return Err(no_case("ArticleType", "news, pictures, unknown")),
        })
    }
}

impl ToPy for StoredArticle {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        STORED_ARTICLE.make(
            py,
            [
                self.article_type.to_py(py)?,
                self.title.to_py(py)?,
                self.author.to_py(py)?,
                self.digest.to_py(py)?,
                self.content_source_url.to_py(py)?,
                self.thumb_media_id.to_py(py)?,
                self.thumb_url.to_py(py)?,
                self.image_media_ids.to_py(py)?,
                self.comments.to_py(py)?,
                self.url.to_py(py)?,
                self.is_deleted.to_py(py)?,
                self.content.to_py(py)?,
            ],
        )
    }
}

impl FromPy for StoredArticle {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !is(value, &STORED_ARTICLE)? {
            return Err(wrong(value, "StoredArticle"));
        }
        Ok(Self {
            article_type: field(value, "article_type")?,
            title: field(value, "title")?,
            author: field(value, "author")?,
            digest: field(value, "digest")?,
            content_source_url: field(value, "content_source_url")?,
            thumb_media_id: field(value, "thumb_media_id")?,
            thumb_url: field(value, "thumb_url")?,
            image_media_ids: field(value, "image_media_ids")?,
            comments: field(value, "comments")?,
            url: field(value, "url")?,
            is_deleted: field(value, "is_deleted")?,
            content: field(value, "content")?,
        })
    }
}

impl ToPy for ArticleGroup {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        ARTICLE_GROUP.make(
            py,
            [
                self.articles.to_py(py)?,
                self.create_time.to_py(py)?,
                self.update_time.to_py(py)?,
            ],
        )
    }
}

impl ToPy for UploadedImage {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        UPLOADED_IMAGE.make(py, [self.media_id.to_py(py)?, self.url.to_py(py)?])
    }
}

impl ToPy for MaterialContent {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::News(value) => value.to_py(py),
            Self::Video(value) => value.to_py(py),
            Self::File(value) => value.to_py(py),
        }
    }
}

impl FromPy for MaterialKind {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "MaterialKind")?;
        Ok(match text.as_str() {
            "image" => Self::Image,
            "voice" => Self::Voice,
            "video" => Self::Video,
            "news" => Self::News,
            _ => return Err(no_case("MaterialKind", "image, voice, video, news")),
        })
    }
}

impl ToPy for MaterialCounts {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        MATERIAL_COUNTS.make(
            py,
            [
                self.voice.to_py(py)?,
                self.video.to_py(py)?,
                self.image.to_py(py)?,
                self.news.to_py(py)?,
            ],
        )
    }
}

impl ToPy for MaterialItem {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        MATERIAL_ITEM.make(
            py,
            [
                self.media_id.to_py(py)?,
                self.name.to_py(py)?,
                self.update_time.to_py(py)?,
                self.url.to_py(py)?,
                self.articles.to_py(py)?,
            ],
        )
    }
}

impl ToPy for MaterialPage {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        MATERIAL_PAGE.make(py, [self.total_count.to_py(py)?, self.items.to_py(py)?])
    }
}

impl FromPy for MediaKind {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "MediaKind")?;
        Ok(match text.as_str() {
            "image" => Self::Image,
            "voice" => Self::Voice,
            "video" => Self::Video,
            "thumb" => Self::Thumb,
            _ => return Err(no_case("MediaKind", "image, voice, video, thumb")),
        })
    }
}

impl ToPy for UploadedMedia {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        UPLOADED_MEDIA.make(py, [self.media_id.to_py(py)?, self.created_at.to_py(py)?])
    }
}

impl ToPy for MediaContent {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::File(value) => value.to_py(py),
            Self::Video(value) => value.to_py(py),
        }
    }
}

impl ToPy for ArticleImage {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        ARTICLE_IMAGE.make(py, [self.url.to_py(py)?, self.media_id.to_py(py)?])
    }
}

impl ToPy for ImageReference {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        IMAGE_REFERENCE.make(
            py,
            [
                self.source.to_py(py)?,
                self.alternatives.to_py(py)?,
                self.optional.to_py(py)?,
            ],
        )
    }
}

impl ToPy for ImageResult {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Uploaded(value) => IMAGE_UPLOADED.make(py, [value.to_py(py)?]),
            Self::Kept => IMAGE_KEPT.make(py, []),
            Self::Unsure => IMAGE_UNSURE.make(py, []),
            Self::Elsewhere => IMAGE_ELSEWHERE.make(py, []),
            Self::Failed(value) => IMAGE_FAILED.make(py, [value.to_py(py)?]),
        }
    }
}

impl ToPy for ImageOutcome {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        IMAGE_OUTCOME.make(
            py,
            [
                self.source.to_py(py)?,
                self.alternatives.to_py(py)?,
                self.outcome.to_py(py)?,
            ],
        )
    }
}

impl ToPy for Prepared {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PREPARED.make(
            py,
            [
                self.html.to_py(py)?,
                self.images.to_py(py)?,
                self.findings.to_py(py)?,
                self.cover.to_py(py)?,
            ],
        )
    }
}

impl ToPy for DraftItem {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        DRAFT_ITEM.make(py, [self.media_id.to_py(py)?, self.draft.to_py(py)?])
    }
}

impl ToPy for DraftPage {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        DRAFT_PAGE.make(py, [self.total_count.to_py(py)?, self.items.to_py(py)?])
    }
}

impl FromPy for ProductCardType {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text: String = argument(value, "ProductCardType")?;
        Ok(match text.as_str() {
            "news-large" => Self::NewsLarge,
            "news-small" => Self::NewsSmall,
            "news-text-link" => Self::NewsTextLink,
            "pictures-small" => Self::PicturesSmall,
            "pictures-text-link" => Self::PicturesTextLink,
            "pictures-bar" => Self::PicturesBar,
            _ => {
                return Err(no_case(
                    "ProductCardType",
                    "news-large, news-small, news-text-link, pictures-small, pictures-text-link, pictures-bar",
                ));
            }
        })
    }
}

impl ToPy for ProductCard {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PRODUCT_CARD.make(py, [self.product_key.to_py(py)?, self.dom.to_py(py)?])
    }
}

impl ToPy for Submission {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        SUBMISSION.make(py, [self.publish_id.to_py(py)?, self.msg_data_id.to_py(py)?])
    }
}

impl ToPy for Publication {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PUBLICATION.make(py, [self.article_id.to_py(py)?, self.urls.to_py(py)?])
    }
}

impl ToPy for PublishStatus {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Published(value) => PUBLISHED.make(py, [value.to_py(py)?]),
            Self::Publishing => PUBLISHING.make(py, []),
            Self::OriginalDeclarationFailed(value) => ORIGINAL_DECLARATION_FAILED.make(py, [value.to_py(py)?]),
            Self::Failed => PUBLISH_FAILED.make(py, []),
            Self::ReviewRefused(value) => REVIEW_REFUSED.make(py, [value.to_py(py)?]),
            Self::DeletedByUser => DELETED_BY_USER.make(py, []),
            Self::BannedBySystem => BANNED_BY_SYSTEM.make(py, []),
            Self::Unknown(value) => UNKNOWN_STATUS.make(py, [value.to_py(py)?]),
        }
    }
}

impl ToPy for PublicationItem {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PUBLICATION_ITEM.make(py, [self.article_id.to_py(py)?, self.publication.to_py(py)?])
    }
}

impl ToPy for PublicationPage {
    fn to_py<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PUBLICATION_PAGE.make(py, [self.total_count.to_py(py)?, self.items.to_py(py)?])
    }
}

impl FromPy for DeleteWhich {
    fn from_py(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if is(value, &DELETE_ALL)? {
            return Ok(Self::All);
        }
        if is(value, &DELETE_ONE)? {
            return Ok(Self::One(field(value, "index")?));
        }
        Err(wrong(value, "DeleteAll or DeleteOne"))
    }
}

#[pyfunction]
fn account_quota(py: Python<'_>, client: &Client, api_path: &Bound<'_, PyAny>) -> PyResult<Call> {
    let api_path: String = argument(api_path, "api_path")?;
    client.call(
        py,
        Facts {
            name: "account.quota",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((api_path,), |(api_path,), session| {
            Box::pin(session.quota(api_path))
        })),
    )
}

#[pyfunction]
fn account_explain(py: Python<'_>, client: &Client, rid: &Bound<'_, PyAny>) -> PyResult<Call> {
    let rid: String = argument(rid, "rid")?;
    client.call(
        py,
        Facts {
            name: "account.explain",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((rid,), |(rid,), session| Box::pin(session.explain(rid)))),
    )
}

#[pyfunction]
fn content_references(py: Python<'_>, client: &Client, html: &Bound<'_, PyAny>) -> PyResult<Call> {
    let html: String = argument(html, "html")?;
    client.call(
        py,
        Facts {
            name: "content.references",
            repeatable: true,
            needs_account: false,
            session: Choice::Any,
        },
        answered(operation((html,), |(html,), session| {
            Box::pin(session.references(html))
        })),
    )
}

#[pyfunction]
fn content_prepare(
    py: Python<'_>,
    client: &Client,
    html: &Bound<'_, PyAny>,
    attachments: &Bound<'_, PyAny>,
    with_cover: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let html: String = argument(html, "html")?;
    let attachments: Attachments = argument(attachments, "attachments")?;
    let with_cover: bool = argument(with_cover, "with_cover")?;
    client.call(
        py,
        Facts {
            name: "content.prepare",
            repeatable: false,
            needs_account: true,
            session: Choice::Primary,
        },
        with_files(attachments, move |attachments| {
            operation(
                (html, attachments, with_cover),
                |(html, attachments, with_cover), session| {
                    Box::pin(session.prepare_content(html, attachments, *with_cover))
                },
            )
        }),
    )
}

#[pyfunction]
fn draft_check(
    py: Python<'_>,
    client: &Client,
    articles: &Bound<'_, PyAny>,
    language: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let articles: Vec<Article> = argument(articles, "articles")?;
    let language: Option<Language> = argument(language, "language")?;
    client.call(
        py,
        Facts {
            name: "draft.check",
            repeatable: true,
            needs_account: false,
            session: Choice::Any,
        },
        answered(operation((articles, language), |(articles, language), session| {
            Box::pin(session.check_articles_in(articles, *language))
        })),
    )
}

#[pyfunction]
fn draft_compare(
    py: Python<'_>,
    client: &Client,
    sent: &Bound<'_, PyAny>,
    stored: &Bound<'_, PyAny>,
    language: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let sent: Article = argument(sent, "sent")?;
    let stored: StoredArticle = argument(stored, "stored")?;
    let language: Option<Language> = argument(language, "language")?;
    client.call(
        py,
        Facts {
            name: "draft.compare",
            repeatable: true,
            needs_account: false,
            session: Choice::Any,
        },
        answered(operation(
            (sent, stored, language),
            |(sent, stored, language), session| Box::pin(session.compare_article_in(sent, stored, *language)),
        )),
    )
}

#[pyfunction]
fn draft_add(py: Python<'_>, client: &Client, articles: &Bound<'_, PyAny>) -> PyResult<Call> {
    let articles: Vec<Article> = argument(articles, "articles")?;
    client.call(
        py,
        Facts {
            name: "draft.add",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((articles,), |(articles,), session| {
            Box::pin(session.add_draft(articles))
        })),
    )
}

#[pyfunction]
fn draft_get(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "draft.get",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.get_draft(media_id))
        })),
    )
}

#[pyfunction]
fn draft_update(
    py: Python<'_>,
    client: &Client,
    media_id: &Bound<'_, PyAny>,
    index: &Bound<'_, PyAny>,
    article: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    let index: u32 = argument(index, "index")?;
    let article: Article = argument(article, "article")?;
    client.call(
        py,
        Facts {
            name: "draft.update",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation(
            (media_id, index, article),
            |(media_id, index, article), session| Box::pin(session.update_draft(media_id, *index, article)),
        )),
    )
}

#[pyfunction]
fn draft_delete(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "draft.delete",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.delete_draft(media_id))
        })),
    )
}

#[pyfunction]
fn draft_count(py: Python<'_>, client: &Client) -> PyResult<Call> {
    client.call(
        py,
        Facts {
            name: "draft.count",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((), |(), session| Box::pin(session.count_drafts()))),
    )
}

#[pyfunction]
fn draft_list(
    py: Python<'_>,
    client: &Client,
    offset: &Bound<'_, PyAny>,
    count: &Bound<'_, PyAny>,
    with_content: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let offset: u32 = argument(offset, "offset")?;
    let count: u32 = argument(count, "count")?;
    let with_content: bool = argument(with_content, "with_content")?;
    client.call(
        py,
        Facts {
            name: "draft.list",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation(
            (offset, count, with_content),
            |(offset, count, with_content), session| Box::pin(session.list_drafts(*offset, *count, *with_content)),
        )),
    )
}

#[pyfunction]
fn draft_product_card(
    py: Python<'_>,
    client: &Client,
    product_id: &Bound<'_, PyAny>,
    card_type: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let product_id: String = argument(product_id, "product_id")?;
    let card_type: ProductCardType = argument(card_type, "card_type")?;
    client.call(
        py,
        Facts {
            name: "draft.product-card",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation(
            (product_id, card_type),
            |(product_id, card_type), session| Box::pin(session.product_card(product_id, *card_type)),
        )),
    )
}

#[pyfunction]
fn material_upload_image(py: Python<'_>, client: &Client, file: &Bound<'_, PyAny>) -> PyResult<Call> {
    let file: Source = argument(file, "file")?;
    client.call(
        py,
        Facts {
            name: "material.upload-image",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        with_file(file, move |file| {
            operation((file,), |(file,), session| {
                Box::pin(session.upload_material_image(file))
            })
        }),
    )
}

#[pyfunction]
fn material_upload_voice(py: Python<'_>, client: &Client, file: &Bound<'_, PyAny>) -> PyResult<Call> {
    let file: Source = argument(file, "file")?;
    client.call(
        py,
        Facts {
            name: "material.upload-voice",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        with_file(file, move |file| {
            operation((file,), |(file,), session| {
                Box::pin(session.upload_material_voice(file))
            })
        }),
    )
}

#[pyfunction]
fn material_upload_video(
    py: Python<'_>,
    client: &Client,
    file: &Bound<'_, PyAny>,
    title: &Bound<'_, PyAny>,
    introduction: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let file: Source = argument(file, "file")?;
    let title: String = argument(title, "title")?;
    let introduction: String = argument(introduction, "introduction")?;
    client.call(
        py,
        Facts {
            name: "material.upload-video",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        with_file(file, move |file| {
            operation((file, title, introduction), |(file, title, introduction), session| {
                Box::pin(session.upload_material_video(file, title, introduction))
            })
        }),
    )
}

#[pyfunction]
fn material_upload_thumb(py: Python<'_>, client: &Client, file: &Bound<'_, PyAny>) -> PyResult<Call> {
    let file: Source = argument(file, "file")?;
    client.call(
        py,
        Facts {
            name: "material.upload-thumb",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        with_file(file, move |file| {
            operation((file,), |(file,), session| {
                Box::pin(session.upload_material_thumb(file))
            })
        }),
    )
}

#[pyfunction]
fn material_upload_article_image(py: Python<'_>, client: &Client, file: &Bound<'_, PyAny>) -> PyResult<Call> {
    let file: Source = argument(file, "file")?;
    client.call(
        py,
        Facts {
            name: "material.upload-article-image",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        with_file(file, move |file| {
            operation((file,), |(file,), session| Box::pin(session.upload_article_image(file)))
        }),
    )
}

#[pyfunction]
fn material_get(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "material.get",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.get_material(media_id))
        })),
    )
}

#[pyfunction]
fn material_delete(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "material.delete",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.delete_material(media_id))
        })),
    )
}

#[pyfunction]
fn material_counts(py: Python<'_>, client: &Client) -> PyResult<Call> {
    client.call(
        py,
        Facts {
            name: "material.counts",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((), |(), session| Box::pin(session.count_material()))),
    )
}

#[pyfunction]
fn material_list(
    py: Python<'_>,
    client: &Client,
    kind: &Bound<'_, PyAny>,
    offset: &Bound<'_, PyAny>,
    count: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let kind: MaterialKind = argument(kind, "kind")?;
    let offset: u32 = argument(offset, "offset")?;
    let count: u32 = argument(count, "count")?;
    client.call(
        py,
        Facts {
            name: "material.list",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((kind, offset, count), |(kind, offset, count), session| {
            Box::pin(session.list_material(*kind, *offset, *count))
        })),
    )
}

#[pyfunction]
fn media_upload(py: Python<'_>, client: &Client, kind: &Bound<'_, PyAny>, file: &Bound<'_, PyAny>) -> PyResult<Call> {
    let kind: MediaKind = argument(kind, "kind")?;
    let file: Source = argument(file, "file")?;
    client.call(
        py,
        Facts {
            name: "media.upload",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        with_file(file, move |file| {
            operation((kind, file), |(kind, file), session| {
                Box::pin(session.upload_media(*kind, file))
            })
        }),
    )
}

#[pyfunction]
fn media_get(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "media.get",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.get_media(media_id))
        })),
    )
}

#[pyfunction]
fn media_get_voice(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "media.get-voice",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.get_voice(media_id))
        })),
    )
}

#[pyfunction]
fn publish_submit(py: Python<'_>, client: &Client, media_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let media_id: String = argument(media_id, "media_id")?;
    client.call(
        py,
        Facts {
            name: "publish.submit",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((media_id,), |(media_id,), session| {
            Box::pin(session.submit(media_id))
        })),
    )
}

#[pyfunction]
fn publish_status(py: Python<'_>, client: &Client, publish_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let publish_id: String = argument(publish_id, "publish_id")?;
    client.call(
        py,
        Facts {
            name: "publish.status",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((publish_id,), |(publish_id,), session| {
            Box::pin(session.publish_status(publish_id))
        })),
    )
}

#[pyfunction]
fn publish_wait(
    py: Python<'_>,
    client: &Client,
    publish_id: &Bound<'_, PyAny>,
    timeout_seconds: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let publish_id: String = argument(publish_id, "publish_id")?;
    let timeout_seconds: u32 = argument(timeout_seconds, "timeout_seconds")?;
    client.call(
        py,
        Facts {
            name: "publish.wait",
            repeatable: true,
            needs_account: true,
            session: Choice::Spare,
        },
        answered(operation(
            (publish_id, timeout_seconds),
            |(publish_id, timeout_seconds), session| Box::pin(session.wait_published(publish_id, *timeout_seconds)),
        )),
    )
}

#[pyfunction]
fn publish_get(py: Python<'_>, client: &Client, article_id: &Bound<'_, PyAny>) -> PyResult<Call> {
    let article_id: String = argument(article_id, "article_id")?;
    client.call(
        py,
        Facts {
            name: "publish.get",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((article_id,), |(article_id,), session| {
            Box::pin(session.get_publication(article_id))
        })),
    )
}

#[pyfunction]
fn publish_list(
    py: Python<'_>,
    client: &Client,
    offset: &Bound<'_, PyAny>,
    count: &Bound<'_, PyAny>,
    with_content: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let offset: u32 = argument(offset, "offset")?;
    let count: u32 = argument(count, "count")?;
    let with_content: bool = argument(with_content, "with_content")?;
    client.call(
        py,
        Facts {
            name: "publish.list",
            repeatable: true,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation(
            (offset, count, with_content),
            |(offset, count, with_content), session| {
                Box::pin(session.list_publications(*offset, *count, *with_content))
            },
        )),
    )
}

#[pyfunction]
fn publish_delete(
    py: Python<'_>,
    client: &Client,
    article_id: &Bound<'_, PyAny>,
    which: &Bound<'_, PyAny>,
) -> PyResult<Call> {
    let article_id: String = argument(article_id, "article_id")?;
    let which: DeleteWhich = argument(which, "which")?;
    client.call(
        py,
        Facts {
            name: "publish.delete",
            repeatable: false,
            needs_account: true,
            session: Choice::Any,
        },
        answered(operation((article_id, which), |(article_id, which), session| {
            Box::pin(session.delete_publication(article_id, *which))
        })),
    )
}

/// Adds the functions to the module.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(account_quota, module)?)?;
    module.add_function(wrap_pyfunction!(account_explain, module)?)?;
    module.add_function(wrap_pyfunction!(content_references, module)?)?;
    module.add_function(wrap_pyfunction!(content_prepare, module)?)?;
    module.add_function(wrap_pyfunction!(draft_check, module)?)?;
    module.add_function(wrap_pyfunction!(draft_compare, module)?)?;
    module.add_function(wrap_pyfunction!(draft_add, module)?)?;
    module.add_function(wrap_pyfunction!(draft_get, module)?)?;
    module.add_function(wrap_pyfunction!(draft_update, module)?)?;
    module.add_function(wrap_pyfunction!(draft_delete, module)?)?;
    module.add_function(wrap_pyfunction!(draft_count, module)?)?;
    module.add_function(wrap_pyfunction!(draft_list, module)?)?;
    module.add_function(wrap_pyfunction!(draft_product_card, module)?)?;
    module.add_function(wrap_pyfunction!(material_upload_image, module)?)?;
    module.add_function(wrap_pyfunction!(material_upload_voice, module)?)?;
    module.add_function(wrap_pyfunction!(material_upload_video, module)?)?;
    module.add_function(wrap_pyfunction!(material_upload_thumb, module)?)?;
    module.add_function(wrap_pyfunction!(material_upload_article_image, module)?)?;
    module.add_function(wrap_pyfunction!(material_get, module)?)?;
    module.add_function(wrap_pyfunction!(material_delete, module)?)?;
    module.add_function(wrap_pyfunction!(material_counts, module)?)?;
    module.add_function(wrap_pyfunction!(material_list, module)?)?;
    module.add_function(wrap_pyfunction!(media_upload, module)?)?;
    module.add_function(wrap_pyfunction!(media_get, module)?)?;
    module.add_function(wrap_pyfunction!(media_get_voice, module)?)?;
    module.add_function(wrap_pyfunction!(publish_submit, module)?)?;
    module.add_function(wrap_pyfunction!(publish_status, module)?)?;
    module.add_function(wrap_pyfunction!(publish_wait, module)?)?;
    module.add_function(wrap_pyfunction!(publish_get, module)?)?;
    module.add_function(wrap_pyfunction!(publish_list, module)?)?;
    module.add_function(wrap_pyfunction!(publish_delete, module)?)?;
    Ok(())
}
