//! The time that a guest computes: it lets other tasks run, and has an end.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use wasmtime::{Engine, Store, UpdateDeadline};

use crate::limits::LimitReached;

/// The longest that a guest computes before other tasks get their turn. No call of the component computes for as long,
/// except over megabytes of JSON or HTML. A shorter tick would only wake the machine up more often.
const TICK: Duration = Duration::from_millis(10);

/// Measures the time that the calls of one instance compute, each by itself. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<State>);

#[derive(Debug)]
struct State {
    limit: Duration,
    made: Instant,
    /// Nanoseconds that the present call has computed, up to its last pause.
    spent: AtomicU64,
    /// The time since `made` at which it went on, in nanoseconds; 0 if no measured call is computing.
    resumed: AtomicU64,
}

impl Clock {
    pub(crate) fn new(limit: Duration) -> Self {
        Self(Arc::new(State {
            limit,
            made: Instant::now(),
            spent: AtomicU64::new(0),
            resumed: AtomicU64::new(0),
        }))
    }

    /// Makes a call and measures it. The time between its polls belongs to others.
    pub(crate) async fn measure<F: Future>(&self, call: F) -> F::Output {
        let state = &*self.0;
        state.spent.store(0, Ordering::Relaxed);
        let mut call = pin!(call);
        poll_fn(|context| {
            state.resumed.store(state.now(), Ordering::Relaxed);
            let polled = call.as_mut().poll(context);
            let resumed = state.resumed.swap(0, Ordering::Relaxed);
            state
                .spent
                .fetch_add(state.now().saturating_sub(resumed), Ordering::Relaxed);
            polled
        })
        .await
    }

    /// Fails if the present call has computed for too long. A call that is not measured is charged a tick.
    fn tick(&self) -> Result<(), LimitReached> {
        let state = &*self.0;
        let running = match state.resumed.load(Ordering::Relaxed) {
            0 => {
                state.spent.fetch_add(nanoseconds(TICK), Ordering::Relaxed);
                0
            }
            resumed => state.now().saturating_sub(resumed),
        };
        let spent = state.spent.load(Ordering::Relaxed).saturating_add(running);
        if spent > nanoseconds(state.limit) {
            return Err(LimitReached::Computing(state.limit));
        }
        Ok(())
    }
}

impl State {
    /// Returns the nanoseconds since the clock was made, and never 0.
    fn now(&self) -> u64 {
        nanoseconds(self.made.elapsed()).max(1)
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// Advances the engine's epoch for as long as the engine lives.
///
/// # Errors
/// If the system has no thread to spare.
pub(crate) fn start_epoch_ticker(engine: &Engine) -> io::Result<()> {
    let engine = engine.weak();
    let ticker = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    };
    thread::Builder::new().name("epoch".to_owned()).spawn(ticker)?;
    Ok(())
}

/// Makes a guest that computes for longer than a tick yield to other tasks, and end when its time is over.
pub(crate) fn limit<T>(store: &mut Store<T>, clock: &Clock) {
    let clock = clock.clone();
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        clock.tick()?;
        Ok(UpdateDeadline::Yield(1))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn waiting_is_not_computing() {
        let clock = Clock::new(Duration::from_millis(50));
        clock
            .measure(async {
                for _ in 0..10 {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    clock.tick().unwrap();
                }
            })
            .await;
    }

    #[tokio::test]
    async fn each_call_has_its_own_time() {
        // Ten times what a call takes: the machine may be busy.
        let limit = Duration::from_millis(400);
        let clock = Clock::new(limit);
        let work = || {
            clock.measure(async {
                thread::sleep(Duration::from_millis(40));
                clock.tick()
            })
        };
        assert_eq!((work().await, work().await), (Ok(()), Ok(())));
        let long = clock.measure(async {
            for _ in 0..11 {
                thread::sleep(Duration::from_millis(40));
                tokio::task::yield_now().await;
            }
            clock.tick()
        });
        assert_eq!(long.await, Err(LimitReached::Computing(limit)));
    }

    #[test]
    fn a_call_that_is_not_measured_is_charged_by_the_tick() {
        let clock = Clock::new(Duration::from_millis(50));
        let ticks = (0..100).take_while(|_| clock.tick().is_ok()).count();
        assert_eq!(ticks, 5);
    }
}
