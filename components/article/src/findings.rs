//! Findings, as they are collected.

use crate::bindings::types::Finding;
use crate::texts::{self, Texts};

/// The most findings that are listed. Nobody reads more, and hostile input has one for each of a million tags.
const MOST: usize = 100;

/// Findings so far.
pub struct Findings {
    texts: &'static Texts,
    list: Vec<Finding>,
    /// The number of those that are not in the list.
    unlisted: usize,
}

impl Findings {
    /// Starts without any.
    pub const fn new(texts: &'static Texts) -> Self {
        Self {
            texts,
            list: Vec::new(),
            unlisted: 0,
        }
    }

    /// Adds a finding.
    pub fn add(&mut self, line: u32, message: impl FnOnce(&texts::Findings) -> String) {
        if self.list.len() < MOST {
            let message = message(&self.texts.findings);
            self.list.push(Finding { line, message });
        } else {
            self.unlisted += 1;
        }
    }

    /// Returns all in the order of lines. The last one has the number of those that are not listed.
    pub fn finish(mut self) -> Vec<Finding> {
        self.list.sort_by_key(|finding| finding.line);
        if self.unlisted > 0 {
            let line = self.list.last().map_or(1, |finding| finding.line);
            let message = self.texts.findings.unlisted.with([&self.unlisted]);
            self.list.push(Finding { line, message });
        }
        self.list
    }
}

/// The length of an excerpt in a message, in characters.
const EXCERPT: usize = 60;

/// Returns the beginning of a text, for a message.
pub fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
