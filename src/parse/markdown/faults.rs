//! The problems of one text while it is read, with places counted from the start of its file.

use std::ops::Range;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;

/// Problems found so far; ranges given to it are counted from the start of the Markdown.
pub struct Faults<'t> {
    pub path: &'t SourcePath,
    /// Where the Markdown begins in its file.
    pub start: usize,
    pub found: Vec<Diagnostic>,
}

impl Faults<'_> {
    pub fn add(
        &mut self,
        code: &'static Code,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place::new(self.path, self.in_file(range));
        self.found.push(Diagnostic::new(code, place, message).help(help));
    }

    /// The same range counted from the start of the file.
    pub fn in_file(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }
}
