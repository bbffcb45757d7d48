//! What can be asked for. The comments on fields and variants are the help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use wechat_official_account_host::types;

/// Shown at the end of `--help`.
const AFTER_HELP: &str = "\
Whom it talks to:
  By default to a simulator of WeChat's server that is started for this one command, empty each time.
  --api-base URL   a simulator that is running already (`wechat-oa simulator --plain-http`); it keeps what it is told.
                   Its known account is used unless WECHAT_APP_ID and WECHAT_APP_SECRET are set
  --live           WeChat itself, with WECHAT_APP_ID and WECHAT_APP_SECRET from the environment

Output:
  Tables on stdout, or one JSON document with --json. Files are described, not printed; -o FILE stores them. JSON keys are
  the WIT's names in snake_case, enum values are spelled as in the WIT.
  Errors go to stderr; with --json as one JSON object with kind, message, exit_code, and, where they are known, advice,
  errcode, rid, subject and retry_after_seconds. What is wrong with the arguments themselves is always told as text.

Exit codes:
  0  done
  1  anything else, such as a wait that ended before WeChat had decided
  2  usage: arguments, ARTICLE.json, a file or environment variable that is missing, a missing --yes, input that the plugin
     refused without asking WeChat, or pictures of an article that are no files beside it
  3  refused: by WeChat (there is an errcode), by its review, or by the plugin's check of a file
  4  network: no answer, a lost answer (kind outcome-unknown: it may have been done), or one that can't be read";

/// Shown at the end of `simulator --help`. The example is the one that the simulator's tests read.
const FAULTS_HELP: &str = concat!(
    "\
It never fails unless told to. Other programs tell it at /__faults on its own port (there by plain HTTP too, and without
a token): POST adds faults, GET shows those still laid out, DELETE removes all.

  curl http://127.0.0.1:PORT/__faults -d @FAULTS.json

FAULTS.json, of which each of the three parts may be left out:
",
    include_str!("../../simulator/src/fault/example.json"),
    "
  rules        for requests to a path: `skip` of them pass first (0 if left out), `times` meet the fault (all if left out);
               the next rule of the same path begins where the first is used up
  connections  closed-at-once or handshake-cut, for whatever connection comes, after `skip` others, `times` times
  random       one of the faults for `per_mille` of the requests, but for stable_token; the seed decides which

Faults:
  delay {ms}   stall   trickle {ms}
  close-before-body   close-in-body {after: bytes, half if left out}   close-after-body   lost-reply
  truncated-body   content-length-too-small   content-length-too-large   two-content-lengths   content-length-twice
  status {code, body: empty | html | garbage | {text}, acted}   redirect {code, location}   errcode {code, acted}
  garbled-json   huge-body {content_length: true | false}   huge-header   mislabelled
`acted` is whether the request is carried out all the same, false if left out."
);

/// Shown where an ARTICLE.json is asked for.
pub const ARTICLE_HELP: &str = r#"ARTICLE.json is an article or a list of them, with the WIT's fields in snake_case; what is not known is refused:
[
  {"type": "news", "title": "…", "content": "<p>…</p>", "thumb_media_id": "…",
   "author": "…", "digest": "…", "content_source_url": "https://…", "product_key": "…",
   "cover_crops": [{"ratio": "wide", "x1": 0, "y1": 0.2, "x2": 1, "y2": 0.8}], "comments": "closed"},
  {"type": "pictures", "title": "…", "content": "…", "image_media_ids": ["…"],
   "cover_crops": [], "comments": "everyone", "product_key": "…"}
]
Only the first line of each is needed. Ratios: wide, square, landscape (pictures only). Comments: closed (the default),
everyone, fans-only."#;

/// Shown where the HTML of an article can be given.
pub const PICTURES_HELP: &str = "\
Pictures:
  What the HTML refers to is uploaded where it is data (`data:`) or a file in the article's own folder or below: `a.jpg`,
  `./img/a.jpg`, `img/my%20picture.png?v=2`, `cid:a.jpg`. Nothing is fetched from elsewhere, and nothing is read that lies
  outside that folder, be it by `..`, as an absolute path or behind a symbolic link. What is left out is said, on stderr or with
  --json as `not_read`, and WeChat will drop it.
  jpg and png below 1 MB take no storage quota; gif, bmp and larger ones become permanent material, and have a media-id.";

/// The WeChat Official Account plugin on the command line.
#[derive(Parser)]
#[command(name = "wechat-oa", version, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
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
    /// For --api-base: trust the certificate (PEM) that `simulator --ca FILE` wrote
    #[arg(long, global = true, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// The component to run [default: the one built with this program]
    #[arg(long, global = true, value_name = "WASM")]
    pub plugin: Option<PathBuf>,
    /// Print JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write the component to a file: what hosts of every kind load
    Component {
        /// Where to write it
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Compile the component ahead of time, for hosts that load it with `Host::from_precompiled`
    Precompile {
        /// Where to write the compiled component
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Run the simulator until Ctrl-C. The first line of output is `listening on URL`
    #[command(after_help = FAULTS_HELP)]
    Simulator(SimulatorOptions),
    /// The account: token, quota, what WeChat recorded
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
}

#[derive(Args)]
pub struct SimulatorOptions {
    /// Port on 127.0.0.1; 0 lets the system choose
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// Serve HTTP instead of HTTPS
    #[arg(long)]
    pub plain_http: bool,
    /// Forgive what common SDKs do and strict readers would not
    #[arg(long)]
    pub lenient: bool,
    /// Write the root certificate (PEM) to this file; made anew at each start
    #[arg(long, value_name = "FILE", conflicts_with = "plain_http")]
    pub ca: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum Account {
    /// Check app id, secret and IP whitelist
    Verify,
    /// Show the access token
    AccessToken {
        /// Print the token itself with --live too. Terminals keep a history, and whoever has the token can act for the
        /// account; without this only its life is shown
        #[arg(long)]
        show: bool,
    },
    /// Today's use of one API
    Quota {
        /// The API, such as /cgi-bin/draft/add
        path: String,
    },
    /// What WeChat recorded about a request. May repeat what the request contained
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
        /// What it is to be
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
    /// How much is stored
    Counts,
    /// List materials of one kind
    List {
        /// DeleteTarget kind
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
        /// What it is to be
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
    /// Where a picture fails, the others are uploaded and the HTML is written all the same; the exit code is that of the failure,
    /// and 2 where pictures are left that are neither data nor files beside the article. To upload only what is missing, call it
    /// with the HTML that was written, from the same folder.
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

#[derive(Subcommand)]
pub enum Draft {
    /// Say what is wrong with articles, and what of them will not arrive. Asks nobody; ends with 2 where `add` would refuse
    #[command(after_help = ARTICLE_HELP)]
    Check {
        /// One article, or a list of them
        #[arg(value_name = "ARTICLE.json")]
        articles: PathBuf,
    },
    /// Make a draft. Warnings of `check` go to stderr, or into the document with --json
    #[command(after_help = ARTICLE_HELP, after_long_help = format!("{PICTURES_HELP}\n\n{ARTICLE_HELP}"))]
    Add {
        /// ARTICLE.json, or the HTML of one news article (.html or .htm), whose pictures are uploaded first
        #[arg(value_name = "ARTICLE")]
        article: PathBuf,
        #[command(flatten)]
        news: NewsOptions,
    },
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
        /// DeleteTarget article, counted from 0
        index: u32,
        /// The new article
        #[arg(value_name = "ARTICLE.json")]
        article: PathBuf,
    },
    /// Delete a draft for good
    Delete {
        /// Its media-id
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        confirm: ConfirmArgs,
    },
    /// How many drafts there are
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
        /// How the product is shown, and where
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
    /// Where a publishing task stands
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
    /// Fetch what was published
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

/// What makes HTML a news article. ARTICLE.json has all this itself.
#[derive(Args)]
#[command(next_help_heading = "For HTML only")]
pub struct NewsOptions {
    /// Title; needed
    #[arg(long)]
    pub title: Option<String>,
    /// Author
    #[arg(long)]
    pub author: Option<String>,
    /// Summary [default: WeChat takes the beginning of the text]
    #[arg(long)]
    pub digest: Option<String>,
    /// The address behind 阅读原文
    #[arg(long, value_name = "URL")]
    pub source_url: Option<String>,
    /// Who may comment [default: closed]
    #[arg(long, value_enum)]
    pub comments: Option<Commenters>,
    /// Key of a product card below the article
    #[arg(long, value_name = "KEY")]
    pub product_key: Option<String>,
    /// Store this picture, and make it the cover [default: the first picture of the article]
    #[arg(long, value_name = "FILE", conflicts_with = "cover_id")]
    pub cover: Option<PathBuf>,
    /// The cover's media-id, where it is stored already
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub cover_id: Option<String>,
    /// Make the draft even where pictures are left that WeChat will drop
    #[arg(long)]
    pub allow_missing_pictures: bool,
    /// Write the HTML with the pictures' new addresses here, as `content prepare` does; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

impl NewsOptions {
    /// The first option that was given.
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

/// For what can't be undone.
#[derive(Args)]
pub struct ConfirmArgs {
    /// Do it; --live does not without
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
    /// How many to skip
    #[arg(long, default_value_t = 0)]
    pub offset: u32,
    /// How many to list, 1 to 20
    #[arg(long, default_value_t = 20)]
    pub count: u32,
}

#[derive(Args)]
pub struct WaitArgs {
    /// How long to wait, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    pub timeout: u32,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct DeleteTarget {
    /// Every article of it
    #[arg(long)]
    all: bool,
    /// Only this article, counted from 0
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

/// Command line names for the cases of an enum in the WIT.
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
