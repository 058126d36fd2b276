//! When a source of help is open: its week as readers see it, and what the script may say of today.
//!
//! **Invariant:** nothing says that it is open now while it is closed for some time.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};

use crate::date::say;
use crate::model::kinds::Details;
use crate::model::kinds::resource::{Opening, Resource, Status};
use crate::site::{Page, Site};
use crate::view::{OpeningDayView, OpeningView};
use crate::words::Words;

/// The dates of the site's closures that lie ahead and on which a source of help would be open, in their order.
pub fn closures(site: &Site, page: &Page) -> Vec<Date> {
    let Details::Resource(resource) = &page.document.details else { return Vec::new() };
    if closed(&site.config.words, resource.status).is_some() {
        return Vec::new();
    }
    let is_open = |date: &Date| resource.opening.iter().any(|opening| opening.days.contains(&date.weekday()));
    let ahead = site.config.closures.values().flatten().copied().filter(|date| *date >= site.today);
    ahead.filter(is_open).collect::<BTreeSet<Date>>().into_iter().collect()
}

/// The week, Monday first; nothing where no day is named.
pub fn week(words: &Words, resource: &Resource) -> Vec<OpeningDayView> {
    if resource.opening.iter().all(|opening| opening.days.is_empty()) {
        return Vec::new();
    }
    let closed = closed(words, resource.status);
    (1..=7).filter_map(|number| day(words, resource, number, closed)).collect()
}

/// What is said of every day while a source of help is closed for some time.
fn closed(words: &Words, status: Status) -> Option<&str> {
    match status {
        Status::TemporarilyClosed => Some(words.text("facts.closed_for_now")),
        Status::Closed => Some(words.text("facts.closed")),
        Status::Open | Status::WaitingList => None,
    }
}

/// The day with a number, Monday 1.
fn day(words: &Words, resource: &Resource, number: i8, closed: Option<&str>) -> Option<OpeningDayView> {
    let weekday = Weekday::from_monday_one_offset(number).ok()?;
    let on = |day: Weekday| resource.opening.iter().filter(move |opening| opening.days.contains(&day));
    let mut on_day: Vec<&Opening> = on(weekday).collect();
    on_day.sort_by_key(|opening| opening.opens);
    let hours: Vec<String> =
        on_day.iter().map(|opening| hours(words, opening)).filter(|hours| !hours.is_empty()).collect();
    let of_night = || on(weekday.previous()).filter(|opening| opening.after_midnight().is_some());
    let times = closed.map_or_else(|| times(&on_day, of_night()), |_| String::new());
    let is_shut = on_day.is_empty() && times.is_empty();
    let has_note = on_day.iter().copied().chain(of_night()).any(|opening| opening.note.is_some());
    let state = match closed {
        Some(closed) => closed,
        None if is_shut => words.text("facts.closed"),
        None if times.is_empty() => words.text("facts.open_at_times"),
        None if has_note => words.text("facts.usually_open_now"),
        None => words.text("facts.open_now"),
    };
    Some(OpeningDayView {
        name: say::weekday(words, weekday).to_owned(),
        number,
        hours: if on_day.is_empty() || !hours.is_empty() {
            hours.join(", ")
        } else {
            words.text("facts.open").to_owned()
        },
        notes: on_day.iter().filter_map(|opening| opening.note.clone()).collect(),
        times,
        state: state.to_owned(),
    })
}

/// The times of a day as its clock shows them: what opens on it, and what is still open since the day before. Empty where
/// not every time of the day is known.
fn times<'o>(on_day: &[&Opening], of_night: impl Iterator<Item = &'o Opening>) -> String {
    let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let of_night = of_night.filter_map(Opening::after_midnight).map(|closes| format!("00:00-{}", clock(closes)));
    let of_day = on_day.iter().filter_map(|opening| opening.hours_of_the_day());
    let of_day: Vec<String> = of_day
        .map(|(opens, closes)| format!("{}-{}", clock(opens), closes.map_or_else(|| "24:00".to_owned(), clock)))
        .collect();
    if of_day.len() < on_day.len() { String::new() } else { of_night.chain(of_day).collect::<Vec<_>>().join(" ") }
}

fn hours(words: &Words, opening: &Opening) -> String {
    match (opening.opens, opening.closes) {
        _ if opening.is_day_and_night() => words.text("facts.open_day_and_night").to_owned(),
        (Some(opens), Some(closes)) => say::time_range(words, opens, closes),
        (Some(opens), None) => words.say("facts.open_from", &[("time", (&say::time(words, opens)).into())]),
        (None, Some(closes)) => words.say("facts.open_until", &[("time", (&say::time(words, closes)).into())]),
        (None, None) => String::new(),
    }
}

/// One line of opening hours as it was written.
pub fn line(words: &Words, opening: &Opening) -> OpeningView {
    let days: Vec<i8> = opening.days.iter().map(|day| day.to_monday_zero_offset()).collect();
    let is_run = days.len() > 2 && days.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let names: Vec<&str> = opening.days.iter().map(|day| say::weekday(words, *day)).collect();
    let days = match names.as_slice() {
        [] => words.text("facts.by_arrangement").to_owned(),
        [first, .., last] if is_run => say::range(words, first, last),
        names => say::list(words, names),
    };
    let hours = hours(words, opening);
    OpeningView { days, hours, note: opening.note.clone(), is_by_arrangement: opening.days.is_empty() }
}
