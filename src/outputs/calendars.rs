//! `events/calendar.ics` with every event, and `event.ics` beside the page of each.

use jiff::Timestamp;
use jiff::ToSpan;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::calendar::write::{
    self, CancelledEvents, Conference, Details, Feed, FeedEvent, Image, Organiser, Place, Point, Status, Zones,
};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::event::{Booking, Event, Status as EventStatus};
use crate::model::kinds::{Details as Kinds, Kind};
use crate::outputs::section_link;
use crate::path::OutputPath;
use crate::site::{EventDates, Page, PageId, Site};
use crate::theme::Theme;

/// How long past events and cancelled ones stay in the feed, in days.
const PAST_DAYS: i64 = 365;

struct CalendarView<'s> {
    site: &'s crate::view::SiteView,
    timezone: &'s jiff::tz::TimeZone,
    language: &'s str,
    title: String,
    description: String,
    url: String,
    source_url: String,
    events: Vec<&'s Page>,
    config: &'s crate::config::Config,
    zones: &'s Zones,
}

/// The calendars, where there are events.
pub fn plan(site: &Site) -> Vec<Artefact> {
    if site.view.sections.events.is_none() {
        return Vec::new();
    }
    let path = OutputPath::from(ALL);
    let all = Artefact::new(path, Owner::named("the calendar of all events"), Stage::Data, (), prepare_all);
    let single = |&id: &PageId| {
        let page = &site.pages[id];
        let owner = Owner::file("the calendar file of", &page.document.path);
        Artefact::new(OutputPath::new(path_of(site, page)), owner, Stage::Data, id, prepare_one)
    };
    std::iter::once(all).chain(site.section(Kind::Event).iter().map(single)).collect()
}

const ALL: &str = "events/calendar.ics";

fn path_of(site: &Site, page: &Page) -> String {
    format!("{}event.ics", page.url.trim_start_matches(site.config.base_path.as_str()))
}

fn prepare_all<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let kept = site.now_in_zone().saturating_sub(PAST_DAYS.days()).date();
    let is_kept = |page: &&Page| page.event.as_ref().is_some_and(|event| event.shown.times.last_day() >= kept);
    let ids = site.section(Kind::Event);
    let events: Vec<&Page> = ids.iter().map(|&id| site.pages[id].as_ref()).filter(is_kept).collect();
    let url = section_link(site, Kind::Event).url;
    let description = site.config.tagline.clone().unwrap_or_else(|| format!("Events of {}", site.config.name));
    prepared(site, format!("{}: events", site.config.name), description, &url, ALL, events)
}

fn prepare_one<'s>(site: &'s Site, id: &PageId) -> Prepared<'s> {
    let page = site.pages[*id].as_ref();
    let card = &page.card;
    prepared(site, card.title.clone(), card.summary.clone(), &page.url, &path_of(site, page), vec![page])
}

fn prepared<'s>(
    site: &'s Site,
    title: String,
    description: String,
    url: &str,
    path: &str,
    events: Vec<&'s Page>,
) -> Prepared<'s> {
    let fingerprints: Vec<Fingerprint> = events.iter().map(|page| page.fingerprint).collect();
    let parts = Parts::default()
        .with("the events in it", Fingerprint::of(&fingerprints))
        .with("the settings of the site", site.fingerprint);
    let view = CalendarView {
        site: &site.view,
        timezone: &site.config.timezone,
        language: &site.config.language,
        title,
        description,
        url: site.absolute(url),
        source_url: format!("{}{}{path}", site.config.origin, site.config.base_path),
        events,
        config: &site.config,
        zones: &site.lists.zones,
    };
    Prepared::new(parts, Vec::new(), view, make)
}

fn make(view: &CalendarView<'_>, _: &Theme) -> Result<Vec<u8>, Diagnostic> {
    Ok(write::write(&feed(view), view.zones))
}

fn feed(view: &CalendarView<'_>) -> Feed {
    let events: Vec<FeedEvent> = view.events.iter().filter_map(|page| feed_event(view, page)).collect();
    Feed {
        name: view.title.clone(),
        description: view.description.clone(),
        url: view.url.clone(),
        source_url: view.source_url.clone(),
        timezone: view.timezone.clone(),
        colour: view.site.colour.clone(),
        language: view.language.to_owned(),
        cancelled: CancelledEvents::Mark,
        last_modified: events.iter().map(|event| event.last_modified).max(),
        events,
    }
}

fn feed_event(view: &CalendarView<'_>, page: &Page) -> Option<FeedEvent> {
    let (Kinds::Event(event), Some(dates)) = (&page.document.details, &page.event) else { return None };
    let meta = &page.document.meta;
    let moment = |when: crate::date::When| when.in_zone(view.timezone).zoned.timestamp();
    // Requirements 14 and 15: all moments come from the content. An event that was never dated is stamped
    // with its own first day, which no build can change.
    let created = meta.date.map(moment);
    let start = dates.series.times.first_day();
    let first = created.unwrap_or_else(|| moment(crate::date::When::Day(start)));
    let changed = meta.updated.map(moment).map_or(first, |updated| updated.max(first));
    Some(FeedEvent {
        uid: dates.uid.clone(),
        series: dates.series.clone(),
        stamp: changed,
        created,
        last_modified: changed,
        sequence: sequence(first, changed),
        details: details(view, page, event, None),
        changed: changed_dates(view, page, event, dates),
    })
}

/// Minutes from the first publication to the last change: it rises with `updated`, and never falls in a
/// fresh clone (requirement 15).
fn sequence(first: Timestamp, changed: Timestamp) -> u32 {
    let minutes = changed.duration_since(first).as_secs() / 60;
    u32::try_from(minutes.max(0)).unwrap_or(u32::MAX / 2)
}

fn changed_dates(view: &CalendarView<'_>, page: &Page, event: &Event, dates: &EventDates) -> Vec<(usize, Details)> {
    let differing =
        event.changes.iter().enumerate().filter(|(_, change)| change.venue.is_some() || change.note.is_some());
    differing
        .map(|(index, change)| {
            let mut changed = details(view, page, event, change.note.as_deref());
            if let Some(venue) = dates.change_venues.get(index).and_then(Option::as_ref) {
                changed.place = Some(Place { location: location(venue), point: None });
            }
            (index, changed)
        })
        .collect()
}

fn details(view: &CalendarView<'_>, page: &Page, event: &Event, note: Option<&str>) -> Details {
    let url = crate::site::absolute(&view.site.origin, &page.url);
    let is_online = event.status == EventStatus::MovedOnline;
    let place = page
        .venue
        .as_ref()
        .filter(|_| !is_online)
        .map(|venue| Place { location: location(venue), point: coordinates(view, page) });
    let online = Place { location: "Online".to_owned(), point: None };
    let place = place.or_else(|| (is_online || event.online.is_some()).then_some(online));
    let mut categories: Vec<String> = page.categories.iter().chain(&page.tags).map(|link| link.title.clone()).collect();
    categories.dedup();
    Details {
        summary: page.card.title.clone(),
        description: description(page, event, note),
        place,
        url,
        categories,
        status: match event.status {
            EventStatus::Scheduled | EventStatus::Full | EventStatus::MovedOnline => Status::Confirmed,
            EventStatus::Cancelled => Status::Cancelled,
            EventStatus::Postponed => Status::Postponed,
        },
        organiser: view.site.contact.email.as_ref().map(|email| Organiser {
            name: event.organiser.clone().unwrap_or_else(|| view.site.name.clone()),
            email: email.clone(),
        }),
        image: page
            .image
            .as_ref()
            .filter(|image| !image.url.ends_with(".svg"))
            .map(|image| Image { url: image.absolute_url.clone(), media_type: media_type(&image.url) }),
        conference: event.online.as_ref().map(|url| Conference { url: url.clone(), label: "Join online".to_owned() }),
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

/// Hall, street and postcode on one line (requirement 24).
fn location(venue: &crate::view::VenueView) -> String {
    venue.address.as_ref().map_or_else(|| venue.name.clone(), |address| format!("{}, {address}", venue.name))
}

fn coordinates(view: &CalendarView<'_>, page: &Page) -> Option<Point> {
    let venue = view.config.venues.get(page.venue_id.as_ref()?)?;
    let (latitude, longitude) = venue.fields.coordinates.as_ref()?;
    Point::new(latitude.parse().ok()?, longitude.parse().ok()?)
}

/// Plain text with the access facts; the page's address is added as its last line (requirement 23).
fn description(page: &Page, event: &Event, note: Option<&str>) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    paragraphs.extend(status_sentence(event.status).map(str::to_owned));
    paragraphs.extend(note.map(str::to_owned));
    if !page.card.summary.is_empty() {
        paragraphs.push(page.card.summary.clone());
    }
    paragraphs.extend(event.cost.as_deref().map(|cost| format!("Cost: {}", crate::view::words::cost_words(cost))));
    paragraphs.extend(booking(event));
    if !page.access.is_empty() {
        paragraphs.push(format!("Access: {}", page.access.join(", ")));
    }
    paragraphs.extend(event.online.as_ref().map(|online| format!("Join online: {online}")));
    paragraphs.join("\n\n")
}

fn status_sentence(status: EventStatus) -> Option<&'static str> {
    match status {
        EventStatus::Postponed => Some("This event is postponed."),
        EventStatus::MovedOnline => Some("This event now takes place online."),
        EventStatus::Full => Some("This event is fully booked."),
        EventStatus::Scheduled | EventStatus::Cancelled => None,
    }
}

fn booking(event: &Event) -> Option<String> {
    match event.booking.as_ref()? {
        Booking::DropIn => Some("No need to book: just turn up.".to_owned()),
        Booking::Needed { url, email, phone, .. } => {
            let ways: Vec<&str> = [phone, email, url].into_iter().flatten().map(String::as_str).collect();
            (!ways.is_empty()).then(|| format!("Book: {}", ways.join(", ")))
        }
    }
}
