//! Upload forms (wechat-api §7): a general library reads them, and this server's own rules are checked after it.

use axum::body::Body;
use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_DISPOSITION;
use multer::Multipart;

use crate::api_error::ApiError;

/// The file of an upload.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

impl Upload {
    /// Returns the content for the store: a copy, as the content itself is a piece of the whole request, and would keep
    /// that in memory.
    pub(crate) fn stored(&self) -> Bytes {
        Bytes::copy_from_slice(&self.bytes)
    }
}

/// An upload form: the file, and the description of a video.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) media: Upload,
    pub(crate) description: Option<String>,
}

impl Form {
    /// Returns whether the content type announces a form.
    pub(crate) fn is_announced_by(content_type: &HeaderValue) -> bool {
        content_type
            .as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"multipart/form-data")
    }

    /// Reads a form. A form that the server cannot read is 41005.
    pub(crate) async fn read(content_type: &HeaderValue, body: &Bytes, lenient: bool) -> Result<Form, ApiError> {
        let missing = || ApiError::new(41005);
        let boundary = content_type
            .to_str()
            .ok()
            .and_then(unquoted_boundary)
            .ok_or_else(missing)?;
        if !framed(body, boundary, lenient) {
            return Err(missing());
        }
        let stream = Body::from(body.clone()).into_data_stream();
        let mut parts = Multipart::new(stream, boundary);
        let mut media = None;
        let mut description = None;
        while let Some(part) = parts.next_field().await.map_err(|_| missing())? {
            let disposition = part.headers().get(CONTENT_DISPOSITION).cloned();
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|_| missing())?;
            match name.as_str() {
                "media" => {
                    if !disposition.is_some_and(|value| is_readable(value.as_bytes())) {
                        return Err(missing());
                    }
                    let name = file_name.filter(|name| !name.is_empty()).ok_or_else(missing)?;
                    media = Some(Upload { name, bytes });
                }
                "description" => description = String::from_utf8(bytes.into()).ok(),
                _ => {}
            }
        }
        Ok(Form {
            media: media.ok_or_else(missing)?,
            description,
        })
    }
}

/// Returns the boundary. The server does not accept one in quotes.
fn unquoted_boundary(content_type: &str) -> Option<&str> {
    let boundary = content_type
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    (!boundary.is_empty() && !boundary.starts_with('"')).then_some(boundary)
}

/// Returns whether the body begins with the boundary and ends with the closing boundary and a CRLF.
fn framed(body: &[u8], boundary: &str, lenient: bool) -> bool {
    let closing = format!("\r\n--{boundary}--");
    let (body, ended) = match body.strip_suffix(b"\r\n") {
        Some(body) => (body, true),
        None => (body, lenient),
    };
    ended && body.starts_with(format!("--{boundary}\r\n").as_bytes()) && body.ends_with(closing.as_bytes())
}

/// Returns whether a part's disposition has a file name as the server reads it: plain, quoted, ASCII.
fn is_readable(disposition: &[u8]) -> bool {
    let holds = |text: &[u8]| disposition.windows(text.len()).any(|window| window == text);
    disposition.is_ascii() && holds(b"filename=\"") && !holds(b"filename*")
}
