//! The exported functions.

use wechat_official_account_tools::account;
use wechat_official_account_tools::bindings::types::Config;
use wechat_official_account_tools::library::Library;
use wechat_official_account_tools::plugin::ready;

use crate::bindings::{Guest, StateOfAccount, ToolError, export};

struct Component;

/// The entry points that the canonical ABI calls.
#[allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]
mod entry_points {
    use super::{Component, export};

    export!(Component with_types_in crate::bindings);
}

impl Guest for Component {
    fn account_status() -> Result<StateOfAccount, ToolError> {
        let variables = crate::bindings::wasi::cli::environment::get_environment();
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        let mut library = Library::open(&Config {
            app_id: variable("WECHAT_APP_ID").unwrap_or_default(),
            app_secret: variable("WECHAT_APP_SECRET").unwrap_or_default(),
            api_base: variable("WECHAT_API_BASE"),
            timeouts: None,
            retry_pauses_milliseconds: None,
            token: None,
            may_force_token: None,
            publish_poll_milliseconds: None,
        })
        .map_err(|error| error_of(error.into()))?;
        let status = ready(account::status(&mut library)).map_err(error_of)?;
        Ok(StateOfAccount { drafts: status.drafts })
    }

    #[cfg(feature = "publish")]
    fn publish_draft(_media_id: String) -> Result<String, ToolError> {
        Err(ToolError {
            kind: "other".to_owned(),
        })
    }
}

fn error_of(error: wechat_official_account_tools::Error) -> ToolError {
    ToolError {
        kind: error.kind.to_owned(),
    }
}
