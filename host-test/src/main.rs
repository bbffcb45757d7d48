//! The harness as a program: a tour of the component's work, and its benchmarks.

mod output;
mod report;
mod tour;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::runtime::Runtime;

/// Shows the component at work, or measures it.
#[derive(Parser)]
#[command(name = "host-test", version)]
struct Cli {
    /// Print JSON, for programs
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Go through the component's whole work on a simulator over TLS, and check every answer. The default
    Tour,
    /// Measure speed, size and memory against a native client, on a simulator; takes a minute. Build with --release
    Bench,
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<(), Box<dyn Error>> {
    match cli.command {
        None | Some(Command::Tour) => Runtime::new()?.block_on(tour::run(cli.json)).map_err(Into::into),
        Some(Command::Bench) => report::run(cli.json),
    }
}
