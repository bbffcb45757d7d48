//! Permanent material (wechat-api §8).

use serde::Deserialize;
use serde_json::{Value, json};

use super::article;
use super::item::media_id;
use super::page::Page;
use super::upload_rule::{Rule, RulesByKind};
use crate::api_error::ApiError;
use crate::endpoint::{Call, Endpoint, UNPUBLISHED, get, post};
use crate::file_format::FileFormat;
use crate::model::material::{Material, MaterialKind};
use crate::wire::json::{keep_escapes, object, present};
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[
    post(
        "/cgi-bin/material/add_material",
        UNPUBLISHED,
        ContentType::TextPlain,
        add,
    ),
    post(
        "/cgi-bin/material/get_material",
        1_000,
        ContentType::TextPlain,
        download,
    ),
    post(
        "/cgi-bin/material/del_material",
        UNPUBLISHED,
        ContentType::TextPlain,
        delete,
    ),
    get("/cgi-bin/material/get_materialcount", UNPUBLISHED, count),
    post(
        "/cgi-bin/material/batchget_material",
        UNPUBLISHED,
        ContentType::TextPlain,
        list,
    ),
];

/// wechat-api §8.1, sizes in bytes as in §16.
const RULES: RulesByKind = RulesByKind {
    image: Rule {
        extensions: &["bmp", "png", "jpeg", "jpg", "gif"],
        wrong_extension: 40113,
        largest: 10 * 1024 * 1024,
        too_large: 40009,
    },
    voice: Rule {
        extensions: &["mp3", "wma", "wav", "amr"],
        wrong_extension: 40113,
        largest: 2 * 1024 * 1024,
        too_large: 40010,
    },
};

/// POST material/add_material (wechat-api §8.1).
fn add(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let (kind, rule) = RULES.announced(call.request)?;
    let form = call.request.form()?;
    rule.check(&form.media)?;
    let description = match kind {
        MaterialKind::Video => video_description(call, form.description.as_deref())?,
        _ => VideoDescription::default(),
    };
    let account = &mut *call.account;
    account.check_count(kind)?;
    account.reserve_file(
        form.media.bytes.len(),
        &[&form.media.name, &description.title, &description.introduction],
    )?;
    let id = account.put_material(kind, &form.media.name, form.media.stored());
    let mut reply = json!({"media_id": id});
    if let Some(material) = account.materials.get_mut(&id) {
        material.title = description.title;
        material.introduction = description.introduction;
        if kind == MaterialKind::Image {
            reply = json!({"media_id": id, "url": material.url});
        }
    }
    Ok(Answer::Json(reply))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct VideoDescription {
    title: String,
    introduction: String,
}

/// Reads the form field `description`. Lenient mode also finds it in the query.
fn video_description(call: &Call<'_>, field: Option<&str>) -> Result<VideoDescription, ApiError> {
    let in_query = || call.request.query("description").filter(|_| call.request.lenient);
    let text = field.or_else(in_query).ok_or(ApiError::new(40035))?;
    let description: VideoDescription = object(&keep_escapes(text.as_bytes())).map_err(|_| ApiError::new(40035))?;
    if description.title.is_empty() {
        return Err(ApiError::new(40035));
    }
    Ok(description)
}

/// POST material/get_material (wechat-api §8.2): news and videos as JSON, all else as bytes.
fn download(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let id = media_id(call.request)?;
    // The content types that were seen on binary content (wechat-api §3.5), one after another.
    let turn = call.account.calls_today(&call.request.path) % 3;
    let account = &*call.account;
    let material = account.materials.get(&id).ok_or(ApiError::new(40007))?;
    match material.kind {
        MaterialKind::News => Ok(Answer::Articles(news(call, material, false))),
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
                _ => FileFormat::of_name(&material.name).map_or("application/octet-stream", FileFormat::content_type),
            },
            name: material.name.clone(),
        }),
    }
}

/// POST material/del_material (wechat-api §8.3).
fn delete(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let id = media_id(call.request)?;
    let material = call.account.materials.get(&id).ok_or(ApiError::new(40007))?;
    if material.referenced {
        return Err(ApiError::new(48005));
    }
    call.account.materials.remove(&id);
    Ok(Answer::Done)
}

/// GET material/get_materialcount (wechat-api §8.4).
fn count(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let materials = &call.account.materials;
    let count = |kind| materials.values().filter(|material| material.kind == kind).count();
    Ok(Answer::Json(json!({
        "voice_count": count(MaterialKind::Voice),
        "video_count": count(MaterialKind::Video),
        "image_count": count(MaterialKind::Image),
        "news_count": count(MaterialKind::News),
    })))
}

#[derive(Deserialize)]
struct ListBody {
    #[serde(rename = "type", default, deserialize_with = "present")]
    kind: Option<String>,
}

/// POST material/batchget_material (wechat-api §8.5).
fn list(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let ListBody { kind } = call.request.json()?;
    let kind = match MaterialKind::of_name(&kind.ok_or(ApiError::new(40007))?) {
        None | Some(MaterialKind::Thumb) => return Err(ApiError::new(40004)),
        Some(kind) => kind,
    };
    let all = call.account.materials.iter();
    let all = all.filter(|(_, material)| material.kind == kind);
    let page = Page::of(call.request)?.cut(all.map(|(id, material)| (material.order, (id, material))));
    let items: Vec<Value> = page
        .items
        .iter()
        .map(|(id, material)| match kind {
            MaterialKind::News => json!({
                "media_id": id,
                "content": news(call, material, true),
                "update_time": material.update_time,
            }),
            MaterialKind::Image => json!({
                "media_id": id,
                "name": material.name,
                "update_time": material.update_time,
                "url": material.url,
            }),
            _ => json!({
                "media_id": id,
                "name": material.name,
                "update_time": material.update_time,
            }),
        })
        .collect();
    Ok(Answer::Articles(json!({
        "total_count": page.total,
        "item_count": items.len(),
        "item": items,
    })))
}

fn news(call: &Call<'_>, material: &Material, listed: bool) -> Value {
    let articles = material.articles.iter();
    let items = articles.map(|article| article::as_material(&call.altered(article), call.account, listed));
    json!({
        "news_item": items.collect::<Vec<_>>(),
        "create_time": material.update_time,
        "update_time": material.update_time,
    })
}
