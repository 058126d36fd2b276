//! Where an event stands, said once: pages, lists and cards all show what is decided here.
//!
//! 1. The status of the whole event: cancelled, postponed, moved online, full, finished.
//! 2. What is different with the next date of a series: cancelled, at another time, at another place.

use crate::calendar::recurrence::Occurrence;
use crate::date::words;
use crate::model::kinds::event::{Event, Status};
use crate::site::{EventDates, Standing};
use crate::view::words::{event_status_words, list_of_words};

/// Where an event stands. `dates.change_venues` is known by now.
pub fn standing(event: &Event, dates: &EventDates) -> Standing {
    let status = match event.status {
        Status::Cancelled | Status::Postponed => event.status.word(),
        // An event that happens once, and whose date is off.
        _ if is_off(dates) => Status::Cancelled.word(),
        _ if dates.is_over => "finished",
        status => status.word(),
    };
    let of_all = match status {
        "cancelled" => Some("This event is cancelled."),
        "postponed" => Some("This event is postponed. We will give a new date here."),
        "finished" => Some("This event has finished."),
        "moved-online" => Some("This event now takes place online."),
        "full" => Some("This event is fully booked."),
        _ => None,
    };
    let takes_place = !matches!(status, "cancelled" | "postponed" | "finished");
    let (of_next, note) = if takes_place { next_date(event, dates) } else { (None, None) };
    let notice: Vec<String> = of_all.map(str::to_owned).into_iter().chain(of_next).collect();
    Standing {
        status,
        status_words: event_status_words(status),
        notice: (!notice.is_empty()).then(|| notice.join(" ")),
        note,
    }
}

fn is_off(dates: &EventDates) -> bool {
    dates.series.happens_once() && dates.shown.is_cancelled
}

/// What is different with the next date: as sentences, and as the few words that a card has room for.
fn next_date(event: &Event, dates: &EventDates) -> (Option<String>, Option<String>) {
    let cancelled: Vec<&Occurrence> = dates.coming.iter().take_while(|next| next.is_cancelled).collect();
    if let Some(first) = cancelled.first() {
        let days: Vec<String> = cancelled.iter().map(|next| day(next)).collect();
        let (what, are) = if days.len() == 1 { ("date", "is") } else { ("dates", "are") };
        let mut sentences = format!("The {what} on {} {are} cancelled.", list_of_words(&days));
        let notes = cancelled.iter().filter_map(|next| note(event, next));
        notes.for_each(|note| sentences.push_str(&format!(" {note}")));
        let next = dates.coming.get(cancelled.len());
        sentences.push_str(&match next {
            Some(next) => format!(" The next date is {}.", next.times.words()),
            None => " There is no further date.".to_owned(),
        });
        return (Some(sentences), Some(format!("Cancelled on {}", day(first))));
    }
    let Some(next) = dates.coming.first().filter(|next| next.change.is_some()) else { return (None, None) };
    let place = dates.changed_place(next);
    // Of what happens once, people know one date only.
    let (what, usual) = match dates.series.happens_once() {
        true => ("This event".to_owned(), "planned at first"),
        false => (format!("The date on {}", day(next)), "usual"),
    };
    let mut sentences = Vec::new();
    let mut few = Vec::new();
    if next.times.first_day() != next.planned.first_day() {
        sentences.push(format!("{what} has moved to {}.", next.times.words()));
        few.push(format!("On another day than {usual}"));
    } else if next.times != next.planned {
        sentences.push(format!("{what} is at another time: {}.", next.times.time_words()));
        few.push(format!("At another time than {usual}"));
    }
    if let Some(place) = place {
        sentences.push(match sentences.is_empty() {
            true => format!("{what} is at another place: {place}."),
            false => format!("It is at another place, too: {place}."),
        });
        few.push(format!("At another place than {usual}"));
    }
    match (note(event, next), sentences.is_empty()) {
        (Some(note), true) => sentences.push(format!("On {}: {note}", day(next))),
        (Some(note), false) => sentences.push(note),
        (None, _) => {}
    }
    let few = (!few.is_empty()).then(|| few.join(". "));
    ((!sentences.is_empty()).then(|| sentences.join(" ")), few)
}

/// The day as the series has it, by which people know the date.
fn day(occurrence: &Occurrence) -> String {
    words::weekday_and_day(occurrence.planned.first_day())
}

/// What the writer says of a date, as a sentence.
fn note(event: &Event, occurrence: &Occurrence) -> Option<String> {
    let note = event.changes.get(occurrence.change?)?.note.as_deref()?.trim();
    let end = if note.ends_with(['.', '!', '?']) { "" } else { "." };
    (!note.is_empty()).then(|| format!("{note}{end}"))
}
