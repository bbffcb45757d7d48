//! One call of the plugin, as JSON names it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bindings::wechat::official_account::account::Account;
use crate::bindings::wechat::official_account::types::{Article, Comments, Config, Error, File, News, Timeouts};
use crate::bindings::wechat::official_account::{draft, material, publish};

/// The account, its limits, and what to do. Limits that are left out are the plugin's own.
#[derive(Deserialize)]
pub struct Call {
    app_id: String,
    app_secret: String,
    /// Named in each call: a slip must not lead to the real server.
    api_base: String,
    timeouts: Option<Limits>,
    retry_pauses_milliseconds: Option<Vec<u32>>,
    #[serde(flatten)]
    operation: Operation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    connect_milliseconds: u32,
    first_byte_milliseconds: u32,
    between_bytes_milliseconds: u32,
    call_milliseconds: u32,
}

#[derive(Deserialize)]
#[serde(tag = "operation")]
enum Operation {
    #[serde(rename = "verify")]
    Verify,
    #[serde(rename = "draft.add")]
    DraftAdd {
        title: String,
        content: String,
        thumb_media_id: String,
    },
    #[serde(rename = "draft.count")]
    DraftCount,
    #[serde(rename = "material.upload-image")]
    UploadImage { name: String, base64: String },
    #[serde(rename = "publish.submit")]
    Submit { media_id: String },
}

/// The end of a call without a result.
pub enum Failure {
    /// The plugin's error.
    Plugin(Error),
    /// An argument that can't be handed to the plugin.
    Argument(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Plugin(error)
    }
}

impl Call {
    /// Opens the account and makes the call.
    pub fn execute(self) -> Result<Value, Failure> {
        let account = Account::new(&Config {
            app_id: self.app_id,
            app_secret: self.app_secret,
            api_base: Some(self.api_base),
            timeouts: self.timeouts.map(|limits| Timeouts {
                connect_milliseconds: limits.connect_milliseconds,
                first_byte_milliseconds: limits.first_byte_milliseconds,
                between_bytes_milliseconds: limits.between_bytes_milliseconds,
                call_milliseconds: limits.call_milliseconds,
            }),
            retry_pauses_milliseconds: self.retry_pauses_milliseconds,
            token: None,
            // An instance lives for one request, and would not know of the others' forced tokens.
            may_force_token: Some(false),
            publish_poll_milliseconds: None,
            language: None,
        })?;
        self.operation.execute(&account)
    }
}

impl Operation {
    fn execute(self, account: &Account) -> Result<Value, Failure> {
        Ok(match self {
            Self::Verify => json!({ "seconds-left": account.verify()? }),
            Self::DraftCount => json!({ "count": draft::count(account)? }),
            Self::DraftAdd {
                title,
                content,
                thumb_media_id,
            } => {
                let article = Article::News(News {
                    title,
                    author: None,
                    digest: None,
                    content,
                    content_source_url: None,
                    thumb_media_id,
                    cover_crops: Vec::new(),
                    comments: Comments::Closed,
                    product_key: None,
                });
                json!({ "media-id": draft::add(account, &[article])? })
            }
            Self::UploadImage { name, base64 } => {
                let bytes = STANDARD.decode(base64);
                let bytes = bytes.map_err(|error| Failure::Argument(format!("base64: {error}")))?;
                let image = material::upload_image(account, &File { name, bytes })?;
                json!({ "media-id": image.media_id, "url": image.url })
            }
            Self::Submit { media_id } => {
                let task = publish::submit(account, &media_id)?;
                json!({ "publish-id": task.publish_id, "msg-data-id": task.msg_data_id })
            }
        })
    }
}
