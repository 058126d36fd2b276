//! Which files of `content/` are served, and where.
//!
//! 1. A file that a published page shows or links is served.
//! 2. So is every file in the folder of a published page bundle, and in `content/media/`.
//! 3. **Invariant:** a file that only held-back documents name, or that lies in the folder of one, is
//!    not served: a picture can tell whose story it was. Of a story that is held back, every word that
//!    is a file's name counts, in whatever field, shortcode or mistaken path it stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assemble::findings::Findings;
use crate::assemble::links::{Places, folders_above};
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::path::{OutputPath, SourcePath};
use crate::site::{Reason, SiteFile};
use crate::source::Content;

/// The files that the site serves, by path; `named` are those that pages and settings name.
pub fn served(
    places: &Places<'_>,
    named: &BTreeSet<SourcePath>,
    held_back: &[(&Arc<Document>, Reason)],
    findings: &mut Findings,
) -> Vec<SiteFile> {
    let closed: BTreeSet<&SourcePath> =
        held_back.iter().flat_map(|(document, _)| named_by(document, places, findings)).collect();
    let closed_names: BTreeSet<&str> =
        held_back.iter().flat_map(|(document, _)| &document.file_words).map(String::as_str).collect();
    let closed_folders: BTreeSet<&str> = held_back
        .iter()
        .filter(|(document, _)| matches!(document.path.file_name(), "index.md" | "_index.md"))
        .map(|(document, _)| document.path.folder())
        .collect();
    let is_served = |path: &SourcePath| {
        if named.contains(path) {
            return true;
        }
        let is_open_folder = |folder: &str| folder == "content/media" || places.bundles.addresses.contains_key(folder);
        let is_open = folders_above(path.as_str()).any(is_open_folder);
        let is_closed = closed.contains(path) || closed_names.contains(path.file_name().to_lowercase().as_str());
        is_open && !is_closed && !folders_above(path.as_str()).any(|folder| closed_folders.contains(folder))
    };
    let sources = places.sources.others.values().filter(|source| source.path.as_str().starts_with("content/"));
    sources
        .filter_map(|source| match &source.content {
            Content::OnDisk(file) if is_served(&source.path) => Some(SiteFile {
                path: OutputPath::new(places.output_of(&source.path)),
                source: source.path.clone(),
                fingerprint: source.fingerprint,
                file: file.clone(),
            }),
            _ => None,
        })
        .collect()
}

fn named_by<'s>(document: &Document, places: &Places<'s>, findings: &mut Findings) -> Vec<&'s SourcePath> {
    let body = &document.body;
    let links = body.links.iter().map(|link| link.target.as_str());
    let pictures = body.pictures.iter().chain(&document.meta.image).map(|picture| picture.src.as_str());
    let toolkit = match &document.details {
        Details::Campaign(campaign) => Some(&campaign.toolkit),
        _ => None,
    };
    let in_toolkit = toolkit.into_iter().flat_map(|toolkit| {
        let posts = toolkit.posts.iter().filter_map(|post| Some(post.picture.as_ref()?.src.as_str()));
        posts.chain(toolkit.assets.iter().map(|asset| asset.file.value.as_str()))
    });
    let written = links.chain(pictures).chain(in_toolkit);
    written.filter_map(|address| places.file_of(address, &document.path, findings)).collect()
}
