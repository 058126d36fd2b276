//! Links and pictures.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs};

use super::{OpenLink, OpenPicture, Writer};
use crate::codes::markdown as codes;
use crate::model::html::{Filling, Link, Picture};
use crate::parse::markdown::addresses::{is_unsafe, not_safe};
use crate::parse::markdown::mask::{clean, holds_filler};
use crate::parse::markdown::plain::push_collapsed;

impl Writer<'_> {
    /// Adds a link of the page and gives its number.
    pub(super) fn add_link(&mut self, target: String, place: Range<usize>) -> usize {
        self.gathered.body.links.push(Link { target, place: self.gathered.faults.in_file(place) });
        self.gathered.body.links.len() - 1
    }

    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        address: &str,
        title: &str,
        place: Range<usize>,
        range: Range<usize>,
    ) {
        let is_unsafe = is_unsafe(address);
        if is_unsafe {
            not_safe(place.clone(), &mut self.gathered.faults);
        }
        // Of a link to what another generator would have put here, the words stay.
        // A link inside a link is not HTML.
        let is_written = !is_unsafe && !holds_filler(address) && self.links.is_empty();
        let before = self.out.mark();
        if is_written {
            let target = match link_type {
                LinkType::Email => format!("mailto:{address}"),
                _ => clean(address).into_owned(),
            };
            let index = self.add_link(target, place);
            self.out.push("<a href=\"");
            self.out.push_slot(Filling::Address(index));
            self.out.push("\"");
            if !title.is_empty() {
                self.out.push_attribute("title", &clean(title));
            }
            self.out.push(">");
        }
        self.links.push(OpenLink { is_written, before, inside: self.out.mark(), range });
    }

    pub(super) fn end_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        if !link.is_written {
            return;
        }
        if self.out.is_blank_since(link.inside) {
            // The words were a shortcode, which has had its message.
            if holds_filler(&self.masked.text[link.range.clone()]) {
                return self.out.cut(link.before);
            }
            let help = "write where it leads between the square brackets: `[Our events](/events/)`";
            self.gathered.faults.add(&codes::LINK_WITHOUT_WORDS, link.range, "the link has no words", help);
        }
        self.out.push("</a>");
    }

    /// Takes what stands between the brackets of a picture: its words.
    pub(super) fn picture_event(&mut self, event: Event<'_>) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => self.end_picture(),
            Event::Text(text) | Event::Code(text) => picture.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        let Some(OpenPicture { target, title, alt, place, range, .. }) = self.picture.take() else { return };
        if is_unsafe(&target) {
            return not_safe(place, &mut self.gathered.faults);
        }
        if holds_filler(&target) {
            return;
        }
        let words = |text: &str| {
            let mut words = String::new();
            push_collapsed(&mut words, &clean(text));
            words.trim_end().to_owned()
        };
        let (alt, caption) = (words(&alt), words(&title));
        if alt.is_empty() {
            let help = "write what it shows between the square brackets; for decoration, `::: image {src: ..., alt: \
                        \"\"}` and `:::` on lines of their own";
            self.gathered.faults.add(&codes::ALT_MISSING, range, "the picture has no words for it", help);
        }
        if let Some(heading) = &mut self.heading {
            heading.alt.push_str(&alt);
        }
        self.gathered.body.pictures.push(Picture {
            src: clean(&target).into_owned(),
            alt,
            caption: Some(caption).filter(|caption| !caption.is_empty()),
            credit: None,
            place: self.gathered.faults.in_file(place),
        });
        self.out.push_slot(Filling::Picture(self.gathered.body.pictures.len() - 1));
    }

    /// The place of an address in the source; that of the whole link where the address is written in
    /// another way (`%20`, `&amp;`).
    pub(super) fn place_of_address(
        &self,
        link_type: LinkType,
        address: &str,
        id: &str,
        range: &Range<usize>,
        definitions: &RefDefs<'_>,
    ) -> Range<usize> {
        let (around, mark) = match link_type {
            LinkType::Inline => (range.clone(), "]("),
            LinkType::Autolink | LinkType::Email => (range.clone(), "<"),
            _ => match definitions.get(id) {
                Some(definition) => (definition.span.clone(), "]:"),
                None => return range.clone(),
            },
        };
        let Some(text) = self.source.get(around.clone()).filter(|_| !address.is_empty()) else { return range.clone() };
        let starts_here = |at: usize| {
            let after = text[at + mark.len()..].trim_start();
            let after = after.strip_prefix('<').unwrap_or(after);
            after.starts_with(address).then(|| around.start + text.len() - after.len())
        };
        match text.rmatch_indices(mark).find_map(|(at, _)| starts_here(at)) {
            Some(start) => start..start + address.len(),
            None => range.clone(),
        }
    }
}
