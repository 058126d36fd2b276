//! What calendars were told of each event before: the memory by which SEQUENCE rises and never falls.
//!
//! A calendar program that knows an event takes a change only with a higher SEQUENCE (RFC 5545 §3.8.7.4). A build has
//! no counter of its own, so a bare build leaves `content/calendar-history.txt` beside what the team writes, and it is
//! committed with the rest:
//!
//! 1. An event that is as it was told keeps its number and its LAST-MODIFIED.
//! 2. One whose time, place, status or rule is another one gets the next number, or the minutes from 2020 to the
//!    beginning of today, whichever is more; one that reads otherwise only gets a newer LAST-MODIFIED.
//! 3. An event without a line is new, or its line was lost, or the whole file was: nobody knows what was told. It gets the
//!    minutes from 2020 to the end of today: at least as much as any number that was given on a day before.
//!
//! So a number falls in one case only: a line, or the file, is lost on the very day on which its event changed. The day
//! counts and not the moment, because nothing that is published may change by itself within a day.
//!
//! **Invariant:** the same file, events and day give the same numbers, and what they give is what the file then says.

use std::collections::BTreeMap;
use std::ops::Range;

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
    /// Reads the file, and says where the lines are that cannot be read (a merge left its marks, or somebody wrote in it):
    /// they count as not there. Of two lines for one event the higher number counts.
    pub fn parse(text: &str) -> (Self, Vec<Range<usize>>) {
        let mut events: BTreeMap<String, Told> = BTreeMap::new();
        let mut unread = Vec::new();
        let mut at = 0;
        for whole in text.split_inclusive('\n') {
            let written = whole.trim_end();
            match line(written) {
                Some((uid, told)) => {
                    if events.get(&uid).is_none_or(|known| known.sequence < told.sequence) {
                        events.insert(uid, told);
                    }
                }
                None if written.is_empty() || written.starts_with('#') => {}
                None => unread.push(at..at + written.len()),
            }
            at += whole.len();
        }
        (History(events), unread)
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
    words.next().is_none().then_some((uid, Told { sequence, modified, state }))
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
        let later = moment("2026-06-20T23:00:00Z");
        assert_eq!(tell(state("1", "1"), later), "3359460 2026-05-01T09:00:00Z", "nothing new");
        assert_eq!(tell(state("1", "2"), today), "3359460 2026-05-20T23:00:00Z", "other words");
        assert_eq!(tell(state("2", "3"), today), "3359461 2026-05-20T23:00:01Z", "another time on the same day");
        let later = moment("2026-05-22T23:00:00Z");
        assert_eq!(tell(state("3", "4"), later), "3360900 2026-05-22T23:00:00Z", "two days later");
    }

    #[test]
    fn the_file_reads_back_and_outlives_a_bad_merge() {
        let told = Told { sequence: 7, modified: moment("2026-05-01T09:00:00Z"), state: state("p", "e") };
        let mut history = History::default();
        history.note("a@b".to_owned(), told);
        let text = history.text();
        assert_eq!(History::parse(&text), (history, Vec::new()));
        let merged =
            format!("<<<<<<< ours\n{text}=======\na@b 9 2026-05-02T09:00:00Z q f\n>>>>>>> theirs\nnonsense here\n");
        let (history, unread) = History::parse(&merged);
        assert_eq!(history.of("a@b").unwrap().sequence, 9);
        let unread: Vec<&str> = unread.into_iter().map(|range| &merged[range]).collect();
        assert_eq!(unread, ["<<<<<<< ours", "=======", ">>>>>>> theirs", "nonsense here"]);
    }

    proptest! {
        #[test]
        fn no_number_falls_unless_its_line_is_lost_on_the_day_of_a_change(
            steps in proptest::collection::vec((0..4_u8, 0..3_i64, 0..4_u8), 1..40)
        ) {
            let mut history = History::default();
            let mut today = moment("2026-01-01T00:00:00Z");
            // The site may have other events, so the file is there.
            history.note("z@b".to_owned(), History::default().tell("z@b", state("0", "e"), today, today));
            let mut last = 0;
            for (plan, days, loss) in steps {
                let days = if loss < 2 { days.max(1) } else { days };
                today += SignedDuration::from_hours(24 * days);
                match loss {
                    0 => history = History::default(),
                    1 => drop(history.0.remove("a@b")),
                    _ => {}
                }
                let told = history.tell("a@b", state(&plan.to_string(), "e"), today, today);
                prop_assert!(told.sequence >= last);
                last = told.sequence;
                history.note("a@b".to_owned(), told);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "[ -~\n]{0,200}") {
            let _ = History::parse(&text);
        }
    }
}
