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

use forms::Forms;

/// Everything in the workspace's root that the plugin is made of.
const INPUTS: [&str; 5] = ["src", "wit", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];
/// What the doors are made of beside these.
#[cfg(feature = "doors")]
const DOOR_INPUTS: [&str; 3] = ["components/edge", "components/tools", "crates/tools"];
/// What the helpers are made of beside these.
#[cfg(feature = "helpers")]
const HELPER_INPUTS: [&str; 3] = ["components/article", "components/picture", "crates/language"];

/// Leaves the components empty if it is set. Lints need their paths alone, and to build them takes minutes.
const EMPTY: &str = "WECHAT_COMPONENTS_EMPTY";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../..");
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-env-changed={EMPTY}");
    if env::var_os(EMPTY).is_some() {
        println!("cargo::warning=the components are empty, as {EMPTY} is set");
        return leave_empty(&folder);
    }
    let target_dir = folder.join("target");
    watch(&root, &INPUTS);
    let module = guest::build(&root, &target_dir, &guest::PLUGIN)?;
    let plugin = forms::plugin(&module, &root)?;
    write_plugin(&folder, &plugin)?;
    #[cfg(feature = "doors")]
    {
        watch(&root, &DOOR_INPUTS);
        for door in doors::DOORS {
            let built = door.build(&plugin.plain, &root, &target_dir)?;
            write_forms(&folder, door.name, &built.forms)?;
            write_form(&folder, door.name, "alone", &built.alone)?;
        }
    }
    #[cfg(feature = "helpers")]
    {
        watch(&root, &HELPER_INPUTS);
        for helper in helpers::HELPERS {
            let forms = helper.build(&root, &target_dir)?;
            write_forms(&folder, helper.package.name, &forms)?;
        }
    }
    Ok(())
}

/// Writes every file with nothing in it.
fn leave_empty(folder: &Path) -> Result<()> {
    let nothing = Forms::default();
    write_plugin(folder, &nothing)?;
    #[cfg(feature = "doors")]
    for door in doors::DOORS {
        write_forms(folder, door.name, &nothing)?;
        write_form(folder, door.name, "alone", &[])?;
    }
    #[cfg(feature = "helpers")]
    for helper in helpers::HELPERS {
        write_forms(folder, helper.package.name, &nothing)?;
    }
    Ok(())
}

fn watch(root: &Path, inputs: &[&str]) {
    for input in inputs {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
}

/// Writes both forms of the plugin.
fn write_plugin(folder: &Path, forms: &Forms) -> Result<()> {
    let file = "wechat-official-account.wasm";
    write(&folder.join("plain").join(file), "WECHAT_COMPONENT", &forms.plain)?;
    let delivered = folder.join("delivered").join(file);
    write(&delivered, "WECHAT_COMPONENT_DELIVERED", &forms.delivered)
}

/// Writes both forms of another component.
#[cfg(any(feature = "doors", feature = "helpers"))]
fn write_forms(folder: &Path, name: &str, forms: &Forms) -> Result<()> {
    write_form(folder, name, "plain", &forms.plain)?;
    write_form(folder, name, "delivered", &forms.delivered)
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
