//! Compiling the component: at the start of a program, or ahead of time.
//!
//! This is the feature `compile`. A program that loads precompiled code can leave it out, and has no compiler in it.

use std::path::Path;

use wasmtime::component::Component;

use crate::egress::Egress;
use crate::host::{Host, load};
use crate::pool;

impl Host {
    /// Compiles the component in this file, for up to [`INSTANCES`](crate::host::INSTANCES) instances at once.
    ///
    /// # Errors
    /// If the file is not a component that fits the contract, or imports more than the contract lists.
    pub fn new(component: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        Self::with_engine_config(component, egress, &Self::engine_config())
    }

    /// Does the same as [`Host::new`] with another engine configuration.
    ///
    /// # Errors
    /// If [`Host::new`] would fail, or if the configuration contradicts itself.
    pub fn with_engine_config(
        component: impl AsRef<Path>,
        egress: Egress,
        config: &wasmtime::Config,
    ) -> wasmtime::Result<Self> {
        let engine = pool::engine(config)?;
        let component = load(component.as_ref(), |path| Component::from_file(&engine, path))?;
        Self::with_component(&component, egress)
    }

    /// Compiles the component in this file, for [`Host::from_precompiled`] on any machine with this architecture and
    /// operating system (see [`Host::use_baseline`]). The code fits [`Host::engine_config_for`] any number of
    /// instances, and no configuration with other memories or other code.
    ///
    /// # Errors
    /// If the file is not a component.
    pub fn precompile(component: impl AsRef<Path>) -> wasmtime::Result<Vec<u8>> {
        let mut config = Self::engine_config_for(1);
        Self::precompile_with_engine_config(component, Self::use_baseline(&mut config)?)
    }

    /// Does the same as [`Host::precompile`] with another engine configuration. Code for this machine alone may use all
    /// that its processor has; [`Host::use_baseline`] makes code for others, too.
    ///
    /// Load the code with a configuration that has the same choices. This is for programs in which Wasmtime must not
    /// rely on signals, such as plugins of a Python interpreter, whose `faulthandler` takes them:
    ///
    /// ```no_run
    /// use wechat_official_account_host::{Egress, EgressConfig, Host};
    ///
    /// fn engine_config() -> wasmtime::Config {
    ///     let mut config = Host::engine_config_for(8);
    ///     config.signals_based_traps(false);
    ///     config
    /// }
    ///
    /// // Where the program is built:
    /// let code = Host::precompile_with_engine_config(
    ///     "wechat-official-account.wasm",
    ///     Host::use_baseline(&mut engine_config())?,
    /// )?;
    ///
    /// // Where it runs:
    /// let egress = Egress::new(EgressConfig::default())?;
    /// // SAFETY: the code comes from `precompile_with_engine_config`.
    /// let host = unsafe { Host::from_precompiled_bytes(&code, egress, &engine_config()) }?;
    /// # Ok::<(), wasmtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the file is not a component, or if the configuration contradicts itself.
    pub fn precompile_with_engine_config(
        component: impl AsRef<Path>,
        config: &wasmtime::Config,
    ) -> wasmtime::Result<Vec<u8>> {
        let engine = pool::engine(config)?;
        let component = load(component.as_ref(), |path| Component::from_file(&engine, path))?;
        component.serialize()
    }

    /// Makes a configuration compile code that uses only what every processor of this machine's architecture has.
    ///
    /// Otherwise Wasmtime uses all that this machine's processor has (on x86-64 up to AVX-512), and another machine
    /// that lacks a part of it refuses the code. Loading needs no such choice.
    ///
    /// # Errors
    /// If Wasmtime does not know this machine's architecture.
    pub fn use_baseline(config: &mut wasmtime::Config) -> wasmtime::Result<&mut wasmtime::Config> {
        // A target that is named is one whose processor is not looked at, even if it is this machine's own.
        config.target(&target_lexicon::HOST.to_string())
    }
}
