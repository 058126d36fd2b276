//! HTML while it is written: text, the slots in it, and what in it is ours beyond doubt.
//!
//! **Invariant:** slots and own ranges are in the order of the text, since both are only ever added
//! at its end.

use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::model::html::{Filling, Slot};

/// A piece of a page.
#[derive(Debug, Default)]
pub struct Fragment {
    pub text: String,
    pub slots: Vec<Slot>,
    /// Ranges of the text that we wrote and that pass the sanitiser unseen: ids, and elements that
    /// writers may not use.
    pub own: Vec<Range<usize>>,
    /// Whether a writer's own HTML stands in it.
    pub has_raw_html: bool,
}

/// A place in a fragment to which it can be cut back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    pub text: usize,
    slots: usize,
    own: usize,
}

impl Fragment {
    pub fn push(&mut self, html: &str) {
        self.text.push_str(html);
    }

    /// Writes text between elements.
    pub fn push_text(&mut self, text: &str) {
        // Writing into a String cannot fail.
        _ = escape_html_body_text(&mut self.text, text);
    }

    /// Writes an attribute with a space before it.
    pub fn push_attribute(&mut self, name: &str, value: &str) {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        _ = escape_html(&mut self.text, value);
        self.text.push('"');
    }

    /// Writes an id attribute that is known to be unique.
    pub fn push_id(&mut self, id: &str) {
        self.push(" id=\"");
        let start = self.text.len();
        _ = escape_html(&mut self.text, id);
        self.own.push(start..self.text.len());
        self.push("\"");
    }

    /// Writes an element that the sanitiser must not see.
    pub fn push_own(&mut self, html: &str) {
        let start = self.text.len();
        self.push(html);
        self.own.push(start..self.text.len());
    }

    pub fn push_slot(&mut self, filling: Filling) {
        self.slots.push(Slot { at: self.text.len(), filling });
    }

    /// Ends the line, if anything stands on it.
    pub fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub fn mark(&self) -> Mark {
        Mark { text: self.text.len(), slots: self.slots.len(), own: self.own.len() }
    }

    /// Takes back all that was written since the mark.
    pub fn cut(&mut self, mark: Mark) {
        self.text.truncate(mark.text);
        self.slots.truncate(mark.slots);
        self.own.truncate(mark.own);
    }

    pub fn has_no_slots_since(&self, mark: Mark) -> bool {
        self.slots.len() == mark.slots
    }

    pub fn is_blank_since(&self, mark: Mark) -> bool {
        self.has_no_slots_since(mark) && self.text[mark.text..].trim().is_empty()
    }

    pub fn is_blank(&self) -> bool {
        self.is_blank_since(Mark::default())
    }

    /// Puts HTML without slots before all that was written since the mark.
    pub fn insert(&mut self, mark: Mark, piece: Fragment) {
        let length = piece.text.len();
        self.text.insert_str(mark.text, &piece.text);
        for slot in &mut self.slots[mark.slots..] {
            slot.at += length;
        }
        for range in &mut self.own[mark.own..] {
            *range = range.start + length..range.end + length;
        }
        self.own.splice(mark.own..mark.own, piece.own.into_iter().map(|r| r.start + mark.text..r.end + mark.text));
    }

    /// Writes another fragment at the end.
    pub fn append(&mut self, other: Fragment) {
        let length = self.text.len();
        self.push(&other.text);
        self.slots.extend(other.slots.into_iter().map(|slot| Slot { at: slot.at + length, ..slot }));
        self.own.extend(other.own.into_iter().map(|range| range.start + length..range.end + length));
        self.has_raw_html |= other.has_raw_html;
    }
}
