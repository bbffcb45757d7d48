//! Signs of life on stderr, where somebody watches it.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::output::Output;

const TICK: Duration = Duration::from_millis(100);
/// Where pictures go (wechat-api §8.1, §9).
const UPLOADS: [&str; 2] = ["/cgi-bin/media/uploadimg", "/cgi-bin/material/add_material"];

/// How many uploads of pictures were answered. Clones count together.
#[derive(Clone, Default)]
pub struct Uploads(Arc<AtomicU64>);

impl Uploads {
    /// Counts a reply, if its request went to one of these paths.
    pub fn count(&self, path: &str) {
        if UPLOADS.contains(&path) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn answered(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

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
    fill(&bar, work, || bar.elapsed().as_secs()).await
}

/// Fills with the uploads that were answered while `work` is under way. How many there will be is not known: pictures that are
/// alike are sent once, and bad ones not at all. `most` is the number that they do not pass, but for repetitions.
pub async fn count<T>(
    output: Output,
    message: String,
    uploads: &Uploads,
    most: u64,
    work: impl Future<Output = T>,
) -> T {
    let bar = hidden_unless(output, ProgressBar::new(most));
    style(&bar, "{spinner} {msg}  {wide_bar}  {pos} of at most {len}");
    bar.set_message(message);
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

/// A template that could not be read leaves indicatif's own style.
fn style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_uploads_of_pictures_count() {
        let uploads = Uploads::default();
        let listener = uploads.clone();
        for path in [
            "/cgi-bin/stable_token",
            UPLOADS[0],
            "/cgi-bin/draft/add",
            UPLOADS[1],
            UPLOADS[0],
        ] {
            listener.count(path);
        }
        assert_eq!(uploads.answered(), 3);
    }
}
