//! The calendars that people can subscribe to: which there are, and what stands in each.
//!
//! 1. One walk along the events notes what each belongs to; an event of an area belongs to the areas around it.
//! 2. The settings, and the texts of the events, say which calendars there are.
//! 3. A combination is where the events of its lists meet (`combinations`).
//! 4. What was renamed stays at its old address, too (`moved`).
//!
//! **Invariant:** the work grows with the number of events and of what they belong to, never with events times
//! calendars.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::artefact::Plan;
use crate::assemble::{combinations, taxonomies};
use crate::codes;
use crate::config::{Config, SITE_FILE, Term, VENUES_FILE};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::Role;
use crate::model::kinds::event::Event;
use crate::model::kinds::{Details, Kind};
use crate::path::slug;
use crate::site::{Asked, Calendar, CalendarFile, CalendarGroup, Lists, Page, PageId, Redirect};

/// The events of a group, by what they have in common: the address of an area's, category's or tag's list, the id
/// of a venue, the slug of an organiser, the file of a campaign.
pub(super) type Members<'p> = BTreeMap<(CalendarGroup, Cow<'p, str>), Vec<PageId>>;

/// The calendars of a site; none where nobody writes about events.
pub fn gather(pages: &[Arc<Page>], lists: &Lists, config: &Config) -> Vec<Calendar> {
    if !has_events(lists) {
        return Vec::new();
    }
    let around = areas_around(config);
    let mut members = Members::new();
    let mut organisers: BTreeMap<String, &str> = BTreeMap::new();
    for (id, page, event) in events(pages).filter(|(_, page, _)| page.is_listed()) {
        note(&mut members, id, page, event, &around);
        if let Some(name) = event.organiser.as_deref().filter(|name| !slug(name).is_empty()) {
            organisers.entry(slug(name)).or_insert(name);
        }
    }
    let mut calendars: Vec<Calendar> = Vec::new();
    let mut add = |group, key: &str, title: &str, depth, folder: String| {
        let events = members.get(&(group, Cow::Borrowed(key))).cloned().unwrap_or_default();
        let asked = match group {
            CalendarGroup::Area => Asked { areas: Some(areas_within(&around, key)), ..Asked::default() },
            CalendarGroup::Venue => Asked { venues: Some(BTreeSet::from([key.to_owned()])), ..Asked::default() },
            _ => Asked::default(),
        };
        calendars.push(calendar(group, title, depth, folder, (asked, events), pages, config));
    };
    let base = config.base_path.as_str();
    add(CalendarGroup::All, "", config.words.text("calendars.all"), 0, format!("{base}events/"));
    for (group, folder, terms) in with_terms(config) {
        for term in terms {
            let url = taxonomies::url(config, folder, &term.id);
            add(group, &url, &term.name, term.depth, url.clone());
        }
    }
    let mut venues: Vec<_> = config.venues.values().collect();
    venues.sort_by_key(|venue| venue.fields.name.to_lowercase());
    for venue in venues {
        add(CalendarGroup::Venue, &venue.id, &venue.fields.name, 0, taxonomies::url(config, "venues", &venue.id));
    }
    let mut organisers: Vec<_> = organisers.into_iter().collect();
    organisers.sort_by_key(|(_, name)| name.to_lowercase());
    for (slug, name) in organisers {
        add(CalendarGroup::Organiser, &slug, name, 0, taxonomies::url(config, "organisers", &slug));
    }
    let of_kind = |kind: Kind| lists.sections.get(&kind).into_iter().flatten().map(|&id| &pages[id]);
    for campaign in of_kind(Kind::Campaign) {
        let key = campaign.document.path.as_str();
        if members.contains_key(&(CalendarGroup::Campaign, Cow::Borrowed(key))) {
            add(CalendarGroup::Campaign, key, &campaign.document.meta.title, 0, campaign.url.clone());
        }
    }
    for tag in &lists.tags {
        let url = tag.view.url.as_str();
        if members.contains_key(&(CalendarGroup::Tag, Cow::Borrowed(url))) {
            add(CalendarGroup::Tag, url, &tag.view.title, 0, url.to_owned());
        }
    }
    for combination in &config.calendars.combinations {
        let folder = taxonomies::url(config, "calendars", &combination.id.value);
        let asked = combinations::asked(combination, config, |area| areas_within(&around, area));
        let events = combinations::combined(combination, &asked, &members, pages, config);
        let group = CalendarGroup::Combination;
        calendars.push(calendar(group, &combination.name, 0, folder, (asked, events), pages, config));
    }
    calendars.sort_by_key(|calendar| calendar.group);
    note_pages(&mut calendars, lists);
    calendars
}

fn has_events(lists: &Lists) -> bool {
    lists.sections.contains_key(&Kind::Event) || lists.introductions.contains_key(&Kind::Event)
}

fn events(pages: &[Arc<Page>]) -> impl Iterator<Item = (PageId, &Page, &Event)> {
    pages.iter().enumerate().filter_map(|(id, page)| match &page.document.details {
        Details::Event(event) if page.document.role == Role::Page && page.event.is_some() => {
            Some((id, page.as_ref(), event.as_ref()))
        }
        _ => None,
    })
}

/// The lists of the settings that have a calendar for each term, with the folder of its address.
fn with_terms(config: &Config) -> [(CalendarGroup, &'static str, &[Term]); 2] {
    [(CalendarGroup::Area, "areas", &config.areas), (CalendarGroup::Category, "categories", &config.categories)]
}

/// For the address of each area, the addresses of the area itself and of all around it.
fn areas_around(config: &Config) -> BTreeMap<String, Vec<String>> {
    let mut around: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let url = |id: &str| taxonomies::url(config, "areas", id);
    // Parents stand before their children.
    for area in &config.areas {
        let above = area.parent.as_ref().and_then(|parent| around.get(&url(parent))).cloned().unwrap_or_default();
        around.insert(url(&area.id), std::iter::once(url(&area.id)).chain(above).collect());
    }
    around
}

/// The addresses of an area and of all areas within it.
fn areas_within(around: &BTreeMap<String, Vec<String>>, area: &str) -> BTreeSet<String> {
    let is_within = |(_, around): &(&String, &Vec<String>)| around.iter().any(|outer| outer == area);
    around.iter().filter(is_within).map(|(inner, _)| inner.clone()).collect()
}

/// Notes everything that an event belongs to, by its usual place and by those of single dates.
fn note<'p>(
    members: &mut Members<'p>,
    id: PageId,
    page: &'p Page,
    event: &'p Event,
    around: &'p BTreeMap<String, Vec<String>>,
) {
    let mut add = |group, key: Cow<'p, str>| {
        let events = members.entry((group, key)).or_default();
        if events.last() != Some(&id) {
            events.push(id);
        }
    };
    add(CalendarGroup::All, "".into());
    for spot in page.all_spots() {
        for area in spot.areas.iter().filter_map(|area| around.get(&area.url)).flatten() {
            add(CalendarGroup::Area, area.into());
        }
        if let Some(venue) = spot.venue_id {
            add(CalendarGroup::Venue, venue.into());
        }
    }
    for category in &page.categories {
        add(CalendarGroup::Category, category.url.as_str().into());
    }
    for tag in &page.tags {
        add(CalendarGroup::Tag, tag.url.as_str().into());
    }
    if let Some(organiser) = &event.organiser {
        add(CalendarGroup::Organiser, slug(organiser).into());
    }
    if let Some(campaign) = &page.campaign {
        add(CalendarGroup::Campaign, campaign.as_str().into());
    }
}

fn calendar(
    group: CalendarGroup,
    title: &str,
    depth: usize,
    folder: String,
    (asked, events): (Asked, Vec<PageId>),
    pages: &[Arc<Page>],
    config: &Config,
) -> Calendar {
    let is_coming = |id: &&PageId| {
        let page = &pages[**id];
        page.event.as_ref().is_some_and(|event| !event.is_over) && page.spots().any(|spot| asked.fits(spot))
    };
    let below = folder.strip_prefix(config.base_path.as_str()).unwrap_or(&folder);
    let below = if group == CalendarGroup::All { "" } else { below };
    Calendar {
        group,
        title: title.to_owned(),
        depth,
        subscribe_url: format!("{}subscribe/{below}", config.base_path),
        has_page: false,
        coming: events.iter().filter(is_coming).count(),
        folder,
        asked,
        events,
    }
}

/// Finds the lists that show what a calendar holds.
fn note_pages(calendars: &mut [Calendar], lists: &Lists) {
    let terms = [&lists.areas, &lists.categories, &lists.tags].into_iter().flatten();
    let venues = lists.venues.iter().map(|venue| venue.url.as_str());
    let listed: BTreeSet<&str> = terms.map(|term| term.view.url.as_str()).chain(venues).collect();
    for calendar in calendars {
        calendar.has_page = match calendar.group {
            CalendarGroup::All | CalendarGroup::Campaign => true,
            CalendarGroup::Area | CalendarGroup::Category | CalendarGroup::Tag | CalendarGroup::Venue => {
                listed.contains(calendar.folder.as_str())
            }
            CalendarGroup::Combination | CalendarGroup::Organiser => false,
        };
    }
}

/// Every calendar file, of single events too, by its address.
pub fn files(pages: &[Arc<Page>], lists: &Lists) -> BTreeMap<String, CalendarFile> {
    let single = events(pages).map(|(id, page, _)| (format!("{}event.ics", page.url), CalendarFile::Event(id)));
    let groups = lists.calendars.iter().enumerate();
    groups.map(|(at, calendar)| (calendar.url(), CalendarFile::Calendar(at))).chain(single).collect()
}

/// Older addresses: of the lists, calendars and pages about them that had another id, and of calendar files
/// beside pages that moved.
pub fn moved(pages: &[Arc<Page>], lists: &Lists, config: &Config) -> Vec<Redirect> {
    let mut moved = Vec::new();
    let of_terms = [
        ("areas", &config.areas, &lists.areas),
        ("categories", &config.categories, &lists.categories),
        ("needs", &config.needs, &lists.needs),
    ];
    for (folder, known, listed) in of_terms {
        for (term, old) in known.iter().flat_map(|term| term.was.iter().map(move |old| (term, old))) {
            let (from, to) = (taxonomies::url(config, folder, old), taxonomies::url(config, folder, &term.id));
            if listed.iter().any(|term| term.view.url == to) {
                moved.push(Redirect { from: from.clone(), to: to.clone(), place: Place::file(&SITE_FILE.into()) });
            }
            moved.extend(calendar_moved(lists, config, &from, &to, &Place::file(&SITE_FILE.into())));
        }
    }
    let venues = config.venues.values().map(|venue| ("venues", &venue.id, &venue.was, VENUES_FILE));
    let combinations = &config.calendars.combinations;
    let combinations = combinations.iter().map(|named| ("calendars", &named.id.value, &named.was, SITE_FILE));
    for (folder, id, was, source) in venues.chain(combinations) {
        for old in was {
            let (from, to) = (taxonomies::url(config, folder, old), taxonomies::url(config, folder, id));
            if lists.venues.iter().any(|venue| venue.url == to) {
                moved.push(Redirect { from: from.clone(), to: to.clone(), place: Place::file(&source.into()) });
            }
            moved.extend(calendar_moved(lists, config, &from, &to, &Place::file(&source.into())));
        }
    }
    for alias in pages.iter().flat_map(|page| &page.aliases).filter(|alias| alias.from.ends_with('/')) {
        let single = (format!("{}event.ics", alias.from), format!("{}event.ics", alias.to));
        // An address that is somebody else's is one mistake, which the page itself has.
        let is_free = !lists.calendar_files.contains_key(&single.0);
        if is_free && lists.calendar_files.contains_key(&single.1) {
            moved.push(Redirect { from: single.0, to: single.1, place: alias.place.clone() });
        }
        moved.extend(calendar_moved(lists, config, &alias.from, &alias.to, &alias.place));
    }
    moved
}

/// Feeds that the settings give up and the site has all the same.
///
/// Reports: `site/retired-feed-in-use`.
pub fn retired_in_use(config: &Config, plan: &Plan) -> Vec<Diagnostic> {
    let in_use = config.retired_feeds.iter().filter_map(|retired| Some((retired, plan.get(&retired.value)?)));
    in_use
        .map(|(retired, artefact)| {
            let message = format!("/{} is still published: it is {}", retired.value, artefact.owner.words());
            let place = Place::new(&SITE_FILE.into(), retired.bytes.clone());
            Diagnostic::new(&codes::site::RETIRED_FEED_IN_USE, place, message)
                .help("delete this line, or take away what the feed is made of")
        })
        .collect()
}

/// The older addresses of a calendar that moved from one folder to another, and of the page about it.
fn calendar_moved(lists: &Lists, config: &Config, from: &str, to: &str, place: &Place) -> Vec<Redirect> {
    let file = |folder: &str| format!("{folder}calendar.ics");
    let Some(CalendarFile::Calendar(at)) = lists.calendar_files.get(&file(to)) else { return Vec::new() };
    let below = from.strip_prefix(config.base_path.as_str()).unwrap_or(from);
    let about = format!("{}subscribe/{below}", config.base_path);
    let to_about = lists.calendars[*at].subscribe_url.clone();
    vec![
        Redirect { from: file(from), to: file(to), place: place.clone() },
        Redirect { from: about, to: to_about, place: place.clone() },
    ]
}
