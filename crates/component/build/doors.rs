//! The doors: components that use the plugin, each composed with it.

use std::path::Path;

use wit_component::ComponentEncoder;

use crate::contract::Contract;
use crate::forms::Forms;
use crate::guest::{Package, SMALL_STACK};
use crate::{Result, compose, contract, forms, guest, manifest, sections};

/// A door.
pub struct Door {
    /// The name in its metadata, and of its file.
    pub name: &'static str,
    pub package: Package,
    /// The folder with its own WIT, from the root, and the world there. None if it exports interfaces of WASI alone.
    pub contract: Option<(&'static str, &'static str)>,
}

/// All doors. `src/lib.rs` has a constant for each.
pub const DOORS: [Door; 3] = [
    Door {
        name: "wechat-official-account-tools",
        package: Package {
            name: "wechat-official-account-tools-component",
            features: &[],
            stack_bytes: SMALL_STACK,
        },
        contract: Some(("components/tools/wit", "tools")),
    },
    Door {
        name: "wechat-official-account-tools-publish",
        package: Package {
            name: "wechat-official-account-tools-component",
            features: &["publish"],
            stack_bytes: SMALL_STACK,
        },
        contract: Some(("components/tools/wit", "tools-publish")),
    },
    Door {
        name: "wechat-official-account-edge",
        package: Package {
            name: "wechat-official-account-edge",
            features: &[],
            stack_bytes: SMALL_STACK,
        },
        contract: None,
    },
];

/// A door that is built.
pub struct Built {
    /// Without the plugin, for hosts that link the two. It has no custom section.
    pub alone: Vec<u8>,
    /// Composed with the plugin.
    pub forms: Forms,
}

impl Door {
    /// Builds the door, and composes it with the plugin.
    pub fn build(&self, plugin: &[u8], root: &Path, target_dir: &Path) -> Result<Built> {
        let module = guest::build(root, target_dir, &self.package)?;
        let component = ComponentEncoder::default().module(&module)?.validate(true).encode()?;
        let alone = sections::without_custom(&component)?;
        let plain = compose::compose(plugin, &alone)?;
        let own = self
            .contract
            .map(|(folder, world)| Contract::read(&root.join(folder), world));
        // The composition imports what the plugin imports, too.
        let plugins = Contract::read(&root.join("wit"), forms::WORLD)?;
        let documented = contract::add_docs(&plain, own.transpose()?.as_ref(), &[plugins])?;
        let delivered = manifest::add_metadata(&documented, self.name, &self.package, &module, root)?;
        wasmparser::validate(&delivered)?;
        Ok(Built {
            alone,
            forms: Forms { plain, delivered },
        })
    }
}
