//! The HTML of an article, with the files beside it that are its pictures.

use std::path::Path;

use crate::attachments::{self, Attachments};
use crate::context::Connection;
use crate::error::{self, Result};
use crate::input;
use crate::output::Output;
use crate::paths::folder_of;
use crate::texts::messages;

/// The arguments of `content.prepare`.
pub struct ArticleHtml {
    /// The HTML.
    pub html: String,
    /// The files, and the pictures that WeChat will drop.
    pub attachments: Attachments,
}

impl ArticleHtml {
    /// Reads the pictures of this HTML, which is in the file `path`, and warns people of pictures that are not read.
    pub async fn load(output: Output, connection: &mut Connection, path: &Path, html: String) -> Result<Self> {
        let Some(room) = attachments::room_beside(&html) else {
            let text = { messages().pictures.no_room }.with([&path.display(), &html.len()]);
            return Err(error::usage(text));
        };
        let references = connection.session.references(&html).await?;
        let folder = (!input::is_stream(path)).then(|| folder_of(path));
        let attachments = attachments::read(folder, references, room, attachments::PICTURE, &mut Ok);
        for left in &attachments.not_read {
            output.warn(
                "warning",
                &{ messages().pictures.not_read }.with([&left.reference, &left.reason]),
            );
        }
        Ok(Self { html, attachments })
    }
}
