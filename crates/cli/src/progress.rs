//! Progress bars on stderr, if it is a terminal.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::format::clean;
use crate::output::Output;
use crate::texts::messages;

const TICK: Duration = Duration::from_millis(100);
/// The paths that pictures are uploaded to (wechat-api §8.1, §9).
const UPLOADS: [&str; 2] = ["/cgi-bin/media/uploadimg", "/cgi-bin/material/add_material"];

/// The number of picture uploads that were answered. Clones count together.
#[derive(Clone, Default)]
pub struct Uploads(Arc<AtomicU64>);

impl Uploads {
    /// Counts a reply if its request went to one of these paths.
    pub fn count(&self, path: &str) {
        if UPLOADS.contains(&path) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub fn answered(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

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
