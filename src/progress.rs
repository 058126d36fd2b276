//! What a long build says while it is under way.
//!
//! On a terminal one line counts, and is taken away at the end; where somebody keeps what is printed, a plain line
//! comes every few seconds. A short build says nothing.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Where progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Terminal,
    Elsewhere,
}

/// When something was said the last time.
#[derive(Debug)]
pub struct Progress {
    place: Place,
    /// In milliseconds, from which on the next words are due.
    due: AtomicU64,
}

impl Progress {
    pub fn new(place: Place) -> Self {
        let first = match place {
            Place::Terminal => 1_000,
            Place::Elsewhere => 5_000,
        };
        Progress { place, due: AtomicU64::new(first) }
    }

    /// The words that are due after that time, if any are.
    pub fn words(&self, elapsed: Duration, done: usize, of: usize) -> Option<String> {
        let now = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let due = self.due.load(Ordering::Relaxed);
        let pause = match self.place {
            Place::Terminal => 100,
            Place::Elsewhere => 5_000,
        };
        let is_end = done == of && self.place == Place::Terminal && due > 1_000;
        let is_ours = || self.due.compare_exchange(due, now + pause, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if !is_end && (now < due || !is_ours()) {
            return None;
        }
        let words = format!("Made {} of {} files", grouped(done), grouped(of));
        Some(match self.place {
            // "Erase to the end of the line" (ECMA-48).
            Place::Terminal if is_end => "\r\u{1b}[K".to_owned(),
            Place::Terminal => format!("\r\u{1b}[K{words}"),
            Place::Elsewhere => format!("{words}\n"),
        })
    }
}

/// `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(place: Place, moments: &[(u64, usize)]) -> Vec<Option<String>> {
        let progress = Progress::new(place);
        moments.iter().map(|(at, done)| progress.words(Duration::from_millis(*at), *done, 20_000)).collect()
    }

    #[test]
    fn a_terminal_has_one_line_that_goes_away() {
        let words = said(Place::Terminal, &[(900, 10), (1_000, 1_234), (1_050, 2_000), (1_200, 20_000)]);
        let expected = [None, Some("\r\u{1b}[KMade 1,234 of 20,000 files".into()), None, Some("\r\u{1b}[K".into())];
        assert_eq!(words, expected);
    }

    #[test]
    fn a_short_build_says_nothing() {
        assert_eq!(said(Place::Terminal, &[(10, 10), (900, 20_000)]), [None, None]);
        assert_eq!(said(Place::Elsewhere, &[(10, 10), (4_000, 20_000)]), [None, None]);
    }

    #[test]
    fn elsewhere_a_plain_line_comes_now_and_then() {
        let words = said(Place::Elsewhere, &[(5_000, 7), (6_000, 8), (10_001, 19_999), (10_002, 20_000)]);
        let expected =
            [Some("Made 7 of 20,000 files\n".into()), None, Some("Made 19,999 of 20,000 files\n".into()), None];
        assert_eq!(words, expected);
    }
}
