//! The wire formats of requests and replies, without their meaning.

pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod reply;
