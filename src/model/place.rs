//! Where an event or a source of help is found: an id of venues.yaml, or a place described on the spot.

use serde::{Deserialize, Serialize};

use crate::config::{PlaceFields, read_place};
use crate::fields::{Fields, Located};
use crate::yaml::Value;

/// Where something is: a place of venues.yaml, or one that is described on the spot.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VenueRef {
    Named(Located<String>),
    Described(Box<PlaceFields>),
}

/// Reads `venue`: an id, or the fields of a place.
pub fn read_venue(fields: &mut Fields<'_, '_>) -> Option<VenueRef> {
    let node = fields.node("venue")?;
    match &node.value {
        Value::Map(_) => fields.map_of("venue", node, read_place).map(|place| VenueRef::Described(Box::new(place))),
        _ => fields.text_of("venue", node).map(VenueRef::Named),
    }
}
