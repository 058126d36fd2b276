//! What is gathered from all pages: the order of lists, terms, aliases.
//!
//! **Incremental:** the lists depend on the settings, on `Page::listing` of every page and on nothing else of the
//! pages, so they stand while these are the same.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::assemble::{calendars, directory, taxonomies, venues};
use crate::calendar::write::Zones;
use crate::config::{self, Config};
use crate::hash::Fingerprint;
use crate::model::document::Role;
use crate::model::kinds::{Details, Kind};
use crate::path::slug;
use crate::site::{EventChoice, Lists, Neighbours, Page, PageId};
use crate::view::LinkView;
use crate::view::words::sort_name;
use crate::words::Words;

/// The pages of the last run with the lists that were made of them.
#[derive(Default)]
pub struct ListCache {
    pages: Arc<Vec<Arc<Page>>>,
    settings: Fingerprint,
    lists: Option<Arc<Lists>>,
}

/// The lists of a site.
pub fn of(pages: &Arc<Vec<Arc<Page>>>, config: &Config, cache: &mut ListCache) -> Arc<Lists> {
    let is_same = |(new, old): (&Arc<Page>, &Arc<Page>)| Arc::ptr_eq(new, old) || new.listing == old.listing;
    let stands = config.fingerprint == cache.settings
        && pages.len() == cache.pages.len()
        && pages.iter().zip(cache.pages.iter()).all(is_same);
    let lists = match cache.lists.take().filter(|_| stands) {
        Some(lists) => lists,
        None => Arc::new(make(pages, config)),
    };
    *cache = ListCache { pages: Arc::clone(pages), settings: config.fingerprint, lists: Some(Arc::clone(&lists)) };
    lists
}

fn make(pages: &[Arc<Page>], config: &Config) -> Lists {
    let mut lists = Lists::default();
    for (id, page) in pages.iter().enumerate() {
        match page.document.role {
            Role::Home => lists.home = Some(id),
            Role::SectionIntroduction => {
                lists.introductions.insert(page.document.kind, id);
            }
            // The list is there for a page that it does not show, too: the way back from that page leads to it.
            Role::Page => lists.sections.entry(page.document.kind).or_default().extend(page.is_listed().then_some(id)),
        }
        lists.aliases.extend(page.aliases.iter().cloned());
        lists.named_files.extend(page.files.iter().cloned());
        lists.shown_pictures.extend(page.shown.iter().cloned());
        lists.shared_pictures.extend(page.shared_picture.iter().map(|shared| shared.0.clone()));
    }
    put_in_order(&mut lists, pages, &config.words);
    lists.choices = choices(&lists, pages);
    lists.coming_by_organiser = by_organiser(&lists.coming, pages);
    let resources = lists.sections.get(&Kind::Resource).into_iter().flatten();
    lists.resources_by_url = resources.map(|&id| (pages[id].url.clone(), id)).collect();
    lists.venues = venues::lists(&lists, pages, config);
    lists.zones = Zones::of(pages.iter().filter_map(|page| page.event.as_ref()).map(|event| &event.series));
    lists.neighbours = neighbours(&lists.sections, pages.len());
    let order = everything(&lists, pages);
    let term = |known: &[config::Term], folder, links_of: fn(&Page) -> Vec<&LinkView>| {
        taxonomies::terms(known, folder, config, pages, &order, links_of)
    };
    lists.categories = term(&config.categories, "categories", |page| page.categories.iter().collect());
    lists.areas = term(&config.areas, "areas", Page::areas_of_dates);
    lists.needs = term(&config.needs, "needs", |page| page.needs.iter().collect());
    lists.tags = taxonomies::tags(pages, &order);
    lists.directory = directory::lists(&lists, pages, config);
    lists.calendars = calendars::gather(pages, &lists, config);
    lists.calendar_files = calendars::files(pages, &lists);
    let moved = calendars::moved(pages, &lists, config);
    lists.aliases.extend(moved);
    let listings: Vec<Fingerprint> = pages.iter().map(|page| page.listing).collect();
    lists.fingerprint = Fingerprint::of(&(listings, config.fingerprint));
    lists
}

fn put_in_order(lists: &mut Lists, pages: &[Arc<Page>], words: &Words) {
    let events = lists.sections.get(&Kind::Event).cloned().unwrap_or_default();
    let is_over = |id: &PageId| pages[*id].event.as_ref().is_some_and(|event| event.is_over);
    let (mut past, mut coming): (Vec<_>, Vec<_>) = events.into_iter().partition(is_over);
    let url = |id: PageId| pages[id].url.as_str();
    coming.sort_by_cached_key(|&id| (start(&pages[id]), url(id)));
    past.sort_by_cached_key(|&id| (Reverse(start(&pages[id])), url(id)));
    for (kind, ids) in &mut lists.sections {
        match kind {
            Kind::Post | Kind::Story => ids.sort_by_cached_key(|&id| (Reverse(published(&pages[id])), url(id))),
            Kind::Event => *ids = coming.iter().chain(&past).copied().collect(),
            Kind::Campaign => ids.sort_by_cached_key(|&id| (Reverse(first_day(&pages[id])), url(id))),
            Kind::Resource => ids.sort_by_cached_key(|&id| (sort_title(&pages[id], words), url(id))),
            Kind::Page => ids.sort_by_key(|&id| url(id)),
        }
    }
    lists.coming = coming;
    lists.past = past;
}

/// The older and the newer page of the same section.
fn neighbours(sections: &BTreeMap<Kind, Vec<PageId>>, count: usize) -> Vec<Neighbours> {
    let mut neighbours = vec![Neighbours::default(); count];
    for ids in [Kind::Post, Kind::Story].iter().filter_map(|kind| sections.get(kind)) {
        for (at, &id) in ids.iter().enumerate() {
            let newer = at.checked_sub(1).map(|newer| ids[newer]);
            neighbours[id] = Neighbours { older: ids.get(at + 1).copied(), newer };
        }
    }
    neighbours
}

/// Everything that a tag or area can gather: coming events, then sources of help by title, then the rest newest first,
/// events that are over at the end.
fn everything(lists: &Lists, pages: &[Arc<Page>]) -> Vec<PageId> {
    let is_other = |id: &PageId| {
        let page = &pages[*id];
        let is_placed = page.event.is_some() || page.document.kind == Kind::Resource;
        page.document.role == Role::Page && !is_placed && page.is_listed()
    };
    let mut others: Vec<PageId> = (0..pages.len()).filter(is_other).collect();
    others.sort_by_cached_key(|&id| (Reverse(published(&pages[id])), pages[id].url.as_str()));
    let resources = lists.sections.get(&Kind::Resource).into_iter().flatten();
    lists.coming.iter().chain(resources).chain(&others).chain(&lists.past).copied().collect()
}

/// Of what decides in which lists and calendars a page stands, and where in them: all that this file, `taxonomies`,
/// `directory` and `calendars` read, and the file that it comes from, whose name the plan and the faults of links hold.
pub fn listing(page: &Page) -> Fingerprint {
    let document = &page.document;
    let event = match &document.details {
        Details::Event(event) => Some((&event.organiser, &event.cost, &event.online, event.status)),
        _ => None,
    };
    Fingerprint::of(&(
        (&document.path, document.role, document.kind, &page.url, published(page), start(page), page.is_listed()),
        (document.kind == Kind::Resource).then_some(&document.meta.title),
        page.event.as_ref().map(|event| event.is_over),
        (&page.tags, &page.categories, &page.areas, &page.needs),
        (&page.aliases, &page.files, &page.shown, page.shared_picture.as_ref().map(|shared| &shared.0)),
        (&page.venue_id, terms(page)),
        (document.kind == Kind::Campaign).then_some((&document.meta.title, first_day(page), page.toolkit.is_some())),
        event.map(|event| (event, &page.access, &page.campaign)),
        page.event.as_ref().map(|event| (&event.at, &event.change_places, first_dates(page))),
        directory::listing(page),
    ))
}

/// The coming events that people ask for first, as their cards say.
fn choices(lists: &Lists, pages: &[Arc<Page>]) -> BTreeMap<EventChoice, Vec<PageId>> {
    let is = |id: &PageId, choice: EventChoice| pages[*id].has_date_with(choice.name());
    let of = |ids: &[PageId], choice| ids.iter().copied().filter(|id| is(id, choice)).collect::<Vec<_>>();
    let all = EventChoice::ALL.into_iter().map(|choice| (choice, of(&lists.coming, choice)));
    all.filter(|(choice, coming)| !coming.is_empty() || lists.past.iter().any(|id| is(id, *choice))).collect()
}

/// Events by the slug of who runs them.
fn by_organiser(events: &[PageId], pages: &[Arc<Page>]) -> BTreeMap<String, Vec<PageId>> {
    let mut found: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for &id in events {
        let Details::Event(event) = &pages[id].document.details else { continue };
        if let Some(organiser) = &event.organiser {
            found.entry(slug(organiser)).or_default().push(id);
        }
    }
    found
}

/// The first date of a page in each list of a place.
fn first_dates(page: &Page) -> Vec<(&str, Option<Timestamp>)> {
    page.placed_cards.iter().map(|(key, cards)| (key.as_str(), cards.first().map(|dated| dated.starts_at))).collect()
}

/// What an event is found by where events are narrowed down.
fn terms(page: &Page) -> &str {
    page.card.event.as_ref().map_or("", |event| &event.terms)
}

/// By the letters and digits of the title, as the headings of A to Z are: a quotation mark or an accent puts nothing last.
fn sort_title(page: &Page, words: &Words) -> (String, String) {
    let title = &page.document.meta.title;
    (sort_name(words, title), title.to_lowercase())
}

/// When a document was published; nothing sorts after everything.
fn published(page: &Page) -> Option<Timestamp> {
    page.document.meta.date.map(|date| date.in_zone(&TimeZone::UTC).zoned.timestamp())
}

/// Of a campaign.
fn first_day(page: &Page) -> Option<Date> {
    match &page.document.details {
        Details::Campaign(campaign) => campaign.from.map(|from| from.date()),
        _ => None,
    }
}

fn start(page: &Page) -> Option<Timestamp> {
    page.event.as_ref().map(|event| event.shown.times.starts_at())
}
