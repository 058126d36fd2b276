//! One page with every date of the week of the build and of the next one.
//!
//! Its words name the days, so that they stay true when the week is over.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::date::say;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::dated::Dated;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{dated, section_link, trail};
use crate::site::{AgendaEntry, Site};
use crate::theme::Theme;
use crate::view::{LinkView, WeekPageView, WeekView};

/// The weeks on the page.
const WEEKS: i64 = 2;

struct Week<'s> {
    monday: Date,
    entries: Vec<&'s AgendaEntry>,
    later: Option<LinkView>,
}

struct Weeks<'s> {
    frame: Frame<'s>,
    site: &'s Site,
    weeks: Vec<Week<'s>>,
}

/// The page, where there are events.
pub fn plan(site: &Site) -> Vec<Artefact> {
    if site.agenda.months.is_empty() {
        return Vec::new();
    }
    vec![frame::artefact(site, &dated::week_url(site), Owner::named("the events of this week"), (), prepare)]
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let weeks: Vec<Week<'s>> = (0..WEEKS)
        .map(|number| {
            let monday = dated::monday(site).saturating_add(number.weeks());
            let entries = site.agenda.between(monday, sunday(monday));
            let later = if entries.is_empty() { dated::later(site, sunday(monday)) } else { None };
            Week { monday, entries, later }
        })
        .collect();
    let first = dated::monday(site);
    let words = &*site.config.words;
    let both = say::weekday_range(words, first, sunday(first.saturating_add((WEEKS - 1).weeks())));
    let of_weeks = [("week", (&both).into())];
    let title = words.say("titles.events_from", &of_weeks);
    let summary = words.say("summaries.events_from", &of_weeks);
    let mut frame = Frame::new(site, "week", title, summary, dated::week_url(site));
    frame.breadcrumbs = trail(site, vec![section_link(site, Kind::Event)]);
    let dates: Vec<Fingerprint> =
        weeks.iter().map(|week| dated::fingerprint(site, week.entries.iter().copied())).collect();
    let later: Vec<&Option<LinkView>> = weeks.iter().map(|week| &week.later).collect();
    let parts = Parts::default()
        .with("the dates in it", Fingerprint::of(&(first, dates, later)))
        .with("its place among other pages", frame::fingerprint(&frame));
    frame::prepared(site, "week.html", parts, Weeks { frame, site, weeks }, make)
}

fn make(page: &Weeks<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let words = &*page.site.config.words;
    let dates: Vec<Vec<Dated<'_>>> =
        page.weeks.iter().map(|week| dated::views(page.site, week.entries.iter().copied())).collect();
    let weeks = page
        .weeks
        .iter()
        .zip(&dates)
        .map(|(week, dates)| WeekView {
            title: say::weekday_range(words, week.monday, sunday(week.monday)),
            days: dated::days(words, dates, week.monday),
            later: week.later.clone(),
        })
        .collect();
    frame::render(theme, "week.html", &page.frame.view(Vec::new()), "week", &WeekPageView { weeks })
}

fn sunday(monday: Date) -> Date {
    monday.saturating_add(6.days())
}
