//! One event is edited, and every place that tells of it tells the same: page, lists, search, JSON, calendars, sitemap.

use fingerpost::pipeline::Cache;

use crate::project::{Built, Project};

const URL: &str = "https://mill.example.org/events/tea/";

fn event(title: &str, fields: &str) -> String {
    format!("---\ntitle: {title}\nsummary: Come.\nvenue: hall\nareas: [north]\ntags: [warm]\n{fields}---\nText.\n")
}

fn site(text: &str) -> Project {
    let settings = "name: Mill Lane Link\nurl: https://mill.example.org\nareas: [{id: north, name: North}]\n";
    Project::new()
        .file("content/site.yaml", settings)
        .file("content/venues.yaml", "hall: {name: Mill Hall}\nbarn: {name: Red Barn}\n")
        .file("content/events/other.md", event("Other", "start: 2026-06-03 10:00\nduration: 1 hour\n"))
        .file("content/events/tea.md", text)
}

/// The files that tell of a coming event.
const PLACES: [&str; 9] = [
    "events/tea/index.html",
    "events/index.html",
    "areas/north/index.html",
    "tags/warm/index.html",
    "events/2026-06/index.html",
    "events/feed.json",
    "events/calendar.ics",
    "areas/north/calendar.ics",
    "events/tea/event.ics",
];

/// What search shows of the event; nothing where it is not found by a word.
fn found(built: &Built, word: &str) -> Option<String> {
    let shard: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(built.text(&format!("search/w-{}.json", &word[..1]))).unwrap();
    shard.get(word)?;
    let results = built.tree.iter().filter(|(path, _)| path.starts_with("search/d-"));
    let texts = results.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    texts
        .flat_map(|text| text.split("],").map(str::to_owned).collect::<Vec<_>>())
        .find(|text| text.contains("/events/tea/"))
}

/// Every place has every text and none of the others.
fn check(built: &Built, there: &[&str], gone: &[&str]) {
    // Calendars write commas and long lines in a way of their own.
    let plain = |path: &str| built.text(path).replace("\r\n ", "").replace("\\,", ",");
    for path in PLACES {
        for text in there {
            assert!(plain(path).contains(text), "{path} does not say {text}");
        }
        for text in gone {
            assert!(!plain(path).contains(text), "{path} still says {text}");
        }
    }
}

#[test]
fn an_edit_of_an_event_is_told_everywhere() {
    let project = site(&event("Tea and talk", "start: 2026-06-09 14:00\nduration: 1 hour\n"));
    let mut cache = Cache::default();
    let before = project.build_warm(&mut cache).without_errors();
    check(&before, &["Tea and talk", "Mill Hall"], &["Coffee"]);
    assert!(found(&before, "tea").unwrap().contains("Tuesday 9 June 2026, 2pm to 3pm"));
    assert!(before.text("sitemap.xml").contains(URL));

    // Another title, day and place.
    let text = event("Coffee and cake", "start: 2026-06-11 10:00\nduration: 2 hours\n").replace("hall", "barn");
    project.write("content/events/tea.md", text);
    let after = project.build_warm(&mut cache).without_errors();
    check(&after, &["Coffee and cake", "Red Barn"], &["Tea and talk"]);
    let result = found(&after, "coffee").unwrap();
    assert!(result.contains("Coffee and cake") && result.contains("Thursday 11 June 2026, 10am to midday"), "{result}");
    assert!(result.contains("Red Barn") && !after.text("search/w-t.json").contains("\"tea\""), "{result}");
    assert!(after.text("events/feed.json").contains("\"start\":\"2026-06-11T10:00:00+01:00\""));
    assert!(after.text("events/calendar.ics").contains("20260611T100000"));
    assert!(after.text("events/tea/index.html").contains("\"startDate\":\"2026-06-11T10:00:00+01:00\""));

    // Cancelled: said everywhere, and still there.
    let text = event("Coffee and cake", "start: 2026-06-11 10:00\nduration: 2 hours\nstatus: cancelled\n");
    project.write("content/events/tea.md", text);
    let cancelled = project.build_warm(&mut cache).without_errors();
    for path in ["events/tea/index.html", "events/index.html", "areas/north/index.html", "events/2026-06/index.html"] {
        assert!(cancelled.text(path).contains("Cancelled") || cancelled.text(path).contains("cancelled"), "{path}");
    }
    assert!(found(&cancelled, "coffee").unwrap().contains("Cancelled: "));
    assert!(cancelled.text("events/feed.json").contains("\"status\":\"cancelled\""));
    assert!(cancelled.text("events/tea/event.ics").contains("STATUS:CANCELLED"));
    assert!(cancelled.text("events/tea/index.html").contains("https://schema.org/EventCancelled"));
}

#[test]
fn what_is_over_leaves_lists_search_feed_and_sitemap_together() {
    let mut project = site(&event("Tea and talk", "start: 2026-06-09 14:00\nduration: 1 hour\n"));
    let mut cache = Cache::default();
    assert!(found(&project.build_warm(&mut cache).without_errors(), "tea").is_some());
    project.set_now("2026-06-10T09:00:00Z");
    let built = project.build_warm(&mut cache).without_errors();
    for path in ["events/index.html", "events/feed.json", "sitemap.xml"] {
        assert!(!built.text(path).contains("/events/tea/"), "{path}");
    }
    assert!(!built.tree.iter().any(|(path, bytes)| {
        path.starts_with("search/")
            && path.ends_with(".json")
            && String::from_utf8_lossy(bytes).contains("/events/tea/")
    }));
    assert!(built.text("events/past/index.html").contains("/events/tea/"));
    assert!(built.text("events/tea/index.html").contains("noindex"));
}
