//! One date of an event, in words: on its own page, and on pages that show the dates of many events.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use crate::calendar::recurrence::{self, Occurrence};
use crate::date::{say, words as date_words};
use crate::hash::Fingerprint;
use crate::model::kinds::Details;
use crate::model::kinds::campaign::Campaign;
use crate::model::kinds::event::{Change, Event, Status};
use crate::site::{AgendaEntry, EventChoice, Page, Site};
use crate::view::words::{access_words, event_flags, event_status_words, in_zone, moments, place_words};
use crate::view::{AgendaDay, Card, DateView, EventDate, LinkView, Moment};
use crate::words::Words;

/// A date on the event's own page.
pub fn event_date(words: &Words, page: &Page, event: &Event, occurrence: &Occurrence) -> EventDate {
    let (start, _) = moments(words, &occurrence.times);
    EventDate {
        start,
        from: None,
        ends: date_words::rfc3339(&occurrence.times.over_at(&event.timezone)),
        when: occurrence.times.said(words),
        is_cancelled: occurrence.is_cancelled,
        note: note(words, page, event, occurrence),
    }
}

/// When a campaign is: `Thursday 20 May 2027`, or its first and last day.
pub fn campaign_when(words: &Words, campaign: &Campaign) -> Option<String> {
    let (from, to) = (campaign.from?.date(), campaign.to?.date());
    Some(if from == to { say::weekday_and_day(words, from) } else { say::day_range(words, from, to) })
}

/// The cards of a list in which coming events, soonest first, stand before all others, with those of later dates of
/// series between them. `key` says which dates are listed, where the list is that of a place or a choice: its address, or
/// the name of the choice.
pub fn cards<'s>(pages: &[&'s Page], key: Option<&str>) -> Vec<&'s Card> {
    let is_coming = |page: &&&Page| page.event.as_ref().is_some_and(|event| !event.is_over);
    let (coming, others) = pages.split_at(pages.iter().take_while(is_coming).count());
    let mut dated: Vec<(Option<Timestamp>, &Card)> = coming.iter().flat_map(|page| page.cards_at(key)).collect();
    dated.sort_by_key(|(starts_at, _)| *starts_at);
    dated.into_iter().map(|(_, card)| card).chain(others.iter().map(|page| &page.card)).collect()
}

/// A date of an agenda with its words.
pub type Dated<'s> = (&'s AgendaEntry, DateView<'s>);

/// The dates of an agenda in words, in the same order.
pub fn views<'s>(site: &'s Site, entries: impl IntoIterator<Item = &'s AgendaEntry>) -> Vec<Dated<'s>> {
    entries.into_iter().filter_map(|entry| Some((entry, view(site, entry)?))).collect()
}

/// Of everything that `views` shows of these dates, beside the settings of the site.
pub fn fingerprint<'s>(site: &Site, entries: impl IntoIterator<Item = &'s AgendaEntry>) -> Fingerprint {
    let of = |entry: &AgendaEntry| {
        let page = &site.pages[entry.page];
        (entry.planned, page.card_fingerprint, page.event.as_ref().map(|event| event.fingerprint))
    };
    Fingerprint::of(&entries.into_iter().map(of).collect::<Vec<_>>())
}

fn view<'s>(site: &'s Site, entry: &AgendaEntry) -> Option<DateView<'s>> {
    let page = site.pages[entry.page].as_ref();
    let words = &*site.config.words;
    let (Details::Event(event), Some(dates)) = (&page.document.details, &page.event) else { return None };
    let occurrence = recurrence::planned_at(&dates.series, entry.planned);
    let (start, _) = moments(words, &occurrence.times);
    let status = if occurrence.is_cancelled { Status::Cancelled } else { event.status }.word();
    let over_at = occurrence.times.over_at(&event.timezone);
    let spot = page.spot(occurrence.change);
    let is_over = over_at.timestamp() <= site.now;
    let has = |id: &str| spot.access.contains(&access_words(words, id));
    Some(DateView {
        title: &page.card.title,
        url: &page.url,
        ends: date_words::rfc3339(&over_at),
        when: {
            let zone = event.timezone_name.as_deref().filter(|_| start.time.is_some());
            in_zone(words, occurrence.times.time_said(words), zone)
        },
        start,
        place: place_words(words, event, spot.venue),
        flags: event_flags(words, event, if is_over { "finished" } else { status }, has),
        status,
        status_words: event_status_words(words, status),
        note: note(words, page, event, &occurrence),
    })
}

/// What is different on a date.
fn note(words: &Words, page: &Page, event: &Event, occurrence: &Occurrence) -> Option<String> {
    let is_series = page.event.as_ref().is_some_and(|dates| dates.series.rule.is_some());
    let extra = (occurrence.is_extra && is_series).then(|| words.text("notice.extra_date").to_owned());
    let changed = occurrence.change.and_then(|index| event.changes.get(index));
    let parts = changed.map_or_else(Vec::new, |change| differences(words, page, change, occurrence));
    let parts: Vec<String> = extra.into_iter().chain(parts).collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

/// What a change says of a date, and how easy it is to get in where that is another place.
fn differences(words: &Words, page: &Page, change: &Change, occurrence: &Occurrence) -> Vec<String> {
    let is_moved = occurrence.times != occurrence.planned && !occurrence.is_cancelled;
    let time = is_moved.then(|| words.text("notice.new_time").to_owned());
    let moved_to = page.event.as_ref().and_then(|dates| dates.changed_name(occurrence));
    let place = moved_to.map(|place| words.say("notice.at_place", &[("place", place.into())]));
    let (usual, there) = (page.spot(None).access, page.spot(occurrence.change).access);
    let only_in = |some: &[String], others: &[String]| {
        let facts: Vec<&str> = some.iter().filter(|fact| !others.contains(fact)).map(String::as_str).collect();
        (!facts.is_empty() && !occurrence.is_cancelled).then(|| facts.join(words.text("dates.comma")))
    };
    let lacks = only_in(usual, there).map(|facts| words.say("notice.not_there", &[("facts", (&facts).into())]));
    let has = only_in(there, usual).map(|facts| words.say("notice.also_there", &[("facts", (&facts).into())]));
    let note = change.note.as_deref().map(|note| note.trim().trim_end_matches('.').to_owned());
    time.into_iter().chain(place).chain(lacks).chain(has).chain(note).collect()
}

/// Dates by the day under which a list shows them: the first one from `from` on.
pub fn days<'v>(words: &Words, dates: &'v [Dated<'v>], from: Date) -> Vec<AgendaDay<'v>> {
    let mut days: BTreeMap<Date, Vec<&'v DateView<'v>>> = BTreeMap::new();
    for (entry, date) in dates {
        days.entry(entry.first.max(from)).or_default().push(date);
    }
    let day = |(day, dates)| AgendaDay { id: day_id(day), date: Moment::of_day(words, day), dates };
    days.into_iter().map(day).collect()
}

/// The place of a day on the page of its month.
pub fn day_id(day: Date) -> String {
    format!("day-{}", date_words::iso_day(day))
}

/// The page of a month.
pub fn month_url(site: &Site, month: Date) -> String {
    format!("{}events/{:04}-{:02}/", site.config.base_path, month.year(), month.month())
}

/// The page of the week of the build, and of the next one.
pub fn week_url(site: &Site) -> String {
    format!("{}events/this-week/", site.config.base_path)
}

/// The list of the events that somebody chooses.
pub fn choice_url(site: &Site, choice: EventChoice) -> String {
    format!("{}events/{}/", site.config.base_path, choice.name())
}

/// The overview of all places.
pub fn places_url(site: &Site) -> String {
    format!("{}venues/", site.config.base_path)
}

/// The Monday of the week of the build.
pub fn monday(site: &Site) -> Date {
    let since = i64::from(site.today.weekday().since(Weekday::Monday));
    site.today.saturating_sub(since.days())
}

/// The first date after a day, as a link to its place on the page of its month.
pub fn later(site: &Site, day: Date) -> Option<LinkView> {
    let first = site.agenda.after(day)?.first;
    let url = format!("{}#{}", month_url(site, first.first_of_month()), day_id(first));
    Some(LinkView { title: say::weekday_and_day(&site.config.words, first), url })
}
