//! A request, read to its end, and the forms in which endpoints read its body.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use serde::de::DeserializeOwned;

use crate::api_error::ApiError;
use crate::model::alteration::Alteration;
use crate::wire::json;
use crate::wire::multipart::Form;

/// A request, read to its end.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body as a form, if the content type announces one.
    pub(crate) form: Option<Result<Form, ApiError>>,
    /// True if the real server would accept the connection, which means HTTPS.
    pub(crate) secure: bool,
    /// True if the simulator accepts requests of common SDKs that the documents forbid.
    pub(crate) lenient: bool,
    /// What a fault does to the articles of this request and its reply.
    pub(crate) alteration: Option<Alteration>,
}

impl Request {
    /// Returns the first query parameter of that name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the body as a JSON object. A wrong type is 47001 (wechat-api §19.5).
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        json::object(self.json_body()?)
    }

    /// Reads the body as a JSON object and keeps `\u` escapes as text, as the article endpoints do (wechat-api §1).
    pub(crate) fn article_json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        json::object(&json::keep_escapes(self.json_body()?))
    }

    /// Reads the body as an upload form.
    pub(crate) fn form(&self) -> Result<&Form, ApiError> {
        if self.body.is_empty() {
            return Err(ApiError::new(44002));
        }
        match &self.form {
            Some(Ok(form)) => Ok(form),
            Some(Err(error)) => Err(error.clone()),
            None => Err(ApiError::new(41005)),
        }
    }

    fn json_body(&self) -> Result<&[u8], ApiError> {
        if self.body.is_empty() {
            return Err(ApiError::new(44002));
        }
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.map_or(&b""[..], |value| value.as_bytes());
        let media_type = content_type.split(|byte| *byte == b';').next().unwrap_or_default();
        if self.lenient || media_type.trim_ascii().eq_ignore_ascii_case(b"application/json") {
            Ok(&self.body)
        } else {
            Err(ApiError::new(47001))
        }
    }
}
