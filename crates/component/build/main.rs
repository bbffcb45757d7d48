//! Builds the component: the root package as a core module, the component around it, and the delivered form of that,
//! with metadata and documentation. The constants of the library have the paths.

mod contract;
mod forms;
mod guest;
mod manifest;
#[path = "../src/sections.rs"]
mod sections;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Everything in the workspace's root that the component is made of.
const INPUTS: [&str; 5] = ["src", "wit", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../..");
    for input in INPUTS {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    let module = guest::build(&root, &folder.join("target"))?;
    let forms = forms::make(&fs::read(module)?, &root)?;
    write(&folder.join("plain"), "WECHAT_COMPONENT", &forms.plain)?;
    write(
        &folder.join("delivered"),
        "WECHAT_COMPONENT_DELIVERED",
        &forms.delivered,
    )
}

/// Writes a form of the component, and hands its path to the library.
fn write(folder: &Path, variable: &str, component: &[u8]) -> Result<()> {
    let file = folder.join("wechat-official-account.wasm");
    fs::create_dir_all(folder)?;
    fs::write(&file, component)?;
    println!("cargo::rustc-env={variable}={}", file.display());
    Ok(())
}
