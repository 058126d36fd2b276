//! Footnotes: numbered by their first mark in the text, shown at its end, with links both ways.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fragment::Fragment;
use super::headings::Ids;
use super::labels::Labels;
use crate::model::html::Html;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// In the order of their numbers, which begin with 1.
    notes: Vec<Note>,
    numbers: BTreeMap<String, usize>,
    /// The texts of the notes by label, each with its place.
    texts: BTreeMap<String, (Html, Range<usize>)>,
}

/// A note to which the text refers.
#[derive(Debug)]
struct Note {
    label: String,
    id: String,
    /// The ids of its marks in the text.
    marks: Vec<String>,
}

/// Whether a mark can be a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkStanding {
    Free,
    /// A link inside a link is not HTML.
    InLink,
}

impl Footnotes {
    /// Writes the mark of a note.
    pub fn mark(&mut self, label: &str, standing: MarkStanding, out: &mut Fragment, ids: &mut Ids, labels: &Labels) {
        let label = label.to_lowercase();
        let number = match self.numbers.get(&label) {
            Some(number) => *number,
            None => {
                let number = self.notes.len() + 1;
                let id = ids.claim(&format!("footnote-{number}"));
                self.notes.push(Note { label: label.clone(), id, marks: Vec::new() });
                self.numbers.insert(label, number);
                number
            }
        };
        let note = &mut self.notes[number - 1];
        let mark = ids.claim(&format!("footnote-mark-{number}"));
        out.push("<sup class=\"footnote-mark\"");
        out.push_id(&mark);
        out.push(">");
        match standing {
            MarkStanding::InLink => out.push(&number.to_string()),
            MarkStanding::Free => {
                let words = labels.note;
                out.push(&format!(
                    "<a href=\"#{}\" role=\"doc-noteref\" aria-label=\"{words} {number}\">{number}</a>",
                    note.id
                ));
            }
        }
        out.push("</sup>");
        note.marks.push(mark);
    }

    /// Keeps the text of a note; the first one of a label counts.
    pub fn define(&mut self, label: &str, text: Html, place: Range<usize>) {
        self.texts.entry(label.to_lowercase()).or_insert((text, place));
    }

    /// The section of notes, empty where the text refers to none, and the places of notes that nothing
    /// refers to.
    pub fn finish(mut self, labels: &Labels) -> (Html, Vec<Range<usize>>) {
        let mut section = Html::default();
        for (index, note) in self.notes.iter().enumerate() {
            let text = self.texts.remove(&note.label).map(|(text, _)| text).unwrap_or_default();
            section.text.push_str(&format!("<li id=\"{}\">\n", note.id));
            section.append(with_links_back(text, note, index + 1, labels));
            section.text.push_str("</li>\n");
        }
        if !self.notes.is_empty() {
            let mut whole = Html::default();
            whole.text.push_str(&format!(
                "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n",
                labels.notes
            ));
            whole.append(section);
            whole.text.push_str("</ol>\n</section>\n");
            section = whole;
        }
        (section, self.texts.into_values().map(|(_, place)| place).collect())
    }
}

/// Puts the links back to the marks at the end of a note's last paragraph.
fn with_links_back(mut text: Html, note: &Note, number: usize, labels: &Labels) -> Html {
    let end = match text.text.strip_suffix("</p>\n") {
        Some(before) => before.len(),
        None => {
            text.text.push_str("<p></p>\n");
            text.text.len() - "</p>\n".len()
        }
    };
    let mut links = String::new();
    for (index, mark) in note.marks.iter().enumerate() {
        let which = if index == 0 { String::new() } else { format!(" ({})", index + 1) };
        links.push_str(&format!(
            " <a href=\"#{mark}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"{} {number}{which}\">↩\u{fe0e}</a>",
            labels.back
        ));
    }
    text.text.insert_str(end, &links);
    text
}
