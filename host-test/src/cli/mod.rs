//! From arguments to an exit code.
//!
//! `args` says what can be asked for, `connect` whom it is asked of, one file for each WIT interface asks it, and `output`
//! and `failure` tell what came of it.

mod account;
mod args;
mod article_file;
mod articles;
mod attachments;
mod bench;
mod component;
mod connect;
mod content;
mod destination;
mod draft;
mod failure;
mod file;
mod findings;
mod html_article;
mod material;
mod media;
mod output;
mod page;
mod prepared;
mod progress;
mod publish;
mod serve;
mod tour;

use args::{Cli, Command};
use clap::Parser;
use connect::Target;
use failure::Result;
use output::Output;
use std::process::ExitCode;
use tokio::runtime::Runtime;

/// What every command needs: whom to ask, and how to tell.
struct Context {
    target: Target,
    output: Output,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.global.json);
    let outcome = Runtime::new()
        .map_err(|error| failure::other(format!("cannot start: {error}")))
        .and_then(|runtime| runtime.block_on(execute(cli, output)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(output),
    }
}

async fn execute(cli: Cli, output: Output) -> Result<()> {
    let context = Context {
        target: Target::choose(&cli.global)?,
        output,
    };
    match cli.command {
        Command::Tour => tour::run(&context).await,
        Command::Bench => bench::run(&context).await,
        Command::Component { output } => component::copy(&context, &output),
        Command::Precompile { output } => component::precompile(&context, &output),
        Command::Simulator(options) => serve::run(&context, options).await,
        Command::Account(command) => account::run(&context, command).await,
        Command::Material(command) => material::run(&context, command).await,
        Command::Media(command) => media::run(&context, command).await,
        Command::Content(command) => content::run(&context, command).await,
        Command::Draft(command) => draft::run(&context, command).await,
        Command::Publish(command) => publish::run(&context, command).await,
    }
}
