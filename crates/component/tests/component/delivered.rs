//! The promise: the delivered form says what it is, tools can read it, and it is the plain form otherwise.

use std::fs;
use std::path::Path;

use wasm_metadata::Payload as Metadata;
use wasmparser::{Parser, Payload};
use wechat_official_account_component as component;
use wit_component::{DecodedWasm, WitPrinter};
use wit_parser::{Resolve, WorldId};

/// The most that metadata and documentation may take, in bytes.
const LARGEST_ADDITION: usize = 10_000;
/// The limits on the size of the two forms, in bytes.
const LARGEST_PLAIN: usize = 450_000;
const LARGEST_DELIVERED: usize = 460_000;

/// Every custom section of the delivered form, in order. Those of the parts inside are the encoder's.
const SECTIONS: [&str; 6] = [
    "package-docs",
    "component-name",
    "producers",
    "description",
    "licenses",
    "version",
];

fn plain() -> Vec<u8> {
    fs::read(component::PATH).unwrap()
}

fn delivered() -> Vec<u8> {
    fs::read(component::DELIVERED).unwrap()
}

/// Reads a component as `wasm-tools component wit` does.
pub fn decode(component: &[u8]) -> (Resolve, WorldId) {
    match wit_component::decode(component).unwrap() {
        DecodedWasm::Component(resolve, world) => (resolve, world),
        DecodedWasm::WitPackage(..) => panic!("a WIT package"),
    }
}

/// Returns the text that `wasm-tools component wit` prints.
pub fn wit(component: &[u8]) -> String {
    let (resolve, world) = decode(component);
    let package = resolve.worlds[world].package.unwrap();
    let mut printer = WitPrinter::default();
    printer.print(&resolve, package, &[]).unwrap();
    printer.output.to_string()
}

pub fn custom_sections(component: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(component) {
        match payload.unwrap() {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::CustomSection(section) if depth == 0 => names.push(section.name().to_owned()),
            _ => {}
        }
    }
    names
}

#[test]
fn tools_print_the_world_with_the_documentation_of_each_import_and_export() {
    let text = wit(&delivered());
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for line in [
        "/// Sends requests to the configured API base, and to nobody else.",
        "/// Drafts (草稿箱). A draft is one media-id with one or more articles; the website shows it too. A draft that is",
        "/// - `constructor`: Checks the configuration; contacts nobody.",
        "/// - `submit`: Hands a draft to WeChat for publishing, with all its articles; 100 a day.",
    ] {
        assert!(lines.contains(&line), "{line}\n{text}");
    }
    let (resolve, world) = decode(&delivered());
    let world = &resolve.worlds[world];
    assert_eq!(world.exports.len(), 7);
    for (key, item) in &world.exports {
        let name = resolve.name_world_key(key);
        let wit_parser::WorldItem::Interface { id, docs, .. } = item else {
            panic!("{name}");
        };
        let text = docs.contents.as_deref().unwrap_or_default();
        let functions = text
            .lines()
            .filter(|line| line.starts_with("- `") && line.contains("`: "));
        assert!(!text.is_empty(), "{name}");
        assert_eq!(
            functions.count(),
            resolve.interfaces[*id].functions.len(),
            "{name}: {text}"
        );
    }
}

#[test]
fn the_metadata_is_that_of_the_manifest() {
    let delivered = delivered();
    let payload = Metadata::from_binary(&delivered).unwrap();
    let metadata = payload.metadata();
    assert_eq!(metadata.name.as_deref(), Some("wechat-official-account"));
    assert_eq!(
        metadata.version.as_ref().unwrap().to_string(),
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(metadata.licenses.as_ref().unwrap().to_string(), "MIT OR Apache-2.0");
    let description = metadata.description.as_ref().unwrap().to_string();
    assert!(
        description.starts_with("WeChat Official Account (微信公众号)"),
        "{description}"
    );
    let producers = metadata.producers.as_ref().unwrap();
    assert!(producers.get("language").unwrap().get("Rust").is_some());
    let tools = producers.get("processed-by").unwrap();
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock")).unwrap();
    let bindings = tools.get("wit-bindgen-rust").unwrap();
    assert!(
        lock.contains(&format!("name = \"wit-bindgen-rust\"\nversion = \"{bindings}\"")),
        "{bindings}"
    );
    assert!(tools.get("rustc").is_some());
}

#[test]
fn the_delivered_form_is_the_plain_one_and_little_more() {
    let (plain, delivered) = (plain(), delivered());
    assert_eq!(custom_sections(&plain), [""; 0]);
    assert_eq!(custom_sections(&delivered), SECTIONS);
    assert!(delivered.starts_with(&plain));
    assert!(plain.len() < LARGEST_PLAIN, "{} bytes", plain.len());
    assert!(delivered.len() < LARGEST_DELIVERED, "{} bytes", delivered.len());
    let addition = delivered.len() - plain.len();
    assert!(addition < LARGEST_ADDITION, "{addition} bytes");
    println!("plain {}, metadata and documentation {addition}", plain.len());
}

#[test]
fn both_forms_are_valid_and_tools_can_read_them() {
    for form in [plain(), delivered()] {
        wasmparser::validate(&form).unwrap();
        let text = wit(&form);
        for name in [
            "clocks/monotonic-clock",
            "http/outgoing-handler",
            "http/types",
            "io/streams",
        ] {
            assert!(text.contains(&format!("import wasi:{name}@0.2.12;")), "{text}");
        }
        assert!(text.contains("export wechat:official-account/draft@0.1.0;"), "{text}");
    }
}

/// Parsers of WIT take each comment before an item for its documentation.
#[test]
fn the_contract_has_no_comments_but_documentation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.is_file()).collect();
    assert!(files.len() >= 8, "{files:?}");
    for path in files {
        for line in fs::read_to_string(&path).unwrap().lines().map(str::trim) {
            let is_comment = line.starts_with("//") || line.starts_with("/*");
            assert!(
                !is_comment || line.starts_with("/// ") || line == "///",
                "{}: {line}",
                path.display()
            );
        }
    }
}
