//! Documents -> Site: the one step that sees all files at once.
//!
//! 1. `visibility` decides which documents may be seen now.
//! 2. Each of them gets its address, and with it its links, pictures, places and dates (`links`,
//!    `events`, `taxonomies`).
//! 3. `cards` makes what lists show, and the lists are put in order.
//! 4. `navigation` makes the menu and what every page shows of the site; `files` chooses what of the
//!    other files is served.

mod cards;
mod events;
mod files;
pub mod links;
mod lists;
mod navigation;
mod pages;
mod redirects;
mod taxonomies;
pub mod visibility;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::Report;
use crate::hash::Fingerprint;
use crate::model::document::{Document, Role};
use crate::model::html::Picture;
use crate::model::kinds::Kind;
use crate::path::SourcePath;
use crate::site::{Page, PageId, Site};
use crate::source::Sources;
use crate::theme::Asset;

pub use links::check_addresses;
pub use visibility::Drafts;

use links::{Known, Places};

/// Assembles a site.
///
/// Reports: everything that is wrong between files.
pub fn site(
    config: Config,
    sources: &Sources,
    documents: Vec<Arc<Document>>,
    assets: BTreeMap<String, Asset>,
    now: Timestamp,
    drafts: Drafts,
    report: &mut Report,
) -> Site {
    let today = now.to_zoned(config.timezone.clone()).date();
    let (mut seen, held_back) = visibility::part(documents, &config, now, drafts, report);
    seen.sort_by(|a, b| (&a.url, &a.path).cmp(&(&b.url, &b.path)));
    let held_documents: Vec<&Document> = held_back.iter().map(|(document, _)| document.as_ref()).collect();
    let places = places(&config, sources, &seen, &held_documents);
    let ids = Ids::of(&seen);
    let (pages, reports): (Vec<Page>, Vec<Report>) = seen
        .par_iter()
        .map(|document| {
            let mut report = Report::default();
            (pages::page(document, &places, &ids, now, &mut report), report)
        })
        .unzip();
    reports.iter().for_each(|other| report.extend(other.iter().cloned()));
    let lists = lists::of(&pages);
    let count = |kind: Kind| lists.sections.get(&kind).is_some_and(|pages| !pages.is_empty());
    let page_url = |path: &str| {
        let id = ids.by_path.get(path)?;
        Some((pages[*id].document.meta.title.clone(), pages[*id].url.clone()))
    };
    let contents = navigation::Contents { has: &count, has_past_events: !lists.past.is_empty(), page_url: &page_url };
    let view = navigation::site_view(&config, &places, &contents, report);
    let menu = navigation::menu(&config, &places, &view, report);
    let share_image = places_share_image(&places, &config);
    let files = files::served(&places, &pages, &held_documents);
    let redirects = redirects::of(&places, &pages, report);
    let order = &lists.all;
    let term = |known: &[crate::config::Term], folder, links_of| {
        taxonomies::terms(known, folder, &config, &pages, order, links_of)
    };
    let categories = term(&config.categories, "categories", |page| &page.categories);
    let areas = term(&config.areas, "areas", |page| &page.areas);
    let needs = term(&config.needs, "needs", |page| &page.needs);
    let tags = taxonomies::tags(&pages, order);
    drop(places);
    Site {
        fingerprint: Fingerprint::of(&(&view, &menu, &share_image, config.fingerprint)),
        now,
        today,
        home: seen.iter().position(|document| document.role == Role::Home),
        introductions: introductions(&seen),
        sections: lists.sections,
        coming: lists.coming,
        past: lists.past,
        tags,
        categories,
        areas,
        needs,
        view,
        menu,
        share_image,
        redirects,
        files,
        assets,
        held_back: held_back.into_iter().map(|(_, line)| line).collect(),
        pages,
        config,
    }
}

/// The ids of published documents.
pub(crate) struct Ids {
    by_path: BTreeMap<String, PageId>,
    /// Campaigns by the name of their file or folder.
    campaigns: BTreeMap<String, PageId>,
}

impl Ids {
    fn of(documents: &[Arc<Document>]) -> Self {
        let by_path = documents.iter().enumerate().map(|(id, document)| (document.path.as_str().to_owned(), id));
        let campaigns = documents.iter().enumerate().filter(|(_, d)| d.kind == Kind::Campaign && d.role == Role::Page);
        Ids {
            by_path: by_path.collect(),
            campaigns: campaigns.map(|(id, document)| (campaign_name(&document.path), id)).collect(),
        }
    }
}

/// `link-worker-day-2027` for `campaigns/link-worker-day-2027.md` and for a bundle of that name.
fn campaign_name(path: &SourcePath) -> String {
    let path = path.as_str();
    let stem = path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    stem.rsplit('/').next().unwrap_or(stem).to_owned()
}

fn places<'s>(
    config: &'s Config,
    sources: &'s Sources,
    seen: &'s [Arc<Document>],
    held_back: &[&'s Document],
) -> Places<'s> {
    let known = |document: &'s Arc<Document>| {
        let url = format!("{}{}", config.base_path, document.url.trim_start_matches('/'));
        let body = &document.body;
        let headings = body.outline.iter().map(|heading| heading.id.as_str());
        let anchors: BTreeSet<&str> = headings.chain(body.anchors.iter().map(String::as_str)).collect();
        (document.path.as_str(), Known { url, anchors })
    };
    let is_bundle = |document: &&Arc<Document>| {
        document.role == Role::Page && matches!(document.path.file_name(), "index.md" | "_index.md")
    };
    Places {
        config,
        sources,
        documents: seen.iter().map(known).collect(),
        held_back: held_back.iter().map(|document| document.path.as_str()).collect(),
        held_back_addresses: held_back.iter().flat_map(|document| addresses(document)).collect(),
        bundles: seen.iter().filter(is_bundle).map(|d| (d.path.folder(), d.url.as_str())).collect(),
    }
}

/// Where a document would be, and where it once was, without slashes at the ends and in lower case.
fn addresses(document: &Document) -> impl Iterator<Item = String> {
    let aliases = document.meta.aliases.iter().map(|alias| alias.value.as_str());
    let plain = |address: &str| address.trim_matches('/').to_lowercase();
    std::iter::once(document.url.as_str()).chain(aliases).map(plain).filter(|address| !address.is_empty())
}

fn introductions(documents: &[Arc<Document>]) -> BTreeMap<Kind, PageId> {
    let is_introduction = |(_, document): &(usize, &Arc<Document>)| document.role == Role::SectionIntroduction;
    documents.iter().enumerate().filter(is_introduction).map(|(id, document)| (document.kind, id)).collect()
}

/// Where the picture for link previews of pages that have none may lie, below `content/`.
const SHARE_IMAGES: [&str; 2] = ["/media/share.png", "/media/share.jpg"];

/// The picture for link previews of pages that have none.
fn places_share_image(places: &Places<'_>, config: &Config) -> Option<crate::view::PictureView> {
    let path = SourcePath::from(crate::config::SITE_FILE);
    SHARE_IMAGES.into_iter().find_map(|src| {
        let picture =
            Picture { src: src.to_owned(), alt: config.name.clone(), caption: None, credit: None, place: 0..0 };
        places.picture(&picture, &path, &mut Report::default())
    })
}
