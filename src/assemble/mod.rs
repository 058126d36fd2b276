//! Documents -> Site: the one step that sees all files at once.
//!
//! 1. `visibility` decides which documents may be seen now.
//! 2. Each of them gets its address, and with it its links, pictures, places and dates (`pages`, with `links`,
//!    `events`, `notices`, `taxonomies`); `cards` makes what lists show of it.
//! 3. Side by side: `lists` gathers what is the business of all pages, with `taxonomies`, `venues` and `calendars`;
//!    `agenda` finds the dates of all events in the months around now; `search` notes which words are on which pages.
//! 4. `navigation` makes the menu and what every page shows of the site; `files` chooses what of the
//!    other files is served, and says what is not.
//!
//! **Incremental:** a page stands while its document is the same, nothing that it asked of other files has
//! another answer, and no moment that matters to it has come (`findings`). The lists stand while what they read
//! of each page is the same.

mod agenda;
mod calendars;
mod cards;
mod combinations;
mod components;
mod directory;
mod events;
mod files;
mod findings;
pub mod links;
mod lists;
mod navigation;
mod notices;
mod pages;
mod partners;
mod pictures;
mod redirects;
mod search;
mod sections;
mod share_cards;
mod standing;
mod taxonomies;
mod unlikely;
mod venues;
pub mod visibility;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use crate::calendar::history::History;
use crate::codes;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::hash::Fingerprint;
use crate::model::document::{Document, Documents, Role};
use crate::model::html::Picture;
use crate::model::kinds::Kind;
use crate::path::SourcePath;
use crate::site::{HeldBack, Reason, Site, Texts};
use crate::source::{Source, Sources};
use crate::theme::Asset;
use crate::view::ShareView;

pub use links::{AddressCache, Unread, check_addresses};
pub use visibility::Drafts;

use agenda::AgendaCache;
use findings::Findings;
use links::{Bundles, Places, Unpublished};
use lists::ListCache;
use search::SearchCache;
use standing::PageCache;

/// What was assembled in earlier runs of this process.
#[derive(Default)]
pub struct SiteCache {
    pages: PageCache,
    lists: ListCache,
    history: Option<(Arc<Source>, Arc<History>, Option<Diagnostic>)>,
    agenda: AgendaCache,
    search: SearchCache,
}

/// When, and for whom, a site is seen.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: Timestamp,
    pub drafts: Drafts,
}

/// What a site is made of.
pub struct Material<'m> {
    pub config: Config,
    pub sources: &'m Sources,
    pub documents: &'m Documents,
    pub unread: Unread,
    /// The theme's assets, by name.
    pub assets: BTreeMap<String, Asset>,
    pub texts: Texts,
}

/// Assembles a site.
///
/// Reports: everything that is wrong between files.
pub fn site(material: Material<'_>, moment: Moment, cache: &mut SiteCache, report: &mut Report) -> Site {
    let Material { config, sources, documents, unread, assets, texts } = material;
    let Moment { now, drafts } = moment;
    let today = now.to_zoned(config.timezone.clone());
    let mut findings = Findings::at(now);
    let midnight = today.tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
    findings.matters(midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp()));
    partners::missing(&config, sources, &mut findings.report);
    findings.report.extend(sections::check(documents));
    let parted = visibility::part(documents, &config, drafts, &mut findings);
    events::check_identities(&parted.seen, &mut findings.report);
    let bundles = bundles(&parted.seen);
    let unpublished = unpublished(&parted.held_back, &bundles, unread);
    let places = Places {
        config: &config,
        sources,
        documents,
        unpublished: &unpublished,
        bundles: &bundles,
        campaigns: campaigns(&parted.seen),
    };
    let pages = standing::pages(&parted.seen, &places, &mut cache.pages, &mut findings);
    let (lists, (agenda, search)) = rayon::join(
        || lists::of(&pages, &config, &mut cache.lists),
        || {
            let agenda = agenda::of(&pages, &today, &mut cache.agenda);
            let search = if config.has_search { search::of(&pages, &mut cache.search) } else { Arc::default() };
            (agenda, search)
        },
    );

    let has = |kind: Kind| lists.sections.get(&kind).is_some_and(|pages| !pages.is_empty());
    let page_url = |path: &str| {
        let at = pages.binary_search_by(|page| page.document.path.as_str().cmp(path)).ok()?;
        Some((pages[at].document.meta.title.clone(), pages[at].url.clone()))
    };
    let contents = navigation::Contents {
        has: &has,
        has_past_events: !lists.past.is_empty(),
        has_calendars: !lists.calendars.is_empty(),
        page_url: &page_url,
    };
    let view = navigation::site_view(&config, &places, &contents, &mut findings);
    let menu = navigation::menu(&config, &places, &view, &mut findings);
    let share_image = share_image(&places, &mut findings);
    let shown = lists.shown_pictures.iter().chain(&findings.pictures).collect();
    let shared = lists.shared_pictures.iter().chain(share_image.as_ref().map(|(path, _)| path)).collect();
    let pictures = pictures::gather(sources, &shown, &shared);
    let share_image = share_image.map(|(_, view)| view);
    let share_cards = share_cards::of(&pages, &lists, &config);
    let named = lists.named_files.iter().chain(&findings.files).cloned().collect();
    let files::Parted { served: files, left_out, not_read } =
        files::part(&places, &named, &parted.held_back, &mut Findings::at(now));
    // What is broken may be what names a picture, and that was said already.
    let is_missing = |it: &Diagnostic| it.code.id == codes::links::PICTURE_MISSING.id;
    if !report.has_errors() && !findings.report.has_errors() && !findings.report.iter().any(is_missing) {
        findings.report.extend(files::unnamed(&files, &left_out, &named));
    }
    findings.report.extend(not_read.into_iter().map(files::not_read));
    venues::check(&config, &mut findings.report);
    combinations::check(&config, &lists, &mut findings.report);
    if sections::misses(Kind::Event, documents) {
        // What no event fits follows from where the events lie.
        findings.report.set_severity(codes::site::EMPTY_CALENDAR.id, None);
    }
    let redirects: Vec<_> =
        lists.aliases.iter().cloned().chain(redirects::of_settings(&places, &mut findings)).collect();
    let held_back = parted.held_back.iter().map(|(document, reason)| HeldBack {
        reason: *reason,
        path: document.path.clone(),
        url: document.url.clone(),
    });
    let held_back = held_back.collect();
    drop(places);
    let history = history(sources, cache, &mut findings.report);
    report.append(findings.report);
    let file_paths: Vec<_> = files.iter().map(|file| (&file.path, &file.source)).collect();
    let picture_paths: Vec<_> = pictures.iter().map(|picture| (&picture.source, &picture.variants)).collect();
    let asset_paths: Vec<_> = assets.values().map(|asset| &asset.path).collect();
    Site {
        fingerprint: Fingerprint::of(&(&view, &menu, &share_image, config.fingerprint)),
        shape: Fingerprint::of(&(
            (lists.fingerprint, &view, agenda.months.keys().collect::<Vec<_>>()),
            search.shards.keys().copied().collect::<Vec<_>>(),
            (file_paths, picture_paths, asset_paths, &share_cards, &redirects, today.date()),
        )),
        now,
        today: today.date(),
        until: findings.until,
        pages,
        lists,
        agenda,
        search,
        view,
        menu,
        share_image,
        redirects,
        files,
        pictures,
        share_cards,
        assets,
        held_back,
        history,
        texts,
        config,
    }
}

/// What calendars were told before; read again where its file is another one.
///
/// Reports: `calendar/history-not-readable`.
fn history(sources: &Sources, cache: &mut SiteCache, report: &mut Report) -> Arc<History> {
    let path = SourcePath::from(config::HISTORY_FILE);
    let Some(source) = sources.others.get(&path) else { return Arc::default() };
    let known = cache.history.take().filter(|(known, ..)| Arc::ptr_eq(known, source));
    let (_, history, fault) = cache.history.insert(known.unwrap_or_else(|| {
        let (history, unread) = History::parse(sources.text(&path).map_or("", |text| text));
        (Arc::clone(source), Arc::new(history), unread_history(&path, &unread))
    }));
    report.extend(fault.iter().cloned());
    Arc::clone(history)
}

/// Lines of the history that cannot be read.
fn unread_history(path: &SourcePath, unread: &[Range<usize>]) -> Option<Diagnostic> {
    let first = unread.first()?;
    let message = match unread.len() {
        1 => "this line does not say what calendars were told of an event".to_owned(),
        lines => format!("{lines} lines, of which this is the first, do not say what calendars were told of an event"),
    };
    let help = "delete what does not look like the other lines, such as the marks of a merge, and keep the rest";
    let place = Place::new(path, first.clone());
    Some(Diagnostic::new(&codes::calendar::HISTORY_NOT_READABLE, place, message).help(help))
}

/// `link-worker-day-2027` for `campaigns/link-worker-day-2027.md` and for a bundle of that name.
fn campaign_name(path: &SourcePath) -> &str {
    let path = path.as_str();
    let stem = path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    stem.rsplit('/').next().unwrap_or(stem)
}

fn campaigns(seen: &[&Arc<Document>]) -> BTreeMap<String, SourcePath> {
    let is_campaign = |document: &&&Arc<Document>| document.kind == Kind::Campaign && document.role == Role::Page;
    let campaigns = seen.iter().filter(is_campaign);
    campaigns.map(|document| (campaign_name(&document.path).to_owned(), document.path.clone())).collect()
}

/// Whether a document has a folder of its own.
fn is_bundle(path: &SourcePath) -> bool {
    matches!(path.file_name(), "index.md" | "_index.md")
}

fn unpublished(held_back: &[(&Arc<Document>, Reason)], bundles: &Bundles, unread: Unread) -> Unpublished {
    let is_closed = |document: &&Arc<Document>| {
        document.kind == Kind::Story
            && is_bundle(&document.path)
            && !bundles.addresses.contains_key(document.path.folder())
    };
    let stories = held_back.iter().map(|(document, _)| *document).filter(is_closed);
    Unpublished {
        folders: stories.map(|document| document.path.folder().to_owned()).collect(),
        paths: held_back.iter().map(|(document, _)| document.path.clone()).collect(),
        addresses: held_back.iter().flat_map(|(document, _)| addresses(document)).collect(),
        unread,
    }
}

/// Where a document would be, and where it once was, without slashes at the ends and in lower case.
fn addresses(document: &Document) -> impl Iterator<Item = String> {
    let aliases = document.meta.aliases.iter().map(|alias| alias.value.as_str());
    let plain = |address: &str| address.trim_matches('/').to_lowercase();
    std::iter::once(document.url.as_str()).chain(aliases).map(plain).filter(|address| !address.is_empty())
}

fn bundles(seen: &[&Arc<Document>]) -> Bundles {
    let mut bundles = Bundles::default();
    for document in seen {
        if document.role == Role::Page && is_bundle(&document.path) {
            let folder = document.path.folder().to_owned();
            bundles.folders.insert(document.url.trim_matches('/').to_owned(), folder.clone());
            bundles.addresses.insert(folder, document.url.clone());
        }
    }
    bundles
}

/// Where the picture for link previews of pages that have none may lie, below `content/`.
const SHARE_IMAGES: [&str; 2] = ["/media/share.png", "/media/share.jpg"];

/// The picture for link previews of pages that have none.
fn share_image(places: &Places<'_>, findings: &mut Findings) -> Option<(SourcePath, ShareView)> {
    let path = SourcePath::from(crate::config::SITE_FILE);
    let alt = &places.config.name;
    SHARE_IMAGES.into_iter().find_map(|src| {
        let picture = Picture { src: src.to_owned(), alt: alt.clone(), caption: None, credit: None, place: 0..0 };
        let (file, view) = places.shared_picture(&picture, &path, &mut Findings::at(findings.now()))?;
        findings.files.push(file.clone());
        Some((file, view))
    })
}
