//! `data-w`, the width of a picture's file in pixels: without it the website's editor guesses until it has loaded the
//! picture.

use super::element::{Element, Key};
use super::name;
use crate::bindings::types::Severity;
use crate::check::report::{self, Report};

/// The pictures without a width.
#[derive(Default)]
pub struct PictureWidths<'a> {
    first: &'a str,
    missing: usize,
}

impl<'a> PictureWidths<'a> {
    /// Opens an element.
    pub fn enter(&mut self, element: &Element<'a, '_>) {
        if element.name == name::IMG && !element.attributes.has(Key::PictureWidth) {
            if self.missing == 0 {
                self.first = element.source;
            }
            self.missing += 1;
        }
    }

    /// Adds a finding for all of them.
    pub fn report(&self, report: &mut Report) {
        if self.missing > 0 {
            let message = report.texts.markup.no_picture_width.with([&self.missing]);
            let finding = report.count(Severity::Advice, "content", self.missing, 0, &message);
            finding.element = Some(report::element(self.first));
        }
    }
}
