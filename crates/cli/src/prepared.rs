//! The outcome of an article's pictures: for people, for programs, and as success or error.

use serde_json::{Map, Value, json};
use wechat_official_account_host::types::{self, ImageOutcome, ImageResult, Prepared};

use crate::attachments::NotRead;
use crate::error::{self, Error, Result};
use crate::format::{ADDRESS, cut, facts, json, name, table};
use crate::texts::messages;

/// Formats a line for each picture, and more facts below them.
pub fn describe(prepared: &Prepared, mut more: Vec<(&str, String)>) -> String {
    let texts = &messages().pictures;
    let mut text = match prepared.images.is_empty() {
        true => texts.none.to_owned(),
        false => table(texts.columns, prepared.images.iter().map(row)),
    };
    if let Some(Err(error)) = &prepared.cover {
        more.push((texts.cover, reason(error)));
    }
    if !more.is_empty() {
        text.push_str("\n\n");
        text.push_str(&facts(more));
    }
    text
}

fn row(image: &ImageOutcome) -> [String; 3] {
    let source = cut(&image.source, ADDRESS);
    let texts = &messages().pictures;
    let (outcome, more) = match &image.outcome {
        ImageResult::Uploaded(image) => {
            let stored = image.media_id.as_ref();
            let stored = stored.map(|id| texts.takes_quota.with([id]));
            ("uploaded", format!("{}{}", image.url, stored.unwrap_or_default()))
        }
        ImageResult::Kept => ("kept", texts.kept.to_owned()),
        ImageResult::Unsure => ("unsure", texts.unsure.to_owned()),
        ImageResult::Elsewhere => ("elsewhere", texts.elsewhere.to_owned()),
        ImageResult::Failed(error) => ("failed", reason(error)),
    };
    let others = match image.alternatives.len() {
        0 => String::new(),
        count => texts.alternatives.with([&count]),
    };
    [source, outcome.to_owned(), more + &others]
}

fn reason(error: &types::Error) -> String {
    messages().program.about.with([&name(error.kind), &error.message])
}

/// Turns everything but the HTML into JSON.
pub fn as_json(prepared: &Prepared, not_read: &[NotRead]) -> Result<Map<String, Value>> {
    let images: Vec<Value> = prepared.images.iter().map(image_as_json).collect();
    let cover = prepared.cover.as_ref().map(|cover| match cover {
        Ok(media_id) => json!({ "media_id": media_id }),
        Err(error) => json!({ "error": error_of(error) }),
    });
    Ok(Map::from_iter([
        ("images".to_owned(), images.into()),
        ("cover".to_owned(), cover.into()),
        ("not_read".to_owned(), json(&not_read)?),
        ("findings".to_owned(), json(&prepared.findings)?),
    ]))
}

fn image_as_json(image: &ImageOutcome) -> Value {
    let outcome = match &image.outcome {
        ImageResult::Uploaded(image) => {
            json!({ "outcome": "uploaded", "url": image.url, "media_id": image.media_id })
        }
        ImageResult::Kept => json!({ "outcome": "kept" }),
        ImageResult::Unsure => json!({ "outcome": "unsure" }),
        ImageResult::Elsewhere => json!({ "outcome": "elsewhere" }),
        ImageResult::Failed(error) => json!({ "outcome": "failed", "error": error_of(error) }),
    };
    let mut fields = Map::from_iter([
        ("source".to_owned(), json!(image.source)),
        ("alternatives".to_owned(), json!(image.alternatives)),
    ]);
    if let Value::Object(outcome) = outcome {
        fields.extend(outcome);
    }
    fields.into()
}

/// Turns a picture's error into the shape that errors have everywhere.
fn error_of(error: &types::Error) -> Box<Error> {
    error.clone().into()
}

/// Fails if WeChat will drop a picture.
pub fn check_complete(prepared: &Prepared) -> Result<()> {
    let images = &prepared.images;
    let all = images.len();
    let errors = images.iter().filter_map(|image| match &image.outcome {
        ImageResult::Failed(error) => Some(error),
        _ => None,
    });
    if let Some(first) = errors.clone().next() {
        let failed = errors.count();
        let what = messages().pictures.failed.with([&failed, &all]);
        return Err(error_of(first).of(&what));
    }
    let elsewhere = images
        .iter()
        .filter(|image| matches!(image.outcome, ImageResult::Elsewhere));
    match elsewhere.count() {
        0 => Ok(()),
        left => Err(error::invalid(messages().pictures.dropped.with([&left, &all]))),
    }
}

/// Returns the media-id of the cover, or the reason why there is none.
pub fn cover(prepared: &Prepared) -> Result<String> {
    match &prepared.cover {
        Some(Ok(media_id)) => Ok(media_id.clone()),
        Some(Err(error)) => Err(error_of(error).of(messages().pictures.no_cover)),
        None => Err(error::invalid(messages().pictures.no_cover_picture)),
    }
}

#[cfg(test)]
mod tests {
    use wechat_official_account_host::types::{ArticleImage, ErrorKind};

    use super::*;

    fn error(kind: ErrorKind, errcode: Option<i32>) -> types::Error {
        types::Error {
            kind,
            message: "what happened".to_owned(),
            advice: String::new(),
            errcode,
            rid: None,
            subject: None,
            retry_after_seconds: None,
        }
    }

    fn prepared(outcomes: Vec<ImageResult>) -> Prepared {
        let images = outcomes.into_iter().map(|outcome| ImageOutcome {
            source: "图".repeat(ADDRESS + 1),
            alternatives: match outcome {
                ImageResult::Elsewhere => vec!["b.png".to_owned()],
                _ => Vec::new(),
            },
            outcome,
        });
        Prepared {
            html: String::new(),
            images: images.collect(),
            cover: None,
            findings: Vec::new(),
        }
    }

    fn uploaded(media_id: Option<&str>) -> ImageResult {
        ImageResult::Uploaded(ArticleImage {
            url: "http://mmbiz.qpic.cn/1".to_owned(),
            media_id: media_id.map(str::to_owned),
        })
    }

    #[test]
    fn each_picture_has_a_line() {
        let error = error(ErrorKind::FileRejected, None);
        let outcomes = vec![
            uploaded(None),
            uploaded(Some("M")),
            ImageResult::Kept,
            ImageResult::Elsewhere,
            ImageResult::Failed(error),
            ImageResult::Unsure,
        ];
        let prepared = prepared(outcomes);
        let lines = describe(&prepared, Vec::new());
        let lines: Vec<_> = lines
            .lines()
            .skip(1)
            .map(|line| line.split_once("…  ").unwrap().1)
            .collect();
        assert_eq!(
            lines,
            [
                "uploaded   http://mmbiz.qpic.cn/1",
                "uploaded   http://mmbiz.qpic.cn/1  takes storage quota, media-id M",
                "kept       on WeChat's hosts already",
                "elsewhere  WeChat will drop it  further addresses left out: 1",
                "failed     file-rejected: what happened",
                "unsure     on another host of Tencent's: look at the draft",
            ]
        );
        let json = as_json(&prepared, &[]).unwrap();
        assert_eq!(json["images"][0]["media_id"], Value::Null);
        assert_eq!(json["images"][1]["media_id"], "M");
        assert_eq!(json["images"][3]["outcome"], "elsewhere");
        assert_eq!(json["images"][3]["alternatives"], json!(["b.png"]));
        assert_eq!(json["images"][5]["outcome"], "unsure");
        let error = json!({ "kind": "file-rejected", "message": "what happened", "exit_code": 3 });
        assert_eq!(json["images"][4]["error"], error);
        assert_eq!(json["images"][4]["source"], prepared.images[4].source.as_str());
    }

    #[test]
    fn the_first_failure_decides_then_what_is_left() {
        let failed = |kind, errcode| ImageResult::Failed(error(kind, errcode));
        let code = |outcomes| {
            check_complete(&prepared(outcomes))
                .err()
                .map(|failure| failure.exit_code)
        };
        assert_eq!(code(vec![]), None);
        assert_eq!(code(vec![uploaded(None), ImageResult::Kept, ImageResult::Unsure]), None);
        assert_eq!(code(vec![uploaded(None), ImageResult::Elsewhere]), Some(2));
        assert_eq!(
            code(vec![ImageResult::Elsewhere, failed(ErrorKind::Network, None)]),
            Some(4)
        );
        let both = vec![
            failed(ErrorKind::FileRejected, Some(40005)),
            failed(ErrorKind::Network, None),
        ];
        assert_eq!(code(both), Some(3));
    }

    #[test]
    fn a_cover_is_there_or_says_why_not() {
        let mut prepared = prepared(vec![]);
        assert_eq!(cover(&prepared).err().unwrap().exit_code, 2);
        prepared.cover = Some(Err(error(ErrorKind::Quota, Some(45009))));
        assert_eq!(cover(&prepared).err().unwrap().exit_code, 3);
        assert_eq!(as_json(&prepared, &[]).unwrap()["cover"]["error"]["errcode"], 45009);
        prepared.cover = Some(Ok("M".to_owned()));
        assert_eq!(cover(&prepared).unwrap(), "M");
        assert_eq!(as_json(&prepared, &[]).unwrap()["cover"], json!({ "media_id": "M" }));
    }
}
