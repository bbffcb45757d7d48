//! Signals that stop the program: it tells what was done before it ends.
//!
//! They are caught from the moment at which a server may be asked. Until then nothing was done, and the system ends
//! the program as usual, even while it waits for stdin or for the reader of a pipe.

use std::future::{self, Future};
use std::process;
use std::time::Duration;

use tokio::sync::watch;

use crate::error::{self, Result};
use crate::journal::Journal;
use crate::output::Output;

/// How long the reply to an operation is awaited after a signal that must not be done twice: longer than WeChat takes
/// for most, and shorter than the 10 s that supervisors give a program.
const GRACE: Duration = Duration::from_secs(5);
/// How long the last words may take, should stdout not be read.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A signal that ends programs.
#[derive(Clone, Copy)]
pub struct Signal {
    name: &'static str,
    number: u8,
}

/// The signals that came.
#[derive(Clone)]
pub struct Stop(watch::Sender<Came>);

#[derive(Clone, Copy, Default)]
struct Came {
    signal: Option<Signal>,
    /// Whether nothing more is awaited: there was a second one, or the time is over.
    at_once: bool,
}

impl Stop {
    pub fn new() -> Self {
        Self(watch::Sender::default())
    }

    /// Catches the signals from now on, within a runtime of several threads.
    pub fn listen(&self) {
        let stop = self.0.clone();
        // A second connection of the same command has nothing to add.
        let mut signals = signals::Signals::new();
        tokio::spawn(async move {
            let signal = signals.recv().await;
            stop.send_modify(|came| came.signal = Some(signal));
            tokio::select! {
                _ = signals.recv() => {}
                () = tokio::time::sleep(GRACE) => {}
            }
            stop.send_modify(|came| came.at_once = true);
            tokio::time::sleep(LAST_WORDS).await;
            process::exit(signal.exit_code().into());
        });
    }

    /// Runs a command. If a signal stops it, prints what was done, and fails with the signal's exit code.
    pub async fn or_done(
        &self,
        output: Output,
        journal: &Journal,
        command: impl Future<Output = Result<()>>,
    ) -> Result<()> {
        let signal = tokio::select! {
            biased;
            outcome = command => return outcome,
            signal = self.came(journal) => signal,
        };
        let mut message = format!("stopped by {}", signal.name);
        let running = journal.running();
        if let Some(running) = running {
            message = format!("{message}: {}, as the reply was not there yet", running.what);
        }
        let advice = running.map(|running| running.advice.to_owned());
        let stopped = Err(error::interrupted(message, advice, signal.exit_code()));
        match journal.done() {
            Some(done) => output.print_done(&done.json, done.text, stopped),
            None => stopped,
        }
    }

    /// Waits for a signal, and then for the reply to an operation that must not be done twice.
    async fn came(&self, journal: &Journal) -> Signal {
        let mut came = self.0.subscribe();
        let signal = came.wait_for(|came| came.signal.is_some()).await;
        let Some(signal) = signal.ok().and_then(|came| came.signal) else {
            return future::pending().await;
        };
        tokio::select! {
            () = journal.idle() => {}
            _ = came.wait_for(|came| came.at_once) => {}
        }
        signal
    }
}

impl Signal {
    /// Returns 128 and the number, as shells do for a program that a signal ended.
    fn exit_code(self) -> u8 {
        128 + self.number
    }
}

#[cfg(unix)]
mod signals {
    use std::fs;

    use tokio::signal::unix::{self, SignalKind};

    use super::{Signal, future};

    const CAUGHT: [(Signal, fn() -> SignalKind); 3] = [
        (
            Signal {
                name: "SIGHUP",
                number: 1,
            },
            SignalKind::hangup,
        ),
        (
            Signal {
                name: "SIGINT",
                number: 2,
            },
            SignalKind::interrupt,
        ),
        (
            Signal {
                name: "SIGTERM",
                number: 15,
            },
            SignalKind::terminate,
        ),
    ];

    /// One listener for each signal that is not ignored already, as by `nohup`.
    pub struct Signals(Vec<(Signal, unix::Signal)>);

    impl Signals {
        pub fn new() -> Self {
            let ignored = ignored();
            let caught = CAUGHT
                .into_iter()
                .filter(|(signal, _)| ignored >> (signal.number - 1) & 1 == 0)
                .filter_map(|(signal, kind)| Some((signal, unix::signal(kind()).ok()?)));
            Self(caught.collect())
        }

        pub async fn recv(&mut self) -> Signal {
            future::poll_fn(|context| {
                for (signal, listener) in &mut self.0 {
                    if listener.poll_recv(context).is_ready() {
                        return std::task::Poll::Ready(*signal);
                    }
                }
                std::task::Poll::Pending
            })
            .await
        }
    }

    /// Returns the set of ignored signals, as Linux tells it (proc(5), `SigIgn`).
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .unwrap_or_default()
    }
}

#[cfg(not(unix))]
mod signals {
    use super::{Signal, future};

    pub struct Signals;

    impl Signals {
        pub fn new() -> Self {
            Self
        }

        pub async fn recv(&mut self) -> Signal {
            match tokio::signal::ctrl_c().await {
                Ok(()) => Signal {
                    name: "Ctrl-C",
                    number: 2,
                },
                Err(_) => future::pending().await,
            }
        }
    }
}
