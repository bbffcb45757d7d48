//! The interface `material`.

use serde_json::json;
use wechat_official_account_host::types::{File, MaterialContent, MaterialPage};

use crate::args::{Fetch, ListKind, Material, Page, UploadKind};
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{date, facts, json, table};
use crate::listing::{self, Facts};
use crate::texts::messages;
use crate::{articles, file, progress};

pub async fn run(context: &Context, command: Material) -> Result<()> {
    let texts = &messages().material;
    match command {
        Material::Upload {
            file,
            kind,
            title,
            introduction,
        } => {
            if kind != UploadKind::Video && (title.is_some() || introduction.is_some()) {
                return Err(error::usage(texts.only_video));
            }
            let description = [title.unwrap_or_default(), introduction.unwrap_or_default()];
            upload(context, &file::read(&file)?, kind, &description).await
        }
        Material::Get(fetch) => get(context, &fetch).await,
        Material::Delete { id, confirm } => {
            context.target.confirm(confirm.yes, &texts.delete.with([&id]))?;
            let mut connection = context.connect().await?;
            let work = connection.session.delete_material(&id);
            context.journal.during(texts.deleting, work).await?;
            context
                .output
                .print_done(&json!({ "deleted": id }), texts.deleted, Ok(()))
        }
        Material::Counts => {
            let counts = context.connect().await?.session.count_material().await?;
            let people = facts([
                (texts.images, counts.image.to_string()),
                (texts.voices, counts.voice.to_string()),
                (texts.videos, counts.video.to_string()),
                (texts.news, counts.news.to_string()),
            ]);
            context.output.print(&json(&counts)?, people)
        }
        Material::List { kind, page } => list(context, kind, &page).await,
    }
}

async fn upload(context: &Context, file: &File, kind: UploadKind, [title, introduction]: &[String; 2]) -> Result<()> {
    let mut connection = context.connect().await?;
    let session = &mut connection.session;
    let work = async {
        let (media_id, url) = match kind {
            UploadKind::Image => {
                let image = session.upload_material_image(file).await?;
                (Some(image.media_id), Some(image.url))
            }
            UploadKind::Voice => (Some(session.upload_material_voice(file).await?), None),
            UploadKind::Video => (
                Some(session.upload_material_video(file, title, introduction).await?),
                None,
            ),
            UploadKind::Thumb => (Some(session.upload_material_thumb(file).await?), None),
            UploadKind::ArticleImage => (None, Some(session.upload_article_image(file).await?)),
        };
        Ok((media_id, url))
    };
    let work = context.journal.during(messages().material.uploading, work);
    let outcome: Result<_> = progress::spin(context.output, file::upload_message(file), work).await;
    let (media_id, url) = outcome?;
    let json = json!({ "media_id": media_id, "url": url });
    let known = [("media-id", media_id), ("url", url)];
    let known = known.into_iter().filter_map(|(label, value)| Some((label, value?)));
    context.output.print_done(&json, facts(known), Ok(()))
}

async fn get(context: &Context, fetch: &Fetch) -> Result<()> {
    let destination = file::destination(fetch)?;
    match context.connect().await?.session.get_material(&fetch.id).await? {
        MaterialContent::File(download) => file::print_download(context.output, &download, destination),
        other if fetch.output.is_some() => {
            let texts = &messages().material;
            let is_video = matches!(other, MaterialContent::Video(_));
            let what = if is_video { texts.video_link } else { texts.is_news };
            Err(error::other(texts.not_a_file.with([&what])))
        }
        MaterialContent::Video(video) => file::print_video(context.output, &video),
        MaterialContent::News(group) => {
            let people = articles::describe(&group);
            context.output.print(&json!({ "news": json(&group)? }), people)
        }
    }
}

async fn list(context: &Context, kind: ListKind, page: &Page) -> Result<()> {
    let mut connection = context.connect().await?;
    let session = &mut connection.session;
    let (found, facts) = if page.all {
        let all = session.all_material(kind.into()).await?;
        // No number of calls a day is documented for it.
        let (items, total_count, facts) = listing::read(context.output, all, page, None).await?.split();
        (MaterialPage { total_count, items }, facts)
    } else {
        let found = session.list_material(kind.into(), page.offset, page.count).await?;
        (found, Facts::default())
    };
    let rows = found.items.iter().map(|item| {
        let titles = item.articles.iter().map(|article| article.title.as_str());
        let name = match item.name.as_str() {
            "" => titles.collect::<Vec<_>>().join(" · "),
            name => name.to_owned(),
        };
        [item.media_id.clone(), name, date(item.update_time)]
    });
    let people = table(messages().material.columns, rows);
    let shown = { messages().lists.shown }.with([&found.items.len(), &found.total_count]);
    let people = format!("{people}\n\n{shown}");
    facts.print(context.output, json(&found)?, people)
}
