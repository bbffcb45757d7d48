//! Images for covers and for the text of articles.

use std::borrow::Cow;

use data_url::{DataUrl, forgiving_base64};
use serde::Serialize;

use crate::Plugin;
use crate::bindings::types::File;
use crate::error::{Error, Result};

/// The name in errors of an image that has none.
const UNNAMED: &str = "image";

/// An image as WeChat stores it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UploadedImage {
    /// The id of the permanent image, for the cover of an article.
    pub media_id: String,
    /// The address for `<img src>` in articles. Empty if WeChat returned none.
    pub url: String,
}

/// Stores an image as permanent material, which takes storage quota. `data` is base64 or a `data:` URI. Not safe to
/// repeat: the image would be stored twice.
///
/// # Errors
/// `invalid-input` with subject `data` if it is neither; otherwise as `material.upload-image` of the plugin.
pub async fn upload(plugin: &mut impl Plugin, data: &str, name: Option<&str>) -> Result<UploadedImage> {
    let file = File {
        name: name.unwrap_or(UNNAMED).to_owned(),
        bytes: decode(data)?,
    };
    upload_file(plugin, &file).await
}

/// Stores an image that is at hand as a file, as [`upload`] does.
///
/// # Errors
/// As `material.upload-image` of the plugin.
pub async fn upload_file(plugin: &mut impl Plugin, file: &File) -> Result<UploadedImage> {
    let image = plugin.upload_image(file).await?;
    Ok(UploadedImage {
        media_id: image.media_id,
        url: image.url,
    })
}

/// Reads a file from text. White space may stand anywhere in base64, and the padding may be missing.
fn decode(data: &str) -> Result<Vec<u8>> {
    let decoded = match DataUrl::process(data) {
        Ok(uri) => uri.decode_to_vec().ok().map(|(bytes, _fragment)| bytes),
        Err(_) => forgiving_base64::decode_to_vec(usual_alphabet(data).as_bytes()).ok(),
    };
    let bytes = decoded.filter(|bytes| !bytes.is_empty());
    bytes.ok_or_else(|| {
        Error::invalid_input(
            "data",
            "The data is neither base64 nor a data: URI, or it is empty. Nothing was sent.",
            "Send the whole file in base64, or as data:image/png;base64,…; an address is not accepted.",
        )
    })
}

/// Returns base64 of the alphabet for URLs in the usual one, which the decoder knows.
fn usual_alphabet(base64: &str) -> Cow<'_, str> {
    if !base64.contains(['-', '_']) {
        return base64.into();
    }
    base64.replace('-', "+").replace('_', "/").into()
}
