//! A program that loads the plugin from the file in its argument, and counts an account's drafts. See its README.

mod allow_list;
mod bindings;
mod plugin;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use http::Uri;
use wasmtime::{Result, bail, format_err};

use bindings::types::{Config, Error};
use plugin::Loaded;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(drafts) => println!("{drafts} drafts"),
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn run() -> Result<u64> {
    let Some(file) = env::args_os().nth(1) else {
        bail!("usage: plugin-host FILE.wasm");
    };
    let variable = |name: &str| env::var(name).map_err(|_| format_err!("{name} is missing in the environment"));
    let api_base = variable("WECHAT_API_BASE").unwrap_or_else(|_| "https://api.weixin.qq.com".to_owned());
    let origin: Uri = api_base.parse()?;

    let loaded = Loaded::from_file(Path::new(&file))?;
    let (mut store, plugin) = loaded.instantiate(&origin).await?;
    let config = Config {
        app_id: variable("WECHAT_APP_ID")?,
        app_secret: variable("WECHAT_APP_SECRET")?,
        api_base: Some(api_base),
        timeouts: None,
        retry_pauses_milliseconds: None,
        token: None,
        may_force_token: None,
        publish_poll_milliseconds: None,
        language: None,
    };
    // The outer error is a trap, after which the instance is of no use; the inner one is the plugin's own.
    let accounts = plugin.wechat_official_account_account().account();
    let account = accounts.call_constructor(&mut store, &config).await?.map_err(told)?;
    let drafts = plugin.wechat_official_account_draft();
    let count = drafts.call_count(&mut store, account).await?.map_err(told)?;
    // The plugin overwrites the secret and the token.
    account.resource_drop_async(&mut store).await?;
    Ok(count)
}

/// Returns the plugin's error for people. Programs look at `kind`: an `outcome-unknown` must not be repeated blindly.
fn told(error: Error) -> wasmtime::Error {
    format_err!("{} {}", error.message, error.advice)
}
