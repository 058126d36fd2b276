//! Ids that stand for something in a list of the settings, and the ids that it had before.
//!
//! An id is part of addresses: of a list's page, and of a calendar that people subscribed to. So two that make
//! the same address are a mistake, and one that was renamed keeps its old id in `was`.

use std::collections::BTreeMap;

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
