//! The documentation of the contract inside the component.
//!
//! Tools read it from a custom section, and show it beside the interfaces: `wasm-tools component wit` and others. The
//! form has a place for each import and export, but none for the functions and types inside an exported interface. So
//! the text of an interface ends with a list of its functions.
#![allow(
    clippy::indexing_slicing,
    reason = "an id of wit-parser's names an item of the same `Resolve`, and a build script may panic"
)]

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use wasm_encoder::{ComponentSection, CustomSection};
use wit_component::DecodedWasm;
use wit_parser::{Docs, Function, FunctionKind, Interface, PackageMetadata, Resolve, WorldId, WorldItem, WorldKey};

use crate::Result;

/// The world that the component implements.
const WORLD: &str = "plugin";

/// Appends the documentation of the WIT in this folder.
pub fn add_docs(component: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let mut wit = Resolve::new();
    let (package, _) = wit.push_path(folder)?;
    let contract = wit.select_world(&[package], Some(WORLD))?;
    let DecodedWasm::Component(mut decoded, world) = wit_component::decode(component)? else {
        return Err("the component was read as a WIT package".into());
    };
    document_world(&mut decoded, world, &wit, contract);
    let package = decoded.worlds[world]
        .package
        .ok_or("the component's world has no package")?;
    // Keyed by the component's own world: tools refuse the form that is keyed by the package of the contract.
    let section = CustomSection {
        name: Cow::Borrowed(PackageMetadata::SECTION_NAME),
        data: Cow::Owned(PackageMetadata::extract(&decoded, package).encode()?),
    };
    let mut documented = component.to_vec();
    section.append_to_component(&mut documented);
    Ok(documented)
}

/// Gives the component's world, and everything that it imports and exports, the text of the contract.
fn document_world(decoded: &mut Resolve, world: WorldId, wit: &Resolve, contract: WorldId) {
    let texts = |resolve: &Resolve, key: &WorldKey| {
        let name = resolve.name_world_key(key);
        let import = wit.worlds[contract]
            .imports
            .iter()
            .find(|(key, _)| wit.name_world_key(key) == name);
        let export = wit.worlds[contract]
            .exports
            .iter()
            .find(|(key, _)| wit.name_world_key(key) == name);
        let import = import.and_then(|(_, item)| match item {
            WorldItem::Interface { docs, .. } => docs.contents.clone(),
            _ => None,
        });
        let export = export.and_then(|(_, item)| match item {
            WorldItem::Interface { id, .. } => Some(interface_text(&wit.interfaces[*id])),
            _ => None,
        });
        (import, export)
    };
    let imports: Vec<_> = decoded.worlds[world]
        .imports
        .keys()
        .map(|key| texts(decoded, key).0)
        .collect();
    let exports: Vec<_> = decoded.worlds[world]
        .exports
        .keys()
        .map(|key| texts(decoded, key).1)
        .collect();
    let world = &mut decoded.worlds[world];
    world.docs = wit.worlds[contract].docs.clone();
    let items = world.imports.values_mut().zip(imports);
    for (item, text) in items.chain(world.exports.values_mut().zip(exports)) {
        if let WorldItem::Interface { docs, .. } = item {
            *docs = Docs { contents: text };
        }
    }
}

/// Returns an interface's text, and a line for each of its functions.
fn interface_text(interface: &Interface) -> String {
    let mut text = interface.docs.contents.clone().unwrap_or_default();
    if !interface.functions.is_empty() {
        text.push('\n');
    }
    for function in interface.functions.values() {
        let docs = function.docs.contents.as_deref().unwrap_or_default();
        // Writing to a string does not fail.
        let _ = write!(text, "\n- `{}`: {}", short_name(function), first_sentence(docs));
    }
    text
}

/// Returns a function's name as in WIT: without the name of its resource.
fn short_name(function: &Function) -> &str {
    match function.kind {
        FunctionKind::Constructor(_) => "constructor",
        _ => function.item_name(),
    }
}

/// Returns the first sentence as one line.
fn first_sentence(docs: &str) -> String {
    let paragraph: Vec<_> = docs.lines().take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    match paragraph.split_once(". ") {
        Some((sentence, _)) => format!("{sentence}."),
        None => paragraph,
    }
}
