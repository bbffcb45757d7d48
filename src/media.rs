//! Temporary media.

use crate::account::Account;
use crate::bindings::types::{Download, File, MediaContent, MediaKind, UploadedMedia};
use crate::check;
use crate::error::Result;
use crate::material::video_link;
use crate::transport::{Clock, Transport};
use crate::wechat::endpoint::Endpoint;
use crate::wechat::multipart::Form;
use crate::wechat::reply::Reply;

/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_uploadtempmedia.html>
const UPLOAD: Endpoint = Endpoint::post("/cgi-bin/media/upload");
/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_getmedia.html>
const GET: Endpoint = Endpoint::get("/cgi-bin/media/get").on_target().with_file_reply();
/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_gethdvoice.html>
const GET_VOICE: Endpoint = Endpoint::get("/cgi-bin/media/get/jssdk").on_target().with_file_reply();

impl<T: Transport + Clock> Account<T> {
    /// `media.upload`
    pub async fn upload_media(&self, kind: MediaKind, file: &File) -> Result<UploadedMedia> {
        let (kind, accept) = match kind {
            MediaKind::Image => ("image", &check::file::TEMPORARY_IMAGE),
            MediaKind::Voice => ("voice", &check::file::TEMPORARY_VOICE),
            MediaKind::Video => ("video", &check::file::TEMPORARY_VIDEO),
            MediaKind::Thumb => ("thumb", &check::file::TEMPORARY_THUMB),
        };
        let checked = accept.check(file)?;
        let form = Form::new(&checked, None);
        let mut uploaded = self.client.upload(&UPLOAD, &[("type", kind)], &form).await?;
        // A thumb's id has a name of its own (wechat-api §10.1).
        let mut given = |name| uploaded.optional_text(name).filter(|id| !id.is_empty());
        let media_id = given("media_id").or_else(|| given("thumb_media_id"));
        Ok(UploadedMedia {
            media_id: self.client.required_id(&UPLOAD, media_id.unwrap_or_default())?,
            created_at: uploaded.count("created_at"),
        })
    }

    /// `media.get`
    pub async fn get_media(&self, media_id: &str) -> Result<MediaContent> {
        check::id("media-id", media_id)?;
        match self.client.get_file(&GET, &[("media_id", media_id)]).await? {
            Reply::File(file) => Ok(MediaContent::File(file)),
            Reply::Json(mut answer) => video_link(&mut answer)
                .map(MediaContent::Video)
                .ok_or_else(|| self.client.misshapen(&GET)),
        }
    }

    /// `media.get-voice`
    pub async fn get_voice(&self, media_id: &str) -> Result<Download> {
        check::id("media-id", media_id)?;
        match self.client.get_file(&GET_VOICE, &[("media_id", media_id)]).await? {
            Reply::File(file) => Ok(file),
            Reply::Json(_) => Err(self.client.misshapen(&GET_VOICE)),
        }
    }
}
