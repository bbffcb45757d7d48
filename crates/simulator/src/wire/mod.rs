//! The wire formats of requests and replies. The meaning is for the endpoints.

pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod reply;
