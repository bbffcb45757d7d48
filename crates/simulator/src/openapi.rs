//! Diagnostics (wechat-api §15).

use serde_json::json;

use super::errcode::Refusal;
use super::gate::Call;
use super::json::Fields;
use super::reply::Answer;

/// Seconds that a rid can be looked up: 7 days (wechat-api §15.2).
const RID_LIFETIME: u64 = 7 * 86_400;

/// POST openapi/quota/get (wechat-api §15.1).
pub(crate) fn quota(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let path = Fields::of(&body)?.text("cgi_path")?.unwrap_or_default();
    let account = &mut *call.account;
    let limit = *account.daily_limits.get(path).ok_or(Refusal::of(76021))?;
    if account.denied_paths.contains(path) {
        return Err(Refusal::of(76022));
    }
    let used = account.calls_today(path).min(limit);
    let mut reply = json!({
        "errcode": 0,
        "errmsg": "ok",
        "quota": {"daily_limit": limit, "used": used, "remain": limit - used},
    });
    // Optional in the reply (wechat-api §15.1): only where there is a limit to tell.
    if let Some(per_minute) = account.minute_limits.get(path)
        && let Some(reply) = reply.as_object_mut()
    {
        let rate = json!({"call_count": per_minute, "refresh_second": 60});
        reply.insert("rate_limit".to_owned(), rate);
    }
    Ok(Answer::Json(reply))
}

/// POST openapi/rid/get (wechat-api §15.2).
pub(crate) fn rid(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.request.json()?;
    let rid = Fields::of(&body)?.text("rid")?.unwrap_or_default();
    if !well_formed(rid) {
        return Err(Refusal::of(76002));
    }
    let refused = call.rids.get(rid).ok_or(Refusal::of(76001))?;
    if refused.app_id.as_ref().is_some_and(|id| *id != call.account.app_id) {
        return Err(Refusal::of(76003));
    }
    if call.account.clock.now() > refused.invoke_time + RID_LIFETIME {
        return Err(Refusal::of(76004));
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

fn well_formed(rid: &str) -> bool {
    let words: Vec<&str> = rid.split('-').collect();
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    words.len() == 3 && words.iter().all(|word| word.len() == 8 && word.bytes().all(hex))
}

/// GET get_api_domain_ip (wechat-api §15.5).
pub(crate) fn domain_ip(_call: &mut Call<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::Json(json!({
        "ip_list": ["101.89.47.18", "101.91.34.103", "172.0.0.1/24"],
    })))
}
