//! Promises that hold for every input. Each is tried on 256 generated inputs, or on `PROPTEST_CASES` of them.

mod article;
mod document;
mod errcode;
mod multipart;
mod query;
mod repair;
mod reply;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// Keeps the seed of a case that failed in the repository, and tries it first from then on.
fn config() -> ProptestConfig {
    let seeds = FileFailurePersistence::Direct("proptest-regressions/properties.txt");
    ProptestConfig {
        failure_persistence: Some(Box::new(seeds)),
        ..ProptestConfig::default()
    }
}

/// Generates any Unicode text, with more than its share of characters that JSON and headers treat apart.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => any::<char>(),
        1 => (0..0x20u8).prop_map(char::from),
        1 => prop::sample::select(vec!['"', '\\', '/', 'u', '\n', '\t', '\u{7F}', '\u{2028}', '\u{FEFF}']),
    ];
    vec(character, 0..40).prop_map(String::from_iter)
}
