//! `list --all`: all items of a list, with the calls that this takes told first.

use serde_json::{Value, json};
use wechat_official_account_host::Listing;
use wechat_official_account_host::listing::Listed;

use crate::args::Page;
use crate::error::{self, Error, Result};
use crate::output::Output;
use crate::texts::messages;

/// WeChat's documented number of calls a day to list drafts (wechat-api §5).
pub const DRAFTS: u64 = 1_000;
/// The same for publications.
pub const PUBLICATIONS: u64 = 100;

/// The items of a page.
const PAGE: u64 = 20;

/// The items that were read, and the reason why there are no more.
pub struct Items<T> {
    pub items: Vec<T>,
    pub total_count: u64,
    calls: u64,
    /// The error that ended the reading.
    error: Option<Box<Error>>,
}

/// Reads a list to its end, or to `--limit`. `quota` is the number of calls a day, if there is a known one.
pub async fn read<T: Listed>(
    output: Output,
    mut listing: Listing<'_, T>,
    page: &Page,
    quota: Option<u64>,
) -> Result<Items<T>> {
    let total_count = listing.total_count();
    let limit = page.limit.unwrap_or(u64::MAX);
    let calls = listing.calls().min(limit.div_ceil(PAGE)).max(listing.calls_made());
    let texts = &messages().lists;
    let listed = limit.min(total_count);
    let text = match quota {
        Some(quota) => texts.calls_of_quota.with([&listed, &total_count, &calls, &quota]),
        None => texts.calls.with([&listed, &total_count, &calls]),
    };
    output.hint(
        &json!({ "status": "listing", "total_count": total_count, "calls": calls, "calls_a_day": quota }),
        &text,
    );
    if quota.is_some_and(|quota| calls > quota) && !page.yes {
        return Err(error::usage(texts.too_many_calls.with([&text])));
    }
    let mut items = Vec::new();
    let mut error = None;
    while (items.len() as u64) < limit {
        match listing.try_next().await {
            Ok(Some(item)) => items.push(item),
            Ok(None) => {
                if let Some(text) = describe_missing(listing.missing()) {
                    output.warn("warning", &text);
                }
                break;
            }
            Err(failure) => {
                error = Some(failure.into());
                break;
            }
        }
    }
    Ok(Items {
        items,
        total_count: listing.total_count(),
        calls: listing.calls_made(),
        error,
    })
}

/// Describes the items that WeChat counts and did not list. Programs find both numbers in the document.
fn describe_missing(missing: u64) -> Option<String> {
    let texts = &messages().lists;
    match missing {
        0 => None,
        1 => Some(texts.missing_one.with([&missing])),
        _ => Some(texts.missing.with([&missing])),
    }
}

impl<T> Items<T> {
    /// Separates the items from the facts about them.
    pub fn split(self) -> (Vec<T>, u64, Facts) {
        let Self {
            items,
            total_count,
            calls,
            error,
        } = self;
        (
            items,
            total_count,
            Facts {
                calls: Some(calls),
                error,
            },
        )
    }
}

/// The facts about a list that was read to its end.
#[derive(Default)]
pub struct Facts {
    calls: Option<u64>,
    error: Option<Box<Error>>,
}

impl Facts {
    /// Prints the items, even if not all could be read: the calls for them are spent.
    pub fn print(self, output: Output, mut json: Value, text: String) -> Result<()> {
        if let (Some(calls), Some(fields)) = (self.calls, json.as_object_mut()) {
            fields.insert("calls".to_owned(), calls.into());
        }
        match self.error {
            None => output.print(&json, text),
            Some(error) => output.print_done(&json, text, Err(error.of(messages().lists.incomplete))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_missing_items_are_told() {
        assert_eq!(describe_missing(0), None);
        assert!(describe_missing(1).unwrap().contains("1 item more"));
        assert!(describe_missing(2).unwrap().contains("2 items more"));
    }
}
