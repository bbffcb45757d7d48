//! Requests about one item.

use serde::Deserialize;

use crate::api_error::ApiError;
use crate::request::Request;
use crate::wire::json::present;

#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "present")]
    media_id: Option<String>,
}

/// Reads the `media_id` that an endpoint works on. An absent one is 41006 (wechat-api §19.4).
pub(crate) fn media_id(request: &Request) -> Result<String, ApiError> {
    let Body { media_id } = request.json()?;
    media_id.ok_or(ApiError::new(41006))
}
