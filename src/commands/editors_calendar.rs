//! `fingerpost editors-calendar`: what the team must not miss, for its own calendar.
//!
//! Reviews that are due, consents that end, pages that go live or leave, and campaign days, each as a whole day.
//! **Invariant:** the file never lies in the built site: it names stories whose consent ends, and pages that nobody may
//! see yet.

#![allow(clippy::disallowed_methods, reason = "writes the file that was asked for")]

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::artefact::addresses::OURS;
use crate::calendar::history::{EPOCH, State, Told};
use crate::calendar::recurrence::{Series, Times};
use crate::calendar::write::{self, CancelledEvents, Details as Entry, Feed, FeedEvent, Status, Zones};
use crate::cli::{EditorsCalendarArguments, Outcome, Surroundings};
use crate::commands::site;
use crate::config::Config;
use crate::date::When;
use crate::hash::lasting_name;
use crate::model::document::{Document, Documents};
use crate::model::kinds::Details;
use crate::path::absolute;
use crate::pipeline::{self, Cache};

/// For how long what has been stays in, in days: somebody may have missed it.
const PAST_DAYS: i64 = 92;

pub fn run(arguments: &EditorsCalendarArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::root(&arguments.site)?;
    let output = arguments.output.clone().unwrap_or_else(|| root.join("editors.ics"));
    check_place(&output)?;
    let project = site::project(&root, &arguments.site, surroundings)?;
    let finished = pipeline::run(&project, &mut Cache::default().recall(&root), &mut |_| {})?;
    let mut words = String::new();
    if let Some(planned) = &finished.planned {
        let (config, today) = (&planned.site.config, planned.site.today);
        let dates = dates(&finished.documents, config, today);
        let count = dates.len();
        let bytes = write::write(&feed(config, dates), &Zones::default());
        // What calendars read is never half a file.
        let new = output.with_extension("ics.new");
        std::fs::write(&new, bytes)
            .and_then(|()| std::fs::rename(&new, &output))
            .with_context(|| format!("cannot write {}", output.display()))?;
        words = format!(
            "{} holds {count} dates. Keep it where only the team can read it: it names pages that are not public.\n",
            output.display()
        );
    }
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}

/// No folder above the file may be content, or a built site.
fn check_place(output: &Path) -> anyhow::Result<()> {
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().with_context(|| format!("there is no folder {}", folder.display()))?;
    let is_source = |folder: &Path| folder.ends_with("content") || folder.ends_with("themes");
    let is_published = |folder: &&Path| folder.join(OURS).exists() || is_source(folder);
    if let Some(site) = folder.ancestors().find(is_published) {
        bail!(
            "{} would be public in {}: choose another place with --output, such as editors.ics beside content/",
            output.display(),
            site.display()
        );
    }
    Ok(())
}

/// Something that happens on a day.
struct Entered<'d> {
    what: &'static str,
    first: Date,
    last: Date,
    document: &'d Document,
}

fn dates<'d>(documents: &'d Documents, config: &Config, today: Date) -> Vec<Entered<'d>> {
    let since = today.saturating_sub(PAST_DAYS.days());
    let mut found: Vec<Entered<'d>> = documents
        .values()
        .filter(|document| !document.is_draft() && document.provenance.is_none())
        .flat_map(|document| of(document, config, today))
        .filter(|entered| entered.last >= since)
        .collect();
    found.sort_by(|a, b| (a.first, &a.document.path, a.what).cmp(&(b.first, &b.document.path, b.what)));
    found
}

fn of<'d>(document: &'d Document, config: &Config, today: Date) -> Vec<Entered<'d>> {
    let meta = &document.meta;
    let day = |when: When| when.in_zone(&config.timezone).zoned.date();
    let mut days: Vec<(&'static str, Date, Date)> = Vec::new();
    let mut add = |what, date: Option<Date>| days.extend(date.map(|date| (what, date, date)));
    add("Review", document.review_day(config));
    add("Goes live", meta.date.map(day).filter(|date| *date > today));
    add("Leaves the site", meta.expires.map(day));
    match &document.details {
        Details::Story(story) => {
            let consent = story.consent.as_ref().filter(|consent| !consent.is_withdrawn);
            add("Consent ends", consent.and_then(|consent| consent.expires).map(day));
        }
        Details::Campaign(campaign) => {
            if let Some(from) = campaign.from {
                days.push(("Campaign", day(from), campaign.to.map_or(day(from), day)));
            }
        }
        _ => {}
    }
    days.into_iter().map(|(what, first, last)| Entered { what, first, last, document }).collect()
}

fn feed(config: &Config, dates: Vec<Entered<'_>>) -> Feed {
    let home = absolute(&config.origin, &config.base_path);
    Feed {
        name: format!("{}: for editors", config.name),
        description: "Reviews, consents that end, pages that come and go, campaign days.".to_owned(),
        url: home.clone(),
        source_url: home,
        timezone: config.timezone.clone(),
        colour: None,
        language: config.language.clone(),
        words: Arc::clone(&config.words),
        cancelled: CancelledEvents::Mark,
        last_modified: None,
        events: dates.iter().map(|entered| event(config, entered)).collect(),
    }
}

fn event(config: &Config, entered: &Entered<'_>) -> FeedEvent {
    let Entered { what, first, last, document } = entered;
    let host = config.origin.split_once("://").map_or("", |(_, host)| host);
    // Other days or another title make another entry, so an entry never changes.
    let identity = format!("{what} {} {first} {last} {}", document.path, document.meta.title);
    let name = lasting_name(identity.as_bytes(), 20);
    let owner = document.meta.owner.as_ref().map(|owner| format!("Who keeps it right: {owner}"));
    let file = format!("The file: {}", document.path);
    FeedEvent {
        uid: format!("{name}@{host}"),
        series: Series::once(Times::Days { first: *first, last: *last }),
        created: None,
        told: Told { sequence: 0, modified: EPOCH, state: State::default() },
        details: Entry {
            summary: format!("{what}: {}", document.meta.title),
            description: owner.into_iter().chain([file]).collect::<Vec<_>>().join("\n\n"),
            place: None,
            url: absolute(&config.origin, &format!("{}{}", config.base_path, document.url.trim_start_matches('/'))),
            categories: vec![(*what).to_owned()],
            status: Status::Confirmed,
            organiser: None,
            colour: None,
            image: None,
            conference: None,
        },
        changed: Vec::new(),
    }
}
