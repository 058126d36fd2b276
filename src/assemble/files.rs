//! Which files of `content/` are served, and where.
//!
//! 1. A file that a published page shows or links is served.
//! 2. So is every file in the folder of a published page bundle, and in `content/media/`.
//! 3. **Invariant:** a file that only held-back documents name, or that lies in the folder of one, is
//!    not served: a picture can tell whose story it was. Of a story that is held back, every word that
//!    is a file's name counts, in whatever field, shortcode or mistaken path it stands.

use std::collections::BTreeSet;

use crate::assemble::links::{Places, decode};
use crate::config::SITE_FILE;
use crate::model::document::Document;
use crate::model::kinds::{Details, Kind};
use crate::path::{OutputPath, SourcePath};
use crate::site::{Page, SiteFile};
use crate::source::Content;

/// The files that the site serves, by path.
pub fn served(places: &Places<'_>, pages: &[Page], held_back: &[&Document]) -> Vec<SiteFile> {
    let mut named: BTreeSet<&SourcePath> = pages.iter().flat_map(|page| named_by(&page.document, places)).collect();
    let settings = SourcePath::from(SITE_FILE);
    let logos =
        places.config.logo.iter().chain(places.config.partners.iter().filter_map(|partner| partner.logo.as_ref()));
    named.extend(logos.filter_map(|logo| places.file_of(&logo.value, &settings)));
    named.extend(super::SHARE_IMAGES.iter().filter_map(|share| places.file_of(share, &settings)));
    let closed: BTreeSet<&SourcePath> = held_back.iter().flat_map(|document| named_by(document, places)).collect();
    let stories = held_back.iter().filter(|document| document.kind == Kind::Story);
    let closed_names: BTreeSet<String> = stories.flat_map(|story| words_of(story, places)).collect();
    let closed_folders: Vec<&str> = held_back
        .iter()
        .filter(|document| matches!(document.path.file_name(), "index.md" | "_index.md"))
        .map(|document| document.path.folder())
        .collect();
    let is_served = |path: &SourcePath| {
        if named.contains(path) {
            return true;
        }
        let is_within = |folder: &&str| path.as_str().strip_prefix(*folder).is_some_and(|rest| rest.starts_with('/'));
        let is_open = is_within(&"content/media") || places.bundles.keys().any(is_within);
        let is_closed = closed.contains(path) || closed_names.contains(&path.file_name().to_lowercase());
        is_open && !is_closed && !closed_folders.iter().any(is_within)
    };
    let sources = places.sources.iter().filter(|source| source.path.as_str().starts_with("content/"));
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

/// Everything in a document's file that could be the name of a file, in lower case.
fn words_of(document: &Document, places: &Places<'_>) -> Vec<String> {
    let text = places.sources.text(&document.path).map_or("", |text| text);
    let ends_a_name = |c: char| c.is_whitespace() || "/\\\"'`()[]{}<>,;:=|?#".contains(c);
    let words = text.split(ends_a_name).filter(|word| word.contains('.'));
    words.map(|word| decode(word).to_lowercase()).collect()
}

fn named_by<'s>(document: &Document, places: &Places<'s>) -> Vec<&'s SourcePath> {
    let body = &document.body;
    let mut written: Vec<&str> = body.links.iter().map(|link| link.target.as_str()).collect();
    written.extend(body.pictures.iter().chain(&document.meta.image).map(|picture| picture.src.as_str()));
    if let Details::Campaign(campaign) = &document.details {
        written.extend(campaign.toolkit_assets.iter().map(|asset| asset.file.value.as_str()));
    }
    written.into_iter().filter_map(|address| places.file_of(address, &document.path)).collect()
}
