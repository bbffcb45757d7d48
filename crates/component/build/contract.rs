//! The documentation of the contract inside a component.
//!
//! Tools read it from a custom section, and show it beside the world's items: `wasm-tools component wit` and others.
//! The form has a place for each import and export, but none for the functions and types inside an exported interface.
//! So the text of an interface ends with a list of its functions.
#![allow(
    clippy::indexing_slicing,
    reason = "an id of wit-parser's names an item of the same `Resolve`, and a build script may panic"
)]

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use wasm_encoder::{ComponentSection, CustomSection};
use wit_component::DecodedWasm;
use wit_parser::{
    Docs, Function, FunctionKind, IndexMap, Interface, PackageMetadata, Resolve, World, WorldId, WorldItem, WorldKey,
};

use crate::Result;

/// A world with its documentation.
pub struct Contract {
    wit: Resolve,
    world: WorldId,
}

impl Contract {
    /// Reads the WIT in this folder.
    pub fn read(folder: &Path, world: &str) -> Result<Self> {
        let mut wit = Resolve::new();
        let (package, _) = wit.push_path(folder)?;
        let world = wit.select_world(&[package], Some(world))?;
        Ok(Self { wit, world })
    }

    fn world(&self) -> &World {
        &self.wit.worlds[self.world]
    }

    /// Returns an item's text.
    fn text(&self, items: &IndexMap<WorldKey, WorldItem>, name: &str, with_functions: bool) -> Option<String> {
        let (_, item) = items.iter().find(|(key, _)| self.wit.name_world_key(key) == name)?;
        match item {
            WorldItem::Interface { id, .. } if with_functions => Some(interface_text(&self.wit.interfaces[*id])),
            WorldItem::Interface { docs, .. } => docs.contents.clone(),
            WorldItem::Function(function) => function.docs.contents.clone(),
            WorldItem::Type { .. } => None,
        }
    }
}

/// Appends the documentation of the component's own contract, if it has one, and of those that its imports and exports
/// come from. An item has the text of the first contract that knows it.
pub fn add_docs(component: &[u8], own: Option<&Contract>, others: &[Contract]) -> Result<Vec<u8>> {
    let DecodedWasm::Component(mut decoded, world) = wit_component::decode(component)? else {
        return Err("the component was read as a WIT package".into());
    };
    decoded.worlds[world].docs = own.map(|own| own.world().docs.clone()).unwrap_or_default();
    let contracts: Vec<_> = own.into_iter().chain(others).collect();
    document_items(&mut decoded, world, &contracts);
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

/// Gives everything that the component imports and exports the text of the contracts.
fn document_items(decoded: &mut Resolve, world: WorldId, contracts: &[&Contract]) {
    let names = |items: &IndexMap<WorldKey, WorldItem>| -> Vec<_> {
        items.keys().map(|key| decoded.name_world_key(key)).collect()
    };
    let imports = names(&decoded.worlds[world].imports);
    let exports = names(&decoded.worlds[world].exports);
    let world = &mut decoded.worlds[world];
    for (item, name) in world.imports.values_mut().zip(imports) {
        let text = |contract: &&Contract| contract.text(&contract.world().imports, &name, false);
        set_text(item, contracts.iter().find_map(text));
    }
    for (item, name) in world.exports.values_mut().zip(exports) {
        let text = |contract: &&Contract| contract.text(&contract.world().exports, &name, true);
        set_text(item, contracts.iter().find_map(text));
    }
}

fn set_text(item: &mut WorldItem, contents: Option<String>) {
    match item {
        WorldItem::Interface { docs, .. } => *docs = Docs { contents },
        WorldItem::Function(function) => function.docs = Docs { contents },
        WorldItem::Type { .. } => {}
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
