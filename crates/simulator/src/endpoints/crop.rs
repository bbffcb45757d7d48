//! Crops of an article's cover (wechat-api §11.1).

use serde_json::{Map, Value};

use crate::api_error::ApiError;
use crate::model::article::ArticleKind;

/// Decimals of a coordinate.
const DECIMALS: usize = 6;

/// Checks `cover_info`.
pub(crate) fn check(kind: ArticleKind, cover_info: &Map<String, Value>) -> Result<(), ApiError> {
    let Some(list) = cover_info.get("crop_percent_list") else {
        return Ok(());
    };
    for crop in list.as_array().ok_or(ApiError::new(47001))? {
        let crop = crop.as_object().ok_or(ApiError::new(47001))?;
        // A value that is no string is a bad crop, not bad JSON.
        let read = |name| crop.get(name).and_then(Value::as_str).unwrap_or_default();
        if !ratios(kind).contains(&read("ratio")) || !is_region(["x1", "y1", "x2", "y2"].map(read)) {
            return Err(ApiError::new(53402));
        }
    }
    Ok(())
}

/// Checks crops in the two old fields, which join the coordinates by underscores. An empty one is none.
pub(crate) fn check_old(crops: [&str; 2]) -> Result<(), ApiError> {
    for crop in crops.into_iter().filter(|crop| !crop.is_empty()) {
        let corners: Vec<&str> = crop.split('_').collect();
        match corners.as_slice() {
            [x1, y1, x2, y2] if is_region([x1, y1, x2, y2]) => {}
            _ => return Err(ApiError::new(53402)),
        }
    }
    Ok(())
}

/// Returns the ratios to which a cover may be cropped.
fn ratios(kind: ArticleKind) -> &'static [&'static str] {
    match kind {
        ArticleKind::News => &["2.35_1", "1_1"],
        ArticleKind::Newspic => &["1_1", "16_9", "2.35_1"],
    }
}

/// Returns whether four coordinates span a region of the picture.
fn is_region(corners: [&str; 4]) -> bool {
    match corners.map(millionths) {
        [Some(x1), Some(y1), Some(x2), Some(y2)] => x1 < x2 && y1 < y2,
        _ => false,
    }
}

/// Reads a coordinate from 0 to 1 with at most six decimals, in millionths.
fn millionths(text: &str) -> Option<u32> {
    let (whole, decimals) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    if decimals.len() > DECIMALS || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u32 = format!("{decimals:0<6}").parse().ok()?;
    match (whole, fraction) {
        ("0", fraction) => Some(fraction),
        ("1", 0) => Some(1_000_000),
        _ => None,
    }
}
