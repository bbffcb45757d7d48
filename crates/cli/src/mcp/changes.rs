//! What a call has changed, and so if it may be given up.
//!
//! A client may cancel a call, and the program may be stopped. A call that has changed nothing is then given up at
//! once. A change that is under way is awaited, because nobody would know what became of it. After the change that the
//! tool is for, the call goes on to its end, as its result has the id of what was made.

use std::future::{self, Future};
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The changes of one call.
pub struct Changes {
    state: watch::Sender<State>,
    /// Set when a preparation begins.
    is_prepared: AtomicBool,
    /// The client cancels the call.
    cancelled: CancellationToken,
    /// The program ends.
    closing: CancellationToken,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing that counts has been changed.
    Nothing,
    /// A change is under way.
    UnderWay,
    /// The change that the tool is for was made, or failed.
    Over,
}

impl Changes {
    pub fn new(cancelled: CancellationToken, closing: CancellationToken) -> Self {
        Self {
            state: watch::Sender::new(State::Nothing),
            is_prepared: AtomicBool::new(false),
            cancelled,
            closing,
        }
    }

    /// Runs the change that the tool is for. If the call should be given up, it is not started, and this never returns:
    /// the call ends by [`Changes::given_up`].
    pub async fn make<T>(&self, change: impl Future<Output = T>) -> T {
        self.run(change, State::Over).await
    }

    /// Runs a change after which the call may still be given up: uploads, without which nobody misses a thing.
    pub async fn prepare<T>(&self, change: impl Future<Output = T>) -> T {
        let change = async {
            self.is_prepared.store(true, Ordering::Relaxed);
            change.await
        };
        self.run(change, State::Nothing).await
    }

    /// Returns whether uploads were begun by [`Changes::prepare`].
    pub fn is_prepared(&self) -> bool {
        self.is_prepared.load(Ordering::Relaxed)
    }

    async fn run<T>(&self, change: impl Future<Output = T>, after: State) -> T {
        if *self.state.borrow() == State::Nothing && self.is_unwanted() {
            return future::pending().await;
        }
        self.state.send_replace(State::UnderWay);
        let result = change.await;
        self.state.send_replace(after);
        result
    }

    fn is_unwanted(&self) -> bool {
        self.cancelled.is_cancelled() || self.closing.is_cancelled()
    }

    /// Waits until the call is unwanted and may be dropped, and tells why it is unwanted.
    pub async fn given_up(&self) -> &'static str {
        let reason = tokio::select! {
            () = self.cancelled.cancelled() => "the client cancelled the call",
            () = self.closing.cancelled() => "the server is being stopped",
        };
        // The sender lives as long as `self`.
        let _ = self.state.subscribe().wait_for(|state| *state == State::Nothing).await;
        reason
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::yield_now;

    use super::*;

    fn changes() -> (Changes, CancellationToken) {
        let cancelled = CancellationToken::new();
        (Changes::new(cancelled.clone(), CancellationToken::new()), cancelled)
    }

    #[tokio::test]
    async fn an_upload_under_way_ends_and_nothing_starts_after_it() {
        let (changes, cancelled) = changes();
        let uploaded = AtomicBool::new(false);
        let tool = async {
            let upload = async {
                cancelled.cancel();
                yield_now().await;
                uploaded.store(true, Ordering::Relaxed);
            };
            changes.prepare(upload).await;
            changes.make(async { unreachable!() }).await
        };
        tokio::select! {
            biased;
            reason = changes.given_up() => assert_eq!(reason, "the client cancelled the call"),
            () = tool => unreachable!(),
        }
        assert!(uploaded.into_inner() && changes.is_prepared());
    }

    #[tokio::test]
    async fn a_call_that_has_changed_something_goes_on_to_its_end() {
        let (changes, cancelled) = changes();
        let tool = async {
            changes.make(async { cancelled.cancel() }).await;
            yield_now().await;
        };
        tokio::select! {
            biased;
            _ = changes.given_up() => unreachable!(),
            () = tool => {}
        }
    }

    #[tokio::test]
    async fn a_call_that_only_reads_is_given_up_at_once() {
        let (changes, cancelled) = changes();
        cancelled.cancel();
        tokio::select! {
            biased;
            _ = changes.given_up() => {}
            () = future::pending() => unreachable!(),
        }
        assert!(!changes.is_prepared());
    }
}
