//! Permanent material.

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::article::GroupReply;
use crate::bindings::types::{
    File, MaterialContent, MaterialCounts, MaterialItem, MaterialKind, MaterialPage, UploadedImage, VideoLink,
};
use crate::check;
use crate::check::file::{FileRules, ValidFile};
use crate::error::Result;
use crate::transport::{Clock, Transport};
use crate::wechat::body;
use crate::wechat::client::FileOrObject;
use crate::wechat::endpoint::Endpoint;
use crate::wechat::lenient;
use crate::wechat::multipart::{FilePart, Form};

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_addmaterial.html>
const ADD: Endpoint = Endpoint::post("/cgi-bin/material/add_material").not_repeatable(
    "Look for the file with material.list, newest first, before uploading it again. (A thumb is not listed.)",
);

/// The `description` of a video.
#[derive(Serialize)]
struct VideoDescription<'a> {
    title: &'a str,
    introduction: &'a str,
}

#[derive(Deserialize)]
struct AddReply {
    #[serde(deserialize_with = "lenient::id")]
    media_id: String,
    /// The address of an image.
    #[serde(default, deserialize_with = "lenient::optional_url")]
    url: Option<String>,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_uploadimage.html>
const UPLOAD_ARTICLE_IMAGE: Endpoint = Endpoint::post("/cgi-bin/media/uploadimg");

#[derive(Deserialize)]
struct UploadArticleImageReply {
    #[serde(deserialize_with = "lenient::optional_url")]
    url: Option<String>,
}

/// The body of every call about one media id.
#[derive(Serialize)]
pub(crate) struct MediaId<'a> {
    pub(crate) media_id: &'a str,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterial.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/material/get_material")
    .acts_on_id()
    .with_file_reply();

/// The answer to a video's id (wechat-api §8.2, §10.2).
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct VideoReply {
    #[serde(deserialize_with = "lenient::text")]
    title: String,
    #[serde(deserialize_with = "lenient::text")]
    description: String,
    #[serde(deserialize_with = "lenient::optional_url")]
    down_url: Option<String>,
    /// The same as `down_url`, under the name that temporary media have.
    #[serde(deserialize_with = "lenient::optional_url")]
    video_url: Option<String>,
}

impl VideoReply {
    /// Returns the link, or `None` if the answer has none.
    pub(crate) fn link(self) -> Option<VideoLink> {
        Some(VideoLink {
            url: self.down_url.or(self.video_url)?,
            title: self.title,
            introduction: self.description,
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_delmaterial.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/material/del_material").deletes();

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterialcount.html>
const COUNTS: Endpoint = Endpoint::get("/cgi-bin/material/get_materialcount");

#[derive(Deserialize)]
struct CountsReply {
    #[serde(deserialize_with = "lenient::count")]
    voice_count: u64,
    #[serde(deserialize_with = "lenient::count")]
    video_count: u64,
    #[serde(deserialize_with = "lenient::count")]
    image_count: u64,
    #[serde(deserialize_with = "lenient::count")]
    news_count: u64,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_batchgetmaterial.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/material/batchget_material").with_large_reply();

#[derive(Serialize)]
struct ListRequest<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    offset: u32,
    count: u32,
}

#[derive(Deserialize)]
struct ListLine {
    #[serde(deserialize_with = "lenient::id")]
    media_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    name: String,
    #[serde(default, deserialize_with = "lenient::count_or_zero")]
    update_time: u64,
    #[serde(default, deserialize_with = "lenient::text")]
    url: String,
    #[serde(default, deserialize_with = "lenient::object")]
    content: Option<GroupReply>,
}

impl<T: Transport + Clock> Account<T> {
    /// `material.upload-image`
    pub async fn upload_image(&self, file: &File) -> Result<UploadedImage> {
        let AddReply { media_id, url } = self.add_material("image", &check::file::IMAGE, file, None).await?;
        Ok(UploadedImage {
            media_id,
            url: url.unwrap_or_default(),
        })
    }

    /// `material.upload-voice`
    pub async fn upload_voice(&self, file: &File) -> Result<String> {
        let added = self.add_material("voice", &check::file::VOICE, file, None).await?;
        Ok(added.media_id)
    }

    /// `material.upload-video`
    pub async fn upload_video(&self, file: &File, title: &str, introduction: &str) -> Result<String> {
        check::title(title)?;
        let description = body::json(&VideoDescription { title, introduction });
        let description = String::from_utf8(description).unwrap_or_default();
        let added = self
            .add_material("video", &check::file::VIDEO, file, Some(&description))
            .await?;
        Ok(added.media_id)
    }

    /// `material.upload-thumb`
    pub async fn upload_thumb(&self, file: &File) -> Result<String> {
        let added = self.add_material("thumb", &check::file::THUMB, file, None).await?;
        Ok(added.media_id)
    }

    async fn add_material(
        &self,
        kind: &str,
        rules: &FileRules,
        file: &File,
        description: Option<&str>,
    ) -> Result<AddReply> {
        let file = rules.check(file)?;
        let form = Form::new(part(&file), description);
        self.client.upload(&ADD, &[("type", kind)], &form).await
    }

    /// `material.upload-article-image`
    pub async fn upload_article_image(&self, file: &File) -> Result<String> {
        let file = check::file::ARTICLE_IMAGE.check(file)?;
        let form = Form::new(part(&file), None);
        let reply: UploadArticleImageReply = self.client.upload(&UPLOAD_ARTICLE_IMAGE, &[], &form).await?;
        reply
            .url
            .ok_or_else(|| self.client.unexpected_shape(&UPLOAD_ARTICLE_IMAGE))
    }

    /// `material.get`
    pub async fn get_material(&self, media_id: &str) -> Result<MaterialContent> {
        check::id("media-id", media_id)?;
        match self.client.post_for_file(&GET, &MediaId { media_id }).await? {
            FileOrObject::File(file) => Ok(MaterialContent::File(file)),
            FileOrObject::Object(object) => match object.has("news_item") {
                true => { object.read() }.and_then(GroupReply::group).map(MaterialContent::News),
                false => { object.read() }.and_then(VideoReply::link).map(MaterialContent::Video),
            }
            .ok_or_else(|| self.client.unexpected_shape(&GET)),
        }
    }

    /// `material.delete`
    pub async fn delete_material(&self, media_id: &str) -> Result<()> {
        check::id("media-id", media_id)?;
        self.client.post_for_status(&DELETE, &MediaId { media_id }).await
    }

    /// `material.counts`
    pub async fn count_material(&self) -> Result<MaterialCounts> {
        let counts: CountsReply = self.client.get(&COUNTS).await?;
        Ok(MaterialCounts {
            voice: counts.voice_count,
            video: counts.video_count,
            image: counts.image_count,
            news: counts.news_count,
        })
    }

    /// `material.list`
    pub async fn list_material(&self, kind: MaterialKind, offset: u32, count: u32) -> Result<MaterialPage> {
        check::page(count)?;
        let kind = match kind {
            MaterialKind::Image => "image",
            MaterialKind::Voice => "voice",
            MaterialKind::Video => "video",
            MaterialKind::News => "news",
        };
        let request = ListRequest { kind, offset, count };
        let page = self.client.post_for_page::<ListLine>(&LIST, &request, offset).await?;
        let item = |line: ListLine| MaterialItem {
            media_id: line.media_id,
            name: line.name,
            update_time: line.update_time,
            url: line.url,
            articles: GroupReply::of_line(line.content, None).articles,
        };
        Ok(MaterialPage {
            total_count: page.total_count,
            items: page.lines.into_iter().map(item).collect(),
        })
    }
}

/// Returns a file that was checked as a part of a form.
pub(crate) fn part<'a>(file: &'a ValidFile<'_>) -> FilePart<'a> {
    FilePart {
        file_name: &file.file_name,
        media_type: file.media_type,
        bytes: file.bytes,
    }
}
