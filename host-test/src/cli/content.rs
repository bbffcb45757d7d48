//! The interface `content`.

use super::Context;
use super::args::Content;
use super::destination::Destination;
use super::failure::Result;
use super::file;
use super::page::Page;
use super::{findings, prepared};
use host_test::host::types::Prepared;
use std::path::Path;

pub async fn run(context: &Context, command: Content) -> Result<()> {
    match command {
        Content::Prepare {
            html,
            output,
            with_cover,
        } => prepare(context, &html, &output, with_cover).await,
    }
}

async fn prepare(context: &Context, path: &Path, out: &Path, with_cover: bool) -> Result<()> {
    let output = context.output;
    let html = file::read_text(path)?;
    let destination = Destination::open(out, path)?;
    let mut connection = context.connect().await?;
    let page = Page::load(output, &mut connection, path, html).await?;
    destination.spare(page.pictures())?;
    let done = page.prepare(output, &mut connection, with_cover).await?;
    let stored = destination.write(&done.html);
    findings::tell(output, &done.findings);

    // Addresses are told even where they could not be stored: they were paid for.
    let mut json = prepared::as_json(&done, page.not_read())?;
    let mut known = Vec::new();
    if let Some(Ok(cover)) = &done.cover {
        known.push(("cover", cover.clone()));
    }
    if let Ok(stored) = &stored {
        known.push(("stored", stored.clone()));
    }
    json.insert("stored".to_owned(), stored.as_ref().ok().cloned().into());
    output.show(&json.into(), prepared::describe(&done, known))?;
    stored?;
    judge(&done, with_cover)
}

/// Whoever prepares an article wants it whole.
fn judge(done: &Prepared, with_cover: bool) -> Result<()> {
    prepared::check_complete(done)?;
    if with_cover {
        prepared::cover(done)?;
    }
    findings::refuse(&done.findings)
}
