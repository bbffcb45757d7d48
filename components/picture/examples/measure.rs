//! Prints what a photograph costs: the time, and the most memory at once. The figures of `docs/performance.md`.
//!
//! ```sh
//! cargo run --release -p wechat-official-account-picture --example measure -- PICTURE...
//! ```
#![allow(unsafe_code, reason = "an allocator that counts")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use wechat_official_account_picture::fit;
use wechat_official_account_picture::types::{File, Language, Place};

/// Counts the bytes that are allocated, and the most of them at once.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: All is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: The caller's layout.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: The caller's pointer and layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> std::io::Result<()> {
    println!("| picture | place | outcome | time | memory, with the file |\n|---|---|---|---|---|");
    for path in std::env::args().skip(1) {
        for (place, title) in [
            (Place::Article, "article"),
            (Place::Image, "image"),
            (Place::Cover, "cover"),
        ] {
            let bytes = std::fs::read(&path)?;
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            let given = format!("{name}, {:.1} MB", megabytes(bytes.len()));
            MOST.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
            let start = Instant::now();
            let outcome = match fit(File { name, bytes }, place, Language::En) {
                Ok(fitted) => format!(
                    "{} × {}, {:.1} MB",
                    fitted.width,
                    fitted.height,
                    megabytes(fitted.file.bytes.len())
                ),
                Err(error) => format!("{:?}", error.kind),
            };
            let (time, most) = (start.elapsed().as_secs_f64(), megabytes(MOST.load(Ordering::Relaxed)));
            println!("| {given} | {title} | {outcome} | {time:.2} s | {most:.0} MB |");
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
