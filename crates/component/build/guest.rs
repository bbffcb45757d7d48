//! A package of the workspace as a core module.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::Result;

/// A package that becomes a component.
pub struct Package {
    pub name: &'static str,
    pub features: &'static [&'static str],
    /// Bytes of the stack. The linker's default of 1 MiB enlarges each idle instance by as much, and lengthens every
    /// address in the code.
    pub stack_bytes: u32,
}

/// The stack of the plugin, and of what is made from the same parts. The deepest JSON that the parser accepts uses
/// about 40 KiB (host-test/tests/e2e/hostile_replies.rs).
pub const SMALL_STACK: u32 = 64 * 1024;

/// The root package, the guest.
pub const PLUGIN: Package = Package {
    name: "wechat-official-account",
    features: &[],
    stack_bytes: SMALL_STACK,
};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "component";

/// Addresses and indices in the code take 5 bytes each unless the linker shortens them: 16 KB.
const SHORT_ADDRESSES: &str = "--compress-relocations";

/// Builds the core module of a package. Packages that are built in one folder share what they are made of.
///
/// A package is a plain library; `--crate-type` makes the module of it. A package that is both a library and a `cdylib`
/// would be built without link-time optimisation, and be larger by a tenth.
pub fn build(root: &Path, target_dir: &Path, package: &Package) -> Result<Vec<u8>> {
    install_target()?;
    let mut cargo = Command::new(env::var("CARGO")?);
    cargo
        .current_dir(root)
        .args(["rustc", "--locked", "--package", package.name, "--lib"])
        .args(["--features", &package.features.join(",")])
        .args(["--crate-type", "cdylib", "--profile", PROFILE, "--target", TARGET])
        // A folder of its own: the outer cargo holds the lock of the usual one.
        .arg("--target-dir")
        .arg(target_dir)
        .arg("--")
        .arg(format!("-Clink-arg={SHORT_ADDRESSES}"))
        .arg(format!("-Clink-arg=-zstack-size={}", package.stack_bytes));
    // Flags and wrappers of the host's build are not meant for the component. This variable outweighs configuration
    // files too.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remap_paths(root));
    for name in ["CARGO_BUILD_TARGET", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        cargo.env_remove(name);
    }
    for (name, _) in env::vars().filter(|(name, _)| name.starts_with("CARGO_PROFILE_")) {
        cargo.env_remove(name);
    }
    if !cargo.status()?.success() {
        return Err(format!("{} could not be built: {cargo:?}", package.name).into());
    }
    // Read at once: a build of the same package with other features writes the same file.
    let file = format!("{}.wasm", package.name.replace('-', "_"));
    Ok(fs::read(target_dir.join(TARGET).join(PROFILE).join(file))?)
}

/// Installs the target's standard library, which comes with `rustup target add`, once for each toolchain.
fn install_target() -> Result<()> {
    if target_is_installed()? {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]);
    if let Ok(toolchain) = env::var("RUSTUP_TOOLCHAIN") {
        rustup.args(["--toolchain", &toolchain]);
    }
    let added = rustup.status().is_ok_and(|status| status.success());
    if added && target_is_installed()? {
        return Ok(());
    }
    Err(format!("the standard library for {TARGET} is missing. Install it by hand: rustup target add {TARGET}").into())
}

fn target_is_installed() -> Result<bool> {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}

/// Flags that keep this machine's folders out of the texts of panics, so that every machine builds the same bytes.
fn remap_paths(root: &Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let folders = [(Some(root), "."), (home, "cargo")];
    let flags = folders.into_iter().filter_map(|(folder, name)| {
        let folder = folder?;
        Some(format!("--remap-path-prefix={}={name}", folder.display()))
    });
    // The separator that cargo documents for this variable.
    flags.collect::<Vec<_>>().join("\u{1f}")
}
