//! Article images and temporary media (wechat-api §9, §10).

use serde_json::json;

use super::errcode::Refusal;
use super::file::{self, FileKind, Rule};
use super::gate::Call;
use super::reply::Answer;
use super::stock::{MaterialKind, TemporaryMedia};

/// wechat-api §9: below 1 MB, jpg or png.
const ARTICLE_IMAGE: Rule = Rule {
    extensions: &["jpg", "png"],
    wrong_extension: 40005,
    largest: 1024 * 1024 - 1,
    too_large: 40009,
};

/// The same for SDKs that go by the format rather than the name.
const ARTICLE_IMAGE_LENIENT: Rule = Rule {
    extensions: &["jpg", "jpeg", "png"],
    ..ARTICLE_IMAGE
};

/// wechat-api §10.1; of the two figures for images the newer one.
const IMAGE: Rule = Rule {
    extensions: &["png", "jpeg", "jpg", "gif"],
    wrong_extension: 40113,
    largest: 10 * 1024 * 1024,
    too_large: 40009,
};
const VOICE: Rule = Rule {
    extensions: &["amr", "mp3"],
    wrong_extension: 40113,
    largest: 2 * 1024 * 1024,
    too_large: 40010,
};
const VIDEO: Rule = Rule {
    extensions: &["mp4"],
    wrong_extension: 40113,
    largest: 10 * 1024 * 1024,
    too_large: 40011,
};
const THUMB: Rule = Rule {
    extensions: &["jpg"],
    wrong_extension: 40113,
    largest: 64 * 1024,
    too_large: 40012,
};

/// POST media/uploadimg (wechat-api §9): a URL and no id.
pub(crate) fn upload_image(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let image = &call.request.form()?.media;
    let rule = if call.request.lenient {
        ARTICLE_IMAGE_LENIENT
    } else {
        ARTICLE_IMAGE
    };
    rule.check(image)?;
    let url = call.account.put_article_image(&image.name, image.bytes.clone());
    Ok(Answer::Json(json!({"url": url, "errcode": 0, "errmsg": "ok"})))
}

/// POST media/upload (wechat-api §10.1).
pub(crate) fn upload(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (kind, rule) = match call.request.query("type") {
        Some("image") => (MaterialKind::Image, IMAGE),
        Some("voice") => (MaterialKind::Voice, VOICE),
        Some("video") => (MaterialKind::Video, VIDEO),
        Some("thumb") => (MaterialKind::Thumb, THUMB),
        _ => return Err(Refusal::of(40004)),
    };
    let file = &call.request.form()?.media;
    rule.check(file)?;
    let id = call.account.put_media(kind, &file.name, file.bytes.clone());
    let id_name = match kind {
        MaterialKind::Thumb => "thumb_media_id",
        _ => "media_id",
    };
    Ok(Answer::Json(json!({
        "type": kind.name(),
        id_name: id,
        "created_at": call.account.clock.now(),
        "item": [],
    })))
}

fn wanted<'a>(call: &'a Call<'_>) -> Result<(&'a str, &'a TemporaryMedia), Refusal> {
    let id = call.request.query("media_id").ok_or(Refusal::of(41006))?;
    let media = call.account.fresh_media(id).ok_or(Refusal::of(40007))?;
    Ok((id, media))
}

/// GET media/get (wechat-api §10.2): bytes, or for a video where they are.
pub(crate) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, media) = wanted(call)?;
    if media.kind == MaterialKind::Video {
        let url = format!("http://mmbiz.qpic.cn/video/{id}.mp4");
        return Ok(Answer::Json(json!({"video_url": url})));
    }
    let extension = file::extension(&media.name).unwrap_or_default();
    Ok(Answer::File {
        bytes: media.bytes.clone(),
        content_type: FileKind::of_name(&media.name).map_or("application/octet-stream", FileKind::content_type),
        name: format!("{id}.{extension}"),
    })
}

/// GET media/get/jssdk (wechat-api §10.3): a voice recorded by JSSDK, as speex.
pub(crate) fn get_jssdk(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, media) = wanted(call)?;
    let speex = media.speex.clone().ok_or(Refusal::of(40007))?;
    Ok(Answer::File {
        bytes: speex,
        content_type: "voice/speex",
        name: format!("{id}.speex"),
    })
}
