//! The HTML of an article, with the files beside it that are its pictures.

use std::path::{Path, PathBuf};

use wechat_official_account_host::types::Prepared;

use crate::attachments::{self, Attachments, NotRead};
use crate::context::Connection;
use crate::error::{self, Result};
use crate::input;
use crate::output::Output;
use crate::progress;
use crate::texts::messages;

/// The arguments of `content.prepare`.
pub struct ArticleHtml {
    html: String,
    attachments: Attachments,
}

impl ArticleHtml {
    /// Reads the pictures of this HTML, which is in the file `path`, and warns people of pictures that are not read.
    pub async fn load(output: Output, connection: &mut Connection, path: &Path, html: String) -> Result<Self> {
        let Some(room) = attachments::room_beside(&html) else {
            let text = { messages().pictures.no_room }.with([&path.display(), &html.len()]);
            return Err(error::usage(text));
        };
        let references = connection.session.references(&html).await?;
        // The folder of a bare file name is the current one.
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = (!input::is_stream(path)).then_some(folder.unwrap_or(Path::new(".")));
        let attachments = attachments::read(folder, references, room, attachments::PICTURE, &mut Ok);
        for left in &attachments.not_read {
            output.warn(
                "warning",
                &{ messages().pictures.not_read }.with([&left.reference, &left.reason]),
            );
        }
        Ok(Self { html, attachments })
    }

    /// Returns the paths of the pictures that were read.
    pub fn pictures(&self) -> &[PathBuf] {
        &self.attachments.paths
    }

    /// Returns the pictures that WeChat will drop, as far as this is known before anything is sent.
    pub fn not_read(&self) -> &[NotRead] {
        &self.attachments.not_read
    }

    /// Uploads the pictures.
    pub async fn prepare(&self, output: Output, connection: &mut Connection, with_cover: bool) -> Result<Prepared> {
        let Connection { session, uploads, .. } = connection;
        let files = &self.attachments.files;
        let most = files.len() + data_uris(&self.html) + usize::from(with_cover);
        let work = session.prepare_content(&self.html, files, with_cover);
        let message = messages().pictures.being_uploaded.to_owned();
        Ok(progress::count(output, message, uploads, most as u64, work).await?)
    }
}

/// Returns the largest possible number of `data:` URIs in the HTML, except those hidden behind character references.
pub fn data_uris(html: &str) -> usize {
    without_data(html).1
}

/// Returns the HTML without its `data:` URIs, and their number.
pub fn without_data(html: &str) -> (String, usize) {
    let mut left = String::with_capacity(html.len());
    let mut count = 0;
    let mut rest = html;
    while let Some(start) = position(rest) {
        let (before, data) = rest.split_at(start);
        left.push_str(before);
        let end = data.find(|character: char| character.is_ascii_whitespace() || "\"')<>".contains(character));
        rest = data.get(end.unwrap_or(data.len())..).unwrap_or_default();
        count += 1;
    }
    left.push_str(rest);
    (left, count)
}

fn position(html: &str) -> Option<usize> {
    let begins = |window: &[u8]| window.eq_ignore_ascii_case(b"data:");
    html.as_bytes().windows(5).position(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_uris_and_text_are_distinguished() {
        for (html, left, count) in [
            ("", "", 0),
            ("<img src=a.png>data", "<img src=a.png>data", 0),
            (
                "<img src=data:,a><img src='DATA:image/png;base64,'>",
                "<img src=><img src=''>",
                2,
            ),
            (
                "<p style=\"background:url(data:image/png;base64,AA==)\">图",
                "<p style=\"background:url()\">图",
                1,
            ),
            ("metadata: 图", "meta 图", 1),
        ] {
            assert_eq!(without_data(html), (left.to_owned(), count), "{html}");
        }
    }
}
