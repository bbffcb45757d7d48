//! Faults on demand: the changes that a network, a gateway or a busy server makes to a normal exchange.
//!
//! `kind` has every fault of a request with its effect, `connection` those of connections. `plan` and `random` decide
//! which request meets which one. `effect` has the means, and `raw_connection` writes what no HTTP library would.

pub(crate) mod connection;
pub(crate) mod effect;
pub(crate) mod kind;
pub(crate) mod plan;
pub(crate) mod random;
pub(crate) mod raw_connection;
