//! The states of a publication in words.

use maud::{Markup, html};

use super::page_request::PageRequest;
use crate::model::publication::status;

/// Writes a `publish_status` (wechat-api §13.2): its words and its number.
pub(super) fn badge(request: &PageRequest, number: i64) -> Markup {
    let texts = request.texts;
    let (words, look) = match number {
        status::SUCCESS => (texts.published, "good"),
        status::PUBLISHING => (texts.publishing, "waiting"),
        status::NOT_ORIGINAL => (texts.not_original, "bad"),
        status::REFUSED => (texts.refused, "bad"),
        status::DELETED => (texts.deleted, "bad"),
        status::BANNED => (texts.banned, "bad"),
        _ => (texts.failed, "bad"),
    };
    html! { span class={ "badge " (look) } { (words.as_str()) } " " code { "publish_status=" (number) } }
}
