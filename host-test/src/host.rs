//! The engine, and instances of the plugin.
//!
//! An instance gets what the plugin's world lists and nothing else: no files, no environment, no standard streams, no
//! sockets, no randomness. The linker is the proof: what it does not define can't be imported.

use crate::egress::Egress;
use crate::interfaces::{Indices, Interfaces};
use crate::limits::{self, MEMORY, Memory};
use crate::linker::linker;
use std::path::Path;
use std::sync::Arc;
use wasmtime::component::{Component, InstancePre, ResourceAny, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime::{Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};
use wasmtime_wasi::clocks::{WasiClocksCtx, WasiClocksCtxView, WasiClocksView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};
use wasmtime_wasi_io::IoView;

/// The contract in `wit/`, as the host sees it.
#[expect(missing_docs, reason = "generated; the WIT files have the documentation")]
mod bindings {
    wasmtime::component::bindgen!({
        path: "../wit",
        world: "plugin",
        imports: { default: async },
        exports: { default: async },
        with: {
            "wasi:http": wasmtime_wasi_http::p2::bindings::http,
            "wasi:io": wasmtime_wasi::p2::bindings::io,
            "wasi:clocks": wasmtime_wasi::p2::bindings::clocks,
        },
        additional_derives: [PartialEq, serde::Serialize],
    });
}

pub(crate) use bindings::exports::wechat::official_account as exports;
pub(crate) use exports::types as generated;

/// The records and variants of the contract; the WIT files have the documentation.
pub mod types {
    pub use super::generated::*;
    // These two hold secrets, and stand in for the generated ones.
    pub use crate::credentials::{Config, Token};
}

/// Instances that can live at once. Each reserves address space, not memory.
const INSTANCES: u32 = 1000;
/// How much of a memory or table that is given back is wiped and kept, in bytes, instead of being given to the system and asked for
/// again: as much as an instance starts with.
const KEPT: usize = 192 * 1024;
/// A component is three core modules: the plugin and two small ones that tie it to its imports.
const CORE_INSTANCES: u32 = 3;

/// Everything that instances share: compiled code and egress.
#[derive(Clone)]
pub struct Host {
    component: InstancePre<State>,
    indices: Arc<Indices>,
    egress: Egress,
}

impl Host {
    /// Compiles the component in this file.
    ///
    /// # Errors
    /// Where the file is not a component that fits the contract, or imports more than the contract lists.
    pub fn new(component: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        Self::with_engine_config(component, egress, &Self::engine_config())
    }

    /// What [`Host::new`] configures the engine with, for those who want to change a part of it: a pool of instances, and
    /// epochs, by which a guest that computes for long lets other tasks run.
    #[must_use]
    pub fn engine_config() -> wasmtime::Config {
        let mut pool = PoolingAllocationConfig::new();
        pool.total_component_instances(INSTANCES)
            .total_core_instances(INSTANCES * CORE_INSTANCES)
            .total_memories(INSTANCES)
            .total_tables(INSTANCES * CORE_INSTANCES)
            .total_stacks(INSTANCES)
            .linear_memory_keep_resident(KEPT)
            .table_keep_resident(KEPT)
            .max_memory_size(MEMORY);
        let mut config = wasmtime::Config::new();
        config
            .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
            .epoch_interruption(true);
        config
    }

    /// As [`Host::new`], with an engine of one's own making.
    ///
    /// # Errors
    /// As [`Host::new`], and where the configuration contradicts itself.
    pub fn with_engine_config(
        component: impl AsRef<Path>,
        egress: Egress,
        config: &wasmtime::Config,
    ) -> wasmtime::Result<Self> {
        let engine = Engine::new(config)?;
        let component = loading(component.as_ref(), |path| Component::from_file(&engine, path))?;
        Self::with_component(&component, egress)
    }

    /// Compiles the component in this file, for [`Host::from_precompiled`].
    ///
    /// # Errors
    /// Where the file is not a component.
    pub fn precompile(component: impl AsRef<Path>) -> wasmtime::Result<Vec<u8>> {
        let engine = Engine::new(&Self::engine_config())?;
        let component = loading(component.as_ref(), |path| Component::from_file(&engine, path))?;
        component.serialize()
    }

    /// As [`Host::new`], of a file that [`Host::precompile`] made: it is mapped and not compiled.
    ///
    /// # Safety
    /// What is in the file is run without a check: it must be as `precompile` wrote it, and nobody may change it meanwhile. Keep
    /// it where only the host writes.
    ///
    /// # Errors
    /// As [`Host::new`], and where the file is of another version of wasmtime, other settings or another processor.
    pub unsafe fn from_precompiled(precompiled: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        let engine = Engine::new(&Self::engine_config())?;
        let component = loading(precompiled.as_ref(), |path| {
            // SAFETY: the caller answers for the file.
            unsafe { Component::deserialize_file(&engine, path) }
        })?;
        Self::with_component(&component, egress)
    }

    fn with_component(component: &Component, egress: Egress) -> wasmtime::Result<Self> {
        let engine = component.engine();
        limits::keep_time(engine)?;
        let component = linker(engine)?.instantiate_pre(component)?;
        let indices = Arc::new(Indices::new(&component)?);
        Ok(Self {
            component,
            indices,
            egress,
        })
    }

    /// The same compiled code behind another egress.
    #[must_use]
    pub fn with_egress(&self, egress: Egress) -> Self {
        Self { egress, ..self.clone() }
    }

    /// The engine, which has the compiled code and the epoch.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        self.component.engine()
    }

    /// A fresh instance. Cheap: a token that is shared over instances (`config.token`) makes one for each call practical.
    ///
    /// # Errors
    /// Where the pool is used up.
    pub async fn instantiate(&self) -> wasmtime::Result<Instance> {
        let state = State {
            table: ResourceTable::new(),
            clocks: WasiClocksCtx::default(),
            http: WasiHttpCtx::new(),
            egress: self.egress.clone(),
            memory: Memory::default(),
        };
        let mut store = Store::new(self.component.engine(), state);
        store.limiter(|state| &mut state.memory);
        limits::share_time(&mut store);
        let instance = self.component.instantiate_async(&mut store).await?;
        Ok(Instance {
            store,
            interfaces: Interfaces::new(instance, Arc::clone(&self.indices)),
        })
    }
}

fn loading(path: &Path, load: impl FnOnce(&Path) -> wasmtime::Result<Component>) -> wasmtime::Result<Component> {
    load(path).with_context(|| format!("cannot load {}", path.display()))
}

/// One instance of the plugin and what the host keeps for it.
pub struct Instance {
    /// Passed to every call.
    pub store: Store<State>,
    /// The exported interfaces.
    pub interfaces: Interfaces,
}

impl Instance {
    /// Opens an account. The outer error is a trap, the inner one the plugin's.
    ///
    /// # Errors
    /// Where the instance has trapped, now or before.
    pub async fn open(&mut self, config: &types::Config) -> wasmtime::Result<Result<ResourceAny, types::Error>> {
        let account = self.interfaces.account(&mut self.store)?.account();
        account.call_constructor(&mut self.store, &config.into()).await
    }

    /// Whether it has nothing open on the host's side: no request, no stream, no timer.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.store.data().table.is_empty()
    }

    /// The size of its linear memory. It grows with the largest call, and never shrinks.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.store.data().memory.bytes()
    }

    /// See `check` of the interface `draft`, which needs no account.
    ///
    /// # Errors
    /// Where the instance has trapped, now or before.
    pub async fn check_articles(&mut self, articles: &[types::Article]) -> wasmtime::Result<Vec<types::Finding>> {
        let interface = self.interfaces.draft(&mut self.store)?;
        interface.call_check(&mut self.store, articles).await
    }
}

/// The host's side of one instance.
pub struct State {
    table: ResourceTable,
    clocks: WasiClocksCtx,
    http: WasiHttpCtx,
    egress: Egress,
    memory: Memory,
}

impl IoView for State {
    fn table(&mut self) -> &mut ResourceTable {
        &mut self.table
    }
}

impl WasiClocksView for State {
    fn clocks(&mut self) -> WasiClocksCtxView<'_> {
        WasiClocksCtxView {
            ctx: &mut self.clocks,
            table: &mut self.table,
        }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView {
            ctx: &mut self.http,
            table: &mut self.table,
            hooks: &mut self.egress,
        }
    }
}
