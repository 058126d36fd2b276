//! What only all files together show of partners' calendars: those that are not there (`missing`), and events that the
//! site has already (`duplicates`).
//!
//! Two events are one where they have the same identity and start together, or about the same name, no other place, and a
//! date in common: a partner may list our weekly group as a series or date by date. The team's own words stand; of two
//! partners, those of the first file. Events of one file are never compared: whoever keeps it knows them apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::{Timestamp, Zoned};

use crate::assemble::events;
use crate::assemble::findings::Findings;
use crate::codes;
use crate::config::{Config, SITE_FILE};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::model::kinds::event::Event;
use crate::model::place::VenueRef;
use crate::path::{CALENDARS, SourcePath, slug};
use crate::source::Sources;

/// Coming dates of a series that are looked for in another one.
const DATES_COMPARED: usize = 10;
/// Words that say nothing of which place is meant.
const OF_ANY_PLACE: [&str; 14] = [
    "hall",
    "centre",
    "center",
    "house",
    "room",
    "church",
    "community",
    "village",
    "town",
    "road",
    "street",
    "lane",
    "the",
    "and",
];

/// The calendars that site.yaml names and that are not there.
///
/// Reports: `calendar/no-file`.
pub fn missing(config: &Config, sources: &Sources, report: &mut Report) {
    let settings = SourcePath::from(SITE_FILE);
    for partner in &config.calendars.partners {
        let path = SourcePath::new(format!("content/{CALENDARS}{}", partner.file.value));
        if !sources.documents.contains_key(&path) {
            let place = Place::new(&settings, partner.file.bytes.clone());
            let diagnostic = Diagnostic::new(&codes::calendar::NO_FILE, place, format!("there is no {path}"));
            report.push(diagnostic.help("run `fingerpost import calendar`, or put the file there yourself"));
        }
    }
}

/// What is compared of an event that is shown.
struct Known<'d> {
    document: &'d Document,
    event: &'d Event,
    start: Zoned,
    title: String,
}

/// The events of partners among these documents that are there already, by their place in the list.
///
/// Reports: `calendar/duplicate`.
pub fn duplicates(seen: &[&Arc<Document>], config: &Config, findings: &mut Findings) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    if seen.iter().all(|document| document.provenance.is_none()) {
        return found;
    }
    let mut at_times: BTreeMap<(i8, Option<Time>), Vec<Known<'_>>> = BTreeMap::new();
    // What the team wrote comes first; each list is in the order of paths.
    let (own, foreign): (Vec<_>, Vec<_>) = (0..seen.len()).partition(|&at| seen[at].provenance.is_none());
    for at in own.into_iter().chain(foreign) {
        let document = seen[at].as_ref();
        let Details::Event(event) = &document.details else { continue };
        let start = event.start.value.in_zone(&event.timezone).zoned.with_time_zone(config.timezone.clone());
        let time = (!event.start.value.is_day()).then(|| start.time());
        let known = Known { document, event, start, title: slug(&document.meta.title) };
        let same_time = at_times.entry((known.start.weekday().to_monday_zero_offset(), time)).or_default();
        let before = || same_time.iter().find(|other| is_same(other, &known, config, findings.now()));
        if let Some(other) = document.provenance.as_ref().and_then(|_| before()) {
            found.insert(at);
            findings.report.push(duplicate(document, event, other.document));
        } else {
            same_time.push(known);
        }
    }
    found
}

/// Of two events at the same time of a weekday.
fn is_same(one: &Known<'_>, other: &Known<'_>, config: &Config, now: Timestamp) -> bool {
    if one.document.path.file() == other.document.path.file() {
        return false;
    }
    let has_same_identity =
        one.event.uid.as_ref().zip(other.event.uid.as_ref()).is_some_and(|(one, other)| one.value == other.value);
    if has_same_identity && one.start == other.start {
        return true;
    }
    is_about_the_same(&one.title, &other.title)
        && !are_elsewhere(one, other, config)
        && share_a_date(one, other, config, now)
}

/// Whether they have a date in common, of those to come where both repeat.
fn share_a_date(one: &Known<'_>, other: &Known<'_>, config: &Config, now: Timestamp) -> bool {
    let series = |known: &Known<'_>| events::series(known.document, known.event, config, &mut Report::default());
    let days = |known: &Known<'_>, from: Zoned| -> Vec<Date> {
        series(known).dates(from.datetime()).take(DATES_COMPARED).map(|date| date.date()).collect()
    };
    let later = one.start.clone().max(other.start.clone());
    match (one.event.repeats.is_some(), other.event.repeats.is_some()) {
        (false, false) => one.start.date() == other.start.date(),
        (true, false) => series(one).falls_on(other.start.date()),
        (false, true) => series(other).falls_on(one.start.date()),
        (true, true) => {
            let one = series(one);
            // Whole days, so that the answer changes at midnight only.
            let today = now.to_zoned(config.timezone.clone());
            let from = later.max(today.start_of_day().unwrap_or(today));
            days(other, from).into_iter().any(|day| one.falls_on(day))
        }
    }
}

/// Whether both name a place, and the names and addresses have nothing in common.
fn are_elsewhere(one: &Known<'_>, other: &Known<'_>, config: &Config) -> bool {
    let words = |known: &Known<'_>| -> Option<BTreeSet<String>> {
        let place = match known.event.venue.as_ref()? {
            VenueRef::Named(id) => &config.venues.get(&id.value)?.fields,
            VenueRef::Described(place) => place.as_ref(),
        };
        let parts = [Some(&place.name), place.address.as_ref(), place.postcode.as_ref()];
        let text = parts.into_iter().flatten().map(|part| slug(part)).collect::<Vec<_>>().join("-");
        Some(text.split('-').filter(|word| word.len() > 2 && !OF_ANY_PLACE.contains(word)).map(str::to_owned).collect())
    };
    words(one).zip(words(other)).is_some_and(|(one, other)| one.is_disjoint(&other))
}

/// `tea-and-talk` and `tea-talk-kelderby`: equal, or all words of the shorter one, at least two but for small ones, are in
/// the other.
fn is_about_the_same(one: &str, other: &str) -> bool {
    let words = |title: &str| {
        title
            .split('-')
            .filter(|word| word.len() > 2 && *word != "and" && *word != "the")
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let (one_words, other_words) = (words(one), words(other));
    let (fewer, more) =
        if one_words.len() <= other_words.len() { (one_words, other_words) } else { (other_words, one_words) };
    one == other && !one.is_empty() || fewer.len() > 1 && fewer.is_subset(&more)
}

fn duplicate(document: &Document, event: &Event, other: &Document) -> Diagnostic {
    let place = Place::new(&document.path, event.start.bytes.clone());
    let message =
        format!("“{}” is on the site already, as “{}” in {}", document.meta.title, other.meta.title, other.path.file());
    let help = "nothing needs doing if they are one event; if not, give yours a title, a place or a time that tells them apart";
    Diagnostic::new(&codes::calendar::DUPLICATE, place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_their_words() {
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(is_about_the_same(&slug(one), &slug(other)), expected, "{one}, {other}");
            assert_eq!(is_about_the_same(&slug(other), &slug(one)), expected, "{other}, {one}");
        };
        check("Tea and talk", "TEA & TALK (Kelderby)", true);
        check("Yoga", "yoga!", true);
        check("Kelderby Sings", "Kelderby Sings community choir", true);
        check("Kelderby Sings", "Kelderby walks", false);
        check("Yoga", "Chair yoga", false);
        check("Drop-in", "Drop-in advice for carers", false);
        check("Swim", "Swim lessons for beginners", false);
        check("", "Yoga", false);
    }
}
