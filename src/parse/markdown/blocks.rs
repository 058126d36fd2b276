//! Paragraphs, headings, components and footnotes: what is complete only at its end.

use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel};

use super::{Enclosure, OpenHeading, Writer};
use crate::codes::{component as component_codes, markdown as codes};
use crate::diagnostic::Diagnostic;
use crate::model::components::BodyRule;
use crate::model::html::{Body, Component, Filling, Heading, Html};
use crate::parse::markdown::components::{self, Opened};
use crate::parse::markdown::fragment::Fragment;
use crate::parse::markdown::headings::id_of;
use crate::parse::markdown::mask::{Fence, clean};
use crate::parse::markdown::plain::{Standing, push_collapsed};
use crate::parse::markdown::raw_html::{self, RawHtml};
use crate::parse::markdown::run::Run;
use crate::parse::markdown::sanitise::Sanitiser;

/// How many components can stand inside of one another.
const DEEPEST: usize = 16;

impl Writer<'_> {
    pub(super) fn end_paragraph(&mut self) {
        self.gathered.plain.end_paragraph();
        // A paragraph of nothing but shortcodes is empty now.
        let is_empty = self.masked.has_fillers
            && self.out.text[self.block.text..].trim() == "<p>"
            && self.out.has_no_slots_since(self.block);
        match is_empty {
            true => self.out.cut(self.block),
            false => self.out.push("</p>\n"),
        }
    }

    /// Begins a heading, or the component that stands behind it.
    /// The level of a heading in the page, whose title is the only one of the first level: never more than
    /// one below the heading before it, so that nobody who hears the page misses a step (WCAG 2.2 §1.3.1).
    fn fitting(&self, level: HeadingLevel) -> HeadingLevel {
        let before = self.gathered.body.outline.last().map_or(1, |heading| usize::from(heading.level));
        let lowest = HeadingLevel::try_from(before + 1).unwrap_or(HeadingLevel::H6);
        level.max(HeadingLevel::H2).min(lowest)
    }

    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'_>>,
        classes: &[CowStr<'_>],
        range: Range<usize>,
    ) {
        let masked = self.masked;
        if let Ok(index) = masked.fences.binary_search_by(|fence| (fence.line.start + 1).cmp(&range.start)) {
            self.is_in_fence = true;
            return self.fence(&masked.fences[index]);
        }
        if level == HeadingLevel::H1 {
            // Only the mark is at fault, where there is one.
            let has_mark = self.source[range.clone()].starts_with('#');
            let place = if has_mark { range.start..range.start + 1 } else { range.clone() };
            let help = "write `## ` before the heading's words; the page's title is the heading above it";
            let message = "a heading of the first level becomes one of the second";
            self.gathered.faults.add(&codes::HEADING_TOP, place, message, help);
        }
        self.out.end_line();
        self.heading = Some(OpenHeading {
            level: self.fitting(level),
            id: id.map(|id| clean(&id).into_owned()).filter(|id| !id.is_empty()),
            classes: classes.iter().map(|class| clean(class).into_owned()).collect(),
            mark: self.out.mark(),
            text: String::new(),
            alt: String::new(),
        });
    }

    /// Puts the heading's tag before what was written since it began; only now its id is known.
    pub(super) fn end_heading(&mut self) {
        self.gathered.plain.gap();
        if std::mem::take(&mut self.is_in_fence) {
            return;
        }
        let Some(heading) = self.heading.take() else { return };
        let words = if heading.text.trim().is_empty() { heading.alt } else { heading.text };
        let mut text = String::new();
        push_collapsed(&mut text, words.trim());
        let mut opening = Fragment { text: String::with_capacity(text.len() + 32), ..Fragment::default() };
        if text.is_empty() {
            // Nobody can hear a heading without words.
            if self.out.is_blank_since(heading.mark) {
                return self.out.cut(heading.mark);
            }
            opening.push("<p>");
            self.out.insert(heading.mark, opening);
            return self.out.push("</p>\n");
        }
        let id = self.gathered.ids.claim(&heading.id.unwrap_or_else(|| id_of(&text)));
        let tag = tag_of(heading.level);
        opening.push("<");
        opening.push(tag);
        opening.push_id(&id);
        if !heading.classes.is_empty() {
            opening.push_attribute("class", &heading.classes.join(" "));
        }
        opening.push(">");
        self.out.insert(heading.mark, opening);
        self.out.push("</");
        self.out.push(tag);
        self.out.push(">\n");
        self.gathered.body.outline.push(Heading { level: heading.level as u8, id, text });
    }

    /// Opens or closes a component.
    fn fence(&mut self, fence: &Fence) {
        if matches!(self.enclosing.last(), Some((Enclosure::Footnote { .. }, _))) {
            self.end_footnote();
        }
        let is_opening = !fence.rest.is_empty();
        if is_opening {
            let mut opened = components::open(self.source, fence, &mut self.gathered.body, &mut self.gathered.faults);
            if self.enclosing.len() >= DEEPEST && opened.kind.take().is_some() {
                let message = format!("this component stands inside of {DEEPEST} others");
                let help = "close the components before it, each with a line of just `:::`";
                self.gathered.faults.add(&component_codes::TOO_DEEP, opened.line.clone(), message, help);
            }
            let outer = std::mem::take(&mut self.out);
            return self.enclosing.push((Enclosure::Component(opened), outer));
        }
        let has_colons = |colons: usize| move |(enclosure, _): &(Enclosure, Fragment)| matches!(enclosure, Enclosure::Component(opened) if opened.colons == colons);
        // The innermost component of as many colons; the innermost of all where none has as many.
        let index = self.enclosing.iter().rposition(has_colons(fence.colons));
        match index.or_else(|| self.enclosing.len().checked_sub(1)) {
            None => {
                let message = "this line closes a component, and none is open";
                let help = "delete the line, or open the component before it: `::: callout`";
                self.gathered.faults.add(&component_codes::NOT_OPENED, fence.line.clone(), message, help);
            }
            Some(index) => {
                while self.enclosing.len() > index + 1 {
                    self.close_with_fault();
                }
                self.close();
            }
        }
    }

    /// Closes the innermost component for want of a line that does.
    fn close_with_fault(&mut self) {
        if let Some((Enclosure::Component(opened), _)) = self.enclosing.last() {
            let name = opened.kind.map_or("component", |kind| kind.name);
            let colons = ":".repeat(opened.colons.min(12));
            let message = format!("this `{name}` is never closed");
            let help = format!("write a line with just `{colons}` after its last line");
            self.gathered.faults.add(&component_codes::NOT_CLOSED, opened.line.clone(), message, help);
        }
        self.close();
    }

    /// Closes the innermost component or footnote.
    fn close(&mut self) {
        match self.enclosing.pop() {
            None => {}
            Some((Enclosure::Footnote { label, place }, outer)) => {
                let text = std::mem::replace(&mut self.out, outer);
                let text = self.complete(text);
                self.footnotes.define(&label, text, place);
            }
            Some((Enclosure::Component(opened), outer)) => {
                let inner = std::mem::replace(&mut self.out, outer);
                self.out.end_line();
                self.close_component(opened, inner);
            }
        }
    }

    fn close_component(&mut self, opened: Opened, inner: Fragment) {
        // The text in a component that does not exist is shown as if it stood there alone.
        let Some(kind) = opened.kind else { return self.out.append(inner) };
        let faults = &mut self.gathered.faults;
        match kind.body {
            BodyRule::Required if inner.is_blank() => {
                let message = format!("`{}` has no text in it", kind.name);
                let help = format!("write it between its first and last line, for example:\n{}", kind.example);
                faults.add(&component_codes::BODY_MISSING, opened.line.clone(), message, help);
            }
            BodyRule::None if !inner.is_blank() => {
                let message = format!("`{}` shows no text, so what stands in it would be lost", kind.name);
                let help = "move the text before or after the component";
                faults.add(&component_codes::BODY_UNWANTED, opened.line.clone(), message, help);
            }
            _ => {}
        }
        // What is missing has had its message; the template would fail without it, and say so again.
        if !kind.has_required(&opened.fields) {
            return self.out.append(inner);
        }
        let component = Component {
            name: kind.name,
            fields: opened.fields,
            place: self.gathered.faults.in_file(opened.line),
            body: self.complete(inner),
        };
        self.out.push_slot(Filling::Component(Box::new(component)));
        self.out.push("\n");
    }

    pub(super) fn end_footnote(&mut self) {
        if matches!(self.enclosing.last(), Some((Enclosure::Footnote { .. }, _))) {
            self.close();
        }
    }

    pub(super) fn end_raw_block(&mut self) {
        let Some(raw) = self.raw.take() else { return };
        let is_paragraph = raw.text.starts_with("<p>") || raw.text.starts_with("<p ");
        if is_paragraph {
            self.gathered.plain.start_paragraph(Standing::Inside);
        }
        raw_html::write(&raw, self.options.raw_html, &mut self.out, &mut self.gathered);
        self.gathered.plain.end_paragraph();
    }

    /// Writes HTML that stands inside of a paragraph.
    pub(super) fn raw_tag(&mut self, html: &str, range: Range<usize>) {
        let mut chunk = Run::default();
        chunk.push(html, range);
        raw_html::write(&chunk, self.options.raw_html, &mut self.out, &mut self.gathered);
    }

    /// A fragment as HTML that can be shown.
    fn complete(&mut self, fragment: Fragment) -> Html {
        match fragment.has_raw_html && self.options.raw_html == RawHtml::Sanitise {
            true => self.sanitiser.get_or_insert_with(|| Sanitiser::new(self.source)).clean(fragment),
            false => Html { text: fragment.text, slots: fragment.slots },
        }
    }

    pub(super) fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        self.flush();
        while let Some((enclosure, _)) = self.enclosing.last() {
            match enclosure {
                Enclosure::Component(_) => self.close_with_fault(),
                Enclosure::Footnote { .. } => self.close(),
            }
        }
        let out = std::mem::take(&mut self.out);
        let mut html = self.complete(out);
        let (notes, unused) = self.footnotes.finish(self.options.labels);
        html.append(notes);
        for place in unused {
            let message = "nothing in the text refers to this note, so it is left out";
            let help = "put its mark, such as `[^1]`, behind the words that it explains, or delete it";
            self.gathered.faults.add(&codes::NOTE_NOT_USED, place, message, help);
        }
        raw_html::report_left_out(&mut self.gathered);
        let (lead, words, plain) = self.gathered.plain.finish();
        (Body { html: Some(html), lead, words, plain, ..self.gathered.body }, self.gathered.faults.found)
    }
}

fn tag_of(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}
