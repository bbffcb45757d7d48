//! The commands and their arguments. The comments on fields and variants are the English help texts; the Chinese ones
//! are in `texts/help/zh.rs`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use http::Uri;
use http::uri::Authority;
use wechat_official_account_article::types::RawHtml;
use wechat_official_account_host::types;
use wechat_official_account_language::Language;
use wechat_simulator::program;

use crate::texts;
use crate::texts::messages;

/// The longest wait for WeChat's decision if the user names none. Seconds.
pub const TIMEOUT: u32 = 600;

/// Shown at the end of `--help`.
const AFTER_HELP: &str = "\
Servers:
  The default is a simulator of WeChat's server that is started for this one command. It is empty each time.
  --api-base URL   a simulator that is running already (`wechat-oa simulator --plain-http`), which keeps its data.
                   The known account is used unless WECHAT_APP_ID and WECHAT_APP_SECRET are set
  --live           WeChat itself, with WECHAT_APP_ID and WECHAT_APP_SECRET from the environment

Output:
  Tables go to stdout, or one JSON document with --json. Files are described, not printed; -o FILE stores them, and -o -
  writes to stdout, which leaves stderr for the rest. An old FILE stays until the new one is whole.
  JSON keys are the WIT's names in snake_case, and enum values are spelled as in the WIT.
  Errors go to stderr. --json makes an error one JSON object with kind, message and exit_code, and with advice,
  errcode, rid, subject and retry_after_seconds if they are known. Errors in the arguments themselves are always text.
  If stdout can't be written, the error has what was done as `result`. Three commands tell more on stderr before the
  end, as one line of JSON with a `status`: `publish submit --wait` and `draft add --publish` the publish-id, and
  `list --all` the number of its calls.
  Control characters are printed as visible escapes.

Input:
  ARTICLE.json and the HTML of `content prepare` are also read from stdin, as `-`. Other input must be a regular file.
  Sizes are limited.

Exit codes:
  0  done
  1  anything else, such as a wait that ended before WeChat had decided
  2  usage: wrong arguments or ARTICLE.json, a missing file, environment variable or --yes, input that the plugin
     refused without asking WeChat, or pictures of an article that are no files beside it
  3  refused: by WeChat (there is an errcode), by its review, or by the plugin's check of a file
  4  network: no answer, a connection that can't be secured (kind tls), a lost answer (kind outcome-unknown: it may
     have been done), or an unreadable one
  128 and more  stopped by a signal (kind interrupted): 129 SIGHUP, 130 SIGINT, 143 SIGTERM. The document of what was
     done until then is printed. An unsafe call that runs is awaited for 5 s; a second signal ends that";

/// Shown in the help of commands that take an ARTICLE.json.
pub const ARTICLE_HELP: &str = r#"ARTICLE.json is an article or a list of them, with the WIT's fields in
snake_case. Unknown fields are refused:
[
  {"type": "news", "title": "…", "content": "<p>…</p>", "thumb_media_id": "…",
   "author": "…", "digest": "…", "content_source_url": "https://…", "product_key": "…",
   "cover_crops": [{"ratio": "wide", "x1": 0, "y1": 0.2, "x2": 1, "y2": 0.8}], "comments": "closed"},
  {"type": "pictures", "title": "…", "content": "…", "image_media_ids": ["…"],
   "cover_crops": [], "comments": "everyone", "product_key": "…"}
]
The first line of each is required, the others are optional. Ratios: wide, square, landscape (pictures only).
Comments: closed (the default), everyone, fans-only.
An article without `type` is read as one of WeChat's own API, and so is the {"articles": …} of a draft/add."#;

/// Shown in the help of commands that take the HTML of an article.
const PICTURES_HELP: &str = "\
Pictures:
  A picture of the HTML is uploaded if it is data (`data:`) or a file in the article's own folder or below: `a.jpg`,
  `./img/a.jpg`, `img/my%20picture.png?v=2`, `cid:a.jpg`. Nothing is fetched from elsewhere. No file outside that folder
  is read, neither by `..` nor by an absolute path nor through a symbolic link. The pictures left out are listed on
  stderr, or in `not_read` with --json. WeChat will drop them.
  jpg and png below 1 MB take no storage quota; gif, bmp and larger ones become permanent material, with a media-id.";

/// Shown in the help of `preview`.
const PREVIEW_HELP: &str = "\
The first line of output is `preview: http://127.0.0.1:PORT/`. The page is loaded again when the article, one of its
pictures or the theme is saved. Only programs on this machine can reach it, and it reaches nobody. A script in the
article does not run. The dark view is an approximation: WeChat's own is not public here.";

/// Shown in the help of `mcp`.
const MCP_HELP: &str = "\
Clients start the program by themselves and talk to it over stdin and stdout, or connect to --http. stdout has the
protocol and nothing else. stderr has a line for each call.
A client may do what the tools can do. Nothing is published without --allow-publish, and no file is read without --root.
HTTP needs a token in WECHAT_MCP_TOKEN, which clients send as `Authorization: Bearer TOKEN`.
The server ends when stdin is closed, after it has answered the calls that it has read, for up to 5 seconds. Then, and
after Ctrl-C at once, it begins no change. One that is under way is awaited: after Ctrl-C for up to 5 seconds.";

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
    let language = texts::guess(&arguments);
    texts::speak(language);
    let parsed = { texts::localize(Cli::command(), language) }.try_get_matches_from(&arguments);
    let cli = parsed.and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    let cli = cli.map_err(|error| match error.kind() {
        ErrorKind::InvalidUtf8 => Cli::command().error(ErrorKind::InvalidUtf8, not_utf8(&arguments)),
        _ => error,
    })?;
    texts::speak(texts::choose(cli.global.lang.map(Language::from), cli.global.json));
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

/// The look of Markdown.
#[derive(Args)]
#[command(next_help_heading = "For Markdown only")]
pub struct LookOptions {
    /// The theme: a name, or a file in TOML (.toml) [default: that of the front matter, or else the first]
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// HTML inside the Markdown [default: sanitise]
    #[arg(long, value_enum)]
    pub raw_html: Option<Raw>,
}

impl LookOptions {
    /// Returns the first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--theme", self.theme.is_some()),
            ("--raw-html", self.raw_html.is_some()),
        ];
        given.into_iter().find_map(|(option, given)| given.then_some(option))
    }
}

/// The treatment of HTML inside Markdown.
#[derive(Clone, Copy, ValueEnum)]
pub enum Raw {
    /// What WeChat keeps is kept
    Sanitise,
    /// All of it stays; WeChat will drop what it does not keep
    Keep,
    /// The first tag is an error
    Refuse,
}

impl From<Raw> for RawHtml {
    fn from(raw: Raw) -> Self {
        match raw {
            Raw::Sanitise => Self::Sanitise,
            Raw::Keep => Self::Keep,
            Raw::Refuse => Self::Refuse,
        }
    }
}

/// What becomes of a draft of Markdown or HTML.
#[derive(Args)]
#[command(next_help_heading = "For Markdown and HTML only")]
pub struct DeliveryOptions {
    /// Print what would be sent, and send nothing. Needs no credentials
    #[arg(long, conflicts_with_all = ["publish"])]
    pub dry_run: bool,
    /// Replace an article of this draft in place of making a new draft
    #[arg(long, value_name = "MEDIA_ID", allow_hyphen_values = true)]
    pub update: Option<String>,
    /// With --update: the index of the article, counted from 0 [default: 0]
    #[arg(long, value_name = "N", requires = "update")]
    pub index: Option<u32>,
    /// Hand the draft to WeChat for publishing, and wait until WeChat has decided. Nothing is published that did not
    /// arrive whole
    #[arg(long)]
    pub publish: bool,
    /// With --publish: the longest wait, in seconds [default: 600]
    #[arg(long, value_name = "SECONDS", requires = "publish")]
    pub timeout: Option<u32>,
    /// With --publish: confirm it; required with --live
    #[arg(long, requires = "publish")]
    pub yes: bool,
    /// Remember in this file which pictures the account has, so that none is uploaded twice. It has hashes and
    /// addresses. Without it nothing is stored
    #[arg(long, value_name = "FILE")]
    pub cache: Option<PathBuf>,
}

impl DeliveryOptions {
    /// Returns the first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--dry-run", self.dry_run),
            ("--update", self.update.is_some()),
            ("--publish", self.publish),
            ("--cache", self.cache.is_some()),
        ];
        given.into_iter().find_map(|(option, given)| given.then_some(option))
    }
}

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

/// Accepts the value of a `Host` header. The server would pass over another one in silence.
fn host(text: &str) -> Result<String, String> {
    let host = Authority::try_from(text).map(|authority| authority.host().to_owned());
    match host.is_ok_and(|host| !host.is_empty()) {
        true => Ok(text.to_owned()),
        false => Err(messages().usage.no_host.to_owned()),
    }
}

/// Accepts the value of an `Origin` header, and adds the port that its scheme implies: the server would take every
/// port.
fn origin(text: &str) -> Result<String, String> {
    let origin = Uri::try_from(text).ok().and_then(|uri| {
        let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
        let host = authority.host();
        let port = match (authority.port_u16(), scheme) {
            (Some(port), _) => Some(port),
            (None, "http") => Some(80),
            (None, "https") => Some(443),
            _ => None,
        };
        let with_port = port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        // Not a wrong port, a user or a path.
        let is_all = [host, &with_port].contains(&authority.as_str()) && matches!(uri.path(), "" | "/");
        (!host.is_empty() && is_all && uri.query().is_none()).then(|| format!("{scheme}://{with_port}"))
    });
    origin.ok_or_else(|| messages().usage.no_origin.to_owned())
}

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

/// Whether a draft is fetched after it was made.
#[derive(clap::Args)]
pub struct ReadBackOptions {
    /// Do not fetch the draft again to tell what WeChat changed or dropped
    #[arg(long)]
    pub no_read_back: bool,
}

/// The fields of a news article besides its HTML. They have precedence over the front matter of Markdown. ARTICLE.json
/// has all of them itself.
#[derive(Args)]
#[command(next_help_heading = "For Markdown and HTML only")]
pub struct NewsOptions {
    /// Title; required for HTML
    #[arg(long)]
    pub title: Option<String>,
    /// Author
    #[arg(long)]
    pub author: Option<String>,
    /// Summary [default: that of the front matter, or else WeChat takes the beginning of the text]
    #[arg(long)]
    pub digest: Option<String>,
    /// The address of the original (阅读原文)
    #[arg(long, value_name = "URL")]
    pub source_url: Option<String>,
    /// Readers who may comment [default: those of the front matter, or else closed]
    #[arg(long, value_enum)]
    pub comments: Option<Commenters>,
    /// Key of a product card below the article
    #[arg(long, value_name = "KEY")]
    pub product_key: Option<String>,
    /// Store this picture, and make it the cover [default: that of the front matter, or else the first picture of the
    /// article]
    #[arg(long, value_name = "FILE", conflicts_with = "cover_id")]
    pub cover: Option<PathBuf>,
    /// The media-id of a cover that is stored already
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub cover_id: Option<String>,
    /// Make the draft even if pictures are left that WeChat will drop
    #[arg(long)]
    pub allow_missing_pictures: bool,
    /// Write the HTML with the pictures' new addresses here, as `content prepare` does; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

impl NewsOptions {
    /// Returns the first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--title", self.title.is_some()),
            ("--author", self.author.is_some()),
            ("--digest", self.digest.is_some()),
            ("--source-url", self.source_url.is_some()),
            ("--comments", self.comments.is_some()),
            ("--product-key", self.product_key.is_some()),
            ("--cover", self.cover.is_some()),
            ("--cover-id", self.cover_id.is_some()),
            ("--allow-missing-pictures", self.allow_missing_pictures),
            ("--output", self.output.is_some()),
        ];
        given.into_iter().find_map(|(option, given)| given.then_some(option))
    }
}

/// The confirmation of an action that can't be undone.
#[derive(Args)]
pub struct ConfirmArgs {
    /// Confirm the action; required with --live
    #[arg(long)]
    pub yes: bool,
}

#[derive(Args)]
pub struct Fetch {
    /// The media-id
    #[arg(allow_hyphen_values = true)]
    pub id: String,
    /// Store the file here; an existing one is replaced
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

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

#[derive(Args)]
pub struct WaitArgs {
    /// The longest wait, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = TIMEOUT)]
    pub timeout: u32,
}

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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UploadKind {
    /// bmp, png, jpg or gif of at most 10 MB
    Image,
    /// mp3, wma, wav or amr of at most 2 MB
    Voice,
    /// mp4 of at most 10 MB
    Video,
    /// jpg of at most 64 KB
    Thumb,
    /// jpg or png below 1 MB, for the text of articles; has a URL and no media-id
    ArticleImage,
}

/// Defines command-line names for the cases of an enum in the WIT.
macro_rules! names_of {
    ($($theirs:ident as $mine:ident: $($case:ident)*;)*) => {
        $(
            #[derive(Clone, Copy, ValueEnum)]
            pub enum $mine {
                $($case,)*
            }

            impl From<$mine> for types::$theirs {
                fn from(mine: $mine) -> Self {
                    match mine {
                        $($mine::$case => Self::$case,)*
                    }
                }
            }
        )*
    };
}

names_of! {
    Comments as Commenters: Closed Everyone FansOnly;
    MaterialKind as ListKind: Image Voice Video News;
    MediaKind as MediaKind: Image Voice Video Thumb;
    ProductCardType as CardType: NewsLarge NewsSmall NewsTextLink PicturesSmall PicturesTextLink PicturesBar;
}
