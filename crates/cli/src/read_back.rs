//! Reading a draft back after it was made: WeChat accepts an article without a word even if it leaves parts of it out.

use serde_json::{Map, Value};
use wechat_official_account_host::types::{Article, Finding, Severity};
use wechat_official_account_host::{self as host, Session};

use crate::error::{Error, Result};
use crate::findings;
use crate::format::json;
use crate::output::Output;
use crate::texts::messages;

/// What became of a draft. Both fields are empty if it was not read back.
#[derive(Default)]
pub struct ReadBack {
    /// What WeChat changed or dropped.
    changed: Option<Vec<Finding>>,
    /// The reason why the draft can't be read.
    error: Option<Box<Error>>,
}

impl ReadBack {
    /// Returns whether everything arrived as it was sent, if that is known.
    pub fn is_whole(&self) -> Option<bool> {
        self.changed.as_ref().map(Vec::is_empty)
    }

    /// Puts both into the document of what was done.
    pub fn add_to(&self, fields: &mut Map<String, Value>) -> Result<()> {
        fields.insert("changed".to_owned(), json(&self.changed)?);
        fields.insert("read_back_error".to_owned(), json(&self.error)?);
        Ok(())
    }
}

/// Fetches the draft, and warns people of what WeChat changed or dropped of the articles. The first article is the
/// draft's at this index. A draft that can't be read is a warning too: it was made all the same.
pub async fn compare(
    output: Output,
    session: &mut Session,
    media_id: &str,
    index: u32,
    articles: &[Article],
) -> ReadBack {
    match differences(session, media_id, index, articles).await {
        Ok(found) => {
            findings::warn(output, &found);
            ReadBack {
                changed: Some(found),
                error: None,
            }
        }
        Err(failure) => {
            let error = Box::<Error>::from(failure);
            let text = messages().drafts.unread.with([&error.message]);
            output.warn("warning", &text);
            ReadBack {
                changed: None,
                error: Some(error),
            }
        }
    }
}

async fn differences(
    session: &mut Session,
    media_id: &str,
    index: u32,
    articles: &[Article],
) -> host::Result<Vec<Finding>> {
    let draft = session.get_draft(media_id).await?;
    let mut all = Vec::new();
    for (index, sent, stored) in pairs(index, articles, &draft.articles) {
        let Some(stored) = stored else {
            all.push(missing(index));
            continue;
        };
        let found = session.compare_article(sent, stored).await?;
        all.extend(found.into_iter().map(|finding| Finding {
            article: index,
            ..finding
        }));
    }
    Ok(all)
}

/// Returns each article with its index in the draft, and with the stored one if there is one.
fn pairs<'a, T>(
    index: u32,
    sent: &'a [Article],
    stored: &'a [T],
) -> impl Iterator<Item = (u32, &'a Article, Option<&'a T>)> {
    let at = |index: u32| usize::try_from(index).ok().and_then(|index| stored.get(index));
    (index..=u32::MAX)
        .zip(sent)
        .map(move |(index, sent)| (index, sent, at(index)))
}

fn missing(index: u32) -> Finding {
    Finding {
        severity: Severity::Warning,
        article: index,
        field: "articles".to_owned(),
        message: messages().drafts.missing.to_owned(),
        figure: None,
        rule: None,
        element: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wechat_official_account_host::types::News;

    use super::*;

    #[test]
    fn every_article_that_was_sent_is_compared_or_missing() {
        let sent = ["a", "b", "c"].map(|title| Article::News(News::new(title, "", "M")));
        for (index, sent, stored, expected) in [
            (
                0,
                &sent[..],
                &["A", "B", "C"][..],
                vec![(0, Some("A")), (1, Some("B")), (2, Some("C"))],
            ),
            (0, &sent[..], &["A"][..], vec![(0, Some("A")), (1, None), (2, None)]),
            (0, &sent[..1], &[][..], vec![(0, None)]),
            (1, &sent[1..2], &["A", "B", "C"][..], vec![(1, Some("B"))]),
            (2, &sent[..1], &["A", "B"][..], vec![(2, None)]),
            (u32::MAX, &sent[..1], &["A"][..], vec![(u32::MAX, None)]),
        ] {
            let found: Vec<_> = pairs(index, sent, stored).collect();
            let places: Vec<_> = found
                .iter()
                .map(|(index, _, stored)| (*index, stored.copied()))
                .collect();
            assert_eq!(places, expected);
            assert!(found.iter().map(|(_, article, _)| *article).eq(sent));
        }
        let finding = missing(2);
        assert_eq!((finding.article, finding.severity), (2, Severity::Warning));
    }

    #[test]
    fn an_error_differs_from_a_draft_that_was_not_read() {
        let document = |read_back: ReadBack| {
            let mut fields = Map::new();
            read_back.add_to(&mut fields).unwrap();
            Value::from(fields)
        };
        assert_eq!(
            document(ReadBack::default()),
            json!({ "changed": null, "read_back_error": null })
        );
        let failed = document(ReadBack {
            changed: None,
            error: Some(crate::error::other("gone")),
        });
        assert_eq!(
            (&failed["changed"], &failed["read_back_error"]["message"]),
            (&Value::Null, &json!("gone"))
        );
    }
}
