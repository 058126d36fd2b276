//! How an event repeats, and on which dates.
//!
//! 1. `Rule` is the repeat itself, read from `FREQ=WEEKLY;BYDAY=TU` (`Rule::parse`) or from a writer's
//!    words (`Rule::from_words`).
//! 2. `Series` is an event with its rule, the dates left out, added or changed.
//! 3. `settle` mends what does not fit and says so; `occurrences` and `next_after` find the dates.
//! 4. `at_clock_change` finds the date of a series for which the hour is missing or comes twice.
//! 5. `sentence` says the rule in words.
//!
//! **Invariant:** a series keeps its time on the clock when the clocks change, and every search for
//! dates is bounded by a window, an end or a count.

use crate::date::Fault;

mod clock_change;
mod expand;
mod occurrences;
mod rule;
mod sentence;
mod series;
mod settle;
#[cfg(test)]
mod tests;
mod words;

pub use clock_change::at_clock_change;
pub(crate) use occurrences::set_apart;
pub use occurrences::{Occurrence, next_after, occurrences, planned_at};
pub use rule::{DayOfWeek, End, Frequency, Rule};
pub use sentence::sentence;
pub use series::{Change, Series, Times};
pub use settle::settle;

/// A fault and the part of the event that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub part: Part,
    pub fault: Fault,
}

/// A part of an event as it was given; the numbers count from 0 in the list that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Start,
    End,
    Every,
    On(usize),
    Until,
    Count,
    Rule,
    Except(usize),
    Extra(usize),
    Change(usize),
}

impl Problem {
    fn new(part: Part, message: impl Into<String>, help: impl Into<String>) -> Self {
        Problem { part, fault: Fault::new(message, help) }
    }
}
