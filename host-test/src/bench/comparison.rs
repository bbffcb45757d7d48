//! The three sides, ready to make the same calls.

use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use wasmtime::{Result, format_err};
use wechat_official_account::account::Account;
use wechat_official_account::bindings::types::Config as CoreConfig;
use wechat_official_account_host::Host;
use wechat_official_account_host::Session;

use super::native::Native;
use super::raw_client::{RawClient, Recorder};
use super::server::Server;
use super::work::{Task, Work};

/// The maker of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The component in wasmtime.
    Plugin,
    /// The same core, compiled natively.
    NativeCore,
    /// The HTTP client alone.
    RawClient,
}

impl Side {
    /// The sides, in the order of the tables.
    pub const ALL: [Self; 3] = [Self::Plugin, Self::NativeCore, Self::RawClient];
}

/// The time of one call, for each side.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// The component in wasmtime.
    pub plugin: Duration,
    /// The same core, compiled natively.
    pub native_core: Duration,
    /// The HTTP client alone.
    pub raw_client: Duration,
}

/// One call and the three sides, each with an open connection and a token.
pub struct Comparison {
    // Before the runtime that their connections live on.
    plugin: Session,
    native: Account<Native>,
    raw_client: RawClient,
    task: Task,
    /// A runtime of one thread: there is one caller, and moving its tasks to other threads would only be noise.
    runtime: Runtime,
    server: Server,
}

/// Calls of each side before the measurement: they open connections, get tokens and warm up the code.
const WARM_UP: u64 = 3;

impl Comparison {
    /// Prepares everything on a simulator of its own.
    ///
    /// # Errors
    /// If a side can't make the call.
    pub fn new(host: &Host, work: Work, tls: bool) -> Result<Self> {
        let mut comparison = Self::prepare(host, work, tls)?;
        for side in Side::ALL {
            comparison.time(side, WARM_UP)?;
        }
        Ok(comparison)
    }

    /// Prepares the same as [`Comparison::new`], with a plugin that has not called yet.
    ///
    /// # Errors
    /// If the native core can't make the call.
    pub fn prepare(host: &Host, work: Work, tls: bool) -> Result<Self> {
        let server = Server::start(tls)?;
        let task = Task::prepare(work, &server)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let host = host.with_egress(server.egress()?);
        let (plugin, native, raw_client) = runtime.block_on(async {
            let recording = account(&server, Recorder::new(Native::new(&server)?))?;
            task.by_core(&recording).await?;
            let exchange = recording.client.transport.last.take();
            let exchange = exchange.ok_or_else(|| format_err!("nothing was sent"))?;
            let plugin = Session::open(&host, &server.config()).await?;
            let native = account(&server, Native::new(&server)?)?;
            wasmtime::error::Ok((plugin, native, RawClient::new(&server, exchange)?))
        })?;
        task.tidy(&server)?;
        Ok(Self {
            plugin,
            native,
            raw_client,
            task,
            runtime,
            server,
        })
    }

    /// Measures the time of that many calls of a side, one after the other.
    ///
    /// # Errors
    /// If a call fails or its answer is wrong.
    pub fn time(&mut self, side: Side, calls: u64) -> Result<Duration> {
        let mut taken = Duration::ZERO;
        for _ in 0..calls {
            taken += self.runtime.block_on(async {
                let started = Instant::now();
                match side {
                    Side::Plugin => self.task.by_plugin(&mut self.plugin).await?,
                    Side::NativeCore => self.task.by_core(&self.native).await?,
                    Side::RawClient => {
                        self.raw_client.send().await?;
                    }
                }
                wasmtime::error::Ok(started.elapsed())
            })?;
            self.task.tidy(&self.server)?;
        }
        Ok(taken)
    }

    /// Runs the sides in turn, a few calls each, until the time is up. Returns the medians, which a hiccup of the
    /// machine does not move.
    ///
    /// # Errors
    /// If a call fails or its answer is wrong.
    pub fn measure(&mut self, time: Duration) -> Result<Timings> {
        /// Long enough to make the clock and the change of sides negligible.
        const TURN: Duration = Duration::from_millis(4);
        /// The fewest turns that make a useful median.
        const ROUNDS: usize = 5;
        let one = self.time(Side::Plugin, 1)?.max(Duration::from_micros(1));
        let calls = u32::try_from(TURN.as_micros() / one.as_micros()).unwrap_or(1).max(1);
        let mut taken: [Vec<Duration>; 3] = Default::default();
        let started = Instant::now();
        while started.elapsed() < time || taken.iter().any(|side| side.len() < ROUNDS) {
            for (side, taken) in Side::ALL.into_iter().zip(&mut taken) {
                taken.push(self.time(side, calls.into())? / calls);
            }
        }
        let [plugin, native_core, raw_client] = taken.map(median);
        Ok(Timings {
            plugin,
            native_core,
            raw_client,
        })
    }

    /// Returns the server of all sides.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Returns the bytes of the plugin's linear memory.
    #[must_use]
    pub fn plugin_memory(&self) -> usize {
        self.plugin.memory_bytes()
    }

    /// Returns the bytes of the reply to the raw client's request.
    ///
    /// # Errors
    /// If the request fails.
    pub fn reply_length(&self) -> Result<usize> {
        self.runtime.block_on(self.raw_client.send())
    }
}

fn account<T>(server: &Server, transport: T) -> Result<Account<T>>
where
    T: wechat_official_account::transport::Transport + wechat_official_account::transport::Clock,
{
    let config = server.config();
    let config = CoreConfig {
        app_id: config.app_id,
        app_secret: config.app_secret,
        api_base: config.api_base,
        timeouts: None,
        retry_pauses_milliseconds: config.retry_pauses_milliseconds,
        token: None,
        may_force_token: None,
        publish_poll_milliseconds: None,
        language: None,
    };
    Account::open(config, transport).map_err(|error| format_err!("{}", error.message))
}

pub(super) fn median(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len() / 2).copied().unwrap_or_default()
}
