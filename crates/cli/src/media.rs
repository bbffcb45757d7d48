//! The interface `media`.

use wechat_official_account_host::types::{File, MediaContent};

use crate::args::{Fetch, Media, MediaKind};
use crate::context::Context;
use crate::error::{self, Result};
use crate::format::{date, facts, json};
use crate::{file, progress};

pub async fn run(context: &Context, command: Media) -> Result<()> {
    match command {
        Media::Upload { file, kind } => upload(context, &file::read(&file)?, kind).await,
        Media::Get(fetch) => get(context, &fetch).await,
        Media::GetVoice(fetch) => {
            let voice = context.connect().await?.session.get_voice(&fetch.id).await?;
            file::print_download(context.output, &voice, &fetch)
        }
    }
}

async fn upload(context: &Context, file: &File, kind: MediaKind) -> Result<()> {
    let mut connection = context.connect().await?;
    let work = connection.session.upload_media(kind.into(), file);
    let media = progress::spin(context.output, file::upload_message(file), work).await?;
    let people = facts([
        ("media-id", media.media_id.clone()),
        ("created", date(media.created_at)),
    ]);
    context.output.print(&json(&media)?, people)
}

async fn get(context: &Context, fetch: &Fetch) -> Result<()> {
    match context.connect().await?.session.get_media(&fetch.id).await? {
        MediaContent::File(download) => file::print_download(context.output, &download, fetch),
        MediaContent::Video(_) if fetch.output.is_some() => Err(error::other(
            "this is a video's link, not a file: call again without --output",
        )),
        MediaContent::Video(video) => file::print_video(context.output, &video),
    }
}
