//! The calendars: one with every event, one for each group of events, and `event.ics` beside the page of each.
//!
//! 1. `assemble` says which calendars there are and which events belong to each.
//! 2. A calendar that moved is written at its older address as well: a program that subscribed to it follows no
//!    page that says where it went. Both files are the same, and name the newer address as their own.
//! 3. What has been over for long stays out (`is_kept`).
//! 4. Each event becomes what `calendar::write` writes (`event`).
//!
//! An event is written anew into each calendar that holds it, some eight of them: the lines of all events at once
//! would cost memory that grows with the site, and no artefact knows what another one made.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::calendar::history::History;
use crate::calendar::write::{self, CancelledEvents, Feed, FeedEvent, Zones};
use crate::date::When;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Details;
use crate::model::kinds::event::{Event, Status};
use crate::path::OutputPath;
use crate::site::{Asked, Calendar, CalendarFile, CalendarGroup, EventDates, Page, Site};
use crate::theme::Theme;

mod event;

/// How long a cancelled event stays after its last date, in days (requirement 22): so long may somebody's program
/// take to hear of it.
const CANCELLED_DAYS: i64 = 60;

struct CalendarView<'s> {
    site: &'s crate::view::SiteView,
    timezone: &'s jiff::tz::TimeZone,
    language: &'s str,
    cancelled: CancelledEvents,
    head: Head,
    events: Vec<&'s Page>,
    /// Which dates of them are in it.
    asked: Asked,
    config: &'s crate::config::Config,
    zones: &'s Zones,
    history: &'s History,
    /// The beginning of today.
    today: Timestamp,
}

/// What a calendar says of itself.
#[derive(Default, Hash)]
struct Head {
    title: String,
    description: String,
    /// The page about it, whole.
    url: String,
    /// The address of the file, whole.
    source_url: String,
}

/// The calendars, where anybody writes about events.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let files = site.lists.calendar_files.iter().map(|(url, file)| artefact(site, url, *file, owner(site, *file)));
    let moved = site.redirects.iter().filter_map(|redirect| {
        let owner = Owner::at("the calendar that moved, named in", &redirect.place);
        Some(artefact(site, &redirect.from, site.calendar_moved(redirect)?, owner))
    });
    files.chain(moved).collect()
}

fn artefact(site: &Site, url: &str, file: CalendarFile, owner: Owner) -> Artefact {
    let path = OutputPath::of_address(url.strip_prefix(site.config.base_path.as_str()).unwrap_or(url));
    let artefact = Artefact::new(path, owner, Stage::Data, file, prepare);
    match file {
        CalendarFile::Calendar(_) => artefact.subscribed(),
        CalendarFile::Event(_) => artefact,
    }
}

fn owner(site: &Site, file: CalendarFile) -> Owner {
    match file {
        CalendarFile::Calendar(at) => match site.lists.calendars.get(at) {
            Some(calendar) if calendar.group != CalendarGroup::All => {
                Owner::named(format!("the calendar of “{}”", calendar.title))
            }
            _ => Owner::named("the calendar of all events"),
        },
        CalendarFile::Event(id) => Owner::file("the calendar file of", &site.pages[id].document.path),
    }
}

fn prepare<'s>(site: &'s Site, file: &CalendarFile) -> Prepared<'s> {
    match *file {
        CalendarFile::Calendar(at) => {
            let calendar = &site.lists.calendars[at];
            let events = calendar.events.iter().map(|&id| site.pages[id].as_ref());
            prepared(
                site,
                head(site, calendar),
                calendar.asked.clone(),
                events.filter(|page| is_kept(site, page)).collect(),
            )
        }
        CalendarFile::Event(id) => {
            let page = site.pages[id].as_ref();
            let head = Head {
                title: page.card.title.clone(),
                description: page.card.summary.clone(),
                url: site.absolute(&page.url),
                source_url: site.absolute(&format!("{}event.ics", page.url)),
            };
            prepared(site, head, Asked::default(), vec![page])
        }
    }
}

fn head(site: &Site, calendar: &Calendar) -> Head {
    let words = &site.config.words;
    let about = |name: &str| words.say(name, &[("title", (&calendar.title).into())]);
    let of_site = || words.say("calendars.about_all", &[("site", (&site.config.name).into())]);
    let description = match calendar.group {
        CalendarGroup::All => site.config.tagline.clone().unwrap_or_else(of_site),
        CalendarGroup::Area => about("calendars.about_area"),
        CalendarGroup::Venue => about("calendars.about_place"),
        CalendarGroup::Organiser => about("calendars.about_organiser"),
        CalendarGroup::Category => about("calendars.about_kind"),
        CalendarGroup::Tag => about("calendars.about_tag"),
        CalendarGroup::Campaign => about("calendars.about_campaign"),
        CalendarGroup::Combination => calendar.title.clone(),
    };
    let page = if calendar.has_page { &calendar.folder } else { &calendar.subscribe_url };
    Head {
        title: site.calendar_title(calendar),
        description,
        url: site.absolute(page),
        source_url: site.absolute(&calendar.url()),
    }
}

/// Whether an event stands in the calendars of groups today: until it has been over for as long as the site
/// says, or for 60 days where it was cancelled (requirements 22 and 27).
fn is_kept(site: &Site, page: &Page) -> bool {
    let (Details::Event(event), Some(dates)) = (&page.document.details, &page.event) else { return false };
    if !dates.is_over {
        return true;
    }
    let since = match was_cancelled(event, dates) {
        true => site.today.saturating_sub(CANCELLED_DAYS.days()),
        false => site.today.saturating_sub(site.config.feeds.past),
    };
    dates.shown.times.last_day() >= since
}

/// Whether none of it took place.
fn was_cancelled(event: &Event, dates: &EventDates) -> bool {
    event.status == Status::Cancelled || (dates.series.rule.is_none() && dates.shown.is_cancelled)
}

fn prepared<'s>(site: &'s Site, head: Head, asked: Asked, events: Vec<&'s Page>) -> Prepared<'s> {
    let fingerprints: Vec<Fingerprint> = events.iter().map(|page| page.fingerprint).collect();
    let told: Vec<_> = events.iter().filter_map(|page| site.history.of(&page.event.as_ref()?.uid)).collect();
    let parts = Parts::default()
        .with("the events in it", Fingerprint::of(&(fingerprints, &asked)))
        .with("what calendars were told of them", Fingerprint::of(&(told, site.today)))
        .with("its name and address", Fingerprint::of(&head))
        .with("the settings of the site", site.fingerprint);
    Prepared::new(parts, Vec::new(), view(site, head, asked, events), make)
}

fn view<'s>(site: &'s Site, head: Head, asked: Asked, events: Vec<&'s Page>) -> CalendarView<'s> {
    CalendarView {
        site: &site.view,
        timezone: &site.config.timezone,
        language: &site.config.language,
        cancelled: if site.config.feeds.shows_cancelled { CancelledEvents::Show } else { CancelledEvents::Mark },
        head,
        events,
        asked,
        config: &site.config,
        zones: &site.lists.zones,
        history: &site.history,
        today: When::Day(site.today).in_zone(&site.config.timezone).zoned.timestamp(),
    }
}

/// What calendars have been told of every event once this site is published.
pub fn history(site: &Site) -> History {
    let mut history = (*site.history).clone();
    let events = site.pages.iter().map(Arc::as_ref).filter(|page| page.event.is_some());
    let view = view(site, Head::default(), Asked::default(), events.collect());
    for event in view.events.iter().filter_map(|page| event::feed_event(&view, page)) {
        history.note(event.uid, event.told);
    }
    history
}

fn make(view: &CalendarView<'_>, _: &Theme) -> Result<Vec<u8>, Diagnostic> {
    Ok(write::write(&feed(view), view.zones))
}

fn feed(view: &CalendarView<'_>) -> Feed {
    let events: Vec<FeedEvent> = view.events.iter().filter_map(|page| event::feed_event(view, page)).collect();
    Feed {
        name: view.head.title.clone(),
        description: view.head.description.clone(),
        url: view.head.url.clone(),
        source_url: view.head.source_url.clone(),
        timezone: view.timezone.clone(),
        colour: view.config.colour.clone(),
        language: view.language.to_owned(),
        cancelled: view.cancelled,
        words: Arc::clone(&view.config.words),
        last_modified: events.iter().map(|event| event.told.modified).max(),
        events,
    }
}
