//! Areas, categories and needs: the words of site.yaml that pages name by an id.

use crate::config::ids::{self, Named};
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

/// Reads the tree of `areas`, parents before their children.
///
/// Reports: `site/id-twice`.
pub fn read_areas(fields: &mut Fields<'_, '_>) -> Vec<Term> {
    let mut areas = Vec::new();
    for mut branch in fields.maps("areas", |fields| read_area(fields, None, 0)) {
        areas.append(&mut branch);
    }
    distinct(fields, "areas", areas)
}

/// An area with everything below it, parents first.
fn read_area(fields: &mut Fields<'_, '_>, parent: Option<&str>, depth: usize) -> Vec<Named<Term>> {
    let Some(mut area) = read_term(fields) else { return Vec::new() };
    let below = fields.maps("areas", |fields| read_area(fields, Some(&area.value.id), depth + 1));
    area.value.parent = parent.map(str::to_owned);
    area.value.depth = depth;
    std::iter::once(area).chain(below.into_iter().flatten()).collect()
}

/// Reads a list of `categories` or `needs`.
///
/// Reports: `site/id-twice`.
pub fn read_terms(fields: &mut Fields<'_, '_>, name: &'static str) -> Vec<Term> {
    let terms = fields.maps(name, read_term);
    distinct(fields, name, terms.into_iter().flatten().collect())
}

fn read_term(fields: &mut Fields<'_, '_>) -> Option<Named<Term>> {
    let (id, name) = read_id_and_name(fields)?;
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
