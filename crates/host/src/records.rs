//! Constructors for records that are mostly optional fields.

use crate::bindings::interfaces::types::{Comments, File, News, Pictures};

impl File {
    /// Names these bytes.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

impl News {
    /// Makes an article without author, digest, original, crops and product card, and with comments closed.
    pub fn new(title: impl Into<String>, content: impl Into<String>, thumb_media_id: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            author: None,
            digest: None,
            content: content.into(),
            content_source_url: None,
            thumb_media_id: thumb_media_id.into(),
            cover_crops: Vec::new(),
            comments: Comments::Closed,
            product_key: None,
        }
    }
}

impl Pictures {
    /// Makes a picture message without crops and product card, and with comments closed.
    pub fn new(title: impl Into<String>, content: impl Into<String>, image_media_ids: Vec<String>) -> Self {
        Self {
            title: title.into(),
            content: content.into(),
            image_media_ids,
            cover_crops: Vec::new(),
            comments: Comments::Closed,
            product_key: None,
        }
    }
}
