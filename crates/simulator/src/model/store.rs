//! The store of an account: putting in, and the course of publications.

use bytes::Bytes;

use super::account::Account;
use super::article::Article;
use super::draft::Draft;
use super::material::{Material, MaterialKind, TemporaryMedia};
use super::publication::{Publication, status};
use crate::file_format::FileFormat;

/// Length of the ids of material, media and drafts (wechat-api §1: up to 128, samples of 64).
const MEDIA_ID: usize = 64;

/// Length of article ids, as in the sample of wechat-api §13.2.
const ARTICLE_ID: usize = 43;

/// Length of the key in a preview link, as in the sample of wechat-api §11.3.
const PREVIEW_KEY: usize = 43;

/// Length of the key in a permanent link, as in the sample of wechat-api §13.2.
const ARTICLE_KEY: usize = 22;

/// Length of the key in a picture's URL, as in the sample of wechat-api §8.1.
const IMAGE_KEY: usize = 86;

/// Seconds for which temporary media are kept: 3 days (wechat-api §10.1).
const MEDIA_LIFETIME: u64 = 3 * 86_400;

/// First publish id. Real ones may exceed 32 bits (wechat-api §3.3).
const FIRST_PUBLISH_ID: u64 = 100_002_650_177_668;

/// First msg_data_id, as in the sample of wechat-api §13.1.
const FIRST_MSG_DATA_ID: u64 = 2_247_483_812;

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
        let id = self.ids.id(MEDIA_ID);
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
        let id = self.ids.id(MEDIA_ID);
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

    /// Stores a voice as uploadVoice of JSSDK does: speex for media/get/jssdk, and the same as AMR
    /// for media/get. Returns its id, which JSSDK calls serverId.
    pub fn put_jssdk_voice(&mut self, speex: impl Into<Bytes>, amr: impl Into<Bytes>) -> String {
        let id = self.put_media(MaterialKind::Voice, "voice.amr", amr);
        if let Some(media) = self.media.get_mut(&id) {
            media.speex = Some(speex.into());
        }
        id
    }

    /// Stores a draft unchecked, as the website would, and returns its id.
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
        let id = self.ids.id(MEDIA_ID);
        self.drafts.insert(id.clone(), draft);
        id
    }

    /// Returns a temporary medium, unless it has expired.
    pub(crate) fn fresh_media(&self, id: &str) -> Option<&TemporaryMedia> {
        let oldest = self.clock.now().saturating_sub(MEDIA_LIFETIME);
        self.media.get(id).filter(|media| media.created_at > oldest)
    }

    /// Removes temporary media that have expired. Requests cannot tell them from ids that never existed.
    pub(super) fn drop_expired_media(&mut self) {
        let oldest = self.clock.now().saturating_sub(MEDIA_LIFETIME);
        self.media.retain(|_, media| media.created_at > oldest);
    }

    /// Stores an image for article content, and returns its URL.
    pub(crate) fn put_article_image(&mut self, name: &str, bytes: Bytes) -> String {
        let url = self.image_url("sz_mmbiz", name, "&from=appmsg");
        self.article_images.insert(url.clone(), bytes);
        url
    }

    /// Submits a draft for publishing, and returns the publish id.
    pub(crate) fn put_publication(&mut self, draft_id: &str, articles: Vec<Article>) -> u64 {
        let now = self.clock.now();
        let order = self.next_order();
        let publication = Publication {
            draft_id: draft_id.to_owned(),
            articles,
            article_id: self.ids.id(ARTICLE_ID),
            msg_data_id: FIRST_MSG_DATA_ID + order,
            status: status::PUBLISHING,
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

    /// Ends the publications whose plan is over.
    pub(crate) fn advance_publications(&mut self) {
        let now = self.clock.now();
        let due = self
            .publications
            .values_mut()
            .filter(|publication| publication.is_due(now));
        for publication in due {
            publication.status = publication.plan.status;
            publication.update_time = now;
            let status = publication.status;
            if !matches!(status, status::SUCCESS | status::DELETED | status::BANNED) {
                continue;
            }
            // It went out, and may have been taken down since: the draft is used up (wechat-api §11).
            for article in &mut publication.articles {
                let key = self.ids.id(ARTICLE_KEY);
                article.url = format!("{}/s/{key}", self.article_base);
                article.is_deleted = status != status::SUCCESS;
            }
            self.drafts.remove(&publication.draft_id);
        }
    }

    /// Returns a number above all earlier ones.
    pub(crate) fn next_order(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// Makes the temporary link of a draft's article (wechat-api §11.3).
    pub(crate) fn preview_url(&mut self) -> String {
        let key = self.ids.id(PREVIEW_KEY);
        format!(
            "{}/s?__biz=MzI0&mid=100000001&idx=1&tempkey={key}#rd",
            self.article_base
        )
    }

    fn image_url(&mut self, bucket: &str, name: &str, more: &str) -> String {
        let kind = FileFormat::of_name(name).map_or("jpeg", FileFormat::image_format);
        // The path has jpg, the query has jpeg (wechat-api §8.1).
        let folder = if kind == "jpeg" { "jpg" } else { kind };
        let key = self.ids.id(IMAGE_KEY);
        format!("http://mmbiz.qpic.cn/{bucket}_{folder}/{key}/0?wx_fmt={kind}{more}")
    }
}
