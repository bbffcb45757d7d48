//! Progress bars on stderr, if it is a terminal.

use std::future::Future;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::format::clean;
use crate::output::Output;
use crate::texts::messages;
use crate::uploads::Uploads;

const TICK: Duration = Duration::from_millis(100);

/// Shows a spinner during `work`. The progress of an upload can't be seen from outside the component, so there is no
/// bar.
pub async fn spin<T>(output: Output, message: String, work: impl Future<Output = T>) -> T {
    let bar = hidden_unless(output, ProgressBar::new_spinner());
    style(&bar, "{spinner} {msg}  {elapsed}");
    bar.set_message(clean(&message));
    bar.enable_steady_tick(TICK);
    let answer = work.await;
    bar.finish_and_clear();
    answer
}

/// Shows a bar that fills with the time that `work` may take.
pub async fn wait<T>(output: Output, message: String, seconds: u32, work: impl Future<Output = T>) -> T {
    let bar = hidden_unless(output, ProgressBar::new(u64::from(seconds)));
    style(&bar, messages().progress.wait);
    bar.set_message(clean(&message));
    fill(&bar, work, || bar.elapsed().as_secs()).await
}

/// Shows a bar that fills with the uploads answered during `work`. `most` is their largest number, repetitions aside:
/// equal pictures are sent once, and bad ones not at all.
pub async fn count<T>(
    output: Output,
    message: String,
    uploads: &Uploads,
    most: u64,
    work: impl Future<Output = T>,
) -> T {
    let bar = hidden_unless(output, ProgressBar::new(most));
    style(&bar, messages().progress.count);
    bar.set_message(clean(&message));
    let before = uploads.answered();
    fill(&bar, work, || uploads.answered().saturating_sub(before).min(most)).await
}

/// Moves a bar to `position` until `work` is done.
async fn fill<T>(bar: &ProgressBar, work: impl Future<Output = T>, position: impl Fn() -> u64) -> T {
    let mut ticks = tokio::time::interval(TICK);
    tokio::pin!(work);
    let answer = loop {
        tokio::select! {
            answer = &mut work => break answer,
            _ = ticks.tick() => {
                bar.set_position(position());
                bar.tick();
            }
        }
    };
    bar.finish_and_clear();
    answer
}

fn hidden_unless(output: Output, bar: ProgressBar) -> ProgressBar {
    if output.shows_progress() {
        bar
    } else {
        ProgressBar::hidden()
    }
}

/// Sets the template. indicatif's own style remains if the template can't be read.
fn style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
