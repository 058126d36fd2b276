//! The line that opens a component: `::: name {field: value, ...}`.
//!
//! 1. The name is looked up; a near miss is offered in the message.
//! 2. The fields are read as a YAML map, each with its place.
//! 3. `fields` checks each against the component's row in `model::components`.
//!
//! A field with a mistake is left out after its message, so that one mistake makes one message.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_saphyr::Spanned;

use super::faults::Faults;
use super::fields::{self, Entry};
use super::mask::Fence;
use crate::codes::component as codes;
use crate::model::components::{COMPONENTS, ComponentKind, Field, find};
use crate::model::html::{Body, FieldValue};
use crate::path::nearest;

/// A component that was opened; its body is still to come.
#[derive(Debug)]
pub struct Opened {
    /// Nothing where no component has that name.
    pub kind: Option<&'static ComponentKind>,
    pub fields: BTreeMap<&'static str, FieldValue>,
    /// The opening line.
    pub line: Range<usize>,
    pub colons: usize,
}

/// Reads an opening line; links and pictures in it are added to `body`.
///
/// Reports: `component/unknown`, `component/unknown-field`, `component/field-missing`,
/// `component/field-wrong`, `component/fields-not-readable`, `markdown/picture-without-words`,
/// `markdown/link-not-safe`.
pub fn open(text: &str, fence: &Fence, body: &mut Body, faults: &mut Faults<'_>) -> Opened {
    let rest = &text[fence.rest.clone()];
    // Some writers close the line with colons as well.
    let rest = rest.trim_end_matches(':').trim_end();
    let name_end = rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
    let name = &rest[..name_end];
    let name_place = fence.rest.start..fence.rest.start + name.len();
    let fields = rest[name_end..].trim_start();
    let fields_start = fence.rest.start + rest.len() - fields.len();
    let indent = text[fence.line.clone()].bytes().take_while(|byte| *byte == b' ').count();
    let line = fence.line.start + indent..fence.rest.end;
    let mut opened = Opened { kind: find(name), fields: BTreeMap::new(), line, colons: fence.colons };

    let Some(kind) = opened.kind else {
        unknown(name, name_place, fence, faults);
        return opened;
    };
    let entries = match fields {
        "" => Some(Vec::new()),
        _ => entries(fields, fields_start, kind, faults),
    };
    // What could not be read has had its message; every required field would seem to be missing.
    if let Some(entries) = entries {
        opened.fields = fields::check(kind, &entries, &name_place, body, faults);
    }
    opened
}

fn unknown(name: &str, name_place: Range<usize>, fence: &Fence, faults: &mut Faults<'_>) {
    let names = COMPONENTS.iter().map(|kind| kind.name);
    let list = names.clone().collect::<Vec<_>>().join(", ");
    if name.is_empty() {
        let help = format!("write a name after the colons, such as `::: callout`; there are {list}");
        return faults.add(&codes::UNKNOWN, fence.line.clone(), "a component needs a name", help);
    }
    let lower = name.to_ascii_lowercase();
    let other = OTHER_NAMES.iter().find(|(foreign, _)| *foreign == lower).map(|(_, ours)| *ours);
    let help = match other.or_else(|| nearest(name, names)) {
        Some(near) => format!("write `::: {near}`; there are {list}"),
        None => format!("there are {list}"),
    };
    faults.add(&codes::UNKNOWN, name_place, format!("there is no component named `{name}`"), help);
}

/// What other programs call our components.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("accordion", "details"),
    ("alert", "callout"),
    ("box", "callout"),
    ("caution", "warning"),
    ("danger", "warning"),
    ("faq", "details"),
    ("figure", "image"),
    ("info", "callout"),
    ("note", "callout"),
    ("photo", "image"),
    ("picture", "image"),
    ("tip", "callout"),
    ("vimeo", "video"),
    ("youtube", "video"),
];

/// The map between the braces; its first byte stands at `start`.
fn entries(fields: &str, start: usize, kind: &ComponentKind, faults: &mut Faults<'_>) -> Option<Vec<Entry>> {
    let place = start..start + fields.len();
    if !fields.starts_with('{') {
        let is_field =
            |field: &Field| fields.strip_prefix(field.name).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let help = match kind.fields.iter().find(|field| field.name == "title") {
            _ if kind.fields.iter().any(is_field) => {
                format!("put braces around the fields: `::: {} {{{fields}}}`", kind.name)
            }
            Some(_) => format!("write `::: {} {{title: {fields}}}`, or begin the text on the next line", kind.name),
            None => "begin the text on the next line; fields stand in braces: `{name: value}`".to_owned(),
        };
        let message = format!("`{fields}` stands where only fields can stand");
        faults.add(&codes::FIELDS_NOT_READABLE, place, message, help);
        return None;
    }
    let shape = "write `{name: value, other: value}` on one line, with quotes around a value that has a comma, a \
                 colon, a brace or a quotation mark in it";
    if !fields.ends_with('}') {
        faults.add(&codes::FIELDS_NOT_READABLE, place, "the brace that ends the fields is missing", shape);
        return None;
    }
    match serde_saphyr::from_str::<Pairs>(fields) {
        Ok(Pairs(pairs)) => Some(pairs.into_iter().map(|pair| entry(pair, fields, start)).collect()),
        Err(error) => {
            let at = error.location().and_then(|location| location.span().byte_offset()).map(|at| at as usize);
            let range = match at.filter(|at| *at < fields.len() && fields.is_char_boundary(*at)) {
                Some(at) => start + at..start + at + fields[at..].chars().next().map_or(1, char::len_utf8),
                None => place,
            };
            faults.add(&codes::FIELDS_NOT_READABLE, range, "the fields between the braces cannot be read", shape);
            None
        }
    }
}

fn entry((name, value): Pair, fields: &str, start: usize) -> Entry {
    let place = |location: serde_saphyr::Location, fallback: usize| {
        let span = location.span();
        let from = span.byte_offset().map_or(0, |at| at as usize);
        let length = span.byte_len().map_or(fallback, |length| length as usize);
        match fields.get(from..from + length) {
            Some(_) => start + from..start + from + length,
            None => start..start + fields.len(),
        }
    };
    let name_place = place(name.referenced, name.value.len());
    let text = value.value.unwrap_or_default();
    let place = match place(value.referenced, text.len()) {
        empty if empty.is_empty() => name_place.clone(),
        place => place,
    };
    Entry { name: name.value, name_place, value: text, place }
}

type Pair = (Spanned<String>, Spanned<Option<String>>);

/// The pairs of a YAML map in their order.
struct Pairs(Vec<Pair>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(name) = map.next_key()? {
            pairs.push((name, map.next_value()?));
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    /// Checks the fields, and the codes with the words that they point at.
    fn check(line: &str, fields: &str, faults: &[(&str, &str)]) {
        let path = SourcePath::from("content/a.md");
        let mut found = Faults { path: &path, start: 0, found: Vec::new() };
        let mut body = Body::default();
        let fence = Fence { line: 0..line.len(), colons: 3, rest: 4..line.len() };
        let opened = open(line, &fence, &mut body, &mut found);
        let written: Vec<_> = opened.fields.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        assert_eq!(written.join(" "), fields, "{line}");
        let found: Vec<_> = found.found.iter().filter_map(|d| Some((d.code.id, d.place.as_ref()?))).collect();
        let found: Vec<_> = found.iter().map(|(id, place)| (*id, &line[place.start..place.end])).collect();
        assert_eq!(found, faults, "{line}");
    }

    #[test]
    fn fields_are_read_by_their_kinds() {
        check("::: callout", "", &[]);
        check("::: callout :::", "", &[]);
        check("::: events {area: wallsend, limit: 5}", r#"area=Text("wallsend") limit=Number(5)"#, &[]);
        check("::: countdown {to: 2027-05-20}", r#"to=Text("2027-05-20")"#, &[]);
        check(
            "::: video {src: https://x.org/?a=b, title: \"A: b\", bsl: yes}",
            r#"bsl=Flag(true) src=Link(0) title=Text("A: b")"#,
            &[],
        );
        check("::: image {src: a.jpg, alt: \"\"}", r#"alt=Text("") src=Picture(0)"#, &[]);
    }

    #[test]
    fn each_mistake_has_its_place() {
        check("::: calout", "", &[("component/unknown", "calout")]);
        check("::: {.note}", "", &[("component/unknown", "::: {.note}")]);
        check("::: callout Look here", "", &[("component/fields-not-readable", "Look here")]);
        check("::: callout {title: x", "", &[("component/fields-not-readable", "{title: x")]);
        check("::: callout {titel: x}", "", &[("component/unknown-field", "titel")]);
        check("::: callout {title:x}", "", &[("component/unknown-field", "title:x")]);
        check("::: events {limit: tŷ}", "", &[("component/field-wrong", "tŷ")]);
        check("::: button", "", &[("component/field-missing", "button")]);
        check("::: button {link: javascript:x}", "", &[("markdown/link-not-safe", "javascript:x")]);
        check(
            "::: contact {phone: 01632 9600x}",
            r#"phone=Text("01632 9600x")"#,
            &[("field/not-a-phone-number", "01632 9600x")],
        );
        check("::: contact {email: jo at x}", "", &[("field/not-an-address", "jo at x")]);
        check("::: card {image: a.jpg}", "image=Picture(0)", &[("markdown/picture-without-words", "a.jpg")]);
    }
}
