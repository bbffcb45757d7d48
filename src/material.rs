//! Permanent material.

use serde::Serialize;

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
use crate::wechat::fields::{Read, Structure, WrongShape};
use crate::wechat::multipart::{FilePart, Form};
use crate::wechat::object::Object;

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_addmaterial.html>
const ADD: Endpoint =
    Endpoint::post("/cgi-bin/material/add_material").not_repeatable(|texts| texts.attempt.find_material);

/// The `description` of a video.
#[derive(Serialize)]
struct VideoDescription<'a> {
    title: &'a str,
    introduction: &'a str,
}

struct AddReply {
    media_id: String,
    /// The address of an image.
    url: Option<String>,
}

impl Structure for AddReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            media_id: object.id("media_id")?,
            url: object.optional_url("url"),
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_uploadimage.html>
const UPLOAD_ARTICLE_IMAGE: Endpoint = Endpoint::post("/cgi-bin/media/uploadimg");

struct UploadArticleImageReply {
    url: String,
}

impl Structure for UploadArticleImageReply {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            url: object.optional_url("url").ok_or(WrongShape)?,
        })
    }
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
impl Structure for VideoLink {
    fn read(object: &mut Object) -> Read<Self> {
        // The second is the name that temporary media have.
        let url = object
            .optional_url("down_url")
            .or_else(|| object.optional_url("video_url"));
        Ok(Self {
            url: url.ok_or(WrongShape)?,
            title: object.text("title"),
            introduction: object.text("description"),
        })
    }
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_delmaterial.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/material/del_material").deletes();

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterialcount.html>
const COUNTS: Endpoint = Endpoint::get("/cgi-bin/material/get_materialcount");

impl Structure for MaterialCounts {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            voice: object.count("voice_count")?,
            video: object.count("video_count")?,
            image: object.count("image_count")?,
            news: object.count("news_count")?,
        })
    }
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

impl Structure for MaterialItem {
    fn read(object: &mut Object) -> Read<Self> {
        Ok(Self {
            media_id: object.id("media_id")?,
            name: object.text("name"),
            update_time: object.count_or_zero("update_time"),
            url: object.text("url"),
            articles: GroupReply::of_line(object.object("content")?, None).articles,
        })
    }
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
        check::title(self.texts(), title)?;
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
        let file = rules.check(self.texts(), file)?;
        let form = Form::new(part(&file), description);
        self.client.upload(&ADD, &[("type", kind)], &form).await
    }

    /// `material.upload-article-image`
    pub async fn upload_article_image(&self, file: &File) -> Result<String> {
        let file = check::file::ARTICLE_IMAGE.check(self.texts(), file)?;
        let form = Form::new(part(&file), None);
        let reply: UploadArticleImageReply = self.client.upload(&UPLOAD_ARTICLE_IMAGE, &[], &form).await?;
        Ok(reply.url)
    }

    /// `material.get`
    pub async fn get_material(&self, media_id: &str) -> Result<MaterialContent> {
        check::id(self.texts(), "media-id", media_id)?;
        match self.client.post_for_file(&GET, &MediaId { media_id }).await? {
            FileOrObject::File(file) => Ok(MaterialContent::File(file)),
            FileOrObject::Object(object) => match object.has("news_item") {
                true => { object.read() }.and_then(GroupReply::group).map(MaterialContent::News),
                false => object.read().map(MaterialContent::Video),
            }
            .ok_or_else(|| self.client.unexpected_shape(&GET)),
        }
    }

    /// `material.delete`
    pub async fn delete_material(&self, media_id: &str) -> Result<()> {
        check::id(self.texts(), "media-id", media_id)?;
        self.client.post_for_status(&DELETE, &MediaId { media_id }).await
    }

    /// `material.counts`
    pub async fn count_material(&self) -> Result<MaterialCounts> {
        self.client.get(&COUNTS).await
    }

    /// `material.list`
    pub async fn list_material(&self, kind: MaterialKind, offset: u32, count: u32) -> Result<MaterialPage> {
        check::page(self.texts(), count)?;
        let kind = match kind {
            MaterialKind::Image => "image",
            MaterialKind::Voice => "voice",
            MaterialKind::Video => "video",
            MaterialKind::News => "news",
        };
        let request = ListRequest { kind, offset, count };
        let page = self.client.post_for_page(&LIST, &request, offset).await?;
        Ok(MaterialPage {
            total_count: page.total_count,
            items: page.lines,
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
