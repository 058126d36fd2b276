//! What lists show of a document.

use jiff::SignedDuration;

use crate::assemble::notices;
use crate::calendar::recurrence::{Occurrence, Times};
use crate::config::{Config, phone};
use crate::date::words;
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::model::kinds::event::{Booking, Event};
use crate::model::kinds::resource::Resource;
use crate::model::kinds::story::{Identity, Story};
use crate::site::{EventChoice, EventDates, LaterCard};
use crate::view::words::{
    access_words, cost_words, in_zone, is_free, moments, place_words, referral_words, resource_status_words,
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
    pub venue: Option<&'a VenueView>,
    /// Access facts by id.
    pub access_ids: &'a [String],
    /// Its categories, its areas and the areas that these lie within.
    pub terms: &'a [LinkView],
    pub areas: &'a [LinkView],
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
pub fn later(document: &Document, around: &Surroundings<'_>) -> Vec<LaterCard> {
    let (Details::Event(event), Some(dates)) = (&document.details, around.event) else { return Vec::new() };
    let horizon = dates.shown.times.starts_at() + SignedDuration::from_hours(WEEKS * 7 * 24);
    let mut later: Vec<LaterCard> = Vec::new();
    let mut over = dates.shown.times.over_at(&event.timezone);
    let mut left = dates.coming.as_slice();
    while later.len() < LATER_LIMIT {
        let is_over = |occurrence: &Occurrence| occurrence.times.over_at(&event.timezone) <= over;
        left = &left[left.iter().take_while(|occurrence| is_over(occurrence)).count()..];
        let Some(shown) = left.iter().find(|occurrence| !occurrence.is_cancelled) else { break };
        let starts_at = shown.times.starts_at();
        if starts_at > horizon && !later.is_empty() {
            break;
        }
        let mut dates = EventDates { coming: left.to_vec(), shown: shown.clone(), ..dates.clone() };
        dates.standing = notices::standing(&around.config.words, event, &dates);
        let mut card = card(document, &Surroundings { event: Some(&dates), ..*around });
        if let Some(event) = &mut card.event {
            event.from = Some(words::rfc3339(&over));
        }
        later.push(LaterCard { starts_at, card });
        over = dates.shown.times.over_at(&event.timezone);
    }
    later
}

fn event_card(event: &Event, dates: &EventDates, around: &Surroundings<'_>) -> EventCard {
    let said = &*around.config.words;
    let (start, end) = moments(said, &dates.shown.times);
    EventCard {
        partner: around.partner.map(str::to_owned),
        start: Some(start),
        end: Some(end),
        from: None,
        ends: (!dates.is_over).then(|| words::rfc3339(&dates.shown.times.over_at(&event.timezone))),
        when: when(said, event, dates),
        repeats: dates.repeats.clone(),
        place: place_words(said, event, dates.changed_venue(&dates.shown).or(around.venue)),
        flags: flags(said, event, around.access_ids),
        terms: terms(event, around),
        status: dates.standing.status.to_owned(),
        status_words: dates.standing.status_words.clone(),
        note: dates.standing.note.clone(),
    }
}

/// The time on a day that is named elsewhere; of what lasts longer, the days; with its zone where that is not
/// the site's.
fn when(words: &Words, event: &Event, dates: &EventDates) -> String {
    let is_timed = matches!(dates.shown.times, Times::Timed { .. });
    in_zone(words, dates.shown.times.time_said(words), event.timezone_name.as_deref().filter(|_| is_timed))
}

/// What an event is found by where events are narrowed down, with a space after each.
fn terms(event: &Event, around: &Surroundings<'_>) -> String {
    let mut all: Vec<&str> = around.terms.iter().map(|term| term.url.as_str()).collect();
    let is_there = |choice: &&EventChoice| match choice {
        EventChoice::Free => is_free(&around.config.words, event.cost.as_deref()),
        EventChoice::Online => event.is_online(),
        EventChoice::StepFree => around.access_ids.iter().any(|id| id == "step-free"),
    };
    all.extend(EventChoice::ALL.iter().filter(is_there).map(|choice| choice.name()));
    all.iter().flat_map(|term| [*term, " "]).collect()
}

fn flags(words: &Words, event: &Event, access_ids: &[String]) -> Vec<String> {
    let mut flags = Vec::new();
    if is_free(words, event.cost.as_deref()) {
        flags.push(words.text("flags.free").to_owned());
    }
    match event.booking {
        Some(Booking::DropIn) => flags.push(words.text("flags.drop_in").to_owned()),
        Some(Booking::Needed { .. }) => flags.push(words.text("flags.book").to_owned()),
        None => {}
    }
    if event.online.is_some() {
        flags.push(words.text("flags.online").to_owned());
    }
    for id in ["step-free", "bsl", "hearing-loop", "quiet-space"] {
        if access_ids.iter().any(|known| known == id) {
            flags.push(if id == "bsl" { words.text("flags.bsl").to_owned() } else { access_words(words, id) });
        }
    }
    flags
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
