//! The component as a file.

use std::path::Path;

use serde_json::json;
use wechat_official_account_host::Host;

use crate::context::Context;
use crate::destination::Destination;
use crate::error::{self, Result};
use crate::input;

/// Writes the component as hosts of every kind load it.
pub fn copy(context: &Context, output: &Path) -> Result<()> {
    let destination = Destination::open(output)?;
    let component = input::read(&context.target.plugin, input::COMPONENT)?;
    write(context, destination, &component)
}

/// Writes the component as machine code.
pub fn precompile(context: &Context, output: &Path) -> Result<()> {
    let destination = Destination::open(output)?;
    let code = Host::precompile(&context.target.plugin).map_err(|error| error::other(format!("{error:#}")))?;
    write(context, destination, &code)
}

fn write(context: &Context, destination: Destination, bytes: &[u8]) -> Result<()> {
    let output = destination.output_beside(context.output);
    let file = destination.write(bytes)?;
    let people = format!("{} bytes in {file}", bytes.len());
    output.print(&json!({ "file": file, "bytes": bytes.len() }), people)
}
