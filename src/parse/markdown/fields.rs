//! The fields of a component, as they were written -> values of the kinds that the component takes.
//!
//! Addresses become links and pictures of the page, so that they are checked like those in the text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::addresses::{is_unsafe, not_safe};
use super::faults::Faults;
use crate::codes::component as codes;
use crate::codes::field::NOT_AN_ADDRESS;
use crate::codes::markdown::ALT_MISSING;
use crate::config::{email, phone};
use crate::date;
use crate::model::components::{ComponentKind, Field, FieldKind};
use crate::model::html::{Body, FieldValue, Link, Picture};
use crate::path::nearest;

/// One field as it was written.
pub struct Entry {
    pub name: String,
    pub name_place: Range<usize>,
    pub value: String,
    pub place: Range<usize>,
}

/// Checks every field against those that the component has.
pub fn check(
    kind: &'static ComponentKind,
    entries: &[Entry],
    name_place: &Range<usize>,
    body: &mut Body,
    faults: &mut Faults<'_>,
) -> BTreeMap<&'static str, FieldValue> {
    let written = |name: &str| entries.iter().find(|entry| entry.name == name);
    let mut values = BTreeMap::new();
    for entry in entries {
        match kind.fields.iter().find(|field| field.name == entry.name) {
            Some(field) => {
                if let Some(value) = value(kind, field, entry, &written, body, faults) {
                    values.insert(field.name, value);
                }
            }
            None => unknown_field(kind, entry, faults),
        }
    }
    for field in kind.fields.iter().filter(|field| field.is_required && written(field.name).is_none()) {
        let help = format!("write `{}: {}` between the braces, for example `{}`", field.name, sample(field), {
            kind.example.lines().find(|line| line.contains('{')).unwrap_or(kind.example)
        });
        let message = format!("`{}` needs the field `{}`", kind.name, field.name);
        faults.add(&codes::FIELD_MISSING, name_place.clone(), message, help);
    }
    values
}

fn unknown_field(kind: &ComponentKind, entry: &Entry, faults: &mut Faults<'_>) {
    let names = kind.fields.iter().map(|field| field.name);
    let list = names.clone().collect::<Vec<_>>().join(", ");
    let glued = entry.name.split_once(':').filter(|(name, _)| names.clone().any(|known| known == *name));
    let help = match (glued, nearest(&entry.name, names)) {
        (Some((name, value)), _) => format!("write `{name}: {value}`, with a space after the colon"),
        (None, Some(near)) => format!("write `{near}`; its fields are {list}"),
        (None, None) if list.is_empty() => "delete it; this component has no fields".to_owned(),
        (None, None) => format!("its fields are {list}"),
    };
    let message = format!("`{}` has no field named `{}`", kind.name, entry.name);
    faults.add(&codes::UNKNOWN_FIELD, entry.name_place.clone(), message, help);
}

/// The value of one field; nothing where it is not of the field's kind, or empty and of no use.
fn value<'e>(
    kind: &ComponentKind,
    field: &Field,
    entry: &Entry,
    written: &impl Fn(&str) -> Option<&'e Entry>,
    body: &mut Body,
    faults: &mut Faults<'_>,
) -> Option<FieldValue> {
    let text = entry.value.trim();
    let value = match field.value {
        // `alt: ""` is how decoration is told from a picture without words.
        FieldKind::Text if !text.is_empty() || field.name == "alt" => Some(FieldValue::Text(text.to_owned())),
        FieldKind::Text if field.is_required => None,
        FieldKind::Text => return None,
        FieldKind::Phone | FieldKind::Email if text.is_empty() => return None,
        FieldKind::Phone => {
            if let Some((code, fault)) = phone::fault(text) {
                faults.add(code, entry.place.clone(), fault.message, fault.help);
            }
            Some(FieldValue::Text(text.to_owned()))
        }
        FieldKind::Email => match email(text) {
            Ok(address) => Some(FieldValue::Text(address)),
            Err(fault) => {
                faults.add(&NOT_AN_ADDRESS, entry.place.clone(), fault.message, fault.help);
                return None;
            }
        },
        FieldKind::Number => text.parse().ok().map(FieldValue::Number),
        FieldKind::Flag => flag(text).map(FieldValue::Flag),
        FieldKind::Date if !text.is_empty() => match date::parse(text) {
            Ok(when) => Some(FieldValue::Text(when.date().to_string())),
            Err(fault) => {
                faults.add(&codes::FIELD_WRONG, entry.place.clone(), fault.message, fault.help);
                return None;
            }
        },
        FieldKind::Date => None,
        FieldKind::Link | FieldKind::Picture if text.is_empty() => None,
        FieldKind::Link | FieldKind::Picture if is_unsafe(text) => {
            not_safe(entry.place.clone(), faults);
            return None;
        }
        FieldKind::Link => {
            body.links.push(Link { target: text.to_owned(), place: faults.in_file(entry.place.clone()) });
            Some(FieldValue::Link(body.links.len() - 1))
        }
        FieldKind::Picture => {
            let words = |name: &str| written(name).map(|entry| entry.value.trim().to_owned());
            let has_words = |words: &String| !words.is_empty();
            if written("alt").is_none() && !kind.fields.iter().any(|field| field.name == "alt" && field.is_required) {
                let help = "add `alt: what the picture shows`, or `alt: \"\"` if it is decoration";
                faults.add(&ALT_MISSING, entry.place.clone(), "the picture has no words for it", help);
            }
            body.pictures.push(Picture {
                src: text.to_owned(),
                alt: words("alt").unwrap_or_default(),
                caption: words("caption").filter(has_words),
                credit: words("credit").filter(has_words),
                place: faults.in_file(entry.place.clone()),
            });
            Some(FieldValue::Picture(body.pictures.len() - 1))
        }
    };
    if value.is_none() {
        let message = match text {
            "" => format!("`{}` has no value", field.name),
            _ => format!("`{text}` is not {}", wanted(field.value)),
        };
        let help = format!("write `{}: {}`", field.name, sample(field));
        faults.add(&codes::FIELD_WRONG, entry.place.clone(), message, help);
    }
    value
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

fn wanted(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Phone => "a telephone number",
        FieldKind::Email => "an e-mail address",
        FieldKind::Number => "a whole number",
        FieldKind::Flag => "yes or no",
        FieldKind::Date => "a date",
        FieldKind::Link | FieldKind::Picture => "an address",
    }
}

fn sample(field: &Field) -> &'static str {
    match field.value {
        FieldKind::Text if field.name == "alt" => "what the picture shows",
        FieldKind::Text => "...",
        FieldKind::Phone => "01632 960123",
        FieldKind::Email => "hello@example.org",
        FieldKind::Number => "3",
        FieldKind::Flag => "yes",
        FieldKind::Date => "2026-05-21",
        FieldKind::Link => "/contact/",
        FieldKind::Picture => "picture.jpg",
    }
}
