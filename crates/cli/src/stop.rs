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

/// How long the reply to an operation is awaited after a signal that must not be done twice: longer than WeChat takes
/// for most, and shorter than the 10 s that supervisors give a program.
const GRACE: Duration = Duration::from_secs(5);
/// How long the report of what was done may take, should stdout not be read.
const EXIT_GRACE: Duration = Duration::from_secs(2);

/// A signal that ends programs.
#[derive(Clone, Copy)]
pub struct Signal {
    name: &'static str,
    number: u8,
}

/// The signals that were received.
#[derive(Clone)]
pub struct Stop(watch::Sender<Received>);

#[derive(Clone, Copy, Default)]
struct Received {
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
        let mut signals = signals::Signals::new();
        tokio::spawn(async move {
            let signal = signals.recv().await;
            stop.send_modify(|received| received.signal = Some(signal));
            tokio::select! {
                _ = signals.recv() => {}
                () = tokio::time::sleep(GRACE) => {}
            }
            stop.send_modify(|received| received.at_once = true);
            tokio::time::sleep(EXIT_GRACE).await;
            process::exit(signal.exit_code().into());
        });
    }

    /// Returns whether a signal was received, so that nothing that must not be done twice may start.
    pub fn is_requested(&self) -> bool {
        self.0.borrow().signal.is_some()
    }

    /// Runs a command. If a signal stops it, prints what was done, and fails with the signal's exit code.
    pub async fn or_done(&self, journal: &Journal, command: impl Future<Output = Result<()>>) -> Result<()> {
        let signal = tokio::select! {
            biased;
            outcome = command => return outcome,
            signal = self.received(journal) => signal,
        };
        let mut message = format!("stopped by {}", signal.name);
        let running = journal.running();
        if let Some(running) = running {
            message = format!("{message}: {}, as the reply was not there yet", running.what);
        }
        let advice = running.map(|running| running.advice.to_owned());
        let stopped = Err(error::interrupted(message, advice, signal.exit_code()));
        match journal.done() {
            Some(done) => done.output.print_done(&done.json, done.text, stopped),
            None => stopped,
        }
    }

    /// Waits for a signal, and then for the reply to an operation that must not be done twice.
    async fn received(&self, journal: &Journal) -> Signal {
        let mut received = self.0.subscribe();
        let signal = received.wait_for(|received| received.signal.is_some()).await;
        let Some(signal) = signal.ok().and_then(|received| received.signal) else {
            return future::pending().await;
        };
        tokio::select! {
            () = journal.idle() => {}
            _ = received.wait_for(|received| received.at_once) => {}
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::journal::Running;

    const RUNNING: Running = Running {
        what: "it may have been done",
        advice: "Look.",
    };

    fn receive(stop: &Stop) {
        let signal = Signal {
            name: "SIGINT",
            number: 2,
        };
        stop.0.send_modify(|received| received.signal = Some(signal));
    }

    #[tokio::test]
    async fn the_running_operation_ends_and_the_next_does_not_start() {
        let stop = Stop::new();
        let journal = Journal::new(stop.clone());
        let (first, second) = (AtomicBool::new(false), AtomicBool::new(false));
        let command = async {
            let upload = async {
                receive(&stop);
                tokio::task::yield_now().await;
                first.store(true, Ordering::Relaxed);
            };
            journal.during(RUNNING, upload).await;
            journal
                .during(RUNNING, async { second.store(true, Ordering::Relaxed) })
                .await;
            Ok(())
        };
        let error = stop.or_done(&journal, command).await.unwrap_err();
        assert_eq!((error.exit_code, error.message.as_str()), (130, "stopped by SIGINT"));
        assert!(first.into_inner() && !second.into_inner());
    }

    #[tokio::test]
    async fn nothing_starts_after_a_signal() {
        let stop = Stop::new();
        let journal = Journal::new(stop.clone());
        receive(&stop);
        let command = async {
            journal.during(RUNNING, async { unreachable!() }).await;
            Ok(())
        };
        assert_eq!(stop.or_done(&journal, command).await.unwrap_err().exit_code, 130);
    }
}
