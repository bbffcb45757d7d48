//! The promise: the tour goes through the component's whole work.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::canary;

fn tour(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_host-test"));
    // The program runs from anywhere.
    command.args(arguments).current_dir("/").output().unwrap()
}

#[test]
fn the_tour_publishes_an_article_with_one_token_request() {
    let output = tour(&[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let printed = str::from_utf8(&output.stdout).unwrap();
    canary::assert_absent(printed);
    for step in [
        "verify",
        "upload cover",
        "prepare content",
        "add draft",
        "update draft",
        "submit",
        "wait",
        "delete",
    ] {
        assert!(
            printed.lines().any(|line| line.starts_with(step)),
            "no step {step} in {printed}"
        );
    }
    assert!(printed.contains("\ntoken requests  1\n"), "{printed}");
    assert!(printed.contains("\narticle  https://mp.weixin.qq.com/s/"), "{printed}");
}

#[test]
fn the_tour_prints_json_on_request() {
    let output = tour(&["tour", "--json"]);
    canary::assert_absent(str::from_utf8(&output.stdout).unwrap());
    let tour: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(tour["token_requests"], 1);
    assert!(
        tour["article"]
            .as_str()
            .unwrap()
            .starts_with("https://mp.weixin.qq.com/s/")
    );
    let steps = tour["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 13);
    assert_eq!(steps[0]["step"], "verify");
    assert!(steps.iter().all(|step| step["milliseconds"].as_f64().unwrap() > 0.0));
}
