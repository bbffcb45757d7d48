//! The program `wechat-simulator`: WeChat's server in memory, for programs in any language.

use std::process::ExitCode;

use clap::Parser;
use wechat_simulator::program::{self, Args};

/// WeChat's Official Account server in memory, on 127.0.0.1, until Ctrl-C.
///
/// The first line of output is `listening on URL`.
#[derive(Parser)]
#[command(version, after_help = program::fault_help())]
struct Command {
    #[command(flatten)]
    args: Args,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command { args } = Command::parse();
    match program::run(&args, program::curl_example).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            program::print_error(&error);
            ExitCode::FAILURE
        }
    }
}
