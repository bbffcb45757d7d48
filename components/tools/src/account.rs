//! The account of the environment.

use std::cell::RefCell;

use wechat_official_account_tools::bindings::types::ErrorKind;
use wechat_official_account_tools::environment::{Environment, PREFIX};
use wechat_official_account_tools::library::Library;
use wechat_official_account_tools::plugin::ready;
use wechat_official_account_tools::{Error, Result};

use crate::bindings::wasi::cli::environment::get_environment;

thread_local! {
    /// It stays open, and with it the token, as long as the host keeps the instance.
    static ACCOUNT: RefCell<Option<Library>> = const { RefCell::new(None) };
}

/// Runs a tool with the account, which the first call opens.
///
/// # Errors
/// `credentials` if a variable of the environment is missing or wrong; otherwise as the tool.
pub fn with_account<T>(tool: impl AsyncFnOnce(&mut Library) -> Result<T>) -> Result<T> {
    ACCOUNT.with(|account| {
        let mut account = account.try_borrow_mut().map_err(|_| second_call())?;
        let library = match account.take() {
            Some(library) => library,
            None => Library::of_environment(&Environment::new(get_environment()), PREFIX)?,
        };
        ready(tool(account.insert(library)))
    })
}

/// No host enters an instance before its last call has ended.
fn second_call() -> Error {
    Error::new(
        ErrorKind::Other,
        "A call is under way in this instance. Nothing was done.",
        "Make one call after the other.",
    )
}
