//! Writes sites full of repeating events, with their calendars as we make them and the dates that we find.
//!
//!     cargo run --release --example recurring -- DIR             every kind in each zone, and 20 random sites
//!     cargo run --release --example recurring -- DIR 200 7       200 random ones, from the seed 7
//!
//! 1. Sites are in zones on either side of the equator, and in one without clock changes.
//! 2. `DIR/<site>/calendar.ics` is the feed as the program publishes it.
//! 3. `DIR/<site>/expected.json` has every date from 2025 to 2029 as pages show it: `[{uid, start, end, summary,
//!    status, words, place, tags}]`, moments in UTC, whole days as dates.
//!
//! `tests/calendars/compare.py` reads the feed with programs of other people and compares.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "writes its sites and prints"
)]

mod kinds;
mod random;

use std::fs;
use std::path::{Path, PathBuf};

use fingerpost::assemble::Drafts;
use fingerpost::calendar::recurrence::{Times, occurrences};
use fingerpost::load::Look;
use fingerpost::pipeline::{self, Cache, Project};
use fingerpost::publish;
use fingerpost::site::Page;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};

/// The years of which every date is compared.
const YEARS: (i16, i16) = (2025, 2029);

/// Somewhere north of the equator, somewhere south of it, half an hour beside the hour, and without clock changes.
const ZONES: [&str; 5] =
    ["Europe/London", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kolkata"];

/// An event as its file has it.
struct Written {
    title: String,
    summary: String,
    /// The name and the address of its place.
    place: [String; 2],
    tags: Vec<String>,
    /// Its times.
    front_matter: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u64| arguments.get(at).map_or(usual, |text| text.parse().expect("a number"));
    let folder = PathBuf::from(arguments.first().expect("a folder to write to"));
    let (count, seed) = (number(1, 20), number(2, 1));
    for zone in ZONES {
        let name = zone.replace('/', "-");
        site(&folder.join(format!("every-kind-{name}")), zone, &kinds::all());
        site(&folder.join(format!("at-night-{name}")), zone, &kinds::at_night());
    }
    for at in 0..count {
        let zone = ZONES[usize::try_from(at).unwrap() % ZONES.len()];
        let events = random::events(seed.wrapping_mul(1000).wrapping_add(at), zone);
        site(&folder.join(format!("random-{seed}-{at:03}")), zone, &events);
    }
}

/// Writes, builds and measures one site.
fn site(folder: &Path, zone: &str, events: &[Written]) {
    let _ = fs::remove_dir_all(folder);
    let content = folder.join("content");
    fs::create_dir_all(content.join("events")).unwrap();
    let closures = "closures: {holidays: [2025-12-25, 2026-01-01, 2026-04-06, 2026-05-04, 2027-03-26]}\n";
    let settings = format!("name: Many Dates\nurl: https://dates.example.org\ntimezone: {zone}\n{closures}");
    fs::write(content.join("site.yaml"), settings).unwrap();
    for (at, event) in events.iter().enumerate() {
        // JSON is YAML.
        let text = format!(
            "---\ntitle: {}\nsummary: {}\ndate: 2025-01-01\ntags: {}\nvenue: {{name: {}, address: {}}}\n{}---\n",
            json!(event.title),
            json!(event.summary),
            json!(event.tags),
            json!(event.place[0]),
            json!(event.place[1]),
            event.front_matter
        );
        fs::write(content.join(format!("events/event-{at:03}.md")), text).unwrap();
    }
    let now: Timestamp = "2025-01-02T12:00:00Z".parse().unwrap();
    let project = Project { root: folder, now, drafts: Drafts::LeftOut, look: Look::Everywhere };
    let mut finished = pipeline::run(&project, &mut Cache::default(), &mut |_| {}).unwrap();
    for problem in finished.report.iter() {
        assert!(problem.severity > fingerpost::diagnostic::Severity::Error, "{}: {problem:#?}", folder.display());
    }
    let planned = finished.planned.as_ref().unwrap();
    publish::publish(planned, &folder.join("public"), None, &publish::Deaf, &mut finished.report).unwrap();
    fs::copy(folder.join("public/events/calendar.ics"), folder.join("calendar.ics")).unwrap();
    let day = |year| Date::new(year, 1, 1).unwrap().to_zoned(TimeZone::UTC).unwrap();
    let (from, to) = (day(YEARS.0), day(YEARS.1));
    let mut expected: Vec<Value> = Vec::new();
    for page in planned.site.pages.iter() {
        let Some(event) = &page.event else { continue };
        for occurrence in occurrences(&event.series, &from, &to, usize::MAX) {
            let (name, host) = event.uid.split_once('@').unwrap();
            let added = occurrence.planned.first_day().strftime("%Y%m%d");
            let uid = if occurrence.is_extra { format!("{name}-{added}@{host}") } else { event.uid.clone() };
            let title = &page.document.meta.title;
            let (start, end) = match &occurrence.times {
                Times::Timed { start, end } => (start.timestamp().to_string(), end.timestamp().to_string()),
                Times::Days { first, last } => (first.to_string(), last.tomorrow().unwrap().to_string()),
            };
            let source = &events[number(page)];
            let mut date = json!({"uid": uid, "start": start, "summary": title, "words": source.summary});
            if occurrence.change.is_none() {
                date["place"] = json!(source.place.join(", "));
                date["tags"] = json!(source.tags);
            }
            // RFC 5545 §3.8.5.3 repeats the exact length, and some programs the hands of the clock: they part
            // where a date lies across a clock change.
            if !is_across_a_change(&occurrence.times) && !is_across_a_change(&event.series.times) {
                date["end"] = json!(end);
            }
            if is_at_a_change(&occurrence.planned) || is_at_a_change(&occurrence.times) {
                date["is_at_clock_change"] = json!(true);
            }
            if occurrence.is_cancelled {
                date["status"] = json!("CANCELLED");
                date["summary"] = json!(format!("Cancelled: {title}"));
            }
            expected.push(date);
        }
    }
    fs::write(folder.join("expected.json"), serde_json::to_string_pretty(&expected).unwrap()).unwrap();
    println!("{}: {} events, {} dates", folder.display(), events.len(), expected.len());
}

/// The number in the name of an event's file.
fn number(page: &Page) -> usize {
    let name = page.document.path.file_name();
    name.trim_start_matches("event-").trim_end_matches(".md").parse().unwrap()
}

fn is_across_a_change(times: &Times) -> bool {
    matches!(times, Times::Timed { start, end } if start.offset() != end.offset())
}

/// Whether the start or the end lies within an hour and a half of a change of the clocks, so that a local time near it
/// is missing or comes twice.
fn is_at_a_change(times: &Times) -> bool {
    let Times::Timed { start, end } = times else { return false };
    [start, end].into_iter().any(|moment| {
        let beside = |minutes| moment.checked_add(Span::new().minutes(minutes)).unwrap().offset();
        beside(-90) != beside(90)
    })
}
