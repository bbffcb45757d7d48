//! Builds the components: the root package and the doors as core modules, components around them, and the delivered
//! form of each, with metadata and documentation. The constants of the library have the paths.

#[cfg(feature = "doors")]
#[path = "../src/compose.rs"]
mod compose;
mod contract;
#[cfg(feature = "doors")]
mod doors;
mod forms;
mod guest;
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
const DOOR_INPUTS: [&str; 2] = ["components", "crates/tools"];

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
            let file = format!("{}.wasm", door.name);
            let variable = door.name.to_ascii_uppercase().replace('-', "_");
            for (form, bytes) in [
                ("plain", &built.forms.plain),
                ("delivered", &built.forms.delivered),
                ("alone", &built.alone),
            ] {
                let variable = format!("{variable}_{}", form.to_ascii_uppercase());
                write(&folder.join(form).join(&file), &variable, bytes)?;
            }
        }
    }
    Ok(())
}

fn watch(root: &Path, inputs: &[&str]) {
    for input in inputs {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
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
