//! One event as the calendars hold it: what its page says, in the words of `calendar::write`.
//!
//! **Invariant:** every moment comes from the content and from what calendars were told before (requirements 14 and
//! 15), so two builds are equal.

use super::CalendarView;
use crate::calendar::history::{self, State};
use crate::calendar::recurrence::Series;
use crate::calendar::write::{Conference, Details, FeedEvent, Image, Organiser, Place, Point, Status};
use crate::hash::Fingerprint;
use crate::model::kinds::Details as Kinds;
use crate::model::kinds::event::{Booking, Event, Status as EventStatus};
use crate::model::place::VenueRef;
use crate::site::{EventDates, Page};
use crate::view::words::{cost_words, venue_line};
use crate::words::Words;

/// The event of a page; nothing for a page that is none.
pub(super) fn feed_event(view: &CalendarView<'_>, page: &Page) -> Option<FeedEvent> {
    let (Kinds::Event(event), Some(dates)) = (&page.document.details, &page.event) else { return None };
    let meta = &page.document.meta;
    let moment = |when: crate::date::When| when.in_zone(view.timezone).zoned.timestamp();
    // An event that was never dated is stamped with a moment that no build can change, and that is past.
    let created = meta.date.map(moment);
    let first_day = moment(crate::date::When::Day(dates.series.times.first_day()));
    let first = created.unwrap_or_else(|| first_day.min(history::EPOCH));
    // Nobody has changed anything in the future, whatever a file says.
    let written = meta.updated.map(moment).map_or(first, |updated| updated.max(first)).min(view.today);
    let details = details(view, page, event, None);
    let changed = changed_dates(view, page, event, dates);
    let state = state(dates, &details, &changed);
    Some(FeedEvent {
        uid: dates.uid.clone(),
        series: series(view, page, dates),
        created,
        told: view.history.tell(&dates.uid, state, written, view.today),
        details,
        changed,
    })
}

/// The dates that the calendar asks for. One that is elsewhere is left out of its series, and one that is here alone is
/// an event of its own, as an added date is (requirements 19 and 21).
fn series(view: &CalendarView<'_>, page: &Page, dates: &EventDates) -> Series {
    let is_there = |change: Option<usize>| view.asked.fits(page.spot(change));
    let is_everywhere = page.all_spots().all(|spot| view.asked.fits(spot));
    if is_everywhere { dates.series.clone() } else { dates.series.only_there(is_there) }
}

/// What must stay as it is for an entry to keep its SEQUENCE, and for it to keep its LAST-MODIFIED (requirement 15).
fn state(dates: &EventDates, details: &Details, changed: &[(usize, Details)]) -> State {
    let plan = |details: &Details| Fingerprint::of(&(&details.place, details.status, &details.conference));
    let usual = plan(details);
    // A date by its day, and only where more than its words differ: the order in the file tells calendars nothing.
    let on = |index: &usize| {
        dates.series.changes.iter().find(|change| change.index == *index).map(|change| change.on.date())
    };
    let mut changed_plans: Vec<_> = changed.iter().map(|(index, details)| (on(index), plan(details))).collect();
    changed_plans.retain(|(_, plan)| *plan != usual);
    changed_plans.sort();
    let mut series = dates.series.clone();
    series.changes.retain(|change| change.is_cancelled || change.start.is_some() || change.end.is_some());
    series.changes.sort_by_key(|change| change.on.date());
    series.changes.iter_mut().for_each(|change| change.index = 0);
    State {
        plan: Fingerprint::of(&(&series, usual, changed_plans)).brief(),
        entry: Fingerprint::of(&(&dates.series, details, changed)).brief(),
    }
}

fn changed_dates(view: &CalendarView<'_>, page: &Page, event: &Event, dates: &EventDates) -> Vec<(usize, Details)> {
    let differing =
        event.changes.iter().enumerate().filter(|(_, change)| change.venue.is_some() || change.note.is_some());
    differing
        .map(|(index, change)| {
            let mut changed = details(view, page, event, Some(index));
            if let Some(place) = dates.change_places.get(index).and_then(Option::as_ref) {
                let point = change.venue.as_ref().and_then(|venue| coordinates(view, venue));
                changed.place = Some(Place { location: venue_line(&place.venue), point });
            }
            (index, changed)
        })
        .collect()
}

fn details(view: &CalendarView<'_>, page: &Page, event: &Event, change: Option<usize>) -> Details {
    let words = &*view.config.words;
    let url = crate::path::absolute(&view.site.origin, &page.url);
    let is_online = event.status == EventStatus::MovedOnline;
    let place = page.venue.as_ref().filter(|_| !is_online).map(|venue| Place {
        location: venue_line(venue),
        point: event.venue.as_ref().and_then(|venue| coordinates(view, venue)),
    });
    let online = Place { location: words.text("facts.online").to_owned(), point: None };
    let place = place.or_else(|| (is_online || event.online.is_some()).then_some(online));
    let mut categories: Vec<String> = page.categories.iter().chain(&page.tags).map(|link| link.title.clone()).collect();
    categories.dedup();
    Details {
        summary: page.card.title.clone(),
        description: description(words, page, event, change),
        place,
        url,
        categories,
        status: match event.status {
            EventStatus::Scheduled | EventStatus::Full | EventStatus::MovedOnline => Status::Confirmed,
            EventStatus::Cancelled => Status::Cancelled,
            EventStatus::Postponed => Status::Postponed,
        },
        // Our own address is nobody's to ask about a partner's event.
        organiser: view.site.contact.email.as_ref().filter(|_| page.document.provenance.is_none()).map(|email| {
            Organiser { name: event.organiser.clone().unwrap_or_else(|| view.site.name.clone()), email: email.clone() }
        }),
        colour: page.document.provenance.as_ref().and_then(|provenance| provenance.colour.clone()),
        image: page
            .image
            .as_ref()
            .filter(|image| !image.url.ends_with(".svg"))
            .map(|image| Image { url: image.absolute_url.clone(), media_type: media_type(&image.url) }),
        conference: event
            .online
            .as_ref()
            .map(|url| Conference { url: url.clone(), label: words.text("calendars.join").to_owned() }),
    }
}

fn media_type(url: &str) -> Option<String> {
    let subtype = match url.rsplit('.').next()? {
        "jpg" | "jpeg" => "jpeg",
        "png" => "png",
        "webp" => "webp",
        "gif" => "gif",
        _ => return None,
    };
    Some(format!("image/{subtype}"))
}

fn coordinates(view: &CalendarView<'_>, venue: &VenueRef) -> Option<Point> {
    let place = match venue {
        VenueRef::Named(id) => &view.config.venues.get(&id.value)?.fields,
        VenueRef::Described(place) => place.as_ref(),
    };
    let (latitude, longitude) = place.coordinates.as_ref()?;
    Point::new(latitude.parse().ok()?, longitude.parse().ok()?)
}

/// Plain text with the access facts; the page's address is added as its last line (requirement 23).
fn description(words: &Words, page: &Page, event: &Event, change: Option<usize>) -> String {
    let note = change.and_then(|index| event.changes.get(index)?.note.as_deref());
    let access = page.spot(change).access;
    let mut paragraphs: Vec<String> = Vec::new();
    paragraphs.extend(status_sentence(words, event.status).map(str::to_owned));
    paragraphs.extend(note.map(str::to_owned));
    if !page.card.summary.is_empty() {
        paragraphs.push(page.card.summary.clone());
    }
    let cost = event.cost.as_deref().map(|cost| cost_words(words, cost));
    paragraphs.extend(cost.map(|cost| words.say("calendars.cost", &[("cost", (&cost).into())])));
    paragraphs.extend(booking(words, event));
    if !access.is_empty() {
        let facts = access.join(words.text("dates.comma"));
        paragraphs.push(words.say("calendars.access", &[("facts", (&facts).into())]));
    }
    paragraphs.extend(event.online.as_ref().map(|url| words.say("calendars.join_at", &[("address", url.into())])));
    paragraphs.extend(page.document.provenance.as_ref().map(|provenance| {
        let place = provenance.url.as_ref().or(provenance.website.as_ref());
        let partner = ("partner", (&provenance.name).into());
        match place {
            Some(url) => words.say("calendars.from_at", &[partner, ("address", url.into())]),
            None => words.say("calendars.from", &[partner]),
        }
    }));
    paragraphs.join("\n\n")
}

fn status_sentence(words: &Words, status: EventStatus) -> Option<&str> {
    match status {
        EventStatus::Postponed => Some(words.text("calendars.is_postponed")),
        EventStatus::MovedOnline => Some(words.text("notice.moved_online")),
        EventStatus::Full => Some(words.text("notice.full")),
        EventStatus::Scheduled | EventStatus::Cancelled => None,
    }
}

fn booking(words: &Words, event: &Event) -> Option<String> {
    match event.booking.as_ref()? {
        Booking::DropIn => Some(words.text("calendars.drop_in").to_owned()),
        Booking::Needed { url, email, phone, .. } => {
            let ways: Vec<&str> = [phone, email, url].into_iter().flatten().map(String::as_str).collect();
            let ways = ways.join(words.text("dates.comma"));
            (!ways.is_empty()).then(|| words.say("calendars.book", &[("ways", (&ways).into())]))
        }
    }
}
