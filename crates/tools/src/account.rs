//! The account at a glance.

use serde::Serialize;

use crate::Plugin;
use crate::error::Result;

/// The state of the account.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountStatus {
    /// The number of drafts.
    pub drafts: u64,
    /// The number of permanent images.
    pub images: u64,
    /// Today's allowance for each kind of change, as far as WeChat tells it.
    pub allowances: Vec<Allowance>,
}

/// Today's allowance for one kind of change.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Allowance {
    /// The tool that uses it, which may not be offered here.
    pub tool: &'static str,
    /// Calls allowed a day, counted from 00:00 Beijing time.
    pub daily_limit: u64,
    /// Calls left today.
    pub remaining: u64,
}

/// The tools with an allowance of their own, and the API that each uses.
const ALLOWANCES: [(&str, &str); 3] = [
    ("upload-image", "/cgi-bin/material/add_material"),
    ("create-draft", "/cgi-bin/draft/add"),
    ("publish-draft", "/cgi-bin/freepublish/submit"),
];

/// Returns the state of the account, which also shows that WeChat accepts its credentials. Safe to repeat.
///
/// # Errors
/// If WeChat does not accept the credentials or the caller's address, or can't be reached.
pub async fn status(plugin: &mut impl Plugin) -> Result<AccountStatus> {
    plugin.verify().await?;
    let drafts = plugin.count_drafts().await?;
    let images = plugin.material_counts().await?.image;
    let mut allowances = Vec::new();
    for (tool, api_path) in ALLOWANCES {
        // An account that may not use an API has no allowance for it, and WeChat may refuse to tell.
        if let Ok(quota) = plugin.quota(api_path).await {
            allowances.push(Allowance {
                tool,
                daily_limit: quota.daily_limit,
                remaining: quota.remaining,
            });
        }
    }
    Ok(AccountStatus {
        drafts,
        images,
        allowances,
    })
}
