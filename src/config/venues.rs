//! `venues.yaml`, and the fields of a place wherever they stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::config::ids::{self, Named};
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
pub fn read(path: &SourcePath, text: &str, report: &mut Report) -> BTreeMap<String, Venue> {
    let node = match yaml::read(path, text, 0..text.len()) {
        Ok(node) => node,
        Err(diagnostic) => {
            report.push(diagnostic);
            return BTreeMap::new();
        }
    };
    let mut faults = Vec::new();
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
    venues.into_iter().map(venue).collect()
}

/// Reads the fields of a place; nothing where it has no name.
pub fn read_place(fields: &mut Fields<'_, '_>) -> Option<PlaceFields> {
    let name = fields.required_text("name", "name: Mill Lane Hall");
    let latitude = read_degrees(fields, "latitude", 90.0);
    let longitude = read_degrees(fields, "longitude", 180.0);
    let place = PlaceFields {
        name: name.clone().unwrap_or_default(),
        address: fields.text("address").map(|address| address.lines().map(str::trim).collect::<Vec<_>>().join(", ")),
        postcode: fields.text("postcode"),
        area: fields.located("area"),
        coordinates: latitude.zip(longitude),
        phone: fields.text("phone"),
        website: super::web_address(fields, "website"),
        directions: fields.text("directions"),
        access: fields.texts("access"),
    };
    name.map(|_| place)
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
