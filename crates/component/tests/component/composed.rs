//! The promise: each door says what it is, tools can read it, and it reaches nothing but what its page names.

use std::fs;

use serde_json::Value;
use wasm_metadata::Payload as Metadata;
use wasmparser::{Parser, Payload};
use wechat_official_account_component::{Door, EDGE, TOOLS, TOOLS_PUBLISH};

use crate::delivered::{custom_sections, decode, wit};

/// All doors, each with its name.
const DOORS: [(&str, Door); 3] = [
    ("wechat-official-account-tools", TOOLS),
    ("wechat-official-account-tools-publish", TOOLS_PUBLISH),
    ("wechat-official-account-edge", EDGE),
];

/// The limit on the size of the tools, delivered, in bytes.
const LARGEST_TOOLS: usize = 620_000;

/// Returns the names of a component's imports, without those that have types alone.
fn imports(component: &[u8]) -> Vec<String> {
    let (resolve, world) = decode(component);
    let imports = resolve.worlds[world].imports.iter();
    let mut names: Vec<_> = imports
        .filter(|(_, item)| match item {
            wit_parser::WorldItem::Interface { id, .. } => {
                let interface = &resolve.interfaces[*id];
                let has_resources = interface
                    .types
                    .values()
                    .any(|id| resolve.types[*id].kind == wit_parser::TypeDefKind::Resource);
                has_resources || !interface.functions.is_empty()
            }
            _ => false,
        })
        .map(|(key, _)| resolve.name_world_key(key))
        .collect();
    names.sort();
    names
}

/// Returns the texts of the functions that a world exports, as Wassette reads them.
fn texts_of_functions(component: &[u8]) -> Value {
    for payload in Parser::new(0).parse_all(component) {
        if let Payload::CustomSection(section) = payload.unwrap()
            && section.name() == "package-docs"
        {
            // The first byte is the version of the form.
            let docs: Value = serde_json::from_slice(&section.data()[1..]).unwrap();
            return docs["worlds"]["root"]["func_exports"].clone();
        }
    }
    panic!("no documentation");
}

#[test]
fn tools_can_read_each_form_of_each_door() {
    for (name, door) in DOORS {
        let [plain, delivered, alone] = [door.plain, door.delivered, door.alone].map(|path| fs::read(path).unwrap());
        for form in [&plain, &delivered, &alone] {
            wasmparser::validate(form).unwrap();
            assert!(wit(form).contains("export "), "{name}");
        }
        assert!(delivered.starts_with(&plain), "{name}");
        assert_eq!(custom_sections(&plain), [""; 0], "{name}");
        assert_eq!(custom_sections(&alone), [""; 0], "{name}");
        let metadata = Metadata::from_binary(&delivered).unwrap();
        let metadata = metadata.metadata();
        assert_eq!(metadata.name.as_deref(), Some(name));
        assert_eq!(
            metadata.version.as_ref().unwrap().to_string(),
            env!("CARGO_PKG_VERSION")
        );
        println!(
            "{name}: plain {}, delivered {}, alone {}",
            plain.len(),
            delivered.len(),
            alone.len()
        );
    }
}

#[test]
fn the_tools_import_what_the_plugin_imports_and_the_environment() {
    for door in [TOOLS, TOOLS_PUBLISH] {
        let delivered = fs::read(door.delivered).unwrap();
        assert_eq!(
            imports(&delivered),
            [
                "wasi:cli/environment@0.2.12",
                "wasi:clocks/monotonic-clock@0.2.12",
                "wasi:http/outgoing-handler@0.2.12",
                "wasi:http/types@0.2.12",
                "wasi:io/error@0.2.12",
                "wasi:io/poll@0.2.12",
                "wasi:io/streams@0.2.12",
            ]
        );
        assert!(delivered.len() < LARGEST_TOOLS, "{} bytes", delivered.len());
    }
}

#[test]
fn a_door_alone_imports_the_plugin_which_is_inside_the_composition() {
    for (name, door) in DOORS {
        let of_plugin = |path: &str| {
            let imports = imports(&fs::read(path).unwrap());
            imports
                .into_iter()
                .any(|import| import.starts_with("wechat:official-account/"))
        };
        assert!(of_plugin(door.alone), "{name}");
        assert!(!of_plugin(door.plain) && !of_plugin(door.delivered), "{name}");
    }
}

#[test]
fn each_function_of_the_tools_has_its_text_where_hosts_look_for_it() {
    let publishing = texts_of_functions(&fs::read(TOOLS_PUBLISH.delivered).unwrap());
    let quiet = texts_of_functions(&fs::read(TOOLS.delivered).unwrap());
    let (publishing, quiet) = (publishing.as_object().unwrap(), quiet.as_object().unwrap());
    assert_eq!(publishing.len(), quiet.len() + 1);
    let text = publishing["publish-draft"]["docs"].as_str().unwrap();
    assert!(
        text.contains("It can't be undone") && text.contains("- `digest`: "),
        "{text}"
    );
    assert!(!quiet.contains_key("publish-draft"));
    let (resolve, world) = decode(&fs::read(TOOLS_PUBLISH.delivered).unwrap());
    for key in resolve.worlds[world].exports.keys() {
        let name = resolve.name_world_key(key);
        assert!(publishing[&name]["docs"].is_string(), "{name}");
    }
}
