//! Versions of the protocol, and what each wants to see in a request.

use data_url::forgiving_base64::decode_to_vec;
use serde_json::{Value, json};

use crate::http::Request;
use crate::mcp::message::RpcError;

/// The version that each request names in `_meta`.
const MODERN: &str = "2026-07-28";

/// Versions that begin with `initialize`, the newest first. The tools look the same in both.
const LEGACY: [&str; 2] = ["2025-11-25", "2025-06-18"];

/// All versions, the newest first.
pub const SUPPORTED: [&str; 3] = [MODERN, "2025-11-25", "2025-06-18"];

/// The way in which a client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2026-07-28.
    Modern,
    /// Earlier.
    Legacy,
}

impl Version {
    /// Returns the HTTP status of an error about an unknown method. Earlier protocols have none for it.
    pub fn status_of_unknown_methods(self) -> u16 {
        match self {
            Self::Modern => 404,
            Self::Legacy => 200,
        }
    }

    /// Adds what each result of this version has.
    pub fn dress(self, mut result: Value) -> Value {
        if let (Self::Modern, Value::Object(result)) = (self, &mut result) {
            result.insert("resultType".to_owned(), "complete".into());
            let meta = json!({ "io.modelcontextprotocol/serverInfo": server_info() });
            result.insert("_meta".to_owned(), meta);
        }
        result
    }
}

/// Returns the name and version of the service.
pub fn server_info() -> Value {
    json!({
        "name": "wechat-official-account-edge",
        "title": "WeChat Official Account",
        "version": env!("CARGO_PKG_VERSION"),
    })
}

/// Returns the version for a client that asks for this one by `initialize`.
pub fn negotiated(requested: Option<&Value>) -> &'static str {
    let [newest, ..] = LEGACY;
    let requested = requested.and_then(Value::as_str).unwrap_or_default();
    LEGACY
        .into_iter()
        .find(|version| *version == requested)
        .unwrap_or(newest)
}

/// Finds a request's version, and checks that its headers say what the message says.
pub fn of(request: &Request, method: &str, params: &Value) -> Result<Version, RpcError> {
    let header = request.headers.only("mcp-protocol-version");
    let meta = params.get("_meta");
    let named = meta.and_then(|meta| meta.get("io.modelcontextprotocol/protocolVersion"));
    let Some(named) = named.and_then(Value::as_str) else {
        return match header {
            Some(MODERN) => Err(RpcError::malformed("The request's _meta has no protocolVersion.")),
            Some(version) if !LEGACY.contains(&version) => Err(RpcError::unsupported_version(version, &SUPPORTED)),
            _ => Ok(Version::Legacy),
        };
    };
    if named != MODERN {
        return Err(RpcError::unsupported_version(named, &SUPPORTED));
    }
    if header != Some(named) {
        return Err(RpcError::header_mismatch("MCP-Protocol-Version"));
    }
    let capabilities = meta.and_then(|meta| meta.get("io.modelcontextprotocol/clientCapabilities"));
    if !capabilities.is_some_and(Value::is_object) {
        return Err(RpcError::malformed("The request's _meta has no clientCapabilities."));
    }
    if header_value(request, "mcp-method").as_deref() != Some(method) {
        return Err(RpcError::header_mismatch("Mcp-Method"));
    }
    let name = params.get("name").and_then(Value::as_str);
    if method == "tools/call" && header_value(request, "mcp-name").as_deref() != name {
        return Err(RpcError::header_mismatch("Mcp-Name"));
    }
    Ok(Version::Modern)
}

/// Returns a header's text. What no header can carry is `=?base64?…?=`.
fn header_value(request: &Request, name: &str) -> Option<String> {
    let value = request.headers.only(name)?;
    match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
        Some(encoded) => String::from_utf8(decode_to_vec(encoded.as_bytes()).ok()?).ok(),
        None => Some(value.to_owned()),
    }
}
