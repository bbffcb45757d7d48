//! What the addresses of the page and its frames choose.

use serde::Deserialize;

/// The choices in an address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The name of a theme that is built in.
    pub theme: Option<String>,
    /// The language of the page and of its findings.
    pub lang: Option<String>,
    /// The frame.
    pub view: View,
}

/// The frames. Each has an address of its own: browsers load the same one a second time only after the first.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// A phone.
    #[default]
    #[serde(rename = "light")]
    Phone,
    /// A desktop, where findings stand beside their paragraphs.
    Desktop,
    /// A phone in dark mode.
    Dark,
}
