//! Permanent material.

use crate::account::Account;
use crate::article::{read_group, read_line};
use crate::bindings::types::{
    File, MaterialContent, MaterialCounts, MaterialItem, MaterialKind, MaterialPage, UploadedImage, VideoLink,
};
use crate::check;
use crate::check::file::Accept;
use crate::error::Result;
use crate::transport::{Clock, Transport};
use crate::wechat::endpoint::Endpoint;
use crate::wechat::json::{Object, write};
use crate::wechat::multipart::Form;
use crate::wechat::reply::Reply;

/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_addmaterial.html>
const ADD: Endpoint = Endpoint::post("/cgi-bin/material/add_material").not_repeatable(
    "Look for the file with material.list, newest first, before uploading it again. (A thumb is not listed.)",
);
/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_uploadimage.html>
const UPLOAD_ARTICLE_IMAGE: Endpoint = Endpoint::post("/cgi-bin/media/uploadimg");
/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterial.html>
const GET: Endpoint = Endpoint::post("/cgi-bin/material/get_material")
    .on_target()
    .with_file_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_delmaterial.html>
const DELETE: Endpoint = Endpoint::post("/cgi-bin/material/del_material").deletes();
/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_getmaterialcount.html>
const COUNTS: Endpoint = Endpoint::get("/cgi-bin/material/get_materialcount");
/// <https://developers.weixin.qq.com/doc/subscription/api/material/permanent/api_batchgetmaterial.html>
const LIST: Endpoint = Endpoint::post("/cgi-bin/material/batchget_material").with_large_reply();

/// The body of every call about one id.
pub(crate) fn by_id(media_id: &str) -> Vec<u8> {
    write(|body| body.text("media_id", media_id))
}

impl<T: Transport + Clock> Account<T> {
    /// `material.upload-image`
    pub async fn upload_image(&self, file: &File) -> Result<UploadedImage> {
        let (media_id, url) = self.add_material("image", &check::file::IMAGE, file, None).await?;
        Ok(UploadedImage { media_id, url })
    }

    /// `material.upload-voice`
    pub async fn upload_voice(&self, file: &File) -> Result<String> {
        let (media_id, _) = self.add_material("voice", &check::file::VOICE, file, None).await?;
        Ok(media_id)
    }

    /// `material.upload-video`
    pub async fn upload_video(&self, file: &File, title: &str, introduction: &str) -> Result<String> {
        check::title(title)?;
        let description = write(|description| description.text("title", title).text("introduction", introduction));
        let description = String::from_utf8(description).unwrap_or_default();
        let (media_id, _) = self
            .add_material("video", &check::file::VIDEO, file, Some(&description))
            .await?;
        Ok(media_id)
    }

    /// `material.upload-thumb`
    pub async fn upload_thumb(&self, file: &File) -> Result<String> {
        let (media_id, _) = self.add_material("thumb", &check::file::THUMB, file, None).await?;
        Ok(media_id)
    }

    /// The media-id, and for an image its URL.
    async fn add_material(
        &self,
        kind: &str,
        accept: &Accept,
        file: &File,
        description: Option<&str>,
    ) -> Result<(String, String)> {
        let checked = accept.check(file)?;
        let form = Form::new(&checked, description);
        let mut uploaded = self.client.upload(&ADD, &[("type", kind)], &form).await?;
        let media_id = self.client.required_id(&ADD, uploaded.text("media_id"))?;
        Ok((media_id, url(&mut uploaded).unwrap_or_default()))
    }

    /// `material.upload-article-image`
    pub async fn upload_article_image(&self, file: &File) -> Result<String> {
        let checked = check::file::ARTICLE_IMAGE.check(file)?;
        let form = Form::new(&checked, None);
        let mut uploaded = self.client.upload(&UPLOAD_ARTICLE_IMAGE, &[], &form).await?;
        url(&mut uploaded).ok_or_else(|| self.client.misshapen(&UPLOAD_ARTICLE_IMAGE))
    }

    /// `material.get`
    pub async fn get_material(&self, media_id: &str) -> Result<MaterialContent> {
        check::id("media-id", media_id)?;
        match self.client.post_for_file(&GET, by_id(media_id)).await? {
            Reply::File(file) => Ok(MaterialContent::File(file)),
            Reply::Json(mut answer) => match video_link(&mut answer) {
                Some(link) => Ok(MaterialContent::Video(link)),
                None => read_group(answer)
                    .map(MaterialContent::News)
                    .ok_or_else(|| self.client.misshapen(&GET)),
            },
        }
    }

    /// `material.delete`
    pub async fn delete_material(&self, media_id: &str) -> Result<()> {
        check::id("media-id", media_id)?;
        self.client.post_for_status(&DELETE, by_id(media_id)).await
    }

    /// `material.counts`
    pub async fn count_material(&self) -> Result<MaterialCounts> {
        let counts = self.client.get(&COUNTS).await?;
        if !counts.has("image_count") {
            return Err(self.client.misshapen(&COUNTS));
        }
        Ok(MaterialCounts {
            voice: counts.count("voice_count"),
            video: counts.count("video_count"),
            image: counts.count("image_count"),
            news: counts.count("news_count"),
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
        let request = write(|body| body.text("type", kind).number("offset", offset).number("count", count));
        let (total_count, lines) = self.client.post_for_page(&LIST, request, offset, "media_id").await?;
        let item = |mut line: Object| MaterialItem {
            media_id: line.text("media_id"),
            name: line.text("name"),
            update_time: line.count("update_time"),
            url: line.text("url"),
            articles: read_line(&mut line).articles,
        };
        Ok(MaterialPage {
            total_count,
            items: lines.into_iter().map(item).collect(),
        })
    }
}

/// The address of an uploaded picture. `None`: there is none, or it came damaged.
fn url(uploaded: &mut Object) -> Option<String> {
    uploaded.optional_text("url").filter(|url| url.starts_with("http"))
}

/// The link in the answer to a video's id (wechat-api §3.5). `None`: the answer has none.
pub(crate) fn video_link(answer: &mut Object) -> Option<VideoLink> {
    let mut given = |name| answer.optional_text(name).filter(|url| !url.is_empty());
    let url = given("down_url").or_else(|| given("video_url"))?;
    Some(VideoLink {
        title: answer.text("title"),
        introduction: answer.text("description"),
        url,
    })
}
