//! Which documents may be seen now: drafts, dates and consent.
//!
//! 1. A draft stays out unless drafts are asked for.
//! 2. A document is held back until its `date`, and leaves after `expires`.
//! 3. An event of a partner's calendar stays out once it has been over for long, and where the site has it already
//!    (`partners`).
//! 4. A story needs living consent that covers the website (content model, "Stories"). A story that is
//!    held back takes its translations with it, and a translation without consent the story.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::assemble::findings::Findings;
use crate::assemble::partners;
use crate::calendar::recurrence::{End, Rule};
use crate::codes::{Code, story};
use crate::config::Config;
use crate::date::{self, When};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::{Document, Documents};
use crate::model::kinds::story::{Consent, Story, Use};
use crate::model::kinds::{DRAFTS_FOLDER, Details, Kind};
use crate::site::Reason;

/// Whether drafts belong into this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drafts {
    LeftOut,
    Included,
}

/// Documents, each in the order of their paths.
pub struct Parted<'d> {
    pub seen: Vec<&'d Arc<Document>>,
    pub held_back: Vec<(&'d Arc<Document>, Reason)>,
}

/// Parts documents into those that may be seen and those that are held back.
///
/// Reports: a `story/held-back-...` for every story that is held back for want of consent.
pub fn part<'d>(documents: &'d Documents, config: &Config, drafts: Drafts, findings: &mut Findings) -> Parted<'d> {
    let now = findings.now();
    let judged: Vec<(&Arc<Document>, Option<Reason>, Findings)> = documents
        .par_iter()
        .map(|(_, document)| {
            let mut findings = Findings::at(now);
            let reason = reason(document, config, drafts, &mut findings);
            (document, reason, findings)
        })
        .collect();
    let group = |document: &Document| translation_group(document, &config.language);
    let closed: BTreeMap<String, Reason> = judged
        .iter()
        .filter_map(|(document, reason, _)| Some((document, closing(document, (*reason)?)?)))
        .map(|(document, reason)| (group(document), reason))
        .collect();
    let mut parted = Parted { seen: Vec::with_capacity(judged.len()), held_back: Vec::new() };
    for (document, reason, found) in judged {
        findings.add(found);
        let is_story = !closed.is_empty() && document.kind == Kind::Story;
        let of_group = || if is_story { closed.get(&group(document)).copied() } else { None };
        match reason.or_else(of_group) {
            None => parted.seen.push(document),
            Some(reason) => parted.held_back.push((document, reason)),
        }
    }
    let duplicates = partners::duplicates(&parted.seen, config, findings);
    if !duplicates.is_empty() {
        let (twice, once): (Vec<_>, Vec<_>) =
            parted.seen.into_iter().enumerate().partition(|(at, _)| duplicates.contains(at));
        parted.seen = once.into_iter().map(|(_, document)| document).collect();
        parted.held_back.extend(twice.into_iter().map(|(_, document)| (document, Reason::Duplicate)));
        parted.held_back.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    }
    parted
}

/// The reason for which a story's other languages are held back with it: want of consent in whichever
/// language it is written down, and anything that holds back the story in the site's own language.
fn closing(document: &Document, reason: Reason) -> Option<Reason> {
    let is_about_visibility = matches!(reason, Reason::Draft | Reason::Scheduled | Reason::Expired);
    let closes = document.kind == Kind::Story && (document.language.is_none() || !is_about_visibility);
    closes.then_some(reason)
}

/// What a document and its translations have in common, however loosely their files are named: the path
/// in lower case without drafts folder, extension, language, `index` and the date in front of the name.
fn translation_group(document: &Document, site_language: &str) -> String {
    let path = document.path.in_content().to_lowercase();
    let mut parts: Vec<&str> = path.split('/').filter(|part| *part != DRAFTS_FOLDER).collect();
    let name = parts.pop().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let own_suffix = site_language.split('-').next().map(str::to_lowercase);
    let stem = match stem.rsplit_once('.') {
        Some((rest, suffix)) if document.language.is_some() || own_suffix.as_deref() == Some(suffix) => rest,
        _ => stem,
    };
    let stem = if matches!(stem, "index" | "_index") { parts.pop().unwrap_or_default() } else { stem };
    parts.push(without_date(stem));
    parts.join("/")
}

/// `thank-you` for `2026-05-21-thank-you`.
fn without_date(stem: &str) -> &str {
    match (stem.get(..10), stem.get(10..).and_then(|rest| rest.strip_prefix(['-', '_', ' ']))) {
        (Some(date), Some(rest)) if date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => rest,
        _ => stem,
    }
}

fn reason(document: &Document, config: &Config, drafts: Drafts, findings: &mut Findings) -> Option<Reason> {
    let zone = &config.timezone;
    // Consent comes first: `--drafts` shows drafts, never a story that nobody may see.
    if let Details::Story(story) = &document.details
        && let Some((reason, code, message, help)) = without_consent(story, zone, findings)
    {
        // Of a consent that cannot be read it is not known what it lacks.
        if !story.consent.as_ref().is_some_and(|consent| consent.is_wrong) {
            let place = Place::new(&document.path, story.consent_bytes.clone());
            let message = format!("“{}” is held back: {message}", document.meta.title);
            findings.report.push(Diagnostic::new(code, place, message).help(help));
        }
        return Some(reason);
    }
    if document.is_draft() && drafts == Drafts::LeftOut {
        return Some(Reason::Draft);
    }
    if document.meta.date.is_some_and(|date| !findings.has_come(starts(date, zone))) && drafts == Drafts::LeftOut {
        return Some(Reason::Scheduled);
    }
    if document.meta.expires.is_some_and(|expires| findings.has_come(ends(expires, zone))) {
        return Some(Reason::Expired);
    }
    is_long_over(document, config, findings).then_some(Reason::LongOver)
}

/// Whether an event of a partner's calendar ended longer ago than calendars keep events: a partner may list ten years.
fn is_long_over(document: &Document, config: &Config, findings: &mut Findings) -> bool {
    let (Details::Event(event), Some(_)) = (&document.details, &document.provenance) else { return false };
    let last = match &event.repeats {
        None => event.end.as_ref().unwrap_or(&event.start).value,
        Some(repeats) if repeats.extra.is_empty() => {
            let rule = repeats.rule.as_ref().and_then(|rule| Rule::parse(&rule.value).ok());
            let Some(End::Until(until)) = rule.map(|rule| rule.end) else { return false };
            until
        }
        Some(_) => return false,
    };
    let end = last.in_zone(&config.timezone).zoned;
    end.checked_add(config.feeds.past).is_ok_and(|gone| findings.has_come(gone.timestamp()))
}

type Fault = (Reason, &'static Code, &'static str, &'static str);

fn without_consent(story: &Story, zone: &TimeZone, findings: &mut Findings) -> Option<Fault> {
    let Some(consent) = &story.consent else {
        return Some((
            Reason::NoConsent,
            &story::NO_CONSENT,
            "it has no `consent:`",
            "add `consent: {reference: ..., given: ..., covers: [website]}` once the person agrees in writing",
        ));
    };
    if consent.is_withdrawn {
        return Some((
            Reason::ConsentWithdrawn,
            &story::CONSENT_WITHDRAWN,
            "the person withdrew their consent",
            "delete the file and its pictures",
        ));
    }
    if !consent.covers.contains(&Use::Website) {
        return Some((
            Reason::NotForWebsite,
            &story::CONSENT_NOT_WEBSITE,
            "the consent does not cover the website",
            "ask the person, and write `covers: [website]` once they agree",
        ));
    }
    dated(consent, zone, findings).or_else(|| {
        let is_minor = story.is_under_18 || consent.guardian.is_some();
        (is_minor && consent.guardian != Some(true)).then_some((
            Reason::GuardianMissing,
            &story::GUARDIAN_MISSING,
            "the person is under 18 and no parent or guardian has agreed",
            "write `guardian: true` into `consent:` once they have",
        ))
    })
}

fn dated(consent: &Consent, zone: &TimeZone, findings: &mut Findings) -> Option<Fault> {
    match consent.given {
        None => {
            return Some((
                Reason::NoConsent,
                &story::NO_CONSENT,
                "its `consent:` does not say when it was given",
                "add `given: 2026-05-21` with the day on the signed form",
            ));
        }
        Some(given) if !findings.has_come(starts(given, zone)) => {
            return Some((
                Reason::ConsentNotYet,
                &story::CONSENT_NOT_YET,
                "its consent begins on a day that lies ahead",
                "check `given:` in `consent:`",
            ));
        }
        Some(_) => {}
    }
    consent.expires.is_some_and(|expires| findings.has_come(ends(expires, zone))).then_some((
        Reason::ConsentExpired,
        &story::CONSENT_EXPIRED,
        "its consent has come to its end",
        "ask the person again and write the new dates into `consent:`, or delete the story",
    ))
}

/// The first moment of a date.
pub fn starts(when: When, zone: &TimeZone) -> Timestamp {
    when.in_zone(zone).zoned.timestamp()
}

/// The moment from which a date is past: the end of a day, a time as soon as it has come.
pub fn ends(when: When, zone: &TimeZone) -> Timestamp {
    date::end_of(when, zone).timestamp()
}
