//! Which documents may be seen now: drafts, dates and consent.
//!
//! 1. A draft stays out unless drafts are asked for.
//! 2. A document is held back until its `date`, and leaves after `expires`.
//! 3. A story needs living consent that covers the website (content model, "Stories"). A story that is
//!    held back takes its translations with it, and a translation without consent the story.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::codes::{Code, story};
use crate::config::Config;
use crate::date::When;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::model::document::Document;
use crate::model::kinds::story::{Consent, Story, Use};
use crate::model::kinds::{DRAFTS_FOLDER, Details, Kind};
use crate::site::{HeldBack, Reason};

/// Whether drafts belong into this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    LeftOut,
    Included,
}

/// Parts documents into those that may be seen and those that are held back.
///
/// Reports: a `story/held-back-...` for every story that is held back for want of consent.
pub fn part<D: AsRef<Document>>(
    documents: Vec<D>,
    config: &Config,
    now: Timestamp,
    drafts: Drafts,
    report: &mut Report,
) -> (Vec<D>, Vec<(D, HeldBack)>) {
    let reasons: Vec<Option<Reason>> =
        documents.iter().map(|document| reason(document.as_ref(), &config.timezone, now, drafts, report)).collect();
    let group = |document: &D| translation_group(document.as_ref(), &config.language);
    let closed: BTreeMap<String, Reason> = documents
        .iter()
        .zip(&reasons)
        .filter_map(|(document, reason)| Some((document, closing(document.as_ref(), (*reason)?)?)))
        .map(|(document, reason)| (group(document), reason))
        .collect();
    let mut seen = Vec::new();
    let mut held_back = Vec::new();
    for (document, reason) in documents.into_iter().zip(reasons) {
        let is_story = document.as_ref().kind == Kind::Story;
        let of_group = || closed.get(&group(&document)).copied().filter(|_| is_story);
        let reason = reason.or_else(of_group);
        match reason {
            None => seen.push(document),
            Some(reason) => {
                let path = document.as_ref().path.clone();
                held_back.push((document, HeldBack { reason, path }));
            }
        }
    }
    (seen, held_back)
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

fn reason(document: &Document, zone: &TimeZone, now: Timestamp, drafts: Drafts, report: &mut Report) -> Option<Reason> {
    // Consent comes first: `--drafts` shows drafts, never a story that nobody may see.
    if let Details::Story(story) = &document.details
        && let Some((reason, code, message, help)) = without_consent(story, zone, now)
    {
        let place = Place::new(&document.path, story.consent_bytes.clone());
        let message = format!("“{}” is held back: {message}", document.meta.title);
        report.push(Diagnostic::new(code, place, message).help(help));
        return Some(reason);
    }
    let is_in_drafts_folder = document.path.as_str().split('/').any(|part| part == DRAFTS_FOLDER);
    if (document.meta.is_draft || is_in_drafts_folder) && drafts == Drafts::LeftOut {
        return Some(Reason::Draft);
    }
    if document.meta.date.is_some_and(|date| starts(date, zone) > now) && drafts == Drafts::LeftOut {
        return Some(Reason::Scheduled);
    }
    if document.meta.expires.is_some_and(|expires| is_past(expires, zone, now)) {
        return Some(Reason::Expired);
    }
    None
}

type Fault = (Reason, &'static Code, &'static str, &'static str);

fn without_consent(story: &Story, zone: &TimeZone, now: Timestamp) -> Option<Fault> {
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
    dated(consent, zone, now).or_else(|| {
        let is_minor = story.is_under_18 || consent.guardian.is_some();
        (is_minor && consent.guardian != Some(true)).then_some((
            Reason::GuardianMissing,
            &story::GUARDIAN_MISSING,
            "the person is under 18 and no parent or guardian has agreed",
            "write `guardian: true` into `consent:` once they have",
        ))
    })
}

fn dated(consent: &Consent, zone: &TimeZone, now: Timestamp) -> Option<Fault> {
    match consent.given {
        None => {
            return Some((
                Reason::NoConsent,
                &story::NO_CONSENT,
                "its `consent:` does not say when it was given",
                "add `given: 2026-05-21` with the day on the signed form",
            ));
        }
        Some(given) if starts(given, zone) > now => {
            return Some((
                Reason::ConsentNotYet,
                &story::CONSENT_NOT_YET,
                "its consent begins on a day that lies ahead",
                "check `given:` in `consent:`",
            ));
        }
        Some(_) => {}
    }
    consent.expires.is_some_and(|expires| is_past(expires, zone, now)).then_some((
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

/// A day is past when it is over, a time as soon as it has come.
pub fn is_past(when: When, zone: &TimeZone, now: Timestamp) -> bool {
    match when {
        When::Day(day) => {
            day.checked_add(1.day()).is_ok_and(|next| When::Day(next).in_zone(zone).zoned.timestamp() <= now)
        }
        When::Local(_) | When::Instant(..) => starts(when, zone) <= now,
    }
}
