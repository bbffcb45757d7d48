//! The commands and their arguments. The comments on fields and variants are the English help texts; the Chinese ones
//! are in `texts/help/zh.rs`.
//!
//! `article` has the options of an article in Markdown or HTML, `kinds` and `values` what options take, and `help` the
//! long texts.

mod article;
mod help;
mod kinds;
mod values;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use wechat_official_account_host::types;
use wechat_official_account_language::Language;
use wechat_simulator::program;

pub use self::article::{DeliveryOptions, LookOptions, NewsOptions, ReadBackOptions};
pub use self::help::ARTICLE_HELP;
use self::help::{AFTER_HELP, MCP_HELP, PICTURES_HELP, PREVIEW_HELP};
pub use self::kinds::{CardType, ListKind, MediaKind, UploadKind};
use self::values::{host, origin};
use crate::texts;
use crate::texts::messages;

/// The longest wait for WeChat's decision if the user names none. It takes about 13 of the 100 questions that WeChat
/// answers a day, so that there are enough to wait again. Seconds.
pub const TIMEOUT: u32 = 600;

/// The WeChat Official Account plugin on the command line.
#[derive(Parser)]
#[command(name = "wechat-oa", version, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Reads the command line, and chooses the language of everything that is said from now on.
pub fn parse() -> Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = texts::language_of_arguments(&arguments);
    texts::set_language(language);
    let parsed = { texts::localize(Cli::command(), language) }.try_get_matches_from(&arguments);
    let cli = parsed.and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    let cli = cli.map_err(|error| match error.kind() {
        ErrorKind::InvalidUtf8 => Cli::command().error(ErrorKind::InvalidUtf8, not_utf8(&arguments)),
        _ => error,
    })?;
    texts::set_language(texts::choose(cli.global.lang.map(Language::from), cli.global.json));
    Ok(cli)
}

/// Names the arguments that are not UTF-8. One of them is no path, as only paths may have other bytes.
fn not_utf8(arguments: &[OsString]) -> String {
    let wrong = arguments.iter().filter(|argument| argument.to_str().is_none());
    let named: Vec<String> = wrong.map(|argument| format!("{argument:?}")).collect();
    messages().usage.not_utf8.with([&named.join(", ")])
}

/// Options of every command.
#[derive(Args)]
pub struct Global {
    /// Talk to WeChat itself; needs WECHAT_APP_ID and WECHAT_APP_SECRET in the environment
    #[arg(long, global = true)]
    pub live: bool,
    /// Talk to a simulator that is running on this machine, such as http://127.0.0.1:8080
    #[arg(long, global = true, value_name = "URL")]
    pub api_base: Option<String>,
    /// Trust the certificate (PEM) that `simulator --ca FILE` wrote; for --api-base
    #[arg(long, global = true, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// The component to run [default: the one built with this program]
    #[arg(long, global = true, value_name = "WASM")]
    pub plugin: Option<PathBuf>,
    /// Never force a new token: for accounts whose token other programs use. A call that needs one fails instead
    #[arg(long, global = true)]
    pub no_force_token: bool,
    /// Print JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
    /// The language of messages [default: that of LC_ALL, LC_MESSAGES or LANG; en with --json]
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
}

/// A language of messages.
#[derive(Clone, Copy, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// 简体中文
    Zh,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::Zh => Self::Chinese,
        }
    }
}

/// The component as a file.
#[derive(Args)]
pub struct ComponentArgs {
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub door: DoorArgs,
    #[command(flatten)]
    pub helper: HelperArgs,
    /// Leave out metadata and documentation: for tools that compose, and for those that refuse documentation
    #[arg(long)]
    pub plain: bool,
    /// Leave the plugin out: for hosts that link two components. In the plain form
    #[arg(long, requires = "door")]
    pub alone: bool,
}

/// A component that has the plugin inside, in place of the plugin itself.
#[derive(Args)]
#[group(id = "door", multiple = false)]
pub struct DoorArgs {
    /// Write the tools for agents in place of the plugin. The plugin is inside
    #[arg(long)]
    pub tools: bool,
    /// Write the tools for agents with the one that publishes
    #[arg(long)]
    pub tools_publish: bool,
    /// Write the HTTP service in place of the plugin. The plugin is inside
    #[arg(long)]
    pub edge: bool,
}

/// A component that imports nothing, in place of the plugin.
#[derive(Args)]
#[group(id = "helper", multiple = false, conflicts_with = "door")]
pub struct HelperArgs {
    /// Write the component that makes articles of Markdown in place of the plugin
    #[arg(long)]
    pub article: bool,
    /// Write the component that makes pictures fit in place of the plugin
    #[arg(long)]
    pub picture: bool,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Write the component to a file with its documentation inside, and its checksum to FILE.sha256
    Component(ComponentArgs),
    /// Compose the component with one that uses it: a single file, and its checksum in FILE.sha256
    Compose {
        /// A component that imports interfaces of wechat:official-account, or the core module of one
        #[arg(value_name = "CONSUMER")]
        consumer: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Compile the component ahead of time, for hosts that load it with `Host::from_precompiled`
    Precompile {
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Run the simulator until Ctrl-C. The first line of output is `listening on URL`
    #[command(after_help = program::fault_help())]
    Simulator(program::Args),
    /// Serve agents: tools for drafts and pictures over the Model Context Protocol, on stdin and stdout or over HTTP
    #[command(after_help = MCP_HELP)]
    Mcp(Mcp),
    /// The account: token, quota, WeChat's record of a request
    #[command(subcommand)]
    Account(Account),
    /// Permanent material: covers, pictures, voices, videos
    #[command(subcommand)]
    Material(Material),
    /// Temporary media, kept for 3 days
    #[command(subcommand)]
    Media(Media),
    /// The pictures of an article
    #[command(subcommand)]
    Content(Content),
    /// Drafts
    #[command(subcommand)]
    Draft(Draft),
    /// Publishing
    #[command(subcommand)]
    Publish(Publish),
    /// Show an article on a local page: as on a phone, on a desktop and in dark mode, with its findings. Asks nobody
    #[command(after_help = PREVIEW_HELP)]
    Preview(Preview),
}

impl Command {
    /// Returns whether the command asks nobody, so that it needs no credentials.
    pub fn is_offline(&self) -> bool {
        match self {
            Self::Preview(_) | Self::Draft(Draft::Check { .. }) => true,
            Self::Draft(Draft::Add(add)) => add.delivery.dry_run,
            _ => false,
        }
    }
}

/// A local page with an article.
#[derive(Args)]
pub struct Preview {
    /// The article: Markdown (.md) or HTML (.html)
    #[arg(value_name = "ARTICLE")]
    pub article: PathBuf,
    /// The port on 127.0.0.1 [default: a free one]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    #[command(flatten)]
    pub look: LookOptions,
}

/// The server for agents.
#[derive(Args)]
pub struct Mcp {
    /// Let images and articles be read from files below this folder; choose one that has nothing else
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Offer publish-draft, which makes articles public
    #[arg(long)]
    pub allow_publish: bool,
    /// Serve over HTTP, at /mcp of this address: an IP address and a port, such as 127.0.0.1:8642; port 0 takes a free
    /// one
    #[arg(long, value_name = "ADDR", num_args = 0..=1, default_missing_value = "127.0.0.1:8642")]
    pub http: Option<SocketAddr>,
    #[command(flatten)]
    pub http_options: HttpOptions,
}

/// The server for agents over HTTP.
#[derive(Args)]
#[command(next_help_heading = "For HTTP only")]
pub struct HttpOptions {
    /// Listen at an address that other machines reach; without TLS they can read the token
    #[arg(long, requires = "http")]
    pub allow_remote: bool,
    /// Answer requests to this host too, such as that of a server with TLS before this one [default: this machine's]
    #[arg(long, value_name = "HOST", requires = "http", value_parser = host)]
    pub allow_host: Vec<String>,
    /// Answer requests with this Origin, as clients made of a browser's engine send it, such as `https://example.com`
    #[arg(long, value_name = "ORIGIN", requires = "http", value_parser = origin)]
    pub allow_origin: Vec<String>,
}

/// The commands of the interface `account`.
#[derive(Subcommand)]
pub enum Account {
    /// Check app id, secret and IP whitelist
    Verify,
    /// Show the access token
    AccessToken {
        /// Print the token itself with --live too. Otherwise only its life is shown: terminals keep a
        /// history, and anybody with the token can act for the account
        #[arg(long)]
        show: bool,
    },
    /// Show today's use of one API
    Quota {
        /// The API, such as /cgi-bin/draft/add
        path: String,
    },
    /// Show WeChat's record of a request, which may repeat the request's content
    Explain {
        /// The rid of an error
        #[arg(allow_hyphen_values = true)]
        rid: String,
    },
}

/// The commands of the interface `material`.
#[derive(Subcommand)]
pub enum Material {
    /// Store a file
    Upload {
        /// The file
        file: PathBuf,
        /// The kind of material
        #[arg(long, value_enum)]
        kind: UploadKind,
        /// Title of a video
        #[arg(long, required_if_eq("kind", "video"))]
        title: Option<String>,
        /// Introduction of a video
        #[arg(long)]
        introduction: Option<String>,
    },
    /// Fetch a material
    Get(Fetch),
    /// Delete a material for good
    Delete {
        /// Its media-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        confirm: ConfirmArgs,
    },
    /// Count the materials of each kind
    Counts,
    /// List materials of one kind
    List {
        /// The kind of material
        #[arg(long, value_enum)]
        kind: ListKind,
        #[command(flatten)]
        page: Page,
    },
}

/// The commands of the interface `media`.
#[derive(Subcommand)]
pub enum Media {
    /// Store a file for 3 days
    Upload {
        /// The file
        file: PathBuf,
        /// The kind of material
        #[arg(long, value_enum)]
        kind: MediaKind,
    },
    /// Fetch a medium
    Get(Fetch),
    /// Fetch a voice recorded by the JSSDK in high quality
    GetVoice(Fetch),
}

/// The commands of the interface `content`.
#[derive(Subcommand)]
pub enum Content {
    /// Upload the pictures of an article, and write its HTML with their new addresses
    ///
    /// If a picture fails, the others are uploaded and the HTML is written all the same. The exit code is that of the
    /// error. It is 2 if pictures are left that are neither data nor files beside the article. The command
    /// uploads only the missing pictures if it is run again on the HTML that was written, from the same folder.
    #[command(after_help = PICTURES_HELP)]
    Prepare {
        /// The HTML, in UTF-8
        #[arg(value_name = "FILE")]
        html: PathBuf,
        /// Write the HTML with the new addresses here; an existing file is replaced, but never FILE itself
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Make the first picture permanent material too, for a cover: `draft add --cover-id`
        #[arg(long)]
        with_cover: bool,
    },
}

/// A new draft.
#[derive(Args)]
pub struct AddDraft {
    /// ARTICLE.json, or one news article in Markdown (.md, .markdown) or HTML (.html, .htm), whose pictures are made to
    /// fit and uploaded first
    #[arg(value_name = "ARTICLE")]
    pub article: PathBuf,
    #[command(flatten)]
    pub news: NewsOptions,
    #[command(flatten)]
    pub look: LookOptions,
    #[command(flatten)]
    pub delivery: DeliveryOptions,
    #[command(flatten)]
    pub read_back: ReadBackOptions,
}

/// The commands of the interface `draft`.
#[derive(Subcommand)]
pub enum Draft {
    /// List the errors in articles, and the parts that WeChat would drop. Asks nobody; ends with 2 if `add` would
    /// refuse
    #[command(after_help = ARTICLE_HELP)]
    Check {
        /// ARTICLE.json with one article or a list of them, or one article in Markdown (.md) or HTML (.html)
        #[arg(value_name = "ARTICLE")]
        articles: PathBuf,
        #[command(flatten)]
        look: LookOptions,
    },
    /// Make a draft. Warnings of `check` go to stderr, or into the document with --json
    #[command(after_help = ARTICLE_HELP, after_long_help = format!("{PICTURES_HELP}\n\n{ARTICLE_HELP}"))]
    Add(Box<AddDraft>),
    /// Fetch a draft with its content
    Get {
        /// Its media-id
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
    /// Replace one article of a draft, with warnings as `add`
    #[command(after_help = ARTICLE_HELP)]
    Update {
        /// The draft's media-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// The article's index, counted from 0
        index: u32,
        /// The new article
        #[arg(value_name = "ARTICLE.json")]
        article: PathBuf,
        #[command(flatten)]
        read_back: ReadBackOptions,
    },
    /// Delete a draft for good
    Delete {
        /// Its media-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        confirm: ConfirmArgs,
    },
    /// Count the drafts
    Count,
    /// List drafts
    List {
        #[command(flatten)]
        page: Page,
        /// Fetch the content too, which only --json shows in full
        #[arg(long)]
        with_content: bool,
    },
    /// Make a card for a product of the account's shop
    ProductCard {
        /// The product's id
        product: String,
        /// The form of the card, and its place
        #[arg(long, value_enum)]
        card_type: CardType,
    },
}

/// The commands of the interface `publish`.
#[derive(Subcommand)]
pub enum Publish {
    /// Hand a draft to WeChat for publishing
    Submit {
        /// The draft's media-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// Wait until WeChat has decided
        #[arg(long)]
        wait: bool,
        #[command(flatten)]
        wait_args: WaitArgs,
        #[command(flatten)]
        confirm: ConfirmArgs,
    },
    /// Show the state of a publishing task
    Status {
        /// The publish-id
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
    /// Wait until a publishing task is decided
    Wait {
        /// The publish-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        wait_args: WaitArgs,
    },
    /// Fetch a publication with its content
    Get {
        /// The article-id
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
    /// List publications
    List {
        #[command(flatten)]
        page: Page,
        /// Fetch the content too, which only --json shows in full
        #[arg(long)]
        with_content: bool,
    },
    /// Delete a publication, or one article of it, for good
    Delete {
        /// The article-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        which: DeleteTarget,
        #[command(flatten)]
        confirm: ConfirmArgs,
    },
}

/// The confirmation of an action that can't be undone.
#[derive(Args)]
pub struct ConfirmArgs {
    /// Confirm the action; required with --live
    #[arg(long)]
    pub yes: bool,
}

/// A file that is fetched.
#[derive(Args)]
pub struct Fetch {
    /// The media-id
    #[arg(allow_hyphen_values = true)]
    pub id: String,
    /// Store the file here; an existing one is replaced
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A part of a list, or all of it.
#[derive(Args)]
pub struct Page {
    /// The number of items to skip
    #[arg(long, default_value_t = 0)]
    pub offset: u32,
    /// The number of items to list, 1 to 20
    #[arg(long, default_value_t = 20)]
    pub count: u32,
    /// List all items, each once. The number of calls that this takes goes to stderr first
    #[arg(long, conflicts_with_all = ["offset", "count"])]
    pub all: bool,
    /// With --all: end after this many items
    #[arg(long, value_name = "N", requires = "all")]
    pub limit: Option<u64>,
    /// With --all: make more calls than WeChat allows in a day by its documents
    #[arg(long, requires = "all")]
    pub yes: bool,
}

/// A wait for WeChat's decision.
#[derive(Args)]
pub struct WaitArgs {
    /// The longest wait, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = TIMEOUT)]
    pub timeout: u32,
}

/// The articles of a publication that are deleted.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct DeleteTarget {
    /// Every article of it
    #[arg(long)]
    all: bool,
    /// The article at this index alone, counted from 0
    #[arg(long, value_name = "N")]
    index: Option<u32>,
}

impl From<DeleteTarget> for types::DeleteWhich {
    fn from(which: DeleteTarget) -> Self {
        // The two exclude each other, and one of them is there.
        which.index.map_or(Self::All, Self::One)
    }
}
