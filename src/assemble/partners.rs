//! What only all files together show of partners' calendars: those that are not there (`missing`), and events that the
//! site has already (`duplicates`).
//!
//! Two events are one where they have the same identity, or about the same name at the same time of the same day: of the
//! same weekday where one of them repeats, since a partner may list our weekly group date by date. The team's own words
//! stand; of two partners, those of the first file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::{Date, Time};

use crate::assemble::events;
use crate::codes;
use crate::config::{Config, SITE_FILE};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::model::document::Document;
use crate::model::kinds::Details;
use crate::model::kinds::event::Event;
use crate::path::{CALENDARS, SourcePath, slug};
use crate::source::Sources;

/// The calendars that site.yaml names and that are not there.
///
/// Reports: `calendar/no-file`.
pub fn missing(config: &Config, sources: &Sources, report: &mut Report) {
    let settings = SourcePath::from(SITE_FILE);
    for partner in &config.calendars.partners {
        let path = SourcePath::new(format!("content/{CALENDARS}{}", partner.file.value));
        if !sources.documents.contains_key(&path) {
            let place = Place::new(&settings, partner.file.bytes.clone());
            let diagnostic = Diagnostic::new(&codes::calendar::NO_FILE, place, format!("there is no {path}"));
            report.push(diagnostic.help("run `fingerpost import calendar`, or put the file there yourself"));
        }
    }
}

/// What is compared of an event that is shown.
struct Known<'d> {
    document: &'d Document,
    day: Date,
    repeats: bool,
    title: String,
}

/// The events of partners among these documents that are there already, by their place in the list.
///
/// Reports: `calendar/duplicate`.
pub fn duplicates(seen: &[&Arc<Document>], config: &Config, report: &mut Report) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    if seen.iter().all(|document| document.provenance.is_none()) {
        return found;
    }
    let mut identities: BTreeMap<String, &Document> = BTreeMap::new();
    let mut times: BTreeMap<(i8, Option<Time>), Vec<Known<'_>>> = BTreeMap::new();
    // What the team wrote comes first; each list is in the order of paths.
    let (own, foreign): (Vec<_>, Vec<_>) = (0..seen.len()).partition(|&at| seen[at].provenance.is_none());
    for at in own.into_iter().chain(foreign) {
        let document = seen[at].as_ref();
        let Details::Event(event) = &document.details else { continue };
        let identity = events::uid(document, event, config);
        let start = start(event, config);
        let known =
            Known { document, day: start.date(), repeats: event.repeats.is_some(), title: slug(&document.meta.title) };
        let time = (!event.start.value.is_day()).then(|| start.time());
        let at_that_time = times.entry((known.day.weekday().to_monday_zero_offset(), time)).or_default();
        if document.provenance.is_some() {
            let same = identities.get(identity.as_str()).copied();
            let same =
                same.or_else(|| at_that_time.iter().find(|other| is_same(other, &known)).map(|other| other.document));
            if let Some(other) = same {
                found.insert(at);
                report.push(duplicate(document, event, other));
                continue;
            }
        }
        identities.insert(identity, document);
        at_that_time.push(known);
    }
    found
}

fn start(event: &Event, config: &Config) -> Zoned {
    event.start.value.in_zone(&event.timezone).zoned.with_time_zone(config.timezone.clone())
}

/// Of two events at the same time of a weekday.
fn is_same(one: &Known<'_>, other: &Known<'_>) -> bool {
    let may_meet = one.day == other.day || one.repeats || other.repeats;
    may_meet && is_about_the_same(&one.title, &other.title)
}

/// `tea-and-talk` and `tea-talk-kelderby`: all words of the shorter one, but for the smallest, are in the other.
fn is_about_the_same(one: &str, other: &str) -> bool {
    let words =
        |title: &str| title.split('-').filter(|word| word.len() > 3).map(str::to_owned).collect::<BTreeSet<_>>();
    let (one_words, other_words) = (words(one), words(other));
    let (fewer, more) =
        if one_words.len() <= other_words.len() { (one_words, other_words) } else { (other_words, one_words) };
    one == other || (!fewer.is_empty() && fewer.is_subset(&more))
}

fn duplicate(document: &Document, event: &Event, other: &Document) -> Diagnostic {
    let place = Place::new(&document.path, event.start.bytes.clone());
    let message = format!("“{}” is on the site already, as {}", document.meta.title, other.path.file());
    let help = "nothing needs doing: it is shown once";
    Diagnostic::new(&codes::calendar::DUPLICATE, place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_their_words() {
        assert!(is_about_the_same("tea-and-talk", "tea-and-talk"));
        assert!(is_about_the_same("tea-and-talk", "talk-at-the-library"));
        assert!(is_about_the_same("kelderby-sings", "kelderby-sings-community-choir"));
        assert!(!is_about_the_same("kelderby-sings", "kelderby-walks"));
        assert!(!is_about_the_same("", "yoga"));
    }
}
