//! Texts for people in two languages: a field for each text, and a table for each language.
//!
//! | file | task |
//! |---|---|
//! | `article/` | what is said about an article in Markdown or HTML, and its preview |
//! | `choice` | the language of this process |
//! | `messages/` | what the commands say |
//! | `foreign` | the words of the system and of libraries |
//! | `help/` | the help |
//! | `usage` | errors of the arguments |

mod article;
mod choice;
mod foreign;
mod help;
mod messages;
mod usage;

pub use article::{Texts, article_texts};
pub use choice::{choose, guess, language, speak};
pub use foreign::{json_error, os_error};
pub use help::localize;
pub use messages::{Kinds, Publish, Running, messages, messages_in};
pub use usage::usage_error;
