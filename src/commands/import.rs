//! `fingerpost import`: what was fetched, in words.

use std::time::Duration;

use anyhow::bail;

use crate::calendar::read::{LARGEST_FILE, Weight};
use crate::cli::{ImportArguments, ImportCalendarArguments, ImportKind, Outcome, Surroundings};
use crate::commands::site;
use crate::config::PartnerCalendar;
use crate::import::calendar::{self, Imported, Settings, Wanted};
use crate::import::compare::Differences;
use crate::import::fetch::Limits;

/// Lines of one list; a team that reads more reads none.
const MOST_LINES: usize = 20;

pub fn run(arguments: &ImportArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    match &arguments.what {
        ImportKind::Calendar(arguments) => calendar(arguments, surroundings),
    }
}

fn calendar(arguments: &ImportCalendarArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::folder(&arguments.root)?;
    let settings = calendar::settings(&root)?;
    let now = site::clock(surroundings)?;
    let mut outcome = Outcome::default();
    let due = due(arguments, &settings);
    if due.is_empty() {
        bail!("name an address or a file; or give calendars in site.yaml a `source:`, and all of them are fetched");
    }
    for (from, name) in due {
        let wanted = Wanted {
            from,
            name,
            root: &root,
            now,
            limits: Limits { largest: LARGEST_FILE, longest: Duration::from_secs(arguments.wait.into()) },
            allows_no_events: arguments.allow_empty,
            allows_vanishing: arguments.force,
        };
        match calendar::import(&wanted, &settings)? {
            Ok(imported) => {
                outcome.stdout.push_str(&said(&imported));
                outcome.stderr.push_str(&problems(&imported));
            }
            Err(refusal) => {
                let calendar = name.map_or_else(|| "The calendar".to_owned(), |name| format!("The calendar {name}"));
                outcome.stderr.push_str(&format!("{calendar} was not imported. {refusal}.\n"));
                outcome.exit_code = 1;
            }
        }
    }
    Ok(outcome)
}

/// What is to be fetched, each with the name of its file: what was asked for, or all that site.yaml knows the source of.
fn due<'a>(arguments: &'a ImportCalendarArguments, settings: &'a Settings) -> Vec<(&'a str, Option<&'a str>)> {
    if let Some(from) = &arguments.from {
        return vec![(from, arguments.name.as_deref())];
    }
    let partners = settings.partners.iter();
    let of_partner = |partner: &'a PartnerCalendar| {
        let name = partner.file.value.trim_end_matches(".ics");
        Some((partner.source.as_deref()?, Some(name)))
    };
    partners
        .filter_map(of_partner)
        .filter(|(_, name)| arguments.name.is_none() || *name == arguments.name.as_deref())
        .collect()
}

fn said(imported: &Imported) -> String {
    let events = if imported.events == 1 { "1 event".to_owned() } else { format!("{} events", imported.events) };
    let mut words = match (&imported.differences, imported.is_written) {
        (None, _) => format!("{} is new, with {events}.\n", imported.path),
        (Some(_), false) => format!("{} is as it was, with {events}.\n", imported.path),
        (Some(_), true) => format!("{} is up to date, with {events}.\n", imported.path),
    };
    if let Some(Differences { new, changed, vanished_past, .. }) = &imported.differences {
        words.push_str(&list("New", new));
        words.push_str(&list("Changed", changed));
        if *vanished_past > 0 {
            words.push_str(&format!("Gone because they were over: {vanished_past}\n"));
        }
    }
    if !imported.is_in_settings {
        let file = imported.path.rsplit('/').next().unwrap_or_default();
        let name = imported.name.as_deref().unwrap_or("Name of the partner");
        // Quotes keep whatever the partner calls it one text of YAML.
        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
        words.push_str(&format!(
            "To show it, write in content/site.yaml, below `calendars:`:\n\n  - file: {file}\n    name: \"{name}\"\n"
        ));
    }
    words
}

fn problems(imported: &Imported) -> String {
    let mut words = String::new();
    let shown = imported.faults.iter().take(MOST_LINES);
    for (line, fault) in shown {
        let place = line.map(|line| format!(" (line {line})")).unwrap_or_default();
        let kind = if fault.weight == Weight::Note { "note" } else { "warning" };
        words.push_str(&format!("{kind}: {}{place}; {}\n", fault.fault.message, fault.fault.help));
    }
    if let Some(more) = imported.faults.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        words.push_str(&format!("and {more} more of these\n"));
    }
    let vanished = imported.differences.as_ref().map(|found| found.vanished.as_slice()).unwrap_or_default();
    if !vanished.is_empty() {
        words.push_str("warning: events that were to come have vanished from the calendar; are they off?\n");
        words.push_str(&list("Vanished", vanished));
    }
    words
}

fn list(title: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut words = format!("{title}: {}\n", lines.len());
    for line in lines.iter().take(MOST_LINES) {
        words.push_str(&format!("  {line}\n"));
    }
    if lines.len() > MOST_LINES {
        words.push_str(&format!("  and {} more\n", lines.len() - MOST_LINES));
    }
    words
}
