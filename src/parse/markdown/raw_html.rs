//! HTML that writers put into their Markdown, tag by tag.
//!
//! Addresses become links, pictures become pictures, ids are kept unique, and elements that pages may
//! not have are named in a message and left out. All other tags are copied as they are.
//!
//! **Invariant:** nothing here is relied on for safety: with `RawHtml::Sanitise` all that is written here
//! goes through `sanitise` before it is shown, and there only addresses and ids that were seen here pass.

use std::collections::BTreeMap;
use std::ops::Range;

use super::addresses::{is_unsafe, not_safe};
use super::fragment::Fragment;
use super::gathered::Gathered;
use super::mask::{clean, holds_filler};
use super::run::Run;
use super::sanitise::ELEMENTS;
use super::tables;
use super::tags::{Attribute, Tag, TokenKind, decode, read};
use crate::codes::markdown as codes;
use crate::model::html::{Filling, Link, Picture};

/// What becomes of HTML in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// Only harmless elements and attributes pass.
    Sanitise,
    /// It passes as it is; whoever may write is trusted to change how the site looks and works.
    Trust,
}

/// Writes a chunk of HTML: a whole block, or one tag inside of a paragraph.
///
/// Reports: `markdown/link-not-safe`, `markdown/picture-without-words`, `markdown/first-level-heading`.
pub fn write(chunk: &Run, raw_html: RawHtml, out: &mut Fragment, gathered: &mut Gathered<'_>) {
    let mut at = 0;
    while at < chunk.text.len() {
        let token = read(&chunk.text, at);
        let text = &chunk.text[token.range.clone()];
        at = token.range.end;
        match (&token.kind, raw_html) {
            (TokenKind::Remark, RawHtml::Sanitise) => {}
            (TokenKind::Broken, RawHtml::Sanitise) => write_verbatim("&lt;", out),
            (TokenKind::Text, _) => {
                gathered.plain.text(&decode(text));
                write_verbatim(text, out);
            }
            (TokenKind::Remark | TokenKind::Broken, RawHtml::Trust) => write_verbatim(text, out),
            (TokenKind::Tag(tag), RawHtml::Trust) => write_trusted(tag, text, chunk, out, gathered),
            (TokenKind::Tag(tag), RawHtml::Sanitise) => match tag.lower_name().as_ref() {
                "img" => write_picture(tag, chunk, token.range, out, gathered),
                name if ELEMENTS.contains(&name) => write_tag(tag, name, chunk, token.range, out, gathered),
                name => at = leave_out(tag, name, chunk, token.range, out, gathered),
            },
        }
    }
}

fn write_verbatim(html: &str, out: &mut Fragment) {
    out.push(&clean(html));
    out.has_raw_html |= !html.trim().is_empty();
}

/// Writes a tag with its address and its id made ours.
fn write_tag(
    tag: &Tag<'_>,
    name: &str,
    chunk: &Run,
    range: Range<usize>,
    out: &mut Fragment,
    gathered: &mut Gathered<'_>,
) {
    out.has_raw_html = true;
    count_anchors(tag, name, gathered);
    // A page has one heading of the first level, and that is its title.
    let name = match name {
        "h1" => {
            if !tag.is_closing {
                let help = "write `## ...` and the heading's words";
                let message = "a heading of the first level becomes one of the second";
                gathered.faults.add(&codes::HEADING_TOP, chunk.place(range), message, help);
            }
            "h2"
        }
        name => name,
    };
    if name == "table" && !tag.is_closing {
        let name = gathered.name_table();
        tables::start_scroll(&name, out);
    }
    out.push(if tag.is_closing { "</" } else { "<" });
    out.push(name);
    for attribute in &tag.attributes {
        let is_anchor_name = name == "a" && attribute.is("name") && !tag.attributes.iter().any(|a| a.is("id"));
        if name == "a" && attribute.is("href") {
            write_address(" href=\"", attribute, chunk, out, gathered);
        } else if attribute.is("id") || is_anchor_name {
            let id = decode(&chunk.text[attribute.value.clone()]).into_owned();
            if !id.is_empty() && !id.contains(char::is_whitespace) && !gathered.ids.is_taken(&id) {
                out.push_id(&gathered.ids.claim(&id));
                gathered.body.anchors.push(id);
            }
        } else {
            out.push(" ");
            out.push(&clean(&chunk.text[attribute.range.clone()]));
        }
    }
    out.push(">");
    if name == "table" && tag.is_closing {
        tables::end_scroll(out);
    }
}

fn count_anchors(tag: &Tag<'_>, name: &str, gathered: &mut Gathered<'_>) {
    if name == "a" {
        gathered.open_anchors = match tag.is_closing {
            true => gathered.open_anchors.saturating_sub(1),
            false => gathered.open_anchors + 1,
        };
    }
}

/// Writes an attribute whose value is a slot; nothing where the address leads nowhere.
fn write_address(
    opening: &str,
    attribute: &Attribute<'_>,
    chunk: &Run,
    out: &mut Fragment,
    gathered: &mut Gathered<'_>,
) {
    let target = decode(&chunk.text[attribute.value.clone()]);
    let place = chunk.place(attribute.value.clone());
    if is_unsafe(&target) {
        not_safe(place, &mut gathered.faults);
    } else if !holds_filler(&target) {
        let place = gathered.faults.in_file(place);
        gathered.body.links.push(Link { target: target.trim().to_owned(), place });
        out.push(opening);
        out.push_slot(Filling::Address(gathered.body.links.len() - 1));
        out.push("\"");
    }
}

fn write_picture(tag: &Tag<'_>, chunk: &Run, range: Range<usize>, out: &mut Fragment, gathered: &mut Gathered<'_>) {
    let value = |name: &str| {
        let attribute = tag.attributes.iter().find(|attribute| attribute.is(name))?;
        Some((clean(&decode(&chunk.text[attribute.value.clone()])).trim().to_owned(), attribute))
    };
    let Some((src, attribute)) = value("src") else { return };
    let place = chunk.place(attribute.value.clone());
    if is_unsafe(&src) {
        return not_safe(place, &mut gathered.faults);
    }
    if holds_filler(&chunk.text[attribute.value.clone()]) {
        return;
    }
    let alt = value("alt").map(|(alt, _)| alt);
    if alt.is_none() {
        let help = "add `alt=\"what the picture shows\"`, or `alt=\"\"` if it is decoration";
        gathered.faults.add(&codes::ALT_MISSING, chunk.place(range), "the picture has no words for it", help);
    }
    gathered.body.pictures.push(Picture {
        src,
        alt: alt.unwrap_or_default(),
        caption: value("title").map(|(title, _)| title).filter(|title| !title.is_empty()),
        credit: None,
        place: gathered.faults.in_file(place),
    });
    out.push_slot(Filling::Picture(gathered.body.pictures.len() - 1));
}

/// Copies a tag; only the addresses in it become slots.
fn write_trusted(tag: &Tag<'_>, text: &str, chunk: &Run, out: &mut Fragment, gathered: &mut Gathered<'_>) {
    let name = tag.lower_name();
    count_anchors(tag, &name, gathered);
    let address = match name.as_ref() {
        "a" => tag.attributes.iter().find(|attribute| attribute.is("href")),
        "img" => tag.attributes.iter().find(|attribute| attribute.is("src")),
        _ => None,
    };
    if let Some(id) = tag.attributes.iter().find(|attribute| attribute.is("id")) {
        let id = decode(&chunk.text[id.value.clone()]).into_owned();
        gathered.ids.claim(&id);
        gathered.body.anchors.push(id);
    }
    let target = address.map(|address| decode(&chunk.text[address.value.clone()])).unwrap_or_default();
    match address {
        Some(address) if !is_unsafe(&target) => {
            let start = tag.start;
            write_verbatim(&text[..address.range.start - start], out);
            let opening = if name == "a" { "href=\"" } else { "src=\"" };
            write_address(opening, address, chunk, out, gathered);
            write_verbatim(&text[address.range.end - start..], out);
        }
        _ => write_verbatim(text, out),
    }
}

/// Notes that an element is left out, and says where to go on reading.
fn leave_out(
    tag: &Tag<'_>,
    name: &str,
    chunk: &Run,
    range: Range<usize>,
    out: &mut Fragment,
    gathered: &mut Gathered<'_>,
) -> usize {
    if tag.is_closing {
        // The sanitiser waits for the end of what it was given below.
        if HIDDEN.contains(&name) {
            write_verbatim(&chunk.text[range.clone()], out);
        }
        return range.end;
    }
    gathered.left_out.add(name, chunk.place(range.clone()));
    if !HIDDEN.contains(&name) {
        return range.end;
    }
    match end_of(name, &chunk.text, range.end) {
        Some(end) => end,
        None => {
            write_verbatim(&chunk.text[range.clone()], out);
            range.end
        }
    }
}

/// Elements that go with all that stands in them.
pub const HIDDEN: &[&str] = &["script", "style"];

/// The end of the closing tag of `name`.
fn end_of(name: &str, text: &str, from: usize) -> Option<usize> {
    let closes = |at: usize| {
        let rest = text.get(at + 2..)?;
        rest.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
        Some(at + 2 + rest.find('>')? + 1)
    };
    text[from..].match_indices("</").find_map(|(at, _)| closes(from + at))
}

/// The elements that were left out, with the place of the first and how many there are.
#[derive(Debug, Default)]
pub struct LeftOut(BTreeMap<String, (Range<usize>, usize)>);

impl LeftOut {
    pub fn add(&mut self, name: &str, place: Range<usize>) {
        match self.0.get_mut(name) {
            Some((_, count)) => *count += 1,
            None => {
                self.0.insert(name.to_owned(), (place, 1));
            }
        }
    }
}

/// Reports: `markdown/element-left-out`, once for each name.
pub fn report_left_out(gathered: &mut Gathered<'_>) {
    for (name, (place, count)) in std::mem::take(&mut gathered.left_out.0) {
        let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
        let help = HELP.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, help)| *help);
        let help = help.unwrap_or(
            "write it in Markdown or with a component; to show it as text, put it between two backticks: `<name>`",
        );
        let name = &name[..name.floor_char_boundary(40)];
        let message = format!("the HTML element `<{name}>` is left out{times}");
        gathered.faults.add(&codes::ELEMENT_LEFT_OUT, place, message, help);
    }
}

const HELP: &[(&[&str], &str)] = &[
    (
        &["iframe", "frame", "object", "embed"],
        "write a link to it, or for a film `::: video {src: https://..., title: ...}` and `:::` on lines of their own",
    ),
    (&["video", "source", "track"], "write `::: video {src: film.mp4, title: ...}` and `:::` on lines of their own"),
    (&["audio"], "write `::: audio {src: talk.mp3, title: ...}` and `:::` on lines of their own"),
    (&["picture", "map", "area"], "write `![what the picture shows](picture.jpg)`"),
    (&["svg", "canvas", "math"], "save it as a file and write `![what the picture shows](picture.svg)`"),
    (&["script", "noscript", "template"], "delete it; scripts belong into the theme"),
    (&["style", "link"], "delete it; styles belong into the theme"),
    (
        &["form", "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend"],
        "write a link to the form, for example `::: button {link: https://...}`, its words, and `:::`",
    ),
    (
        &["font", "center", "big", "tt", "strike", "marquee", "blink", "nobr"],
        "delete the tag; its text stays, and the theme says how text looks",
    ),
];
