//! The helpers: components for what comes before the plugin. They import nothing, and know nothing of it.

use std::path::Path;

use crate::forms::Forms;
use crate::guest::{Package, SMALL_STACK};
use crate::{Result, forms, guest};

/// A helper.
pub struct Helper {
    pub package: Package,
    /// The folder with its WIT, from the root.
    pub contract: &'static str,
    pub world: &'static str,
}

/// All helpers. `src/lib.rs` has a constant for each.
pub const HELPERS: [Helper; 2] = [
    Helper {
        package: Package {
            name: "wechat-official-account-article",
            features: &[],
            stack_bytes: SMALL_STACK,
        },
        contract: "components/article/wit",
        world: "article",
    },
    Helper {
        package: Package {
            name: "wechat-official-account-picture",
            features: &[],
            stack_bytes: SMALL_STACK,
        },
        contract: "components/picture/wit",
        world: "picture",
    },
];

impl Helper {
    /// Builds the helper.
    pub fn build(&self, root: &Path, target_dir: &Path) -> Result<Forms> {
        let module = guest::build(root, target_dir, &self.package)?;
        forms::of(&self.package, &module, &root.join(self.contract), self.world, root)
    }
}
