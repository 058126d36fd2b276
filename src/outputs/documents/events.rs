//! What an event's own page shows of it.
//!
//! The page is true without a script, because it names days; and with one it stays true between two builds: what is over
//! goes, and what takes its place stands in it already.

use super::DocumentView;
use crate::calendar::recurrence::{Occurrence, Times};
use crate::config::phone;
use crate::date::{self, When, say, words as date_words};
use crate::model::kinds::Details;
use crate::model::kinds::event::{Booking, Event};
use crate::outputs::{dated, ways};
use crate::site::{DateNotice, EventDates, Page};
use crate::view::words::{contact_view, cost_words, is_free, is_open, moments, when_of, zone_words};
use crate::view::{BookingView, EventDate, EventView, Moment, PlaceTurn, ProvenanceView, TurnView, VenueView};
use crate::words::Words;

/// Dates that are seen at once; the others wait until these are over.
const SEEN: usize = 5;

/// The event of a page.
pub(super) fn view<'v>(view: &'v DocumentView<'_>, event: &Event, dates: &EventDates) -> EventView<'v> {
    let page = view.page;
    let words = view.words;
    let (start, end) = moments(words, &dates.shown.times);
    let spot = page.spot(dates.shown.change);
    let is_moved = dates.changed(&dates.shown).is_some();
    let status = dates.standing.status;
    EventView {
        notice: dates.standing.notice.clone(),
        date_notices: notices(words, page, dates),
        status: status.to_owned(),
        start,
        end,
        when: when_of(words, status, dates.shown.times.said(words)),
        when_ends: dates.repeats.as_ref().and(page.card.event.as_ref()).and_then(|card| card.ends.clone()),
        later: later(words, page, event, dates),
        repeats: repeats_words(words, dates),
        dates: coming(words, page, event, dates),
        timezone: event.timezone_name.as_deref().map(|zone| zone_words(words, zone)),
        places: places(words, page, event, dates),
        venue: spot.venue.cloned(),
        usual_venue: page.venue.as_deref().filter(|_| is_moved && !dates.series.happens_once()).cloned(),
        online: event.online.clone(),
        cost: event.cost.as_deref().map(|cost| cost_words(words, cost)),
        is_free: is_free(words, event.cost.as_deref()),
        booking: booking(view, event).filter(|_| is_open(status) || status == "full"),
        is_drop_in: event.booking == Some(Booking::DropIn) && is_open(status),
        organiser: event.organiser.clone(),
        audience: event.audience.clone(),
        contact: event.contact.as_ref().filter(|_| status != "finished").map(contact_view),
        access: if dates.series.happens_once() { spot.access.to_vec() } else { page.access.clone() },
        ways: ways::to_event(&view.frame.site.origin, page, event, dates),
        provenance: page.document.provenance.as_ref().map(|provenance| ProvenanceView {
            name: provenance.name.clone(),
            website: provenance.website.clone(),
            url: provenance.url.clone(),
        }),
        ends: dates.over_at.clone(),
        near: &view.related,
    }
}

/// `Every Tuesday, 10am to midday`: still enough once the next date is over and the script has taken it out.
fn repeats_words(words: &Words, dates: &EventDates) -> Option<String> {
    let repeats = dates.repeats.as_ref()?;
    let times = &dates.series.times;
    let is_within_a_day = matches!(times, Times::Timed { .. }) && times.first_day() == times.last_day();
    Some(match is_within_a_day {
        true => {
            let times = times.time_said(words);
            words.say("repeats.with_time", &[("rule", repeats.into()), ("times", (&times).into())])
        }
        false => repeats.clone(),
    })
}

/// The dates to come of a series. What is not seen at once moves up when as many dates before it are over.
fn coming(words: &Words, page: &Page, event: &Event, dates: &EventDates) -> Vec<EventDate> {
    if dates.series.happens_once() {
        return Vec::new();
    }
    let all: Vec<EventDate> =
        dates.coming.iter().map(|occurrence| dated::event_date(words, page, event, occurrence)).collect();
    let moves_up = |at: usize| at.checked_sub(SEEN).map(|before| all[before].ends.clone());
    let from: Vec<Option<String>> = (0..all.len()).map(moves_up).collect();
    all.into_iter().zip(from).map(|(date, from)| EventDate { from, ..date }).collect()
}

/// The dates after the next one, each with the moment at which the one before it is over.
fn later(words: &Words, page: &Page, event: &Event, dates: &EventDates) -> Vec<TurnView> {
    let turns = in_turn(page, event, dates).skip(1);
    turns
        .map(|(occurrence, from, ends)| TurnView {
            from,
            ends,
            start: moments(words, &occurrence.times).0,
            words: occurrence.times.said(words),
        })
        .collect()
}

/// The next date and those that follow, with from when on and until when each is the next one.
fn in_turn<'p>(
    page: &'p Page,
    event: &'p Event,
    dates: &'p EventDates,
) -> impl Iterator<Item = (&'p Occurrence, Option<String>, String)> {
    let all = std::iter::once(&dates.shown).chain(page.later_cards.iter().map(|later| &later.occurrence));
    let ends = |occurrence: &Occurrence| date_words::rfc3339(&occurrence.times.over_at(&event.timezone));
    all.scan(None, move |over: &mut Option<String>, occurrence| {
        let ends = ends(occurrence);
        let from = over.replace(ends.clone());
        Some((occurrence, from, ends))
    })
}

/// What is different with the next date, and with those that follow.
fn notices(words: &Words, page: &Page, dates: &EventDates) -> Vec<TurnView> {
    let later = page.later_cards.iter().map(|later| (&later.occurrence, later.card.from(), &later.notice));
    let all = std::iter::once((&dates.shown, None, &dates.standing.of_next)).chain(later);
    let notice = |(occurrence, from, notice): (&Occurrence, Option<&str>, &Option<DateNotice>)| {
        let notice = notice.as_ref()?;
        Some(TurnView {
            from: from.map(str::to_owned),
            ends: notice.ends.clone(),
            start: moments(words, &occurrence.times).0,
            words: notice.sentences.clone(),
        })
    };
    all.filter_map(notice).collect()
}

/// Where the next date is, and those that follow, as long as each stays the next one.
fn places(words: &Words, page: &Page, event: &Event, dates: &EventDates) -> Vec<PlaceTurn> {
    let usual = page.spot(None);
    let is_series = !dates.series.happens_once() && !dates.is_over;
    let mut places: Vec<PlaceTurn> = Vec::new();
    let mut turn = |place: PlaceTurn| match places.last_mut() {
        Some(last) if !last.is_moved && !place.is_moved => last.ends = place.ends,
        _ => places.push(place),
    };
    for (occurrence, from, ends) in in_turn(page, event, dates) {
        let spot = page.spot(occurrence.change);
        let Some(venue) = spot.venue else { continue };
        let is_moved = dates.changed(occurrence).is_some() && is_series;
        let access =
            (is_moved && spot.access != usual.access).then(|| access_on(words, occurrence, venue, spot.access));
        turn(PlaceTurn { venue: venue.clone(), from, ends: Some(ends), is_moved, access });
    }
    // After these dates it is where it usually is.
    match (places.last_mut(), usual.venue.filter(|_| is_series)) {
        (Some(last), Some(venue)) if last.is_moved => {
            let from = last.ends.clone();
            places.push(PlaceTurn { venue: venue.clone(), from, ends: None, is_moved: false, access: None });
        }
        (Some(last), _) => last.ends = None,
        (None, _) => {}
    }
    places
}

/// How easy it is to get in on a date at another place.
fn access_on(words: &Words, occurrence: &Occurrence, venue: &VenueView, facts: &[String]) -> String {
    let day = say::weekday_and_day(words, occurrence.times.first_day());
    let facts = facts.join(words.text("dates.comma"));
    let name = if facts.is_empty() { "notice.access_not_known" } else { "notice.access_on" };
    words.say(name, &[("day", (&day).into()), ("place", (&venue.name).into()), ("facts", (&facts).into())])
}

/// What the page says of booking because of the moment of the build.
pub(super) fn booking_at(view: &DocumentView<'_>) -> Option<BookingView> {
    match &view.page.document.details {
        Details::Event(event) => booking(view, event),
        _ => None,
    }
}

/// How to book, as it is at the moment of the build.
fn booking(view: &DocumentView<'_>, event: &Event) -> Option<BookingView> {
    let Some(Booking::Needed { url, email, phone, opens, closes }) = &event.booking else { return None };
    let zone = view.zone;
    let moment = |when: When| Moment::of(view.words, when, zone);
    let is_ahead = |at: &jiff::Zoned| at.timestamp() > view.now;
    let opens_at = opens.map(|opens| opens.in_zone(zone).zoned).filter(is_ahead);
    let closes_at = closes.map(|closes| date::end_of(closes, zone)).filter(is_ahead);
    Some(BookingView {
        url: url.clone(),
        email: email.clone(),
        phone: phone.clone(),
        phone_link: phone.as_deref().and_then(phone::link),
        opens: opens.filter(|_| opens_at.is_some()).map(moment),
        opens_at: opens_at.map(|at| date_words::rfc3339(&at)),
        closes: closes.map(moment),
        is_closed: closes.is_some() && closes_at.is_none(),
        closes_at: closes_at.map(|at| date_words::rfc3339(&at)),
    })
}
