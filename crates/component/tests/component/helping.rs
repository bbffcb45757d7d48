//! The promise: the helpers say what they are, tools can read them, and they import nothing.

use std::fs;

use wasm_metadata::Payload as Metadata;
use wasmparser::{Parser, Payload};
use wechat_official_account_component::{ARTICLE, Helper, PICTURE};

use crate::delivered::{custom_sections, decode, wit};

/// All helpers, each with its name, an interface that it exports, and the limit on its size, delivered, in bytes.
const HELPERS: [(&str, Helper, &str, usize); 2] = [
    (
        "wechat-official-account-article",
        ARTICLE,
        "wechat:article/render@0.1.0",
        650_000,
    ),
    (
        "wechat-official-account-picture",
        PICTURE,
        "wechat:picture/fit@0.1.0",
        1_600_000,
    ),
];

#[test]
fn a_helper_imports_nothing() {
    for (name, helper, ..) in HELPERS {
        for form in [helper.plain, helper.delivered] {
            let component = fs::read(form).unwrap();
            let (resolve, world) = decode(&component);
            let imports = &resolve.worlds[world].imports;
            assert!(imports.is_empty(), "{name}: {imports:?}");
            // Nor does the code inside, which the printed world would not show.
            for payload in Parser::new(0).parse_all(&component) {
                let payload = payload.unwrap();
                assert!(!matches!(payload, Payload::ImportSection(_)), "{name}: {payload:?}");
            }
        }
    }
}

#[test]
fn tools_can_read_each_form_of_each_helper() {
    for (name, helper, interface, largest) in HELPERS {
        let [plain, delivered] = [helper.plain, helper.delivered].map(|path| fs::read(path).unwrap());
        for form in [&plain, &delivered] {
            wasmparser::validate(form).unwrap();
            assert!(wit(form).contains(&format!("export {interface};")), "{name}");
        }
        assert!(delivered.starts_with(&plain), "{name}");
        assert_eq!(custom_sections(&plain), [""; 0], "{name}");
        let metadata = Metadata::from_binary(&delivered).unwrap();
        assert_eq!(metadata.metadata().name.as_deref(), Some(name));
        assert!(
            custom_sections(&delivered).contains(&"package-docs".to_owned()),
            "{name}"
        );
        assert!(delivered.len() < largest, "{name}: {} bytes", delivered.len());
        println!("{name}: plain {}, delivered {}", plain.len(), delivered.len());
    }
}
