//! One call after the other: the plugin, the same core compiled natively, and a bare HTTP client.
#![allow(clippy::unwrap_used, reason = "a benchmark that can't run may panic")]

use criterion::{Criterion, criterion_group, criterion_main};
use host_test::PLUGIN;
use host_test::bench::{Rivals, Side, WORKS};
use host_test::egress::{Egress, EgressConfig};
use host_test::host::Host;

fn calls(criterion: &mut Criterion) {
    let host = Host::new(PLUGIN, Egress::new(EgressConfig::default()).unwrap()).unwrap();
    for work in WORKS {
        for tls in [false, true] {
            let protocol = if tls { "TLS" } else { "plain HTTP" };
            let mut rivals = Rivals::new(&host, work, tls).unwrap();
            let mut group = criterion.benchmark_group(format!("{work}, {protocol}"));
            group.sample_size(20);
            for (side, name) in [
                (Side::Plugin, "plugin"),
                (Side::NativeCore, "native core"),
                (Side::BareHttp, "bare HTTP"),
            ] {
                group.bench_function(name, |bencher| {
                    bencher.iter_custom(|calls| rivals.time(side, calls).unwrap());
                });
            }
        }
    }
}

criterion_group!(benches, calls);
criterion_main!(benches);
