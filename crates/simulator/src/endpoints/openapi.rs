//! Diagnostics (wechat-api §15).

use serde::Deserialize;
use serde_json::json;

use crate::api_error::ApiError;
use crate::endpoint::{Call, Endpoint, UNPUBLISHED, get, post};
use crate::wire::reply::{Answer, ContentType};

/// Routes of this group.
pub(crate) const ROUTES: &[Endpoint] = &[
    post(
        "/cgi-bin/openapi/quota/get",
        UNPUBLISHED,
        ContentType::JsonCharset,
        quota,
    ),
    post("/cgi-bin/openapi/rid/get", UNPUBLISHED, ContentType::JsonCharset, rid),
    get("/cgi-bin/get_api_domain_ip", UNPUBLISHED, domain_ip),
];

/// Seconds for which a rid can be looked up: 7 days (wechat-api §15.2).
const RID_LIFETIME: u64 = 7 * 86_400;

#[derive(Deserialize)]
struct QuotaBody {
    #[serde(default)]
    cgi_path: String,
}

/// POST openapi/quota/get (wechat-api §15.1).
fn quota(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let QuotaBody { cgi_path: path } = call.request.json()?;
    let account = &mut *call.account;
    let limit = *account.daily_limits.get(&path).ok_or(ApiError::new(76021))?;
    if account.denied_paths.contains(&path) {
        return Err(ApiError::new(76022));
    }
    let used = account.calls_today(&path).min(limit);
    let mut reply = json!({
        "errcode": 0,
        "errmsg": "ok",
        "quota": {"daily_limit": limit, "used": used, "remain": limit - used},
    });
    // The field is optional (wechat-api §15.1): it is there only if there is a limit.
    if let Some(per_minute) = account.minute_limits.get(&path)
        && let Some(reply) = reply.as_object_mut()
    {
        let rate = json!({"call_count": per_minute, "refresh_second": 60});
        reply.insert("rate_limit".to_owned(), rate);
    }
    Ok(Answer::Json(reply))
}

#[derive(Deserialize)]
struct RidBody {
    #[serde(default)]
    rid: String,
}

/// POST openapi/rid/get (wechat-api §15.2).
fn rid(call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let RidBody { rid } = call.request.json()?;
    if !is_well_formed(&rid) {
        return Err(ApiError::new(76002));
    }
    let refused = call.refused.get(&rid).ok_or(ApiError::new(76001))?;
    if refused.app_id.as_ref().is_some_and(|id| *id != call.account.app_id) {
        return Err(ApiError::new(76003));
    }
    if call.account.clock.now() > refused.invoke_time + RID_LIFETIME {
        return Err(ApiError::new(76004));
    }
    Ok(Answer::Json(json!({
        "errcode": 0,
        "errmsg": "ok",
        "request": {
            "invoke_time": refused.invoke_time,
            "cost_in_ms": refused.cost_in_ms,
            "request_url": refused.request_url,
            "request_body": refused.request_body,
            "response_body": refused.response_body,
            "client_ip": refused.client_ip,
        },
    })))
}

fn is_well_formed(rid: &str) -> bool {
    let words: Vec<&str> = rid.split('-').collect();
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    words.len() == 3 && words.iter().all(|word| word.len() == 8 && word.bytes().all(hex))
}

/// GET get_api_domain_ip (wechat-api §15.5).
fn domain_ip(_call: &mut Call<'_>) -> Result<Answer, ApiError> {
    Ok(Answer::Json(json!({
        "ip_list": ["101.89.47.18", "101.91.34.103", "172.0.0.1/24"],
    })))
}
