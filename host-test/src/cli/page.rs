//! The HTML of an article, with the files beside it that are its pictures.

use super::attachments::{self, Attachments, NotRead};
use super::connect::Connection;
use super::failure::Result;
use super::output::{Output, clean};
use super::progress;
use host_test::host::types::Prepared;
use std::path::Path;

/// What `content.prepare` is given.
pub struct Page {
    html: String,
    attachments: Attachments,
}

impl Page {
    /// Reads the pictures of this HTML, which is in the file `path`, and tells people what is not read.
    pub async fn load(output: Output, connection: &mut Connection, path: &Path, html: String) -> Result<Self> {
        let references = connection.session.references(&html).await?;
        // The folder of a mere name is the one that the program was started in.
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let attachments = attachments::read(folder.unwrap_or(Path::new(".")), references);
        if !output.is_json() {
            for left in &attachments.not_read {
                eprintln!("warning: {} {}", clean(&left.reference), clean(&left.reason));
            }
        }
        Ok(Self { html, attachments })
    }

    /// What WeChat will drop, as far as that is known before anything is sent.
    pub fn not_read(&self) -> &[NotRead] {
        &self.attachments.not_read
    }

    /// Uploads the pictures.
    pub async fn prepare(&self, output: Output, connection: &mut Connection, with_cover: bool) -> Result<Prepared> {
        let Connection { session, uploads, .. } = connection;
        let files = &self.attachments.files;
        let most = files.len() + data_uris(&self.html) + usize::from(with_cover);
        let work = session.prepare_content(&self.html, files, with_cover);
        let message = "uploading pictures".to_owned();
        Ok(progress::count(output, message, uploads, most as u64, work).await?)
    }
}

/// How many `data:` URIs there can be in the HTML. One that is hidden behind character references does not count.
pub fn data_uris(html: &str) -> usize {
    let begins = |window: &&[u8]| window.eq_ignore_ascii_case(b"data:");
    html.as_bytes().windows(5).filter(begins).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_uris_are_counted() {
        assert_eq!(data_uris(""), 0);
        assert_eq!(data_uris("<img src=a.png>data"), 0);
        assert_eq!(data_uris("<img src=data:,a><img src='DATA:image/png;base64,'>"), 2);
    }
}
