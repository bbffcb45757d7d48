//! All that can be known of a draft before anything is sent. A dry run prints it, and every other run carries it out.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use wechat_official_account_host::types::{File, News, Severity};

use super::cover::Cover;
use super::laid::{Laid, Located};
use crate::error::{self, Result};
use crate::findings;
use crate::format::{facts, json, name, table};
use crate::output::Output;
use crate::texts::Texts;

/// The plan of a draft.
pub struct Plan {
    pub laid: Laid,
    /// The fields of the article, without its content and its cover.
    pub news: News,
    pub cover: Cover,
    /// The media-id of the cover's file in the cache.
    pub cached_cover: Option<String>,
    /// The addresses in the cache, by the indices of the pictures.
    pub cached: BTreeMap<usize, String>,
    pub findings: Vec<Located>,
    /// Whether the draft is made without the pictures that WeChat would drop.
    pub allow_missing_pictures: bool,
}

impl Plan {
    /// Fails for the first reason why nothing may be sent.
    pub fn refuse(&self, texts: &Texts) -> Result<()> {
        for located in &self.findings {
            if findings::is_error(&located.finding) {
                let place = self.laid.source.place(located.line);
                return Err(error::invalid(&located.finding.message).of(&place));
            }
        }
        let left = &self.laid.pictures.not_read;
        if let Some(first) = left.first().filter(|_| !self.allow_missing_pictures) {
            let message = texts
                .missing_pictures
                .with([&left.len(), &first.reference, &first.reason]);
            return Err(error::usage(message));
        }
        match self.cover {
            Cover::None => Err(error::usage(texts.no_cover.as_str())),
            _ => Ok(()),
        }
    }

    /// Returns the HTML with the addresses of the cache. All other pictures are still to be uploaded.
    pub fn html(&self) -> String {
        self.laid.html_with(|index, _| self.cached.get(&index).cloned())
    }

    /// Returns the pictures that are to be uploaded.
    pub fn uploads(&self) -> Vec<File> {
        let pictures = self.laid.pictures.list.iter().enumerate();
        let new = pictures.filter(|(index, _)| !self.cached.contains_key(index));
        new.map(|(_, picture)| picture.file.clone()).collect()
    }

    /// Tells people, before anything is sent, what is changed and what will be lost.
    pub fn tell(&self, output: Output, texts: &Texts) {
        let source = &self.laid.source;
        let tell = |line, label: &str, text: &str| output.note(&format!("{}: {label}: {text}", source.place(line)));
        for note in &self.laid.rendered.notes {
            tell(Some(note.line), texts.note, &note.message);
        }
        for left in &self.laid.pictures.not_read {
            let text = texts.missing_picture.with([&left.reference, &left.reason]);
            tell(None, texts.warning, &text);
        }
        let cover = match &self.cover {
            Cover::File(file) => Some((&file.file.name, &file.changes)),
            _ => None,
        };
        let pictures = self.laid.pictures.list.iter();
        let pictures = pictures.map(|picture| (&picture.file.name, &picture.changes));
        for (name, changes) in pictures.chain(cover).filter(|(_, changes)| !changes.is_empty()) {
            let changes = changes.join(texts.between.as_str());
            tell(None, texts.note, &texts.changed_picture.with([name, &changes]));
        }
        let is_advice = |located: &&Located| located.finding.severity == Severity::Advice;
        for located in self.findings.iter().filter(|located| !is_advice(located)) {
            output.note(&located.line(&self.laid, texts));
        }
        let advice = self.findings.iter().filter(is_advice).count();
        if advice > 0 {
            let command = format!("wechat-oa draft check {}", source.name());
            output.warn("advice", &texts.advice.with([&advice, &command]));
        }
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
        let pictures = self.laid.pictures.list.iter().enumerate().map(|(index, picture)| {
            json!({
                "name": picture.file.name,
                "bytes": picture.original_bytes,
                "sent_bytes": picture.file.bytes.len(),
                "width": picture.width,
                "height": picture.height,
                "changes": picture.changes,
                "cached": self.cached.contains_key(&index),
            })
        });
        let cover = match &self.cover {
            Cover::Stored(id) => json!({ "media_id": id }),
            Cover::File(file) => json!({
                "name": file.file.name,
                "bytes": file.original_bytes,
                "sent_bytes": file.file.bytes.len(),
                "width": file.width,
                "height": file.height,
                "changes": file.changes,
                "cached": self.cached_cover.is_some(),
            }),
            Cover::FirstData => json!({ "first_picture": true }),
            Cover::None => Value::Null,
        };
        let notes = self.laid.rendered.notes.iter();
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
                    "html_bytes": self.laid.rendered.html.len(),
                }),
            ),
            ("pictures".to_owned(), pictures.collect()),
            ("cover".to_owned(), cover),
            ("not_read".to_owned(), json(&self.laid.pictures.not_read)?),
            ("notes".to_owned(), notes.collect()),
            ("warnings".to_owned(), Located::list(&self.findings)?),
        ]))
    }

    /// Describes the plan for people. What [`Plan::tell`] told is left out.
    pub fn describe(&self, texts: &Texts) -> String {
        let rows = self.laid.pictures.list.iter().enumerate().map(|(index, picture)| {
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
        if !self.laid.pictures.list.is_empty() {
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
                texts.html_bytes.with([&self.laid.rendered.html.len()]),
            ),
        ];
        text + &facts(known.into_iter().filter(|(_, value)| !value.is_empty()))
    }
}
