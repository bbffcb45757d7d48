//! The options of an article in Markdown or HTML.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wechat_official_account_article::types::RawHtml;

use super::kinds::Commenters;

/// The look of Markdown.
#[derive(Args)]
#[command(next_help_heading = "For Markdown only")]
pub struct LookOptions {
    /// The theme: a name, or a file in TOML (.toml) [default: that of the front matter, or else the first]
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// HTML inside the Markdown [default: sanitise]
    #[arg(long, value_enum)]
    pub raw_html: Option<Raw>,
}

impl LookOptions {
    /// Returns the first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--theme", self.theme.is_some()),
            ("--raw-html", self.raw_html.is_some()),
        ];
        given.into_iter().find_map(|(option, given)| given.then_some(option))
    }
}

/// The treatment of HTML inside Markdown.
#[derive(Clone, Copy, ValueEnum)]
pub enum Raw {
    /// What WeChat keeps is kept
    Sanitise,
    /// All of it stays; WeChat will drop what it does not keep
    Keep,
    /// The first tag is an error
    Refuse,
}

impl From<Raw> for RawHtml {
    fn from(raw: Raw) -> Self {
        match raw {
            Raw::Sanitise => Self::Sanitise,
            Raw::Keep => Self::Keep,
            Raw::Refuse => Self::Refuse,
        }
    }
}

/// What becomes of a draft of Markdown or HTML.
#[derive(Args)]
#[command(next_help_heading = "For Markdown and HTML only")]
pub struct DeliveryOptions {
    /// Print what would be sent, and send nothing. Needs no credentials
    #[arg(long, conflicts_with_all = ["publish", "timeout", "yes", "output"])]
    pub dry_run: bool,
    /// Replace an article of this draft in place of making a new draft
    #[arg(long, value_name = "MEDIA_ID", allow_hyphen_values = true)]
    pub update: Option<String>,
    /// With --update: the index of the article, counted from 0 [default: 0]
    #[arg(long, value_name = "N", requires = "update")]
    pub index: Option<u32>,
    /// Hand the draft to WeChat for publishing, and wait until WeChat has decided. Nothing is published that did not
    /// arrive whole
    #[arg(long)]
    pub publish: bool,
    /// With --publish: the longest wait, in seconds [default: 600]
    #[arg(long, value_name = "SECONDS", requires = "publish")]
    pub timeout: Option<u32>,
    /// With --publish: confirm it; required with --live
    #[arg(long, requires = "publish")]
    pub yes: bool,
    /// Remember in this file which pictures the account has, so that none is uploaded twice. It has hashes and
    /// addresses. Without it nothing is stored
    #[arg(long, value_name = "FILE")]
    pub cache: Option<PathBuf>,
}

impl DeliveryOptions {
    /// Returns the first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--dry-run", self.dry_run),
            ("--update", self.update.is_some()),
            ("--publish", self.publish),
            ("--cache", self.cache.is_some()),
        ];
        given.into_iter().find_map(|(option, given)| given.then_some(option))
    }
}

/// Whether a draft is fetched after it was made.
#[derive(clap::Args)]
pub struct ReadBackOptions {
    /// Do not fetch the draft again to tell what WeChat changed or dropped
    #[arg(long)]
    pub no_read_back: bool,
}

/// The fields of a news article besides its HTML. They have precedence over the front matter of Markdown. ARTICLE.json
/// has all of them itself.
#[derive(Args)]
#[command(next_help_heading = "For Markdown and HTML only")]
pub struct NewsOptions {
    /// Title; required for HTML
    #[arg(long)]
    pub title: Option<String>,
    /// Author
    #[arg(long)]
    pub author: Option<String>,
    /// Summary [default: that of the front matter, or else WeChat takes the beginning of the text]
    #[arg(long)]
    pub digest: Option<String>,
    /// The address of the original (阅读原文)
    #[arg(long, value_name = "URL")]
    pub source_url: Option<String>,
    /// Readers who may comment [default: those of the front matter, or else closed]
    #[arg(long, value_enum)]
    pub comments: Option<Commenters>,
    /// Key of a product card below the article
    #[arg(long, value_name = "KEY")]
    pub product_key: Option<String>,
    /// Store this picture, and make it the cover [default: that of the front matter, or else the first picture of the
    /// article]
    #[arg(long, value_name = "FILE", conflicts_with = "cover_id")]
    pub cover: Option<PathBuf>,
    /// The media-id of a cover that is stored already
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub cover_id: Option<String>,
    /// Make the draft even if pictures are left that WeChat will drop
    #[arg(long)]
    pub allow_missing_pictures: bool,
    /// Write the HTML with the pictures' new addresses here, as `content prepare` does; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

impl NewsOptions {
    /// Returns the first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--title", self.title.is_some()),
            ("--author", self.author.is_some()),
            ("--digest", self.digest.is_some()),
            ("--source-url", self.source_url.is_some()),
            ("--comments", self.comments.is_some()),
            ("--product-key", self.product_key.is_some()),
            ("--cover", self.cover.is_some()),
            ("--cover-id", self.cover_id.is_some()),
            ("--allow-missing-pictures", self.allow_missing_pictures),
            ("--output", self.output.is_some()),
        ];
        given.into_iter().find_map(|(option, given)| given.then_some(option))
    }
}
