//! The results of a draft so far, for people and for programs.

use serde_json::{Value, json};
use wechat_official_account_host::types::{Prepared, PublishStatus, Submission};

use super::plan::{DraftRequest, Plan};
use crate::error::{Error, Result};
use crate::format::json;
use crate::read_back::ReadBack;
use crate::texts::messages;
use crate::{prepared, publish};

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
