//! What calendars were told is remembered beside the content, and never taken back.

use crate::program::{Folder, NOW};

const FILE: &str = "content/calendar-history.txt";
const EVENT: &str = "content/events/tea.md";
const FEED: &str = "public/events/calendar.ics";

/// Noon in London on 24 and on 25 November 2026, as `SOURCE_DATE_EPOCH` has it.
const NEXT_DAY: &str = "1795521600";
const DAY_AFTER: &str = "1795608000";

fn tea(start: &str, title: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: Tea.\ndate: 2026-11-01\nstart: 2027-01-12 {start}\nduration: 1 hour\nvenue: {{name: Hall}}\n---\n"
    )
}

/// Builds, and returns SEQUENCE and LAST-MODIFIED of the only event.
fn told(folder: &Folder, day: &str) -> (u32, String) {
    let run = folder.run_at(Some(day), &["build"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{}", run.stdout);
    let feed = folder.read(FEED);
    let event = feed.split("BEGIN:VEVENT").nth(1).unwrap();
    let value = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    (value("SEQUENCE:").parse().unwrap(), value("LAST-MODIFIED:"))
}

#[test]
fn an_edit_of_the_plan_raises_the_sequence_and_other_edits_do_not() {
    let folder = Folder::with_site();
    folder.write(EVENT, tea("10:00", "Tea"));
    let first = told(&folder, NOW);
    assert!(folder.read(FILE).contains('@'));
    assert_eq!(told(&folder, NEXT_DAY), first, "nothing changed, a day later");
    folder.write(EVENT, tea("10:00", "Tea and cake"));
    let renamed = told(&folder, NEXT_DAY);
    assert_eq!(renamed.0, first.0);
    assert!(renamed.1 > first.1);
    folder.write(EVENT, tea("11:00", "Tea and cake"));
    let moved = told(&folder, NEXT_DAY);
    assert!(moved.0 > renamed.0 && moved.1 > renamed.1);
    folder.write(EVENT, tea("12:00", "Tea and cake"));
    let moved_again = told(&folder, NEXT_DAY);
    assert!(moved_again.0 > moved.0 && moved_again.1 > moved.1, "twice on one day");
    folder.write(EVENT, tea("10:00", "Tea"));
    assert!(told(&folder, NEXT_DAY).0 > moved_again.0, "back to what it was");
}

#[test]
fn a_fresh_clone_without_the_file_never_goes_backwards() {
    let folder = Folder::with_site();
    let mut last = 0;
    for (day, start) in [(NOW, "10:00"), (NEXT_DAY, "11:00")] {
        folder.write(EVENT, tea(start, "Tea"));
        last = told(&folder, day).0;
    }
    let clone = Folder::with_site();
    clone.write(EVENT, tea("11:00", "Tea"));
    assert!(told(&clone, DAY_AFTER).0 >= last);
}

#[test]
fn a_look_at_another_day_or_at_drafts_is_told_to_nobody() {
    let folder = Folder::with_site();
    folder.write(EVENT, tea("10:00", "Tea"));
    for arguments in [&["build", "--today", "2027-01-01"][..], &["build", "--drafts"], &["check"]] {
        assert_eq!(folder.run(arguments).code, Some(0));
        assert!(!folder.path(FILE).exists(), "{arguments:?}");
    }
    folder.run(&["build"]);
    let kept = folder.read(FILE);
    folder.write(EVENT, tea("25:00", "Tea"));
    assert_eq!(folder.run(&["build"]).code, Some(1));
    assert_eq!(folder.read(FILE), kept, "a build that was refused");
}

#[test]
fn a_build_that_follows_has_nothing_to_do_and_the_file_is_not_served() {
    let folder = Folder::with_site();
    folder.write(EVENT, tea("10:00", "Tea"));
    folder.run(&["build"]);
    let again = folder.run(&["build"]);
    assert!(again.stdout.contains(" 0 files written, ") && again.stdout.contains(" 0 removed"), "{}", again.stdout);
    assert!(!folder.path("public/calendar-history.txt").exists());
}

#[test]
fn a_number_does_not_fall_where_a_line_or_the_file_was_lost_the_day_before() {
    let folder = Folder::with_site();
    folder.write(EVENT, tea("10:00", "Tea"));
    let first = told(&folder, NOW).0;
    folder.write(EVENT, tea("11:00", "Tea"));
    let mut last = told(&folder, NOW).0;
    assert!(last > first, "on the same day");
    for (day, start) in [(NEXT_DAY, "12:00"), (DAY_AFTER, "13:00")] {
        folder.write(EVENT, tea(start, "Tea"));
        // Its line goes with a merge, then the whole file does.
        let head = folder.read(FILE).lines().next().unwrap().to_owned();
        match day {
            NEXT_DAY => folder.write(FILE, format!("{head}\nother@b 1 2026-01-01T00:00:00Z p e\n")),
            _ => std::fs::remove_file(folder.path(FILE)).unwrap(),
        }
        let now = told(&folder, day).0;
        assert!(now > last, "{start}: {now} after {last}");
        last = now;
    }
}
