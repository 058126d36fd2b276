//! A feed with an event of every kind, read back.

use crate::calendar::history::State;
use ical::parser::ical::IcalParser;
use ical::parser::ical::component::IcalCalendar;
use jiff::Span;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::recurrence::{Change, Rule, settle};
use crate::date::{at, parse, zone as find_zone};

fn details(summary: &str) -> Details {
    Details {
        summary: summary.to_owned(),
        description: "Croeso i bawb! Paned o de a sgwrs.\n\nThe hall is step-free; there is a loop.".to_owned(),
        place: Some(Place {
            location: "St Mary’s Hall\n1 High Street\nWallsend NE28 8AA".to_owned(),
            point: Point::new(54.9915, -1.5346),
        }),
        url: "https://example.org/events/tea/".to_owned(),
        categories: vec!["Health, wellbeing".to_owned(), "Older people".to_owned()],
        status: Status::Confirmed,
        organiser: None,
        colour: None,
        image: None,
        conference: None,
    }
}

fn event(uid: &str, series: Series, summary: &str) -> FeedEvent {
    let (series, problems) = settle(&crate::config::english(), series);
    assert_eq!(problems, [], "{uid}");
    FeedEvent {
        uid: format!("{uid}@example.org"),
        series,
        created: Some("2026-02-01T09:00:00Z".parse().unwrap()),
        told: Told {
            sequence: 3,
            modified: "2026-03-01T09:00:00Z".parse().unwrap(),
            state: State { plan: "p".to_owned(), entry: "e".to_owned() },
        },
        details: details(summary),
        changed: Vec::new(),
    }
}

fn timed(zone: &str, day: jiff::civil::Date, hour: i8, minutes: i64) -> Times {
    let start = at(day.at(hour, 0, 0, 0), &find_zone(zone).unwrap());
    Times::Timed { end: start.checked_add(Span::new().minutes(minutes)).unwrap(), start }
}

fn repeating(times: Times, rule: &str) -> Series {
    Series { rule: Some(Rule::parse(rule).unwrap()), ..Series::once(times) }
}

fn feed(events: Vec<FeedEvent>, zone: &str) -> Feed {
    Feed {
        name: "Caffi a chlonc – what’s on; all areas".to_owned(),
        description: "Every event, \"free\" or not".to_owned(),
        url: "https://example.org/events/".to_owned(),
        source_url: "https://example.org/events.ics".to_owned(),
        timezone: find_zone(zone).unwrap(),
        colour: Some("#008080".to_owned()),
        language: "en-GB".to_owned(),
        words: Arc::new(crate::config::words_of("en")),
        cancelled: CancelledEvents::Mark,
        last_modified: Some("2026-03-01T09:00:00Z".parse().unwrap()),
        events,
    }
}

/// Every kind of event, in one zone.
fn every_kind(zone: &str) -> Feed {
    let day = |text: &str| parse(text).unwrap();
    let change = |on: &str, start: Option<&str>, is_cancelled, index| Change {
        on: day(on),
        start: start.map(day),
        end: None,
        is_cancelled,
        index,
    };
    let mut tea = repeating(timed(zone, date(2026, 3, 3), 10, 120), "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261124");
    tea.except = vec![day("2026-04-07"), day("2026-11-03")];
    tea.extra = vec![day("13 June 2026"), day("14 June 2026 2pm")];
    tea.changes = vec![
        change("2026-06-09", Some("2026-06-10 11:30"), false, 0),
        change("2026-06-16", None, true, 1),
        change("2026-06-13", None, true, 2),
    ];
    let mut tea = event("tea-and-talk", tea, "Tea & talk");
    let mut moved = tea.details.clone();
    moved.place = None;
    moved.conference = Some(Conference {
        url: "https://meet.example.org/tea?a=1;b=2,3".to_owned(),
        label: "Join \"online\": video, sound".to_owned(),
    });
    moved.description = "Online this week".to_owned();
    tea.changed = vec![(0, moved)];
    tea.details.image =
        Some(Image { url: "https://example.org/tea.jpg".to_owned(), media_type: Some("image/jpeg".to_owned()) });
    tea.details.organiser =
        Some(Organiser { name: "The \"Hub\", Wallsend".to_owned(), email: "hello@example.org".to_owned() });

    let mut fair = repeating(Times::Days { first: date(2026, 5, 30), last: date(2026, 6, 1) }, "FREQ=YEARLY;COUNT=3");
    fair.changes = vec![change("30 May 2027", Some("5 June 2027"), false, 0)];
    let mut cancelled = event("walk", Series::once(timed(zone, date(2026, 6, 5), 14, 60)), "Walk; bring boots, tea");
    cancelled.details.status = Status::Cancelled;
    let mut once = Series::once(timed(zone, date(2026, 6, 6), 19, 120));
    once.changes = vec![change("6 June 2026", Some("7 June 2026 6pm"), false, 0)];
    let mut late = event("talk", once, "Talk put off by a day");
    late.details.status = Status::Postponed;
    feed(
        vec![
            tea,
            event("choir", repeating(timed(zone, date(2026, 3, 2), 19, 90), "FREQ=WEEKLY;INTERVAL=2"), "Choir"),
            event(
                "lunch",
                repeating(timed(zone, date(2026, 1, 6), 12, 60), "FREQ=MONTHLY;BYDAY=1TU,3TU;COUNT=20"),
                "Lunch",
            ),
            event(
                "accounts",
                repeating(timed(zone, date(2026, 1, 31), 9, 60), "FREQ=MONTHLY;BYMONTHDAY=-1"),
                "Accounts",
            ),
            event("fair", fair, "Spring fête"),
            event(
                "day",
                Series::once(Times::Days { first: date(2026, 5, 21), last: date(2026, 5, 21) }),
                "Link Worker Day",
            ),
            event("vigil", repeating(timed(zone, date(2026, 5, 1), 22, 480), "FREQ=WEEKLY;COUNT=3"), "Night shelter"),
            cancelled,
            late,
        ],
        zone,
    )
}

fn read(bytes: &[u8]) -> IcalCalendar {
    IcalParser::new(bytes).next().unwrap().unwrap()
}

fn value<'a>(properties: &'a [Property], name: &str) -> Option<&'a str> {
    properties.iter().find(|property| property.name == name).and_then(|property| property.value.as_deref())
}

fn lines(feed: &Feed) -> String {
    String::from_utf8(write(feed, &Zones::default())).unwrap().replace("\r\n ", "").replace("\r\n", "\n")
}

#[test]
fn a_feed_with_every_kind_is_complete() {
    for zone in ["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Australia/Lord_Howe"] {
        let feed = every_kind(zone);
        let bytes = write(&feed, &Zones::default());
        assert_eq!(bytes, write(&feed.clone(), &Zones::default()), "equal bytes each time");
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let calendar = read(&bytes);
        assert_eq!((calendar.timezones.len(), calendar.events.len()), (1, 14));
        for event in &calendar.events {
            for name in ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "URL"] {
                assert!(value(&event.properties, name).is_some(), "{name}");
            }
        }
    }
}

#[test]
fn a_series_is_written_with_its_exceptions() {
    let mut feed = every_kind("Europe/London");
    feed.events.truncate(1);
    let text = lines(&feed);
    for line in [
        "DTSTART;TZID=Europe/London:20260303T100000\nDTEND;TZID=Europe/London:20260303T120000\n",
        "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261124T100000Z\n",
        "EXDATE;TZID=Europe/London:20260407T100000\nEXDATE;TZID=Europe/London:20261103T100000\n",
        "RECURRENCE-ID;TZID=Europe/London:20260609T100000\nDTSTART;TZID=Europe/London:20260610T113000\nDTEND;TZID=Europe/London:20260610T133000\n",
        "RECURRENCE-ID;TZID=Europe/London:20260616T100000\nDTSTART;TZID=Europe/London:20260616T100000\n",
        "SUMMARY:Cancelled: Tea & talk\n",
        "STATUS:CANCELLED\n",
        "UID:tea-and-talk-20260613@example.org\n",
        "UID:tea-and-talk-20260614@example.org\n",
        "DTSTART;TZID=Europe/London:20260614T140000\nDTEND;TZID=Europe/London:20260614T160000\n",
        "LOCATION:St Mary’s Hall\\, 1 High Street\\, Wallsend NE28 8AA\nGEO:54.9915;-1.5346\n",
        "CATEGORIES:Health\\, wellbeing,Older people\n",
        "there is a loop.\\n\\nhttps://example.org/events/tea/\n",
        "ORGANIZER;CN=\"The ^'Hub^', Wallsend\":mailto:hello@example.org\n",
        "IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/jpeg:https://example.org/tea.jpg\n",
        "CONFERENCE;VALUE=URI;LABEL=\"Join ^'online^': video, sound\":https://meet.example.org/tea?a=1;b=2,3\n",
        "NAME:Caffi a chlonc – what’s on\\; all areas\nX-WR-CALNAME:Caffi a chlonc – what’s on\\; all areas\n",
        "SOURCE;VALUE=URI:https://example.org/events.ics\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\nX-PUBLISHED-TTL:PT12H\n",
        "COLOR:teal\n",
        "X-APPLE-CALENDAR-COLOR:#008080\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("RDATE") && !text.contains("ATTENDEE") && !text.contains("VALARM"));
    assert!(text.find("BEGIN:VTIMEZONE") < text.find("BEGIN:VEVENT"));
}

#[test]
fn whole_days_end_on_the_day_after() {
    let mut feed = every_kind("Europe/London");
    feed.events = vec![feed.events[4].clone()];
    let text = lines(&feed);
    assert!(text.contains("DTSTART;VALUE=DATE:20260530\nDTEND;VALUE=DATE:20260602\n"));
    assert!(
        text.contains("RECURRENCE-ID;VALUE=DATE:20270530\nDTSTART;VALUE=DATE:20270605\nDTEND;VALUE=DATE:20270608\n")
    );
    assert!(text.contains("TRANSP:TRANSPARENT\n"));
    assert!(!text.contains("VTIMEZONE"), "nothing names a zone");
}

#[test]
fn an_end_in_the_second_of_two_hours_is_written_in_utc() {
    // In Britain the hour from 1 to 2 comes twice on 25 October 2026.
    let ends = |minutes: i64| {
        let night = Series::once(timed("Europe/London", date(2026, 10, 24), 23, minutes));
        lines(&feed(vec![event("night@example.org", night, "Night shelter")], "Europe/London"))
    };
    assert!(ends(150).contains("DTEND;TZID=Europe/London:20261025T013000\n"));
    assert!(ends(210).contains("DTEND:20261025T013000Z\n"));
    assert!(ends(270).contains("DTEND;TZID=Europe/London:20261025T023000\n"));
}

#[test]
fn a_feed_without_events_is_not_empty() {
    let text = lines(&feed(Vec::new(), "Europe/London"));
    assert!(text.contains("BEGIN:VTIMEZONE\nTZID:Europe/London\n"));
    let mut gone = Series::once(timed("Europe/London", date(2026, 6, 5), 14, 60));
    gone.except = vec![parse("2026-06-05").unwrap()];
    assert!(!lines(&feed(vec![event("walk", gone, "Walk")], "Europe/London")).contains("VEVENT"));
}

#[test]
fn cancelled_events_can_be_shown() {
    let mut feed = every_kind("Europe/London");
    feed.cancelled = CancelledEvents::Show;
    feed.words = Arc::new(crate::config::words_of("cy"));
    let text = lines(&feed);
    assert!(!text.contains("STATUS:CANCELLED") && text.contains("SUMMARY:Wedi’i ganslo: Tea & talk\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_reads_back(title in any::<String>(), body in any::<String>(), label in "\\PC{0,90}") {
        let mut event = event("any", Series::once(timed("Europe/London", date(2026, 6, 5), 14, 60)), &title);
        event.details.description = body.clone();
        event.details.conference = Some(Conference { url: body.clone(), label });
        let bytes = write(&feed(vec![event], "Europe/London"), &Zones::default());
        let text = String::from_utf8(bytes.clone()).unwrap();
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(|c: char| c.is_control())));
        // The crate's reader takes away the space that begins a folded line's text, so it gets whole lines.
        let calendar = read(text.replace("\r\n ", "").as_bytes());
        prop_assert_eq!(calendar.events.len(), 1);
        let properties = &calendar.events[0].properties;
        // It also drops what is empty at the ends of a value, and colons at its start.
        let plain = |name: &str| text::unescape(value(properties, name).unwrap_or_default());
        let bare = |text: &str| text.trim_start_matches([':', '\n']).trim().to_owned();
        prop_assert_eq!(bare(&plain("SUMMARY")), bare(&text::one_line(&title, " ")));
        let expected = format!("{}\n\nhttps://example.org/events/tea/", text::clean(body.trim()));
        prop_assert_eq!(bare(&plain("DESCRIPTION")), bare(&expected));
    }
}

/// 1,500 events, of which 300 repeat.
#[test]
fn a_large_feed_stays_small() {
    let zone = "Europe/London";
    let events = (0..1500).map(|number| {
        let times = timed(zone, date(2026, 1, 1).checked_add(Span::new().days(number % 365)).unwrap(), 10, 60);
        let series = if number % 5 == 0 { repeating(times, "FREQ=WEEKLY") } else { Series::once(times) };
        event(&format!("event-{number}"), series, "Tea and talk")
    });
    let feed = feed(events.collect(), zone);
    let bytes = write(&feed, &Zones::default());
    assert!(bytes.len() < 1_500_000);
}
