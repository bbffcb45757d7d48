//! The plugin's contract as Rust, from a caller's side. The functions work in a component only; the types everywhere.
#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::restriction)]
#![allow(unsafe_code, reason = "generated; the canonical ABI passes pointers")]

wit_bindgen::generate!({
    path: "../../wit",
    inline: "
        package wechat:official-account-caller;

        world caller {
            import wechat:official-account/account@0.1.0;
            import wechat:official-account/content@0.1.0;
            import wechat:official-account/draft@0.1.0;
            import wechat:official-account/material@0.1.0;
            import wechat:official-account/publish@0.1.0;
        }
    ",
    world: "wechat:official-account-caller/caller",
    generate_all,
});

pub use wechat::official_account::{account, content, draft, material, publish, types};
