//! What lists show of a document.

use crate::calendar::recurrence::Times;
use crate::config::Config;
use crate::date::words;
use crate::model::access;
use crate::model::document::Document;
use crate::model::kinds::event::{Booking, Event, Status as EventStatus};
use crate::model::kinds::resource::{Referral, Resource, Status as ResourceStatus};
use crate::model::kinds::story::{Identity, Story};
use crate::model::kinds::{Details, Kind};
use crate::site::EventDates;
use crate::view::{Card, EventCard, Moment, PictureView, ResourceCard, StoryCard, VenueView, phone_link};

/// What is known of a document beside its own file.
pub struct Surroundings<'a> {
    pub config: &'a Config,
    pub url: &'a str,
    pub image: Option<&'a PictureView>,
    pub event: Option<&'a EventDates>,
    pub venue: Option<&'a VenueView>,
    /// Access facts by id.
    pub access_ids: &'a [String],
}

/// The card of a document.
pub fn card(document: &Document, around: &Surroundings<'_>) -> Card {
    let zone = &around.config.timezone;
    let mut card = Card {
        kind: document.kind.name().to_owned(),
        title: document.meta.title.clone(),
        url: around.url.to_owned(),
        summary: document.summary(),
        date: document.meta.date.map(|date| Moment::of(date, zone)),
        image: around.image.cloned(),
        event: None,
        story: None,
        resource: None,
    };
    match &document.details {
        Details::Event(event) => card.event = around.event.map(|dates| event_card(event, dates, around)),
        Details::Story(story) => card.story = Some(story_card(story)),
        Details::Resource(resource) => card.resource = Some(resource_card(resource)),
        Details::Post | Details::Campaign(_) | Details::Page => {}
    }
    if document.kind == Kind::Event || document.kind == Kind::Resource {
        card.date = None;
    }
    card
}

/// The moments at which something begins and ends; whole days end on their last day.
pub fn moments(times: &Times) -> (Moment, Moment) {
    match times {
        Times::Timed { start, end } => (Moment::of_time(start), Moment::of_time(end)),
        Times::Days { first, last } => (Moment::of_day(*first), Moment::of_day(*last)),
    }
}

fn event_card(event: &Event, dates: &EventDates, around: &Surroundings<'_>) -> EventCard {
    let (start, end) = moments(&dates.shown.times);
    EventCard {
        start: Some(start),
        end: Some(end),
        when: time_words(&dates.shown.times),
        repeats: dates.repeats.clone(),
        place: place_words(event, around.venue),
        flags: flags(event, around.access_ids),
        status: status(event, dates).to_owned(),
        status_words: status_words(event, dates).map(str::to_owned),
    }
}

/// The time on a day that is named elsewhere; of what lasts longer, the days.
fn time_words(times: &Times) -> String {
    match times {
        Times::Timed { start, end } if start.date() == times.last_day() => words::time_range(start.time(), end.time()),
        Times::Days { first, last } if first == last => "All day".to_owned(),
        _ => times.words(),
    }
}

fn place_words(event: &Event, venue: Option<&VenueView>) -> Option<String> {
    if event.status == EventStatus::MovedOnline {
        return Some("Online".to_owned());
    }
    match (venue, &event.online) {
        (Some(venue), Some(_)) => Some(format!("{} and online", venue.name)),
        (Some(venue), None) => Some(venue.name.clone()),
        (None, Some(_)) => Some("Online".to_owned()),
        (None, None) => None,
    }
}

fn flags(event: &Event, access_ids: &[String]) -> Vec<String> {
    let mut flags = Vec::new();
    if event.cost.as_deref().is_some_and(is_free) {
        flags.push("Free".to_owned());
    }
    match event.booking {
        Some(Booking::DropIn) => flags.push("Drop in".to_owned()),
        Some(Booking::Needed { .. }) => flags.push("Book".to_owned()),
        None => {}
    }
    if event.online.is_some() {
        flags.push("Online".to_owned());
    }
    for id in ["step-free", "bsl", "hearing-loop", "quiet-space"] {
        if access_ids.iter().any(|known| known == id) {
            flags.extend(access::words(id).map(|words| if id == "bsl" { "BSL" } else { words }.to_owned()));
        }
    }
    flags
}

/// Whether a cost says that there is none.
pub fn is_free(cost: &str) -> bool {
    cost.trim().eq_ignore_ascii_case("free")
}

/// The one word for where an event stands.
pub fn status(event: &Event, dates: &EventDates) -> &'static str {
    if dates.is_over && event.status != EventStatus::Cancelled { "finished" } else { event.status.word() }
}

/// The status in words where there is anything to say.
pub fn status_words(event: &Event, dates: &EventDates) -> Option<&'static str> {
    match status(event, dates) {
        "cancelled" => Some("Cancelled"),
        "postponed" => Some("Postponed"),
        "moved-online" => Some("Now online"),
        "full" => Some("Fully booked"),
        "finished" => Some("Finished"),
        _ => None,
    }
}

fn story_card(story: &Story) -> StoryCard {
    StoryCard {
        name: story.name.clone(),
        is_name_changed: story.identity == Identity::Changed,
        quote: story.quote.clone(),
    }
}

fn resource_card(resource: &Resource) -> ResourceCard {
    ResourceCard {
        provider: resource.provider.clone(),
        phone: resource.contact.phone.clone(),
        phone_link: resource.contact.phone.as_deref().and_then(phone_link),
        cost: resource.cost.as_deref().map(cost_words),
        referral_words: resource.referral.map(|referral| referral_words(referral).to_owned()),
        status: resource.status.word().to_owned(),
        status_words: resource_status_words(resource.status).map(str::to_owned),
    }
}

/// A cost as readers see it.
pub fn cost_words(cost: &str) -> String {
    if is_free(cost) { "Free".to_owned() } else { cost.to_owned() }
}

/// Who may make the first contact, in words.
pub fn referral_words(referral: Referral) -> &'static str {
    match referral {
        Referral::Own => "You can contact them yourself",
        Referral::Professional => "A professional needs to refer you",
        Referral::Both => "You can contact them yourself, or be referred",
    }
}

/// The status of a source of help in words, where it is not open.
pub fn resource_status_words(status: ResourceStatus) -> Option<&'static str> {
    match status {
        ResourceStatus::Open => None,
        ResourceStatus::TemporarilyClosed => Some("Closed for now"),
        ResourceStatus::WaitingList => Some("Waiting list"),
        ResourceStatus::Closed => Some("Closed"),
    }
}
