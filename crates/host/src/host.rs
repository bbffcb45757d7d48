//! The engine, and the compiled component in it.
//!
//! An instance gets the imports of the component's world and nothing else: no files, no environment, no standard
//! streams, no sockets, no randomness. The linker proves it, because an import that it does not define can't be
//! resolved.

use std::path::Path;
use std::sync::Arc;

use wasmtime::component::{Component, InstancePre};
use wasmtime::error::Context as _;
use wasmtime::{Engine, Store};

use crate::computing::{self, Clock};
use crate::ctx::Ctx;
use crate::egress::Egress;
use crate::exports::{Exports, Indices};
use crate::instance::Instance;
use crate::limits::{Limits, MEMORY};
use crate::linker::linker;
use crate::pool::{self, Places};

/// Instances of a host that can live at once by default. Together they reserve some 128 GiB of address space, not
/// memory.
pub const INSTANCES: u32 = 1000;
/// Handles that the guest may hold in the host, its own accounts included. They take some 240 KB.
const HANDLES: usize = 10_000;

/// Everything that instances share: compiled code, egress, and limits.
#[derive(Clone)]
pub struct Host {
    component: InstancePre<Ctx>,
    indices: Arc<Indices>,
    egress: Egress,
    limits: Limits,
    places: Places,
}

impl Host {
    /// Returns the default engine configuration, for programs that change a part of it: a pool of [`INSTANCES`],
    /// and epochs, by which a long computation in one instance lets other tasks run.
    #[must_use]
    pub fn engine_config() -> wasmtime::Config {
        Self::engine_config_for(INSTANCES)
    }

    /// Returns the same configuration with a pool for this many instances. Each reserves 131 MiB of address space,
    /// which counts where the system limits it (`ulimit -v`). A program that makes one call at a time needs one.
    #[must_use]
    pub fn engine_config_for(instances: u32) -> wasmtime::Config {
        pool::engine_config(instances)
    }

    /// Loads a file that [`Host::precompile`] made, for up to [`INSTANCES`] instances at once. The file is mapped, not
    /// compiled.
    ///
    /// # Safety
    /// The file's contents are run without a check. It must be as `precompile` wrote it, and nobody may change it
    /// meanwhile. Keep it in a place that only the host writes to.
    ///
    /// # Errors
    /// If the component does not fit the contract, or imports more than the contract lists; or if the file is of
    /// another version of wasmtime, other settings or another processor.
    #[allow(
        unsafe_code,
        reason = "machine code can't be checked, so the caller answers for the file"
    )]
    pub unsafe fn from_precompiled(precompiled: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        // SAFETY: as the caller's.
        unsafe { Self::from_precompiled_with_engine_config(precompiled, egress, &Self::engine_config()) }
    }

    /// Does the same as [`Host::from_precompiled`] with another engine configuration.
    ///
    /// # Safety
    /// As for [`Host::from_precompiled`].
    ///
    /// # Errors
    /// If [`Host::from_precompiled`] would fail.
    #[allow(
        unsafe_code,
        reason = "machine code can't be checked, so the caller answers for the file"
    )]
    pub unsafe fn from_precompiled_with_engine_config(
        precompiled: impl AsRef<Path>,
        egress: Egress,
        config: &wasmtime::Config,
    ) -> wasmtime::Result<Self> {
        let engine = pool::engine(config)?;
        let component = load(precompiled.as_ref(), |path| {
            // SAFETY: the caller answers for the file.
            unsafe { Component::deserialize_file(&engine, path) }
        })?;
        Self::with_component(&component, egress)
    }

    /// Does the same as [`Host::from_precompiled_with_engine_config`] with the contents of the file, such as those that
    /// `include_bytes!` puts into a program. They are copied once, and may be at any address.
    ///
    /// # Safety
    /// The bytes are run without a check. They must be as `precompile` returned them.
    ///
    /// # Errors
    /// If [`Host::from_precompiled`] would fail.
    #[allow(
        unsafe_code,
        reason = "machine code can't be checked, so the caller answers for the bytes"
    )]
    pub unsafe fn from_precompiled_bytes(
        precompiled: &[u8],
        egress: Egress,
        config: &wasmtime::Config,
    ) -> wasmtime::Result<Self> {
        let engine = pool::engine(config)?;
        // SAFETY: the caller answers for the bytes.
        let component = unsafe { Component::deserialize(&engine, precompiled) };
        Self::with_component(&component.context("cannot load the precompiled component")?, egress)
    }

    pub(crate) fn with_component(component: &Component, egress: Egress) -> wasmtime::Result<Self> {
        let engine = component.engine();
        computing::start_epoch_ticker(engine)?;
        let limits = Limits::default();
        let places = Places::new(engine, &limits);
        let component = linker(engine)?.instantiate_pre(component)?;
        let indices = Arc::new(Indices::new(&component)?);
        Ok(Self {
            component,
            indices,
            egress,
            limits,
            places,
        })
    }

    /// Returns a host with the same compiled code and pool, and other limits on its instances.
    #[must_use]
    pub fn with_limits(&self, limits: Limits) -> Self {
        Self {
            places: self.places.clone().with_queue(&limits),
            limits,
            ..self.clone()
        }
    }

    /// Returns a host with the same compiled code and another egress.
    #[must_use]
    pub fn with_egress(&self, egress: Egress) -> Self {
        Self { egress, ..self.clone() }
    }

    /// Returns the engine, which holds the compiled code and the epoch.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        self.component.engine()
    }

    /// Makes a fresh instance. This is cheap: a host that shares a token over instances (`config.token`) can make one
    /// for each call. If all of the pool are in use, it waits until one is dropped.
    ///
    /// # Errors
    /// If none came free in [`Limits::queue_time`], or [`Limits::queue`] callers wait already. The cause is a
    /// [`LimitReached`](crate::limits::LimitReached).
    pub async fn instantiate(&self) -> wasmtime::Result<Instance> {
        let place = self.places.take(&self.limits).await?;
        let clock = Clock::new(self.limits.computing);
        let mut store = store(self.engine(), &self.egress, &self.limits, &clock);
        let instance = clock.measure(self.component.instantiate_async(&mut store)).await?;
        Ok(Instance {
            store,
            exports: Exports::new(instance, Arc::clone(&self.indices)),
            clock,
            _place: place,
        })
    }
}

/// Makes the store of an instance, which holds its limits.
pub(crate) fn store(engine: &Engine, egress: &Egress, limits: &Limits, clock: &Clock) -> Store<Ctx> {
    let mut store = Store::new(engine, Ctx::new(egress, limits));
    store.limiter(|ctx| &mut ctx.memory);
    store.set_max_component_handles(HANDLES);
    // No call hands over more than the guest has. Without a limit, a list could name the same bytes many times.
    store.set_hostcall_fuel(MEMORY);
    computing::limit(&mut store, clock);
    store
}

pub(crate) fn load(
    path: &Path,
    load: impl FnOnce(&Path) -> wasmtime::Result<Component>,
) -> wasmtime::Result<Component> {
    load(path).with_context(|| format!("cannot load {}", path.display()))
}
