//! The endpoints: one file a group, with the group's table of routes and its handlers.

pub(crate) mod article;
pub(crate) mod crop;
pub(crate) mod draft;
pub(crate) mod item;
pub(crate) mod material;
pub(crate) mod media;
pub(crate) mod openapi;
pub(crate) mod page;
pub(crate) mod product;
pub(crate) mod publish;
pub(crate) mod source_url;
pub(crate) mod token;
pub(crate) mod upload_rule;
