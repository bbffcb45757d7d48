//! The progress of a call, for clients that asked for it.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::RequestContext;
use rmcp::{Peer, RoleServer};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::uploads::Uploads;

/// The time between two looks at the uploads: often enough for people who watch.
const UPLOADS: Duration = Duration::from_millis(200);
/// The time between two signs of a wait. Clients that count progress as life give up after 30 seconds at the earliest.
const WAIT: Duration = Duration::from_secs(5);

/// Where the progress of a call is told.
pub struct Progress(Option<(Peer<RoleServer>, ProgressToken)>);

impl Progress {
    pub fn new(context: &RequestContext<RoleServer>) -> Self {
        let token = context.meta.get_progress_token();
        Self(token.map(|token| (context.peer.clone(), token)))
    }

    /// Tells how many pictures were uploaded during `work`, of at most this number: equal ones are sent once.
    pub async fn of_uploads<T>(&self, uploads: &Uploads, most: usize, work: impl Future<Output = T>) -> T {
        let before = uploads.answered();
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let done = || uploads.answered().saturating_sub(before).min(most);
        self.during(UPLOADS, done, most, "pictures", work).await
    }

    /// Tells how many seconds have passed during `work`, of at most this number.
    pub async fn of_wait<T>(&self, seconds: u32, work: impl Future<Output = T>) -> T {
        let start = Instant::now();
        let most = u64::from(seconds);
        let passed = || start.elapsed().as_secs().min(most);
        self.during(WAIT, passed, most, "seconds", work).await
    }

    /// Tells the count before `work`, whenever it has grown, and after it. A client that reads slowly delays the
    /// result, and not the work.
    async fn during<T>(
        &self,
        pause: Duration,
        count: impl Fn() -> u64,
        most: u64,
        unit: &str,
        work: impl Future<Output = T>,
    ) -> T {
        if self.0.is_none() || most == 0 {
            return work.await;
        }
        let mut ticks = interval(pause);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut work = pin!(work);
        let mut result = None;
        let mut told = None;
        loop {
            let count = count();
            if told.is_none_or(|told| count > told) {
                told = Some(count);
                let mut tell = pin!(self.tell(count, most, unit));
                loop {
                    tokio::select! {
                        () = &mut tell => break,
                        value = &mut work, if result.is_none() => result = Some(value),
                    }
                }
            }
            if let Some(result) = result {
                return result;
            }
            tokio::select! {
                value = &mut work => result = Some(value),
                _ = ticks.tick() => {}
            }
        }
    }

    async fn tell(&self, count: u64, most: u64, unit: &str) {
        let Some((peer, token)) = &self.0 else { return };
        let message = format!("{count} of at most {most} {unit}");
        let progress = ProgressNotificationParam::new(token.clone(), as_number(count))
            .with_total(as_number(most))
            .with_message(message);
        // A client that is gone needs no progress.
        let _ = peer.notify_progress(progress).await;
    }
}

/// JSON has one kind of number.
fn as_number(count: u64) -> f64 {
    count as f64
}
