//! Product cards (wechat-api §12).

use serde_json::json;

use super::account::{Account, Commerce};
use super::errcode::Refusal;
use super::gate::Call;
use super::json::Fields;
use super::reply::Answer;

/// POST /channels/ec/service/product/getcardinfo.
pub(crate) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let fields = Fields::of(&body)?;
    let product = fields.text("product_id")?.unwrap_or_default();
    let article_type = fields.text("article_type")?.unwrap_or_default();
    let card_type = fields.number("card_type")?;
    let account = &mut *call.account;
    check_commerce(account)?;
    if !account.products.contains(product) {
        return Err(Refusal::of(10_170_001));
    }
    let (markup, key) = match (article_type, card_type) {
        // A large card may also stand at the foot of an article, which takes the key.
        ("news", Some(0)) => (true, true),
        ("news" | "newspic", Some(1 | 2)) => (true, false),
        ("newspic", Some(3)) => (false, true),
        ("news" | "newspic", _) => return Err(Refusal::of(10_170_003)),
        _ => return Err(Refusal::of(10_170_002)),
    };
    let mut reply = json!({"errcode": 0, "errmsg": "ok"});
    if let Some(reply) = reply.as_object_mut() {
        if key {
            let key = account.noise.id(64);
            account.product_keys.insert(key.clone());
            reply.insert("product_key".to_owned(), key.into());
        }
        if markup {
            let kind = card_type.unwrap_or_default();
            let dom = format!("<mp-common-product data-id=\"{product}\" data-cardtype=\"{kind}\"></mp-common-product>");
            reply.insert("DOM".to_owned(), dom.into());
        }
    }
    Ok(Answer::Json(reply))
}

/// Whether the account may use cards (wechat-api §19.3).
pub(crate) fn check_commerce(account: &Account) -> Result<(), Refusal> {
    match account.commerce {
        Commerce::Open => Ok(()),
        Commerce::NotOpened => Err(Refusal::of(53406)),
        Commerce::Barred => Err(Refusal::of(53404)),
    }
}
