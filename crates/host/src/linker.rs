//! The imports of the component's world, and no others. An import that is not defined here can't be resolved.
//!
//! Four of wasmtime's functions are replaced. The versions of their interfaces must be wasmtime's own. With another
//! version the replacements would be beside the originals, and the end-to-end tests would fail.

use wasmtime::component::{Linker, Resource};
use wasmtime::{Engine, Result, StoreContextMut};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksView};
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock;
use wasmtime_wasi_http::p2::bindings::http::outgoing_handler::Host as _;
use wasmtime_wasi_http::p2::bindings::http::types::{
    HostOutgoingRequest as _, Method, OutgoingRequest, RequestOptions,
};
use wasmtime_wasi_http::{WasiHttpView, p2};

use crate::ctx::Ctx;
use crate::limits::LimitReached;

/// The longest name of a method that is none of HTTP's own. wasmtime has no limit.
const METHOD_LENGTH: usize = 32;

/// Defines the imports.
pub(crate) fn linker(engine: &Engine) -> Result<Linker<Ctx>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_io::add_to_linker_async(&mut linker)?;
    monotonic_clock::add_to_linker::<Ctx, WasiClocks>(&mut linker, Ctx::clocks)?;
    p2::add_only_http_to_linker_async(&mut linker)?;
    linker.allow_shadowing(true);
    keep_paths_out_of_the_log(&mut linker)?;
    drop_options_after_use(&mut linker)?;
    cap_methods(&mut linker)?;
    cap_request_bodies(&mut linker)?;
    linker.allow_shadowing(false);
    Ok(linker)
}

/// Keeps the access token out of the log. wasmtime logs the arguments of WASI functions at trace level, and those of
/// this function are a path and a query with the token.
fn keep_paths_out_of_the_log(linker: &mut Linker<Ctx>) -> Result<()> {
    linker.instance("wasi:http/types@0.2.12")?.func_wrap(
        "[method]outgoing-request.set-path-with-query",
        |mut store: StoreContextMut<'_, Ctx>, (request, path): (Resource<OutgoingRequest>, Option<String>)| {
            Ok((store.data_mut().http().set_path_with_query(request, path)?,))
        },
    )
}

/// Drops the options of each request after its use. wasmtime keeps them for as long as the instance lives, and ends the
/// instance after a million.
fn drop_options_after_use(linker: &mut Linker<Ctx>) -> Result<()> {
    type Arguments = (Resource<OutgoingRequest>, Option<Resource<RequestOptions>>);
    linker.instance("wasi:http/outgoing-handler@0.2.12")?.func_wrap(
        "handle",
        |mut store: StoreContextMut<'_, Ctx>, (request, options): Arguments| {
            let mut http = store.data_mut().http();
            let used = options
                .as_ref()
                .map(|options| Resource::<RequestOptions>::new_own(options.rep()));
            let response = match http.handle(request, options) {
                Ok(future) => Ok(future),
                Err(error) => Err(error.downcast()?),
            };
            if let Some(options) = used.filter(|options| http.table.get(options).is_ok()) {
                http.table.delete(options)?;
            }
            Ok((response,))
        },
    )
}

/// Refuses methods with long names. A guest could hold as many bytes of the host by them as it has requests.
fn cap_methods(linker: &mut Linker<Ctx>) -> Result<()> {
    linker.instance("wasi:http/types@0.2.12")?.func_wrap(
        "[method]outgoing-request.set-method",
        |mut store: StoreContextMut<'_, Ctx>, (request, method): (Resource<OutgoingRequest>, Method)| {
            if matches!(&method, Method::Other(name) if name.len() > METHOD_LENGTH) {
                return Ok((Err(()),));
            }
            Ok((store.data_mut().http().set_method(request, method)?,))
        },
    )
}

/// Caps the bodies of requests that are not sent yet, as each has a buffer.
fn cap_request_bodies(linker: &mut Linker<Ctx>) -> Result<()> {
    linker.instance("wasi:http/types@0.2.12")?.func_wrap(
        "[method]outgoing-request.body",
        |mut store: StoreContextMut<'_, Ctx>, (request,): (Resource<OutgoingRequest>,)| {
            let ctx = store.data_mut();
            let limit = ctx.limits.requests;
            let requests = ctx.table.iter_mut();
            let requests = requests.filter_map(|entry| entry.downcast_ref::<OutgoingRequest>());
            if requests.filter(|request| request.body.is_some()).count() >= limit {
                return Err(LimitReached::RequestBodies(limit).into());
            }
            Ok((ctx.http().body(request)?,))
        },
    )
}
