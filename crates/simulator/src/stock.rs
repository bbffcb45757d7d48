//! What an account stores: material, media, drafts, publications.

use bytes::Bytes;

use super::account::Account;
use super::article::Article;
use super::file::FileKind;

/// Length of the ids of material, media and drafts (wechat-api §1: up to 128, samples of 64).
const MEDIA_ID: usize = 64;

/// Length of article ids, as in the sample of wechat-api §13.2.
const ARTICLE_ID: usize = 43;

/// Seconds that temporary media are kept: 3 days (wechat-api §10.1).
const MEDIA_LIFETIME: u64 = 3 * 86_400;

/// First publish id; real ones may exceed 32 bits (wechat-api §3.3).
const FIRST_PUBLISH_ID: u64 = 100_002_650_177_668;

/// First msg_data_id, as in the sample of wechat-api §13.1.
const FIRST_MSG_DATA_ID: u64 = 2_247_483_812;

/// Kind of a permanent material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaterialKind {
    /// Picture; the only kind with a URL that articles may use.
    Image,
    /// Sound.
    Voice,
    /// Film.
    Video,
    /// Cover thumbnail; in no list.
    Thumb,
    /// Old stock from before drafts: articles, not a file.
    News,
}

impl MaterialKind {
    /// The kind's name in requests and replies.
    pub fn name(self) -> &'static str {
        match self {
            MaterialKind::Image => "image",
            MaterialKind::Voice => "voice",
            MaterialKind::Video => "video",
            MaterialKind::Thumb => "thumb",
            MaterialKind::News => "news",
        }
    }
}

/// A permanent material.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Material {
    /// Kind.
    pub kind: MaterialKind,
    /// Name in lists: the file name it was uploaded under.
    pub name: String,
    /// File content; empty for news.
    pub bytes: Bytes,
    /// Public URL; empty for voice, video and news.
    pub url: String,
    /// Title of a video.
    pub title: String,
    /// Introduction of a video.
    pub introduction: String,
    /// Articles of news.
    pub articles: Vec<Article>,
    /// Whether an auto-reply or menu uses it, so that deleting it is refused with 48005.
    pub referenced: bool,
    /// Unix seconds.
    pub update_time: u64,
    /// Grows with every item the account makes; lists show the highest first.
    pub order: u64,
}

/// A temporary medium.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TemporaryMedia {
    /// Kind; never news.
    pub kind: MaterialKind,
    /// File name it was uploaded under.
    pub name: String,
    /// File content.
    pub bytes: Bytes,
    /// The same voice as 16 kHz speex, if JSSDK recorded it.
    pub speex: Option<Bytes>,
    /// Unix seconds; three days later it is gone.
    pub created_at: u64,
}

/// A draft.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Draft {
    /// Its articles, content already sanitised.
    pub articles: Vec<Article>,
    /// Unix seconds.
    pub create_time: u64,
    /// Unix seconds.
    pub update_time: u64,
    /// As in [`Material::order`], renewed by updates.
    pub order: u64,
}

/// How a submission is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishPlan {
    /// Status queries that are answered 1 (publishing) first. Default 1.
    pub polls: u32,
    /// Seconds after which it is settled however often it was asked for. Default 60.
    pub seconds: u64,
    /// Final `publish_status`. Default 0 (success).
    pub status: i64,
    /// 1-based numbers of the articles at fault, told with status 2 and 4.
    pub fail_idx: Vec<u32>,
}

impl Default for PublishPlan {
    fn default() -> PublishPlan {
        PublishPlan {
            polls: 1,
            seconds: 60,
            status: 0,
            fail_idx: Vec::new(),
        }
    }
}

impl PublishPlan {
    /// A plan that ends in this status, otherwise the default.
    pub fn ending_in(status: i64) -> PublishPlan {
        PublishPlan {
            status,
            ..PublishPlan::default()
        }
    }
}

/// A submission, and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Publication {
    /// The draft it was made from.
    pub draft_id: String,
    /// The articles as they were at submission.
    pub articles: Vec<Article>,
    /// Id of the published article; reachable by it only once `status` is 0.
    pub article_id: String,
    /// Id for the comment endpoints.
    pub msg_data_id: u64,
    /// Present `publish_status`; 1 while under way.
    pub status: i64,
    /// How it is to go.
    pub plan: PublishPlan,
    /// Status queries so far.
    pub polls: u32,
    /// Unix seconds.
    pub submitted_at: u64,
    /// Unix seconds.
    pub update_time: u64,
    /// As in [`Material::order`].
    pub order: u64,
}

impl Account {
    /// Stores a permanent material and returns its id. For news, see [`Account::put_news`].
    pub fn put_material(&mut self, kind: MaterialKind, name: &str, bytes: impl Into<Bytes>) -> String {
        let url = match kind {
            MaterialKind::Image | MaterialKind::Thumb => self.image_url("mmbiz", name, ""),
            MaterialKind::Voice | MaterialKind::Video | MaterialKind::News => String::new(),
        };
        let material = Material {
            kind,
            name: name.to_owned(),
            bytes: bytes.into(),
            url,
            title: String::new(),
            introduction: String::new(),
            articles: Vec::new(),
            referenced: false,
            update_time: self.clock.now(),
            order: self.next_order(),
        };
        let id = self.noise.id(MEDIA_ID);
        self.materials.insert(id.clone(), material);
        id
    }

    /// Stores news material as it was made before drafts existed, and returns its id.
    pub fn put_news(&mut self, articles: Vec<Article>) -> String {
        let id = self.put_material(MaterialKind::News, "", Bytes::new());
        if let Some(material) = self.materials.get_mut(&id) {
            material.articles = articles;
        }
        id
    }

    /// Stores a temporary medium and returns its id.
    pub fn put_media(&mut self, kind: MaterialKind, name: &str, bytes: impl Into<Bytes>) -> String {
        let id = self.noise.id(MEDIA_ID);
        let media = TemporaryMedia {
            kind,
            name: name.to_owned(),
            bytes: bytes.into(),
            speex: None,
            created_at: self.clock.now(),
        };
        self.media.insert(id.clone(), media);
        id
    }

    /// Stores a voice as JSSDK's uploadVoice does: speex for media/get/jssdk, and the same as AMR
    /// for media/get. Returns its id (there called serverId).
    pub fn put_jssdk_voice(&mut self, speex: impl Into<Bytes>, amr: impl Into<Bytes>) -> String {
        let id = self.put_media(MaterialKind::Voice, "voice.amr", amr);
        if let Some(media) = self.media.get_mut(&id) {
            media.speex = Some(speex.into());
        }
        id
    }

    /// Stores a draft, as the website would, unchecked; returns its id.
    pub fn put_draft(&mut self, mut articles: Vec<Article>) -> String {
        for article in &mut articles {
            article.url = self.preview_url();
        }
        let now = self.clock.now();
        let draft = Draft {
            articles,
            create_time: now,
            update_time: now,
            order: self.next_order(),
        };
        let id = self.noise.id(MEDIA_ID);
        self.drafts.insert(id.clone(), draft);
        id
    }

    /// A temporary medium that has not expired.
    pub(crate) fn fresh_media(&self, id: &str) -> Option<&TemporaryMedia> {
        let oldest = self.clock.now().saturating_sub(MEDIA_LIFETIME);
        self.media.get(id).filter(|media| media.created_at > oldest)
    }

    /// Stores an image for article content, and returns its URL.
    pub(crate) fn put_article_image(&mut self, name: &str, bytes: Bytes) -> String {
        let url = self.image_url("sz_mmbiz", name, "&from=appmsg");
        self.article_images.insert(url.clone(), bytes);
        url
    }

    /// Takes up a draft for publishing, and returns the publish id.
    pub(crate) fn put_publication(&mut self, draft_id: &str, articles: Vec<Article>) -> u64 {
        let now = self.clock.now();
        let order = self.next_order();
        let publication = Publication {
            draft_id: draft_id.to_owned(),
            articles,
            article_id: self.noise.id(ARTICLE_ID),
            msg_data_id: FIRST_MSG_DATA_ID + order,
            status: 1,
            plan: self.publish_plans.pop_front().unwrap_or_default(),
            polls: 0,
            submitted_at: now,
            update_time: now,
            order,
        };
        let id = FIRST_PUBLISH_ID + order;
        self.publications.insert(id, publication);
        id
    }

    /// A number above all that were drawn before.
    pub(crate) fn next_order(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// The temporary link of a draft's article (wechat-api §11.3).
    pub(crate) fn preview_url(&mut self) -> String {
        let key = self.noise.id(43);
        format!("http://mp.weixin.qq.com/s?__biz=MzI0&mid=100000001&idx=1&tempkey={key}#rd")
    }

    fn image_url(&mut self, bucket: &str, name: &str, more: &str) -> String {
        let kind = FileKind::of_name(name).map_or("jpeg", FileKind::image_format);
        // The path says jpg where the query says jpeg (wechat-api §8.1).
        let folder = if kind == "jpeg" { "jpg" } else { kind };
        let key = self.noise.id(86);
        format!("http://mmbiz.qpic.cn/{bucket}_{folder}/{key}/0?wx_fmt={kind}{more}")
    }
}
