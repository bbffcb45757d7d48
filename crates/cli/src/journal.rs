//! What a command has done so far, and what it is about to do, should a signal stop it.

use std::future::{self, Future};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;

use crate::error::{self, Result};
use crate::output::Output;
use crate::stop::Stop;
pub use crate::texts::Running;
use crate::texts::messages;

/// Clones share their content.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    done: Mutex<Option<Done>>,
    running: watch::Sender<Option<Running>>,
    stop: Stop,
}

/// The document of what was done.
#[derive(Clone)]
struct Done {
    json: Value,
    /// The same for people. Empty if they have seen it.
    text: String,
    /// The form of the command's output, and the stream that it goes to.
    output: Output,
}

impl Journal {
    /// Makes the journal of a command that these signals stop.
    pub fn new(stop: Stop) -> Self {
        Self(Arc::new(Shared {
            done: Mutex::new(None),
            running: watch::Sender::new(None),
            stop,
        }))
    }

    /// Runs a command. If a signal stops it, prints what was done, and fails with the signal's exit code.
    pub async fn run(&self, command: impl Future<Output = Result<()>>) -> Result<()> {
        let signal = tokio::select! {
            biased;
            outcome = command => return outcome,
            signal = self.0.stop.received(self.idle()) => signal,
        };
        let texts = &messages().program;
        let running = *self.0.running.borrow();
        let message = match running {
            Some(running) => texts.stopped_during.with([&signal.name, &running.what]),
            None => texts.stopped.with([&signal.name]),
        };
        let advice = running.map(|running| running.advice.to_owned());
        let stopped = Err(error::interrupted(message, advice, signal.exit_code()));
        let done = self.lock().clone();
        match done {
            Some(done) => done.output.print_done(&done.json, done.text, stopped),
            None => stopped,
        }
    }

    /// Runs an operation that must not be done twice. After a signal it is not started, and this never returns: the
    /// command ends in [`Journal::run`].
    pub async fn during<T>(&self, running: Running, work: impl Future<Output = T>) -> T {
        self.end_if_stopped().await;
        self.0.running.send_replace(Some(running));
        let answer = work.await;
        self.0.running.send_replace(None);
        answer
    }

    /// Never returns after a signal: the command ends in [`Journal::run`].
    pub async fn end_if_stopped(&self) {
        if self.0.stop.is_requested() {
            future::pending().await
        }
    }

    /// Notes what was done until now, in place of earlier notes.
    pub fn note(&self, output: Output, json: Value, text: String) {
        *self.lock() = Some(Done { json, text, output });
    }

    /// Waits until no operation runs.
    async fn idle(&self) {
        // The sender lives as long as `self`.
        let _ = self.0.running.subscribe().wait_for(Option::is_none).await;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Done>> {
        self.0.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::signals::Signal;

    const RUNNING: Running = Running {
        what: "it may have been done",
        advice: "Look.",
    };

    #[tokio::test]
    async fn the_running_operation_ends_and_the_next_does_not_start() {
        let stop = Stop::new();
        let journal = Journal::new(stop.clone());
        let (first, second) = (AtomicBool::new(false), AtomicBool::new(false));
        let command = async {
            let upload = async {
                stop.receive(Signal::INTERRUPT);
                tokio::task::yield_now().await;
                first.store(true, Ordering::Relaxed);
            };
            journal.during(RUNNING, upload).await;
            journal
                .during(RUNNING, async { second.store(true, Ordering::Relaxed) })
                .await;
            Ok(())
        };
        let error = journal.run(command).await.unwrap_err();
        assert_eq!((error.exit_code, error.message.as_str()), (130, "stopped by SIGINT"));
        assert!(first.into_inner() && !second.into_inner());
    }

    #[tokio::test]
    async fn nothing_starts_after_a_signal() {
        let stop = Stop::new();
        let journal = Journal::new(stop.clone());
        stop.receive(Signal::INTERRUPT);
        let command = async {
            journal.during(RUNNING, async { unreachable!() }).await;
            Ok(())
        };
        assert_eq!(journal.run(command).await.unwrap_err().exit_code, 130);
    }
}
