//! A local page that shows an article as readers will see it.
//!
//! `server` answers requests, `preview_state` renders the article for each, `page` and `frame` are its two documents,
//! and `dark` makes the colours of dark mode. `choices` are those of an address. `watch` sees when a file was saved.

mod choices;
mod dark;
mod frame;
mod page;
mod preview_state;
mod server;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use serde_json::json;
use tokio::net::TcpListener;

use self::preview_state::PreviewState;
use self::watch::FileStates;
use crate::args::Preview;
use crate::article::fitter::Fitter;
use crate::article::rendered::Look;
use crate::article::source::Kind;
use crate::context::Context;
use crate::error::{self, Result};
use crate::texts::os_error;

/// Serves the page until a signal comes.
pub async fn run(context: &Context, options: Preview) -> Result<()> {
    let Context { output, texts, .. } = context;
    let path = options.article;
    let kind = Kind::of(&path).ok_or_else(|| error::usage(texts.preview_not_article.with([&path.display()])))?;
    if let (Kind::Html, Some(option)) = (kind, options.look.first_given()) {
        return Err(error::usage(texts.only_markdown.with([&option])));
    }
    let look = Look {
        theme: None,
        title: None,
        raw_html: options.look.raw_html.map(Into::into),
        language: context.language,
    };
    let watched = FileStates::default().with(std::slice::from_ref(&path));
    let state = PreviewState {
        path,
        kind,
        theme: options.look.theme,
        look,
        texts,
        session: context.offline().await?,
        fitter: Fitter::new(context.language, texts).remembering(),
        watched,
        pictures: Default::default(),
    };
    let listening = bind(options.port).await;
    let (listener, address) =
        listening.map_err(|error| error::other(texts.cannot_listen.with([&options.port, &os_error(&error)])))?;
    // Somebody may wait for this line, and stop the program after it.
    context.stop.listen();
    let url = format!("http://{address}/");
    output.print(&json!({ "preview": url }), format!("preview: {url}"))?;
    output.note(texts.preview_hint.as_str());
    tokio::select! {
        served = server::serve(listener, address, state, context.language) => {
            served.map_err(|error| error::other(texts.cannot_listen.with([&address.port(), &os_error(&error)])))
        }
        () = context.stop.requested() => Ok(()),
    }
}

/// Listens at this port, or at any free one for 0.
async fn bind(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}
