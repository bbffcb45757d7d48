//! The wire formats: what comes in and what goes out, without any rule about what it means.

pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod reply;
