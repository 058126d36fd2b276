//! What is wrong, where, and what to write instead: plain data, turned into text by `report`.
//!
//! **Invariant:** nothing here prints, and nothing here knows a file's text; a place is a path and a
//! range of bytes, and whoever shows it looks the text up.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::path::SourcePath;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Must not be published: the build stops and the last good site stays.
    Error,
    /// Publishable but poor.
    Warning,
    /// Worth knowing; nothing to mend.
    Note,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A range of bytes in a source file; where both ends are 0, the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub path: SourcePath,
    pub start: usize,
    pub end: usize,
}

impl Place {
    pub fn new(path: &SourcePath, bytes: Range<usize>) -> Self {
        Place { path: path.file(), start: bytes.start, end: bytes.end }
    }

    /// The file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Place::new(path, 0..0)
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Nothing where the problem has no place in a file.
    pub place: Option<Place>,
    #[serde(with = "code_by_id")]
    pub code: &'static Code,
    /// One sentence in the writer's words, without a full stop at its end.
    pub message: Box<str>,
    /// What to write instead.
    pub help: Option<Box<str>>,
    /// Further places that explain the problem, each with a few words.
    pub labels: Vec<(Place, String)>,
    /// The address of the page that was being made; nothing where that is not how it was found.
    pub page: Option<Box<str>>,
}

/// A code by its id.
mod code_by_id {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::codes::{self, Code};

    pub fn serialize<S: Serializer>(code: &&'static Code, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(code.id)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Code, D::Error> {
        let id = String::deserialize(deserializer)?;
        codes::find(&id).ok_or_else(|| D::Error::custom(id))
    }
}

impl Diagnostic {
    /// A problem with the severity that its code has.
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: code.severity,
            place: Some(place),
            code,
            message: message.into().into_boxed_str(),
            help: None,
            labels: Vec::new(),
            page: None,
        }
    }

    /// A problem that has no place in a file.
    pub fn nowhere(code: &'static Code, message: impl Into<String>) -> Self {
        let mut diagnostic = Diagnostic::new(code, Place::file(&SourcePath::from("")), message);
        diagnostic.place = None;
        diagnostic
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into_boxed_str());
        self
    }

    /// The message, with the page that was being made.
    pub fn sentence(&self) -> Cow<'_, str> {
        match &self.page {
            Some(page) => format!("{} (while making {page})", self.message).into(),
            None => Cow::Borrowed(&self.message),
        }
    }

    fn is_same_but_for_page(&self, other: &Diagnostic) -> bool {
        (self.code, &self.place, &self.message) == (other.code, &other.place, &other.message)
    }

    pub fn label(mut self, place: Place, words: impl Into<String>) -> Self {
        self.labels.push((place, words.into()));
        self
    }
}

/// Every problem of a run, each once.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: BTreeSet<Diagnostic>,
}

impl Report {
    /// Takes a problem. One that was found before, while another page was made, is the same problem: a mistake in a
    /// template is told once, with the first page that shows it.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let is_known = || self.diagnostics.iter().any(|known| known.is_same_but_for_page(&diagnostic));
        if diagnostic.page.is_none() || !is_known() {
            self.diagnostics.insert(diagnostic);
        }
    }

    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    pub fn append(&mut self, mut other: Report) {
        self.diagnostics.append(&mut other.diagnostics);
    }

    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Most serious first, then by file and place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.first().is_some_and(|d| d.severity == Severity::Error)
    }

    /// Gives every problem with the code `id` another severity; nothing takes it out of the report.
    pub fn set_severity(&mut self, id: &str, severity: Option<Severity>) {
        let (changed, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.diagnostics).into_iter().partition(|d| d.code.id == id);
        self.diagnostics = kept.into_iter().collect();
        if let Some(severity) = severity {
            self.extend(changed.into_iter().map(|d| Diagnostic { severity, ..d }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn a_report_is_ordered_by_severity_and_holds_each_problem_once() {
        let path = SourcePath::from("content/a.md");
        let warning = Diagnostic::new(&codes::field::UNKNOWN, Place::file(&path), "b");
        let error = Diagnostic::new(&codes::page::TITLE_MISSING, Place::new(&path, 9..12), "a");
        let mut report = Report::default();
        report.extend([warning.clone(), error.clone(), warning.clone()]);
        assert_eq!(report.iter().collect::<Vec<_>>(), [&error, &warning]);
        assert!(report.has_errors());
        report.set_severity(error.code.id, Some(Severity::Note));
        assert!(!report.has_errors());
    }

    #[test]
    fn a_mistake_that_many_pages_show_is_told_once() {
        let fault = |page: &str, start: usize| {
            let place = Place::new(&SourcePath::from("themes/ours/templates/a.html"), start..start + 1);
            Diagnostic { page: Some(page.into()), ..Diagnostic::new(&codes::theme::TEMPLATE_FAILED, place, "a") }
        };
        let mut report = Report::default();
        report.extend([fault("/b/", 1), fault("/a/", 1), fault("/c/", 9), fault("/b/", 9)]);
        let sentences: Vec<_> = report.iter().map(Diagnostic::sentence).collect();
        assert_eq!(sentences, ["a (while making /b/)", "a (while making /c/)"]);
    }
}
