//! Reading a draft back after it was made: WeChat accepts an article without a word even if it leaves parts of it out.

use wechat_official_account_host::types::{Article, Finding};
use wechat_official_account_host::{Result, Session};

use crate::findings;
use crate::output::Output;

/// Fetches the draft, warns people of what WeChat changed or dropped of the articles, and returns it. The first article
/// is the draft's at this index.
///
/// Returns `None` if the draft can't be read: it was made all the same, so that is a warning too.
pub async fn compare(
    output: Output,
    session: &mut Session,
    media_id: &str,
    index: u32,
    articles: &[Article],
) -> Option<Vec<Finding>> {
    match differences(session, media_id, index, articles).await {
        Ok(found) => {
            findings::warn(output, &found);
            Some(found)
        }
        Err(failure) => {
            let text = format!("the draft is made, but can't be read back to compare it: {failure}");
            output.warn("warning", &text);
            None
        }
    }
}

async fn differences(session: &mut Session, media_id: &str, index: u32, articles: &[Article]) -> Result<Vec<Finding>> {
    let draft = session.get_draft(media_id).await?;
    let stored = draft.articles.iter().skip(index as usize);
    let mut all = Vec::new();
    for (index, (sent, stored)) in (index..).zip(articles.iter().zip(stored)) {
        let found = session.compare_article(sent, stored).await?;
        all.extend(found.into_iter().map(|finding| Finding {
            article: index,
            ..finding
        }));
    }
    Ok(all)
}
