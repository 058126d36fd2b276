//! The pages that say how to get the site's events into a calendar, and its news into a reader.
//!
//! 1. `/subscribe/` holds the calendar of all events, the list of all others, and the addresses for news.
//! 2. Each other calendar has a page of its own below it, so that somebody with a phone finds five large buttons
//!    and not five for each of forty calendars. These pages are not indexed: they say the same forty times.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{trail, ways};
use crate::site::{Calendar, CalendarGroup, Site};
use crate::theme::Theme;
use crate::view::{CalendarGroupView, CalendarRowView, LinkView, SubscribeView};
use crate::words::Words;

struct Subscribe<'s> {
    frame: Frame<'s>,
    subscribe: SubscribeView,
}

/// A page; the key of its artefact.
#[derive(Clone, Copy)]
enum About {
    /// All events and all calendars.
    Everything,
    /// An index into `Lists::calendars`.
    One(usize),
}

/// The pages, where there is anything to subscribe to.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let everything = site.view.sections.subscribe.as_ref();
    let everything = everything
        .map(|url| frame::artefact(site, url, Owner::named("the subscribe page"), About::Everything, prepare));
    let calendars = site.lists.calendars.iter().enumerate();
    let others = calendars.filter(|(_, calendar)| calendar.group != CalendarGroup::All).map(|(at, calendar)| {
        let owner = Owner::named(format!("the page about the calendar of “{}”", calendar.title));
        frame::artefact(site, &calendar.subscribe_url, owner, About::One(at), prepare)
    });
    everything.into_iter().chain(others).collect()
}

fn prepare<'s>(site: &'s Site, about: &About) -> Prepared<'s> {
    let said = &*site.config.words;
    let url = site.view.sections.subscribe.clone().unwrap_or_default();
    let (frame, calendar, groups) = match *about {
        About::Everything => {
            let has_calendars = !site.lists.calendars.is_empty();
            let (title, summary) = match has_calendars {
                true => ("titles.subscribe", "summaries.subscribe"),
                false => ("titles.follow", "summaries.follow"),
            };
            let mut frame = Frame::new(site, "page", said.text(title).to_owned(), said.text(summary).to_owned(), url);
            frame.breadcrumbs = trail(site, Vec::new());
            (frame, site.lists.calendars.first(), groups(said, &site.lists.calendars))
        }
        About::One(at) => {
            let calendar = &site.lists.calendars[at];
            let of_calendar = [("title", (&calendar.title).into())];
            let title = said.say("titles.calendar", &of_calendar);
            let summary = said.say("summaries.calendar", &of_calendar);
            let mut frame = Frame::new(site, "page", title, summary, calendar.subscribe_url.clone());
            frame.breadcrumbs = trail(site, vec![LinkView { title: said.text("titles.calendars").to_owned(), url }]);
            frame.qualifier = Some(said.text(words(calendar.group).one_in_title));
            frame.is_indexed = false;
            (frame, Some(calendar), Vec::new())
        }
    };
    let subscribe = SubscribeView {
        ways: calendar
            .map(|calendar| ways::to_calendar(&site.config.origin, &calendar.url(), &site.calendar_title(calendar))),
        coming: calendar.map_or(0, |calendar| calendar.coming),
        list_url: calendar.filter(|calendar| calendar.has_page).map(|calendar| calendar.folder.clone()),
        groups,
        past: site.config.feeds.past_words.clone(),
        may_hide_cancelled: !site.config.feeds.shows_cancelled,
    };
    let parts = Parts::default()
        .with("the calendars that it lists", Fingerprint::of(&subscribe))
        .with("its place among other pages", frame::fingerprint(&frame));
    frame::prepared(site, "subscribe.html", parts, Subscribe { frame, subscribe }, make)
}

fn make(page: &Subscribe<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    frame::render(theme, "subscribe.html", &page.frame.view(Vec::new()), "subscribe", &page.subscribe)
}

/// The names of the words of a group.
struct Naming {
    id: &'static str,
    title: &'static str,
    one: &'static str,
    one_in_title: &'static str,
    is_minor: bool,
}

fn words(group: CalendarGroup) -> Naming {
    let words = |id, title, one, one_in_title| Naming { id, title, one, one_in_title, is_minor: false };
    let minor = |id, title, one, one_in_title| Naming { is_minor: true, ..words(id, title, one, one_in_title) };
    match group {
        CalendarGroup::All => words("all", "calendars.all", "calendars.calendar", "calendars.of_all"),
        CalendarGroup::Area => words("by-area", "calendars.by_area", "calendars.area", "calendars.of_area"),
        CalendarGroup::Category => words("by-kind", "calendars.by_kind", "calendars.kind", "calendars.of_kind"),
        CalendarGroup::Combination => words("chosen", "calendars.chosen", "calendars.calendar", "calendars.of_chosen"),
        CalendarGroup::Venue => words("by-place", "calendars.by_place", "calendars.place", "calendars.of_place"),
        CalendarGroup::Organiser => {
            minor("by-organiser", "calendars.by_organiser", "calendars.organiser", "calendars.of_organiser")
        }
        CalendarGroup::Campaign => {
            minor("by-campaign", "calendars.by_campaign", "calendars.campaign", "calendars.of_campaign")
        }
        CalendarGroup::Tag => minor("by-tag", "calendars.by_tag", "calendars.tag", "calendars.of_tag"),
    }
}

/// The calendars by group, but for the one of all events.
fn groups(said: &Words, calendars: &[Calendar]) -> Vec<CalendarGroupView> {
    let of_groups = calendars.chunk_by(|one, other| one.group == other.group);
    let of_groups = of_groups.filter(|calendars| calendars[0].group != CalendarGroup::All);
    of_groups
        .map(|calendars| {
            let words = words(calendars[0].group);
            let row = |calendar: &Calendar| CalendarRowView {
                title: calendar.title.clone(),
                url: calendar.subscribe_url.clone(),
                depth: calendar.depth,
                coming: calendar.coming,
            };
            CalendarGroupView {
                id: words.id.to_owned(),
                title: said.text(words.title).to_owned(),
                one: said.text(words.one).to_owned(),
                is_minor: words.is_minor,
                calendars: calendars.iter().map(row).collect(),
            }
        })
        .collect()
}
