//! The program against a simulator, with the component's path as its argument.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wechat_official_account_component as component;
use wechat_simulator::{APP_ID, APP_SECRET, Options, Simulator};

fn run(file: impl AsRef<Path>, api_base: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plugin-host"));
    program.arg(file.as_ref()).env("WECHAT_API_BASE", api_base);
    program
        .env("WECHAT_APP_ID", APP_ID)
        .env("WECHAT_APP_SECRET", APP_SECRET);
    program.output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_never_links_the_plugin_runs_it() {
    let options = Options {
        plain_http: true,
        ..Options::default()
    };
    let simulator = Simulator::start(options).await.unwrap();
    // A copy, as a program has that was delivered without this repository.
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copy.wasm");
    std::fs::copy(component::PATH, &copy).unwrap();
    let output = run(&copy, &simulator.base_url());
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "0 drafts\n",
        "{}",
        stderr(&output)
    );
    assert_eq!(simulator.request_log().len(), 2);
}

#[test]
fn other_files_are_refused_by_name() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let files = [
        ("no.wasm", None),
        ("text.wasm", Some(&b"text"[..])),
        // A component without imports and exports.
        ("empty.wasm", Some(&b"\0asm\x0d\0\x01\0"[..])),
    ];
    for (name, bytes) in files {
        let file = folder.join(name);
        if let Some(bytes) = bytes {
            std::fs::write(&file, bytes).unwrap();
        }
        let output = run(&file, "http://127.0.0.1:1");
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
}

#[test]
fn a_server_that_is_not_there_is_the_plugin_s_own_error() {
    let output = run(component::PATH, "http://127.0.0.1:1");
    let text = stderr(&output);
    assert!(
        output.status.code() == Some(1) && text.contains("could not be reached"),
        "{text}"
    );
    assert!(!text.contains(APP_SECRET), "{text}");
}
