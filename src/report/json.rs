//! One JSON document for programs: `{"diagnostics": [...], "summary": {...}}`.
//!
//! Every key is always there; what is not known is `null`. Lines and columns count from 1, columns in
//! characters, and an end is the first character after the place.

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Report, Severity};

use super::TextOf;
use super::position::{self, Position};

#[derive(Serialize)]
struct Document<'r> {
    diagnostics: Vec<Entry<'r>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Entry<'r> {
    severity: &'static str,
    code: &'static str,
    message: Cow<'r, str>,
    help: Option<&'r str>,
    #[serde(flatten)]
    place: Where<'r>,
    labels: Vec<Label<'r>>,
}

#[derive(Serialize)]
struct Label<'r> {
    message: &'r str,
    #[serde(flatten)]
    place: Where<'r>,
}

#[derive(Default, Serialize)]
struct Where<'r> {
    file: Option<&'r str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// The report as a JSON document of several lines.
pub fn json(report: &Report, text_of: TextOf<'_>) -> String {
    let summary = Summary {
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        notes: report.count(Severity::Note),
    };
    let document = Document { diagnostics: report.iter().map(|d| entry(d, text_of)).collect(), summary };
    // Plain structs with text and numbers always serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn entry<'r>(diagnostic: &'r Diagnostic, text_of: TextOf<'_>) -> Entry<'r> {
    let label = |(place, words): &'r (Place, String)| Label { message: words, place: place_of(place, text_of) };
    Entry {
        severity: diagnostic.severity.as_str(),
        code: diagnostic.code.id,
        message: diagnostic.sentence(),
        help: diagnostic.help.as_deref(),
        place: diagnostic.place.as_ref().map(|place| place_of(place, text_of)).unwrap_or_default(),
        labels: diagnostic.labels.iter().map(label).collect(),
    }
}

fn place_of<'r>(place: &'r Place, text_of: TextOf<'_>) -> Where<'r> {
    let file = Some(place.path.as_str());
    match position::of(place, text_of) {
        None => Where { file, ..Where::default() },
        Some(Position { line, column, end_line, end_column }) => Where {
            file,
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{report, text_of};
    use super::*;

    #[test]
    fn every_key_is_there() {
        insta::assert_snapshot!(json(&report(), &text_of), @r##"
        {
          "diagnostics": [
            {
              "severity": "error",
              "code": "publish/folder-not-ours",
              "message": "public holds files",
              "help": null,
              "file": null,
              "line": null,
              "column": null,
              "end_line": null,
              "end_column": null,
              "labels": []
            },
            {
              "severity": "error",
              "code": "page/title-missing",
              "message": "the page has no title",
              "help": null,
              "file": "content/a,b.md",
              "line": null,
              "column": null,
              "end_line": null,
              "end_column": null,
              "labels": []
            },
            {
              "severity": "warning",
              "code": "field/unknown",
              "message": "\"titel\" is not known: 100%",
              "help": "write `title`",
              "file": "content/a,b.md",
              "line": 2,
              "column": 1,
              "end_line": 2,
              "end_column": 6,
              "labels": [
                {
                  "message": "its value",
                  "file": "content/a,b.md",
                  "line": 2,
                  "column": 10,
                  "end_line": 2,
                  "end_column": 13
                },
                {
                  "message": "the other one",
                  "file": "content/c.md",
                  "line": null,
                  "column": null,
                  "end_line": null,
                  "end_column": null
                }
              ]
            }
          ],
          "summary": {
            "errors": 2,
            "warnings": 1,
            "notes": 0
          }
        }
        "##);
    }
}
