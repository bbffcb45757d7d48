//! The host's side of one instance.

use wasmtime::component::ResourceTable;
use wasmtime_wasi::clocks::{WasiClocksCtx, WasiClocksCtxView, WasiClocksView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};
use wasmtime_wasi_io::IoView;

use crate::egress::Egress;
use crate::gate::Gate;
use crate::limits::{Limits, Memory};

/// The state that the imports of one instance work on.
pub struct Ctx {
    pub(crate) table: ResourceTable,
    clocks: WasiClocksCtx,
    http: WasiHttpCtx,
    pub(crate) gate: Gate,
    pub(crate) limits: Limits,
    pub(crate) memory: Memory,
}

impl Ctx {
    pub(crate) fn new(egress: &Egress, limits: &Limits) -> Self {
        let mut table = ResourceTable::new();
        table.set_max_capacity(limits.resources);
        let mut http = WasiHttpCtx::new();
        http.set_field_size_limit(limits.header_bytes);
        Self {
            table,
            clocks: WasiClocksCtx::default(),
            http,
            gate: Gate::new(egress.for_instance(), limits),
            limits: limits.clone(),
            memory: Memory::default(),
        }
    }
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
            hooks: &mut self.gate,
        }
    }
}
