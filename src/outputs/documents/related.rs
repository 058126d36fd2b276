//! What a document's page leads to beside its own text.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::kinds::resource::Status;
use crate::model::kinds::story::Story;
use crate::model::kinds::{Details, Kind};
use crate::outputs::dated;
use crate::path::slug;
use crate::site::{Facet, Page, PageId, Site, VenueList};
use crate::view::{Card, LinkView};

/// Events that an event's page names beside its own.
const NEAR_LIMIT: usize = 4;
/// Events that a source of help names as its own, and as many at its place.
const RESOURCE_EVENTS_LIMIT: usize = 4;
/// Earlier years that a campaign's page names.
const PAST_YEARS_LIMIT: usize = 10;
/// Sources of help that a story leads to.
const SUPPORT_LIMIT: usize = 4;
/// How far the list of each need of a story is looked through: no story pays for a directory of any length.
const SUPPORT_CANDIDATES: usize = 200;

/// Documents that belong to a page: support for a story, other events at the place of a source of help, events near an
/// event, a campaign's pages.
pub fn related<'s>(site: &'s Site, page: &'s Page, own_events: &[&Page]) -> Vec<&'s Page> {
    let pages = |ids: &'s [PageId]| ids.iter().map(|&id| site.pages[id].as_ref());
    match &page.document.details {
        Details::Story(story) => support(site, page, story),
        Details::Resource(_) => {
            let place = place(site, page);
            let is_other = |other: &&Page| own_events.iter().all(|own| own.url != other.url);
            pages(place.map_or(&[], |place| &place.coming)).filter(is_other).take(RESOURCE_EVENTS_LIMIT).collect()
        }
        Details::Event(_) => near(site, page),
        Details::Campaign(_) => {
            let sections = [Kind::Event, Kind::Story, Kind::Post, Kind::Resource].map(|kind| site.section(kind));
            let belongs = |other: &&Page| other.campaign.as_ref() == Some(&page.document.path);
            sections.into_iter().flat_map(pages).filter(belongs).collect()
        }
        _ => Vec::new(),
    }
}

/// The list of the place at which a page's subject usually is.
fn place<'s>(site: &'s Site, page: &Page) -> Option<&'s VenueList> {
    site.lists.venues.iter().find(|venue| page.venue_id.as_ref() == Some(&venue.id))
}

/// The cards of related documents: of an event that is at several places, those of its dates at the place, or else in the
/// areas, that made it a related one.
pub fn cards<'s>(site: &'s Site, page: &Page, related: &[&'s Page]) -> Vec<&'s Card> {
    let is_there = |other: &&&Page| other.spots().any(|spot| spot.venue_id == page.venue_id.as_deref());
    let Some(place) = place(site, page) else { return dated::cards(related, area(page)) };
    let there: Vec<&Page> = related.iter().filter(is_there).copied().collect();
    let elsewhere: Vec<&Page> = related.iter().filter(|other| !is_there(other)).copied().collect();
    let mut cards = dated::cards(&there, Some(&place.url));
    cards.extend(dated::cards(&elsewhere, area(page)));
    cards
}

/// The only area of an event.
fn area(page: &Page) -> Option<&str> {
    match page.areas.as_slice() {
        [area] if page.event.is_some() => Some(&area.url),
        _ => None,
    }
}

/// Help for whom a story sounds familiar to: what the story itself names, then what has most needs in common with it,
/// then most areas and tags; who has a waiting list comes last among equals, then by title.
///
/// **Invariant:** nothing that is closed, and for a child nothing that is for adults only.
fn support<'s>(site: &'s Site, page: &Page, story: &Story) -> Vec<&'s Page> {
    let named = page.links.iter().flatten().filter(|target| target.is_own);
    let named: BTreeSet<PageId> = named
        .filter_map(|target| site.lists.resources_by_url.get(target.url.split(['#', '?']).next()?).copied())
        .collect();
    let is_of_need = |facet: &Facet| match facet {
        Facet::Need(at) => site.lists.needs.get(*at).is_some_and(|need| has(&page.needs, &need.view.url)),
        _ => false,
    };
    let of_needs = site.lists.directory.iter().filter(|list| is_of_need(&list.facet));
    let of_needs = of_needs.flat_map(|list| list.pages.iter().take(SUPPORT_CANDIDATES));
    let candidates: BTreeSet<PageId> = named.iter().chain(of_needs).copied().collect();
    let ranked = candidates.into_iter().filter_map(|id| {
        let other = site.pages[id].as_ref();
        let Details::Resource(resource) = &other.document.details else { return None };
        let is_for_adults = resource.eligibility.minimum_age.is_some_and(|age| age >= 18);
        if resource.status == Status::Closed || (story.is_under_18 && is_for_adults) {
            return None;
        }
        let nearness = shared(&page.areas, &other.areas) + shared(&page.tags, &other.tags);
        let takes_people = resource.status == Status::Open;
        let rank = Reverse((named.contains(&id), shared(&page.needs, &other.needs), nearness, takes_people));
        Some(((rank, other.card.title.to_lowercase(), &other.url), other))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
    ranked.into_iter().take(SUPPORT_LIMIT).map(|(_, page)| page).collect()
}

/// How many terms two pages have in common.
fn shared(of_one: &[LinkView], of_other: &[LinkView]) -> usize {
    of_one.iter().filter(|term| has(of_other, &term.url)).count()
}

fn has(terms: &[LinkView], url: &str) -> bool {
    terms.iter().any(|term| term.url == url)
}

/// Coming events that a source of help runs itself, in its own name or its provider's, by their next date.
pub fn own_events<'s>(site: &'s Site, page: &Page) -> Vec<&'s Page> {
    let Details::Resource(resource) = &page.document.details else { return Vec::new() };
    let names: BTreeSet<String> =
        [Some(&page.card.title), resource.provider.as_ref()].into_iter().flatten().map(|name| slug(name)).collect();
    let events = names.iter().filter(|name| !name.is_empty());
    let events = events.filter_map(|name| site.lists.coming_by_organiser.get(name));
    let events = events.flat_map(|events| events.iter().take(RESOURCE_EVENTS_LIMIT)).filter_map(|&id| {
        let other = site.pages[id].as_ref();
        Some((other.event.as_ref()?.shown.times.local_start(), other))
    });
    let mut events: Vec<_> = events.collect();
    events.sort_by(|(a, one), (b, other)| (a, &one.url).cmp(&(b, &other.url)));
    events.into_iter().take(RESOURCE_EVENTS_LIMIT).map(|(_, page)| page).collect()
}

/// The campaigns of earlier years that are called the same but for the year, latest first.
pub fn past_years<'s>(site: &'s Site, page: &Page) -> Vec<&'s Page> {
    let Details::Campaign(campaign) = &page.document.details else { return Vec::new() };
    let (Some(from), name) = (campaign.from, without_year(&page.card.title)) else { return Vec::new() };
    let day = |other: &Page| match &other.document.details {
        Details::Campaign(campaign) => campaign.from.map(|from| from.date()),
        _ => None,
    };
    let others = site.section(Kind::Campaign).iter().map(|&id| site.pages[id].as_ref());
    let is_earlier =
        |other: &&Page| day(other).is_some_and(|day| day < from.date()) && without_year(&other.card.title) == name;
    let mut earlier: Vec<&Page> = others.filter(is_earlier).collect();
    earlier.sort_by_key(|other| std::cmp::Reverse(day(other)));
    earlier.truncate(PAST_YEARS_LIMIT);
    earlier
}

fn without_year(title: &str) -> String {
    let words = title.split_whitespace().filter(|word| !word.chars().all(|c| c.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Coming events that take place at the same place, then in the same areas.
fn near<'s>(site: &'s Site, page: &Page) -> Vec<&'s Page> {
    let lists = &site.lists;
    let place = place(site, page);
    let areas = page.areas.iter().filter_map(|area| lists.areas.iter().find(|term| term.view.url == area.url));
    let is_coming = |id: &&PageId| site.pages[**id].event.as_ref().is_some_and(|event| !event.is_over);
    // Coming events are in front in every list.
    let in_areas = areas.flat_map(|area| area.pages.iter().take_while(is_coming));
    let mut near: Vec<&Page> = Vec::new();
    for &id in place.into_iter().flat_map(|place| &place.coming).chain(in_areas) {
        let other = site.pages[id].as_ref();
        let takes_place =
            other.event.as_ref().is_some_and(|event| !matches!(event.standing.status, "cancelled" | "postponed"));
        if takes_place && other.url != page.url && !near.iter().any(|known| known.url == other.url) {
            near.push(other);
        }
        if near.len() == NEAR_LIMIT {
            break;
        }
    }
    near
}
