//! The interface `material`.

use serde_json::json;
use wechat_official_account_host::types::{File, MaterialContent};

use crate::args::{Fetch, ListKind, Material, Page, UploadKind};
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{date, facts, json, table};
use crate::{articles, file, progress};

pub async fn run(context: &Context, command: Material) -> Result<()> {
    match command {
        Material::Upload {
            file,
            kind,
            title,
            introduction,
        } => {
            if kind != UploadKind::Video && (title.is_some() || introduction.is_some()) {
                return Err(error::usage("only a video has a title and an introduction"));
            }
            let description = [title.unwrap_or_default(), introduction.unwrap_or_default()];
            upload(context, &file::read(&file)?, kind, &description).await
        }
        Material::Get(fetch) => get(context, &fetch).await,
        Material::Delete { id, confirm } => {
            context
                .target
                .confirm(confirm.yes, &format!("delete the material {id}"))?;
            context.connect().await?.session.delete_material(&id).await?;
            context.output.print(&json!({ "deleted": id }), "deleted")
        }
        Material::Counts => {
            let counts = context.connect().await?.session.count_material().await?;
            let people = facts([
                ("images", counts.image.to_string()),
                ("voices", counts.voice.to_string()),
                ("videos", counts.video.to_string()),
                ("news", counts.news.to_string()),
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
    let outcome: Result<_> = progress::spin(context.output, file::upload_message(file), work).await;
    let (media_id, url) = outcome?;
    let json = json!({ "media_id": media_id, "url": url });
    let known = [("media-id", media_id), ("url", url)];
    let known = known.into_iter().filter_map(|(label, value)| Some((label, value?)));
    context.output.print(&json, facts(known))
}

async fn get(context: &Context, fetch: &Fetch) -> Result<()> {
    match context.connect().await?.session.get_material(&fetch.id).await? {
        MaterialContent::File(download) => file::print_download(context.output, &download, fetch),
        other if fetch.output.is_some() => Err(error::other(format!(
            "this is {}, not a file: call again without --output",
            if matches!(other, MaterialContent::Video(_)) {
                "a video's link"
            } else {
                "news"
            }
        ))),
        MaterialContent::Video(video) => file::print_video(context.output, &video),
        MaterialContent::News(group) => {
            let people = articles::describe(&group);
            context.output.print(&json!({ "news": json(&group)? }), people)
        }
    }
}

async fn list(context: &Context, kind: ListKind, page: &Page) -> Result<()> {
    let mut connection = context.connect().await?;
    let found = connection
        .session
        .list_material(kind.into(), page.offset, page.count)
        .await?;
    let rows = found.items.iter().map(|item| {
        let titles = item.articles.iter().map(|article| article.title.as_str());
        let name = match item.name.as_str() {
            "" => titles.collect::<Vec<_>>().join(" · "),
            name => name.to_owned(),
        };
        [item.media_id.clone(), name, date(item.update_time)]
    });
    let people = table(["media-id", "name", "updated"], rows);
    let people = format!("{people}\n\n{} of {}", found.items.len(), found.total_count);
    context.output.print(&json(&found)?, people)
}
