//! `fingerpost next-build`: the moment at which the same sources make another site.
//!
//! 1. The site is built as it is now, and again at the next moment that may matter (`Site::until`): a date passes, a post
//!    is due, a consent ends, a day begins.
//! 2. Files that could differ are made from both. The first moment at which one does differ is the answer; a day that
//!    begins and changes nothing is passed over.

use std::collections::BTreeSet;
use std::sync::Arc;

use itertools::{EitherOrBoth, Itertools};
use jiff::{Timestamp, ToSpan};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::artefact::Planned;
use crate::cli::{NextBuildArguments, Outcome, Surroundings};
use crate::commands::site;
use crate::date::words;
use crate::load::Look;
use crate::outputs;
use crate::pipeline::{self, Cache, Finished, Project};
use crate::publish;
use crate::site::{HeldBack, Page, Reason, Site};

/// How far ahead is looked, in days: every day of a year, and what is planned for its end.
const HORIZON_DAYS: i64 = 400;
/// How many reasons are told one by one.
const REASONS: usize = 10;

pub fn run(arguments: &NextBuildArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::root(&arguments.site)?;
    let project = site::project(&root, &arguments.site, surroundings)?;
    let mut cache = Cache::default().recall(&root);
    let mut finished = pipeline::run(&project, &mut cache, &mut |_| {})?;
    let mut words = String::new();
    if !finished.report.has_errors()
        && let Some(planned) = &mut finished.planned
    {
        // Calendars know by then what a build of now tells them.
        planned.site.history = Arc::new(outputs::calendar_history(&planned.site));
        words = match next_change(planned, &project, &mut cache)? {
            Some((changed, files)) => change_words(&planned.site, &changed.site, files),
            None => format!("never\nNothing of the site changes by itself within {HORIZON_DAYS} days.\n"),
        };
    }
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}

/// The site at the first moment at which it is another one, and how many of its files are.
fn next_change(
    planned: &Planned,
    project: &Project<'_>,
    cache: &mut Cache,
) -> anyhow::Result<Option<(Planned, usize)>> {
    let last = project.now.checked_add((HORIZON_DAYS * 24).hours()).unwrap_or(Timestamp::MAX);
    let mut until = planned.site.until;
    while until <= last {
        // The sources are those of the first run.
        let project = Project { now: until, look: Look::At(BTreeSet::new()), ..*project };
        let Finished { planned: Some(mut later), .. } = pipeline::run(&project, cache, &mut |_| {})? else { break };
        later.site.history = Arc::clone(&planned.site.history);
        let files = differing(planned, &later);
        if files > 0 {
            return Ok(Some((later, files)));
        }
        until = later.site.until;
    }
    Ok(None)
}

/// How many files one of two sites has and the other has not, or has with other bytes.
fn differing(before: &Planned, after: &Planned) -> usize {
    let both = before.plan.artefacts.iter().merge_join_by(&after.plan.artefacts, |(a, _), (b, _)| a.cmp(b));
    let both: Vec<_> = both.collect();
    both.into_par_iter()
        .filter(|pair| match pair {
            EitherOrBoth::Both((_, old), (_, new)) => {
                before.version(old) != after.version(new)
                    && publish::bytes_of(old, before).ok() != publish::bytes_of(new, after).ok()
            }
            EitherOrBoth::Left(_) | EitherOrBoth::Right(_) => true,
        })
        .count()
}

/// The moment on a line of its own, for programs, and then why.
fn change_words(before: &Site, after: &Site, files: usize) -> String {
    let moment = after.now_in_zone();
    let is_or_are = if files == 1 { "1 file is" } else { &format!("{files} files are") };
    let mut said = format!(
        "{}\n{}, {}: {is_or_are} other than now.\n",
        words::rfc3339(&moment),
        words::weekday_and_day(moment.date()),
        words::time(moment.time()),
    );
    let mut reasons = reasons(before, after);
    if reasons.is_empty() {
        reasons.push("another day begins, and with it another week, month or stage of a campaign".to_owned());
    }
    for reason in reasons.iter().take(REASONS) {
        said.push_str(&format!("  {reason}\n"));
    }
    if reasons.len() > REASONS {
        said.push_str(&format!("  and {} more\n", reasons.len() - REASONS));
    }
    said
}

fn reasons(before: &Site, after: &Site) -> Vec<String> {
    let held_back = |site: &Site, page: &Page| {
        let of_page = |held: &&HeldBack| held.path == page.document.path;
        site.held_back.iter().find(of_page).map(|held| held.reason)
    };
    let pages = before.pages.iter().merge_join_by(after.pages.iter(), |a, b| a.document.path.cmp(&b.document.path));
    let of_pages = pages.filter_map(|pair| match pair {
        EitherOrBoth::Both(old, new) => passed(old, new),
        EitherOrBoth::Left(page) => Some(format!("{}: {}", name(page), leaves(held_back(after, page)))),
        EitherOrBoth::Right(page) => Some(format!("{}: {}", name(page), comes(held_back(before, page)))),
    });
    of_pages.collect()
}

fn name(page: &Page) -> String {
    format!("“{}” ({})", page.document.meta.title, page.document.path.file())
}

fn leaves(reason: Option<Reason>) -> String {
    reason.map_or("is no longer published".to_owned(), |reason| format!("leaves the site ({})", reason.words()))
}

fn comes(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(Reason::Scheduled) => "its date has come",
        Some(Reason::ConsentNotYet) => "its consent begins",
        _ => "is published",
    }
}

/// What the clock did to an event.
fn passed(old: &Page, new: &Page) -> Option<String> {
    let (old_dates, new_dates) = (old.event.as_ref()?, new.event.as_ref()?);
    if !old_dates.is_over && new_dates.is_over {
        return Some(format!("{}: is over", name(new)));
    }
    let has_passed = old_dates.shown.times != new_dates.shown.times;
    has_passed.then(|| format!("{}: the date {} has passed", name(new), old_dates.shown.times.words()))
}
