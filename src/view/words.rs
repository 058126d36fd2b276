//! How facts are said to readers, wherever they are said.

use crate::calendar::recurrence::Times;
use crate::config::{Config, Contact, PlaceFields};
use crate::model::access;
use crate::model::kinds::event::{Booking, Event, Status as EventStatus};
use crate::model::kinds::resource::{Referral, Status as ResourceStatus};
use crate::view::{ContactView, Moment, VenueView};
use crate::words::Words;

/// The moments at which something begins and ends; whole days end on their last day.
pub fn moments(words: &Words, times: &Times) -> (Moment, Moment) {
    match times {
        Times::Timed { start, end } => (Moment::of_time(words, start), Moment::of_time(words, end)),
        Times::Days { first, last } => (Moment::of_day(words, *first), Moment::of_day(words, *last)),
    }
}

/// The clauses that say that there is nothing to pay, beside the word of the site's language.
const FREE: [&str; 11] = [
    "free",
    "free of charge",
    "free entry",
    "free admission",
    "no charge",
    "no cost",
    "no fee",
    "nothing",
    "0",
    "£0",
    "£0.00",
];
/// What ends a clause.
const ENDS: [char; 6] = ['.', ',', ';', '!', '(', ':'];

/// By which letters and digits a title is put in order: without the article before it.
pub fn sort_name(words: &Words, title: &str) -> String {
    let slug = crate::path::slug(title);
    match slug.split_once('-') {
        Some((first, rest)) if words.text("directory.articles").split(',').any(|article| article.trim() == first) => {
            rest.to_owned()
        }
        _ => slug,
    }
}

/// Whether a cost says that there is nothing to pay: in its first clause, which says no more than that, and without an
/// amount of money anywhere. Where no cost is named, nobody knows.
pub fn is_free(words: &Words, cost: Option<&str>) -> bool {
    let Some(cost) = cost else { return false };
    // A dot before a digit is part of an amount.
    let is_end = |(at, sign): &(usize, char)| {
        ENDS.contains(sign) && !cost[at + sign.len_utf8()..].starts_with(|next: char| next.is_ascii_digit())
    };
    let end = cost.char_indices().find(is_end).map_or(cost.len(), |(at, _)| at);
    let first = cost[..end].trim().to_lowercase();
    let says_so = FREE.contains(&first.as_str()) || first == words.text("flags.free").to_lowercase();
    says_so && !names_amount(cost)
}

/// Whether a cost names money that somebody pays: `£3`, `50p`, `2 pounds`.
fn names_amount(cost: &str) -> bool {
    let is_some = |amount: &str| amount.parse::<f64>().is_ok_and(|amount| amount > 0.0);
    let with_sign = cost.match_indices(SIGNS).any(|(at, sign)| is_some(&amount(&cost[at + sign.len()..])));
    let is_unit = |unit: &str| {
        let unit = unit.to_lowercase();
        unit == "p" || ["pound", "pence", "penny", "euro", "dollar"].iter().any(|name| unit.starts_with(name))
    };
    let numbers = cost.split(|letter: char| !letter.is_alphanumeric() && letter != '.').filter(|word| !word.is_empty());
    let parts = numbers.map(|word| word.split_at(word.find(char::is_alphabetic).unwrap_or(word.len())));
    let parts: Vec<(&str, &str)> = parts.collect();
    let has_unit = |at: usize, unit: &str| match (unit, parts.get(at + 1)) {
        ("", Some(("", next))) => is_unit(next.trim_end_matches('.')),
        (unit, _) => is_unit(unit.trim_end_matches('.')),
    };
    with_sign || parts.iter().enumerate().any(|(at, (number, unit))| is_some(number) && has_unit(at, unit))
}

/// The status of an event in words where there is anything to say.
pub fn event_status_words<'w>(words: &'w Words, status: &str) -> Option<&'w str> {
    Some(words.text(match status {
        "cancelled" => "status.cancelled",
        "postponed" => "status.postponed",
        "moved-online" => "status.moved_online",
        "full" => "status.full",
        "finished" => "status.finished",
        _ => return None,
    }))
}

/// Whether an event with this status takes place, and people can still come.
pub fn is_open(status: &str) -> bool {
    matches!(status, "scheduled" | "moved-online")
}

/// What a list says of an event in short words; `has` says which access facts its place has, by id.
pub fn event_flags(words: &Words, event: &Event, status: &str, has: impl Fn(&str) -> bool) -> Vec<String> {
    let mut flags = Vec::new();
    if is_free(words, event.cost.as_deref()) {
        flags.push(words.text("flags.free").to_owned());
    }
    match &event.booking {
        // Nobody can get a place, or needs one.
        _ if !is_open(status) => {}
        Some(Booking::DropIn) => flags.push(words.text("flags.drop_in").to_owned()),
        Some(Booking::Needed { .. }) => flags.push(words.text("flags.book").to_owned()),
        None => {}
    }
    if event.online.is_some() {
        flags.push(words.text("flags.online").to_owned());
    }
    for id in ["step-free", "bsl", "hearing-loop", "quiet-space"].into_iter().filter(|id| has(id)) {
        flags.push(if id == "bsl" { words.text("flags.bsl").to_owned() } else { access_words(words, id) });
    }
    flags
}

/// The time of an event; of one that is postponed, the one that holds no more.
pub fn when_of(words: &Words, status: &str, when: String) -> String {
    if status == "postponed" { words.say("dates.was", &[("when", (&when).into())]) } else { when }
}

/// An access fact in words, also one that we do not know.
pub fn access_words(words: &Words, id: &str) -> String {
    if access::is_known(id) {
        words.text(&format!("access_facts.{}", id.replace('-', "_"))).to_owned()
    } else {
        id.replace('-', " ")
    }
}

const SIGNS: [char; 3] = ['£', '€', '$'];

/// What one pays, as a number and its currency (ISO 4217), where a cost says that there is nothing to pay or names
/// an amount: the first one.
pub fn price(words: &Words, cost: &str) -> Option<(String, &'static str)> {
    if is_free(words, Some(cost)) {
        return Some(("0".to_owned(), "GBP"));
    }
    let (at, sign) = cost.char_indices().find(|(_, sign)| SIGNS.contains(sign))?;
    let amount = amount(&cost[at + sign.len_utf8()..]);
    amount.parse::<f64>().ok()?;
    let currency = match sign {
        '£' => "GBP",
        '€' => "EUR",
        _ => "USD",
    };
    Some((amount, currency))
}

/// The digits of the amount that follows a sign.
fn amount(after: &str) -> String {
    let after = after.trim_start();
    let mut amount = String::new();
    for (at, letter) in after.char_indices() {
        // `1,250` is one number, and `5,50` is not.
        let is_of_thousands = || after[at + 1..].bytes().take_while(u8::is_ascii_digit).count() == 3;
        match letter {
            '0'..='9' | '.' => amount.push(letter),
            ',' if is_of_thousands() => {}
            _ => break,
        }
    }
    amount.truncate(amount.trim_end_matches('.').len());
    amount
}

/// `Paris time` for `Europe/Paris`.
pub fn zone_words(words: &Words, name: &str) -> String {
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    words.say("dates.zone", &[("place", (&place).into())])
}

/// Times with the zone that they are in, where that is another one than the site's.
pub fn in_zone(words: &Words, times: String, zone: Option<&str>) -> String {
    match zone {
        Some(name) => {
            let zone = zone_words(words, name);
            words.say("dates.in_zone", &[("times", (&times).into()), ("zone", (&zone).into())])
        }
        None => times,
    }
}

/// Where an event is, in few words: at a place, online, or both.
pub fn place_words(words: &Words, event: &Event, venue: Option<&VenueView>) -> Option<String> {
    let place = venue.filter(|_| event.status != EventStatus::MovedOnline).map(|venue| place_in_area(words, venue));
    match place {
        Some(place) if event.online.is_some() => {
            Some(words.say("facts.place_and_online", &[("place", (&place).into())]))
        }
        Some(place) => Some(place),
        None if event.is_online() => Some(words.text("facts.online").to_owned()),
        None => None,
    }
}

/// The name of a place with that of its area, where the one does not say the other.
fn place_in_area(words: &Words, venue: &VenueView) -> String {
    let says_area = |area: &&String| venue.name.to_lowercase().contains(&area.to_lowercase());
    match venue.area.as_ref().filter(|area| !says_area(area)) {
        Some(area) => words.say("facts.place_in_area", &[("place", (&venue.name).into()), ("area", area.into())]),
        None => venue.name.clone(),
    }
}

/// A cost as readers see it.
pub fn cost_words(words: &Words, cost: &str) -> String {
    let is_plain = ["free", "nothing", "0", "£0", "£0.00"].iter().any(|free| cost.trim().eq_ignore_ascii_case(free));
    if is_plain { words.text("flags.free").to_owned() } else { cost.to_owned() }
}

/// Who may make the first contact, in words.
pub fn referral_words(words: &Words, referral: Referral) -> String {
    words
        .text(match referral {
            Referral::Own => "facts.refer_self",
            Referral::Professional => "facts.refer_professional",
            Referral::Both => "facts.refer_both",
        })
        .to_owned()
}

/// The status of a source of help in words, where it is not open.
pub fn resource_status_words(words: &Words, status: ResourceStatus) -> Option<String> {
    let name = match status {
        ResourceStatus::Open => return None,
        ResourceStatus::TemporarilyClosed => "status.closed_for_now",
        ResourceStatus::WaitingList => "status.waiting_list",
        ResourceStatus::Closed => "status.closed",
    };
    Some(words.text(name).to_owned())
}

/// A search of a map, which is not loaded.
fn map_url(query: &str) -> String {
    format!("https://www.openstreetmap.org/search?query={}", crate::path::encode(query).replace('&', "%26"))
}

/// Where somebody is who names an address and no place of venues.yaml.
pub fn office_view(name: &str, address: &str) -> VenueView {
    VenueView {
        name: name.to_owned(),
        area: None,
        address: Some(address.to_owned()),
        postcode: None,
        map_url: Some(map_url(address)),
        directions: None,
        url: None,
    }
}

/// A place as templates see it.
pub fn venue_view(config: &Config, place: &PlaceFields) -> VenueView {
    let area = place.area.as_ref().and_then(|area| config.areas.iter().find(|known| known.id == area.value));
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
        area: area.map(|area| area.name.clone()),
        address: (!address.is_empty()).then_some(address),
        postcode: place.postcode.clone(),
        map_url: query.as_deref().map(map_url),
        directions: place.directions.clone(),
        url: None,
    }
}

/// Hall, street and postcode on one line.
pub fn venue_line(venue: &VenueView) -> String {
    venue.address.as_ref().map_or_else(|| venue.name.clone(), |address| format!("{}, {address}", venue.name))
}

/// The address of a place's own list, from the server's root; nothing where its id has no letter to make one of.
pub fn venue_url(base_path: &str, id: &str) -> Option<String> {
    let slug = crate::path::slug(id);
    (!slug.is_empty()).then(|| format!("{base_path}venues/{slug}/"))
}

/// How to reach somebody, for templates.
pub fn contact_view(contact: &Contact) -> ContactView {
    ContactView {
        phone: contact.phone.clone(),
        phone_link: contact.phone.as_deref().and_then(crate::config::phone::link),
        hours: contact.hours.clone(),
        email: contact.email.clone(),
        website: contact.website.clone(),
        address: contact.address.clone(),
    }
}

/// What a file is, from its name, and how long: `PDF, 240 KB`.
pub fn file_size(words: &Words, url: &str, length: Option<u64>) -> String {
    let name = url.rsplit('/').next().unwrap_or(url);
    let kind = match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_uppercase(),
        None => words.text("facts.file").to_owned(),
    };
    let (name, size) = match length {
        None => return kind,
        Some(bytes @ 0..1_000_000) => ("facts.kilobytes", bytes.div_ceil(1000).to_string()),
        Some(bytes) => ("facts.megabytes", format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000)),
    };
    words.say(name, &[("kind", (&kind).into()), ("size", (&size).into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_says_that_there_is_none() {
        let check = |cost: &str, expected: bool| {
            assert_eq!(is_free(&crate::config::english(), Some(cost)), expected, "{cost}");
        };
        check("free", true);
        check(" Free ", true);
        check("Free. There is a tin for the parts we use.", true);
        check("Free, and no need to book", true);
        check("Free of charge; bring a cup", true);
        check("No cost", true);
        check("Free entry", true);
        check("Free!", true);
        check("Free (donations welcome)", true);
        check("£0", true);
        check("£0.00", true);
        check("0", true);
        check("nothing", true);
        check("Free entry, £2 for lunch", false);
        check("0.50", false);
        check("Free. £0 on the door", true);
        check("Free. Places for 12 people at 2 tables, part of 3 dates", true);
        check("Free for members, £5 for others", false);
        check("Free parking. Tickets £12.50", false);
        check("Free, or £ 2 for tea", false);
        check("Free. Tea is 50p", false);
        check("Free, tea 50 p.", false);
        check("Free; 2 pounds for lunch", false);
        check("Free. Lunch: €3", false);
        check("Free. Parking $1", false);
        check("Feel free to give", false);
        check("£3", false);
        check("", false);
    }

    #[test]
    fn a_cost_says_an_amount() {
        let check = |cost: &str, expected: Option<(&str, &str)>| {
            let words = crate::config::english();
            assert_eq!(price(&words, cost), expected.map(|(amount, currency)| (amount.to_owned(), currency)), "{cost}");
        };
        check("free", Some(("0", "GBP")));
        check("Free. There is a tin.", Some(("0", "GBP")));
        check("Free for members, £5 for others", Some(("5", "GBP")));
        check("Free parking. Tickets £12.50", Some(("12.50", "GBP")));
        check("$4", Some(("4", "USD")));
        check("£3, and free for children", Some(("3", "GBP")));
        check("About £ 2.50.", Some(("2.50", "GBP")));
        check("€4", Some(("4", "EUR")));
        check("£1,250 for the year", Some(("1250", "GBP")));
        check("£5, 10 of us share", Some(("5", "GBP")));
        check("£5,50", Some(("5", "GBP")));
        check("£1.2.3", None);
        check("Pay what you can", None);
        check("£", None);
    }
}
