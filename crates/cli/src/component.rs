//! The component as a file.

use std::path::Path;

use serde_json::json;
use wechat_official_account_host::Host;

use crate::context::Context;
use crate::error::{self, Result};

/// Writes the component as hosts of every kind load it.
pub fn copy(context: &Context, output: &Path) -> Result<()> {
    let plugin = &context.target.plugin;
    let component =
        std::fs::read(plugin).map_err(|error| error::other(format!("cannot read {}: {error}", plugin.display())))?;
    write(context, output, &component)
}

/// Writes the component as machine code.
pub fn precompile(context: &Context, output: &Path) -> Result<()> {
    let code = Host::precompile(&context.target.plugin).map_err(|error| error::other(format!("{error:#}")))?;
    write(context, output, &code)
}

fn write(context: &Context, output: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(output, bytes)
        .map_err(|error| error::other(format!("cannot write {}: {error}", output.display())))?;
    let json = json!({ "file": output, "bytes": bytes.len() });
    let people = format!("{} bytes in {}", bytes.len(), output.display());
    context.output.print(&json, people)
}
