//! How facts are said to readers, wherever they are said.

use crate::calendar::recurrence::Times;
use crate::config::{Contact, PlaceFields};
use crate::model::kinds::event::{Event, Status as EventStatus};
use crate::model::kinds::resource::{Referral, Status as ResourceStatus};
use crate::view::{ContactView, Moment, VenueView};

/// The moments at which something begins and ends; whole days end on their last day.
pub fn moments(times: &Times) -> (Moment, Moment) {
    match times {
        Times::Timed { start, end } => (Moment::of_time(start), Moment::of_time(end)),
        Times::Days { first, last } => (Moment::of_day(*first), Moment::of_day(*last)),
    }
}

/// Whether a cost says that there is none.
pub fn is_free(cost: &str) -> bool {
    cost.trim().eq_ignore_ascii_case("free")
}

/// The one word for where an event stands.
pub fn event_status(event: &Event, is_over: bool) -> &'static str {
    if is_over && event.status != EventStatus::Cancelled { "finished" } else { event.status.word() }
}

/// The status in words where there is anything to say.
pub fn event_status_words(event: &Event, is_over: bool) -> Option<&'static str> {
    match event_status(event, is_over) {
        "cancelled" => Some("Cancelled"),
        "postponed" => Some("Postponed"),
        "moved-online" => Some("Now online"),
        "full" => Some("Fully booked"),
        "finished" => Some("Finished"),
        _ => None,
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

/// A place as templates see it.
pub fn venue_view(place: &PlaceFields) -> VenueView {
    let address: Vec<&str> = place.address.as_deref().into_iter().chain(place.postcode.as_deref()).collect();
    let address = match (place.address.as_deref(), place.postcode.as_deref()) {
        (Some(address), Some(postcode)) if address.contains(postcode) => address.to_owned(),
        _ => address.join(", "),
    };
    let query = match &place.coordinates {
        Some((latitude, longitude)) => Some(format!("{latitude},{longitude}")),
        None if address.is_empty() => None,
        None => Some(format!("{}, {address}", place.name)),
    };
    VenueView {
        name: place.name.clone(),
        address: (!address.is_empty()).then_some(address),
        postcode: place.postcode.clone(),
        map_url: query.map(|query| {
            format!("https://www.openstreetmap.org/search?query={}", crate::path::encode(&query).replace('&', "%26"))
        }),
        directions: place.directions.clone(),
    }
}

/// How to reach somebody, for templates.
pub fn contact_view(contact: &Contact) -> ContactView {
    ContactView {
        phone: contact.phone.clone(),
        phone_link: contact.phone.as_deref().and_then(super::phone_link),
        hours: contact.hours.clone(),
        email: contact.email.clone(),
        website: contact.website.clone(),
        address: contact.address.clone(),
    }
}

/// What a file is, from its name, and how long: `PDF, 240 KB`.
pub fn file_size(url: &str, length: Option<u64>) -> String {
    let name = url.rsplit('/').next().unwrap_or(url);
    let kind = name.rsplit_once('.').map_or("file", |(_, extension)| extension).to_uppercase();
    match length {
        None => kind,
        Some(bytes @ 0..1_000_000) => format!("{kind}, {} KB", bytes.div_ceil(1000)),
        Some(bytes) => format!("{kind}, {}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
