//! One line on stderr for each request: `wasi:logging` is no part of WASI 0.2, and hosts lack it.

use wasi::cli::stderr::get_stderr;

use crate::http::{Method, Request};
use crate::service::Outcome;

/// Returns the line. Nothing in it can be a secret: see [`Outcome`].
pub fn line(request: &Request, outcome: &Outcome, milliseconds: u64) -> String {
    let method = request.method.map_or("-", Method::name);
    let field = |text: Option<&str>| text.unwrap_or("-").to_owned();
    format!(
        "method={method} path={} status={} milliseconds={milliseconds} request_id={} account={} problem={}\n",
        field(outcome.path.as_deref()),
        outcome.response.status,
        outcome.request_id,
        field(outcome.alias.as_deref()),
        field(outcome.problem),
    )
}

/// Writes the line. A host that takes none loses it.
pub fn write(line: &str) {
    // Shorter than the 4096 bytes that one such call may have.
    let _ = get_stderr().blocking_write_and_flush(line.as_bytes());
}
