//! A partner's calendar into `content/calendars/`.
//!
//! 1. It is fetched and read; a fault with which nothing can be read, or no event at all, refuses it.
//! 2. It is compared with the file that is there. When more than half of the coming events have vanished, the export
//!    is more likely broken than the partner's year, and it is refused.
//! 3. It is written clean, through a file beside it and a rename. An equal file is not written.
//!
//! **Invariant:** whatever refuses a calendar leaves the file that is there as it is.

#![allow(clippy::disallowed_methods, reason = "reads and replaces the calendar, and reads site.yaml")]

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::compare::{Differences, differences};
use super::fetch::{self, Limits};
use crate::calendar::read::{self, Calendar, ReadFault};
use crate::config::{self, PartnerCalendar, SITE_FILE};
use crate::diagnostic::Report;
use crate::hash::Fingerprint;
use crate::path::{SourcePath, slug};
use crate::source::{Content, Source, Sources};

/// The folder of partners' calendars.
const FOLDER: &str = "content/calendars";

/// What is asked for.
pub struct Wanted<'w> {
    /// An address or a file.
    pub from: &'w str,
    /// Of the file in `content/calendars/`, without `.ics`.
    pub name: Option<&'w str>,
    /// The folder that holds `content/`.
    pub root: &'w Path,
    pub now: Timestamp,
    pub limits: Limits,
    pub allows_no_events: bool,
    pub allows_vanishing: bool,
}

/// A calendar that was taken.
pub struct Imported {
    /// From the folder of the site.
    pub path: String,
    /// The calendar's own name.
    pub name: Option<String>,
    pub events: usize,
    /// Nothing where there was no file before.
    pub differences: Option<Differences>,
    pub is_written: bool,
    /// Whether site.yaml names the file.
    pub is_in_settings: bool,
    /// Each with its line in what was fetched; nothing for one about the whole calendar.
    pub faults: Vec<(Option<usize>, ReadFault)>,
}

/// Fetches a calendar and puts it into the site. The inner error says in words why it was refused.
///
/// Errors: what the disk says.
pub fn import(wanted: &Wanted<'_>, settings: &Settings) -> anyhow::Result<Result<Imported, String>> {
    let bytes = match fetch::bytes(wanted.from, wanted.limits) {
        Ok(bytes) => bytes,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let text = read::text(&bytes);
    let calendar = read::read(&text, &settings.zone);
    let (name, clean) = match accepted(wanted, &text, &calendar) {
        Ok(accepted) => accepted,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let path = format!("{FOLDER}/{name}.ics");
    let place = wanted.root.join(&path);
    let before = match fs::read(&place) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", place.display())),
    };
    let old = before.as_ref().map(|bytes| read::read(&read::text(bytes), &settings.zone));
    let differences = old.map(|old| differences(&old, &calendar, &settings.zone, wanted.now));
    if let Some(found) = &differences
        && found.vanished.len() * 2 > found.were_coming
        && !wanted.allows_vanishing
    {
        return Ok(Err(format!(
            "{} of {} coming events have vanished from the calendar, so it may be broken; {path} stays as it was. \
             The first is {}. To take it all the same, add --force",
            found.vanished.len(),
            found.were_coming,
            found.vanished.first().map_or("unknown", String::as_str),
        )));
    }
    let is_written = before.as_deref() != Some(clean.as_slice());
    if is_written {
        replace(&place, &clean)?;
    }
    let line =
        |fault: &ReadFault| (!fault.bytes.is_empty()).then(|| 1 + text[..fault.bytes.start].matches('\n').count());
    Ok(Ok(Imported {
        is_in_settings: settings.partners.iter().any(|partner| partner.file.value == format!("{name}.ics")),
        path,
        events: calendar.events.len(),
        differences,
        is_written,
        faults: calendar.faults.iter().map(|fault| (line(fault), fault.clone())).collect(),
        name: calendar.name,
    }))
}

/// The name of the file and its bytes, or why the calendar is refused.
fn accepted(wanted: &Wanted<'_>, text: &str, calendar: &Calendar) -> Result<(String, Vec<u8>), String> {
    if let Some(fatal) = calendar.fatal() {
        return Err(format!("{}; {}", fatal.fault.message, fatal.fault.help));
    }
    let Some(clean) = read::clean(text) else { return Err("this is not a calendar".to_owned()) };
    if calendar.events.is_empty() && !wanted.allows_no_events {
        return Err(
            "the calendar has no events that can be shown; to take it all the same, add --allow-empty".to_owned()
        );
    }
    match wanted.name {
        Some(name) => {
            let name = name.strip_suffix(".ics").unwrap_or(name);
            if slug(name) == name && !name.is_empty() {
                Ok((name.to_owned(), clean))
            } else {
                let near = slug(name);
                let near = if near.is_empty() { "leisure-centre" } else { &near };
                Err(format!("--name {name}: use small letters, digits and hyphens, as in --name {near}"))
            }
        }
        None => {
            let last = wanted.from.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
            let last = last.rsplit(['/', '\\']).next().unwrap_or_default();
            let of_address = slug(last.strip_suffix(".ics").unwrap_or(last));
            let of_calendar = slug(calendar.name.as_deref().unwrap_or_default());
            [of_calendar, of_address]
                .into_iter()
                .find(|name| !name.is_empty())
                .map(|name| (name, clean))
                .ok_or_else(|| "the calendar has no name; give its file one, as in --name leisure-centre".to_owned())
        }
    }
}

/// What of site.yaml matters here.
pub struct Settings {
    zone: TimeZone,
    /// What `calendars:` names.
    pub partners: Vec<PartnerCalendar>,
}

/// A site.yaml with faults is read as far as it goes: `check` says what is wrong with it.
///
/// Errors: what the disk says.
pub fn settings(root: &Path) -> anyhow::Result<Settings> {
    let place = root.join(SITE_FILE);
    let bytes = match fs::read(&place) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", place.display())),
    };
    let text: Arc<str> = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').into();
    let mut sources = Sources::default();
    let (path, fingerprint) = (SourcePath::new(SITE_FILE), Fingerprint::of(&bytes));
    sources.insert(Arc::new(Source { path, fingerprint, content: Content::Text(text) }));
    Ok(match config::read(&sources, &mut Report::default()) {
        Some(config) => Settings { zone: config.timezone, partners: config.calendars.partners },
        None => {
            let zone = config::timezone("Europe/London").map_or(TimeZone::UTC, |(zone, _)| zone);
            Settings { zone, partners: Vec::new() }
        }
    })
}

/// Puts the bytes in the place of the file as a whole.
fn replace(place: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", place.display());
    let folder = place.parent().context("no folder to write to")?;
    fs::create_dir_all(folder).with_context(cannot)?;
    // The name of one run's own file, which nothing else reads.
    let beside = place.with_extension(format!("ics-{}.tmp", std::process::id()));
    let written = File::create_new(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, place));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.with_context(cannot)
}
