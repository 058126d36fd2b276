//! Calendars that other programs wrote are read to a sane list of events, or to a message with words.
//!
//! The calendars lie beside the repository (`real_content::shared_folder`). The list of what each of them gives
//! is `foreign_calendars.txt`; a change of it is a change of what people see.

use std::fmt::Write;
use std::fs;

use fingerpost::calendar::read::{self, Weight};
use fingerpost::date::zone;

use crate::real_content::shared_folder;

/// A line for each file: how many events, how many of them repeat, and every fault in words.
#[test]
fn every_calendar_of_the_corpus_is_read() {
    let Some(folder) = shared_folder("ics_corpus") else { return };
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "ics"));
    names.sort();
    assert!(names.len() > 70, "only {} calendars", names.len());
    let zone = zone("Europe/London").unwrap();
    let mut list = String::new();
    for path in names {
        let text = read::text(&fs::read(&path).unwrap());
        let calendar = read::read(&text, &zone);
        let repeating = calendar.events.iter().filter(|event| event.rule.is_some()).count();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let _ = writeln!(list, "{name}: {} events, {repeating} repeat", calendar.events.len());
        for fault in &calendar.faults {
            assert!(text.get(fault.bytes.clone()).is_some(), "{name}: {fault:?}");
            let _ = writeln!(list, "  {:?}: {}", fault.weight, fault.fault.message);
        }
        let is_fatal = calendar.faults.iter().any(|fault| fault.weight == Weight::Fatal);
        assert!(!is_fatal || calendar.events.is_empty() && calendar.faults.len() == 1, "{name}");
        // What is clean is read as the original was.
        let Some(clean) = read::clean(&text) else {
            assert!(is_fatal, "{name}");
            continue;
        };
        let clean = String::from_utf8(clean).unwrap();
        let again = read::read(&clean, &zone);
        let seen = |calendar: &read::Calendar| {
            let strip =
                |event: &read::ForeignEvent| format!("{:?}", read::ForeignEvent { bytes: 0..0, ..event.clone() });
            let mut events: Vec<String> = calendar.events.iter().map(strip).collect();
            events.sort();
            events
        };
        assert_eq!(seen(&calendar), seen(&again), "{name}");
        assert_eq!(read::clean(&clean).unwrap(), clean.as_bytes(), "{name}");
        for word in ["ATTENDEE", "VALARM", "mailto:", "\nX-MICROSOFT"] {
            assert!(!clean.contains(word), "{name}: {word}");
        }
    }
    let expected = include_str!("foreign_calendars.txt");
    if list != expected {
        let made = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign_calendars.txt");
        fs::write(&made, &list).unwrap();
        panic!("what the calendars give has changed: compare foreign_calendars.txt with {}", made.display());
    }
}
