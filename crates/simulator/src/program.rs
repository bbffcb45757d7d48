//! The simulator as a program: its arguments, its output, and its life until Ctrl-C.
//!
//! `wechat-simulator` is this and a `main`; another command line takes [`Args`] as a subcommand and calls [`run`].

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use strum::IntoEnumIterator;

use crate::state::MEMORY;
use crate::{APP_ID, APP_SECRET, ConnectionFault, Fault, Options, Simulator};

/// Bytes of the unit of `--memory`.
const MIB: u64 = 1024 * 1024;

/// Default of `--memory`.
const DEFAULT_MEMORY: u32 = (MEMORY / MIB) as u32;

/// Most accounts of `--accounts`: each takes some kilobytes before it stores anything.
const MOST_ACCOUNTS: i64 = 10_000;

/// The arguments of the program.
#[derive(Clone, Debug, clap::Args)]
#[non_exhaustive]
pub struct Args {
    /// Port on 127.0.0.1; 0 lets the system choose
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// Serve HTTP instead of HTTPS
    #[arg(long)]
    pub plain_http: bool,
    /// Accept requests of common SDKs that the documents forbid
    #[arg(long)]
    pub lenient: bool,
    /// Count no calls and no stored bytes, for benchmarks
    #[arg(long, conflicts_with = "memory")]
    pub unlimited: bool,
    /// MiB that the account may store; beyond it, uploads and drafts are refused with 45101
    #[arg(long, value_name = "MIB", default_value_t = DEFAULT_MEMORY)]
    pub memory: u32,
    /// Accounts that exist. Those after the first have their number, from 1, as the last 8 hexadecimal digits of app id
    /// and secret
    #[arg(long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=MOST_ACCOUNTS))]
    pub accounts: u32,
    /// Let the links to articles lead to the simulator, which shows them, in place of mp.weixin.qq.com
    #[arg(long)]
    pub own_links: bool,
    /// Write the root certificate (PEM) to this file; each start makes a new one
    #[arg(long, value_name = "FILE", conflicts_with = "plain_http")]
    pub ca: Option<PathBuf>,
}

impl Default for Args {
    fn default() -> Args {
        Args {
            port: 0,
            plain_http: false,
            lenient: false,
            unlimited: false,
            memory: DEFAULT_MEMORY,
            accounts: 1,
            own_links: false,
            ca: None,
        }
    }
}

/// Starts a simulator, prints its address and credentials, and returns after Ctrl-C.
///
/// The first line is `listening on URL`: programs read it to learn the port. `example` makes the command that a
/// reader may try, from the base URL and the file of the root certificate.
///
/// # Errors
///
/// If the simulator cannot start, the certificate cannot be written, or nothing can be printed.
pub async fn run(args: &Args, example: impl FnOnce(&str, Option<&Path>) -> String) -> io::Result<()> {
    let simulator = start(args).await?;
    let base = simulator.base_url();
    let advice = if args.plain_http || args.ca.is_some() {
        format!("try         {}", example(&base, args.ca.as_deref()))
    } else {
        "trust       give --ca FILE to get the root certificate, or --plain-http".to_owned()
    };
    let text = format!(
        "listening on {base}\n\
         app id      {APP_ID}\n\
         app secret  {APP_SECRET} (made up, as is the app id)\n\
         look at     {base}/ in a browser\n\
         {advice}\n"
    );
    print(&mut io::stdout().lock(), &text)?;
    tokio::signal::ctrl_c().await
}

/// Prints the text. A program that reads the first line and closes the pipe wants the simulator to go on.
fn print(out: &mut impl Write, text: &str) -> io::Result<()> {
    match out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Prints an error to stderr, if that can be written. `eprintln!` would panic.
pub fn print_error(error: &io::Error) {
    let _ = writeln!(io::stderr().lock(), "error: {}", visible(&error.to_string()));
}

/// Escapes the control characters of a text but for its line breaks: the name of a file may have some.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_control() && character != '\n' {
            true => visible.extend(character.escape_unicode()),
            false => visible.push(character),
        }
    }
    visible
}

async fn start(args: &Args) -> io::Result<Simulator> {
    let simulator = Simulator::start(Options {
        port: args.port,
        plain_http: args.plain_http,
        lenient: args.lenient,
        memory: u64::from(args.memory) * MIB,
    })
    .await
    .map_err(|error| explained(&error, "cannot start the simulator"))?;
    simulator.with(|world| {
        for number in 1..args.accounts {
            world.add_account(&numbered(APP_ID, number), &numbered(APP_SECRET, number));
        }
        for account in world.accounts.values_mut() {
            if args.unlimited {
                account.lift_limits();
            }
            if args.own_links {
                account.article_base = simulator.base_url();
            }
        }
    });
    if let Some(path) = &args.ca {
        fs::write(path, simulator.root_certificate_pem())
            .map_err(|error| explained(&error, &format!("cannot write {}", path.display())))?;
    }
    Ok(simulator)
}

/// Returns the app id or secret of a further account: the last 8 digits are its number.
fn numbered(text: &str, number: u32) -> String {
    let kept = text.len().saturating_sub(8);
    format!("{}{number:08x}", text.get(..kept).unwrap_or_default())
}

fn explained(error: &io::Error, problem: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{problem}: {error}"))
}

/// Returns the command that gets an access token with curl.
pub fn curl_example(base: &str, ca: Option<&Path>) -> String {
    let trust = ca.map_or_else(String::new, |path| format!("--cacert {} ", path.display()));
    format!("curl {trust}'{base}/cgi-bin/token?grant_type=client_credential&appid={APP_ID}&secret={APP_SECRET}'")
}

/// Returns the part of the help that shows how other programs inject faults, with a list of all.
pub fn fault_help() -> String {
    let mut help = FAULTS.to_owned();
    let mut names = HashSet::new();
    for fault in Fault::samples().into_iter().chain(Fault::alterations()) {
        if names.insert(fault.name()) {
            let json = serde_json::to_string(&fault).unwrap_or_default();
            help += &format!("  {json}\n      {}\n", fault.summary());
        }
    }
    help += "\nFaults of connections:\n";
    for fault in ConnectionFault::iter() {
        help += &format!("  \"{fault}\"\n      {}\n", fault.summary());
    }
    help
}

const FAULTS: &str = concat!(
    "\
The simulator fails only on request, at /__faults on its own port (plain HTTP works there too, and no token is
needed): POST adds faults, GET shows those still to come, DELETE removes all. GET /__requests shows the requests so far
and if they were executed, GET /__stored counts what is stored. All three are for programs on this machine: a request
whose Host is no loopback address, or whose Origin is a web page elsewhere, is refused with 403.

  curl http://127.0.0.1:PORT/__faults -d @FAULTS.json

FAULTS.json, each of whose three parts is optional:
",
    include_str!("fault/example.json"),
    "
  rules        for requests to a path: `skip` of them pass first (default 0), `times` meet the fault (default all);
               the next rule of the same path begins when the first is used up
  connections  for connections of any kind, after `skip` others, `times` times
  random       one of the faults for `per_mille` of the requests, stable_token excepted; the seed decides which

Faults of requests, each with an example. `executed` (default false) says whether the request is executed all the same;
the body of a status is \"empty\" (the default), \"html\", \"garbage\" or {\"text\": TEXT}:
"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_closes_the_pipe_does_not_end_the_simulator() {
        let (reader, mut writer) = io::pipe().unwrap();
        drop(reader);
        assert!(print(&mut writer, "listening on http://127.0.0.1:1\n").is_ok());
    }

    #[tokio::test]
    async fn every_account_has_credentials_of_its_own() {
        let args = Args {
            accounts: 18,
            ..Args::default()
        };
        let simulator = start(&args).await.unwrap();
        let ids = simulator.with(|world| world.accounts.keys().cloned().collect::<Vec<_>>());
        assert_eq!(ids.len(), 18);
        assert!(ids.contains(&APP_ID.to_owned()));
        assert!(ids.contains(&"wx0123456700000011".to_owned()));
        assert_eq!(numbered(APP_SECRET, 17), "0123456789abcdef0123456700000011");
    }

    #[tokio::test]
    async fn links_to_articles_lead_to_mp_weixin_qq_com_unless_told() {
        for own_links in [false, true] {
            let args = Args {
                own_links,
                accounts: 2,
                ..Args::default()
            };
            let simulator = start(&args).await.unwrap();
            let base = if own_links {
                simulator.base_url()
            } else {
                "http://mp.weixin.qq.com".to_owned()
            };
            simulator.with(|world| {
                assert!(world.accounts.values().all(|account| account.article_base == base));
            });
        }
    }

    #[test]
    fn the_name_of_a_file_cannot_steer_the_terminal() {
        let mut out = Vec::new();
        print(&mut out, "try --ca \u{1b}[31m写\u{9b}\n").unwrap();
        assert_eq!(out, "try --ca \\u{1b}[31m写\\u{9b}\n".as_bytes());
    }
}
