//! The promise: the same sources make the same bytes in every folder.

use std::fs;
use std::path::Path;

use wechat_official_account_component as component;

use crate::{forms, guest};

/// The files of the workspace. The component is made of the first five; cargo wants to see the others.
const SOURCES: [&str; 8] = [
    "src",
    "wit",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "crates",
    "examples",
    "host-test",
];

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

#[test]
fn a_build_in_another_folder_is_equal_byte_for_byte() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().unwrap();
    for source in SOURCES {
        copy(&root.join(source), &folder.path().join(source));
    }
    let module = guest::build(folder.path(), &folder.path().join("other target")).unwrap();
    let forms = forms::make(&fs::read(module).unwrap(), folder.path()).unwrap();
    // Not assert_eq: nobody wants to read half a megabyte.
    assert!(forms.plain == fs::read(component::PATH).unwrap());
    assert!(forms.delivered == fs::read(component::DELIVERED).unwrap());
}
