//! The program `wechat-oa`: every operation of the component on the command line, and the simulator by itself.
//!
//! `args` defines the commands, `target` the server, and `context` connects to it. One file for each WIT interface runs
//! that interface's commands, `article` makes drafts of Markdown and HTML, `preview` shows them, and `mcp` serves
//! agents. `output` and `error` print the result. At the bottom, `format` makes texts and JSON.

mod account;
mod args;
mod article;
mod article_file;
mod article_wire;
mod articles;
mod attachments;
mod component;
mod content;
mod context;
mod data_uris;
mod delivery;
mod destination;
mod draft;
mod error;
mod file;
mod file_names;
mod findings;
mod format;
mod input;
mod journal;
mod listing;
mod material;
mod mcp;
mod media;
mod output;
mod paths;
mod prepared;
mod preview;
mod progress;
mod publish;
mod read_back;
mod signals;
mod simulator;
mod stop;
mod target;
mod texts;
mod upload_pictures;
mod uploads;

use std::process::ExitCode;

use tokio::runtime::Runtime;

use crate::args::{Cli, Command};
use crate::context::Context;
use crate::error::Result;
use crate::journal::Journal;
use crate::output::Output;
use crate::stop::Stop;
use crate::target::Target;

fn main() -> ExitCode {
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(error) => return output::report_usage(&error),
    };
    let output = Output::new(cli.global.json);
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            return output.report(&error::other(
                texts::messages().program.cannot_start.with([&texts::os_error(&error)]),
            ));
        }
    };
    let code = match runtime.block_on(execute(cli, output)) {
        Ok(()) => ExitCode::SUCCESS,
        // As long as the runtime hears signals: nobody may read stderr.
        Err(error) => output.report(&error),
    };
    // A thread that still waits, for the name of a server perhaps, must not delay the end.
    runtime.shutdown_background();
    code
}

async fn execute(cli: Cli, output: Output) -> Result<()> {
    let stop = Stop::new();
    let language = texts::language();
    let context = Context {
        target: Target::choose(&cli.global, cli.command.is_offline())?,
        output,
        language,
        texts: texts::article_texts(language),
        journal: Journal::new(stop.clone()),
        stop,
    };
    let work = run(&context, cli.command);
    context.journal.run(work).await
}

async fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::Component(args) => component::deliver(context, &args),
        Command::Compose { consumer, output } => component::compose(context, &consumer, &output),
        Command::Precompile { output } => component::precompile(context, &output),
        Command::Simulator(options) => simulator::run(context, options).await,
        Command::Mcp(options) => mcp::run(context, options).await,
        Command::Account(command) => account::run(context, command).await,
        Command::Material(command) => material::run(context, command).await,
        Command::Media(command) => media::run(context, command).await,
        Command::Content(command) => content::run(context, command).await,
        Command::Draft(command) => draft::run(context, command).await,
        Command::Publish(command) => publish::run(context, command).await,
        Command::Preview(options) => preview::run(context, options).await,
    }
}
