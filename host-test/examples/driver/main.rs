//! The Rust host as a driver of `tests/hosts`, whose README has the protocol: a call a line in, a result a line out.
//!
//! `RUST_LOG` in the environment, with any value, writes everything that is logged to stderr.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a driver that can't go on ends, and the comparison says so"
)]

mod log_printer;

use std::fs;
use std::io::{self, BufRead, Write};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use wechat_official_account_component as component;
use wechat_official_account_host::types::{Article, Config, File, News};
use wechat_official_account_host::{Egress, EgressConfig, Error, Host, Origin, Result, Session};

fn main() {
    if std::env::var_os("RUST_LOG").is_some() {
        log_printer::install();
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let _entered = runtime.enter();
    let egress = Egress::new(EgressConfig::default()).expect("an egress");
    let config = Host::engine_config_for(1);
    let host = Host::with_engine_config(component::PATH, egress, &config).expect("the component");
    answer(&json!({"versions": {}}));
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let mut result = runtime.block_on(perform(&host, &request));
        result["id"] = request["id"].clone();
        answer(&result);
    }
}

fn answer(value: &Value) {
    let mut out = io::stdout().lock();
    writeln!(out, "{value}")
        .and_then(|()| out.flush())
        .expect("an open stdout");
}

/// Opens the account in an instance with connections of its own, and makes the call.
async fn perform(host: &Host, request: &Value) -> Value {
    let host = host.with_egress(egress(request));
    let text = |name: &str| request["config"][name].as_str().unwrap_or_default();
    let mut config = Config::new(text("app_id"), text("app_secret"));
    config.api_base = Some(text("api_base").to_owned());
    let shown = format!("{config:?}");
    let mut session = match Session::open(&host, &config).await {
        Ok(session) => session,
        Err(error) => return failure(&error, &shown),
    };
    let verified = match session.verify().await {
        Ok(_) => json!("ok"),
        Err(error) => failure(&error, &shown)["kind"].clone(),
    };
    let mut result = match call(&mut session, request).await {
        Ok(value) => json!({"ok": true, "value": value, "shown": shown}),
        Err(error) => failure(&error, &shown),
    };
    result["verified"] = verified;
    result
}

async fn call(session: &mut Session, request: &Value) -> Result<Value> {
    let argument = |name: &str| request["arguments"][name].as_str().unwrap_or_default();
    Ok(match request["call"].as_str() {
        Some("draft.count") => json!(session.count_drafts().await?),
        Some("draft.add") => {
            let news = News::new("Hello", "<p>Written by a program.</p>", argument("cover"));
            json!(session.add_draft(&[Article::News(news)]).await?)
        }
        Some("material.upload-image") => {
            let bytes = fs::read(argument("file")).expect("a readable file");
            let file = File::new("cover.jpg", bytes);
            json!(session.upload_material_image(&file).await?.media_id)
        }
        Some("publish.submit") => json!(session.submit(argument("draft")).await?.publish_id),
        other => panic!("no call {other:?}"),
    })
}

fn egress(request: &Value) -> Egress {
    let allowed = request["allowed"].as_array().into_iter().flatten();
    let allowed = allowed.map(|base| Origin::parse(base.as_str().unwrap_or_default()).expect("an origin"));
    let roots = request["ca"].as_str().into_iter();
    let roots = roots.map(|file| CertificateDer::from_pem_file(file).expect("a certificate"));
    let mut config = EgressConfig::default();
    config.allowed.clear();
    config.allowed.extend(allowed);
    config.extra_roots.extend(roots);
    Egress::new(config).expect("an egress")
}

/// Writes an error with its kind as the contract spells it, and in every form in which a program may print it.
fn failure(error: &Error, shown: &str) -> Value {
    let kind = match error {
        Error::Plugin(error) => kebab(format!("{:?}", error.kind).trim_start_matches("ErrorKind::")),
        _ => "trap".to_owned(),
    };
    json!({
        "ok": false,
        "kind": kind,
        "message": error.to_string(),
        "shown": format!("{shown} {error:?} {error:#?} {error}"),
    })
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
