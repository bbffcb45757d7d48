//! The sections of a component. The build script has this module, too.

use std::error::Error;
use std::ops::Range;

use wasm_encoder::{Component, RawSection};
use wasmparser::{Parser, Payload};

/// Leaves out the component's own custom sections: names, metadata and documentation. Those of the modules and
/// components inside it stay.
///
/// # Errors
///
/// If the bytes are no component.
pub fn without_custom(component: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    if !Parser::is_component(component) {
        return Err("this is no WebAssembly component".into());
    }
    let mut kept = Component::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload?;
        if depth == 0
            && !matches!(payload, Payload::CustomSection(_))
            && let Some((id, Range { start, end })) = payload.as_section()
        {
            let data = component.get(usize::try_from(start)?..usize::try_from(end)?);
            let data = data.ok_or("the component is cut off")?;
            kept.section(&RawSection { id, data });
        }
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(kept.finish())
}
