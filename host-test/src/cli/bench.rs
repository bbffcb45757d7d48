//! Speed, size and memory, measured on a simulator.

use super::Context;
use super::failure::{self, Result};
use super::output::table;
use super::progress::spin;
use host_test::bench::{Figure, Race, figures, microseconds, races, ratios};
use host_test::egress::{Egress, EgressConfig};
use host_test::host::Host;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

pub async fn run(context: &Context) -> Result<()> {
    context.target.must_be_embedded("bench")?;
    if cfg!(debug_assertions) {
        return Err(failure::usage(
            "this build is not optimised, and its figures would mean nothing: cargo run --release -p host-test -- bench",
        ));
    }
    let plugin = context.target.plugin().to_owned();
    // It has threads of its own, so that nothing else runs on those that are measured.
    let measuring = tokio::task::spawn_blocking(move || measure(plugin));
    let measured = spin(context.output, "measuring, for a minute".to_owned(), measuring).await;
    let (races, figures) = measured
        .map_err(|error| failure::other(error.to_string()))?
        .map_err(|error| failure::other(format!("{error:#}")))?;
    let json = json!({
        "calls": races.iter().map(race).collect::<Vec<_>>(),
        "figures": figures.iter().map(figure).collect::<Vec<_>>(),
    });
    context.output.show(&json, people(&races, &figures))
}

fn measure(plugin: PathBuf) -> wasmtime::Result<(Vec<Race>, Vec<Figure>)> {
    let mut figures = figures(&plugin)?;
    let host = Host::new(plugin, Egress::new(EgressConfig::default())?)?;
    let races = races(&host)?;
    figures.extend(ratios(&races));
    Ok((races, figures))
}

fn race(race: &Race) -> Value {
    json!({
        "call": race.work.to_string(),
        "tls": race.tls,
        "plugin_microseconds": rounded(microseconds(race.lap.plugin)),
        "native_core_microseconds": rounded(microseconds(race.lap.native_core)),
        "bare_http_microseconds": rounded(microseconds(race.lap.bare_http)),
        "plugin_to_native_core": rounded(race.to_native_core()),
        "plugin_to_bare_http": rounded(race.to_bare_http()),
    })
}

fn figure(figure: &Figure) -> Value {
    json!({
        "name": figure.name,
        "value": rounded(figure.value),
        "unit": figure.unit,
        "budget": figure.budget,
        "kept": figure.is_kept(),
    })
}

fn people(races: &[Race], figures: &[Figure]) -> String {
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
        races.iter().map(|race| {
            [
                race.work.to_string(),
                if race.tls { "TLS" } else { "plain HTTP" }.to_owned(),
                time(race.lap.plugin),
                time(race.lap.native_core),
                time(race.lap.bare_http),
                format!("{:.2}", race.to_native_core()),
                format!("{:.2}", race.to_bare_http()),
            ]
        }),
    );
    let figures = table(
        ["figure", "value", "budget"],
        figures.iter().map(|figure| {
            let unit = figure.unit;
            let budget = match (figure.budget, figure.is_kept()) {
                (None, _) => String::new(),
                (Some(budget), true) => format!("≤ {budget} {unit}"),
                (Some(budget), false) => format!("≤ {budget} {unit}: missed"),
            };
            [figure.name.clone(), format!("{} {unit}", rounded(figure.value)), budget]
        }),
    );
    format!("{calls}\n\n{figures}")
}

fn time(time: Duration) -> String {
    match microseconds(time) {
        micros if micros < 1000.0 => format!("{micros:.1} µs"),
        micros => format!("{:.2} ms", micros / 1000.0),
    }
}

/// Two decimals; nobody can measure more.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
