//! Where an event stands, said once: pages, lists and cards all show what is decided here.
//!
//! 1. The status of the whole event: cancelled, postponed, moved online, full, finished.
//! 2. What is different with the next date of a series: cancelled, at another time, at another place.

use crate::calendar::recurrence::Occurrence;
use crate::date::{say, words as date_words};
use crate::model::kinds::event::{Event, Status};
use crate::site::{DateNotice, EventDates, Standing};
use crate::view::words::event_status_words;
use crate::words::{Value, Words};

/// Where an event stands. `dates.change_places` are known by now.
pub fn standing(words: &Words, event: &Event, dates: &EventDates) -> Standing {
    let status = match event.status {
        Status::Cancelled | Status::Postponed => event.status.word(),
        // An event that happens once, and whose date is off.
        _ if is_off(dates) => Status::Cancelled.word(),
        _ if dates.is_over => "finished",
        status => status.word(),
    };
    let of_all = match status {
        "cancelled" => Some(words.text("notice.cancelled")),
        "postponed" => Some(words.text("notice.postponed")),
        "finished" => Some(words.text("notice.finished")),
        "moved-online" => Some(words.text("notice.moved_online")),
        "full" => Some(words.text("notice.full")),
        _ => None,
    };
    let takes_place = !matches!(status, "cancelled" | "postponed" | "finished");
    Standing {
        status,
        status_words: event_status_words(words, status).map(str::to_owned),
        notice: of_all.map(str::to_owned),
        of_next: takes_place.then(|| next_date(words, event, dates)).flatten(),
    }
}

fn is_off(dates: &EventDates) -> bool {
    dates.series.happens_once() && dates.shown.is_cancelled
}

/// What is different with the next date: as sentences, and as the few words that a card has room for.
fn next_date(words: &Words, event: &Event, dates: &EventDates) -> Option<DateNotice> {
    let ends = |last: &Occurrence| date_words::rfc3339(&last.times.over_at(&event.timezone));
    let cancelled: Vec<&Occurrence> = dates.coming.iter().take_while(|next| next.is_cancelled).collect();
    if let (Some(first), Some(last)) = (cancelled.first(), cancelled.last()) {
        let days: Vec<String> = cancelled.iter().map(|next| day(words, next)).collect();
        let listed = say::list(words, &days);
        let are_off = [("count", days.len().into()), ("days", (&listed).into())];
        let mut sentences = vec![words.say("notice.dates_cancelled", &are_off)];
        sentences.extend(cancelled.iter().filter_map(|next| note(event, next)));
        sentences.push(match dates.coming.get(cancelled.len()) {
            Some(next) => words.say("notice.next", &[("when", (&next.times.said(words)).into())]),
            None => words.text("notice.none_left").to_owned(),
        });
        let few = words.say("notice.short_cancelled", &[("day", (&day(words, first)).into())]);
        return Some(DateNotice { sentences: sentences.join(" "), note: Some(few), ends: ends(last) });
    }
    let is_extra = |next: &&Occurrence| next.is_extra && dates.series.rule.is_some();
    let next = dates.coming.first().filter(|next| next.change.is_some() || is_extra(next))?;
    // Of what happens once, people know one date only.
    let once = dates.series.happens_once();
    let mut sentences = Vec::new();
    let mut few: Vec<String> = Vec::new();
    let on = day(words, next);
    let on = ("day", Value::from(&on));
    if is_extra(&next) {
        sentences.push(words.say("notice.date_extra", &[on]));
        few.push(words.text("notice.extra_date").to_owned());
    }
    if next.times.first_day() != next.planned.first_day() {
        let when = next.times.said(words);
        let (sentence, short) = match once {
            true => ("notice.once_moved", "notice.short_once_other_day"),
            false => ("notice.date_moved", "notice.short_other_day"),
        };
        sentences.push(words.say(sentence, &[on, ("when", (&when).into())]));
        few.push(words.say(short, &[("day", (&say::weekday_and_day(words, next.times.first_day())).into())]));
    } else if next.times != next.planned {
        let times = next.times.time_said(words);
        let (sentence, short) = match once {
            true => ("notice.once_other_time", "notice.short_once_other_time"),
            false => ("notice.date_other_time", "notice.short_other_time"),
        };
        sentences.push(words.say(sentence, &[on, ("times", (&times).into())]));
        few.push(words.say(short, &[("times", (&times).into())]));
    }
    if let Some(place) = dates.changed_name(next) {
        let (sentence, short) = match once {
            true => ("notice.once_other_place", "notice.short_once_other_place"),
            false => ("notice.date_other_place", "notice.short_other_place"),
        };
        let sentence = if sentences.is_empty() { sentence } else { "notice.place_too" };
        sentences.push(words.say(sentence, &[on, ("place", place.into())]));
        few.push(words.say(short, &[("place", place.into())]));
    }
    match (note(event, next), sentences.is_empty()) {
        (Some(note), true) => sentences.push(words.say("notice.date_note", &[on, ("note", (&note).into())])),
        (Some(note), false) => sentences.push(note),
        (None, _) => {}
    }
    let note = (!few.is_empty()).then(|| few.join(". "));
    (!sentences.is_empty()).then(|| DateNotice { sentences: sentences.join(" "), note, ends: ends(next) })
}

/// The day as the series has it, by which people know the date.
fn day(words: &Words, occurrence: &Occurrence) -> String {
    say::weekday_and_day(words, occurrence.planned.first_day())
}

/// What the writer says of a date, as a sentence.
fn note(event: &Event, occurrence: &Occurrence) -> Option<String> {
    let note = event.changes.get(occurrence.change?)?.note.as_deref()?.trim();
    let end = if note.ends_with(['.', '!', '?']) { "" } else { "." };
    (!note.is_empty()).then(|| format!("{note}{end}"))
}
