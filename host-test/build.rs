//! Builds the component, and hands the crate one constant: the path of the result in `WECHAT_PLUGIN`.

use std::path::{Path, PathBuf};
use std::process::{Command, exit};
use std::{env, fs, io};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "component";

fn main() {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("..");
    for input in [
        "src",
        "wit",
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        ".cargo",
        "rust-toolchain.toml",
    ] {
        println!("cargo:rerun-if-changed={}", root.join(input).display());
    }
    install_target();
    // A folder of its own beside the build script's: the outer cargo holds the lock of the usual one.
    let target_dir = PathBuf::from(variable("OUT_DIR")).join("component");
    if !build(&root, &target_dir) {
        fail(&format!(
            "the component could not be built. By hand:\n    cargo build --profile {PROFILE} --target {TARGET}"
        ));
    }
    let built = target_dir
        .join(TARGET)
        .join(PROFILE)
        .join("wechat_official_account.wasm");
    let delivered = target_dir.join("wechat_official_account.wasm");
    if let Err(error) = deliver(&built, &delivered) {
        fail(&format!("{} could not be made: {error}", delivered.display()));
    }
    println!("cargo:rustc-env=WECHAT_PLUGIN={}", delivered.display());
}

/// Copies the component without the names that the linker adds for debuggers: 11 KB, and no option of its keeps them out.
fn deliver(built: &Path, delivered: &Path) -> io::Result<()> {
    let component = fs::read(built)?;
    let stripped = without_custom_sections(&component).ok_or(io::ErrorKind::InvalidData)?;
    fs::write(delivered, stripped)
}

/// As `wasm-tools strip --all` does with the outermost sections. `None`: this is not WebAssembly.
fn without_custom_sections(wasm: &[u8]) -> Option<Vec<u8>> {
    const CUSTOM: u8 = 0;
    // Magic number and version.
    let (head, mut rest) = wasm.split_at_checked(8)?;
    let mut kept = head.to_vec();
    while let [id, sized @ ..] = rest {
        // The length of what follows, in groups of seven bits of which all but the last have the top bit set.
        let figures = sized.iter().position(|byte| byte & 0x80 == 0)? + 1;
        let length =
            { sized.get(..figures)?.iter().rev() }.fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
        let (section, next) = rest.split_at_checked(1 + figures + length)?;
        if *id != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Some(kept)
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| fail(&format!("{name} is not set; this is a build script for cargo")))
}

fn fail(message: &str) -> ! {
    eprintln!("error: {message}");
    exit(1);
}

/// The target's standard library comes with `rustup target add`, once for each toolchain.
fn install_target() {
    if target_is_installed() {
        return;
    }
    let toolchain = env::var("RUSTUP_TOOLCHAIN").ok();
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]);
    if let Some(toolchain) = &toolchain {
        rustup.args(["--toolchain", toolchain]);
    }
    let added = rustup.status().is_ok_and(|status| status.success());
    if !added || !target_is_installed() {
        fail(&format!(
            "the standard library for {TARGET} is missing and could not be installed. Install it by hand:\n    \
             rustup target add {TARGET}"
        ));
    }
}

fn target_is_installed() -> bool {
    let output = Command::new(variable("RUSTC"))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    output.is_ok_and(|output| {
        let folder = String::from_utf8_lossy(&output.stdout);
        output.status.success() && Path::new(folder.trim()).is_dir()
    })
}

fn build(root: &Path, target_dir: &Path) -> bool {
    let mut cargo = Command::new(variable("CARGO"));
    cargo
        .current_dir(root)
        .args([
            "build",
            "--profile",
            PROFILE,
            "--locked",
            "--package",
            "wechat-official-account",
            "--target",
            TARGET,
        ])
        .arg("--target-dir")
        .arg(target_dir);
    // Flags and wrappers of the host's build are not meant for the component. Set to nothing, this variable also
    // outweighs what a configuration file says.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", "");
    for name in ["CARGO_BUILD_TARGET", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        cargo.env_remove(name);
    }
    for (name, _) in env::vars().filter(|(name, _)| name.starts_with("CARGO_PROFILE_")) {
        cargo.env_remove(name);
    }
    cargo.status().is_ok_and(|status| status.success())
}
