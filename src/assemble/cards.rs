//! What lists show of a document.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Zoned};

use crate::assemble::notices;
use crate::calendar::recurrence::{Occurrence, Times};
use crate::config::{Config, phone};
use crate::date::words;
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::model::kinds::event::Event;
use crate::model::kinds::resource::Resource;
use crate::model::kinds::story::{Identity, Story};
use crate::site::{DatedCard, EventChoice, EventDates};
use crate::view::words::{
    cost_words, event_flags, in_zone, is_free, moments, place_words, referral_words, resource_status_words, when_of,
};
use crate::view::{Card, EventCard, LinkView, Moment, PictureView, ResourceCard, StoryCard, VenueView};
use crate::words::Words;

/// What is known of a document beside its own file.
pub struct Surroundings<'a> {
    pub config: &'a Config,
    pub url: &'a str,
    pub image: Option<&'a PictureView>,
    pub event: Option<&'a EventDates>,
    /// From whose calendar an event comes.
    pub partner: Option<&'a str>,
    /// Where it usually is.
    pub venue: Option<&'a VenueView>,
    /// Access facts by id.
    pub access_ids: &'a [String],
    pub categories: &'a [LinkView],
    pub areas: &'a [LinkView],
    /// The areas that these lie within.
    pub around: &'a [LinkView],
}

/// What hangs on where a date is.
struct There<'a> {
    venue: Option<&'a VenueView>,
    access_ids: &'a [String],
    areas: [&'a [LinkView]; 2],
}

impl<'a> Surroundings<'a> {
    fn at(&self, dates: &'a EventDates, occurrence: &Occurrence) -> There<'a> {
        match dates.changed(occurrence) {
            Some(place) => {
                There { venue: Some(&place.venue), access_ids: &place.access_ids, areas: [&place.areas, &place.around] }
            }
            None => There { venue: self.venue, access_ids: self.access_ids, areas: [self.areas, self.around] },
        }
    }
}

/// The card of a document.
pub fn card(document: &Document, around: &Surroundings<'_>) -> Card {
    let date = match &document.details {
        Details::Event(_) | Details::Resource(_) => None,
        Details::Campaign(campaign) => campaign.from,
        Details::Post | Details::Story(_) | Details::Page => document.meta.date,
    };
    let mut card = Card {
        kind: document.kind.name().to_owned(),
        title: document.meta.title.clone(),
        url: around.url.to_owned(),
        summary: document.summary(),
        date: date.map(|date| Moment::of(&around.config.words, date, &around.config.timezone)),
        image: around.image.map(|image| Box::new(image.clone())),
        event: None,
        story: None,
        resource: None,
    };
    match &document.details {
        Details::Event(event) => card.event = around.event.map(|dates| Box::new(event_card(event, dates, around))),
        Details::Story(story) => card.story = Some(Box::new(story_card(story))),
        Details::Resource(resource) => card.resource = Some(Box::new(resource_card(resource, around))),
        Details::Post | Details::Campaign(_) | Details::Page => {}
    }
    card
}

/// From the next date on, in weeks: so long may a series be seen without a build.
const WEEKS: i64 = 4;
/// Dates of a series that wait for the one before them to be over; at least one does.
const LATER_LIMIT: usize = 8;

/// The card of a series as it is after its next date, and after those that follow: what a build of that moment shows.
pub fn later(document: &Document, around: &Surroundings<'_>) -> Vec<DatedCard> {
    let Some(dates) = around.event else { return Vec::new() };
    in_turn(document, around, Some(&dates.shown), &dates.coming)
}

/// Of an event that is at several places: the cards of the dates at each, as lists of these places show them.
pub fn placed(
    document: &Document,
    around: &Surroundings<'_>,
    ahead: &[Occurrence],
) -> BTreeMap<String, Vec<DatedCard>> {
    let Some(dates) = around.event.filter(|dates| !dates.at.is_empty()) else { return BTreeMap::new() };
    let keys: Vec<BTreeSet<String>> = ahead.iter().map(|occurrence| keys(&around.at(dates, occurrence))).collect();
    let taking_place = || ahead.iter().zip(&keys).filter(|(occurrence, _)| !occurrence.is_cancelled);
    let all: BTreeSet<&String> = taking_place().flat_map(|(_, keys)| keys).collect();
    let is_common = |key: &&String| taking_place().all(|(_, keys)| keys.contains(*key));
    let of_key = |key: &String| {
        let there = ahead.iter().zip(&keys).filter(|(_, keys)| keys.contains(key));
        in_turn(document, around, None, &there.map(|(occurrence, _)| occurrence.clone()).collect::<Vec<_>>())
    };
    all.into_iter().filter(|key| !is_common(key)).map(|key| (key.clone(), of_key(key))).collect()
}

/// The lists that a date is in because of where it is: of its venue, of its areas, and by what its place has.
fn keys(there: &There<'_>) -> BTreeSet<String> {
    let venue = there.venue.and_then(|venue| venue.url.clone());
    let areas = there.areas.iter().copied().flatten().map(|area| area.url.clone());
    let step_free = is_step_free(there.access_ids).then(|| EventChoice::StepFree.name().to_owned());
    venue.into_iter().chain(areas).chain(step_free).collect()
}

/// The cards of some dates of a series, as if it had no others but `first`, which has its card: each waits for the one
/// before it to be over.
fn in_turn(
    document: &Document,
    around: &Surroundings<'_>,
    first: Option<&Occurrence>,
    coming: &[Occurrence],
) -> Vec<DatedCard> {
    let (Details::Event(event), Some(dates)) = (&document.details, around.event) else { return Vec::new() };
    let mut cards: Vec<DatedCard> = Vec::new();
    let mut left = coming;
    let horizon_of = |first: &Occurrence| first.times.starts_at() + SignedDuration::from_hours(WEEKS * 7 * 24);
    let mut horizon = first.map(horizon_of);
    let mut over: Option<Zoned> = first.map(|first| first.times.over_at(&event.timezone));
    let before = usize::from(first.is_some());
    while before + cards.len() <= LATER_LIMIT {
        let is_over = |occurrence: &Occurrence| {
            over.as_ref().is_some_and(|over| occurrence.times.over_at(&event.timezone) <= *over)
        };
        left = &left[left.iter().take_while(|occurrence| is_over(occurrence)).count()..];
        let Some(shown) = left.iter().find(|occurrence| !occurrence.is_cancelled) else { break };
        let starts_at = shown.times.starts_at();
        let horizon = *horizon.get_or_insert_with(|| horizon_of(shown));
        if starts_at > horizon && before + cards.len() > 1 {
            break;
        }
        let mut dates = EventDates { coming: left.to_vec(), shown: shown.clone(), ..dates.clone() };
        dates.standing = notices::standing(&around.config.words, event, &dates);
        let mut card = card(document, &Surroundings { event: Some(&dates), ..*around });
        if let Some(event) = &mut card.event {
            event.from = over.as_ref().map(words::rfc3339);
        }
        over = Some(dates.shown.times.over_at(&event.timezone));
        let notice = dates.standing.of_next;
        cards.push(DatedCard { starts_at, occurrence: dates.shown, notice, card });
    }
    cards
}

fn event_card(event: &Event, dates: &EventDates, around: &Surroundings<'_>) -> EventCard {
    let said = &*around.config.words;
    let (start, end) = moments(said, &dates.shown.times);
    let there = around.at(dates, &dates.shown);
    let status = dates.standing.status;
    let ends = (!dates.is_over).then(|| words::rfc3339(&dates.shown.times.over_at(&event.timezone)));
    let notice = dates.standing.of_next.as_ref().filter(|notice| notice.note.is_some());
    EventCard {
        partner: around.partner.map(str::to_owned),
        start: Some(start),
        end: Some(end),
        from: None,
        note_ends: notice.map(|notice| notice.ends.clone()).filter(|note_ends| Some(note_ends) != ends.as_ref()),
        ends,
        when: when(said, event, dates),
        repeats: dates.repeats.clone(),
        place: place_words(said, event, there.venue),
        flags: event_flags(said, event, status, |id| there.access_ids.iter().any(|known| known == id)),
        terms: terms(event, around, &there),
        status: status.to_owned(),
        status_words: dates.standing.status_words.clone(),
        note: notice.and_then(|notice| notice.note.clone()),
    }
}

/// The time on a day that is named elsewhere; of what lasts longer, the days; with its zone where that is not
/// the site's.
fn when(words: &Words, event: &Event, dates: &EventDates) -> String {
    let is_timed = matches!(dates.shown.times, Times::Timed { .. });
    let times = in_zone(words, dates.shown.times.time_said(words), event.timezone_name.as_deref().filter(|_| is_timed));
    when_of(words, dates.standing.status, times)
}

/// What an event is found by where events are narrowed down, with a space after each.
fn terms(event: &Event, around: &Surroundings<'_>, there: &There<'_>) -> String {
    let terms = around.categories.iter().chain(there.areas.iter().copied().flatten());
    let mut all: Vec<&str> = terms.map(|term| term.url.as_str()).collect();
    let is_there = |choice: &&EventChoice| match choice {
        EventChoice::Free => is_free(&around.config.words, event.cost.as_deref()),
        EventChoice::Online => event.is_online(),
        EventChoice::StepFree => is_step_free(there.access_ids),
    };
    all.extend(EventChoice::ALL.iter().filter(is_there).map(|choice| choice.name()));
    all.iter().flat_map(|term| [*term, " "]).collect()
}

fn is_step_free(access_ids: &[String]) -> bool {
    access_ids.iter().any(|id| id == "step-free")
}

fn story_card(story: &Story) -> StoryCard {
    StoryCard {
        name: story.name.clone(),
        is_name_changed: story.identity == Identity::Changed,
        quote: story.quote.clone(),
    }
}

fn resource_card(resource: &Resource, around: &Surroundings<'_>) -> ResourceCard {
    let words = &around.config.words;
    ResourceCard {
        areas: around.areas.iter().map(|area| area.title.clone()).collect(),
        provider: resource.provider.clone(),
        phone: resource.contact.phone.clone(),
        phone_link: resource.contact.phone.as_deref().and_then(phone::link),
        cost: resource.cost.as_deref().map(|cost| cost_words(words, cost)),
        referral_words: resource.referral.map(|referral| referral_words(words, referral)),
        status: resource.status.word().to_owned(),
        status_words: resource_status_words(words, resource.status),
    }
}
