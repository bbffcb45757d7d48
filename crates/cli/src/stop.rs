//! Signals that stop a command, and the time that it has after the first.
//!
//! They are caught from the moment at which a server may be asked. Until then nothing was done, and the system ends
//! the program as usual, even while it waits for stdin or for the reader of a pipe.

use std::future::{self, Future};
use std::process;
use std::time::Duration;

use tokio::sync::watch;

use crate::signals::{Signal, Signals};

/// How long the reply to an operation is awaited after a signal that must not be done twice: longer than WeChat takes
/// for most, and shorter than the 10 s that supervisors give a program.
const GRACE: Duration = Duration::from_secs(5);
/// How long the report of what was done may take, should stdout not be read.
const EXIT_GRACE: Duration = Duration::from_secs(2);

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
        let mut signals = Signals::new();
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

    /// Receives a signal that nobody sent.
    #[cfg(test)]
    pub fn receive(&self, signal: Signal) {
        self.0.send_modify(|received| received.signal = Some(signal));
    }

    /// Returns whether a signal was received, so that nothing that must not be done twice may start.
    pub fn is_requested(&self) -> bool {
        self.0.borrow().signal.is_some()
    }

    /// Waits for a signal.
    pub async fn requested(&self) {
        self.received(future::ready(())).await;
    }

    /// Waits for a signal, and then for `idle`: the reply to an operation that must not be done twice.
    pub async fn received(&self, idle: impl Future<Output = ()>) -> Signal {
        let mut received = self.0.subscribe();
        let signal = received.wait_for(|received| received.signal.is_some()).await;
        let Some(signal) = signal.ok().and_then(|received| received.signal) else {
            return future::pending().await;
        };
        tokio::select! {
            () = idle => {}
            _ = received.wait_for(|received| received.at_once) => {}
        }
        signal
    }
}
