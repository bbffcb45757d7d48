//! The plan of a draft, for people and for programs.

use serde_json::{Map, Value, json};
use wechat_official_account_host::types::{News, Severity};

use super::cover::Cover;
use super::loaded::Located;
use super::pictures::Picture;
use super::plan::Plan;
use crate::error::Result;
use crate::format::{facts, json, name, table};
use crate::output::Output;
use crate::texts::Texts;

impl Plan {
    /// Prints notes for people, before anything is sent: what is changed, and what will be lost.
    pub fn print_notes(&self, output: Output, texts: &Texts) {
        let source = &self.article.source;
        let print =
            |line, label: &str, text: &str| output.note(&texts.located.with([&source.place(line), &label, &text]));
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
            print(picture.line, texts.note, &text);
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
            Cover::Picture(cover) => {
                Some(cover).filter(|cover| list.iter().all(|picture| picture.origin != cover.origin))
            }
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
    pub fn as_json(&self) -> Result<Map<String, Value>> {
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
            Cover::Picture(file) => file.as_json(self.cached_cover.is_some()),
            Cover::FirstData => json!({ "first_picture": true }),
            Cover::None => Value::Null,
        };
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
            ("notes".to_owned(), self.article.rendered.notes_as_json()),
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
            Cover::Picture(file) => match &self.cached_cover {
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
