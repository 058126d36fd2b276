//! Workflow commands, which GitHub shows beside the lines of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use crate::diagnostic::{Diagnostic, Report, Severity};

use super::TextOf;
use super::position;

/// One line for each problem: `::error file=…,line=…,col=…,title=code::message`.
pub fn github(report: &Report, text_of: TextOf<'_>) -> String {
    report.iter().map(|diagnostic| command(diagnostic, text_of)).collect()
}

fn command(diagnostic: &Diagnostic, text_of: TextOf<'_>) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        properties.push(format!("file={}", escape_property(place.path.as_str())));
        if let Some(position) = position::of(place, text_of) {
            properties.push(format!("line={}", position.line));
            properties.push(format!("endLine={}", position.end_line));
            // GitHub takes columns of places within one line only, and its end column belongs to the place.
            if position.line == position.end_line {
                properties.push(format!("col={}", position.column));
                properties.push(format!("endColumn={}", (position.end_column - 1).max(position.column)));
            }
        }
    }
    properties.push(format!("title={}", escape_property(diagnostic.code.id)));
    let message = match &diagnostic.help {
        Some(help) => escape(&format!("{}\nhelp: {help}", diagnostic.sentence())),
        None => escape(&diagnostic.sentence()),
    };
    format!("::{name} {}::{message}\n", properties.join(","))
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{report, text_of};
    use super::*;

    #[test]
    fn each_problem_is_one_escaped_line() {
        insta::assert_snapshot!(github(&report(), &text_of), @r##"
        ::error title=publish/folder-not-ours::public holds files
        ::error file=content/a%2Cb.md,title=page/title-missing::the page has no title
        ::warning file=content/a%2Cb.md,line=2,endLine=2,col=1,endColumn=5,title=field/unknown::"titel" is not known: 100%25%0Ahelp: write `title`
        "##);
    }
}
