//! Lines on stdout, and the two texts that need a form of their own.

use std::io::{self, ErrorKind, Write};

use comfy_table::Table;
use comfy_table::presets::NOTHING;

/// Writes a line to stdout at once. `println!` would panic if the reader is gone, as with `| head`.
pub fn line(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Writes a line to stderr, if that can be written. `eprintln!` would panic.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Formats rows below a header.
pub fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(header);
    for row in rows {
        table.add_row(Vec::from(row));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

/// Returns the address of an article with `https://`. WeChat gives `http://`, and serves both.
pub fn https(url: &str) -> String {
    match url.strip_prefix("http://mp.weixin.qq.com/") {
        Some(path) => format!("https://mp.weixin.qq.com/{path}"),
        None => url.to_owned(),
    }
}
