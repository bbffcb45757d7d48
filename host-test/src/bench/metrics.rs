//! The measurements in one run, with their budgets.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;
use wasmtime::{InstanceAllocationStrategy, Result};
use wechat_official_account_host::Host;
use wechat_official_account_host::Session;
use wechat_official_account_host::{Egress, EgressConfig};

use super::comparison::{Comparison, Side, Timings};
use super::concurrency::{ConcurrentSessions, idle_instances};
use super::server::Server;
use super::work::{WORKS, Work};

/// The time for each call with each protocol.
const CALL_TIME: Duration = Duration::from_millis(900);
/// The time for each number of concurrent sessions.
const CONCURRENT_TIME: Duration = Duration::from_millis(800);
const TOKEN_PATH: &str = "/cgi-bin/stable_token";
const MIB: usize = 1024 * 1024;
const KIB: f64 = 1024.0;

/// The times of one call.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// The call.
    pub work: Work,
    /// TLS, or else plain HTTP.
    pub tls: bool,
    /// The time of each side.
    pub timings: Timings,
}

impl Measurement {
    /// Returns the plugin's time divided by the native core's.
    #[must_use]
    pub fn to_native_core(&self) -> f64 {
        self.timings.plugin.as_secs_f64() / self.timings.native_core.as_secs_f64()
    }

    /// Returns the plugin's time divided by the raw client's.
    #[must_use]
    pub fn to_raw_client(&self) -> f64 {
        self.timings.plugin.as_secs_f64() / self.timings.raw_client.as_secs_f64()
    }
}

/// Any other measurement.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Its unit; empty for a ratio or a number.
    pub unit: &'static str,
    /// The largest value that it should have.
    pub budget: Option<f64>,
}

impl Metric {
    fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            budget: None,
        }
    }

    /// Returns whether it is within its budget, if it has one.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.budget.is_none_or(|budget| self.value <= budget)
    }

    fn at_most(self, budget: f64) -> Self {
        Self {
            budget: Some(budget),
            ..self
        }
    }
}

/// Measures every call with each protocol.
///
/// # Errors
/// If a call fails.
pub fn measurements(host: &Host) -> Result<Vec<Measurement>> {
    let mut measurements = Vec::new();
    for work in WORKS {
        for tls in [false, true] {
            let timings = Comparison::new(host, work, tls)?.measure(CALL_TIME)?;
            measurements.push(Measurement { work, tls, timings });
        }
    }
    Ok(measurements)
}

/// Returns the ratios that have a budget.
#[must_use]
pub fn ratios(measurements: &[Measurement]) -> Vec<Metric> {
    let mut metrics = Vec::new();
    for measurement in measurements {
        let protocol = if measurement.tls { "TLS" } else { "plain HTTP" };
        let name = |other| format!("{}, {protocol}: plugin ÷ {other}", measurement.work);
        let to_native_core = Metric::new(name("native core"), measurement.to_native_core(), "");
        match measurement.work {
            Work::Count => {
                metrics.push(Metric::new(name("bare HTTP"), measurement.to_raw_client(), "").at_most(2.2));
                metrics.push(to_native_core.at_most(1.8));
            }
            Work::Upload(length) if length == 10 * MIB => metrics.push(to_native_core.at_most(1.15)),
            _ => {}
        }
    }
    metrics
}

/// Measures size, instances and memory of the component in this file.
///
/// # Errors
/// If a call fails.
pub fn metrics(component: &Path) -> Result<Vec<Metric>> {
    let size = std::fs::metadata(component)?.len();
    let mut metrics = vec![Metric::new("component", size as f64 / 1000.0, "KB").at_most(450.0)];
    let nowhere = || Egress::new(EgressConfig::default());

    let started = Instant::now();
    let host = Host::new(component, nowhere()?)?;
    metrics.push(Metric::new("compile and link", milliseconds(started.elapsed()), "ms"));
    metrics.push(Metric::new(
        "load precompiled",
        milliseconds(load_precompiled(component)?),
        "ms",
    ));

    let (instantiate, with_drop) = instantiate(&host)?;
    metrics.push(Metric::new("instantiate, pooling", microseconds(instantiate), "µs").at_most(25.0));
    metrics.push(Metric::new(
        "instantiate and drop, pooling",
        microseconds(with_drop),
        "µs",
    ));
    // This comes first, before the process has memory that could be used again.
    if let Some(bytes) = idle_instances(&host, 1000)? {
        metrics.push(Metric::new("idle instance, of 1,000: resident", bytes as f64 / KIB, "KiB").at_most(256.0));
    }
    let mut config = Host::engine_config();
    config.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    let on_demand = Host::with_engine_config(component, nowhere()?, &config)?;
    let (instantiate, with_drop) = self::instantiate(&on_demand)?;
    metrics.push(Metric::new("instantiate, on demand", microseconds(instantiate), "µs"));
    metrics.push(Metric::new(
        "instantiate and drop, on demand",
        microseconds(with_drop),
        "µs",
    ));
    metrics.push(Metric::new(
        "fresh instance, open, first call",
        microseconds(first_call(&host)?),
        "µs",
    ));
    metrics.extend(linear_memory(&host)?);
    metrics.push(Metric::new("token requests in 10,000 calls", token_requests(&host)?, "").at_most(1.0));
    for threads in [1, 2] {
        for instances in [1, 10, 100] {
            let calls = ConcurrentSessions::start(&host, threads, instances)?.calls_per_second(CONCURRENT_TIME)?;
            let name = format!("{instances} instances on {threads} threads");
            metrics.push(Metric::new(name, calls, "calls/s"));
        }
    }
    Ok(metrics)
}

/// Returns the median time to make an instance, without and with its return to the pool.
///
/// # Errors
/// If the pool is used up.
fn instantiate(host: &Host) -> Result<(Duration, Duration)> {
    const TIMES: usize = 2000;
    let runtime = Builder::new_current_thread().build()?;
    let mut alone = Vec::with_capacity(TIMES);
    let mut with_drop = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let started = Instant::now();
        let instance = runtime.block_on(host.instantiate())?;
        alone.push(started.elapsed());
        drop(instance);
        with_drop.push(started.elapsed());
    }
    Ok((super::comparison::median(alone), super::comparison::median(with_drop)))
}

fn load_precompiled(component: &Path) -> Result<Duration> {
    let path = std::env::temp_dir().join(format!("wechat-official-account-{}.cwasm", std::process::id()));
    // A new file, never one that somebody else has made there.
    let mut file = File::options().write(true).create_new(true).open(&path)?;
    file.write_all(&Host::precompile(component)?)?;
    drop(file);
    let egress = Egress::new(EgressConfig::default())?;
    let started = Instant::now();
    // SAFETY: this process has just made it, and others may not write to it.
    #[allow(
        unsafe_code,
        reason = "this process has just made it, and others may not write to it"
    )]
    let host = unsafe { Host::from_precompiled(&path, egress) };
    let taken = started.elapsed();
    std::fs::remove_file(path)?;
    host.map(|_| taken)
}

/// Measures a call of a host that makes a fresh instance for each call and keeps the token itself.
fn first_call(host: &Host) -> Result<Duration> {
    const TIMES: usize = 500;
    let server = Server::start(false)?;
    let host = host.with_egress(server.egress()?);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let config = server.config_with_token(&host).await?;
        let mut taken = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let started = Instant::now();
            Session::open(&host, &config).await?.count_drafts().await?;
            taken.push(started.elapsed());
        }
        Ok(super::comparison::median(taken))
    })
}

fn linear_memory(host: &Host) -> Result<[Metric; 4]> {
    // Before the call and after it, and the length of a reply like the one it had.
    let measure = |work| -> Result<[f64; 3]> {
        let mut comparison = Comparison::prepare(host, work, false)?;
        let before = comparison.plugin_memory();
        comparison.time(Side::Plugin, 1)?;
        Ok([before, comparison.plugin_memory(), comparison.reply_length()?].map(|bytes| bytes as f64))
    };
    let [idle, upload, _] = measure(Work::Upload(10 * MIB))?;
    let [_, list, reply] = measure(Work::ListWithContent(MIB))?;
    let [_, raw, its_reply] = measure(Work::ListWithRawLines(MIB))?;
    let above_file = (upload - (10 * MIB) as f64) / KIB;
    Ok([
        Metric::new("linear memory, idle", idle / KIB, "KiB"),
        Metric::new("10 MiB upload: linear memory above the file", above_file, "KiB").at_most(KIB),
        Metric::new("20 MB list: linear memory ÷ reply", list / reply, "").at_most(2.5),
        Metric::new("20 MB list, raw line feeds: linear memory ÷ reply", raw / its_reply, "").at_most(2.5),
    ])
}

fn token_requests(host: &Host) -> Result<f64> {
    let mut comparison = Comparison::prepare(host, Work::Count, false)?;
    // The other sides have asked for tokens of their own.
    let before = comparison.server().simulator().requests_to(TOKEN_PATH);
    comparison.time(Side::Plugin, 10_000)?;
    Ok((comparison.server().simulator().requests_to(TOKEN_PATH) - before) as f64)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Converts a duration, with decimals.
#[must_use]
pub fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
