//! Drafts (wechat-api §11).

use serde::Deserialize;
use serde_json::{Value, json};

use super::article::{self, ArticleBody};
use super::item::media_id;
use super::page::{Page, no_content};
use crate::api_error::ApiError;
use crate::endpoint::{Call, Endpoint, get, post};
use crate::model::draft::Draft;
use crate::wire::json::{from_object, present, present_object};
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[
    post("/cgi-bin/draft/add", 1_000, ContentType::TextPlain, add),
    post("/cgi-bin/draft/get", 500, ContentType::TextPlain, read),
    post("/cgi-bin/draft/update", 1_000, ContentType::TextPlain, update),
    post("/cgi-bin/draft/delete", 1_000, ContentType::TextPlain, delete),
    get("/cgi-bin/draft/count", 1_000, count),
    post("/cgi-bin/draft/batchget", 1_000, ContentType::TextPlain, list),
];

/// Articles in a draft (wechat-api §16).
const ARTICLES: usize = 8;

#[derive(Deserialize)]
struct AddBody {
    #[serde(default)]
    articles: Value,
}

/// POST draft/add (wechat-api §11.2).
fn add(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let AddBody { articles } = call.request.article_json()?;
    // A list of anything but articles is an empty draft, not bad JSON (wechat-api §19.5).
    let Value::Array(given) = articles else {
        return Err(ApiError::new(44003));
    };
    if given.is_empty() || !given.iter().all(Value::is_object) {
        return Err(ApiError::new(44003));
    }
    if given.len() > ARTICLES {
        return Err(ApiError::new(45008));
    }
    let alone = given.len() == 1;
    let articles = given
        .into_iter()
        .map(|article| {
            let body: ArticleBody = from_object(article).map_err(|_| ApiError::new(47001))?;
            let article = article::checked(body, call.account, alone)?;
            Ok(call.altered(&article).into_owned())
        })
        .collect::<Result<Vec<_>, ApiError>>()?;
    call.account.reserve_articles(&articles)?;
    let id = call.account.put_draft(articles);
    Ok(Answer::Json(json!({"media_id": id, "item": []})))
}

/// POST draft/get (wechat-api §11.3).
fn read(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let id = media_id(call.request)?;
    let draft = call.account.drafts.get(&id).ok_or(ApiError::new(40007))?;
    Ok(Answer::Articles(content(call, draft, false)))
}

#[derive(Deserialize)]
struct UpdateBody {
    #[serde(default, deserialize_with = "present")]
    media_id: Option<String>,
    #[serde(default, deserialize_with = "present")]
    index: Option<i64>,
    #[serde(default, deserialize_with = "present_object")]
    articles: Option<ArticleBody>,
}

/// POST draft/update (wechat-api §11.4): replaces one article as a whole.
fn update(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let body: UpdateBody = call.request.article_json()?;
    let id = body.media_id.ok_or(ApiError::new(41006))?;
    let given = body.articles.ok_or(ApiError::new(44003))?;
    let index = body.index.ok_or(ApiError::new(40114))?;
    let draft = call.account.drafts.get(&id).ok_or(ApiError::new(40007))?;
    let count = draft.articles.len();
    let index = usize::try_from(index).ok().filter(|index| *index < count);
    let index = index.ok_or(ApiError::new(40114))?;
    let kind = draft.articles.get(index).map(|article| article.kind);
    let article = article::checked(given, call.account, count == 1)?;
    let mut article = call.altered(&article).into_owned();
    // No document mentions that this is possible (wechat-api §11.4), so no client should rely on it.
    if kind != Some(article.kind) {
        return Err(ApiError::new(40035));
    }
    call.account.reserve_articles(std::slice::from_ref(&article))?;
    article.url = call.account.preview_url();
    let order = call.account.next_order();
    let now = call.account.clock.now();
    if let Some(draft) = call.account.drafts.get_mut(&id)
        && let Some(place) = draft.articles.get_mut(index)
    {
        *place = article;
        draft.update_time = now;
        draft.order = order;
    }
    Ok(Answer::Done)
}

/// POST draft/delete (wechat-api §11.5).
fn delete(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let id = media_id(call.request)?;
    call.account.drafts.remove(&id).ok_or(ApiError::new(40007))?;
    Ok(Answer::Done)
}

/// GET draft/count (wechat-api §11.6).
fn count(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let count = call.account.drafts.len();
    Ok(Answer::Json(json!({"total_count": count})))
}

#[derive(Deserialize)]
struct ListBody {
    #[serde(default, deserialize_with = "no_content")]
    no_content: bool,
}

/// POST draft/batchget (wechat-api §11.7).
fn list(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let ListBody { no_content } = call.request.json()?;
    let all = call.account.drafts.iter();
    let page = Page::of(call.request)?.cut(all.map(|(id, draft)| (draft.order, (id, draft))));
    let items: Vec<Value> = page
        .items
        .iter()
        .map(|(id, draft)| {
            json!({
                "media_id": id,
                "content": content(call, draft, no_content),
                "update_time": draft.update_time,
            })
        })
        .collect();
    Ok(Answer::Articles(if items.is_empty() {
        // The count may be missing after the end (wechat-api §11.7). This is the harder case.
        json!({"total_count": page.total, "item": items})
    } else {
        json!({"total_count": page.total, "item_count": items.len(), "item": items})
    }))
}

fn content(call: &Call<'_>, draft: &Draft, no_content: bool) -> Value {
    let articles = draft.articles.iter();
    let items = articles.map(|article| article::as_draft(&call.altered(article), call.account, no_content));
    json!({
        "news_item": items.collect::<Vec<_>>(),
        "create_time": draft.create_time,
        "update_time": draft.update_time,
    })
}
