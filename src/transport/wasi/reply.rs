//! The reply: its head, and its body to the end.

use wasi::http::types::{IncomingResponse, http_error_code};
use wasi::io::streams::StreamError;

use super::error::in_reply;
use super::exchange::Exchange;
use super::received::Received;
use crate::transport::{Request, Response, TransportError};

/// The most bytes of one read. More gains nothing: hosts pass on what one read of the network gave them.
const PIECE: u64 = 64 * 1024;

/// Waits for the reply and reads it.
pub fn receive(exchange: &Exchange, request: &Request<'_>) -> Result<Response, TransportError> {
    let incoming = exchange.reply()?;
    let status = incoming.status();
    // One call for all headers, instead of one for each.
    let headers = Headers(incoming.headers().entries());
    let received = Received::new(
        headers.content_length(),
        request.reply_limit,
        request.reply_is_secret,
        request.texts,
    );
    let body = match received.and_then(|received| read(&incoming, received, exchange)) {
        // Another status than 200 decides alone: a server that turns an upload away may close the connection before its
        // words have arrived.
        Err(broken) if status != 200 => broken.received,
        body => body?,
    };
    Ok(Response {
        status,
        content_type: headers.text("content-type"),
        content_disposition: headers.text("content-disposition"),
        content_encoding: headers.text("content-encoding"),
        body,
    })
}

/// Names and values, as they came.
struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// Returns the first value; empty if there is none.
    fn text(&self, name: &str) -> String {
        let header = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        header.map_or_else(String::new, |(_, value)| String::from_utf8_lossy(value).into_owned())
    }

    fn content_length(&self) -> Option<u64> {
        self.text("content-length").parse().ok()
    }
}

/// Reads first and waits if nothing was there: a short reply usually came together with its head.
fn read(incoming: &IncomingResponse, mut received: Received, exchange: &Exchange) -> Result<Vec<u8>, TransportError> {
    let no_body = |()| TransportError::reply_lost(exchange.texts.no_body_to_read);
    let body = incoming.consume().map_err(no_body)?;
    let stream = body.stream().map_err(no_body)?;
    let mut readable = None;
    loop {
        match stream.read(PIECE) {
            Ok(piece) if piece.is_empty() => {
                let readable = readable.get_or_insert_with(|| stream.subscribe());
                if let Err(over) = exchange.wait_for(readable) {
                    return Err(received.broken(over));
                }
            }
            Ok(piece) => received.push(piece)?,
            Err(StreamError::Closed) => return received.complete(),
            Err(StreamError::LastOperationFailed(error)) => {
                return Err(received.broken(in_reply(exchange.texts, http_error_code(&error).as_ref())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(headers: &[(&str, &[u8])]) -> Headers {
        let owned = headers.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec()));
        Headers(owned.collect())
    }

    #[test]
    fn a_header_is_found_in_letters_of_either_case_and_the_first_one_counts() {
        let headers = headers(&[
            ("date", b"today"),
            ("Content-Type", b"image/jpeg"),
            ("content-type", b"text/plain"),
            ("content-disposition", b"attachment; filename=\"\xFF.jpg\""),
        ]);
        assert_eq!(headers.text("content-type"), "image/jpeg");
        assert_eq!(
            headers.text("content-disposition"),
            "attachment; filename=\"\u{FFFD}.jpg\""
        );
        assert_eq!(headers.text("content-length"), "");
    }

    #[test]
    fn a_content_length_that_is_no_number_counts_as_none() {
        for (value, length) in [
            ("0", Some(0)),
            ("5368709120", Some(5_368_709_120)),
            ("-1", None),
            ("1 000", None),
            ("12, 12", None),
            ("", None),
        ] {
            let headers = headers(&[("content-length", value.as_bytes())]);
            assert_eq!(headers.content_length(), length, "{value}");
        }
    }
}
