//! The promise: a guest that tries gets no more of the host than its limits, and takes no other instance with it.
//!
//! `hostile_guest.wat` has the attempts, one function each.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Empty};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use wasmtime::component::{Component, InstancePre};
use wasmtime_wasi_http::{Error, WasiHttpHooks};

use crate::computing::{self, Clock};
use crate::ctx::Ctx;
use crate::egress::{Egress, EgressConfig};
use crate::gate::Gate;
use crate::host::store;
use crate::limits::{LimitReached, Limits, MEMORY};
use crate::linker::linker;
use crate::origin::Origin;
use crate::pool;

/// What the host may grow by during an attempt. The attempts that are reported took gigabytes.
const ALLOWED: usize = 64 * 1024 * 1024;

/// Held during an attempt: the memory that is measured is that of the whole process.
static ALONE: Mutex<()> = Mutex::const_new(());

/// The guest in an engine for a few instances.
struct Guest {
    component: InstancePre<Ctx>,
    limits: Limits,
}

impl Guest {
    fn new(limits: Limits) -> Self {
        let engine = pool::engine(&pool::engine_config(4)).unwrap();
        computing::start_epoch_ticker(&engine).unwrap();
        let binary = wat::parse_str(include_str!("hostile_guest.wat")).unwrap();
        let component = Component::new(&engine, binary).unwrap();
        let component = linker(&engine).unwrap().instantiate_pre(&component).unwrap();
        Self { component, limits }
    }

    /// Calls a function in an instance of its own.
    async fn call(&self, function: &str) -> wasmtime::Result<u32> {
        let clock = Clock::new(self.limits.computing);
        let egress = Egress::new(EgressConfig::default()).unwrap();
        let mut store = store(self.component.engine(), &egress, &self.limits, &clock);
        let instance = self.component.instantiate_async(&mut store).await?;
        let function = instance.get_typed_func::<(), (u32,)>(&mut store, function)?;
        let (result,) = clock.measure(function.call_async(&mut store, ())).await?;
        Ok(result)
    }

    /// Makes an attempt beside a call that has to go on working, and returns its outcome. The host must not grow.
    async fn attempt(&self, function: &str) -> wasmtime::Result<u32> {
        assert_eq!(self.call("idle").await.unwrap(), 7);
        let _alone = ALONE.lock().await;
        let before = resident();
        let (outcome, beside) = tokio::join!(self.call(function), self.call("idle"));
        let grown = resident().saturating_sub(before);
        assert!(grown < ALLOWED, "{function}: {grown} bytes");
        assert_eq!(beside.unwrap(), 7);
        assert_eq!(self.call("idle").await.unwrap(), 7);
        outcome
    }
}

/// Returns the bytes of memory that this process has, without what its guests have. (They have next to none here, but
/// for `grow-memory`, which touches no page.)
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0) * 4096
}

fn guest() -> Guest {
    Guest::new(Limits::default())
}

#[tokio::test]
async fn headers_are_limited_in_number() {
    let error = guest().attempt("hoard-headers").await.unwrap_err();
    assert!(
        format!("{error:#}").contains("resource table has no free keys"),
        "{error:#}"
    );
}

#[tokio::test]
async fn headers_are_limited_in_size() {
    let taken = guest().attempt("grow-header").await;
    // An end of the instance is as good as a refusal.
    assert!(taken.as_ref().is_err() || *taken.as_ref().unwrap() <= 32, "{taken:?}");
}

#[tokio::test]
async fn long_methods_are_refused() {
    assert_eq!(guest().attempt("long-methods").await.unwrap(), 0);
}

#[tokio::test]
async fn bodies_that_are_not_sent_are_limited() {
    let error = guest().attempt("hoard-bodies").await.unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&LimitReached::RequestBodies(8)), "{error:#}");
}

#[tokio::test]
async fn handles_of_its_own_are_limited() {
    let error = guest().attempt("hoard-handles").await.unwrap_err();
    assert!(format!("{error:#}").contains("handle limit"), "{error:#}");
}

#[tokio::test]
async fn memory_and_tables_are_limited() {
    let pages = guest().attempt("grow-memory").await.unwrap();
    assert!(pages as usize <= MEMORY / 65_536 && pages > 2000, "{pages}");
    let entries = guest().attempt("grow-table").await.unwrap();
    assert!(entries <= 20_000, "{entries}");
}

#[tokio::test]
async fn a_guest_that_computes_without_end_is_ended() {
    let computing = Duration::from_millis(200);
    let guest = Guest::new(Limits {
        computing,
        ..Limits::default()
    });
    let begin = Instant::now();
    let error = guest.attempt("compute").await.unwrap_err();
    assert_eq!(
        error.downcast_ref(),
        Some(&LimitReached::Computing(computing)),
        "{error:#}"
    );
    assert!(begin.elapsed() >= computing);
}

/// A server that takes every connection and answers none.
#[tokio::test]
async fn requests_under_way_are_limited() {
    let _alone = ALONE.lock().await;
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = server.local_addr().unwrap();
    let accepting = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok(Ok((connection, _))) = tokio::time::timeout(Duration::from_millis(500), server.accept()).await {
            open.push(connection);
        }
        open.len()
    });
    let egress = EgressConfig {
        allowed: vec![Origin::parse(&format!("http://{address}")).unwrap()],
        ..EgressConfig::default()
    };
    let mut gate = Gate::new(Egress::new(egress).unwrap(), &Limits::default());
    let mut under_way = Vec::new();
    for _ in 0..5000 {
        let body = Empty::<Bytes>::new().map_err(|never| match never {}).boxed_unsync();
        let request = Request::get(format!("http://{address}/")).body(body).unwrap();
        let exchange = gate.send_request(request, None, Box::new(async { Ok(()) }));
        under_way.push(tokio::spawn(Box::into_pin(exchange)));
    }
    assert_eq!(accepting.await.unwrap(), 8);
    for request in &under_way {
        request.abort();
    }
    let mut refused = 0;
    for request in under_way {
        refused += u32::from(matches!(request.await, Ok(Err(Error::ConnectionLimitReached))));
    }
    assert_eq!(refused, 5000 - 8);

    // Those that were given up make room.
    let body = Empty::<Bytes>::new().map_err(|never| match never {}).boxed_unsync();
    let request = Request::get(format!("http://{address}/")).body(body).unwrap();
    let exchange = gate.send_request(request, None, Box::new(async { Ok(()) }));
    let outcome = tokio::time::timeout(Duration::from_millis(200), Box::into_pin(exchange)).await;
    assert!(!matches!(outcome, Ok(Err(Error::ConnectionLimitReached))));
}
