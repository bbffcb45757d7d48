//! The plugin as a component's imports.

use zeroize::Zeroize;

use crate::bindings::account::Account;
use crate::bindings::types::{
    Article, ArticleGroup, Config, DraftPage, File, Finding, ImageReference, Language, MaterialCounts, Prepared,
    PublicationPage, PublishStatus, Quota, StoredArticle, Submission, UploadedImage,
};
use crate::bindings::{content, draft, material, publish};
use crate::environment::{self, Environment, Misconfiguration};
use crate::plugin::{Plugin, Result};

/// An account that is open in the plugin's instance beside this component. It works in a component only.
pub struct Library {
    account: Account,
    language: Option<Language>,
}

impl Library {
    /// Opens the account. Contacts nobody.
    ///
    /// # Errors
    /// If the configuration is refused.
    pub fn open(config: &Config) -> Result<Self> {
        Ok(Self {
            account: Account::new(config)?,
            language: config.language,
        })
    }

    /// Opens the account whose variables begin with `prefix`, and forgets its secret. Contacts nobody.
    ///
    /// # Errors
    /// If a variable is missing or wrong.
    pub fn of_environment(environment: &Environment, prefix: &str) -> std::result::Result<Self, Misconfiguration> {
        let mut config = environment.config(prefix)?;
        let library = Self::open(&config);
        config.app_secret.zeroize();
        library.map_err(|error| environment::refused(prefix, &error))
    }

    /// The account itself, for operations that no tool has.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }
}

impl Plugin for Library {
    async fn check(&mut self, articles: &[Article]) -> Result<Vec<Finding>> {
        Ok(draft::check(articles, self.language))
    }

    async fn compare(&mut self, sent: &Article, stored: &StoredArticle) -> Result<Vec<Finding>> {
        Ok(draft::compare(sent, stored, self.language))
    }

    async fn references(&mut self, html: &str) -> Result<Vec<ImageReference>> {
        Ok(content::references(html))
    }

    async fn attachment(&mut self, _reference: &ImageReference) -> crate::Result<Option<File>> {
        Ok(None)
    }

    async fn prepare(&mut self, html: &str, attachments: &[File], with_cover: bool) -> Result<Prepared> {
        content::prepare(&self.account, html, attachments, with_cover)
    }

    async fn upload_image(&mut self, file: &File) -> Result<UploadedImage> {
        material::upload_image(&self.account, file)
    }

    async fn material_counts(&mut self) -> Result<MaterialCounts> {
        material::counts(&self.account)
    }

    async fn add_draft(&mut self, articles: &[Article]) -> Result<String> {
        draft::add(&self.account, articles)
    }

    async fn get_draft(&mut self, media_id: &str) -> Result<ArticleGroup> {
        draft::get(&self.account, media_id)
    }

    async fn update_draft(&mut self, media_id: &str, index: u32, article: &Article) -> Result<()> {
        draft::update(&self.account, media_id, index, article)
    }

    async fn delete_draft(&mut self, media_id: &str) -> Result<()> {
        draft::delete(&self.account, media_id)
    }

    async fn count_drafts(&mut self) -> Result<u64> {
        draft::count(&self.account)
    }

    async fn list_drafts(&mut self, offset: u32, count: u32) -> Result<DraftPage> {
        draft::list(&self.account, offset, count, false)
    }

    async fn submit(&mut self, media_id: &str) -> Result<Submission> {
        publish::submit(&self.account, media_id)
    }

    async fn wait(&mut self, publish_id: &str, timeout_seconds: u32) -> Result<PublishStatus> {
        publish::wait(&self.account, publish_id, timeout_seconds)
    }

    async fn list_publications(&mut self, offset: u32, count: u32) -> Result<PublicationPage> {
        publish::list(&self.account, offset, count, false)
    }

    async fn verify(&mut self) -> Result<()> {
        self.account.verify().map(|_| ())
    }

    async fn quota(&mut self, api_path: &str) -> Result<Quota> {
        self.account.quota(api_path)
    }
}
