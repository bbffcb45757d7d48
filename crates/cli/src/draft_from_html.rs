//! A news article in a file of HTML: its pictures are uploaded, and a draft is made of it.

use std::path::Path;

use serde_json::{Map, Value, json};
use wechat_official_account_host::types::{Article, Comments, File, Finding, News, Prepared};

use crate::args::{NewsOptions, ReadBackOptions};
use crate::article_html::{ArticleHtml, without_data};
use crate::content;
use crate::context::{Connection, Context};
use crate::destination::Destination;
use crate::error::{self, Result};
use crate::file;
use crate::format::json;
use crate::journal::{Journal, Running};
use crate::output::Output;
use crate::read_back::ReadBack;
use crate::{findings, input, prepared, progress, read_back};

/// A placeholder for the cover's media-id, in its form, while there is none.
const NO_COVER_YET: &str = "none-yet";

/// A draft is made, of HTML or of an ARTICLE.json.
pub const ADDING: Running = Running {
    what: "the draft may have been made",
    advice: "Look for it with `draft list` before you make it again.",
};
const COVER: Running = Running {
    what: "the cover may have been stored",
    advice: "Look for it with `material list --kind image`, and give its media-id with --cover-id.",
};

/// Returns whether a file's name is that of an HTML file.
pub fn is_html(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["html", "htm"].iter().any(|html| extension.eq_ignore_ascii_case(html))
}

/// Makes a draft of the HTML in this file.
pub async fn add(context: &Context, path: &Path, options: NewsOptions, read_back: ReadBackOptions) -> Result<()> {
    let mut work = Work::new(path, options)?;
    work.reads_back = !read_back.no_read_back;
    let output = match &work.destination {
        Some(destination) => destination.output_beside(context.output),
        None => context.output,
    };
    let mut connection = context.connect().await?;
    work.check_before(&mut connection).await?;
    let article = ArticleHtml::load(output, &mut connection, path, work.news.content.clone()).await?;
    if !work.allow_missing_pictures {
        refuse_missing(&article)?;
    }
    if let Some(destination) = &work.destination {
        destination.refuse_overwrite(article.pictures())?;
    }
    let with_cover = matches!(work.cover, Cover::FirstPicture);
    let upload = article.prepare(output, &mut connection, with_cover);
    let done = context.journal.during(content::UPLOADING, upload).await?;
    let report = Report {
        output,
        journal: &context.journal,
        article: &article,
        done: &done,
    };
    let outcome = work.finish(&mut connection, &report).await;
    // The uploads are printed even if no draft was made.
    report.note(&work.made)?;
    let (json, text) = report.document(&work.made)?;
    output.print_done(&json, text, outcome)
}

/// Fails if a picture is neither data nor on Tencent's hosts, and none of its addresses a file that was read.
fn refuse_missing(article: &ArticleHtml) -> Result<()> {
    let left = article.not_read();
    match left.first() {
        None => Ok(()),
        Some(first) => Err(error::usage(format!(
            "pictures that WeChat would drop: {}; the first: {} {}. Nothing was sent; --allow-missing-pictures makes \
             the draft without them",
            left.len(),
            first.reference,
            first.reason
        ))),
    }
}

/// The source of the cover.
enum Cover {
    FirstPicture,
    File(File),
    Stored(String),
}

/// A draft in the making.
struct Work {
    news: News,
    cover: Cover,
    destination: Option<Destination>,
    allow_missing_pictures: bool,
    reads_back: bool,
    made: Made,
}

/// The results so far, at WeChat and on the disk.
#[derive(Default)]
struct Made {
    stored: Option<String>,
    cover: Option<String>,
    media_id: Option<String>,
    /// The warnings, if the whole article was checked.
    warnings: Option<Vec<Finding>>,
    /// What WeChat changed or dropped.
    read_back: ReadBack,
}

/// The document of a draft in the making.
struct Report<'a> {
    output: Output,
    journal: &'a Journal,
    article: &'a ArticleHtml,
    done: &'a Prepared,
}

impl Report<'_> {
    fn document(&self, made: &Made) -> Result<(Value, String)> {
        let mut json = prepared::as_json(self.done, self.article.not_read())?;
        made.add_to(&mut json)?;
        Ok((json.into(), prepared::describe(self.done, made.facts())))
    }

    /// Notes the results so far, should a signal come.
    fn note(&self, made: &Made) -> Result<()> {
        let (json, text) = self.document(made)?;
        self.journal.note(self.output, json, text);
        Ok(())
    }
}

impl Work {
    /// Reads and opens all files, so that errors in them show before anything is uploaded.
    fn new(path: &Path, options: NewsOptions) -> Result<Self> {
        let title = options.title;
        let title =
            title.ok_or_else(|| error::usage("an article of HTML has no title by itself: give it with --title"))?;
        let html = input::read_text(path)?;
        let mut sources = vec![path.to_owned()];
        let cover = match (options.cover, options.cover_id) {
            (Some(path), _) => {
                let cover = Cover::File(file::read(&path)?);
                sources.push(path);
                cover
            }
            (None, Some(id)) => Cover::Stored(id),
            (None, None) => Cover::FirstPicture,
        };
        let destination = options.output.as_deref().map(Destination::open).transpose()?;
        if let Some(destination) = &destination {
            destination.refuse_overwrite(&sources)?;
        }
        let cover_id = match &cover {
            Cover::Stored(id) => id,
            Cover::FirstPicture | Cover::File(_) => NO_COVER_YET,
        };
        let news = News {
            author: options.author,
            digest: options.digest,
            content_source_url: options.source_url,
            comments: options.comments.map_or(Comments::Closed, Comments::from),
            product_key: options.product_key,
            ..News::new(title, file::without_byte_order_mark(&html), cover_id)
        };
        Ok(Self {
            news,
            cover,
            destination,
            allow_missing_pictures: options.allow_missing_pictures,
            reads_back: true,
            made: Made::default(),
        })
    }

    /// Checks the article before anything is uploaded for it, without its `data:` URIs, which will be replaced.
    async fn check_before(&self, connection: &mut Connection) -> Result<()> {
        let news = News {
            content: without_data(&self.news.content).0,
            ..self.news.clone()
        };
        let found = connection.session.check_articles(&[Article::News(news)]).await?;
        findings::refuse(&found)
    }

    /// Makes the draft after the upload of the pictures.
    async fn finish(&mut self, connection: &mut Connection, report: &Report<'_>) -> Result<()> {
        let Report { output, done, .. } = *report;
        if let Some(Ok(cover)) = &done.cover {
            self.made.cover = Some(cover.clone());
        }
        if let Some(destination) = self.destination.take() {
            self.made.stored = Some(destination.write(done.html.as_bytes())?);
        }
        report.note(&self.made)?;
        if !self.allow_missing_pictures {
            prepared::check_complete(done).map_err(|failure| failure.of(&self.way_out()))?;
        }
        self.news.content.clone_from(&done.html);
        let article = Article::News(self.news.clone());
        let found = connection.session.check_articles(&[article]).await?;
        findings::refuse(&found)?;
        findings::warn(output, &found);
        self.made.warnings = Some(found);
        self.news.thumb_media_id = self.cover(connection, report).await?;
        self.made.cover = Some(self.news.thumb_media_id.clone());
        report.note(&self.made)?;
        let articles = [Article::News(self.news.clone())];
        let add = connection.session.add_draft(&articles);
        let media_id = report.journal.during(ADDING, add).await?;
        self.made.media_id = Some(media_id.clone());
        report.note(&self.made)?;
        if self.reads_back {
            self.made.read_back = read_back::compare(output, &mut connection.session, &media_id, 0, &articles).await;
        }
        Ok(())
    }

    /// Returns the cover's media-id. A cover of its own is uploaded last, because it takes storage quota.
    async fn cover(&self, connection: &mut Connection, report: &Report<'_>) -> Result<String> {
        match &self.cover {
            Cover::FirstPicture => prepared::cover(report.done),
            Cover::Stored(id) => Ok(id.clone()),
            Cover::File(file) => {
                let upload = connection.session.upload_material_image(file);
                let upload = report.journal.during(COVER, upload);
                let image = progress::spin(report.output, file::upload_message(file), upload).await?;
                Ok(image.media_id)
            }
        }
    }

    /// Explains how to keep the uploads.
    fn way_out(&self) -> String {
        let kept = match &self.made.stored {
            Some(stored) => format!("{stored} has the HTML with the new addresses"),
            None => "`content prepare` or -o OUT keep the HTML with the new addresses".to_owned(),
        };
        format!("no draft was made ({kept}, --allow-missing-pictures makes the draft all the same)")
    }
}

impl Made {
    fn facts(&self) -> Vec<(&'static str, String)> {
        let known = [
            ("stored", &self.stored),
            ("cover", &self.cover),
            ("media-id", &self.media_id),
        ];
        let known = known
            .into_iter()
            .filter_map(|(label, value)| Some((label, value.clone()?)));
        known.collect()
    }

    fn add_to(&self, fields: &mut Map<String, Value>) -> Result<()> {
        if let Some(warnings) = &self.warnings {
            // The article's findings include those of the HTML.
            fields.remove("findings");
            fields.insert("warnings".to_owned(), json(warnings)?);
        }
        fields.insert("stored".to_owned(), json!(self.stored));
        fields.insert("media_id".to_owned(), json!(self.media_id));
        self.read_back.add_to(fields)?;
        if let Some(cover) = &self.cover {
            fields.insert("cover".to_owned(), json!({ "media_id": cover }));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_recognised_by_its_name() {
        for name in ["a.html", "a.htm", "A.HTML", "/x.json/a.b.htm"] {
            assert!(is_html(Path::new(name)), "{name}");
        }
        for name in ["a.json", "html", ".html", "a.xhtml", "a.html/a"] {
            assert!(!is_html(Path::new(name)), "{name}");
        }
    }
}
