//! The interface `content`.

mod article_html;

use std::path::Path;

use serde_json::Value;
use wechat_official_account_host::types::Prepared;

use self::article_html::ArticleHtml;
use crate::args::Content;
use crate::article::source::Kind;
use crate::context::Context;
use crate::destination::Destination;
use crate::error::{self, Result};
use crate::texts::messages;
use crate::upload_pictures::Uploaded;
use crate::{findings, input, prepared};

/// Runs a command of this interface.
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
    if Kind::of(path) == Some(Kind::Markdown) {
        return Err(error::usage(
            { messages().pictures.is_markdown }.with([&path.display()]),
        ));
    }
    let html = input::read_text(path)?;
    let destination = Destination::open(out)?;
    destination.refuse_overwrite(&[path.to_owned()])?;
    let output = destination.output_beside(context.output);
    let mut connection = context.connect().await?;
    let ArticleHtml { html, attachments } = ArticleHtml::load(output, &mut connection, path, html).await?;
    destination.refuse_overwrite(&attachments.paths)?;
    let uploaded = connection
        .upload_pictures(context, output, &html, &attachments.files, with_cover)
        .await?;
    if !uploaded.is_worth_keeping() {
        context.journal.end_if_stopped().await;
    }
    let Uploaded {
        prepared: done,
        is_cut_short,
    } = uploaded;
    let stored = destination.write(done.html.as_bytes());
    findings::warn(output, &done.findings);

    // The addresses are printed even if they could not be stored: the uploads have used up quota.
    let mut json = prepared::as_json(&done, &attachments.not_read)?;
    let mut known = Vec::new();
    if let Some(Ok(cover)) = &done.cover {
        known.push((messages().pictures.cover, cover.clone()));
    }
    if let Ok(stored) = &stored {
        known.push((messages().pictures.stored, stored.clone()));
    }
    json.insert("stored".to_owned(), stored.as_ref().ok().cloned().into());
    let (json, text) = (Value::from(json), prepared::describe(&done, known));
    // A file that could not be written is told first.
    if is_cut_short && stored.is_ok() {
        context.journal.note(output, json.clone(), text.clone());
        context.journal.end_if_stopped().await;
    }
    let outcome = stored.and_then(|_| check(&done, with_cover));
    output.print_done(&json, text, outcome)
}

/// Fails if the article is not complete.
fn check(done: &Prepared, with_cover: bool) -> Result<()> {
    prepared::check_complete(done)?;
    if with_cover {
        prepared::cover(done)?;
    }
    findings::refuse(&done.findings)
}
