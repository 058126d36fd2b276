//! What search engines are told of events: every required property, on the demonstration site and for every status.

use serde_json::Value;

use crate::determinism::demonstration;
use crate::project::{Built, Project};

/// Everything that a page says it is about.
fn graph(built: &Built, path: &str) -> Vec<Value> {
    let (_, rest) = built.text(path).split_once("<script type=\"application/ld+json\">").unwrap();
    let json: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    json["@graph"].as_array().unwrap().clone()
}

fn of_type(graph: &[Value], kind: &str) -> Vec<Value> {
    graph.iter().filter(|fact| fact["@type"] == kind).cloned().collect()
}

/// Fails unless an event has what Google's documentation of events and schema.org ask for.
fn assert_whole(event: &Value, about: &str) {
    // A series has its start in its schedule, and must not have it twice.
    assert_eq!(event["startDate"].is_null(), event["eventSchedule"].is_object(), "{about}: {event}");
    for name in ["name", "location", "eventStatus", "eventAttendanceMode", "organizer", "url"] {
        assert!(!event[name].is_null(), "{about}: no {name}: {event}");
    }
    let status = event["eventStatus"].as_str().unwrap().strip_prefix("https://schema.org/Event").unwrap();
    assert!(["Scheduled", "Cancelled", "Postponed", "Rescheduled", "MovedOnline"].contains(&status), "{about}");
    assert_eq!(status == "Rescheduled", !event["previousStartDate"].is_null(), "{about}: {event}");
    let places = event["location"].as_array().cloned().unwrap_or_else(|| vec![event["location"].clone()]);
    for place in &places {
        match place["@type"].as_str().unwrap() {
            "Place" => {
                assert!(place["name"].is_string(), "{about}");
                assert_eq!(place["address"]["@type"], "PostalAddress", "{about}");
                assert!(place["address"]["streetAddress"].is_string(), "{about}");
            }
            "VirtualLocation" => assert!(place["url"].as_str().unwrap().starts_with("https://"), "{about}"),
            other => panic!("{about}: {other}"),
        }
    }
    let is_virtual = |place: &Value| place["@type"] == "VirtualLocation";
    let mode = match (places.iter().any(is_virtual), places.iter().all(is_virtual)) {
        (_, true) => "OnlineEventAttendanceMode",
        (true, false) => "MixedEventAttendanceMode",
        (false, _) => "OfflineEventAttendanceMode",
    };
    assert_eq!(event["eventAttendanceMode"], format!("https://schema.org/{mode}"), "{about}");
    assert!(event["organizer"]["name"].is_string() && event["organizer"]["url"].is_string(), "{about}");
    for moment in ["startDate", "endDate", "previousStartDate"] {
        let Some(text) = event[moment].as_str() else { continue };
        let is_day = text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10;
        // A time without an offset would be another one elsewhere.
        assert!(is_day || text.parse::<jiff::Timestamp>().is_ok(), "{about}: {moment} {text}");
    }
    if !event["offers"].is_null() {
        for name in ["price", "priceCurrency", "availability", "url"] {
            assert!(event["offers"][name].is_string(), "{about}: no {name} in {event}");
        }
    }
}

#[test]
fn every_event_of_the_demonstration_has_what_is_required() {
    let built = demonstration().build();
    let pages: Vec<&String> = built
        .tree
        .keys()
        .filter(|path| path.starts_with("events/") && built.tree.contains_key(&path.replace("index.html", "event.ics")))
        .filter(|path| path.ends_with("/index.html") && built.text(path).contains("data-kind=\"event\""))
        .collect();
    assert!(pages.len() > 25, "{pages:?}");
    for path in pages {
        let graph = graph(&built, path);
        let events = of_type(&graph, "Event");
        assert!(!events.is_empty() && events.len() <= 10, "{path}: {} events", events.len());
        events.iter().for_each(|event| assert_whole(event, path));
        for series in of_type(&graph, "EventSeries") {
            assert_whole(&series, path);
            let id = &series["@id"];
            assert!(events.iter().all(|event| event["superEvent"]["@id"] == *id), "{path}");
            let schedule = &series["eventSchedule"];
            for name in ["@type", "repeatFrequency", "startDate", "scheduleTimezone"] {
                assert!(schedule[name].is_string(), "{path}: no {name}: {schedule}");
            }
        }
    }
}

#[test]
fn each_date_of_a_series_says_how_it_differs() {
    let built = demonstration().build();
    let tea = of_type(&graph(&built, "events/tea-and-talk/index.html"), "Event");
    let on =
        |day: &str| tea.iter().find(|event| event["startDate"].as_str().unwrap().starts_with(day)).unwrap().clone();
    assert_eq!(tea.len(), 10);
    assert_eq!(on("2026-12-29")["eventStatus"], "https://schema.org/EventCancelled");
    let moved = on("2026-12-22");
    assert_eq!(moved["eventStatus"], "https://schema.org/EventRescheduled");
    assert_eq!(moved["startDate"], "2026-12-22T12:00:00+00:00");
    assert_eq!(moved["previousStartDate"], "2026-12-22T10:00:00+00:00");
    assert_eq!(on("2026-12-15")["location"]["name"], "Ferrymen\'s Hall");
    assert_eq!(on("2026-12-01")["location"]["name"], "Wellspring House");
    let sings = of_type(&graph(&built, "events/kelderby-sings/index.html"), "EventSeries");
    let left_out = &sings[0]["eventSchedule"]["exceptDate"];
    assert_eq!(left_out.to_string(), "[\"2026-12-24T14:00:00+00:00\",\"2026-12-31T14:00:00+00:00\"]");
}

#[test]
fn a_single_event_says_status_price_and_booking() {
    let check = |fields: &str, path: &str, expected: &str| {
        let text = format!(
            "---\ntitle: Tea\nsummary: Come.\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\n{fields}\n---\nCome.\n"
        );
        let built = Project::new().file("content/events/tea.md", text).build().without_errors();
        let events = of_type(&graph(&built, "events/tea/index.html"), "Event");
        assert_eq!(events.len(), 1);
        assert_whole(&events[0], fields);
        let found = path.split('.').fold(&events[0], |value, name| &value[name]);
        assert_eq!(found.to_string(), expected, "{fields}");
    };
    let hall = "venue: {name: Hall, address: 1 Mill Lane, postcode: ZZ1 1ZZ}\n";
    let with_hall = |fields: &str| format!("{hall}{fields}");
    check(&with_hall(""), "location.address.streetAddress", "\"1 Mill Lane\"");
    check(&with_hall(""), "location.address.postalCode", "\"ZZ1 1ZZ\"");
    check(&with_hall("status: cancelled"), "eventStatus", "\"https://schema.org/EventCancelled\"");
    check(&with_hall("status: postponed"), "eventStatus", "\"https://schema.org/EventPostponed\"");
    check(&with_hall("status: moved-online"), "eventStatus", "\"https://schema.org/EventMovedOnline\"");
    check(&with_hall("status: full\ncost: £2.50"), "offers.availability", "\"https://schema.org/SoldOut\"");
    check(&with_hall("cost: £2.50 a head"), "offers.price", "\"2.50\"");
    check(&with_hall("cost: free"), "offers.price", "\"0\"");
    check(&with_hall("cost: Pay what you can"), "offers", "null");
    let booking = "cost: free\nbooking: {url: 'https://book.example.org/tea', opens: 2026-06-02 09:00}";
    check(&with_hall(booking), "offers.validFrom", "\"2026-06-02T09:00:00+01:00\"");
    check(&with_hall(booking), "offers.url", "\"https://book.example.org/tea\"");
    check("online: https://example.org/join", "location.url", "\"https://example.org/join\"");
    check(
        &with_hall("online: https://example.org/join"),
        "eventAttendanceMode",
        "\"https://schema.org/MixedEventAttendanceMode\"",
    );
}
