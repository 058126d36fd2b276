//! Any bytes are read as a calendar: without a panic, without waiting, and to what the reader promises.

#![no_main]
#![allow(dead_code, unused_imports, reason = "these modules are parts of a larger program")]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;

use crate::calendar::read::{self, Calendar, ForeignEvent};
use crate::calendar::recurrence::Rule;
use crate::date::zone;

// The modules themselves, which know no other of the program (a test of the project holds that), under the names
// by which they know one another.
#[path = "../../src"]
mod parts {
    pub mod calendar;
    pub mod date;
    pub mod signs;
    pub mod words;
}
use parts::{calendar, date, signs, words};

fuzz_target!(|bytes: &[u8]| {
    let zone = zone("Europe/London").expect("a zone that is compiled in");
    let text = read::text(bytes);
    let calendar = read::read(&text, &zone);
    for fault in &calendar.faults {
        assert!(text.get(fault.bytes.clone()).is_some(), "{fault:?}");
        assert!(!fault.fault.message.is_empty() && !fault.fault.help.is_empty(), "{fault:?}");
    }
    let mut identities = BTreeSet::new();
    for event in &calendar.events {
        assert!(identities.insert(&event.uid), "twice: {}", event.uid);
        assert!(!event.summary.is_empty() && !event.summary.contains(char::is_control), "{event:?}");
        assert!(event.rule.as_ref().is_none_or(|rule| Rule::parse(rule).is_ok()), "{event:?}");
        assert!(event.end.is_none_or(|end| end.is_day() == event.start.is_day()), "{event:?}");
        let _ = event.series(&zone);
    }
    let Some(clean) = read::clean(&text) else {
        assert!(calendar.fatal().is_some(), "what can be read can be written");
        return;
    };
    let clean = String::from_utf8(clean).expect("UTF-8");
    let again = read::read(&clean, &zone);
    assert_eq!(events(&calendar), events(&again), "read otherwise when it is clean:\n{clean}");
});

/// The events without their places, in an order that does not hang on the file's.
fn events(calendar: &Calendar) -> Vec<String> {
    let bare = |event: &ForeignEvent| format!("{:?}", ForeignEvent { bytes: 0..0, ..event.clone() });
    let mut events: Vec<String> = calendar.events.iter().map(bare).collect();
    events.sort();
    events
}
