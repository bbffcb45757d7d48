//! Temporary media.

use crate::account::Account;
use crate::bindings::types::{Download, File, MediaContent, MediaKind, UploadedMedia};
use crate::check;
use crate::error::Result;
use crate::material::part;
use crate::transport::{Clock, Transport};
use crate::wechat::client::FileOrObject;
use crate::wechat::endpoint::Endpoint;
use crate::wechat::fields::{Read, Structure, WrongShape};
use crate::wechat::lenient;
use crate::wechat::multipart::Form;
use crate::wechat::object::Object;

/// <https://developers.weixin.qq.com/doc/subscription/api/material/temporary/api_uploadtempmedia.html>
const UPLOAD: Endpoint = Endpoint::post("/cgi-bin/media/upload");

impl Structure for UploadedMedia {
    fn read(object: &mut Object) -> Read<Self> {
        // The second is the id of a thumb (wechat-api §10.1). The id that is returned must be whole; the other one does
        // not matter.
        let id = object
            .non_empty("media_id")
            .or_else(|| object.non_empty("thumb_media_id"));
        Ok(Self {
            media_id: id.filter(|id| lenient::is_id(id)).ok_or(WrongShape)?,
            created_at: object.count_or_zero("created_at"),
        })
    }
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
        let file = rules.check(self.texts(), file)?;
        let form = Form::new(part(&file), None);
        self.client.upload(&UPLOAD, &[("type", kind)], &form).await
    }

    /// `media.get`
    pub async fn get_media(&self, media_id: &str) -> Result<MediaContent> {
        check::id(self.texts(), "media-id", media_id)?;
        match self.client.get_file(&GET, &[("media_id", media_id)]).await? {
            FileOrObject::File(file) => Ok(MediaContent::File(file)),
            FileOrObject::Object(object) => { object.read() }
                .map(MediaContent::Video)
                .ok_or_else(|| self.client.unexpected_shape(&GET)),
        }
    }

    /// `media.get-voice`
    pub async fn get_voice(&self, media_id: &str) -> Result<Download> {
        check::id(self.texts(), "media-id", media_id)?;
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
