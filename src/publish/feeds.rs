//! Feeds that people may have subscribed to: none of them goes away unnoticed.
//!
//! 1. The manifest lists the addresses of all feeds that were ever published here and not given up since.
//! 2. One that the site no longer has is reported in every build, until the settings say where it went (`was`,
//!    `aliases`, `redirects`) or that it is given up (`retired_feeds`).
//! 3. Its file goes at once, as every file does that the site no longer has: it may hold words that nobody may see any
//!    more.
//! 4. A calendar that is longer than programs read is reported, too.

use std::collections::BTreeSet;

use crate::artefact::{Artefact, Plan, Planned};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report};

use super::manifest::Manifest;

/// In bytes: about what Google Calendar reads (requirement 27).
const CALENDAR_LIMIT: u64 = 1_000_000;

/// The feeds of a plan, by their paths.
pub fn planned(plan: &Plan) -> BTreeSet<&str> {
    plan.artefacts.values().filter(|artefact| artefact.is_subscribed).map(|artefact| artefact.path.as_str()).collect()
}

/// Feeds that the manifest lists, that the site has no longer, and that it does not give up.
pub fn gone<'a>(planned: &Planned, manifest: &'a Manifest<'a>) -> Vec<&'a str> {
    let retired = &planned.site.config.retired_feeds;
    let is_there = |path: &str| planned.plan.artefacts.contains_key(path);
    let is_retired = |path: &str| retired.iter().any(|retired| retired.value.as_str() == path);
    manifest.subscribed.iter().copied().filter(|path| !is_there(path) && !is_retired(path)).collect()
}

/// Reports: `publish/feed-gone`, with the severity that the settings give it.
pub fn report_gone(gone: &[&str], planned: &Planned, report: &mut Report) {
    for path in gone {
        let message = format!("/{path} is gone; people who subscribed to it hear nothing any more");
        let help = format!("{}, or give it up with `retired_feeds: [/{path}]` in site.yaml", way_out(path));
        report.push(Diagnostic::nowhere(&codes::publish::FEED_GONE, message).help(help));
    }
    for (code, severity) in planned.site.config.severity.iter().filter(|(code, _)| code == codes::publish::FEED_GONE.id)
    {
        report.set_severity(code, *severity);
    }
}

/// What to write so that the old address serves what took its place.
fn way_out(path: &str) -> String {
    let mut parts = path.split('/');
    let (folder, id) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match folder {
        "areas" | "categories" => format!("if it has another id now, write `was: [{id}]` beside it in `{folder}`"),
        "calendars" => format!("if it has another id now, write `was: [{id}]` beside it in `calendars`"),
        "venues" => format!("if the place has another id now, write `was: [{id}]` beside it in venues.yaml"),
        "campaigns" => format!("if the campaign has moved, add `aliases: [/{folder}/{id}/]` to its page"),
        "organisers" | "tags" => {
            format!("if it is written otherwise now, lead `/{path}` to its new calendar with `redirects`")
        }
        _ => "bring back what it was made of".to_owned(),
    }
}

/// Reports: `publish/calendar-too-long`.
pub fn report_long(manifest: &Manifest<'_>, report: &mut Report) {
    report.extend(long(manifest).map(|(path, length)| too_long(path, length)));
}

/// Whether any calendar is longer than programs read.
pub fn has_long(manifest: &Manifest<'_>) -> bool {
    long(manifest).next().is_some()
}

fn long<'m>(manifest: &'m Manifest<'_>) -> impl Iterator<Item = (&'m str, u64)> {
    let length = |path: &&'m str| Some((*path, manifest.get(path)?.record.as_ref()?.file.length));
    let calendars = manifest.subscribed.iter().map(|path| &**path).filter(|path| is_calendar(path));
    calendars.filter_map(move |path| length(&path)).filter(|(_, length)| *length > CALENDAR_LIMIT)
}

/// What is wrong with a feed of so many bytes, which is not kept.
///
/// Reports: `publish/calendar-too-long`.
pub fn fault(artefact: &Artefact, length: u64) -> Option<Diagnostic> {
    let path = artefact.path.as_str();
    let is_long = artefact.is_subscribed && is_calendar(path) && length > CALENDAR_LIMIT;
    is_long.then(|| too_long(path, length))
}

fn too_long(path: &str, length: u64) -> Diagnostic {
    let megabytes = format!("{}.{}", length / 1_000_000, length % 1_000_000 / 100_000);
    let message = format!("the calendar /{path} is {megabytes} MB long, and some programs read no more than 1 MB");
    Diagnostic::nowhere(&codes::publish::CALENDAR_TOO_LONG, message)
        .help("keep events that are over for a shorter time, such as `feeds: {past: 3 months}` in site.yaml")
}

/// Whether a feed is a calendar.
fn is_calendar(path: &str) -> bool {
    path.ends_with(".ics")
}
