//! `draft check` of an article in Markdown or HTML.

use std::path::Path;

use serde_json::json;
use wechat_official_account_host::types::Severity;

use super::cover::{self, Named};
use super::fields;
use super::fitter::Fitter;
use super::loaded::{LoadedArticle, Located};
use super::rendered::Look;
use super::source::{Kind, Source};
use crate::context::Context;
use crate::error::{self, Result};
use crate::findings;
use crate::format::json;

/// Lists everything that is wrong with an article, or will not arrive. Fails if `draft add` would refuse it.
pub async fn run(context: &Context, path: &Path, kind: Kind, look: Look) -> Result<()> {
    let Context { output, texts, .. } = context;
    let source = Source::read(path, kind)?;
    let mut session = context.offline().await?;
    let mut fitter = Fitter::new(context.language, texts);
    let article = LoadedArticle::load(&mut session, source, &look, &mut fitter, texts).await?;
    let found = article
        .check(
            &mut session,
            fields::of_source(kind, &article.rendered.front_matter),
            None,
        )
        .await?;
    let cover = cover::choose(&article, &Named::default(), &mut fitter, texts);

    let notes = article.rendered.notes.iter();
    let left = &article.pictures.not_read;
    let mut lines: Vec<String> = notes
        .map(|note| {
            let place = article.source.place(Some(note.line));
            texts.located.with([&place, &texts.note, &note.message])
        })
        .collect();
    lines.extend(left.iter().map(|left| {
        let text = texts.missing_picture.with([&left.reference, &left.reason]);
        let label = texts.severity(Severity::Error).label;
        texts.located.with([&article.source.place(left.line), &label, &text])
    }));
    if let Err(failure) = &cover {
        let label = texts.severity(Severity::Error).label;
        lines.push(texts.located.with([&article.source.name(), &label, &failure.message]));
    }
    lines.extend(found.iter().map(|located| located.line(&article, texts)));
    let text = match lines.is_empty() {
        true => texts.nothing_found.as_str().to_owned(),
        false => lines.join("\n"),
    };
    let document = json!({
        "findings": Located::list(&found)?,
        "notes": article.rendered.notes_as_json(),
        "not_read": json(left)?,
        "cover_error": json(&cover.as_ref().err())?,
        "left_out": [],
    });
    output.print(&document, text)?;
    let errors = found
        .iter()
        .filter(|located| findings::is_error(&located.finding))
        .count()
        + left.len()
        // An article without a cover passes: an option can give one.
        + usize::from(cover.is_err());
    match errors {
        0 => Ok(()),
        errors => Err(error::invalid(texts.would_be_refused.with([&errors]))),
    }
}
