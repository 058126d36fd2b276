//! Events into series: what has one identity belongs together.
//!
//! 1. Of two events with one identity the later version counts; where both are equally late, each is kept.
//! 2. A part with `RECURRENCE-ID` changes one date of its series.
//! 3. What does not fit our own events is made to (`fit`).
//!
//! **Invariant:** no identity comes twice.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::event::Draft;
use super::fit::{BUDGET, fit};
use super::{ForeignEvent, MOST_DATES, ReadFault, short};
use crate::date::When;
use crate::date::words::{compact, compact_day};

/// The parts of a file with one identity.
#[derive(Default)]
struct Group {
    series: Vec<Draft>,
    changes: Vec<Draft>,
}

/// The events of a file, in its order.
pub fn events(drafts: Vec<Draft>, faults: &mut Vec<ReadFault>) -> Vec<ForeignEvent> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for mut draft in drafts {
        if draft.event.uid.is_empty() {
            draft.event.uid = made_identity(&draft);
        }
        let place = *places.entry(draft.event.uid.clone()).or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(place) else { continue };
        match draft.recurrence {
            None => group.series.push(draft),
            Some(_) => group.changes.push(draft),
        }
    }
    let mut budget = BUDGET;
    let mut events: Vec<ForeignEvent> = Vec::new();
    for group in groups {
        let mut series = latest(group.series, faults);
        let changes = latest_changes(group.changes, faults);
        match (series.len(), series.pop()) {
            (1, Some(series)) => events.extend(fit(series, changes, &mut budget, faults)),
            (_, last) => {
                for draft in series.into_iter().chain(last).chain(changes) {
                    let event = on_its_own(&draft);
                    let draft = Draft { event, ..draft };
                    events.extend(fit(draft, Vec::new(), &mut budget, faults));
                }
            }
        }
    }
    let mut seen: HashSet<String> = HashSet::with_capacity(events.len());
    events.retain(|event| seen.insert(event.uid.clone()));
    events
}

/// The same for the same title and start.
fn made_identity(draft: &Draft) -> String {
    let of = format!("{}\n{:?}\n{}", draft.event.summary, draft.event.start, draft.clock.name);
    blake3::hash(of.as_bytes()).to_hex().chars().take(24).collect()
}

fn age(draft: &Draft) -> (u32, Option<Timestamp>) {
    (draft.event.sequence, draft.event.last_modified)
}

/// Whether `draft` counts rather than `known`. Where nothing tells which is later, what they say decides: their order
/// in the file is by chance.
fn replaces(draft: &Draft, known: &Draft) -> bool {
    let content = |draft: &Draft| {
        let event = ForeignEvent { bytes: 0..0, ..draft.event.clone() };
        (local_start(draft), format!("{:?}", Draft { event, ..draft.clone() }))
    };
    match age(draft).cmp(&age(known)) {
        Ordering::Equal => content(draft) >= content(known),
        other => other.is_gt(),
    }
}

/// The latest version; several where nothing tells which is later and they begin at different times.
fn latest(drafts: Vec<Draft>, faults: &mut Vec<ReadFault>) -> Vec<Draft> {
    let Some(newest) = drafts.iter().map(age).max() else { return drafts };
    let mut by_start: BTreeMap<DateTime, Draft> = BTreeMap::new();
    for draft in drafts {
        let start = local_start(&draft);
        if age(&draft) == newest && by_start.get(&start).is_none_or(|known| replaces(&draft, known)) {
            by_start.insert(start, draft);
        }
    }
    if let Some(second) = by_start.values().nth(1) {
        faults.push(ReadFault::warning(
            second.event.bytes.clone(),
            format!("{} events have the same identity (`UID:{}`)", by_start.len(), short(&second.event.uid)),
            "each is shown as an event of its own; tell whoever keeps the calendar",
        ));
    }
    by_start.into_values().collect()
}

/// The latest version of each changed date, in the order of the dates.
fn latest_changes(drafts: Vec<Draft>, faults: &mut Vec<ReadFault>) -> Vec<Draft> {
    let mut by_date: BTreeMap<DateTime, Draft> = BTreeMap::new();
    for draft in drafts {
        let Some(on) = draft.recurrence.as_ref().map(|on| start_of(on.local(&draft.clock.zone))) else { continue };
        if by_date.get(&on).is_none_or(|known| replaces(&draft, known)) {
            by_date.insert(on, draft);
        }
    }
    let mut latest: Vec<Draft> = by_date.into_values().collect();
    if let Some(first) = latest.get(MOST_DATES) {
        faults.push(ReadFault::warning(
            first.event.bytes.clone(),
            format!("`{}` has more than {MOST_DATES} dates that differ", short(&first.event.summary)),
            "only the first of them are read; tell whoever keeps the calendar",
        ));
        latest.truncate(MOST_DATES);
    }
    latest
}

/// A date of a series as an event with an identity of its own, the same for as long as series and date are.
pub(super) fn on_its_own(draft: &Draft) -> ForeignEvent {
    let on = draft.recurrence.as_ref().map_or(draft.event.start, |on| on.local(&draft.clock.zone));
    ForeignEvent { uid: format!("{}-{}", draft.event.uid, moment_text(on)), ..draft.event.clone() }
}

pub(super) fn moment_text(when: When) -> String {
    match when {
        When::Day(day) => compact_day(day),
        When::Local(local) => compact(local),
        When::Instant(moment, offset) => compact(offset.to_datetime(moment)),
    }
}

fn local_start(draft: &Draft) -> DateTime {
    start_of(match draft.event.start {
        When::Instant(moment, _) => When::Local(draft.clock.zone.to_datetime(moment)),
        other => other,
    })
}

pub(super) fn start_of(when: When) -> DateTime {
    match when {
        When::Local(local) => local,
        When::Day(day) => DateTime::from(day),
        When::Instant(moment, offset) => offset.to_datetime(moment),
    }
}
