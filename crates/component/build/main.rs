//! Builds the components: the root package, the doors and the helpers as core modules, components around them, and the
//! delivered form of each, with metadata and documentation. The constants of the library have the paths.

#[cfg(feature = "doors")]
#[path = "../src/compose.rs"]
mod compose;
mod contract;
#[cfg(feature = "doors")]
mod doors;
mod forms;
mod guest;
#[cfg(feature = "helpers")]
mod helpers;
mod manifest;
#[path = "../src/sections.rs"]
mod sections;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Everything in the workspace's root that the plugin is made of.
const INPUTS: [&str; 5] = ["src", "wit", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];
/// What the doors are made of beside these.
#[cfg(feature = "doors")]
const DOOR_INPUTS: [&str; 3] = ["components/edge", "components/tools", "crates/tools"];
/// What the helpers are made of beside these.
#[cfg(feature = "helpers")]
const HELPER_INPUTS: [&str; 3] = ["components/article", "components/picture", "crates/language"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../..");
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    let target_dir = folder.join("target");
    watch(&root, &INPUTS);
    let module = guest::build(&root, &target_dir, &guest::PLUGIN)?;
    let plugin = forms::plugin(&module, &root)?;
    let file = "wechat-official-account.wasm";
    write(&folder.join("plain").join(file), "WECHAT_COMPONENT", &plugin.plain)?;
    write(
        &folder.join("delivered").join(file),
        "WECHAT_COMPONENT_DELIVERED",
        &plugin.delivered,
    )?;
    #[cfg(feature = "doors")]
    {
        watch(&root, &DOOR_INPUTS);
        for door in doors::DOORS {
            let built = door.build(&plugin.plain, &root, &target_dir)?;
            write_form(&folder, door.name, "plain", &built.forms.plain)?;
            write_form(&folder, door.name, "delivered", &built.forms.delivered)?;
            write_form(&folder, door.name, "alone", &built.alone)?;
        }
    }
    #[cfg(feature = "helpers")]
    {
        watch(&root, &HELPER_INPUTS);
        for helper in helpers::HELPERS {
            let forms = helper.build(&root, &target_dir)?;
            write_form(&folder, helper.package.name, "plain", &forms.plain)?;
            write_form(&folder, helper.package.name, "delivered", &forms.delivered)?;
        }
    }
    Ok(())
}

fn watch(root: &Path, inputs: &[&str]) {
    for input in inputs {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
}

/// Writes a form of a component into the folder of that form.
#[cfg(any(feature = "doors", feature = "helpers"))]
fn write_form(folder: &Path, name: &str, form: &str, component: &[u8]) -> Result<()> {
    let variable = format!("{name}_{form}").to_ascii_uppercase().replace('-', "_");
    write(&folder.join(form).join(format!("{name}.wasm")), &variable, component)
}

/// Writes a form of a component, and hands its path to the library.
fn write(file: &Path, variable: &str, component: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, component)?;
    println!("cargo::rustc-env={variable}={}", file.display());
    Ok(())
}
