//! What a command has done so far, and what it is about to do, should a signal stop it.

use std::future::{self, Future};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;

use crate::output::Output;
use crate::stop::Stop;

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
pub struct Done {
    pub json: Value,
    /// The same for people. Empty if they have seen it.
    pub text: String,
    /// The form of the command's output, and the stream that it goes to.
    pub output: Output,
}

/// An operation of which nobody knows whether WeChat carries it out, until its reply is there.
#[derive(Clone, Copy)]
pub struct Running {
    /// What may have happened: the beginning of a sentence.
    pub what: &'static str,
    /// How to find out.
    pub advice: &'static str,
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

    /// Runs an operation that must not be done twice. After a signal it is not started, and this never returns: the
    /// command ends in [`Stop::or_done`].
    pub async fn during<T>(&self, running: Running, work: impl Future<Output = T>) -> T {
        if self.0.stop.is_requested() {
            return future::pending().await;
        }
        self.0.running.send_replace(Some(running));
        let answer = work.await;
        self.0.running.send_replace(None);
        answer
    }

    /// Notes what was done until now, in place of earlier notes.
    pub fn note(&self, output: Output, json: Value, text: String) {
        *self.lock() = Some(Done { json, text, output });
    }

    pub fn done(&self) -> Option<Done> {
        self.lock().clone()
    }

    /// Returns the operation that runs now.
    pub fn running(&self) -> Option<Running> {
        *self.0.running.borrow()
    }

    /// Waits until no operation runs.
    pub async fn idle(&self) {
        // The sender lives as long as `self`.
        let _ = self.0.running.subscribe().wait_for(Option::is_none).await;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Done>> {
        self.0.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
