//! Instances: making them, the code they are made of, and many at once.
#![allow(clippy::unwrap_used, reason = "a benchmark that can't run may panic")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use host_test::PLUGIN;
use host_test::bench::Fleet;
use host_test::egress::{Egress, EgressConfig};
use host_test::host::Host;
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Builder;
use wasmtime::InstanceAllocationStrategy;

fn egress() -> Egress {
    Egress::new(EgressConfig::default()).unwrap()
}

fn code(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("code");
    group.sample_size(10);
    group.bench_function("compile and link", |bencher| {
        bencher.iter_batched(
            egress,
            |egress| Host::new(PLUGIN, egress).unwrap(),
            BatchSize::PerIteration,
        );
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugin.cwasm");
    std::fs::write(&path, Host::precompile(PLUGIN).unwrap()).unwrap();
    group.bench_function("load precompiled", |bencher| {
        // SAFETY: it was written just now, into cargo's own folder.
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
        let host = Host::with_engine_config(PLUGIN, egress(), &config).unwrap();
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

/// The time of one small call out of all that are under way.
fn fleets(criterion: &mut Criterion) {
    let host = Host::new(PLUGIN, egress()).unwrap();
    let mut group = criterion.benchmark_group("small call, many instances");
    group.sample_size(10);
    for threads in [1, 2] {
        for instances in [1, 10, 100] {
            let mut fleet = Fleet::start(&host, threads, instances).unwrap();
            group.bench_function(format!("{instances} on {threads} threads"), |bencher| {
                bencher.iter_custom(|calls| {
                    let rate = fleet.calls_per_second(Duration::from_millis(300)).unwrap();
                    Duration::from_secs_f64(calls as f64 / rate)
                });
            });
        }
    }
}

criterion_group!(benches, code, instantiate, fleets);
criterion_main!(benches);
