//! Publishing (wechat-api §13).

use serde_json::{Value, json};

use super::account::Account;
use super::errcode::Refusal;
use super::gate::Call;
use super::json::Fields;
use super::reply::Answer;
use super::stock::Publication;

// publish_status (wechat-api §13.2)
const SUCCESS: i64 = 0;
const UNDER_WAY: i64 = 1;
const NOT_ORIGINAL: i64 = 2;
const REFUSED: i64 = 4;
const DELETED: i64 = 5;
const BANNED: i64 = 6;

/// POST freepublish/submit (wechat-api §13.1).
pub(crate) fn submit(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let id = Fields::of(&body)?.media_id()?;
    let account = &mut *call.account;
    settle(account);
    let draft = account.drafts.get(id).ok_or(Refusal::of(40007))?;
    let articles = draft.articles.clone();
    let publish_id = account.put_publication(id, articles);
    let publication = account.publications.get(&publish_id);
    Ok(Answer::Json(json!({
        "errcode": 0,
        "errmsg": "ok",
        "publish_id": publish_id,
        "msg_data_id": publication.map(|publication| publication.msg_data_id),
    })))
}

/// Ends what has been under way for long enough.
pub(crate) fn settle(account: &mut Account) {
    let now = account.clock.now();
    let due: Vec<u64> = account
        .publications
        .iter()
        .filter(|(_, publication)| publication.status == UNDER_WAY)
        .filter(|(_, publication)| {
            publication.polls > publication.plan.polls || now >= publication.submitted_at + publication.plan.seconds
        })
        .map(|(id, _)| *id)
        .collect();
    for id in due {
        finish(account, id, now);
    }
}

fn finish(account: &mut Account, id: u64, now: u64) {
    let Some(publication) = account.publications.get_mut(&id) else {
        return;
    };
    publication.status = publication.plan.status;
    publication.update_time = now;
    if !matches!(publication.status, SUCCESS | DELETED | BANNED) {
        return;
    }
    // It went out, and may have been taken down since: the draft is used up (wechat-api §11).
    let gone = publication.status != SUCCESS;
    for article in &mut publication.articles {
        let key = account.noise.id(22);
        article.url = format!("http://mp.weixin.qq.com/s/{key}");
        article.is_deleted = gone;
    }
    account.drafts.remove(&publication.draft_id);
}

/// POST freepublish/get (wechat-api §13.2).
pub(crate) fn status(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let invalid = || Refusal::saying(40002, "invalid argument".to_owned());
    let body = call.request.json()?;
    let given = Fields::of(&body)?.get("publish_id");
    // A string in the documentation, a number in SDKs; the server takes both.
    let id: u64 = match given {
        Some(Value::String(text)) => text.parse().map_err(|_| invalid())?,
        Some(value) => value.as_u64().ok_or_else(invalid)?,
        None => return Err(invalid()),
    };
    let account = &mut *call.account;
    let publication = account.publications.get_mut(&id).ok_or_else(invalid)?;
    publication.polls += 1;
    settle(account);
    let publication = account.publications.get(&id).ok_or_else(invalid)?;
    let status = publication.status;
    let id = id.to_string();
    Ok(Answer::Json(match status {
        SUCCESS => json!({
            "publish_id": id,
            "publish_status": status,
            "article_id": publication.article_id,
            "article_detail": {
                "count": publication.articles.len(),
                "item": links(publication),
            },
            "fail_idx": [],
        }),
        // Rubbish while it is under way, as in the official example.
        UNDER_WAY => json!({"publish_id": id, "publish_status": status, "fail_idx": [1]}),
        NOT_ORIGINAL | REFUSED => json!({
            "publish_id": id,
            "publish_status": status,
            "fail_idx": publication.plan.fail_idx,
        }),
        _ => json!({"publish_id": id, "publish_status": status}),
    }))
}

fn links(publication: &Publication) -> Vec<Value> {
    let numbered = (1_u32..).zip(&publication.articles);
    numbered
        .map(|(idx, article)| json!({"idx": idx, "article_url": article.url}))
        .collect()
}

/// The publication that is reachable by this article id.
fn published<'a>(account: &'a mut Account, id: &str) -> Result<&'a mut Publication, Refusal> {
    account
        .publications
        .values_mut()
        .find(|publication| publication.status == SUCCESS && publication.article_id == id)
        .ok_or(Refusal::of(53600))
}

/// POST freepublish/delete (wechat-api §13.4): one article by number from 1, or all.
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let fields = Fields::of(&body)?;
    let id = fields.text("article_id")?.unwrap_or_default();
    let index = fields.number("index")?.unwrap_or_default();
    settle(call.account);
    let publication = published(call.account, id)?;
    if index == 0 {
        for article in &mut publication.articles {
            article.is_deleted = true;
        }
    } else {
        let place = usize::try_from(index - 1).map_err(|_| Refusal::of(40060))?;
        let article = publication.articles.get_mut(place).ok_or(Refusal::of(40060))?;
        if article.is_deleted {
            return Err(Refusal::of(53600));
        }
        article.is_deleted = true;
    }
    if publication.articles.iter().all(|article| article.is_deleted) {
        publication.status = DELETED;
    }
    Ok(Answer::Done)
}

/// POST freepublish/getarticle (wechat-api §13.5).
pub(crate) fn article(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let id = Fields::of(&body)?.text("article_id")?.unwrap_or_default();
    settle(call.account);
    let publication = published(call.account, id)?.clone();
    Ok(Answer::Articles(content(call.account, &publication, false)))
}

/// POST freepublish/batchget (wechat-api §13.6).
pub(crate) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let fields = Fields::of(&body)?;
    let no_content = fields.no_content()?;
    settle(call.account);
    let all = call.account.publications.values();
    let all = all.filter(|publication| publication.status == SUCCESS);
    let all = all.map(|publication| (publication.order, publication));
    let page = fields.page()?.cut(all.collect());
    let items: Vec<Value> = page
        .items
        .iter()
        .map(|publication| {
            json!({
                "article_id": publication.article_id,
                "content": content(call.account, publication, no_content),
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

fn content(account: &Account, publication: &Publication, no_content: bool) -> Value {
    let articles = publication.articles.iter();
    let items = articles.map(|article| article.as_published(account, no_content));
    json!({
        "news_item": items.collect::<Vec<_>>(),
        "create_time": publication.submitted_at,
        "update_time": publication.update_time,
    })
}
