//! The plugin: an engine, a linker with what the plugin may import, and instances with limits.

use std::path::Path;
use std::thread;
use std::time::Duration;

use http::Uri;
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime::{Config, Engine, Result, Store, StoreLimits, StoreLimitsBuilder, UpdateDeadline, format_err};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksCtx, WasiClocksCtxView, WasiClocksView};
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock;
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView, p2};
use wasmtime_wasi_io::IoView;

use crate::allow_list::AllowList;
use crate::bindings::{Plugin, PluginPre};

/// The largest memory of an instance, in bytes. The largest files and lists need some 60 MiB.
const MEMORY: usize = 128 * 1024 * 1024;
/// WASI resources that an instance may have open. The plugin has fewer than 20.
const RESOURCES: usize = 256;
/// The time between two looks at a computing instance. Other tasks of the thread wait for as long.
const TICK: Duration = Duration::from_millis(10);
/// The ticks that an instance may compute. Waiting for WeChat does not count; the costliest article takes a second.
const TICKS: u32 = 3000;

/// A plugin that was loaded. It makes instances.
pub struct Loaded {
    engine: Engine,
    plugin: PluginPre<Ctx>,
}

/// The host's side of an instance.
pub struct Ctx {
    table: ResourceTable,
    clocks: WasiClocksCtx,
    http: WasiHttpCtx,
    allow_list: AllowList,
    limits: StoreLimits,
    ticks: u32,
}

impl Loaded {
    /// Compiles the component in this file.
    ///
    /// # Errors
    /// If it is none, imports more than the linker has, or does not export the contract.
    pub fn from_file(path: &Path) -> Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true);
        let engine = Engine::new(&config)?;
        let component = Component::from_file(&engine, path);
        let component = component.with_context(|| format!("cannot load {}", path.display()))?;
        let plugin = PluginPre::new(linker(&engine)?.instantiate_pre(&component)?);
        let plugin = plugin.with_context(|| format!("{} is another plugin", path.display()))?;
        start_ticker(&engine)?;
        Ok(Self { engine, plugin })
    }

    /// Makes an instance that may send requests to this origin. An instance makes one call at a time.
    ///
    /// # Errors
    /// If there is no memory for it, or if the base is not that of a URL.
    pub async fn instantiate(&self, api_base: &Uri) -> Result<(Store<Ctx>, Plugin)> {
        let mut table = ResourceTable::new();
        table.set_max_capacity(RESOURCES);
        let ctx = Ctx {
            table,
            clocks: WasiClocksCtx::default(),
            http: WasiHttpCtx::new(),
            allow_list: AllowList::of(api_base).ok_or_else(|| format_err!("{api_base} is not the base of a URL"))?,
            limits: StoreLimitsBuilder::new().memory_size(MEMORY).build(),
            ticks: 0,
        };
        let mut store = Store::new(&self.engine, ctx);
        store.limiter(|ctx| &mut ctx.limits);
        // A list of arguments or results can name the same bytes many times.
        store.set_hostcall_fuel(MEMORY);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut store| {
            let ctx = store.data_mut();
            ctx.ticks += 1;
            match ctx.ticks > TICKS {
                true => Err(format_err!("the plugin has computed for too long")),
                false => Ok(UpdateDeadline::Yield(1)),
            }
        });
        let plugin = self.plugin.instantiate_async(&mut store).await?;
        Ok((store, plugin))
    }
}

/// Defines the plugin's imports. A component that wants more, such as files, is refused.
fn linker(engine: &Engine) -> Result<Linker<Ctx>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_io::add_to_linker_async(&mut linker)?;
    monotonic_clock::add_to_linker::<Ctx, WasiClocks>(&mut linker, Ctx::clocks)?;
    p2::add_only_http_to_linker_async(&mut linker)?;
    Ok(linker)
}

/// Advances the engine's epoch for as long as the engine lives.
fn start_ticker(engine: &Engine) -> Result<()> {
    let engine = engine.weak();
    thread::Builder::new().spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    })?;
    Ok(())
}

impl IoView for Ctx {
    fn table(&mut self) -> &mut ResourceTable {
        &mut self.table
    }
}

impl WasiClocksView for Ctx {
    fn clocks(&mut self) -> WasiClocksCtxView<'_> {
        WasiClocksCtxView {
            ctx: &mut self.clocks,
            table: &mut self.table,
        }
    }
}

impl WasiHttpView for Ctx {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView {
            ctx: &mut self.http,
            table: &mut self.table,
            hooks: &mut self.allow_list,
        }
    }
}
