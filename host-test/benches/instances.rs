//! Instances: their creation, their code, and many at the same time.

use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group};
use host_test::bench::ConcurrentSessions;
use tokio::runtime::Builder;
use wasmtime::InstanceAllocationStrategy;
use wechat_official_account_component as component;
use wechat_official_account_host::{Egress, EgressConfig, Host};

fn egress() -> Egress {
    Egress::new(EgressConfig::default()).unwrap()
}

fn code(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("code");
    group.sample_size(10);
    group.bench_function("compile and link", |bencher| {
        bencher.iter_batched(
            egress,
            |egress| Host::new(component::PATH, egress).unwrap(),
            BatchSize::PerIteration,
        );
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugin.cwasm");
    std::fs::write(&path, Host::precompile(component::PATH).unwrap()).unwrap();
    group.bench_function("load precompiled", |bencher| {
        // SAFETY: it was written just now, into cargo's own folder.
        #[allow(unsafe_code, reason = "it was written just now, into cargo's own folder")]
        let load = |egress| unsafe { Host::from_precompiled(&path, egress) }.unwrap();
        bencher.iter_batched(egress, load, BatchSize::PerIteration);
    });
}

fn instantiate(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread().build().unwrap();
    let mut on_demand = Host::engine_config();
    on_demand.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    let mut group = criterion.benchmark_group("instantiate, giving back not counted");
    for (name, config) in [("pooling", Host::engine_config()), ("on demand", on_demand)] {
        let host = Host::with_engine_config(component::PATH, egress(), &config).unwrap();
        group.bench_function(name, |bencher| {
            // One at a time, or the pool would be used up.
            bencher.iter_batched(
                || (),
                |()| runtime.block_on(host.instantiate()).unwrap(),
                BatchSize::PerIteration,
            );
        });
    }
}

/// The time of one small call among many.
fn concurrency(criterion: &mut Criterion) {
    let host = Host::new(component::PATH, egress()).unwrap();
    let mut group = criterion.benchmark_group("small call, many instances");
    group.sample_size(10);
    for threads in [1, 2] {
        for instances in [1, 10, 100] {
            let mut concurrency = ConcurrentSessions::start(&host, threads, instances).unwrap();
            group.bench_function(format!("{instances} on {threads} threads"), |bencher| {
                bencher.iter_custom(|calls| {
                    let rate = concurrency.calls_per_second(Duration::from_millis(300)).unwrap();
                    Duration::from_secs_f64(calls as f64 / rate)
                });
            });
        }
    }
}

criterion_group!(benches, code, instantiate, concurrency);
