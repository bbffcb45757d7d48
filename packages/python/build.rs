//! Compiles the component ahead of time, for every processor of this architecture, and hands the code to the package.
//!
//! The component is `WECHAT_COMPONENT` in the environment, or `component.wasm` beside this file.
//! `packages/python/build` puts it there, and a source distribution contains it.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use wechat_official_account_host::Host;

#[path = "src/engine_config.rs"]
mod engine_config;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=WECHAT_COMPONENT");
    let beside = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("component.wasm");
    let component = env::var_os("WECHAT_COMPONENT").map_or(beside, PathBuf::from);
    println!("cargo::rerun-if-changed={}", component.display());
    println!("cargo::rerun-if-changed=src/engine_config.rs");
    if !component.is_file() {
        let advice = "run packages/python/build, which makes it, or set WECHAT_COMPONENT to the path of \
                      wechat-official-account.wasm";
        return Err(format!("the component is missing ({}): {advice}", component.display()).into());
    }
    let (host, target) = (env::var("HOST")?, env::var("TARGET")?);
    if host != target {
        return Err(format!(
            "the component can't be compiled on {host} for {target}: build the wheel on a machine of that kind"
        )
        .into());
    }
    let mut config = engine_config::engine_config();
    let code = Host::precompile_with_engine_config(&component, Host::use_baseline(&mut config)?)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("component.cwasm"), code)?;
    Ok(())
}
