//! Requests and responses without WASI, so that everything but the bodies' streams runs natively.

use serde_json::Value;

/// A method that some path of the service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads, without the body of the response.
    Head,
    /// Makes something new.
    Post,
    /// Replaces something.
    Put,
    /// Deletes something.
    Delete,
}

impl Method {
    /// All methods, in the order in which `Allow` lists them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Head, Self::Post, Self::Put, Self::Delete];

    /// Returns its name in HTTP.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// The head of a request.
#[derive(Clone, Debug)]
pub struct Request {
    /// None for a method that no path has.
    pub method: Option<Method>,
    /// The path and the query, as sent.
    pub target: String,
    /// The headers, as sent.
    pub headers: Headers,
}

impl Request {
    /// Returns the path without the query, percent-encoding as it is.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(&self.target, |(path, _)| path)
    }

    /// Returns the query without its question mark; empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// Names and values.
#[derive(Clone, Default)]
pub struct Headers(pub Vec<(String, Vec<u8>)>);

// Among the values is the caller's token.
impl std::fmt::Debug for Headers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Headers {
    /// Returns the only value of this name. A header that is repeated or no text counts as missing: none of those that
    /// the service reads may be either.
    #[must_use]
    pub fn only(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        match values.next() {
            None => std::str::from_utf8(value).ok().map(str::trim_ascii),
            Some(_) => None,
        }
    }

    /// Returns whether there is a header of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(found, _)| found.eq_ignore_ascii_case(name))
    }
}

/// The body of a request, which is read only after the head was accepted.
pub trait Body {
    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// If it has more bytes than the limit or the memory (then the rest is skipped), or if it breaks off.
    fn read(&mut self, limit: usize) -> Result<Vec<u8>, BodyError>;

    /// Takes a body that was not read, without keeping it, up to a limit of its own. Many callers read no response
    /// before they have sent everything.
    fn skip(&mut self);
}

/// The reason why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It has more bytes than the limit.
    TooLong,
    /// The service has no memory for it.
    NoMemory,
    /// The caller stopped sending.
    BrokenOff,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body. Empty if there is none.
    pub body: Vec<u8>,
}

impl Response {
    /// A response with this JSON.
    #[must_use]
    pub fn json(status: u16, value: &Value) -> Self {
        Self::empty(status).with_body("application/json", value)
    }

    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Adds JSON of this media type.
    #[must_use]
    pub fn with_body(self, media_type: &str, value: &Value) -> Self {
        let mut response = self.with_header("content-type", media_type);
        response.body = value.to_string().into_bytes();
        response
    }

    /// Adds a header. The value must be visible ASCII and blanks.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &[u8])]) -> Headers {
        Headers(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.to_vec()))
                .collect(),
        )
    }

    #[test]
    fn the_target_is_path_and_query() {
        let request = |target: &str| Request {
            method: None,
            target: target.to_owned(),
            headers: Headers::default(),
        };
        assert_eq!(request("/v1/drafts").path(), "/v1/drafts");
        assert_eq!(request("/v1/drafts").query(), "");
        assert_eq!(request("/v1/drafts?a=1?b").path(), "/v1/drafts");
        assert_eq!(request("/v1/drafts?a=1?b").query(), "a=1?b");
    }

    #[test]
    fn a_header_is_found_in_letters_of_either_case_and_only_if_it_is_single_text() {
        let headers = headers(&[
            ("Content-Type", b" text/plain "),
            ("x", b"1"),
            ("X", b"2"),
            ("y", b"\xFF"),
        ]);
        assert_eq!(headers.only("content-type"), Some("text/plain"));
        assert_eq!(headers.only("x"), None);
        assert_eq!(headers.only("y"), None);
        assert_eq!(headers.only("z"), None);
        assert!(headers.has("Y") && headers.has("x") && !headers.has("z"));
    }

    #[test]
    fn values_of_headers_are_not_shown() {
        let headers = headers(&[("authorization", b"Bearer 0123456789abcdef")]);
        assert_eq!(format!("{headers:?}"), r#"["authorization"]"#);
    }
}
