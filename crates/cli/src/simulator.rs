//! The simulator by itself, for other programs, or for several commands in a row.

use std::path::Path;

use wechat_simulator::program::{self, Args};

use crate::context::Context;
use crate::error::{self, Result};

pub async fn run(context: &Context, args: Args) -> Result<()> {
    context.target.must_be_embedded("simulator")?;
    let ended = program::run(&args, example).await;
    ended.map_err(|error| error::other(error.to_string()))
}

/// Returns a command that talks to the simulator at this base.
fn example(base: &str, ca: Option<&Path>) -> String {
    let trust = ca.map_or_else(String::new, |path| format!(" --trust {}", path.display()));
    format!("wechat-oa --api-base {base}{trust} draft count")
}
