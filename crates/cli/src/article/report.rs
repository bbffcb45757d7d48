//! The output about a draft: the plan, and the results so far.

use serde_json::{Map, Value, json};
use wechat_official_account_host::types::{News, Prepared, PublishStatus, Severity, Submission};

use super::cover::Cover;
use super::loaded::Located;
use super::pictures::Picture;
use super::plan::{DraftRequest, Plan};
use crate::error::{Error, Result};
use crate::format::{facts, json, name, table};
use crate::output::Output;
use crate::read_back::ReadBack;
use crate::texts::{Texts, messages};
use crate::{prepared, publish};

impl Plan {
    /// Prints notes for people, before anything is sent: what is changed, and what will be lost.
    pub fn print_notes(&self, output: Output, texts: &Texts) {
        let source = &self.article.source;
        let print = |line, label: &str, text: &str| output.note(&format!("{}: {label}: {text}", source.place(line)));
        for note in &self.article.rendered.notes {
            print(Some(note.line), texts.note, &note.message);
        }
        for left in &self.article.pictures.not_read {
            let text = texts.missing_picture.with([&left.reference, &left.reason]);
            print(left.line, texts.warning, &text);
        }
        for picture in self.pictures().filter(|picture| !picture.changes.is_empty()) {
            let changes = picture.changes.join(texts.between.as_str());
            let text = texts.changed_picture.with([&picture.file.name, &changes]);
            print(None, texts.note, &text);
        }
        let is_advice = |located: &&Located| located.finding.severity == Severity::Advice;
        for located in self.findings.iter().filter(|located| !is_advice(located)) {
            output.note(&located.line(&self.article, texts));
        }
        let advice = self.findings.iter().filter(is_advice).count();
        if advice > 0 {
            let command = format!("wechat-oa draft check {}", source.name());
            output.warn("advice", &texts.advice.with([&advice, &command]));
        }
    }

    /// Returns the pictures of the text, and the cover if it is none of them.
    fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let list = &self.article.pictures.list;
        let cover = match &self.cover {
            Cover::File(cover) => Some(cover).filter(|cover| list.iter().all(|picture| picture.origin != cover.origin)),
            _ => None,
        };
        list.iter().chain(cover)
    }

    /// Prints the plan of a dry run. Its exit code is that of the run itself.
    pub fn print(&self, output: Output, texts: &Texts) -> Result<()> {
        self.print_notes(output, texts);
        let mut json = self.as_json()?;
        json.insert("dry_run".to_owned(), json!(true));
        let text = format!("{}\n\n{}", self.describe(texts), texts.nothing_sent.as_str());
        output.print(&json.into(), text)?;
        self.check_sendable(texts)
    }

    /// Returns the plan as JSON.
    fn as_json(&self) -> Result<Map<String, Value>> {
        let News {
            title,
            author,
            digest,
            content_source_url,
            comments,
            product_key,
            ..
        } = &self.news;
        let pictures = self
            .article
            .pictures
            .list
            .iter()
            .enumerate()
            .map(|(index, picture)| picture.as_json(self.cached.contains_key(&index)));
        let cover = match &self.cover {
            Cover::Stored(id) => json!({ "media_id": id }),
            Cover::File(file) => file.as_json(self.cached_cover.is_some()),
            Cover::FirstData => json!({ "first_picture": true }),
            Cover::None => Value::Null,
        };
        let notes = self.article.rendered.notes.iter();
        let notes = notes.map(|note| json!({ "line": note.line, "message": note.message }));
        Ok(Map::from_iter([
            (
                "article".to_owned(),
                json!({
                    "title": title,
                    "author": author,
                    "digest": digest,
                    "content_source_url": content_source_url,
                    "comments": name(comments),
                    "product_key": product_key,
                    "html_bytes": self.article.rendered.html.len(),
                }),
            ),
            ("pictures".to_owned(), pictures.collect()),
            ("cover".to_owned(), cover),
            ("not_read".to_owned(), json(&self.article.pictures.not_read)?),
            ("notes".to_owned(), notes.collect()),
            ("warnings".to_owned(), Located::list(&self.findings)?),
        ]))
    }

    /// Describes the plan for people, without the notes of [`Plan::print_notes`].
    fn describe(&self, texts: &Texts) -> String {
        let rows = self.article.pictures.list.iter().enumerate().map(|(index, picture)| {
            let (before, sent) = (picture.original_bytes, picture.file.bytes.len());
            let bytes = match before == sent {
                true => texts.bytes.with([&sent]),
                false => texts.bytes_changed.with([&before, &sent]),
            };
            let more = self.cached.get(&index).map(|_| texts.picture_cached.as_str());
            [
                picture.file.name.clone(),
                bytes,
                format!("{} × {}", picture.width, picture.height),
                more.unwrap_or_default().to_owned(),
            ]
        });
        let mut text = String::new();
        if !self.article.pictures.list.is_empty() {
            text = table(texts.picture_columns, rows) + "\n\n";
        }
        let News {
            title,
            author,
            digest,
            content_source_url,
            comments,
            ..
        } = &self.news;
        let cover = match &self.cover {
            Cover::Stored(id) => id.clone(),
            Cover::File(file) => match &self.cached_cover {
                Some(id) => texts.cover_cached.with([id, &file.file.name]),
                None => texts.cover_file.with([&file.file.name, &file.file.bytes.len()]),
            },
            Cover::FirstData => texts.cover_first_picture.as_str().to_owned(),
            Cover::None => String::new(),
        };
        let known = [
            (texts.label_title, title.clone()),
            (texts.label_author, author.clone().unwrap_or_default()),
            (texts.label_digest, digest.clone().unwrap_or_default()),
            (texts.label_original, content_source_url.clone().unwrap_or_default()),
            (texts.label_comments, name(comments)),
            (texts.label_cover, cover),
            (
                texts.label_html,
                texts.html_bytes.with([&self.article.rendered.html.len()]),
            ),
        ];
        text + &facts(known.into_iter().filter(|(_, value)| !value.is_empty()))
    }
}

/// The results so far, at WeChat and on the disk.
#[derive(Default)]
pub struct Results {
    /// The outcome of the pictures.
    pub prepared: Option<Prepared>,
    /// The file with the HTML.
    pub stored: Option<String>,
    /// The media-id of the cover.
    pub cover: Option<String>,
    /// The draft that was made or updated.
    pub media_id: Option<String>,
    /// What WeChat changed or dropped.
    pub read_back: ReadBack,
    /// The publishing task.
    pub publication: Option<Publication>,
    /// The reason why the cache was not written.
    pub cache_error: Option<Box<Error>>,
}

/// A draft that was submitted, and what WeChat decided if it has.
pub struct Publication {
    /// The task.
    pub submission: Submission,
    /// The decision.
    pub status: Option<PublishStatus>,
}

impl Results {
    /// Returns the plan with its results.
    pub fn document(&self, plan: &Plan, request: &DraftRequest) -> Result<(Value, String)> {
        let mut fields = plan.as_json()?;
        fields.insert("images".to_owned(), json!([]));
        if let Some(prepared) = &self.prepared {
            let findings = fields.remove("warnings");
            fields.extend(prepared::as_json(prepared, &plan.article.pictures.not_read)?);
            fields.remove("findings");
            fields.extend(findings.map(|findings| ("warnings".to_owned(), findings)));
        }
        if let Some(cover) = &self.cover {
            fields.insert("cover".to_owned(), json!({ "media_id": cover }));
        }
        let publication = self.publication.as_ref().map(Publication::as_json).transpose()?;
        let index = request
            .delivery
            .update
            .as_ref()
            .map(|_| request.delivery.index.unwrap_or_default());
        for (name, value) in [
            ("stored", json!(self.stored)),
            ("media_id", json!(self.media_id)),
            ("updated", json!(index.is_some() && self.media_id.is_some())),
            ("index", json!(index)),
            ("publication", json!(publication)),
            ("cache_error", json(&self.cache_error)?),
            ("dry_run", json!(false)),
        ] {
            fields.insert(name.to_owned(), value);
        }
        self.read_back.add_to(&mut fields)?;
        Ok((fields.into(), self.describe()))
    }

    /// Describes the results for people.
    fn describe(&self) -> String {
        let known = [
            (messages().pictures.stored, &self.stored),
            (messages().pictures.cover, &self.cover),
            ("media-id", &self.media_id),
        ];
        let mut known: Vec<(&str, String)> = known
            .into_iter()
            .filter_map(|(label, value)| Some((label, value.clone()?)))
            .collect();
        if let Some(status) = self
            .publication
            .as_ref()
            .and_then(|publication| publication.status.as_ref())
        {
            known.extend(publish::known(status));
        }
        match &self.prepared {
            Some(prepared) => prepared::describe(prepared, known),
            None => String::new(),
        }
    }
}

impl Publication {
    fn as_json(&self) -> Result<Value> {
        let mut document = json(&self.submission)?;
        if let (Some(fields), Some(status)) = (document.as_object_mut(), &self.status) {
            fields.insert("outcome".to_owned(), publish::as_json(status));
        }
        Ok(document)
    }
}
