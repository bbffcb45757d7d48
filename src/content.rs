//! The pictures of an article.

use crate::account::Account;
use crate::bindings::types::{File, Prepared};
use crate::error::Result;
use crate::transport::{Clock, Transport};
use alloc::string::String;
use alloc::vec::Vec;

/// `content.references`
pub fn references(_html: &str) -> Vec<String> {
    Vec::new()
}

impl<T: Transport + Clock> Account<T> {
    /// `content.prepare`
    pub async fn prepare(&self, html: String, _attachments: &[File], _with_cover: bool) -> Result<Prepared> {
        Ok(Prepared {
            html,
            images: Vec::new(),
            cover: None,
            findings: Vec::new(),
        })
    }
}
