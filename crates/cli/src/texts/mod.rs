//! Texts for people in two languages: a field for each text, and a table for each language.
//!
//! | file | task |
//! |---|---|
//! | `article/` | what is said about an article in Markdown or HTML, and its preview |
//! | `choice` | the language of this process |
//! | `messages/` | what the commands say |
//! | `help/` | the help |
//! | `library_messages` | the words of the system and of libraries |
//! | `usage` | errors of the arguments |

mod article;
mod choice;
mod help;
mod library_messages;
mod messages;
mod usage;

pub use article::{Texts, article_texts};
pub use choice::{choose, language, language_of_arguments, set_language};
pub use help::localize;
pub use library_messages::{json_error, os_error};
pub use messages::{Kinds, Publish, Running, messages, messages_in};
pub use usage::usage_error;
