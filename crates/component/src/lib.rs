//! The components, built by this crate's build script: the plugin from the workspace's root package, and with the
//! feature `doors` the components that are composed with it. With the feature `helpers` it builds those that make
//! articles and pictures for it.
//!
//! The build script alone knows how a component is made and which parts are delivered. A crate that runs one depends on
//! this crate, and cargo builds it again after each change of the sources.
//!
//! Each has two forms with the same code. The plain form is for programs: it is smaller, and other components can be
//! made from it. The delivered form is for people: it has metadata and documentation inside.

#[cfg(feature = "compose")]
mod compose;
#[cfg(feature = "compose")]
mod sections;

#[cfg(feature = "compose")]
pub use compose::{Error, compose};

/// The path of the plugin, `wechat-official-account.wasm`, in its plain form.
pub const PATH: &str = env!("WECHAT_COMPONENT");

/// The path of the plugin with metadata, and with the documentation of each exported interface.
pub const DELIVERED: &str = env!("WECHAT_COMPONENT_DELIVERED");

/// The paths of a component that uses the plugin.
#[cfg(feature = "doors")]
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// Composed with the plugin, in its plain form.
    pub plain: &'static str,
    /// Composed with the plugin, with metadata and documentation.
    pub delivered: &'static str,
    /// Without the plugin, for hosts that link the two.
    pub alone: &'static str,
}

#[cfg(feature = "doors")]
macro_rules! door {
    ($variable:literal) => {
        Door {
            plain: env!(concat!($variable, "_PLAIN")),
            delivered: env!(concat!($variable, "_DELIVERED")),
            alone: env!(concat!($variable, "_ALONE")),
        }
    };
}

/// Tools for agents. None of them makes anything public.
#[cfg(feature = "doors")]
pub const TOOLS: Door = door!("WECHAT_OFFICIAL_ACCOUNT_TOOLS");

/// Tools for agents, with the one that publishes.
#[cfg(feature = "doors")]
pub const TOOLS_PUBLISH: Door = door!("WECHAT_OFFICIAL_ACCOUNT_TOOLS_PUBLISH");

/// The HTTP service.
#[cfg(feature = "doors")]
pub const EDGE: Door = door!("WECHAT_OFFICIAL_ACCOUNT_EDGE");

/// The paths of a component that stands alone.
#[cfg(feature = "helpers")]
#[derive(Clone, Copy, Debug)]
pub struct Helper {
    /// The plain form.
    pub plain: &'static str,
    /// With metadata and documentation.
    pub delivered: &'static str,
}

#[cfg(feature = "helpers")]
macro_rules! helper {
    ($variable:literal) => {
        Helper {
            plain: env!(concat!($variable, "_PLAIN")),
            delivered: env!(concat!($variable, "_DELIVERED")),
        }
    };
}

/// Markdown to the HTML of an article.
#[cfg(feature = "helpers")]
pub const ARTICLE: Helper = helper!("WECHAT_OFFICIAL_ACCOUNT_ARTICLE");

/// Pictures that fit.
#[cfg(feature = "helpers")]
pub const PICTURE: Helper = helper!("WECHAT_OFFICIAL_ACCOUNT_PICTURE");
