//! A date of a series at another place is there, and nowhere else: in lists, in calendars and in what programs read.

use crate::project::{Built, Project};

const SITE: &str = "name: Mill Lane Link\nurl: https://mill.example.org\nareas: [{id: town, name: Town, \
                    areas: [{id: north, name: North}, {id: south, name: South}]}]\n\
                    calendars: [{id: loop, name: Loop, access: [hearing-loop]}]\n";
const VENUES: &str = "hall: {name: Mill Hall, address: 1 Mill Lane, area: north, access: [step-free, hearing-loop]}\n\
                      barn: {name: The Barn, address: 2 Far Lane, area: south, access: [not-step-free]}\n";

/// Tea on Tuesdays at the hall, on the second of June at the barn; seen on Monday 1 June 2026.
fn site() -> Project {
    let tea = "---\ntitle: Tea\nsummary: Come.\ndate: 2026-05-01\nstart: 2026-05-26 10:00\nend: 2026-05-26 12:00\n\
               venue: hall\nareas: [north]\nrepeats: {every: week, until: 2026-06-30}\n\
               changes: [{on: 2026-06-02, venue: barn, note: A wedding.}]\n---\nCome.\n";
    Project::new()
        .file("content/site.yaml", SITE)
        .file("content/venues.yaml", VENUES)
        .file("content/events/tea.md", tea)
}

/// The cards of an event in a list: the day of each, with `?` where it waits for another one.
fn days(built: &Built, path: &str) -> Vec<String> {
    let cards = built.text(path).split("<li class=\"event-card\"").skip(1);
    let day = |card: &str| {
        let start = card.split_once("<time datetime=\"").unwrap().1[..10].to_owned();
        if card.split_once('>').unwrap().0.contains("data-from") { format!("{start}?") } else { start }
    };
    cards.map(day).collect()
}

#[test]
fn lists_of_places_have_the_dates_that_are_there() {
    let built = site().build().without_errors();
    assert_eq!(days(&built, "venues/barn/index.html"), ["2026-06-02"]);
    assert_eq!(days(&built, "areas/south/index.html"), ["2026-06-02"]);
    assert_eq!(days(&built, "venues/hall/index.html")[..2], ["2026-06-09", "2026-06-16?"]);
    assert_eq!(days(&built, "areas/north/index.html")[..2], ["2026-06-09", "2026-06-16?"]);
    assert_eq!(days(&built, "areas/town/index.html")[..2], ["2026-06-02", "2026-06-09?"], "both lie within");
    assert_eq!(days(&built, "events/step-free/index.html")[..2], ["2026-06-09", "2026-06-16?"]);
    let list = built.text("events/index.html");
    let first = list.split("data-terms=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(first, "/areas/south/ /areas/town/ ");
    let later = site().now("2026-06-03T11:00:00Z").build().without_errors();
    assert!(!later.has("venues/barn/index.html") && !later.has("areas/south/index.html"));
}

/// Start and identity of every entry of a calendar, and what its series leaves out.
fn entries(built: &Built, path: &str) -> Vec<String> {
    let of = |entry: &str| {
        let value = |name: &str| {
            let line = entry.lines().find(|line| line.starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let uid = value("UID").unwrap();
        let identity = uid.split('@').next().unwrap().split_once('-').map_or("series", |(_, day)| day).to_owned();
        let parts = [value("DTSTART"), Some(identity), value("EXDATE"), value("RECURRENCE-ID")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    built.text(path).split("BEGIN:VEVENT").skip(1).map(of).collect()
}

#[test]
fn calendars_of_places_have_the_dates_that_are_there() {
    let built = site().build().without_errors();
    let here = ["20260526T100000 series 20260602T100000"];
    let there = ["20260602T100000 20260602"];
    assert_eq!(entries(&built, "venues/hall/calendar.ics"), here);
    assert_eq!(entries(&built, "areas/north/calendar.ics"), here);
    assert_eq!(entries(&built, "calendars/loop/calendar.ics"), here, "a calendar of what a place has");
    assert_eq!(entries(&built, "venues/barn/calendar.ics"), there);
    assert_eq!(entries(&built, "areas/south/calendar.ics"), there);
    let whole = ["20260526T100000 series", "20260602T100000 series 20260602T100000"];
    for path in ["events/calendar.ics", "areas/town/calendar.ics", "events/tea/event.ics"] {
        assert_eq!(entries(&built, path), whole, "{path}");
    }
    let numbers = |path: &str| {
        let lines = built.text(path).lines().filter(|line| line.starts_with("SEQUENCE:"));
        lines.map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(numbers("venues/barn/calendar.ics"), numbers("events/calendar.ics"));
    assert!(built.text("venues/barn/calendar.ics").contains("Access: There are steps"));
}

#[test]
fn a_card_and_the_feed_say_what_the_place_of_the_date_has() {
    let built = site().build().without_errors();
    let card = built.text("venues/barn/index.html").split("<li class=\"event-card\"").nth(1).unwrap().to_owned();
    assert!(!card.contains("Hearing loop") && !card.contains("Step-free"), "{card}");
    assert!(built.text("venues/hall/index.html").contains("<li class=\"tag\">Hearing loop</li>"));
    let feed: serde_json::Value = serde_json::from_str(built.text("events/feed.json")).unwrap();
    let event = &feed["items"][0]["_event"];
    assert_eq!(event["place"], "The Barn, South");
    assert_eq!(event["address"], "2 Far Lane");
    assert_eq!(event["areas"], serde_json::json!(["South"]));
    assert_eq!(event["access"], serde_json::json!(["There are steps"]));
}

#[test]
fn an_event_that_happens_once_and_was_moved_is_at_its_new_place_alone() {
    let project = site();
    project.write(
        "content/events/tea.md",
        "---\ntitle: Tea\nsummary: Come.\ndate: 2026-05-01\nstart: 2026-06-02 10:00\nend: 2026-06-02 12:00\n\
         venue: hall\nchanges: [{on: 2026-06-02, venue: barn}]\n---\nCome.\n",
    );
    let built = project.build().without_errors();
    assert_eq!(days(&built, "venues/barn/index.html"), ["2026-06-02"]);
    assert!(!built.has("venues/hall/index.html"));
    assert_eq!(entries(&built, "venues/barn/calendar.ics").len(), 1);
    assert_eq!(entries(&built, "venues/hall/calendar.ics").len(), 0);
    assert!(!built.text("events/tea/index.html").contains("On other dates"));
}
