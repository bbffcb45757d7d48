//! The benchmarks' report.

use std::error::Error;
use std::time::Duration;

use host_test::bench::{Measurement, Metric, measurements, metrics, microseconds, ratios};
use serde_json::{Value, json};
use wechat_official_account_component as component;
use wechat_official_account_host::{Egress, EgressConfig, Host};

use crate::output::{complain, line, table};

/// Measures everything, and prints the tables.
///
/// # Errors
/// If this build is not optimised, or a call fails.
pub fn run(json: bool) -> Result<(), Box<dyn Error>> {
    if cfg!(debug_assertions) {
        return Err(
            "this build is not optimised, and its figures would mean nothing: cargo run --release -p host-test -- bench"
                .into(),
        );
    }
    complain("measuring, for a minute");
    let (calls, metrics) = measure().map_err(|error| format!("{error:#}"))?;
    let text = if json {
        let json = json!({
            "calls": calls.iter().map(measurement).collect::<Vec<_>>(),
            "figures": metrics.iter().map(metric).collect::<Vec<_>>(),
        });
        format!("{json:#}")
    } else {
        people(&calls, &metrics)
    };
    Ok(line(&text)?)
}

fn measure() -> wasmtime::Result<(Vec<Measurement>, Vec<Metric>)> {
    let mut metrics = metrics(component::PATH.as_ref())?;
    let host = Host::new(component::PATH, Egress::new(EgressConfig::default())?)?;
    let calls = measurements(&host)?;
    metrics.extend(ratios(&calls));
    Ok((calls, metrics))
}

fn measurement(measurement: &Measurement) -> Value {
    json!({
        "call": measurement.work.to_string(),
        "tls": measurement.tls,
        "plugin_microseconds": rounded(microseconds(measurement.timings.plugin)),
        "native_core_microseconds": rounded(microseconds(measurement.timings.native_core)),
        "bare_http_microseconds": rounded(microseconds(measurement.timings.raw_client)),
        "plugin_to_native_core": rounded(measurement.to_native_core()),
        "plugin_to_bare_http": rounded(measurement.to_raw_client()),
    })
}

fn metric(metric: &Metric) -> Value {
    json!({
        "name": metric.name,
        "value": rounded(metric.value),
        "unit": metric.unit,
        "budget": metric.budget,
        "kept": metric.is_kept(),
    })
}

fn people(measurements: &[Measurement], metrics: &[Metric]) -> String {
    let calls = table(
        [
            "call",
            "over",
            "plugin",
            "native core",
            "bare HTTP",
            "÷ native core",
            "÷ bare HTTP",
        ],
        measurements.iter().map(|measurement| {
            [
                measurement.work.to_string(),
                if measurement.tls { "TLS" } else { "plain HTTP" }.to_owned(),
                time(measurement.timings.plugin),
                time(measurement.timings.native_core),
                time(measurement.timings.raw_client),
                format!("{:.2}", measurement.to_native_core()),
                format!("{:.2}", measurement.to_raw_client()),
            ]
        }),
    );
    let metrics = table(
        ["figure", "value", "budget"],
        metrics.iter().map(|metric| {
            let unit = metric.unit;
            let budget = match (metric.budget, metric.is_kept()) {
                (None, _) => String::new(),
                (Some(budget), true) => format!("≤ {budget} {unit}"),
                (Some(budget), false) => format!("≤ {budget} {unit}: missed"),
            };
            [metric.name.clone(), format!("{} {unit}", rounded(metric.value)), budget]
        }),
    );
    format!("{calls}\n\n{metrics}")
}

fn time(time: Duration) -> String {
    match microseconds(time) {
        micros if micros < 1000.0 => format!("{micros:.1} µs"),
        micros => format!("{:.2} ms", micros / 1000.0),
    }
}

/// Formats a number with two decimals; nobody can measure more.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
