//! The engine, and instances of the plugin.
//!
//! An instance gets what the plugin's world lists and nothing else: no files, no environment, no standard streams, no
//! sockets, no randomness. The linker below is the proof: what it does not define can't be imported.

use crate::egress::Egress;
use std::path::Path;
use wasmtime::component::{Component, Linker, ResourceAny, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksCtx, WasiClocksCtxView, WasiClocksView};
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock;
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};
use wasmtime_wasi_io::IoView;

/// The contract in `wit/`, as the host sees it.
#[expect(missing_docs, reason = "generated; the WIT files have the documentation")]
pub mod bindings {
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

pub use bindings::Plugin;
pub use bindings::exports::wechat::official_account::types;

/// Instances that can live at once. Each reserves address space, not memory.
const INSTANCES: u32 = 1000;
/// The largest memory of one instance: a list of 32 MiB, read and handed over, with room to spare.
const MEMORY: usize = 128 * 1024 * 1024;
/// A component is three core modules: the plugin and two small ones that tie it to its imports.
const CORE_INSTANCES: u32 = 3;

/// Everything that instances share: compiled code and egress.
#[derive(Clone)]
pub struct Host {
    pre: bindings::PluginPre<State>,
    egress: Egress,
}

impl Host {
    /// Compiles the component in this file.
    ///
    /// # Errors
    /// Where the file is not a component that fits the contract, or imports more than the contract lists.
    pub fn new(component: impl AsRef<Path>, egress: Egress) -> wasmtime::Result<Self> {
        let path = component.as_ref();
        let engine = Engine::new(&config())?;
        let component =
            Component::from_file(&engine, path).with_context(|| format!("cannot load {}", path.display()))?;
        let pre = bindings::PluginPre::new(linker(&engine)?.instantiate_pre(&component)?)?;
        Ok(Self { pre, egress })
    }

    /// The same compiled code behind another egress.
    #[must_use]
    pub fn with_egress(&self, egress: Egress) -> Self {
        Self {
            pre: self.pre.clone(),
            egress,
        }
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
        };
        let mut store = Store::new(self.pre.engine(), state);
        let plugin = self.pre.instantiate_async(&mut store).await?;
        Ok(Instance { store, plugin })
    }
}

fn config() -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(INSTANCES)
        .total_core_instances(INSTANCES * CORE_INSTANCES)
        .total_memories(INSTANCES)
        .total_tables(INSTANCES * CORE_INSTANCES)
        .total_stacks(INSTANCES)
        .max_memory_size(MEMORY);
    let mut config = Config::new();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}

/// Exactly the imports of the plugin's world.
fn linker(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_io::add_to_linker_async(&mut linker)?;
    monotonic_clock::add_to_linker::<State, WasiClocks>(&mut linker, State::clocks)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    Ok(linker)
}

/// One instance of the plugin and what the host keeps for it.
pub struct Instance {
    /// Passed to every call.
    pub store: Store<State>,
    /// The exported interfaces.
    pub plugin: Plugin,
}

impl Instance {
    /// Opens an account. The outer error is a trap, the inner one the plugin's.
    ///
    /// # Errors
    /// Where the instance has trapped, now or before.
    pub async fn open(&mut self, config: &types::Config) -> wasmtime::Result<Result<ResourceAny, types::Error>> {
        let account = self.plugin.wechat_official_account_account().account();
        account.call_constructor(&mut self.store, config).await
    }

    /// See `check` of the interface `draft`, which needs no account.
    ///
    /// # Errors
    /// Where the instance has trapped, now or before.
    pub async fn check_articles(&mut self, articles: &[types::Article]) -> wasmtime::Result<Vec<types::Finding>> {
        let interface = self.plugin.wechat_official_account_draft();
        interface.call_check(&mut self.store, articles).await
    }
}

/// The host's side of one instance.
pub struct State {
    table: ResourceTable,
    clocks: WasiClocksCtx,
    http: WasiHttpCtx,
    egress: Egress,
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
