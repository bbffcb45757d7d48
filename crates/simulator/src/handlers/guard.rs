//! The guard of the control paths and of the simulator's own pages: they are for programs and people on this machine,
//! not for other web pages in a browser on it.
//!
//! A page on any site can make the browser send requests to 127.0.0.1 (cross-site request forgery), and a site whose
//! name resolves to 127.0.0.1 can also read the replies (DNS rebinding). The first are told by `Origin`, the second by
//! `Host`.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};

use crate::state::Shared;

/// Passes a request on if it comes from this machine, and refuses it with 403 and the reason if not.
pub(super) async fn loopback_only(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match foreign_part(request.uri(), request.headers(), shared.port()) {
        None => next.run(request).await,
        Some(reason) => (StatusCode::FORBIDDEN, format!("{reason}\n")).into_response(),
    }
}

/// Passes a form on if it comes from a page of this simulator, and refuses it with 403 and the reason if it comes from
/// another page, even one of this machine. Programs send no `Origin` and pass.
///
/// It follows [`loopback_only`], which has checked the `Host`.
pub(super) async fn own_forms_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = headers.get(HOST).map(|host| host.as_bytes());
    let is_own = |origin: &HeaderValue| {
        let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        origin.is_some_and(|(_, authority)| Some(authority.as_bytes()) == host)
    };
    if request.method() == Method::GET || headers.get_all(ORIGIN).iter().all(is_own) {
        return next.run(request).await;
    }
    let reason = "the Origin header must be absent or that of this simulator: other web pages may not send its forms\n";
    (StatusCode::FORBIDDEN, reason).into_response()
}

/// Passes a request on if its `Host` is this simulator, whatever page it comes from, and refuses it with 403 if not.
///
/// It is for pictures: every page may show them, and no other can read what it shows.
pub(super) async fn loopback_host_only(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match foreign_host(request.uri(), request.headers(), shared.port()) {
        None => next.run(request).await,
        Some(reason) => (StatusCode::FORBIDDEN, format!("{reason}\n")).into_response(),
    }
}

/// Returns what is foreign about a request, if anything is.
pub(super) fn foreign_part(uri: &Uri, headers: &HeaderMap, port: u16) -> Option<String> {
    foreign_host(uri, headers, port).or_else(|| {
        let is_loopback = |origin: &str| {
            let (scheme, host) = origin.split_once("://").unwrap_or_default();
            matches!(scheme, "http" | "https") && loopback_port(host).is_some()
        };
        let mut origins = headers.get_all(ORIGIN).iter();
        let are_loopback = origins.all(|origin| origin.to_str().is_ok_and(is_loopback));
        (!are_loopback).then(|| {
            "the Origin header must be absent or that of a page on a loopback address: web pages of other sites may \
             not control the simulator"
                .to_owned()
        })
    })
}

fn foreign_host(uri: &Uri, headers: &HeaderMap, port: u16) -> Option<String> {
    let mut hosts = headers
        .get_all(HOST)
        .iter()
        .map(|host| host.to_str().unwrap_or_default());
    let host = uri.authority().map(|authority| authority.as_str());
    let is_own =
        |host: &str| loopback_port(host).is_some_and(|given| given == Some(port) || (given.is_none() && port == 80));
    if host.is_none() && headers.get(HOST).is_none() || !host.into_iter().chain(hosts.by_ref()).all(is_own) {
        return Some(format!(
            "the Host header must be a loopback address with this port, such as 127.0.0.1:{port}: requests under \
             other names may come from a web page"
        ));
    }
    None
}

/// Returns the port of an authority, if it has one, provided that its host is a loopback name or address.
fn loopback_port(authority: &str) -> Option<Option<u16>> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
        _ => (authority, None),
    };
    let is_loopback = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(ip) => ip.parse().is_ok_and(|ip: Ipv6Addr| ip.is_loopback()),
        None => host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback()),
    };
    is_loopback.then_some(port)
}
