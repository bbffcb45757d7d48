//! Many instances at the same time.

use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use wasmtime::Result;
use wechat_official_account_host::Host;
use wechat_official_account_host::Session;

use super::process::resident_bytes;
use super::server::Server;

/// Open accounts, each in an instance of its own, and the threads that run them.
pub struct ConcurrentSessions {
    sessions: Vec<Session>,
    runtime: Runtime,
    _server: Server,
}

impl ConcurrentSessions {
    /// Opens that many, over one egress. Each makes a call.
    ///
    /// # Errors
    /// If the pool or the system is used up, or a call fails.
    pub fn start(host: &Host, threads: usize, instances: usize) -> Result<Self> {
        let server = Server::start(false)?;
        let host = host.with_egress(server.egress()?);
        let runtime = Builder::new_multi_thread()
            .worker_threads(threads)
            .enable_all()
            .build()?;
        let sessions = runtime.block_on(async {
            let config = server.config_with_token(&host).await?;
            let mut sessions = Vec::with_capacity(instances);
            for _ in 0..instances {
                let mut session = Session::open(&host, &config).await?;
                session.count_drafts().await?;
                sessions.push(session);
            }
            wasmtime::error::Ok(sessions)
        })?;
        Ok(Self {
            sessions,
            runtime,
            _server: server,
        })
    }

    /// Returns the small calls per second of all instances together, measured for this long.
    ///
    /// # Errors
    /// If a call fails.
    pub fn calls_per_second(&mut self, time: Duration) -> Result<f64> {
        let started = Instant::now();
        let sessions = std::mem::take(&mut self.sessions);
        let tasks = sessions.into_iter().map(|mut session| {
            self.runtime.spawn(async move {
                let mut calls = 0_u32;
                while started.elapsed() < time {
                    session.count_drafts().await?;
                    calls += 1;
                }
                wasmtime::error::Ok((session, calls))
            })
        });
        let tasks: Vec<_> = tasks.collect();
        let mut calls = 0;
        for task in tasks {
            let (session, its) = self.runtime.block_on(task)??;
            calls += its;
            self.sessions.push(session);
        }
        Ok(f64::from(calls) / started.elapsed().as_secs_f64())
    }
}

/// Returns the resident bytes of each of that many idle instances, the host's part included; `None` if the system does
/// not report them.
///
/// # Errors
/// If the pool or the system is used up, or a call fails.
pub fn idle_instances(host: &Host, instances: usize) -> Result<Option<u64>> {
    // The first run touches everything that all share, such as the compiled code.
    drop(ConcurrentSessions::start(host, 1, 1)?);
    let before = resident_bytes();
    let concurrency = ConcurrentSessions::start(host, 1, instances)?;
    let after = resident_bytes();
    drop(concurrency);
    Ok(before
        .zip(after)
        .map(|(before, after)| after.saturating_sub(before) / instances as u64))
}
