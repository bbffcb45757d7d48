//! A small call crosses the component's boundary few times. Each crossing costs about half a microsecond in wasmtime,
//! and a small call is hardly more than its crossings.
//!
//! Every import of the component, also the drop of a resource, asks the host's state for its part exactly once. This
//! host counts that.

use wasmtime::component::{Component, Instance, Linker, Resource, ResourceAny, ResourceTable, Val};
use wasmtime::{Engine, Result, Store, StoreContextMut};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksCtx, WasiClocksCtxView, WasiClocksView};
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock;
use wasmtime_wasi_http::p2::bindings::http::types::{HostOutgoingRequest as _, OutgoingRequest};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView, p2};
use wasmtime_wasi_io::IoView;
use wechat_official_account_component as component;
use wechat_official_account_host::Egress;
use wechat_simulator::{APP_ID, APP_SECRET};

use crate::support::{self, World};

/// Clock 1; request 8 (headers, request, scheme, authority, path, body, handle, finish); deadline 1; options 4; reply
/// 11 (subscribe, poll, future, status, headers, entries, body, stream, data, end, and the drop of the headers); drops
/// of the stream, body, response, two pollables and the future.
const GET: usize = 31;
/// The same with a method, and a stream that is opened, asked for room, written and dropped.
const POST: usize = GET + 5;

struct Ctx {
    table: ResourceTable,
    clocks: WasiClocksCtx,
    http: WasiHttpCtx,
    egress: Egress,
    crossings: usize,
}

impl IoView for Ctx {
    fn table(&mut self) -> &mut ResourceTable {
        self.crossings += 1;
        &mut self.table
    }
}

impl WasiClocksView for Ctx {
    fn clocks(&mut self) -> WasiClocksCtxView<'_> {
        self.crossings += 1;
        WasiClocksCtxView {
            ctx: &mut self.clocks,
            table: &mut self.table,
        }
    }
}

impl WasiHttpView for Ctx {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        self.crossings += 1;
        WasiHttpCtxView {
            ctx: &mut self.http,
            table: &mut self.table,
            hooks: &mut self.egress,
        }
    }
}

fn linker(engine: &Engine) -> Result<Linker<Ctx>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_io::add_to_linker_async(&mut linker)?;
    monotonic_clock::add_to_linker::<Ctx, WasiClocks>(&mut linker, Ctx::clocks)?;
    p2::add_only_http_to_linker_async(&mut linker)?;
    // wasmtime's own function logs the path, in which the token is.
    linker.allow_shadowing(true);
    linker.instance("wasi:http/types@0.2.12")?.func_wrap(
        "[method]outgoing-request.set-path-with-query",
        |mut store: StoreContextMut<'_, Ctx>, (request, path): (Resource<OutgoingRequest>, Option<String>)| {
            Ok((store.data_mut().http().set_path_with_query(request, path)?,))
        },
    )?;
    Ok(linker)
}

/// An instance with an account, and the number of its crossings.
struct CountedSession {
    store: Store<Ctx>,
    instance: Instance,
    account: ResourceAny,
}

impl CountedSession {
    async fn open(egress: Egress) -> Self {
        let engine = Engine::default();
        let component = Component::from_file(&engine, component::PATH).unwrap();
        let ctx = Ctx {
            table: ResourceTable::new(),
            clocks: WasiClocksCtx::default(),
            http: WasiHttpCtx::new(),
            egress,
            crossings: 0,
        };
        let mut store = Store::new(&engine, ctx);
        let linker = linker(&engine).unwrap();
        let instance = linker.instantiate_async(&mut store, &component).await.unwrap();
        let config = Val::Record(
            [
                ("app-id", Val::String(APP_ID.to_owned())),
                ("app-secret", Val::String(APP_SECRET.to_owned())),
                ("api-base", Val::Option(None)),
                ("timeouts", Val::Option(None)),
                ("retry-pauses-milliseconds", Val::Option(None)),
                ("token", Val::Option(None)),
                ("may-force-token", Val::Option(None)),
                ("publish-poll-milliseconds", Val::Option(None)),
                ("language", Val::Option(None)),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        );
        let opened = call(&mut store, &instance, "account", "[constructor]account", &[config]).await;
        let Val::Resource(account) = opened else {
            panic!("not an account: {opened:?}")
        };
        Self {
            store,
            instance,
            account,
        }
    }

    /// Calls a function of an interface twice, as the first call gets a token. Returns the crossings of the second
    /// call.
    async fn crossings(&mut self, interface: &str, function: &str, arguments: &[Val]) -> usize {
        let mut all = vec![Val::Resource(self.account)];
        all.extend_from_slice(arguments);
        call(&mut self.store, &self.instance, interface, function, &all).await;
        let before = self.store.data().crossings;
        call(&mut self.store, &self.instance, interface, function, &all).await;
        self.store.data().crossings - before
    }
}

/// Calls a function that must succeed, and returns its result.
async fn call(store: &mut Store<Ctx>, instance: &Instance, interface: &str, function: &str, arguments: &[Val]) -> Val {
    let interface = format!("wechat:official-account/{interface}@0.1.0");
    let interface = instance.get_export_index(&mut *store, None, &interface).unwrap();
    let function = instance
        .get_export_index(&mut *store, Some(&interface), function)
        .unwrap();
    let function = instance.get_func(&mut *store, function).unwrap();
    let mut results = [Val::Bool(false)];
    function.call_async(store, arguments, &mut results).await.unwrap();
    match results {
        [Val::Result(Ok(Some(value)))] => *value,
        [other] => panic!("not a success: {other:?}"),
    }
}

#[tokio::test]
async fn a_small_call_crosses_the_boundary_as_often_as_it_must() {
    let world = World::start().await;
    let mut session = CountedSession::open(support::egress(&world.simulator)).await;
    assert_eq!(session.crossings("draft", "count", &[]).await, GET);
    let page = [Val::U32(0), Val::U32(20), Val::Bool(false)];
    assert_eq!(session.crossings("draft", "list", &page).await, POST);
}
