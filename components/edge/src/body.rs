//! Bodies of requests: their media type, their limit, and JSON.

use serde_json::{Map, Value};

use crate::http::{Body, BodyError, Request};
use crate::problem::Problem;

/// The most bytes of JSON: room for the largest picture (10 MB) as a `data:` URI in base64, and the largest text (1
/// MiB) beside it, with every character escaped.
pub const JSON_LIMIT: usize = 20 * 1024 * 1024;

/// The most bytes of a file: the largest that WeChat takes.
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// The most values of a body of JSON. A parsed value takes up to 70 times its bytes, so that 2 MB of the smallest ones
/// would fill the memory. No call has a hundredth of it.
pub const VALUES_LIMIT: usize = 10_000;

/// Reads a body of JSON.
///
/// # Errors
///
/// If it is of another media type, too long, cut off or no JSON, or has too many values. It may be nested 127 levels
/// deep.
pub fn json(request: &Request, body: &mut dyn Body) -> Result<Value, Problem> {
    if media_type(request).as_deref() != Some("application/json") {
        return Err(Problem::unsupported_media_type("application/json"));
    }
    let bytes = read(request, body, JSON_LIMIT)?;
    if has_too_many_values(&bytes) {
        return Err(Problem::too_many_values(VALUES_LIMIT));
    }
    serde_json::from_slice(&bytes).map_err(|error| Problem::malformed_json(&error))
}

/// Counts what begins a value outside of texts, before anything is parsed: each `[` and `{`, and each comma.
fn has_too_many_values(json: &[u8]) -> bool {
    let (mut values, mut in_text, mut is_escaped) = (1_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' | b',' if !in_text => values += 1,
            _ => {}
        }
    }
    values > VALUES_LIMIT
}

/// Reads a body of JSON that is an object.
///
/// # Errors
///
/// As [`json`], and if it is no object.
pub fn object(request: &Request, body: &mut dyn Body) -> Result<Map<String, Value>, Problem> {
    match json(request, body)? {
        Value::Object(object) => Ok(object),
        _ => Err(Problem::invalid_input("body", "The body is JSON, but not an object.")),
    }
}

/// Reads a file. Its media type only shows that the caller means to send a file: WeChat and the plugin look at its
/// bytes.
///
/// # Errors
///
/// If it is of a media type that no file has, too long or cut off.
pub fn file(request: &Request, body: &mut dyn Body) -> Result<Vec<u8>, Problem> {
    let is_file = |media_type: &str| {
        media_type == "application/octet-stream"
            || ["image/", "audio/", "video/"]
                .iter()
                .any(|beginning| media_type.starts_with(beginning))
    };
    if !media_type(request).as_deref().is_some_and(is_file) {
        let expected = "the file's type (image/…, audio/… or video/…) or application/octet-stream";
        return Err(Problem::unsupported_media_type(expected));
    }
    read(request, body, FILE_LIMIT)
}

fn read(request: &Request, body: &mut dyn Body, limit: usize) -> Result<Vec<u8>, Problem> {
    let announced = request
        .headers
        .only("content-length")
        .and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Problem::body_too_large(limit));
    }
    body.read(limit).map_err(|error| match error {
        BodyError::TooLong => Problem::body_too_large(limit),
        BodyError::NoMemory => Problem::no_memory_for_body(),
        BodyError::BrokenOff => Problem::incomplete_body(),
    })
}

/// Returns the media type without parameters, in lower case.
fn media_type(request: &Request) -> Option<String> {
    let value = request.headers.only("content-type")?;
    let name = value.split_once(';').map_or(value, |(name, _)| name);
    Some(name.trim_ascii().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Bytes, request};

    fn status<T: std::fmt::Debug>(result: Result<T, Problem>) -> u16 {
        result.unwrap_err().status()
    }

    fn json_of(text: &str) -> Result<Value, Problem> {
        let request = request(
            "POST /v1/drafts",
            &[("content-type", "Application/JSON; charset=utf-8")],
        );
        json(&request, &mut Bytes::new(text))
    }

    #[test]
    fn json_is_read_up_to_its_limit_and_depth() {
        assert_eq!(json_of("[1]").unwrap(), serde_json::json!([1]));
        assert_eq!(status(json_of("")), 400);
        assert_eq!(status(json_of("{}x")), 400);
        assert_eq!(status(json_of(&"[".repeat(1000))), 400);
        assert!(json_of(&format!("{}{}", "[".repeat(127), "]".repeat(127))).is_ok());
        assert_eq!(status(json_of(&format!("{}{}", "[".repeat(128), "]".repeat(128)))), 400);
        assert!(json_of(&" ".repeat(JSON_LIMIT - 1).replacen(' ', "1 ", 1)).is_ok());
        assert_eq!(status(json_of(&"1".repeat(JSON_LIMIT + 1))), 413);
    }

    fn detail<T: std::fmt::Debug>(result: Result<T, Problem>) -> String {
        let problem = serde_json::to_value(result.unwrap_err()).unwrap();
        problem["detail"].as_str().unwrap().to_owned()
    }

    #[test]
    fn json_that_is_nested_too_deeply_is_not_only_called_none() {
        let deep = detail(json_of(&format!("{}{}", "[".repeat(128), "]".repeat(128))));
        assert!(
            deep.starts_with("The body is not JSON, or is nested more than 127 levels deep: "),
            "{deep}"
        );
    }

    #[test]
    fn json_with_too_many_values_is_not_parsed() {
        let list = |value: &str, count: usize| format!("[{}]", vec![value; count].join(","));
        assert!(json_of(&list("0", VALUES_LIMIT - 1)).is_ok());
        for wide in [
            list("0", VALUES_LIMIT),
            list(r#"{"":0}"#, VALUES_LIMIT / 2),
            list("[]", 5_000),
        ] {
            let refused = json_of(&wide);
            assert_eq!(status(refused.clone()), 400);
            assert_eq!(
                detail(refused),
                "The body has more than 10000 values, which no call needs. Nothing was done."
            );
        }
        // Texts may have any characters.
        let text = r#"[{,\"[{,\\"#.repeat(VALUES_LIMIT);
        assert_eq!(json_of(&format!(r#"{{"a":"{text}","b":0}}"#)).unwrap()["b"], 0);
    }

    #[test]
    fn a_body_for_which_memory_is_short_is_not_called_longer_than_the_limit() {
        let request = request("POST /v1/materials", &[("content-type", "image/png")]);
        let refused = file(&request, &mut Bytes::failing(BodyError::NoMemory));
        assert_eq!(status(refused.clone()), 413);
        assert_eq!(
            detail(refused),
            "The body is longer than the service has memory for at present. Nothing was done."
        );
    }

    #[test]
    fn a_body_that_announces_too_much_is_not_read() {
        let length = (JSON_LIMIT + 1).to_string();
        let request = request(
            "POST /v1/drafts",
            &[("content-type", "application/json"), ("content-length", &length)],
        );
        let mut body = Bytes::new("{}");
        assert_eq!(status(json(&request, &mut body)), 413);
        assert!(!body.was_read());
    }

    #[test]
    fn a_body_of_another_media_type_is_not_read() {
        for headers in [
            &[][..],
            &[("content-type", "text/json")],
            &[("content-type", "application/json-seq")],
            &[("content-type", "multipart/form-data; boundary=a")],
        ] {
            let request = request("POST /v1/drafts", headers);
            let mut body = Bytes::new("{}");
            assert_eq!(status(json(&request, &mut body)), 415);
            assert_eq!(status(file(&request, &mut body)), 415);
            assert!(!body.was_read());
        }
    }

    #[test]
    fn a_file_may_have_the_type_of_any_file() {
        for media_type in [
            "image/png",
            "audio/mpeg",
            "video/mp4",
            "application/octet-stream",
            "IMAGE/JPEG",
        ] {
            let request = request("POST /v1/materials", &[("content-type", media_type)]);
            assert_eq!(file(&request, &mut Bytes::new("file")).unwrap(), b"file");
        }
    }

    #[test]
    fn a_body_that_breaks_off_is_a_problem_of_its_own() {
        let request = request("POST /v1/materials", &[("content-type", "image/png")]);
        assert_eq!(
            file(&request, &mut Bytes::failing(BodyError::BrokenOff))
                .unwrap_err()
                .kind(),
            "incomplete-body"
        );
    }
}
