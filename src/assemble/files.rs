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
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::path::{OutputPath, SourcePath};
use crate::site::{Reason, SiteFile};
use crate::source::Content;

/// The folder whose files are served whether a page names them or not.
const MEDIA: &str = "content/media";
/// As many pictures that nothing names are named in a message.
const MOST_NAMES: usize = 5;

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
        let is_open_folder = |folder: &str| folder == MEDIA || places.bundles.addresses.contains_key(folder);
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

/// Says which pictures of `content/media/` are served and named by nothing: somebody may not know that they are public.
///
/// Reports: `publish/picture-not-shown`, once for all.
pub fn check_shown(files: &[SiteFile], named: &BTreeSet<SourcePath>) -> Option<Diagnostic> {
    let is_in_media = |file: &&SiteFile| folders_above(file.source.as_str()).any(|folder| folder == MEDIA);
    let is_picture = |file: &&SiteFile| file.file.form.is_some();
    let is_unnamed = |file: &&SiteFile| !named.contains(&file.source);
    let unnamed: Vec<&SiteFile> = files.iter().filter(is_in_media).filter(is_picture).filter(is_unnamed).collect();
    let first = unnamed.first()?;
    let name = |file: &&SiteFile| format!("`{}`", file.source.as_str().trim_start_matches("content/"));
    let names: Vec<String> = unnamed.iter().take(MOST_NAMES).map(name).collect();
    let names = names.join(", ");
    let message = match unnamed.len() {
        1 => format!("the picture {names} is published, and no page shows it"),
        count if count <= MOST_NAMES => format!("{count} pictures are published, and no page shows them: {names}"),
        count => {
            format!("{count} pictures are published, and no page shows them: {names} and {} more", count - MOST_NAMES)
        }
    };
    let help = "take them out of content/ if they are not meant for everybody; leave what other websites link to";
    Some(Diagnostic::new(&codes::publish::PICTURE_NOT_SHOWN, Place::file(&first.source), message).help(help))
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
