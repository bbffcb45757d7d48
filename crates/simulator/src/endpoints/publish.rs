//! Publishing (wechat-api §13).

use serde::Deserialize;
use serde_json::{Value, json};

use super::article;
use super::item::media_id;
use super::page::{Page, no_content};
use crate::api_error::ApiError;
use crate::endpoint::{Call, Endpoint, post};
use crate::model::account::Account;
use crate::model::publication::{Publication, status};
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[
    post("/cgi-bin/freepublish/submit", 100, ContentType::JsonCharset, submit),
    post("/cgi-bin/freepublish/get", 100, ContentType::JsonCharset, progress),
    post("/cgi-bin/freepublish/delete", 10, ContentType::JsonCharset, delete),
    post("/cgi-bin/freepublish/getarticle", 100, ContentType::JsonCharset, read),
    post("/cgi-bin/freepublish/batchget", 100, ContentType::JsonCharset, list),
];

/// POST freepublish/submit (wechat-api §13.1).
fn submit(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let id = media_id(call.request)?;
    let account = &mut *call.account;
    let draft = account.drafts.get(&id).ok_or(ApiError::new(40007))?;
    let articles = draft.articles.clone();
    account.reserve_articles(&articles)?;
    let publish_id = account.put_publication(&id, articles);
    let publication = account.publications.get(&publish_id);
    Ok(Answer::Json(json!({
        "errcode": 0,
        "errmsg": "ok",
        "publish_id": publish_id,
        "msg_data_id": publication.map(|publication| publication.msg_data_id),
    })))
}

#[derive(Deserialize)]
struct ProgressBody {
    #[serde(default)]
    publish_id: Value,
}

/// POST freepublish/get (wechat-api §13.2).
fn progress(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let invalid = || ApiError::with_message(40002, "invalid argument".to_owned());
    let ProgressBody { publish_id } = call.request.json()?;
    // It is a string in the document and a number in SDKs. The server accepts both.
    let id: u64 = match publish_id {
        Value::String(text) => text.parse().map_err(|_| invalid())?,
        other => other.as_u64().ok_or_else(invalid)?,
    };
    let account = &mut *call.account;
    let publication = account.publications.get_mut(&id).ok_or_else(invalid)?;
    publication.polls += 1;
    account.advance_publications();
    let publication = account.publications.get(&id).ok_or_else(invalid)?;
    let publish_status = publication.status;
    let id = id.to_string();
    Ok(Answer::Json(match publish_status {
        status::SUCCESS => json!({
            "publish_id": id,
            "publish_status": publish_status,
            "article_id": publication.article_id,
            "article_detail": {
                "count": publication.articles.len(),
                "item": links(publication),
            },
            "fail_idx": [],
        }),
        // The official example has this meaningless value while publishing is under way.
        status::PUBLISHING => json!({"publish_id": id, "publish_status": publish_status, "fail_idx": [1]}),
        status::NOT_ORIGINAL | status::REFUSED => json!({
            "publish_id": id,
            "publish_status": publish_status,
            "fail_idx": publication.plan.fail_idx,
        }),
        _ => json!({"publish_id": id, "publish_status": publish_status}),
    }))
}

fn links(publication: &Publication) -> Vec<Value> {
    let numbered = (1_u32..).zip(&publication.articles);
    numbered
        .map(|(idx, article)| json!({"idx": idx, "article_url": article.url}))
        .collect()
}

/// Finds the publication by its article id.
fn published<'a>(account: &'a mut Account, id: &str) -> Result<&'a mut Publication, ApiError> {
    account
        .publications
        .values_mut()
        .find(|publication| publication.status == status::SUCCESS && publication.article_id == id)
        .ok_or(ApiError::new(53600))
}

#[derive(Deserialize)]
struct DeleteBody {
    #[serde(default)]
    article_id: String,
    #[serde(default)]
    index: i64,
}

/// POST freepublish/delete (wechat-api §13.4): one article by number from 1, or all.
fn delete(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let DeleteBody { article_id, index } = call.request.json()?;
    let publication = published(call.account, &article_id)?;
    if index == 0 {
        for article in &mut publication.articles {
            article.is_deleted = true;
        }
    } else {
        let place = usize::try_from(index - 1).map_err(|_| ApiError::new(40060))?;
        let article = publication.articles.get_mut(place).ok_or(ApiError::new(40060))?;
        if article.is_deleted {
            return Err(ApiError::new(53600));
        }
        article.is_deleted = true;
    }
    if publication.articles.iter().all(|article| article.is_deleted) {
        publication.status = status::DELETED;
    }
    Ok(Answer::Done)
}

#[derive(Deserialize)]
struct ReadBody {
    #[serde(default)]
    article_id: String,
}

/// POST freepublish/getarticle (wechat-api §13.5).
fn read(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let ReadBody { article_id } = call.request.json()?;
    let publication = published(call.account, &article_id)?.clone();
    Ok(Answer::Articles(content(call, &publication, false)))
}

#[derive(Deserialize)]
struct ListBody {
    #[serde(default, deserialize_with = "no_content")]
    no_content: bool,
}

/// POST freepublish/batchget (wechat-api §13.6).
fn list(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let ListBody { no_content } = call.request.json()?;
    let all = call.account.publications.values();
    let all = all.filter(|publication| publication.status == status::SUCCESS);
    let page = Page::of(call.request)?.cut(all.map(|publication| (publication.order, publication)));
    let items: Vec<Value> = page
        .items
        .iter()
        .map(|publication| {
            json!({
                "article_id": publication.article_id,
                "content": content(call, publication, no_content),
                "update_time": publication.update_time,
            })
        })
        .collect();
    Ok(Answer::Articles(json!({
        "total_count": page.total,
        "item_count": items.len(),
        "item": items,
    })))
}

fn content(call: &Call<'_>, publication: &Publication, no_content: bool) -> Value {
    let articles = publication.articles.iter();
    let items = articles.map(|article| article::as_published(&call.altered(article), call.account, no_content));
    json!({
        "news_item": items.collect::<Vec<_>>(),
        "create_time": publication.submitted_at,
        "update_time": publication.update_time,
    })
}
