//! Permanent material (wechat-api §8).

use serde_json::{Value, json};

use super::article::Article;
use super::errcode::Refusal;
use super::file::{FileKind, Rule};
use super::gate::Call;
use super::json::{Fields, keep_escapes};
use super::reply::Answer;
use super::stock::{Material, MaterialKind};

/// wechat-api §8.1, sizes in bytes as in §16.
const IMAGE: Rule = Rule {
    extensions: &["bmp", "png", "jpeg", "jpg", "gif"],
    wrong_extension: 40113,
    largest: 10 * 1024 * 1024,
    too_large: 40009,
};
const VOICE: Rule = Rule {
    extensions: &["mp3", "wma", "wav", "amr"],
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

/// POST material/add_material (wechat-api §8.1).
pub(crate) fn add(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (kind, rule) = match call.request.query("type") {
        Some("image") => (MaterialKind::Image, IMAGE),
        Some("voice") => (MaterialKind::Voice, VOICE),
        Some("video") => (MaterialKind::Video, VIDEO),
        Some("thumb") => (MaterialKind::Thumb, THUMB),
        _ => return Err(Refusal::of(40004)),
    };
    let form = call.request.form()?;
    rule.check(&form.media)?;
    let (title, introduction) = match kind {
        MaterialKind::Video => described(call, form.description.as_deref())?,
        _ => Default::default(),
    };
    let account = &mut *call.account;
    let id = account.put_material(kind, &form.media.name, form.media.bytes.clone());
    let mut reply = json!({"media_id": id, "item": []});
    if let Some(material) = account.materials.get_mut(&id) {
        material.title = title;
        material.introduction = introduction;
        if kind == MaterialKind::Image {
            reply = json!({"media_id": id, "url": material.url, "item": []});
        }
    }
    Ok(Answer::Json(reply))
}

/// Title and introduction of a video, from the form field `description`.
fn described(call: &Call<'_>, field: Option<&str>) -> Result<(String, String), Refusal> {
    let in_query = || call.request.query("description").filter(|_| call.request.lenient);
    let text = field.or_else(in_query).ok_or(Refusal::of(40035))?;
    let value: Value = serde_json::from_slice(&keep_escapes(text.as_bytes())).map_err(|_| Refusal::of(40035))?;
    let read = |name| value.get(name).and_then(Value::as_str).unwrap_or_default();
    match read("title") {
        "" => Err(Refusal::of(40035)),
        title => Ok((title.to_owned(), read("introduction").to_owned())),
    }
}

/// POST material/get_material (wechat-api §8.2): news and video as JSON, the rest as bytes.
pub(crate) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let id = Fields::of(&body)?.media_id()?;
    // Labels of binary content that were seen (wechat-api §3.5), one after another.
    let turn = call.account.calls_today(call.request.path()) % 3;
    let account = &*call.account;
    let material = account.materials.get(id).ok_or(Refusal::of(40007))?;
    match material.kind {
        MaterialKind::News => Ok(Answer::Articles(news(call, material))),
        MaterialKind::Video => Ok(Answer::Json(json!({
            "title": material.title,
            "description": material.introduction,
            "down_url": format!("http://mmbiz.qpic.cn/video/{id}.mp4"),
        }))),
        MaterialKind::Image | MaterialKind::Voice | MaterialKind::Thumb => Ok(Answer::File {
            bytes: material.bytes.clone(),
            content_type: match turn {
                1 => "application/octet-stream",
                2 => "text/plain",
                _ => FileKind::of_name(&material.name).map_or("application/octet-stream", FileKind::content_type),
            },
            name: material.name.clone(),
        }),
    }
}

/// POST material/del_material (wechat-api §8.3).
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let id = Fields::of(&body)?.media_id()?;
    let material = call.account.materials.get(id).ok_or(Refusal::of(40007))?;
    if material.referenced {
        return Err(Refusal::of(48005));
    }
    call.account.materials.remove(id);
    Ok(Answer::Done)
}

/// GET material/get_materialcount (wechat-api §8.4).
pub(crate) fn count(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let materials = &call.account.materials;
    let count = |kind| materials.values().filter(|material| material.kind == kind).count();
    Ok(Answer::Json(json!({
        "voice_count": count(MaterialKind::Voice),
        "video_count": count(MaterialKind::Video),
        "image_count": count(MaterialKind::Image),
        "news_count": count(MaterialKind::News),
    })))
}

/// POST material/batchget_material (wechat-api §8.5).
pub(crate) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let fields = Fields::of(&body)?;
    let kind = match fields.text("type")?.ok_or(Refusal::of(40007))? {
        "image" => MaterialKind::Image,
        "voice" => MaterialKind::Voice,
        "video" => MaterialKind::Video,
        "news" => MaterialKind::News,
        _ => return Err(Refusal::of(40004)),
    };
    let of_kind = call
        .account
        .materials
        .iter()
        .filter(|(_, material)| material.kind == kind);
    let all = of_kind.map(|(id, material)| (material.order, (id, material)));
    let page = fields.page()?.cut(all.collect());
    let items: Vec<Value> = page
        .items
        .iter()
        .map(|(id, material)| match kind {
            MaterialKind::News => json!({
                "media_id": id,
                "content": news(call, material),
                "update_time": material.update_time,
            }),
            MaterialKind::Image => json!({
                "media_id": id,
                "name": material.name,
                "update_time": material.update_time,
                "url": material.url,
                "tags": [],
            }),
            _ => json!({
                "media_id": id,
                "name": material.name,
                "update_time": material.update_time,
                "tags": [],
            }),
        })
        .collect();
    Ok(Answer::Articles(json!({
        "total_count": page.total,
        "item_count": items.len(),
        "item": items,
    })))
}

fn news(call: &Call<'_>, material: &Material) -> Value {
    let articles = material.articles.iter();
    let items = articles.map(|article: &Article| article.as_material(call.account));
    json!({
        "news_item": items.collect::<Vec<_>>(),
        "create_time": material.update_time,
        "update_time": material.update_time,
    })
}
