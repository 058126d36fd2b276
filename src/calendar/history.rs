//! What calendars were told of each event before: the memory by which SEQUENCE rises and never falls.
//!
//! A calendar program that knows an event takes a change only with a higher SEQUENCE (RFC 5545 §3.8.7.4). A build has
//! no counter of its own, so a bare build leaves `content/calendar-history.txt` beside what the team writes, and it is
//! committed with the rest:
//!
//! 1. An event that is as it was told keeps its number and its LAST-MODIFIED.
//! 2. One whose time, place, status or rule is another one gets the next number, or the minutes from 2020 to the
//!    beginning of today, whichever is more; one that reads otherwise only gets a newer LAST-MODIFIED.
//! 3. An event without a line is new, and gets the minutes to the beginning of today. Where there is no file at all, nobody
//!    knows what was told, and every event gets the minutes to the end of today: at least as much as any number that was
//!    given, so that a copy of the site without the file never goes backwards. Only on the very first day on which a site
//!    is built could it, for what changed since the first build.
//!
//! **Invariant:** the same file, events and day give the same numbers, and what they give is what the file then says.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// Of each event by its UID, what it was when calendars last heard of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(BTreeMap<String, Told>);

/// What calendars heard of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Told {
    pub sequence: u32,
    /// LAST-MODIFIED.
    pub modified: Timestamp,
    pub state: State,
}

/// What an event is, in short: any words without a space that are the same as long as the event is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// Of time, place, status and rule.
    pub plan: String,
    /// Of all that its entry says.
    pub entry: String,
}

/// The first line of the file, for whoever opens it.
const HEAD: &str =
    "# What calendars were last told of each event. Made by `fingerpost build`: commit it with the content.";
/// 1 January 2020.
pub const EPOCH: Timestamp = Timestamp::constant(1_577_836_800, 0);

impl History {
    /// Reads the file. A line that cannot be read (a merge left its marks, or somebody wrote in it) counts as not there;
    /// of two lines for one event the higher number counts.
    pub fn parse(text: &str) -> Self {
        let mut events: BTreeMap<String, Told> = BTreeMap::new();
        for (uid, told) in text.lines().filter_map(line) {
            if events.get(&uid).is_none_or(|known| known.sequence < told.sequence) {
                events.insert(uid, told);
            }
        }
        History(events)
    }

    pub fn of(&self, uid: &str) -> Option<&Told> {
        self.0.get(uid)
    }

    /// What to tell calendars of an event that its content dates `modified`, on a day that begins at `today`.
    pub fn tell(&self, uid: &str, state: State, modified: Timestamp, today: Timestamp) -> Told {
        let minutes = |until: Timestamp| {
            u32::try_from(until.duration_since(EPOCH).as_mins().clamp(0, i64::from(i32::MAX))).unwrap_or(0)
        };
        match self.of(uid) {
            // The file is here, so the event is new: nobody was told anything.
            None if !self.0.is_empty() => Told { sequence: minutes(today), modified, state },
            None => {
                let end_of_today = today.saturating_add(SignedDuration::from_hours(24)).unwrap_or(today);
                Told { sequence: minutes(end_of_today), modified, state }
            }
            Some(known) if known.state == state => known.clone(),
            Some(known) => {
                let is_same_plan = known.state.plan == state.plan;
                let next = known.modified.saturating_add(SignedDuration::from_secs(1)).unwrap_or(known.modified);
                Told {
                    sequence: if is_same_plan { known.sequence } else { (known.sequence + 1).max(minutes(today)) },
                    modified: modified.max(today).max(next),
                    state,
                }
            }
        }
    }

    /// Notes what calendars are told now. What is known of other events stays: one may come back.
    pub fn note(&mut self, uid: String, told: Told) {
        self.0.insert(uid, told);
    }

    /// The file, one event a line, in the order of the UIDs.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (uid, Told { sequence, modified, state }) in &self.0 {
            text.push_str(&format!("{uid} {sequence} {modified} {} {}\n", state.plan, state.entry));
        }
        text
    }
}

fn line(line: &str) -> Option<(String, Told)> {
    let mut words = line.split_whitespace();
    let uid = words.next()?.to_owned();
    let sequence = words.next()?.parse().ok().filter(|sequence: &u32| i32::try_from(*sequence).is_ok())?;
    let modified = words.next()?.parse().ok()?;
    let state = State { plan: words.next()?.to_owned(), entry: words.next()?.to_owned() };
    Some((uid, Told { sequence, modified, state }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn state(plan: &str, entry: &str) -> State {
        State { plan: plan.to_owned(), entry: entry.to_owned() }
    }

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_rises_with_the_plan_only() {
        let (written, today) = (moment("2026-05-01T09:00:00Z"), moment("2026-05-20T23:00:00Z"));
        let mut history = History::default();
        let mut tell = |state: State, today| {
            let told = history.tell("a@b", state, written, today);
            history.note("a@b".to_owned(), told.clone());
            format!("{} {}", told.sequence, told.modified)
        };
        assert_eq!(tell(state("1", "1"), today), "3359460 2026-05-01T09:00:00Z");
        assert_eq!(
            tell(state("1", "1"), moment("2026-06-20T23:00:00Z")),
            "3359460 2026-05-01T09:00:00Z",
            "nothing new"
        );
        assert_eq!(tell(state("1", "2"), today), "3359460 2026-05-20T23:00:00Z", "other words");
        assert_eq!(tell(state("2", "3"), today), "3359461 2026-05-20T23:00:01Z", "another time on the same day");
        assert_eq!(
            tell(state("3", "4"), moment("2026-05-22T23:00:00Z")),
            "3360900 2026-05-22T23:00:00Z",
            "two days later"
        );
    }

    #[test]
    fn the_file_reads_back_and_outlives_a_bad_merge() {
        let told = Told { sequence: 7, modified: moment("2026-05-01T09:00:00Z"), state: state("p", "e") };
        let mut history = History::default();
        history.note("a@b".to_owned(), told.clone());
        let text = history.text();
        assert_eq!(History::parse(&text), history);
        let merged =
            format!("<<<<<<< ours\n{text}=======\na@b 9 2026-05-02T09:00:00Z q f\n>>>>>>> theirs\nnonsense here\n");
        assert_eq!(History::parse(&merged).of("a@b").unwrap().sequence, 9);
    }

    proptest! {
        #[test]
        fn no_number_falls_with_or_without_the_file(
            steps in proptest::collection::vec((0..4_u8, 0..2_i64, proptest::bool::ANY), 1..40)
        ) {
            // The site has other events, which were told on an earlier day.
            let mut history = History::default();
            let mut today = moment("2026-01-01T00:00:00Z");
            history.note("z@b".to_owned(), History::default().tell("z@b", state("0", "e"), today, today));
            today += SignedDuration::from_hours(24);
            let mut last = 0;
            for (plan, days, is_a_fresh_clone) in steps {
                if days > 0 {
                    today += SignedDuration::from_hours(24);
                }
                let known = if is_a_fresh_clone { History::default() } else { history.clone() };
                let told = known.tell("a@b", state(&plan.to_string(), "e"), today, today);
                prop_assert!(told.sequence >= last);
                if !is_a_fresh_clone {
                    last = told.sequence;
                    history.note("a@b".to_owned(), told);
                }
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "[ -~\n]{0,200}") {
            let _ = History::parse(&text);
        }
    }
}
