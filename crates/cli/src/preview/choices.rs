//! What the addresses of the page and its frames choose.

use serde::Deserialize;

/// The choices in an address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Choices {
    pub theme: Option<String>,
    pub lang: Option<String>,
    pub view: View,
}

/// The colours of a frame.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    #[default]
    Light,
    Dark,
}
