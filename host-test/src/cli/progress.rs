//! Signs of life on stderr, where somebody watches it.

use super::output::Output;
use indicatif::{ProgressBar, ProgressStyle};
use std::future::Future;
use std::time::Duration;

const TICK: Duration = Duration::from_millis(100);

/// Turns while `work` is under way. How much of an upload has gone out can't be seen from outside the plugin, so there is
/// no bar that would pretend to know.
pub async fn spin<T>(output: Output, message: String, work: impl Future<Output = T>) -> T {
    let bar = hidden_unless(output, ProgressBar::new_spinner());
    style(&bar, "{spinner} {msg}  {elapsed}");
    bar.set_message(message);
    bar.enable_steady_tick(TICK);
    let answer = work.await;
    bar.finish_and_clear();
    answer
}

/// Fills with the time that `work` may take.
pub async fn wait<T>(output: Output, message: String, seconds: u32, work: impl Future<Output = T>) -> T {
    let bar = hidden_unless(output, ProgressBar::new(u64::from(seconds)));
    style(&bar, "{spinner} {msg}  {wide_bar}  {pos} of {len} s");
    bar.set_message(message);
    let mut ticks = tokio::time::interval(TICK);
    tokio::pin!(work);
    let answer = loop {
        tokio::select! {
            answer = &mut work => break answer,
            _ = ticks.tick() => {
                bar.set_position(bar.elapsed().as_secs());
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

/// A template that could not be read leaves indicatif's own style.
fn style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
