//! The component as machine code.

use super::Context;
use super::failure::{self, Result};
use host_test::host::Host;
use serde_json::json;
use std::path::Path;

pub fn run(context: &Context, output: &Path) -> Result<()> {
    let code = Host::precompile(context.target.plugin()).map_err(|error| failure::other(format!("{error:#}")))?;
    std::fs::write(output, &code)
        .map_err(|error| failure::other(format!("cannot write {}: {error}", output.display())))?;
    let json = json!({ "file": output, "bytes": code.len() });
    let people = format!("{} bytes in {}", code.len(), output.display());
    context.output.show(&json, people)
}
