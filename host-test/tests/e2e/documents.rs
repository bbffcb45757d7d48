//! The promise: everything that the documents name exists.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns every document of the repository with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = [
        root.clone(),
        root.join("docs"),
        root.join("wit/deps"),
        root.join("tests/consumer"),
    ]
    .into_iter()
    .flat_map(|folder| fs::read_dir(folder).unwrap())
    .map(|entry| entry.unwrap().path())
    .filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    // Examples in blocks of code may name what is not here.
    let without_code = |text: &str| text.split("```").step_by(2).collect();
    files
        .map(|path| (path.clone(), without_code(&fs::read_to_string(path).unwrap())))
        .collect()
}

/// Returns the links of a text, each with its words and its target.
fn links(text: &str) -> Vec<(&str, &str)> {
    let link = |(at, _): (usize, &str)| {
        let (_, words) = text[..at].rsplit_once('[')?;
        let (target, _) = text[at + "](".len()..].split_once(')')?;
        // Markdown has no link to a name with a space; examples have.
        (!target.contains(' ')).then_some((words, target))
    };
    text.match_indices("](").filter_map(link).collect()
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut count = 0;
    for (path, text) in documents() {
        for (_, target) in links(&text) {
            let (file, _) = target.split_once('#').unwrap_or((target, ""));
            if file.is_empty() || file.contains("://") {
                continue;
            }
            assert!(path.with_file_name(file).exists(), "{}: {target}", path.display());
            count += 1;
        }
    }
    assert!(count >= 100, "{count}");
}

#[test]
fn every_promise_names_a_test_that_exists() {
    let mut count = 0;
    for (path, text) in documents() {
        for (words, file) in links(&text) {
            let is_name = |name: &str| {
                name.bytes()
                    .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
            };
            let name = words.trim_matches('`');
            if file.contains("://") || !file.ends_with(".rs") || !is_name(name) {
                continue;
            }
            let source = fs::read_to_string(path.with_file_name(file)).unwrap();
            let (before, _) = source.split_once(&format!("fn {name}(")).unwrap_or_default();
            let attributes = before.lines().rev().take(3).map(str::trim_start);
            let is_test = { attributes }.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"));
            assert!(is_test, "{}: {file} has no test {name}", path.display());
            count += 1;
        }
    }
    assert!(count >= 40, "{count}");
}
