//! Folders that are nearly called like a section: what lies in them is plain pages, in no list and no calendar.

use std::ops::Bound;
use std::sync::Arc;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::{Document, Documents};
use crate::model::kinds::Kind;
use crate::path::SourcePath;

/// The folders below `content/` of which the name most likely means a kind, with that kind and the documents in them.
fn misnamed(documents: &Documents) -> Vec<(&str, Kind, Vec<&SourcePath>)> {
    let with_kind = |folder| Some((folder, Kind::meant_by(folder)?));
    let with_documents = |(folder, kind)| (folder, kind, plain_pages(folder, documents));
    let all = folders(documents).filter_map(with_kind).map(with_documents);
    all.filter(|(.., paths)| !paths.is_empty()).collect()
}

/// The folders right below `content/`, without a look at what lies in them.
fn folders(documents: &Documents) -> impl Iterator<Item = &str> {
    let mut from = "content/".to_owned();
    std::iter::from_fn(move || {
        loop {
            let (path, _) = documents.range::<str, _>((Bound::Included(from.as_str()), Bound::Unbounded)).next()?;
            let Some((folder, _)) = path.in_content().split_once('/') else {
                from = format!("{}\0", path.as_str());
                continue;
            };
            from = end_of(folder);
            return Some(folder);
        }
    })
}

/// What sorts behind everything in a folder: `0` comes right after `/`.
fn end_of(folder: &str) -> String {
    format!("content/{folder}0")
}

/// The pages in a folder that may belong into a section.
fn plain_pages<'d>(folder: &str, documents: &'d Documents) -> Vec<&'d SourcePath> {
    let (from, to) = (format!("content/{folder}/"), end_of(folder));
    let inside = documents.range::<str, _>((Bound::Included(from.as_str()), Bound::Excluded(to.as_str())));
    let may_belong = |(path, document): &(&SourcePath, &Arc<Document>)| {
        // A folder with nothing but an `index.md` is a page with its pictures.
        let is_page = matches!(&path.as_str()[from.len()..], "index.md" | "_index.md");
        // About people's stories more is to be said than where they lie.
        document.kind == Kind::Page && !is_page && !document.extra.contains_key("person")
    };
    inside.filter(may_belong).map(|(path, _)| path).collect()
}

/// One warning for each such folder.
///
/// Reports: `page/folder-nearly-a-section`.
pub fn check(documents: &Documents) -> Vec<Diagnostic> {
    let warning = |(folder, kind, paths): (&str, Kind, Vec<&SourcePath>)| {
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
    misnamed(documents).iter().any(|(_, meant, _)| *meant == kind)
}

/// Where the documents in such folders were meant to lie.
pub fn meant_paths(documents: &Documents) -> Vec<SourcePath> {
    let meant = |(folder, kind, paths): (&str, Kind, Vec<&SourcePath>)| {
        let section = kind.row().folder.unwrap_or_default();
        let path = |path: &SourcePath| format!("content/{section}{}", &path.in_content()[folder.len()..]);
        paths.into_iter().map(|it| SourcePath::new(path(it))).collect::<Vec<_>>()
    };
    misnamed(documents).into_iter().flat_map(meant).collect()
}
