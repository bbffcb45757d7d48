//! The lists of faults: each names all there are.

use strum::{IntoEnumIterator, VariantNames};

use super::*;

/// Returns the faults of exchanges and those that change articles.
fn all() -> Vec<Fault> {
    [Fault::samples(), Fault::alterations()].concat()
}

#[test]
fn every_fault_has_a_sample() {
    let samples = all();
    for name in Fault::VARIANTS {
        assert!(samples.iter().any(|fault| fault.name() == *name), "{name}");
    }
}

#[test]
fn no_two_samples_have_the_same_name_in_tables() {
    let names: Vec<String> = all().iter().map(Fault::to_string).collect();
    for (index, name) in names.iter().enumerate() {
        assert!(!names[..index].contains(name), "{name}");
    }
}

#[test]
fn a_fault_in_json_has_its_name_and_reads_back_the_same() {
    for fault in all() {
        let written = serde_json::to_value(&fault).unwrap();
        let name = match &written {
            Value::Object(fields) => fields.keys().next().unwrap(),
            name => name.as_str().unwrap(),
        };
        assert_eq!(name, fault.name());
        assert_eq!(serde_json::from_value::<Fault>(written).unwrap(), fault);
    }
    for fault in ConnectionFault::iter() {
        assert_eq!(serde_json::to_value(fault).unwrap(), fault.to_string());
    }
}

#[test]
fn the_documented_list_of_faults_is_complete() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reliability.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (begin, end) = ("<!-- begin faults -->\n", "<!-- end faults -->");
    let (head, rest) = document.split_once(begin).unwrap();
    let (_, tail) = rest.split_once(end).unwrap();
    let expected = format!("{head}{begin}\n{}\n{end}{tail}", table());
    if std::env::var_os("WRITE_TABLE").is_some() {
        std::fs::write(path, expected).unwrap();
        return;
    }
    assert_eq!(
        document, expected,
        "to write it anew: WRITE_TABLE=1 cargo test -p wechat-simulator"
    );
}

#[test]
fn the_tables_of_outcomes_have_a_row_for_every_sample() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reliability.md");
    let document = std::fs::read_to_string(path).unwrap();
    let samples = Fault::samples();
    let requests = samples.iter().map(Fault::to_string);
    let expected: Vec<String> = requests
        .chain(ConnectionFault::iter().map(|fault| fault.to_string()))
        .collect();
    for name in ["once", "always"] {
        let (_, section) = document.split_once(&format!("<!-- begin {name} -->")).unwrap();
        let (section, _) = section.split_once("<!-- end").unwrap();
        let rows = section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
        let rows: Vec<&str> = rows.map(|(name, _)| name).skip(1).collect();
        assert_eq!(rows, expected, "{name}");
    }
}

/// Returns every fault with its one line.
fn table() -> String {
    let faults = all();
    let mut rows: Vec<(String, &str)> = faults
        .iter()
        .map(|fault| (fault.name().to_owned(), fault.summary()))
        .collect();
    rows.sort_by_key(|(name, _)| Fault::VARIANTS.iter().position(|variant| variant == name));
    rows.dedup();
    rows.extend(ConnectionFault::iter().map(|fault| (fault.to_string(), fault.summary())));
    let rows = rows.iter().map(|(name, summary)| format!("| {name} | {summary} |\n"));
    format!("| fault | effect |\n|---|---|\n{}", rows.collect::<String>())
}
