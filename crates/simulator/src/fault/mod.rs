//! Faults on demand: what a network, a gateway or a busy server does to an honest exchange.
//!
//! `plan` says which request meets which fault, `tamper` what that does to the exchange, `line`
//! goes below HTTP where HTTP would not do, and `control` is the way in for other programs.

pub(crate) mod control;
mod kind;
pub(crate) mod line;
mod plan;
mod random;
pub(crate) mod tamper;

pub use kind::{ConnectionFault, Fault, StandIn};
pub use plan::{ConnectionRule, FaultRule, Faults};
pub use random::RandomFaults;
