//! The time of an article, natively: `cargo bench -p wechat-official-account-article -- FILE`. Without a file it is a
//! text of the corpus, 70 times.

use std::time::Instant;
use std::{env, fs, io};

use wechat_official_account_article::render;
use wechat_official_account_article::types::Options;

/// The number of runs, of which the median counts.
const RUNS: usize = 101;

fn main() -> io::Result<()> {
    let path = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let markdown = match path {
        Some(path) => fs::read_to_string(path)?,
        None => String::from_utf8_lossy(include_bytes!("../tests/corpus/zh-tutorial.md")).repeat(70),
    };
    let options = Options {
        theme: None,
        raw_html: None,
        space_between_scripts: false,
        picture_sizes: Vec::new(),
        language: None,
        text_language: None,
        title: None,
    };
    let mut times = Vec::new();
    let mut length = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        match render(&markdown, &options) {
            Ok(rendered) => length = rendered.html.len(),
            Err(error) => return Err(io::Error::other(error.message)),
        }
        times.push(start.elapsed());
    }
    times.sort();
    let median = times.get(RUNS / 2).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    println!(
        "native: {median:.2} ms, {} bytes of Markdown, {length} bytes of HTML",
        markdown.len()
    );
    Ok(())
}
