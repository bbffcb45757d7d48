//! The component as a file.

use std::path::Path;

use serde_json::json;
use wechat_official_account_component as component;
use wechat_official_account_host::Host;

use crate::args::{ComponentArgs, DoorArgs, HelperArgs};
use crate::context::Context;
use crate::delivery::{Delivered, Delivery};
use crate::destination::Destination;
use crate::error::{self, Result};
use crate::input;
use crate::texts::messages;

/// Writes the component as hosts of every kind load it.
pub fn deliver(context: &Context, args: &ComponentArgs) -> Result<()> {
    let delivery = Delivery::open(&args.output)?;
    write(
        context,
        delivery,
        &input::read(source(context, args)?, input::COMPONENT)?,
    )
}

/// Returns the file with the chosen component in the chosen form.
fn source<'a>(context: &'a Context, args: &ComponentArgs) -> Result<&'a Path> {
    let target = &context.target;
    if let Some(helper) = helper(&args.helper) {
        return Ok(Path::new(if args.plain { helper.plain } else { helper.delivered }));
    }
    let Some(door) = door(&args.door) else {
        return Ok(if args.plain { &target.plugin } else { &target.delivered });
    };
    if target.plugin != Path::new(component::PATH) {
        return Err(error::usage(messages().component.other_plugin));
    }
    Ok(Path::new(match (args.alone, args.plain) {
        (true, _) => door.alone,
        (false, true) => door.plain,
        (false, false) => door.delivered,
    }))
}

fn door(args: &DoorArgs) -> Option<component::Door> {
    let doors = [
        (args.tools, component::TOOLS),
        (args.tools_publish, component::TOOLS_PUBLISH),
        (args.edge, component::EDGE),
    ];
    doors.into_iter().find_map(|(chosen, door)| chosen.then_some(door))
}

fn helper(args: &HelperArgs) -> Option<component::Helper> {
    let helpers = [(args.article, component::ARTICLE), (args.picture, component::PICTURE)];
    helpers
        .into_iter()
        .find_map(|(chosen, helper)| chosen.then_some(helper))
}

/// Writes the component and one that uses it as a single component.
pub fn compose(context: &Context, consumer: &Path, output: &Path) -> Result<()> {
    let delivery = Delivery::open(output)?;
    delivery.refuse_overwrite(&[consumer.to_path_buf(), context.target.plugin.clone()])?;
    let plugin = input::read(&context.target.plugin, input::COMPONENT)?;
    let bytes = input::read(consumer, input::COMPONENT)?;
    let composed = component::compose(&plugin, &bytes)
        .map_err(|error| error::usage(messages().component.cannot_compose.with([&consumer.display(), &error])))?;
    write(context, delivery, &composed)
}

/// Writes the component as machine code.
pub fn precompile(context: &Context, output: &Path) -> Result<()> {
    let destination = Destination::open(output)?;
    let code = Host::precompile(&context.target.plugin).map_err(|error| error::other(format!("{error:#}")))?;
    let output = destination.output_beside(context.output);
    let file = destination.write(&code)?;
    let people = messages().component.written.with([&code.len(), &file]);
    output.print(&json!({ "file": file, "bytes": code.len() }), people)
}

fn write(context: &Context, delivery: Delivery, bytes: &[u8]) -> Result<()> {
    let output = delivery.output_beside(context.output);
    let Delivered {
        file,
        checksum_file,
        sha256,
    } = delivery.write(bytes)?;
    let length = bytes.len();
    let people = messages().component.written.with([&length, &file]);
    let people = format!("{people}\nSHA-256 {sha256}");
    let json = json!({ "file": file, "bytes": length, "sha256": sha256, "checksum_file": checksum_file });
    output.print(&json, people)
}
