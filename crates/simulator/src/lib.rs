//! WeChat's Official Account server, `api.weixin.qq.com`, in memory and on loopback: for tests, and for trying things
//! out.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use wechat_simulator::{APP_ID, Fault, FaultRule, Options, Simulator};
//!
//! let simulator = Simulator::start(Options::default()).await?;
//! println!("{} for {APP_ID}", simulator.base_url());
//! simulator.inject(FaultRule::new("/cgi-bin/draft/add", Fault::LostReply).times(1));
//! // … run a client …
//! assert!(simulator.request_log().iter().all(|entry| entry.status == 200));
//! # Ok(())
//! # }
//! ```
//!
//! The program `wechat-simulator` is the same for clients in other languages; see the module `program`.
//!
//! # Fidelity
//!
//! It is written from WeChat's documents, and it behaves as the real server is known to behave, even if that is
//! inconvenient: HTTP 412 for a request without a length, `\u` escapes kept as text, unescaped line feeds inside JSON
//! strings, JSON labelled `text/plain`. "wechat-api §16" in a comment is a section of `docs/wechat-api.md`, which has
//! the facts and their sources.
//!
//! # Modules
//!
//! Files import downwards only.
//!
//! ```text
//! simulator              the handle that tests hold          program   arguments and life of the program
//!    │
//! server                 sockets, TLS, HTTP/1.1
//!    │
//! handlers/              api: a request on the wire; execute: its execution; the control paths; who gets a page
//!    │
//!    ├── pages/          HTML for people: the account, requests, faults, articles
//!    │
//! router                 the table of all endpoints; path, verb, token, address, permission, quota
//!    │
//! endpoints/             one file a group: its routes, its request bodies, its replies
//!    │
//! model/                 accounts and what they store: material, drafts, publications, tokens, counters
//!
//! beside these           fault/  faults and their effects      html/  the treatment of an article's HTML
//!                        wire/   JSON, forms, replies          request_log  for tests to read
//! on the ground          endpoint, request, api_error, file_format, sniff
//! ```
//!
//! A request, `POST /cgi-bin/draft/get`, passes these files:
//!
//! 1. `server` accepts the connection and reads HTTP.
//! 2. `handlers/api` reads the body, opens an entry of the log, and asks `fault/plan` for a fault.
//! 3. `handlers/execute` locks the [`World`] and calls `router`, which finds the account and checks its rights.
//! 4. `endpoints/draft` looks for the draft in the [`Account`] and answers, or returns an `ApiError`.
//! 5. `wire/reply` writes the answer as WeChat does, `fault/effect` spoils it if a fault says so, and `handlers/api`
//!    sends it.
//!
//! # How to add an endpoint
//!
//! 1. In its group's file in `endpoints/`, add a row to `ROUTES` (path, calls a day, content type, handler) and write
//!    the handler: `fn(&mut Call) -> Result<Answer, ApiError>`. A struct with `Deserialize` declares the body's fields.
//! 2. If it answers with a new errcode, add the code's text to `api_error.rs`.
//! 3. A new group is a new file, named in `endpoints/mod.rs` and in `GROUPS` of `router.rs`.
//!
//! Quotas, permission, wrong verbs and `openapi/quota/get` follow from the row, and so do the tests that try every
//! endpoint.
//!
//! # How to add a fault
//!
//! In `fault/kind.rs`, add a variant with its documentation, an arm in `Fault::effect`, and a value in
//! `Fault::samples`, or in `Fault::alterations` if it changes articles and nothing else. The name, the JSON form,
//! `--help` and the tables of `docs/reliability.md` are derived from these. Tests fail if one is missing.
//!
//! # Faults from outside
//!
//! The simulator fails only on request. [`Simulator::inject`] adds [`Faults`] for requests to come; afterwards
//! [`Entry::fault`] shows which request met which one, and [`Entry::executed`] if the request was executed all the
//! same.
//!
//! Other programs do the same at `/__faults` on the simulator's own port, without a token and without an entry in the
//! log: `POST` adds faults, `GET` shows those still to come, `DELETE` removes all. Each answers with the faults to
//! come then. In the document, `skip` is 0 by default and `executed` is `false`; a rule without `times` holds until
//! it is removed; rules for connections always end:
//!
//! ```json
#![doc = include_str!("fault/example.json")]
//! ```
//!
//! The rules of one path follow each other: the second begins when the first is used up. The name of a fault is its
//! variant of [`Fault`] in kebab case. A fault with fields is `{"name": {fields}}`.
//!
//! # A look from outside
//!
//! `GET /__requests` shows the log without queries, headers and bodies, and `GET /__stored` counts what the accounts
//! have stored. With both, another program learns how often its call was sent, and how often it was executed.
//! People find pages at `/`.

mod api_error;
mod certificate;
mod endpoint;
mod endpoints;
mod fault;
mod file_format;
mod handlers;
mod html;
mod model;
mod pages;
#[cfg(feature = "program")]
pub mod program;
mod request;
mod request_log;
mod router;
mod server;
mod simulator;
mod sniff;
mod state;
mod wire;

#[cfg(test)]
mod tests;

pub use fault::connection::ConnectionFault;
pub use fault::kind::{Fault, FaultBody};
pub use fault::plan::{ConnectionRule, FaultRule, Faults};
pub use fault::random::RandomFaults;
pub use model::account::{Account, Commerce};
pub use model::article::{Article, ArticleKind};
pub use model::draft::Draft;
pub use model::material::{Material, MaterialKind, TemporaryMedia};
pub use model::publication::{Publication, PublishPlan};
pub use model::tokens::TOKEN_MARK;
pub use model::world::{APP_ID, APP_SECRET, World};
pub use request_log::Entry;
pub use simulator::Simulator;
pub use state::Options;
