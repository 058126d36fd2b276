//! Folders that are nearly called like a section: what lies in them is plain pages, in no list and no calendar.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::Documents;
use crate::model::kinds::Kind;
use crate::path::SourcePath;

/// Documents by the folder below `content/` in which they lie, with the kind that its name most likely means.
fn misnamed(documents: &Documents) -> BTreeMap<&str, (Kind, Vec<&SourcePath>)> {
    let mut folders: BTreeMap<&str, (Kind, Vec<&SourcePath>)> = BTreeMap::new();
    for (path, document) in documents.iter().filter(|(_, document)| document.kind == Kind::Page) {
        let Some((folder, rest)) = path.in_content().split_once('/') else { continue };
        // A folder with nothing but an `index.md` is a page with its pictures.
        let is_page = matches!(rest, "index.md" | "_index.md");
        // About people's stories more is to be said than where they lie.
        let is_of_somebody = document.extra.contains_key("person");
        let Some(kind) = Kind::meant_by(folder).filter(|_| !is_page && !is_of_somebody) else { continue };
        folders.entry(folder).or_insert_with(|| (kind, Vec::new())).1.push(path);
    }
    folders
}

/// One warning for each such folder.
///
/// Reports: `page/folder-nearly-a-section`.
pub fn check(documents: &Documents) -> Vec<Diagnostic> {
    let warning = |(folder, (kind, paths)): (&str, (Kind, Vec<&SourcePath>))| {
        let section = kind.row().folder?;
        let message = format!(
            "the folder `content/{folder}/` is no section of the site, so what lies in it is in no list and no calendar"
        );
        let help = format!("call the folder `content/{section}/`");
        let place = Place::file(paths.first()?);
        Some(Diagnostic::new(&codes::page::FOLDER_NEARLY_A_SECTION, place, message).help(help))
    };
    misnamed(documents).into_iter().filter_map(warning).collect()
}

/// Whether documents of a kind lie in such a folder.
pub fn misses(kind: Kind, documents: &Documents) -> bool {
    misnamed(documents).values().any(|(meant, _)| *meant == kind)
}

/// Where the documents in such folders were meant to lie.
pub fn meant_paths(documents: &Documents) -> Vec<SourcePath> {
    let meant = |(folder, (kind, paths)): (&str, (Kind, Vec<&SourcePath>))| {
        let section = kind.row().folder.unwrap_or_default();
        let path = |path: &SourcePath| format!("content/{section}{}", &path.in_content()[folder.len()..]);
        paths.into_iter().map(|it| SourcePath::new(path(it))).collect::<Vec<_>>()
    };
    misnamed(documents).into_iter().flat_map(meant).collect()
}
