//! WeChat's wire: how a call is made, how a reply is read, what an errcode means. Nothing here knows an article or a
//! material.

pub mod call;
pub mod endpoint;
pub mod errcode;
pub mod failure;
pub mod json;
pub mod multipart;
pub mod query;
pub mod reply;
pub mod retry;
pub mod token;
