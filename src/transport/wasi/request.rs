//! The head of a request, and the host's timeouts for it.

use wasi::http::types::{Fields, Method as WasiMethod, OutgoingRequest, RequestOptions, Scheme};

use super::clock::NANOSECONDS_PER_MILLISECOND;
use crate::transport::{Method, Request, Timeouts, TransportError};

/// Makes the host's request, which is not sent yet.
pub fn prepare(request: &Request<'_>) -> Result<OutgoingRequest, TransportError> {
    try_prepare(request).ok_or_else(|| TransportError::denied(request.texts.parts_refused))
}

fn try_prepare(request: &Request<'_>) -> Option<OutgoingRequest> {
    let outgoing = OutgoingRequest::new(Fields::from_list(&headers(request)).ok()?);
    // A new request is a GET. The scheme is always set, because each host has its own default.
    if request.method == Method::Post {
        outgoing.set_method(&WasiMethod::Post).ok()?;
    }
    let scheme = if request.base.https {
        &Scheme::Https
    } else {
        &Scheme::Http
    };
    outgoing.set_scheme(Some(scheme)).ok()?;
    outgoing.set_authority(Some(&request.base.authority)).ok()?;
    outgoing.set_path_with_query(Some(request.path_with_query)).ok()?;
    Some(outgoing)
}

fn headers(request: &Request<'_>) -> Vec<(String, Vec<u8>)> {
    let header = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
    let mut headers = vec![header("accept", "*/*")];
    if request.method == Method::Post {
        // WeChat refuses a body without its length, and hosts refuse a length other than the body's.
        headers.push(header("content-length", &request.body.length().to_string()));
        headers.push(header("content-type", request.content_type));
    }
    headers
}

/// Makes the host's options. A host that does not support one of them refuses it and uses a timeout of its own.
pub fn options(timeouts: Timeouts) -> RequestOptions {
    let nanoseconds = |milliseconds| Some(u64::from(milliseconds) * NANOSECONDS_PER_MILLISECOND);
    let options = RequestOptions::new();
    let _ = options.set_connect_timeout(nanoseconds(timeouts.connect));
    let _ = options.set_first_byte_timeout(nanoseconds(timeouts.first_byte));
    let _ = options.set_between_bytes_timeout(nanoseconds(timeouts.between_bytes));
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::EN;
    use crate::transport::{Base, Body};

    fn sent_headers(method: Method, content_type: &str, body: Body<'_>) -> Vec<(String, String)> {
        let request = Request {
            method,
            base: &Base {
                https: true,
                authority: "api.weixin.qq.com".to_owned(),
            },
            path_with_query: "/cgi-bin/draft/count",
            content_type,
            body,
            timeouts: Timeouts {
                connect: 1,
                first_byte: 1,
                between_bytes: 1,
                call: 1,
            },
            deadline: 1,
            reply_limit: 1,
            reply_is_secret: false,
            texts: &EN.transport,
        };
        headers(&request)
            .into_iter()
            .map(|(name, value)| (name, String::from_utf8(value).unwrap()))
            .collect()
    }

    #[test]
    fn a_post_has_the_length_and_type_of_its_body() {
        let body = Body([b"--head", &[0; 1024], b"--tail"]);
        assert_eq!(
            sent_headers(Method::Post, "multipart/form-data; boundary=b", body),
            [
                ("accept", "*/*"),
                ("content-length", "1036"),
                ("content-type", "multipart/form-data; boundary=b"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn a_get_has_no_header_of_a_body() {
        assert_eq!(
            sent_headers(Method::Get, "", Body::default()),
            [("accept".to_owned(), "*/*".to_owned())]
        );
    }
}
