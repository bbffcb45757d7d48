//! The promise: another project can take the contract, build against it, and be composed with the plugin.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use wechat_official_account_component as component;
use wit_component::DecodedWasm;

/// The core module of the consumer in `tests/consumer`, built from a copy of it and of the contract.
static CONSUMER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer");
    let _ = fs::remove_dir_all(folder.join("wit"));
    for part in ["src", "wit", "Cargo.toml", "Cargo.lock"] {
        copy(&root.join("tests/consumer").join(part), &folder.join(part));
    }
    // As `tests/consumer/README.md` says: the contract beside WASI's packages.
    let _ = fs::remove_dir_all(folder.join("wit/deps"));
    let contract = folder.join("wit/deps/wechat-official-account");
    for path in files(&root.join("wit")) {
        match path.extension() {
            Some(_) => copy(&path, &contract.join(path.file_name().unwrap())),
            None => copy(&path, &folder.join("wit").join(path.file_name().unwrap())),
        }
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET");
    cargo.args([
        "build",
        "--release",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--target-dir",
        "target",
    ]);
    assert!(cargo.status().unwrap().success(), "{cargo:?}");
    fs::read(folder.join("target/wasm32-unknown-unknown/release/consumer.wasm")).unwrap()
});

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for path in files(from) {
            copy(&path, &to.join(path.file_name().unwrap()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}

/// Returns the names of a component's imports and exports, read as `wasm-tools component wit` does.
fn names(component: &[u8]) -> (Vec<String>, Vec<String>) {
    let DecodedWasm::Component(resolve, world) = wit_component::decode(component).unwrap() else {
        panic!("a WIT package");
    };
    let world = &resolve.worlds[world];
    let names = |items: &wit_parser::IndexMap<wit_parser::WorldKey, wit_parser::WorldItem>| {
        let mut names: Vec<_> = items.keys().map(|key| resolve.name_world_key(key)).collect();
        names.sort();
        names
    };
    (names(&world.imports), names(&world.exports))
}

#[test]
fn a_consumer_built_from_a_copy_of_the_contract_is_composed_with_the_plugin() {
    let plain = fs::read(component::PATH).unwrap();
    let composed = component::compose(&plain, &CONSUMER).unwrap();
    wasmparser::validate(&composed).unwrap();
    let (imports, exports) = names(&composed);
    assert_eq!(exports, ["wasi:http/incoming-handler@0.2.12"]);
    assert!(imports.iter().all(|name| name.starts_with("wasi:")), "{imports:?}");
    assert!(
        imports.contains(&"wasi:http/outgoing-handler@0.2.12".into()),
        "{imports:?}"
    );
    println!(
        "plugin {}, consumer {}, composed {}",
        plain.len(),
        CONSUMER.len(),
        composed.len()
    );
}

#[test]
fn a_documented_plugin_makes_the_same_composition() {
    let [plain, delivered] = [component::PATH, component::DELIVERED].map(|path| fs::read(path).unwrap());
    let composed = component::compose(&delivered, &CONSUMER).unwrap();
    assert!(composed == component::compose(&plain, &CONSUMER).unwrap());
}

#[test]
fn a_consumer_that_does_not_fit_is_told_why() {
    let plain = fs::read(component::PATH).unwrap();
    let refusal = |plugin: &[u8], consumer: &[u8]| component::compose(plugin, consumer).unwrap_err().to_string();
    // The plugin uses nothing of itself.
    let error = refusal(&plain, &plain);
    assert!(
        error.contains("imports no interface of wechat:official-account/"),
        "{error}"
    );
    let error = refusal(&plain, b"not a component");
    assert!(error.starts_with("consumer: "), "{error}");
    // A composition has the consumer's exports alone, so it is no plugin for another consumer.
    let composed = component::compose(&plain, &CONSUMER).unwrap();
    let error = refusal(&composed, &CONSUMER);
    assert!(error.contains("imports wechat:official-account/"), "{error}");
    assert!(error.contains("wasi:http/incoming-handler@0.2.12"), "{error}");
}
