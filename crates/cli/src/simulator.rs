//! The simulator by itself, for other programs, or for several commands in a row.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use wechat_simulator::{APP_ID, APP_SECRET, Options};

use crate::args::SimulatorOptions;
use crate::context::{Context, start_simulator};
use crate::error::{self, Result};
use crate::format::facts;
use crate::output::line;

/// Characters in a line of a PEM file.
const PEM_LINE: usize = 64;

pub async fn run(context: &Context, options: SimulatorOptions) -> Result<()> {
    context.target.must_be_embedded("simulator")?;
    let simulator = start_simulator(Options {
        port: options.port,
        plain_http: options.plain_http,
        lenient: options.lenient,
    })
    .await?;
    let base = simulator.base_url();
    let trust = match &options.ca {
        Some(path) => {
            write_pem(path, &simulator.root_certificate())?;
            format!(" --trust {}", path.display())
        }
        None => String::new(),
    };
    // Programs read this line to learn the port: it stays the first, in this form.
    line(&format!("listening on {base}"))?;
    let mut known = vec![
        ("app id", APP_ID.to_owned()),
        ("app secret", format!("{APP_SECRET} (made up, as is the app id)")),
    ];
    if options.plain_http || options.ca.is_some() {
        known.push(("try", format!("wechat-oa --api-base {base}{trust} draft count")));
    } else {
        known.push((
            "trust",
            "give --ca FILE to get its root certificate, or --plain-http".to_owned(),
        ));
    }
    line(&facts(known))?;
    let ended = tokio::signal::ctrl_c().await;
    ended.map_err(|error| error::other(format!("cannot wait for Ctrl-C: {error}")))
}

fn write_pem(path: &Path, certificate: &[u8]) -> Result<()> {
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    for (place, character) in BASE64_STANDARD.encode(certificate).chars().enumerate() {
        if place > 0 && place % PEM_LINE == 0 {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem.push_str("\n-----END CERTIFICATE-----\n");
    std::fs::write(path, pem).map_err(|error| error::other(format!("cannot write {}: {error}", path.display())))
}
