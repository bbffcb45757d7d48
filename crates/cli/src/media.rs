//! The interface `media`.

use wechat_official_account_host::types::{File, MediaContent};

use crate::args::{Fetch, Media, MediaKind};
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{date, facts, json};
use crate::texts::messages;
use crate::{file, progress};

pub async fn run(context: &Context, command: Media) -> Result<()> {
    match command {
        Media::Upload { file, kind } => upload(context, &file::read(&file)?, kind).await,
        Media::Get(fetch) => get(context, &fetch).await,
        Media::GetVoice(fetch) => {
            let destination = file::destination(&fetch)?;
            let voice = context.connect().await?.session.get_voice(&fetch.id).await?;
            file::print_download(context.output, &voice, destination)
        }
    }
}

async fn upload(context: &Context, file: &File, kind: MediaKind) -> Result<()> {
    let mut connection = context.connect().await?;
    let work = connection.session.upload_media(kind.into(), file);
    let work = context.journal.during(messages().media.uploading, work);
    let media = progress::spin(context.output, file::upload_message(file), work).await?;
    let people = facts([
        ("media-id", media.media_id.clone()),
        (messages().media.created, date(media.created_at)),
    ]);
    context.output.print_done(&json(&media)?, people, Ok(()))
}

async fn get(context: &Context, fetch: &Fetch) -> Result<()> {
    let destination = file::destination(fetch)?;
    match context.connect().await?.session.get_media(&fetch.id).await? {
        MediaContent::File(download) => file::print_download(context.output, &download, destination),
        MediaContent::Video(_) if fetch.output.is_some() => {
            let texts = &messages().material;
            Err(error::other(texts.not_a_file.with([&texts.video_link])))
        }
        MediaContent::Video(video) => file::print_video(context.output, &video),
    }
}
