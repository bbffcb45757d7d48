//! JSON-RPC 2.0: messages and errors.

use serde_json::{Value, json};
use wechat_official_account_tools::text::shortened;

use crate::http::Response;

/// The longest id of a message, in characters: each answer repeats it. Clients count, or take some ten characters.
const LONGEST_ID: usize = 1024;

/// A message of a client.
#[derive(Debug)]
pub enum Message {
    /// It wants an answer.
    Request {
        /// An integer or a short text, which the answer repeats.
        id: Value,
        /// The method.
        method: String,
        /// The parameters, an object.
        params: Value,
    },
    /// It wants none.
    Notification,
}

impl Message {
    /// Reads a message.
    pub fn read(value: Value) -> Result<Self, RpcError> {
        let Value::Object(mut message) = value else {
            return Err(RpcError::invalid_request("The body is not one JSON-RPC message."));
        };
        if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(RpcError::invalid_request("The message is not of JSON-RPC 2.0."));
        }
        let Some(Value::String(method)) = message.remove("method") else {
            return Err(RpcError::invalid_request("The message has no method."));
        };
        let params = message.remove("params").unwrap_or_else(|| json!({}));
        if !params.is_object() {
            return Err(RpcError::invalid_request("The parameters are not an object."));
        }
        match message.remove("id") {
            None => Ok(Self::Notification),
            Some(id) if is_id(&id) => Ok(Self::Request { id, method, params }),
            Some(_) => Err(RpcError::invalid_request(&format!(
                "The id is neither an integer nor a text of at most {LONGEST_ID} characters."
            ))),
        }
    }
}

/// An integer may be written as `1.0`: JSON has one kind of number.
fn is_id(value: &Value) -> bool {
    let is_short = |text: &str| text.chars().count() <= LONGEST_ID;
    value.as_str().is_some_and(is_short) || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// An error of the protocol.
#[derive(Debug)]
pub struct RpcError {
    status: u16,
    code: i32,
    message: String,
    data: Option<Value>,
}

impl RpcError {
    fn new(status: u16, code: i32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            data: None,
        }
    }

    /// The message is none.
    pub fn invalid_request(message: &str) -> Self {
        Self::new(400, -32600, message)
    }

    /// The method is unknown.
    pub fn unknown_method(method: &str, status: u16) -> Self {
        Self::new(status, -32601, format!("There is no method {:?}.", shortened(method)))
    }

    /// The parameters don't fit.
    pub fn invalid_params(message: impl Into<String>) -> Self {
        Self::new(200, -32602, message)
    }

    /// The request lacks something that each request must have.
    pub fn malformed(message: &str) -> Self {
        Self::new(400, -32602, message)
    }

    /// A header says something else than the message.
    pub fn header_mismatch(header: &str) -> Self {
        Self::new(
            400,
            -32020,
            format!("The header {header} is missing, or differs from the message."),
        )
    }

    /// The version of the protocol is unknown.
    pub fn unsupported_version(requested: &str, supported: &[&str]) -> Self {
        Self {
            data: Some(json!({ "supported": supported, "requested": shortened(requested) })),
            ..Self::new(400, -32022, "Unsupported protocol version")
        }
    }

    /// The response with this error. Without an id if it could not be read.
    pub fn response(self, id: Option<&Value>) -> Response {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let (Some(data), Value::Object(error)) = (self.data, &mut error) {
            error.insert("data".to_owned(), data);
        }
        Response::json(
            self.status,
            &match id {
                Some(id) => json!({ "jsonrpc": "2.0", "id": id, "error": error }),
                None => json!({ "jsonrpc": "2.0", "error": error }),
            },
        )
    }
}

/// The response with this result.
pub fn result(id: &Value, result: Value) -> Response {
    Response::json(200, &json!({ "jsonrpc": "2.0", "id": id, "result": result }))
}
