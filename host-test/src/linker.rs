//! Exactly the imports of the plugin's world. What is not defined here can't be imported.
//!
//! Two of wasmtime's functions are done over. Their versions in the linker ([`Linker`]) have to be those that wasmtime has:
//! under another version they would stand beside its own instead of in their place, which `tests/` would notice.

use crate::host::State;
use wasmtime::component::{Linker, Resource};
use wasmtime::{Engine, Result, StoreContextMut};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksView};
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock;
use wasmtime_wasi_http::p2::bindings::http::outgoing_handler::Host as _;
use wasmtime_wasi_http::p2::bindings::http::types::{HostOutgoingRequest as _, OutgoingRequest, RequestOptions};
use wasmtime_wasi_http::{WasiHttpView, p2};

/// Defines the imports.
pub(crate) fn linker(engine: &Engine) -> Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_io::add_to_linker_async(&mut linker)?;
    monotonic_clock::add_to_linker::<State, WasiClocks>(&mut linker, State::clocks)?;
    p2::add_only_http_to_linker_async(&mut linker)?;
    linker.allow_shadowing(true);
    keep_paths_out_of_the_log(&mut linker)?;
    drop_options_after_use(&mut linker)?;
    linker.allow_shadowing(false);
    Ok(linker)
}

/// wasmtime writes the arguments of WASI functions to the log at trace level. Those of this one are a path and a query with
/// the access token.
fn keep_paths_out_of_the_log(linker: &mut Linker<State>) -> Result<()> {
    linker.instance("wasi:http/types@0.2.12")?.func_wrap(
        "[method]outgoing-request.set-path-with-query",
        |mut store: StoreContextMut<'_, State>, (request, path): (Resource<OutgoingRequest>, Option<String>)| {
            Ok((store.data_mut().http().set_path_with_query(request, path)?,))
        },
    )
}

/// wasmtime keeps the options of every request for as long as the instance lives, and ends the instance after a million.
fn drop_options_after_use(linker: &mut Linker<State>) -> Result<()> {
    type Arguments = (Resource<OutgoingRequest>, Option<Resource<RequestOptions>>);
    linker.instance("wasi:http/outgoing-handler@0.2.12")?.func_wrap(
        "handle",
        |mut store: StoreContextMut<'_, State>, (request, options): Arguments| {
            let mut http = store.data_mut().http();
            let used = options
                .as_ref()
                .map(|options| Resource::<RequestOptions>::new_own(options.rep()));
            let answer = match http.handle(request, options) {
                Ok(future) => Ok(future),
                Err(error) => Err(error.downcast()?),
            };
            if let Some(options) = used.filter(|options| http.table.get(options).is_ok()) {
                http.table.delete(options)?;
            }
            Ok((answer,))
        },
    )
}
