//! Ids that stand for something in a list of the settings, and the ids that it had before.
//!
//! An id is part of addresses: of a list's page, and of a calendar that people subscribed to. So two that make
//! the same address are a mistake, and one that was renamed keeps its old id in `was`.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Located;
use crate::path::{SourcePath, slug};

/// Something with an id.
#[derive(Debug)]
pub struct Named<T> {
    pub id: Located<String>,
    /// Ids that it had before.
    pub was: Vec<Located<String>>,
    pub value: T,
}

impl<T> Named<T> {
    /// The ids that it had before, without their places.
    pub fn former(&self) -> Vec<String> {
        self.was.iter().map(|id| id.value.clone()).collect()
    }
}

/// What stands in a list of the settings and could not be read, which was said already: naming it is no mistake of its own.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    ids: BTreeSet<String>,
    /// Something of which the id is not known, either.
    is_open: bool,
}

impl Unread {
    /// Notes something that could not be read, by its id where it is known.
    pub fn note(&mut self, id: Option<&str>) {
        match id {
            Some(id) => {
                self.ids.insert(id.to_owned());
            }
            None => self.is_open = true,
        }
    }

    /// Whether an id may be that of something that could not be read.
    pub fn may_have(&self, id: &str) -> bool {
        self.is_open || self.ids.contains(id)
    }
}

/// Those whose ids no other one has, in the same order; of two that are alike the first one stays.
///
/// Reports, in the second answer: `site/id-twice`, for an old id that is still somebody's, too.
pub fn distinct<T>(path: &SourcePath, list: &str, named: Vec<Named<T>>) -> (Vec<Named<T>>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut taken: BTreeMap<String, Located<String>> = BTreeMap::new();
    let mut kept: Vec<Named<T>> = Vec::with_capacity(named.len());
    for named in named {
        match taken.get(&slug(&named.id.value)) {
            Some(first) => {
                let message = format!("`{}` stands twice in `{list}`", named.id.value);
                faults.push(twice(path, &named.id, first, message));
            }
            None => {
                taken.insert(slug(&named.id.value), named.id.clone());
                kept.push(named);
            }
        }
    }
    for named in &mut kept {
        named.was.retain(|was| match taken.get(&slug(&was.value)) {
            Some(other) => {
                let message =
                    format!("`{}` was the id of `{}` and still stands in `{list}`", was.value, named.id.value);
                faults.push(twice(path, was, other, message));
                false
            }
            None => {
                taken.insert(slug(&was.value), was.clone());
                true
            }
        });
    }
    (kept, faults)
}

fn twice(path: &SourcePath, second: &Located<String>, first: &Located<String>, message: String) -> Diagnostic {
    let place = |id: &Located<String>| Place::new(path, id.bytes.clone());
    Diagnostic::new(&codes::site::ID_TWICE, place(second), message)
        .label(place(first), "the other one")
        .help("give one of the two another id: each has an address of its own")
}
