//! Drafts (wechat-api §11).

use serde_json::{Value, json};

use super::article::Article;
use super::errcode::Refusal;
use super::gate::Call;
use super::json::Fields;
use super::publish;
use super::reply::Answer;
use super::stock::Draft;

/// Articles in a draft (wechat-api §16).
const ARTICLES: usize = 8;

/// POST draft/add (wechat-api §11.2).
pub(crate) fn add(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.article_json()?;
    let given = Fields::of(&body)?.get("articles");
    let given = given.and_then(Value::as_array).ok_or(Refusal::of(44003))?;
    if given.is_empty() || !given.iter().all(Value::is_object) {
        return Err(Refusal::of(44003));
    }
    if given.len() > ARTICLES {
        return Err(Refusal::of(45008));
    }
    let alone = given.len() == 1;
    let articles = given
        .iter()
        .map(|article| Article::read(call.account, Fields::of(article)?, alone))
        .collect::<Result<Vec<_>, Refusal>>()?;
    let id = call.account.put_draft(articles);
    Ok(Answer::Json(json!({"media_id": id, "item": []})))
}

/// POST draft/get (wechat-api §11.3).
pub(crate) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let id = Fields::of(&body)?.media_id()?;
    publish::settle(call.account);
    let draft = call.account.drafts.get(id).ok_or(Refusal::of(40007))?;
    Ok(Answer::Articles(content(call, draft, false)))
}

/// POST draft/update (wechat-api §11.4): replaces one article as a whole.
pub(crate) fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.article_json()?;
    let fields = Fields::of(&body)?;
    let id = fields.media_id()?;
    let given = fields.object("articles")?.ok_or(Refusal::of(44003))?;
    let index = fields.number("index")?.ok_or(Refusal::of(40114))?;
    publish::settle(call.account);
    let draft = call.account.drafts.get(id).ok_or(Refusal::of(40007))?;
    let count = draft.articles.len();
    let index = usize::try_from(index).ok().filter(|index| *index < count);
    let index = index.ok_or(Refusal::of(40114))?;
    let kind = draft.articles.get(index).map(|article| article.kind);
    let mut article = Article::read(call.account, given, count == 1)?;
    // Not documented as possible (wechat-api §11.4), so nobody should count on it.
    if kind != Some(article.kind) {
        return Err(Refusal::of(40035));
    }
    article.url = call.account.preview_url();
    let order = call.account.next_order();
    let now = call.account.clock.now();
    if let Some(draft) = call.account.drafts.get_mut(id)
        && let Some(place) = draft.articles.get_mut(index)
    {
        *place = article;
        draft.update_time = now;
        draft.order = order;
    }
    Ok(Answer::Done)
}

/// POST draft/delete (wechat-api §11.5).
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let id = Fields::of(&body)?.media_id()?;
    publish::settle(call.account);
    call.account.drafts.remove(id).ok_or(Refusal::of(40007))?;
    Ok(Answer::Done)
}

/// GET draft/count (wechat-api §11.6).
pub(crate) fn count(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    publish::settle(call.account);
    let count = call.account.drafts.len();
    Ok(Answer::Json(json!({"total_count": count})))
}

/// POST draft/batchget (wechat-api §11.7).
pub(crate) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let fields = Fields::of(&body)?;
    let no_content = fields.no_content()?;
    publish::settle(call.account);
    let all = call.account.drafts.iter();
    let all = all.map(|(id, draft)| (draft.order, (id, draft)));
    let page = fields.page()?.cut(all.collect());
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
        // Past the end the count is not sent (wechat-api §11.7).
        json!({"total_count": page.total, "item": items})
    } else {
        json!({"total_count": page.total, "item_count": items.len(), "item": items})
    }))
}

fn content(call: &Call<'_>, draft: &Draft, no_content: bool) -> Value {
    let articles = draft.articles.iter();
    let items = articles.map(|article| article.as_draft(call.account, no_content));
    json!({
        "news_item": items.collect::<Vec<_>>(),
        "create_time": draft.create_time,
        "update_time": draft.update_time,
    })
}
