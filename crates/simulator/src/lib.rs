//! The Official Account server of `api.weixin.qq.com`, in memory, on loopback.

mod api_error;
mod certificate;
mod endpoint;
mod endpoints;
mod fault;
mod file_format;
mod handlers;
mod html;
mod model;
#[cfg(feature = "program")]
pub mod program;
mod request;
mod request_log;
mod router;
mod server;
mod simulator;
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
