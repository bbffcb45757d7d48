//! Article images and temporary media (wechat-api §9, §10).

use serde_json::json;

use super::upload_rule::{Rule, RulesByKind};
use crate::api_error::ApiError;
use crate::endpoint::{Call, Endpoint, UNPUBLISHED, get, post};
use crate::file_format::{self, FileFormat};
use crate::model::material::{MaterialKind, TemporaryMedia};
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[
    post(
        "/cgi-bin/media/uploadimg",
        UNPUBLISHED,
        ContentType::TextPlain,
        upload_image,
    ),
    post("/cgi-bin/media/upload", 100_000, ContentType::TextPlain, upload),
    get("/cgi-bin/media/get", 200_000, download),
    get("/cgi-bin/media/get/jssdk", UNPUBLISHED, download_jssdk_voice),
];

/// wechat-api §9: below 1 MB, jpg or png.
const ARTICLE_IMAGE: Rule = Rule {
    extensions: &["jpg", "png"],
    wrong_extension: 40005,
    largest: 1024 * 1024 - 1,
    too_large: 40009,
};

/// The same for SDKs that name files by their format.
const ARTICLE_IMAGE_LENIENT: Rule = Rule {
    extensions: &["jpg", "jpeg", "png"],
    ..ARTICLE_IMAGE
};

/// wechat-api §10.1. The document has two figures for images: this is the newer one.
const RULES: RulesByKind = RulesByKind {
    image: Rule {
        extensions: &["png", "jpeg", "jpg", "gif"],
        wrong_extension: 40113,
        largest: 10 * 1024 * 1024,
        too_large: 40009,
    },
    voice: Rule {
        extensions: &["amr", "mp3"],
        wrong_extension: 40113,
        largest: 2 * 1024 * 1024,
        too_large: 40010,
    },
};

/// POST media/uploadimg (wechat-api §9): a URL and no id.
fn upload_image(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let image = &call.request.form()?.media;
    let rule = if call.request.lenient {
        ARTICLE_IMAGE_LENIENT
    } else {
        ARTICLE_IMAGE
    };
    rule.check(image)?;
    call.account.reserve_file(image.bytes.len(), &[&image.name])?;
    let url = call.account.put_article_image(&image.name, image.stored());
    Ok(Answer::Json(json!({"url": url, "errcode": 0, "errmsg": "ok"})))
}

/// POST media/upload (wechat-api §10.1).
fn upload(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let (kind, rule) = RULES.announced(call.request)?;
    let file = &call.request.form()?.media;
    rule.check(file)?;
    call.account.reserve_file(file.bytes.len(), &[&file.name])?;
    let id = call.account.put_media(kind, &file.name, file.stored());
    let id_name = match kind {
        MaterialKind::Thumb => "thumb_media_id",
        _ => "media_id",
    };
    Ok(Answer::Json(json!({
        "type": kind.name(),
        id_name: id,
        "created_at": call.account.clock.now(),
    })))
}

fn requested<'a>(call: &'a Call<'_>) -> Result<(&'a str, &'a TemporaryMedia), ApiError> {
    let id = call.request.query("media_id").ok_or(ApiError::new(41006))?;
    let media = call.account.fresh_media(id).ok_or(ApiError::new(40007))?;
    Ok((id, media))
}

/// GET media/get (wechat-api §10.2): the bytes, or the address of a video.
fn download(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let (id, media) = requested(call)?;
    if media.kind == MaterialKind::Video {
        let url = format!("http://mmbiz.qpic.cn/video/{id}.mp4");
        return Ok(Answer::Json(json!({"video_url": url})));
    }
    let extension = file_format::extension(&media.name).unwrap_or_default();
    Ok(Answer::File {
        bytes: media.bytes.clone(),
        content_type: FileFormat::of_name(&media.name).map_or("application/octet-stream", FileFormat::content_type),
        name: format!("{id}.{extension}"),
    })
}

/// GET media/get/jssdk (wechat-api §10.3): a voice recorded by JSSDK, as speex.
fn download_jssdk_voice(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let (id, media) = requested(call)?;
    let speex = media.speex.clone().ok_or(ApiError::new(40007))?;
    Ok(Answer::File {
        bytes: speex,
        content_type: "voice/speex",
        name: format!("{id}.speex"),
    })
}
