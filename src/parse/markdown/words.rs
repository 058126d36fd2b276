//! Text, and what is told about it.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Writer;
use crate::codes::component::NOT_ALONE;
use crate::model::html::Filling;
use crate::parse::markdown::autolinks::{self, Part};
use crate::parse::markdown::mask::clean;

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_in_code {
            return self.code(text, range);
        }
        if self.masked.may_hold_fences && text.starts_with(":::") {
            self.check_alone(text, &range);
        }
        // Character references can stand for control characters.
        let text = match self.masked.has_fillers || text.len() != range.len() {
            true => clean(text),
            false => text.into(),
        };
        self.words(&text);
        if self.may_hold_addresses && self.links.is_empty() && self.gathered.open_anchors == 0 {
            self.run.push(&text, range);
        } else {
            self.out.push_text(&text);
        }
    }

    /// Writes a line of code; what was masked in it is shown as it was written.
    fn code(&mut self, text: &str, range: Range<usize>) {
        match self.source.get(range) {
            Some(written) if written.len() == text.len() => self.out.push_text(&clean(written)),
            _ => self.out.push_text(&clean(text)),
        }
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.out.end_line();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split(' ').next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        self.out.push("<pre><code");
        if !language.is_empty() {
            self.out.push_attribute("class", &clean(&format!("language-{language}")));
        }
        self.out.push(">");
    }

    /// Writes the text that has gathered, with its addresses as links.
    pub(super) fn flush(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        if autolinks::may_hold_one(&run.text) {
            for part in autolinks::split(&run, self.source) {
                match part {
                    Part::Text(text) => self.out.push_text(&text),
                    Part::Link { text, target, place } => {
                        let index = self.add_link(target, place);
                        self.out.push("<a href=\"");
                        self.out.push_slot(Filling::Address(index));
                        self.out.push("\">");
                        self.out.push_text(&text);
                        self.out.push("</a>");
                    }
                }
            }
        } else {
            self.out.push_text(&run.text);
        }
        run.clear();
        self.run = run;
    }

    /// Takes words for all that is told about a text.
    pub(super) fn words(&mut self, text: &str) {
        self.gathered.plain.text(text);
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    /// Ends a word.
    pub(super) fn gap(&mut self) {
        self.gathered.plain.gap();
        if let Some(heading) = &mut self.heading {
            heading.text.push(' ');
        }
    }

    /// Says that the line of a component does not work where it stands.
    fn check_alone(&mut self, text: &str, range: &Range<usize>) {
        let line = self.source[..range.start].rsplit(['\n', '\r']).next().unwrap_or_default();
        let is_at_start = line.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || ">-*+.)".contains(c));
        if is_at_start && !text.trim_matches([':', ' ']).is_empty() {
            let message = "a component works only on lines that begin at the margin";
            let help = "move its lines to the margin, before or after the list or the quotation";
            self.gathered.faults.add(&NOT_ALONE, range.clone(), message, help);
        }
    }
}
