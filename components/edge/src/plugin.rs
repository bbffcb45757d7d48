//! The plugin with one account open, as far as the service needs it.

use wechat_official_account_tools::Plugin;
use wechat_official_account_tools::bindings::types::{Error, File};

use crate::settings::Account;

/// Material that no tool uploads, because no model has such files.
pub trait Materials: Plugin {
    /// `material.upload-voice`. Not safe to repeat.
    ///
    /// # Errors
    ///
    /// As the plugin's.
    fn upload_voice(&mut self, file: &File) -> Result<String, Error>;

    /// `material.upload-video`. Not safe to repeat.
    ///
    /// # Errors
    ///
    /// As the plugin's.
    fn upload_video(&mut self, file: &File, title: &str, introduction: &str) -> Result<String, Error>;

    /// `material.upload-thumb`. Not safe to repeat.
    ///
    /// # Errors
    ///
    /// As the plugin's.
    fn upload_thumb(&mut self, file: &File) -> Result<String, Error>;

    /// `material.upload-article-image`.
    ///
    /// # Errors
    ///
    /// As the plugin's.
    fn upload_article_image(&mut self, file: &File) -> Result<String, Error>;
}

/// The accounts that are open.
pub trait Accounts {
    /// An open account.
    type Open: Materials;

    /// Opens an account, or returns it if it is open already. Contacts nobody.
    ///
    /// # Errors
    ///
    /// If a setting has the wrong form.
    fn open(&mut self, account: &Account) -> Result<&mut Self::Open, Error>;
}
