//! Findings, as they are collected.

use crate::bindings::types::Finding;
use crate::texts::{self, Texts};

/// The most findings that are told. Nobody reads more, and hostile input has one for each of a million tags.
const MOST: usize = 100;

/// Findings so far.
pub struct Findings {
    texts: &'static Texts,
    told: Vec<Finding>,
    more: usize,
}

impl Findings {
    /// Starts without any.
    pub const fn new(texts: &'static Texts) -> Self {
        Self {
            texts,
            told: Vec::new(),
            more: 0,
        }
    }

    /// Adds a finding.
    pub fn add(&mut self, line: u32, message: impl FnOnce(&texts::Findings) -> String) {
        if self.told.len() < MOST {
            let message = message(&self.texts.findings);
            self.told.push(Finding { line, message });
        } else {
            self.more += 1;
        }
    }

    /// Returns all in the order of lines. The last one has the number of those that are not told.
    pub fn finish(mut self) -> Vec<Finding> {
        self.told.sort_by_key(|finding| finding.line);
        if self.more > 0 {
            let line = self.told.last().map_or(1, |finding| finding.line);
            let message = self.texts.findings.more.with([&self.more]);
            self.told.push(Finding { line, message });
        }
        self.told
    }
}

/// The length of an example in a message, in characters.
const EXAMPLE: usize = 60;

/// Returns the beginning of a text, for a message.
pub fn example(text: &str) -> String {
    match text.char_indices().nth(EXAMPLE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
