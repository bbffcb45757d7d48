//! The engine and the compiled component.
//!
//! An instance gets the imports of the component's world and nothing else: no files, no environment, no standard
//! streams, no sockets, no randomness. The linker proves it, because an import that it does not define can't be
//! resolved.

use std::path::Path;
use std::sync::Arc;

use wasmtime::component::{Component, InstancePre};
use wasmtime::error::Context as _;
use wasmtime::{Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

use crate::ctx::Ctx;
use crate::egress::Egress;
use crate::exports::{Exports, Indices};
use crate::instance::Instance;
use crate::limits::{self, MEMORY};
use crate::linker::linker;

/// Instances that can live at once. Each reserves address space, not memory.
const INSTANCES: u32 = 1000;
/// Bytes of a returned memory or table that the pool wipes and keeps. An instance starts with about this much, and
/// wiping it is cheaper than asking the system for it again.
const KEEP_RESIDENT: usize = 192 * 1024;
/// Core modules in the component: the plugin, and two small ones that tie it to its imports.
const CORE_INSTANCES: u32 = 3;

/// Everything that instances share: compiled code and egress.
#[derive(Clone)]
pub struct Host {
    component: InstancePre<Ctx>,
    indices: Arc<Indices>,
    egress: Egress,
}

impl Host {
    /// Compiles the component in this file.
    ///
    /// # Errors
    /// If the file is not a component that fits the contract, or imports more than the contract lists.
    pub fn new(component: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        Self::with_engine_config(component, egress, &Self::engine_config())
    }

    /// Returns the engine configuration of [`Host::new`], for programs that change a part of it: a pool of instances,
    /// and epochs, by which a long computation in one instance lets other tasks run.
    #[must_use]
    pub fn engine_config() -> wasmtime::Config {
        let mut pool = PoolingAllocationConfig::new();
        pool.total_component_instances(INSTANCES)
            .total_core_instances(INSTANCES * CORE_INSTANCES)
            .total_memories(INSTANCES)
            .total_tables(INSTANCES * CORE_INSTANCES)
            .total_stacks(INSTANCES)
            .linear_memory_keep_resident(KEEP_RESIDENT)
            .table_keep_resident(KEEP_RESIDENT)
            .max_memory_size(MEMORY);
        let mut config = wasmtime::Config::new();
        config
            .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
            .epoch_interruption(true);
        config
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
        let engine = Engine::new(config)?;
        let component = load(component.as_ref(), |path| Component::from_file(&engine, path))?;
        Self::with_component(&component, egress)
    }

    /// Compiles the component in this file, for [`Host::from_precompiled`].
    ///
    /// # Errors
    /// If the file is not a component.
    pub fn precompile(component: impl AsRef<Path>) -> wasmtime::Result<Vec<u8>> {
        let engine = Engine::new(&Self::engine_config())?;
        let component = load(component.as_ref(), |path| Component::from_file(&engine, path))?;
        component.serialize()
    }

    /// Does the same as [`Host::new`] with a file that [`Host::precompile`] made. The file is mapped, not compiled.
    ///
    /// # Safety
    /// The file's contents are run without a check. It must be as `precompile` wrote it, and nobody may change it
    /// meanwhile. Keep it in a place that only the host writes to.
    ///
    /// # Errors
    /// If [`Host::new`] would fail, or if the file is of another version of wasmtime, other settings or another
    /// processor.
    pub unsafe fn from_precompiled(precompiled: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        let engine = Engine::new(&Self::engine_config())?;
        let component = load(precompiled.as_ref(), |path| {
            // SAFETY: the caller answers for the file.
            unsafe { Component::deserialize_file(&engine, path) }
        })?;
        Self::with_component(&component, egress)
    }

    fn with_component(component: &Component, egress: Egress) -> wasmtime::Result<Self> {
        let engine = component.engine();
        limits::start_epoch_ticker(engine)?;
        let component = linker(engine)?.instantiate_pre(component)?;
        let indices = Arc::new(Indices::new(&component)?);
        Ok(Self {
            component,
            indices,
            egress,
        })
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
    /// for each call.
    ///
    /// # Errors
    /// If the pool is used up.
    pub async fn instantiate(&self) -> wasmtime::Result<Instance> {
        let mut store = Store::new(self.component.engine(), Ctx::new(&self.egress));
        store.limiter(|ctx| &mut ctx.memory);
        limits::yield_on_epoch(&mut store);
        let instance = self.component.instantiate_async(&mut store).await?;
        Ok(Instance {
            store,
            exports: Exports::new(instance, Arc::clone(&self.indices)),
        })
    }
}

fn load(path: &Path, load: impl FnOnce(&Path) -> wasmtime::Result<Component>) -> wasmtime::Result<Component> {
    load(path).with_context(|| format!("cannot load {}", path.display()))
}
