//! The command line: every operation of the plugin, a tour of them, and the simulator by itself.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
