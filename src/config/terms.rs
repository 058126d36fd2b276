//! Areas, categories and needs: the words of site.yaml that pages name by an id.

use crate::config::ids::{self, Named, Unread};
use crate::fields::{Fields, Located};
use crate::path::slug;

/// An area, category or need.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub id: String,
    pub name: String,
    /// The area that holds this one.
    pub parent: Option<String>,
    /// 0 at the top of the tree.
    pub depth: usize,
    /// Ids that it had before: their addresses still lead here.
    pub was: Vec<String>,
}

/// Reads the tree of `areas`, parents before their children, and what of it could not be read.
///
/// Reports: `site/id-twice`.
pub fn read_areas(fields: &mut Fields<'_, '_>) -> (Vec<Term>, Unread) {
    let mut unread = Unread::default();
    let branches = fields.maps("areas", |fields| read_area(fields, None, 0, &mut unread));
    (distinct(fields, "areas", branches.into_iter().flatten().collect()), unread)
}

/// An area with everything below it, parents first.
fn read_area(fields: &mut Fields<'_, '_>, parent: Option<&str>, depth: usize, unread: &mut Unread) -> Vec<Named<Term>> {
    let Some(mut area) = read_term(fields, unread) else {
        // Of an area without an id, those below it have nowhere to be.
        fields.has("areas");
        return Vec::new();
    };
    let below = fields.maps("areas", |fields| read_area(fields, Some(&area.value.id), depth + 1, unread));
    area.value.parent = parent.map(str::to_owned);
    area.value.depth = depth;
    std::iter::once(area).chain(below.into_iter().flatten()).collect()
}

/// Reads a list of `categories` or `needs`, and what of it could not be read.
///
/// Reports: `site/id-twice`.
pub fn read_terms(fields: &mut Fields<'_, '_>, name: &'static str) -> (Vec<Term>, Unread) {
    let mut unread = Unread::default();
    let terms = fields.maps(name, |fields| read_term(fields, &mut unread));
    (distinct(fields, name, terms.into_iter().flatten().collect()), unread)
}

fn read_term(fields: &mut Fields<'_, '_>, unread: &mut Unread) -> Option<Named<Term>> {
    let Some((id, name)) = read_id_and_name(fields) else {
        unread.note(None);
        return None;
    };
    let was = fields.texts("was");
    let value = Term { id: id.value.clone(), name, parent: None, depth: 0, was: Vec::new() };
    Some(Named { id, was, value })
}

/// Reads `id` and `name`; each stands in for the other where it is left out.
pub fn read_id_and_name(fields: &mut Fields<'_, '_>) -> Option<(Located<String>, String)> {
    match (fields.located("id"), fields.text("name")) {
        (Some(id), name) => {
            let name = name.unwrap_or_else(|| id.value.clone());
            Some((id, name))
        }
        (None, Some(name)) => {
            let bytes = fields.key_bytes("name");
            Some((Located { value: slug(&name), bytes }, name))
        }
        (None, None) => {
            fields.missing("id", "id: wallsend");
            None
        }
    }
}

fn distinct(fields: &mut Fields<'_, '_>, list: &str, terms: Vec<Named<Term>>) -> Vec<Term> {
    let (terms, faults) = ids::distinct(fields.path(), list, terms);
    faults.into_iter().for_each(|fault| fields.report(fault));
    terms.into_iter().map(|term| Term { was: term.former(), ..term.value }).collect()
}
