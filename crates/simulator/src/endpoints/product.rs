//! Product cards (wechat-api §12).

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api_error::ApiError;
use crate::endpoint::{Call, Endpoint, UNPUBLISHED, post};
use crate::wire::json::present;
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[post(
    "/channels/ec/service/product/getcardinfo",
    UNPUBLISHED,
    ContentType::JsonCharset,
    card,
)];

/// Length of a product key.
const PRODUCT_KEY: usize = 64;

#[derive(Deserialize)]
struct CardBody {
    #[serde(default)]
    product_id: String,
    #[serde(default)]
    article_type: String,
    #[serde(default, deserialize_with = "present")]
    card_type: Option<i64>,
}

/// POST getcardinfo: markup for the content, a key for the end of the article, or both.
fn card(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let body: CardBody = call.request.json()?;
    let account = &mut *call.account;
    account.check_commerce()?;
    if !account.products.contains(&body.product_id) {
        return Err(ApiError::new(10_170_001));
    }
    let (markup, key) = match (body.article_type.as_str(), body.card_type) {
        // A large card may also be at the end of an article, which takes the key.
        ("news", Some(0)) => (true, true),
        ("news" | "newspic", Some(1 | 2)) => (true, false),
        ("newspic", Some(3)) => (false, true),
        ("news" | "newspic", _) => return Err(ApiError::new(10_170_003)),
        _ => return Err(ApiError::new(10_170_002)),
    };
    let mut reply = Map::new();
    reply.insert("errcode".to_owned(), 0.into());
    reply.insert("errmsg".to_owned(), "ok".into());
    if key {
        let key = account.ids.id(PRODUCT_KEY);
        account.product_keys.insert(key.clone());
        reply.insert("product_key".to_owned(), key.into());
    }
    if markup {
        let (id, kind) = (body.product_id, body.card_type.unwrap_or_default());
        let dom = format!("<mp-common-product data-id=\"{id}\" data-cardtype=\"{kind}\"></mp-common-product>");
        reply.insert("DOM".to_owned(), dom.into());
    }
    Ok(Answer::Json(Value::Object(reply)))
}
