//! Built pages say nothing that is true on one day only, and change only when something does.

use std::io::Write;
use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};

use crate::determinism::demonstration;
use crate::project::{NOW, Project};

/// Words that are true on one day only.
const PASSING: [&str; 4] = ["today", "tomorrow", "tonight", "this evening"];

/// What writers of the demonstration say of the reader's own day, which is always true.
const OF_ANY_DAY: [&str; 10] = [
    // What the script says beside the day that it is.
    "&quot;today&quot;:&quot;Today&quot;",
    "&quot;today&quot;:&quot;today&quot;",
    "&quot;tomorrow&quot;:&quot;Tomorrow&quot;",
    "Today the hours may be different",
    "help with your mental health today",
    "ending your life, tell someone today",
    "Ring them tonight",
    "nowhere to sleep tonight",
    "nothing to eat today",
    "the mangoes are lovely today",
];

#[test]
fn no_page_of_the_demonstration_speaks_of_a_day_that_passes() {
    let built = demonstration().build();
    let mut pages = 0;
    for (path, bytes) in built.tree.iter().filter(|(path, _)| path.ends_with(".html")) {
        pages += 1;
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        for words in OF_ANY_DAY {
            text = text.replace(words, "");
        }
        let text = text.to_lowercase();
        for word in PASSING {
            assert!(
                !text.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|part| is_in(part, word)),
                "{path}: {word}"
            );
        }
    }
    assert!(pages > 200, "{pages}");
}

fn is_in(part: &str, words: &str) -> bool {
    format!(" {part} ").contains(&format!(" {words} "))
}

/// The script of a site.
fn script(project: &Project) -> Vec<u8> {
    let mut tree = project.build().clean().tree;
    let path = tree.keys().find(|path| path.starts_with("assets/js/site.")).unwrap().clone();
    tree.remove(&path).unwrap()
}

/// The one script of the site is small, and asks nothing of anybody.
#[test]
fn the_script_is_three_kilobytes_and_keeps_nothing() {
    let script = script(&Project::new());
    let text = std::str::from_utf8(&script).unwrap();
    for word in ["XMLHttpRequest", "localStorage", "sessionStorage", "cookie", "eval"] {
        assert!(!text.contains(word), "{word}");
    }
    let Ok(mut gzip) = Command::new("gzip").arg("-9cn").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: there is no gzip to measure the script with");
        return;
    };
    gzip.stdin.take().unwrap().write_all(&script).unwrap();
    let packed = gzip.wait_with_output().unwrap().stdout.len();
    assert!(packed > 100 && packed <= 3000, "{packed} bytes");
}

#[test]
fn the_script_is_minified_part_by_part_and_a_site_may_replace_a_part() {
    let ours = "// Ours, as it is written.\neach( 'p' , (part) => part.remove() )\n";
    let text = |project: Project| String::from_utf8(script(&project)).unwrap();
    let with = |part: &[u8]| text(Project::new().file("themes/waymark/assets/js/site.js/20-filters.js", part));
    let built_in = text(Project::new());
    assert!(built_in.contains("const each=(") && !built_in.contains("//") && !built_in.contains("  "), "{built_in}");
    let (before, rest) = built_in.split_once("each(`[data-filter]`").unwrap();
    let (_, after) = rest.split_once('\n').unwrap();
    assert_eq!(with(ours.as_bytes()), format!("{before}{ours}\n{after}"));
    let copy = include_bytes!("../../themes/waymark/assets/js/site.js/20-filters.js");
    assert_eq!(with(copy), built_in, "a copy that changes nothing");
}

#[test]
fn midnight_changes_nothing_where_nothing_begins_or_ends() {
    let event = "---\ntitle: Tea\nsummary: Come.\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\nvenue: hall\n\
                 repeats: {every: week}\n---\nCome.\n";
    let mut project = Project::new()
        .file("content/venues.yaml", "hall: {name: Hall}\n")
        .file("content/events/tea.md", event)
        .file("content/index.md", "---\ntitle: Home\n---\n::: events\n:::\n")
        .file("content/campaigns/day.md", "---\ntitle: Day\nday: 2026-06-20\n---\nJoin.\n")
        .now("2026-06-01T11:00:00Z");
    project.keep_history();
    project.build().without_errors();
    for day in ["2026-06-02T00:30:00Z", "2026-06-05T11:00:00Z", "2026-06-07T22:59:00Z"] {
        project.set_now(day);
        assert_eq!(project.build().changes.written, 0, "{day}");
    }
    // A new week begins: its page has other dates, and the list of events links it by its Monday.
    let before = project.build().site();
    project.set_now("2026-06-07T23:00:00Z");
    let after = project.build().site();
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert_eq!(changed, ["events/index.html", "events/this-week/index.html"]);
}

/// What a page lists at a moment, in its order: the day and time, and the address.
fn listed(html: &str, now: Timestamp) -> Vec<(String, String)> {
    let between = |text: &str, before: &str, after: &str| {
        text.split_once(before).and_then(|(_, rest)| Some(rest.split_once(after)?.0.to_owned()))
    };
    let is_seen = |entry: &&str| {
        let tag = entry.split('>').next().unwrap();
        let moment = |name: &str| between(tag, &format!(" {name}=\""), "\"").map(|at| at.parse::<Timestamp>().unwrap());
        let (from, ends) = (moment("data-from"), moment("data-ends"));
        assert_eq!(from.is_some(), tag.ends_with(" hidden"), "{tag}");
        from.is_none_or(|from| from <= now) && ends.is_some_and(|ends| now < ends)
    };
    let entry = |entry: &str| {
        let start = between(entry, "<p class=\"event-when\"><time datetime=\"", "</time>").unwrap();
        (start, between(entry, "<a href=\"", "\"").unwrap())
    };
    html.split("<li class=\"event-card\"").skip(1).filter(is_seen).map(entry).collect()
}

#[test]
fn lists_show_after_days_what_a_build_of_that_day_shows() {
    let event = |title: &str, fields: &str| format!("---\ntitle: {title}\nvenue: hall\n{fields}\n---\nCome.\n");
    let weekly = "start: 2026-05-05 10:00\nend: 2026-05-05 12:00\nrepeats: {every: week}";
    let daily = "start: 2026-05-31 14:00\nend: 2026-05-31 15:00\nrepeats: {every: day, until: 2026-06-12}";
    let monthly = "start: 2026-05-04 18:00\nend: 2026-05-04 19:00\nrepeats: {every: month}";
    let changed = "start: 2026-05-27 10:00\nend: 2026-05-27 11:00\nrepeats: {every: week}\nchanges:\n\
                   \x20 - {on: 2026-06-03, cancelled: true}\n  - {on: 2026-06-10, start: 2026-06-11 16:00, end: 2026-06-11 17:00}";
    let mut project = Project::new()
        .file("content/venues.yaml", "hall: {name: Hall}\n")
        .file("content/events/weekly.md", event("Tea", weekly))
        .file("content/events/daily.md", event("Walk", daily))
        .file("content/events/monthly.md", event("Choir", monthly))
        .file("content/events/changed.md", event("Yoga", changed))
        .file("content/events/days.md", event("Fair", "start: 2026-06-04\nend: 2026-06-05"))
        .file("content/events/once.md", event("Talk", "start: 2026-06-05 10:00\nend: 2026-06-05 12:00"))
        .file("content/index.md", "---\ntitle: Home\n---\n::: events {limit: 10}\n:::\n");
    project.keep_history();
    let before = project.build().without_errors();
    let first: Timestamp = NOW.parse().unwrap();
    for hours in (0..8 * 24).step_by(5) {
        let now = first + SignedDuration::from_hours(hours);
        project.set_now(&now.to_string());
        let fresh = project.build().without_errors();
        for page in ["index.html", "events/index.html", "venues/hall/index.html"] {
            let (stale, fresh) = (listed(before.text(page), now), listed(fresh.text(page), now));
            assert!(fresh.len() >= 4, "{page} {now}: {fresh:?}");
            assert_eq!(stale, fresh, "{page} {now}");
        }
    }
}

#[test]
fn what_ends_says_when_with_its_offset() {
    let project = Project::new()
        .file("content/venues.yaml", "hall: {name: Hall}\n")
        .file(
            "content/events/tea.md",
            "---\ntitle: Tea\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\nvenue: hall\n---\n",
        )
        .file("content/events/show.md", "---\ntitle: Show\nstart: 2026-12-05\nend: 2026-12-07\nvenue: hall\n---\n")
        .file(
            "content/events/ny.md",
            "---\ntitle: NY\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\n\
              timezone: America/New_York\nvenue: hall\n---\n",
        );
    let built = project.build().without_errors();
    let list = built.text("events/index.html");
    for ends in ["2026-06-10T12:00:00+01:00", "2026-12-08T00:00:00+00:00", "2026-06-10T12:00:00-04:00"] {
        assert!(list.contains(&format!("data-ends=\"{ends}\"")), "{ends}\n{list}");
    }
    let finished = "<p class=\"notice\" data-status=\"finished\" data-from=\"2026-12-08T00:00:00+00:00\" hidden>";
    assert!(built.text("events/show/index.html").contains(finished));
    assert!(list.contains("10am to midday (New York time)"));
    assert!(
        list.contains("src=\"/assets/js/site.")
            && list.contains("defer blocking=\"render\" data-zone=\"Europe/London\"")
    );
}
