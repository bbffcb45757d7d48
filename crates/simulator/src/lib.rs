//! An honest WeChat: the Official Account server of `api.weixin.qq.com`, in memory, on loopback.
//!
//! It answers as the server is known to answer, including where that is inconvenient: HTTP 412
//! for a request without a length, `\u` escapes kept as text, raw line feeds inside JSON strings,
//! JSON labelled `text/plain`. A client that gets along with it has been held to the same rules as
//! one that talks to WeChat. The sections named in comments ("wechat-api §16") are those of the
//! collected facts that the rules were written from.
//!
//! A request passes these rooms, in this order:
//!
//! 1. `server`: the socket, TLS, and HTTP;
//! 2. `desk`: length, body, journal, and the reply's way back;
//! 3. `gate`: path, verb, token, caller's address, permission, quota;
//! 4. one file per group of endpoints: `token`, `material`, `media`, `draft`, `card`, `publish`,
//!    `openapi`, working on a [`World`] of [`Account`]s that tests may look into and change.
//!
//! It fails when told to, and only then: delays, broken connections, lost replies and whatever
//! else a [`Fault`] is. [`Simulator::inject`] lays [`Faults`] out for the requests to come;
//! afterwards [`Entry::fault`] says which request met which one, and [`Entry::acted`] whether the
//! request was carried out all the same.
//!
//! Other programs do the same at `/__faults` on the simulator's own port, without a token and
//! without a trace in the journal: `POST` adds faults, `GET` shows those still laid out, `DELETE`
//! removes all. Each answers with what is laid out then. In the document, `skip` is 0 and `acted`
//! is `false` where they are left out, a rule without `times` holds until it is removed, and those for
//! connections always end:
//!
//! ```json
#![doc = include_str!("fault/example.json")]
//! ```
//!
//! Rules of one path take turns: the second begins where the first is used up. Faults have the
//! names of [`Fault`]'s variants in kebab case; those with fields are `{"name": {fields}}`.

mod account;
mod article;
mod calls;
mod card;
mod certificate;
mod clock;
mod desk;
mod draft;
mod errcode;
mod fault;
mod file;
mod gate;
mod html;
mod journal;
mod json;
mod material;
mod media;
mod multipart;
mod noise;
mod openapi;
#[cfg(feature = "program")]
pub mod program;
mod publish;
mod reply;
mod server;
mod stock;
mod token;
mod world;

#[cfg(test)]
mod tests;

pub use account::{Account, Commerce};
pub use article::{Article, ArticleKind};
pub use fault::{ConnectionFault, ConnectionRule, Fault, FaultRule, Faults, RandomFaults, StandIn};
pub use journal::Entry;
pub use server::{Options, Simulator};
pub use stock::{Draft, Material, MaterialKind, Publication, PublishPlan, TemporaryMedia};
pub use token::TOKEN_MARK;
pub use world::World;

/// App id of the account that every simulator knows from the start.
pub const APP_ID: &str = "wx0123456789abcdef";

/// AppSecret of the account that every simulator knows from the start.
pub const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
