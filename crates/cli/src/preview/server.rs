//! The server: six paths, for programs on this machine that ask for it by its own name.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use futures_util::stream::{self, Stream};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch as changes};
use wechat_official_account_language::Language;

use super::choices::{Choices, View};
use super::preview_state::PreviewState;
use super::{frame, page, watch};
use crate::texts;

/// What a page may load: its own style, script, pictures and frames.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                           connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'none'";

/// The port that browsers leave out of a host.
const HTTP: u16 = 80;

/// The state that requests share.
#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<PreviewState>>,
    /// Counts the changes of files.
    version: changes::Sender<u64>,
    language: Language,
}

impl Shared {
    /// Returns the language of a page: that of its address, or else that of the command line.
    fn language_of(&self, choices: &Choices) -> Language {
        let chosen = choices.lang.as_deref().and_then(Language::of_tag);
        chosen.unwrap_or(self.language)
    }
}

/// The hosts under which the server may be asked. A page elsewhere could make its own name lead here (DNS rebinding),
/// and would then read the article.
#[derive(Clone)]
struct Hosts(Arc<[String]>);

/// Serves until it is dropped.
pub async fn serve(
    listener: TcpListener,
    address: SocketAddr,
    state: PreviewState,
    language: Language,
) -> io::Result<()> {
    let shared = Shared {
        state: Arc::new(Mutex::new(state)),
        version: changes::Sender::new(0),
        language,
    };
    tokio::spawn(poll_files(shared.clone()));
    let hosts = own_names(address);
    let router = Router::new()
        .route("/", get(show_page))
        .route("/article", get(show_article))
        .route("/picture/{hash}", get(show_picture))
        .route("/events", get(tell_changes))
        .route(
            "/preview.css",
            get(|| async { asset("text/css", include_str!("preview.css")) }),
        )
        .route(
            "/preview.js",
            get(|| async { asset("text/javascript", include_str!("preview.js")) }),
        )
        .layer(middleware::from_fn(guard))
        .layer(Extension(Hosts(hosts.into())))
        .with_state(shared);
    axum::serve(listener, router).await
}

/// Returns the hosts that a browser may name for this address.
fn own_names(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let mut names = vec![address.to_string(), format!("localhost:{port}")];
    if port == HTTP {
        names.extend([address.ip().to_string(), "localhost".to_owned()]);
    }
    names
}

/// Refuses requests for other hosts, and adds headers that hold for all answers.
async fn guard(Extension(hosts): Extension<Hosts>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let is_own = host.is_some_and(|host| hosts.0.iter().any(|own| own.eq_ignore_ascii_case(host)));
    let mut response = match is_own {
        true => next.run(request).await,
        false => (
            StatusCode::MISDIRECTED_REQUEST,
            "this server answers as 127.0.0.1 and localhost only",
        )
            .into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn show_page(State(shared): State<Shared>, Query(choices): Query<Choices>) -> Response {
    let language = shared.language_of(&choices);
    let texts = texts::article_texts(language);
    let version = *shared.version.borrow();
    let mut state = shared.state.lock().await;
    let content = match state.render(choices.theme.as_deref()).await {
        Ok(preview) => match state.check(&preview, language).await {
            Ok(findings) => page::page(&state, &preview, &findings, &choices, version, texts),
            Err(error) => page::failure(&state, &error, &choices, version, texts),
        },
        Err(error) => page::failure(&state, &error, &choices, version, texts),
    };
    document(content.into_string(), PAGE_POLICY)
}

async fn show_article(State(shared): State<Shared>, Query(choices): Query<Choices>, headers: HeaderMap) -> Response {
    let language = shared.language_of(&choices);
    let mut state = shared.state.lock().await;
    // The origin of a sandboxed document is nobody's, so that 'self' may not mean this server.
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let policy = format!(
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' http://{host} data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'"
    );
    let content = match state.render(choices.theme.as_deref()).await {
        Ok(preview) => {
            let findings = match choices.view {
                View::Desktop => state.check(&preview, language).await.unwrap_or_default(),
                View::Phone | View::Dark => Vec::new(),
            };
            frame::frame(&preview, &findings, choices.view, texts::article_texts(language))
        }
        Err(error) => frame::failure(&error),
    };
    document(content.into_string(), &policy)
}

async fn show_picture(State(shared): State<Shared>, Path(hash): Path<String>) -> Response {
    let state = shared.state.lock().await;
    match state.pictures.get(&hash) {
        Some(bytes) => ([(header::CONTENT_TYPE, media_type(bytes))], bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Sends the number of changes, now and at each change.
async fn tell_changes(State(shared): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut version = shared.version.subscribe();
    version.mark_changed();
    let events = stream::unfold(version, |mut version| async {
        version.changed().await.ok()?;
        let number = *version.borrow_and_update();
        Some((Ok(Event::default().data(number.to_string())), version))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Counts the changes of the files that the last answer came from.
async fn poll_files(shared: Shared) {
    loop {
        tokio::time::sleep(watch::PAUSE).await;
        let mut state = shared.state.lock().await;
        let now = state.watched.refresh();
        if now != state.watched {
            state.watched = now;
            shared.version.send_modify(|version| *version += 1);
        }
    }
}

fn document(content: String, policy: &str) -> Response {
    let mut response = asset("text/html; charset=utf-8", content);
    if let Ok(policy) = HeaderValue::from_str(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn asset(media_type: &'static str, content: impl IntoResponse) -> Response {
    let mut response = content.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// Returns the type of a picture that fits: there are no others here.
fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xd8, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'B', b'M', ..] => "image/bmp",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_leaves_out_the_port_of_http_only() {
        let names = |address: &str| own_names(address.parse().unwrap());
        assert_eq!(names("127.0.0.1:8080"), ["127.0.0.1:8080", "localhost:8080"]);
        assert_eq!(
            names("127.0.0.1:80"),
            ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]
        );
    }
}
