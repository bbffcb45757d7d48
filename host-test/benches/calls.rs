//! Single calls: of the plugin, of the same core compiled natively, and of a bare HTTP client.

use criterion::{Criterion, criterion_group};
use host_test::bench::{Comparison, Side, WORKS};
use wechat_official_account_component as component;
use wechat_official_account_host::{Egress, EgressConfig, Host};

fn calls(criterion: &mut Criterion) {
    let host = Host::new(component::PATH, Egress::new(EgressConfig::default()).unwrap()).unwrap();
    for work in WORKS {
        for tls in [false, true] {
            let protocol = if tls { "TLS" } else { "plain HTTP" };
            let mut comparison = Comparison::new(&host, work, tls).unwrap();
            let mut group = criterion.benchmark_group(format!("{work}, {protocol}"));
            group.sample_size(20);
            for (side, name) in [
                (Side::Plugin, "plugin"),
                (Side::NativeCore, "native core"),
                (Side::RawClient, "bare HTTP"),
            ] {
                group.bench_function(name, |bencher| {
                    bencher.iter_custom(|calls| comparison.time(side, calls).unwrap());
                });
            }
        }
    }
}

criterion_group!(benches, calls);
