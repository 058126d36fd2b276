//! Dates and ages that can be read and that nobody means: a slip of one digit, or two facts the wrong way round. What
//! one file alone can say of that is said where it is read.

use jiff::{Timestamp, ToSpan};

use crate::codes::page::UNLIKELY;
use crate::config::Config;
use crate::date::{When, words};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::model::kinds::event::Event;
use crate::model::kinds::resource::Resource;

/// How far ahead people plan, in years.
const YEARS_AHEAD: i64 = 10;
/// How long one date of an event lasts at most, in days.
const LONGEST_DAYS: i32 = 366;

/// What of a document is unlikely, seen at a moment.
///
/// Reports: `page/unlikely`.
pub fn check(document: &Document, config: &Config, now: Timestamp) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut tell = |place: Place, message: String, help: &str| {
        found.push(Diagnostic::new(&UNLIKELY, place, message).help(help));
    };
    let whole = || Place::file(&document.path);
    match &document.details {
        Details::Event(event) => event_dates(document, event, config, now, &mut tell),
        Details::Resource(resource) => {
            resource_facts(resource, config, now, |message, help| tell(whole(), message, help))
        }
        _ => {}
    }
    found
}

fn event_dates(
    document: &Document,
    event: &Event,
    config: &Config,
    now: Timestamp,
    tell: &mut impl FnMut(Place, String, &str),
) {
    let today = now.to_zoned(config.timezone.clone()).date();
    let start = event.start.value.date();
    let place = |bytes: &std::ops::Range<usize>| Place::new(&document.path, bytes.clone());
    if event.has_start() && start > today.saturating_add(YEARS_AHEAD.years()) {
        let message = format!("the event begins on {}, more than {YEARS_AHEAD} years from now", words::day(start));
        tell(place(&event.start.bytes), message, "check the year");
    }
    let Some(end) = event.end.as_ref().filter(|_| event.has_start()) else { return };
    if start.until(end.value.date()).is_ok_and(|lasts| lasts.get_days() > LONGEST_DAYS) {
        let message = format!("the event lasts from {} without a break", words::day_range(start, end.value.date()));
        let help = "check the year of `end`; for the last date of a series write `repeats: {..., until: ...}`";
        tell(place(&end.bytes), message, help);
    }
}

fn resource_facts(resource: &Resource, config: &Config, now: Timestamp, mut tell: impl FnMut(String, &str)) {
    let ages = (resource.eligibility.minimum_age, resource.eligibility.maximum_age);
    if let (Some(minimum), Some(maximum)) = ages
        && minimum > maximum
    {
        let message = format!("nobody is {minimum} or over and {maximum} or under");
        tell(message, "check `minimum_age` and `maximum_age`");
    }
    let tomorrow = |checked: When| When::Day(checked.date()).in_zone(&config.timezone).zoned.timestamp() > now;
    if let Some(checked) = resource.checked.filter(|checked| tomorrow(*checked)) {
        let message = format!("`checked` says {}, and that has not come yet", words::day(checked.date()));
        tell(message, "write the day on which somebody last confirmed it");
    }
}
