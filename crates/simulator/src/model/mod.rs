//! The state of the simulator, without HTTP.

pub(crate) mod account;
pub(crate) mod alteration;
pub(crate) mod article;
pub(crate) mod calls;
pub(crate) mod capacity;
pub(crate) mod clock;
pub(crate) mod draft;
pub(crate) mod ids;
pub(crate) mod material;
pub(crate) mod publication;
pub(crate) mod refused;
pub(crate) mod store;
pub(crate) mod tokens;
pub(crate) mod world;
