//! Every operation of the component, once, for tests of all of them.

use std::error::Error;
use std::fmt::{Debug, Write};

use wechat_official_account_host::types::{DeleteWhich, MaterialKind, MediaKind, ProductCardType};
use wechat_official_account_host::{self as host, Session};

use super::{fixture, news};

/// A replacement for an id that a refusal left out.
const NONE: &str = "none";

/// Formats a call's result in every way that a host might print it.
pub fn rendered<T: Debug>(outcome: &host::Result<T>) -> String {
    let mut rendered = format!("{outcome:?} {outcome:#?}");
    if let Err(failure) = outcome {
        write!(rendered, " {failure}").unwrap();
        let mut source = failure.source();
        while let Some(error) = source {
            write!(rendered, " {error} {error:?}").unwrap();
            source = error.source();
        }
    }
    rendered
}

/// Calls every operation in an order in which they succeed, and returns their rendered results.
pub async fn every_operation(session: &mut Session) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    /// Makes a call, and keeps its rendered result.
    macro_rules! call {
        ($name:ident($($argument:expr),*)) => {{
            let outcome = session.$name($($argument),*).await;
            all.push((stringify!($name), rendered(&outcome)));
            outcome.ok()
        }};
    }
    let or_none = |id: Option<String>| id.unwrap_or_else(|| NONE.to_owned());

    call!(forget_token());
    call!(verify());
    call!(access_token());
    call!(quota("/cgi-bin/draft/add"));

    let cover = call!(upload_material_image(&fixture("cover.jpg")));
    let cover = or_none(cover.map(|image| image.media_id));
    call!(upload_material_voice(&fixture("voice.mp3")));
    let video = call!(upload_material_video(&fixture("video.mp4"), "标题", "介绍"));
    call!(upload_material_thumb(&fixture("thumb.jpg")));
    call!(upload_article_image(&fixture("article.png")));
    call!(references("<img src=article.png>"));
    call!(prepare_content(
        "<img src=article.png>",
        &[fixture("article.png")],
        false
    ));
    call!(get_material(&or_none(video.clone())));
    call!(count_material());
    call!(list_material(MaterialKind::Image, 0, 20));
    call!(delete_material(&or_none(video)));

    let media = call!(upload_media(MediaKind::Voice, &fixture("voice.amr")));
    let media = or_none(media.map(|media| media.media_id));
    call!(get_media(&media));
    call!(get_voice(&media));

    let article = news("标题", &cover);
    let draft = or_none(call!(add_draft(std::slice::from_ref(&article))));
    call!(get_draft(&draft));
    call!(update_draft(&draft, 0, &article));
    call!(count_drafts());
    call!(list_drafts(0, 20, true));
    call!(product_card("1000000000", ProductCardType::NewsLarge));

    let task = call!(submit(&draft));
    let task = or_none(task.map(|task| task.publish_id));
    call!(publish_status(&task));
    call!(wait_published(&task, 0));
    let published = call!(list_publications(0, 20, true));
    let published = published.and_then(|page| page.items.into_iter().next());
    let published = or_none(published.map(|item| item.article_id));
    call!(get_publication(&published));
    call!(delete_publication(&published, DeleteWhich::All));
    call!(delete_draft(&draft));
    call!(explain("61725984-6126f6f9-040f19c4"));
    all
}
