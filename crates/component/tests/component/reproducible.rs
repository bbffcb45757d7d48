//! The promise: the same sources make the same bytes in every folder.

use std::fs;
use std::path::Path;

use wechat_official_account_component as component;

use crate::{doors, forms, guest, helpers};

/// The files of the workspace. The components are made of the first seven; cargo wants to see the others.
const SOURCES: [&str; 9] = [
    "src",
    "wit",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "components",
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
    let target_dir = folder.path().join("other target");
    let module = guest::build(folder.path(), &target_dir, &guest::PLUGIN).unwrap();
    let plugin = forms::plugin(&module, folder.path()).unwrap();
    // Not assert_eq: nobody wants to read half a megabyte.
    assert!(plugin.plain == fs::read(component::PATH).unwrap());
    assert!(plugin.delivered == fs::read(component::DELIVERED).unwrap());
    let paths = [component::TOOLS, component::TOOLS_PUBLISH, component::EDGE];
    assert_eq!(paths.len(), doors::DOORS.len());
    for (door, paths) in doors::DOORS.iter().zip(paths) {
        let built = door.build(&plugin.plain, folder.path(), &target_dir).unwrap();
        assert!(built.alone == fs::read(paths.alone).unwrap(), "{}", door.name);
        assert!(built.forms.plain == fs::read(paths.plain).unwrap(), "{}", door.name);
        assert!(
            built.forms.delivered == fs::read(paths.delivered).unwrap(),
            "{}",
            door.name
        );
    }
    let paths = [component::ARTICLE, component::PICTURE];
    assert_eq!(paths.len(), helpers::HELPERS.len());
    for (helper, paths) in helpers::HELPERS.iter().zip(paths) {
        let forms = helper.build(folder.path(), &target_dir).unwrap();
        assert!(forms.plain == fs::read(paths.plain).unwrap(), "{}", helper.world);
        assert!(
            forms.delivered == fs::read(paths.delivered).unwrap(),
            "{}",
            helper.world
        );
    }
}
