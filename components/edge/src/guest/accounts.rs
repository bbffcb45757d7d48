//! The accounts that this instance has opened: the plugin's only memory is the access token in each.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use wechat_official_account_tools::bindings::material;
use wechat_official_account_tools::bindings::types::{Error, File};
use wechat_official_account_tools::library::Library;

use crate::plugin::{Accounts, Materials};
use crate::settings::Account;

/// Open accounts by their aliases.
pub struct OpenAccounts(BTreeMap<Option<String>, Library>);

impl OpenAccounts {
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }
}

impl Accounts for OpenAccounts {
    type Open = Library;

    fn open(&mut self, account: &Account) -> Result<&mut Library, Error> {
        // The environment of an instance never changes, so an open account still has its settings.
        match self.0.entry(account.alias.clone()) {
            Entry::Occupied(open) => Ok(open.into_mut()),
            Entry::Vacant(free) => Ok(free.insert(Library::open(&account.config)?)),
        }
    }
}

impl Materials for Library {
    fn upload_voice(&mut self, file: &File) -> Result<String, Error> {
        material::upload_voice(self.account(), file)
    }

    fn upload_video(&mut self, file: &File, title: &str, introduction: &str) -> Result<String, Error> {
        material::upload_video(self.account(), file, title, introduction)
    }

    fn upload_thumb(&mut self, file: &File) -> Result<String, Error> {
        material::upload_thumb(self.account(), file)
    }

    fn upload_article_image(&mut self, file: &File) -> Result<String, Error> {
        material::upload_article_image(self.account(), file)
    }
}
