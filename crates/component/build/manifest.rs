//! The metadata of the component: what the manifest says of the package, and what it was built with.

use std::env;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use wasm_metadata::{AddMetadata, AddMetadataField, Description, Homepage, Licenses, Source, Version};
use wasmparser::{Parser, Payload};

use crate::Result;
use crate::guest::Package;

/// The beginning of the name of a section in which wit-bindgen describes a world to the encoder. Its version follows.
const BINDINGS_SECTION: &str = "component-type:wit-bindgen:";
/// What follows the version if the world is of a package of ours.
const OUR_PACKAGES: &str = ":wechat:";

#[derive(Deserialize)]
struct Workspace {
    packages: Vec<Manifest>,
}

#[derive(Deserialize)]
struct Manifest {
    name: String,
    version: String,
    description: String,
    license: String,
    repository: Option<String>,
    homepage: Option<String>,
}

/// Adds the metadata to a component whose code is the package's `module`. The addresses of source and homepage are left
/// out as long as the manifest has none.
pub fn add_metadata(component: &[u8], name: &str, package: &Package, module: &[u8], root: &Path) -> Result<Vec<u8>> {
    let manifest = read(root, package)?;
    let mut add = AddMetadata::default();
    add.language = vec![("Rust".into(), String::new())];
    add.processed_by = vec![
        ("rustc".into(), compiler_version()?),
        ("wit-bindgen-rust".into(), bindings_version(module)?),
    ];
    add.description = AddMetadataField::Set(Description::new(manifest.description));
    add.licenses = AddMetadataField::Set(Licenses::new(&manifest.license)?);
    if let Some(source) = manifest.repository {
        add.source = AddMetadataField::Set(Source::new(&source)?);
    }
    if let Some(homepage) = manifest.homepage {
        add.homepage = AddMetadataField::Set(Homepage::new(&homepage)?);
    }
    add.version = AddMetadataField::Set(Version::new(manifest.version));
    add.name = AddMetadataField::Set(name.to_owned());
    Ok(add.to_wasm(component)?)
}

/// Reads the package's manifest through cargo, which resolves what it inherits.
fn read(root: &Path, package: &Package) -> Result<Manifest> {
    let mut cargo = Command::new(env::var("CARGO")?);
    cargo.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]);
    let output = cargo.arg(root.join("Cargo.toml")).output()?;
    let workspace: Workspace = serde_json::from_slice(&output.stdout)?;
    let manifest = workspace
        .packages
        .into_iter()
        .find(|manifest| manifest.name == package.name);
    manifest.ok_or_else(|| format!("the workspace has no package {}", package.name).into())
}

/// Returns the compiler's version, such as `1.95.0 (59807616e 2026-04-14)`, as it names itself in modules.
fn compiler_version() -> Result<String> {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("--version")
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.trim().trim_start_matches("rustc ").to_owned())
}

/// Returns the version of wit-bindgen that made the bindings of our worlds. Crates below may use another one.
fn bindings_version(module: &[u8]) -> Result<String> {
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CustomSection(section) = payload?
            && let Some(rest) = section.name().strip_prefix(BINDINGS_SECTION)
            && let Some((version, _)) = rest.split_once(OUR_PACKAGES)
        {
            return Ok(version.to_owned());
        }
    }
    Err("the module does not name the version of wit-bindgen".into())
}
