//! Temporary media.

use serde::Deserialize;

use crate::account::Account;
use crate::bindings::types::{Download, File, MediaContent, MediaKind, UploadedMedia};
use crate::check;
use crate::error::Result;
use crate::material::{VideoReply, part};
use crate::transport::{Clock, Transport};
use crate::wechat::client::FileOrObject;
use crate::wechat::endpoint::Endpoint;
use crate::wechat::lenient;
use crate::wechat::multipart::Form;

/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_uploadtempmedia.html>
const UPLOAD: Endpoint = Endpoint::post("/cgi-bin/media/upload");

#[derive(Default, Deserialize)]
#[serde(default)]
struct UploadReply {
    #[serde(deserialize_with = "lenient::non_empty")]
    media_id: Option<String>,
    /// The id of a thumb (wechat-api §10.1).
    #[serde(deserialize_with = "lenient::non_empty")]
    thumb_media_id: Option<String>,
    #[serde(deserialize_with = "lenient::count_or_zero")]
    created_at: u64,
}

/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_getmedia.html>
const GET: Endpoint = Endpoint::get("/cgi-bin/media/get").acts_on_id().with_file_reply();

/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_gethdvoice.html>
const GET_VOICE: Endpoint = Endpoint::get("/cgi-bin/media/get/jssdk").acts_on_id().with_file_reply();

impl<T: Transport + Clock> Account<T> {
    /// `media.upload`
    pub async fn upload_media(&self, kind: MediaKind, file: &File) -> Result<UploadedMedia> {
        let (kind, rules) = match kind {
            MediaKind::Image => ("image", &check::file::TEMPORARY_IMAGE),
            MediaKind::Voice => ("voice", &check::file::TEMPORARY_VOICE),
            MediaKind::Video => ("video", &check::file::TEMPORARY_VIDEO),
            MediaKind::Thumb => ("thumb", &check::file::TEMPORARY_THUMB),
        };
        let file = rules.check(file)?;
        let form = Form::new(part(&file), None);
        let reply: UploadReply = self.client.upload(&UPLOAD, &[("type", kind)], &form).await?;
        // The id that is returned must be whole; the other one does not matter.
        let media_id = reply.media_id.or(reply.thumb_media_id).filter(|id| lenient::is_id(id));
        Ok(UploadedMedia {
            media_id: media_id.ok_or_else(|| self.client.unexpected_shape(&UPLOAD))?,
            created_at: reply.created_at,
        })
    }

    /// `media.get`
    pub async fn get_media(&self, media_id: &str) -> Result<MediaContent> {
        check::id("media-id", media_id)?;
        match self.client.get_file(&GET, &[("media_id", media_id)]).await? {
            FileOrObject::File(file) => Ok(MediaContent::File(file)),
            FileOrObject::Object(object) => { object.read() }
                .and_then(VideoReply::link)
                .map(MediaContent::Video)
                .ok_or_else(|| self.client.unexpected_shape(&GET)),
        }
    }

    /// `media.get-voice`
    pub async fn get_voice(&self, media_id: &str) -> Result<Download> {
        check::id("media-id", media_id)?;
        match self.client.get_file(&GET_VOICE, &[("media_id", media_id)]).await? {
            FileOrObject::File(file) => Ok(file),
            FileOrObject::Object(_) => Err(self.client.unexpected_shape(&GET_VOICE)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::ErrorKind;
    use crate::transport::stub::{account, block_on};

    #[test]
    fn the_id_that_is_returned_must_be_whole() {
        for (reply, media_id) in [
            (r#"{"media_id":"M","thumb_media_id":"\u0000"}"#, Some("M")),
            (r#"{"media_id":"","thumb_media_id":"T"}"#, Some("T")),
            (r#"{"media_id":"M\u0000"}"#, None),
            (r#"{"media_id":"M ","thumb_media_id":"T"}"#, None),
            (r#"{"type":"image"}"#, None),
        ] {
            let account = account();
            account.client.transport.answer(reply);
            let file = File {
                name: "cover.jpg".to_owned(),
                bytes: b"\xFF\xD8\xFF\xC0\x00\x11\x08\x00\x01\x00\x01 a picture".to_vec(),
            };
            match block_on(account.upload_media(MediaKind::Image, &file)) {
                Ok(uploaded) => assert_eq!(Some(uploaded.media_id.as_str()), media_id, "{reply}"),
                Err(error) => assert!(media_id.is_none() && error.kind == ErrorKind::MalformedReply, "{reply}"),
            }
        }
    }
}
