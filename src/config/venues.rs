//! `venues.yaml`, and the fields of a place wherever they stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::config::ids::{self, Named, Unread};
use crate::diagnostic::Report;
use crate::fields::{Fields, Located};
use crate::path::{SourcePath, slug};
use crate::yaml::{self, Node, Value};

/// A place with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Venue {
    /// Empty for a place that an event describes itself.
    pub id: String,
    /// Ids that it had before: their addresses still lead here.
    pub was: Vec<String>,
    pub fields: PlaceFields,
}

/// What is known of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlaceFields {
    pub name: String,
    /// One line.
    pub address: Option<String>,
    pub postcode: Option<String>,
    /// An id of `areas`.
    pub area: Option<Located<String>>,
    /// Decimal degrees as they were written: (latitude, longitude).
    pub coordinates: Option<(String, String)>,
    pub phone: Option<String>,
    pub website: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
    /// Access facts, by id.
    pub access: Vec<Located<String>>,
}

/// Reads venues.yaml: either ids with the fields of a place below each, or a list of places with an
/// `id` among the fields.
pub fn read(path: &SourcePath, text: &str, report: &mut Report) -> (BTreeMap<String, Venue>, Unread) {
    let mut unread = Unread::default();
    let node = match yaml::read(path, text, 0..text.len()) {
        Ok(node) => node,
        Err(diagnostic) => {
            report.push(diagnostic);
            unread.note(None);
            return (BTreeMap::new(), unread);
        }
    };
    let mut faults = yaml::lost(path, text, 0..text.len(), &node);
    let mut venues: Vec<Named<PlaceFields>> = Vec::new();
    let places: Vec<(Option<Located<String>>, &Node)> = match &node.value {
        Value::List(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Map(entries) => entries
            .iter()
            .filter_map(|(key, value)| match &key.value {
                Value::Text(id) => Some((Some(Located { value: id.clone(), bytes: key.bytes.clone() }), value)),
                _ => None,
            })
            .collect(),
        Value::Empty => Vec::new(),
        Value::Text(_) => {
            Fields::new(path, &node, &mut faults).finish();
            unread.note(None);
            Vec::new()
        }
    };
    for (key, value) in places {
        let mut fields = Fields::new(path, value, &mut faults);
        let id = key.or_else(|| fields.located("id"));
        let place = read_place(&mut fields);
        let id = id.map_or_else(
            || place.as_ref().map(|place| Located { value: slug(&place.name), bytes: fields.key_bytes("name") }),
            Some,
        );
        if place.is_none() {
            unread.note(id.as_ref().map(|id| id.value.as_str()));
        }
        let was = fields.texts("was");
        venues.extend(id.zip(place).map(|(id, value)| Named { id, was, value }));
        fields.finish();
    }
    let (venues, found) = ids::distinct(path, "venues.yaml", venues);
    report.extend(faults.into_iter().chain(found));
    let venue = |named: Named<PlaceFields>| {
        let was = named.former();
        (named.id.value.clone(), Venue { id: named.id.value, was, fields: named.value })
    };
    (venues.into_iter().map(venue).collect(), unread)
}

/// Reads the fields of a place; nothing where it has no name.
pub fn read_place(fields: &mut Fields<'_, '_>) -> Option<PlaceFields> {
    let name = fields.required_text("name", "name: Mill Lane Hall");
    let latitude = read_degrees(fields, "latitude", 90.0);
    let longitude = read_degrees(fields, "longitude", 180.0);
    let place = PlaceFields {
        name: name.clone().unwrap_or_default(),
        address: fields.text("address").map(|address| address.lines().map(str::trim).collect::<Vec<_>>().join(", ")),
        postcode: read_postcode(fields),
        area: fields.located("area"),
        coordinates: latitude.zip(longitude),
        phone: super::phone::read(fields),
        website: super::web_address(fields, "website"),
        directions: fields.text("directions"),
        access: fields.texts("access"),
    };
    name.map(|_| place)
}

/// What is no postcode is shown all the same: there are places abroad.
///
/// Reports: `field/not-a-postcode`.
fn read_postcode(fields: &mut Fields<'_, '_>) -> Option<String> {
    let postcode = fields.located("postcode")?;
    if !is_postcode(&postcode.value) {
        let message = format!("`{}` is not a postcode of the United Kingdom", postcode.value);
        let help = "write it as in `SW1A 2AA`: letters and digits, a space, then a digit and two letters";
        fields.wrong(&codes::field::NOT_A_POSTCODE, postcode.bytes, message, help);
    }
    Some(postcode.value)
}

/// Whether a text has the form of a postcode (GOV.UK, bulk data transfer: `A9 9AA` to `AA9A 9AA`), in any case and with
/// or without its space.
fn is_postcode(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| *c != ' ').collect();
    let Some((outward, inward)) = letters.len().checked_sub(3).and_then(|at| letters.split_at_checked(at)) else {
        return false;
    };
    let form = |part: &str| -> String {
        let kind = |c: char| {
            if c.is_ascii_alphabetic() {
                'A'
            } else if c.is_ascii_digit() {
                '9'
            } else {
                '?'
            }
        };
        part.chars().map(kind).collect()
    };
    let is_outward = matches!(form(outward).as_str(), "A9" | "A99" | "A9A" | "AA9" | "AA99" | "AA9A");
    is_outward && form(inward) == "9AA"
}

fn read_degrees(fields: &mut Fields<'_, '_>, name: &'static str, limit: f64) -> Option<String> {
    let located = fields.located(name)?;
    match located.value.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= limit => Some(located.value),
        _ => {
            let message = format!("`{}` is not a {name} in degrees", located.value);
            let help = format!("write a number between -{limit} and {limit}, such as `{name}: 54.99`");
            fields.wrong(&codes::field::NOT_A_NUMBER, located.bytes, message, help);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_postcode;

    #[test]
    fn postcodes_have_one_form() {
        for text in ["ZZ1 2AB", "m1 1ae", "B33 8TH", "CR26XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB"] {
            assert!(is_postcode(text), "{text}");
        }
        for text in ["NOTAPOSTCODE", "", "ZZ1", "1ZZ 2AB", "ZZ1 AB2", "ZZ111 2AB", "£1 2AB", "ZZ1 2ABC"] {
            assert!(!is_postcode(text), "{text}");
        }
    }
}
