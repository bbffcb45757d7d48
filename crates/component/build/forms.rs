//! The two forms of the component, from the core module.

use std::path::Path;

use wit_component::ComponentEncoder;

use crate::{Result, contract, manifest, sections};

/// The component in its two forms, with the same code.
pub struct Forms {
    /// Without any custom section.
    pub plain: Vec<u8>,
    /// With metadata and documentation.
    pub delivered: Vec<u8>,
}

/// Wraps the core module into a component, documents it by the contract in `wit/`, and checks both forms.
pub fn make(module: &[u8], root: &Path) -> Result<Forms> {
    let component = ComponentEncoder::default().module(module)?.validate(true).encode()?;
    // The encoder adds 11 KB of names for debuggers, and no option prevents it.
    let plain = sections::without_custom(&component)?;
    let documented = contract::add_docs(&plain, &root.join("wit"))?;
    let delivered = manifest::add_metadata(&documented, module, root)?;
    wasmparser::validate(&delivered)?;
    Ok(Forms { plain, delivered })
}
