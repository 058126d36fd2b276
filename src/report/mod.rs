//! Problems as text, one file per format.
//!
//! Every format is a pure function from a report and a way to look up a source's text. A place that lies
//! beyond its text (the file changed since) is drawn at the text's end.
//! **Invariant:** nothing here prints.

mod github;
mod json;
mod position;
mod terminal;

use std::sync::Arc;

use crate::diagnostic::{Report, Severity};
use crate::path::SourcePath;

pub use github::github;
pub use json::json;
pub use terminal::{Style, terminal};

/// Looks up the text of a source; nothing for a picture, or for what is not there.
pub type TextOf<'t> = &'t dyn Fn(&SourcePath) -> Option<Arc<str>>;

/// `2 errors, 1 warning and 1 note`; `no problems` where there are none.
pub fn summary(report: &Report) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let count = report.count(severity);
        (count > 0).then(|| format!("{count} {}{}", severity.as_str(), if count == 1 { "" } else { "s" }))
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    match counts.split_last() {
        None => "no problems".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;
    use crate::diagnostic::{Diagnostic, Place};

    const TEXT: &str = "---\ntitel: Tŷ\tté\n---\nText\n";

    /// A report with a place, help and a label, and a problem without a place.
    pub(super) fn report() -> Report {
        let (path, other) = (SourcePath::from("content/a,b.md"), SourcePath::from("content/c.md"));
        let mut report = Report::default();
        report.push(
            Diagnostic::new(&codes::field::UNKNOWN, Place::new(&path, 4..9), "\"titel\" is not known: 100%")
                .help("write `title`")
                .label(Place::new(&path, 14..18), "its value")
                .label(Place::file(&other), "the other one"),
        );
        report.push(Diagnostic::new(&codes::page::TITLE_MISSING, Place::file(&path), "the page has no title"));
        report.push(Diagnostic::nowhere(&codes::publish::NOT_OURS, "public holds files"));
        report
    }

    pub(super) fn text_of(path: &SourcePath) -> Option<Arc<str>> {
        (path.as_str() == "content/a,b.md").then(|| TEXT.into())
    }

    #[test]
    fn a_summary_counts_in_words() {
        assert_eq!(summary(&report()), "2 errors and 1 warning");
        assert_eq!(summary(&Report::default()), "no problems");
    }
}
