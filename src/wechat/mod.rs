//! WeChat's wire: calls, replies and error codes. Nothing here knows an article or a material. Each file knows only
//! those above it:
//!
//! | file | task |
//! |---|---|
//! | [`errcode`] | error codes: kind, advice, retry |
//! | [`endpoint`] | one operation of the API |
//! | [`body`], [`multipart`], [`query`] | writing requests |
//! | [`repair`], [`lenient`], [`large_number`], [`object`], [`fields`] | reading JSON |
//! | [`token_reply`], [`reply`] | reading replies |
//! | [`credentials`] | the account's secrets, and their removal from texts |
//! | [`attempt_error`], [`pause`], [`attempt`] | one attempt, and another after a pause |
//! | [`token`], [`replay`] | the access token: from the cache, from WeChat, and again after a refusal |
//! | [`page`], [`client`] | the calls that operations make |

pub mod attempt;
pub mod attempt_error;
pub mod body;
pub mod client;
pub mod credentials;
pub mod endpoint;
pub mod errcode;
pub mod fields;
pub mod large_number;
pub mod lenient;
pub mod multipart;
pub mod object;
pub mod page;
pub mod pause;
pub mod query;
pub mod repair;
pub mod replay;
pub mod reply;
#[cfg(test)]
pub(crate) mod testing;
pub mod token;
pub mod token_reply;
