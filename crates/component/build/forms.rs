//! The two forms of a component, from its core module.

use std::path::Path;

use wit_component::ComponentEncoder;

use crate::contract::Contract;
use crate::guest::Package;
use crate::{Result, contract, guest, manifest, sections};

/// The world that the plugin implements.
pub const WORLD: &str = "plugin";

/// A component in its two forms, with the same code.
#[derive(Default)]
pub struct Forms {
    /// Without any custom section.
    pub plain: Vec<u8>,
    /// With metadata and documentation.
    pub delivered: Vec<u8>,
}

/// Wraps a package's core module into a component, documents it by the contract in this folder, and checks both forms.
pub fn of(package: &Package, module: &[u8], contract: &Path, world: &str, root: &Path) -> Result<Forms> {
    let component = ComponentEncoder::default().module(module)?.validate(true).encode()?;
    // The encoder adds 11 KB of names for debuggers, and no option prevents it.
    let plain = sections::without_custom(&component)?;
    let documented = contract::add_docs(&plain, Some(&Contract::read(contract, world)?), &[])?;
    let delivered = manifest::add_metadata(&documented, package.name, package, module, root)?;
    wasmparser::validate(&delivered)?;
    Ok(Forms { plain, delivered })
}

/// Makes the two forms of the plugin.
pub fn plugin(module: &[u8], root: &Path) -> Result<Forms> {
    of(&guest::PLUGIN, module, &root.join("wit"), WORLD, root)
}
