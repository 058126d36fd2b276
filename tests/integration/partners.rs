//! Calendars of partners join the site's events: provenance shown, personal data dropped, nothing twice.

use fingerpost::load::Look;
use fingerpost::pipeline::Cache;

use crate::project::{Project, SITE, assert_same};

const FILE: &str = "content/calendars/leisure.ics";

/// A calendar of the given entries.
fn calendar(entries: &[&str]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Leisure//EN\r\n".to_owned();
    for entry in entries {
        text.push_str(&format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", entry.replace('\n', "\r\n")));
    }
    text + "END:VCALENDAR\r\n"
}

fn swim() -> String {
    "UID:swim@leisure.example.org\nDTSTART;TZID=GMT Standard Time:20260603T190000\nDURATION:PT1H\n\
     RRULE:FREQ=WEEKLY\nSUMMARY:Swim <b>night</b>\nLOCATION:The Pool\\, Mill Lane\nCATEGORIES:Fun\n\
     DESCRIPTION:<p>Come <b>along</b> &amp; swim.</p>\\nSee https://leisure.example.org/a?b=1&c=2\n\
     URL:https://leisure.example.org/swim\n\
     ATTENDEE;CN=Jo Bloggs:mailto:jo@leisure.example.org\nORGANIZER;CN=Jo Bloggs:mailto:jo@leisure.example.org\n\
     BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT10M\nDESCRIPTION:Wake up\nEND:VALARM"
        .to_owned()
}

fn project(entries: &[&str]) -> Project {
    let settings = "areas: [{id: north, name: North}]\ncategories: [{id: fun, name: Fun}]\n\
                    calendars:\n- {file: leisure.ics, name: The Pool Trust, website: https://leisure.example.org/, \
                    areas: [north], overrides: {cost: free, access: [step-free]}}\n";
    Project::new().file("content/site.yaml", format!("{SITE}{settings}")).file(FILE, calendar(entries))
}

/// The path of the only page of a partner's event.
fn only_page(tree: &crate::project::Tree) -> String {
    let pages: Vec<_> =
        tree.keys().filter(|path| path.starts_with("events/leisure/") && path.ends_with(".html")).collect();
    let [page] = pages.as_slice() else { panic!("{pages:?}") };
    (*page).clone()
}

#[test]
fn a_partners_event_is_an_event_of_the_site_that_says_where_it_comes_from() {
    let built = project(&[&swim()]).build().clean();
    let page = built.text(&only_page(&built.tree)).to_owned();
    for words in [
        "The Pool Trust",
        "href=\"https://leisure.example.org/\"",
        "href=\"https://leisure.example.org/swim\"",
        "Every Wednesday",
        "7pm to 8pm",
        "The Pool",
        "Free",
        "Step-free",
        "Come along &amp; swim.",
        "<a href=\"https://leisure.example.org/a?b=1&amp;c=2\">",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for place in ["events/index.html", "areas/north/index.html", "categories/fun/index.html"] {
        assert!(built.text(place).contains("From The Pool Trust"), "{place}");
    }
    for feed in ["events/calendar.ics", "areas/north/calendar.ics"] {
        let feed = built.text(feed);
        assert!(feed.contains("@mill.example.org\r\n") && feed.contains("RRULE:FREQ=WEEKLY"), "{feed}");
        assert!(feed.contains("DTSTART;TZID=Europe/London:20260603T190000"), "a Windows zone is one of our own");
        assert!(!feed.contains("ORGANIZER"), "our address is not theirs");
    }
}

#[test]
fn personal_data_and_alarms_reach_no_output() {
    let built = project(&[&swim(), "UID:b\nDTSTART:20260604\nSUMMARY:Secret\nCLASS:PRIVATE"]).build();
    for (path, bytes) in &built.tree {
        let text = String::from_utf8_lossy(bytes);
        for word in ["Bloggs", "jo@leisure", "Wake up", "Secret"] {
            assert!(!text.contains(word), "{word} in {path}");
        }
    }
    assert_eq!(built.codes(), ["calendar/note"]);
}

#[test]
fn what_the_site_has_already_is_shown_once_in_the_teams_own_words() {
    let own = "---\ntitle: Tea and talk\nsummary: Tea.\nstart: 2026-06-02 10:00\nend: 2026-06-02 12:00\n\
               repeats: {every: week}\nvenue: {name: Hall}\nuid: tea@mill\n---\n";
    let entries = [
        "UID:tea@mill\nDTSTART:20260602T090000Z\nDTEND:20260602T100000Z\nSUMMARY:Anything",
        "UID:x1\nDTSTART;TZID=Europe/London:20260616T100000\nDTEND;TZID=Europe/London:20260616T120000\n\
         SUMMARY:TEA & TALK (Kelderby)",
        "UID:x2\nDTSTART;TZID=Europe/London:20260616T110000\nDTEND;TZID=Europe/London:20260616T120000\n\
         SUMMARY:Tea & talk",
    ];
    let built = project(&entries).file("content/events/tea.md", own).build();
    assert_eq!(built.codes(), ["calendar/duplicate", "calendar/duplicate"]);
    assert!(built.terminal().contains("as “Tea and talk” in content/events/tea.md"));
    // Eleven o'clock is another event.
    assert!(built.text(&only_page(&built.tree)).contains("11am to midday"));
    assert_eq!(built.text("events/calendar.ics").matches("UID:tea@mill\r\n").count(), 1);
}

#[test]
fn events_that_only_look_alike_are_both_shown() {
    let own = |title: &str, more: &str| {
        format!("---\ntitle: {title}\nsummary: A.\nstart: 2024-01-02 10:00\nduration: 1 hour\n{more}---\n")
    };
    let partner = |title: &str, place: &str| {
        calendar(&[&format!(
            "UID:x\nDTSTART;TZID=Europe/London:20260616T100000\nDURATION:PT1H\nSUMMARY:{title}\nLOCATION:{place}"
        )])
    };
    let check = |own_event: String, partner_calendar: String, is_twice: bool| {
        let built = project(&[]).file(FILE, partner_calendar).file("content/events/own.md", own_event).build();
        let is_found = built.codes().contains(&"calendar/duplicate");
        assert_eq!(is_found, is_twice, "{}", built.terminal());
    };
    let weekly = "repeats: {every: week}\nvenue: {name: The Pool, address: Mill Lane}\n";
    check(own("Chair yoga", weekly), partner("Chair yoga", "The Pool"), true);
    check(own("Chair yoga", weekly), partner("Chair yoga", "Hobbeck Surgery"), false);
    check(own("Chair yoga", weekly), partner("Yoga", "The Pool"), false);
    let fortnightly = "repeats: {every: 2 weeks}\nvenue: {name: The Pool}\n";
    check(own("Chair yoga", fortnightly), partner("Chair yoga", "The Pool"), true);
    let ended = "repeats: {every: week, until: 2024-03-26}\nvenue: {name: The Pool}\n";
    check(own("Chair yoga", ended), partner("Chair yoga", "The Pool"), false);
}

#[test]
fn two_partners_may_use_the_same_identity() {
    let event = |title: &str, day: u8| {
        calendar(&[&format!(
            "UID:4\nDTSTART:202606{day:02}T100000Z\nDURATION:PT1H\nSUMMARY:{title}\nLOCATION:{title} Hall\nGEO:54.1;-1.2"
        )])
    };
    let settings = "calendars: [{file: a.ics, name: A}, {file: b.ics, name: B}]\n";
    let built = Project::new()
        .file("content/site.yaml", format!("{SITE}{settings}"))
        .file("content/calendars/a.ics", event("Conference", 4))
        .file("content/calendars/b.ics", event("Bereavement", 9))
        .build()
        .clean();
    let feed = built.text("events/calendar.ics");
    let uids: std::collections::BTreeSet<&str> = feed.lines().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.len(), 2, "{feed}");
    assert_eq!(feed.matches("GEO:54.1;-1.2\r\n").count(), 2);
}

#[test]
fn a_broken_calendar_stops_the_build_and_the_last_good_site_stays() {
    let project = project(&[&swim()]);
    let good = project.build().clean();
    project.write(FILE, &calendar(&[&swim()])[..200]);
    let bad = project.build();
    assert_eq!(bad.codes(), ["calendar/not-readable"]);
    assert_same(&bad.tree, &good.tree, "a calendar that is cut off");
}

#[test]
fn a_partners_old_events_are_left_out() {
    let old = "UID:old\nDTSTART:20240604T100000Z\nDTEND:20240604T110000Z\nSUMMARY:Long ago";
    let recent = "UID:recent\nDTSTART:20260504T100000Z\nDTEND:20260504T110000Z\nSUMMARY:Last month";
    let ended = "UID:ended\nDTSTART;TZID=Europe/London:20190604T110000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20200604T100000Z\nSUMMARY:Was";
    let built = project(&[old, recent, ended]).build().clean();
    assert!(only_page(&built.tree).starts_with("events/leisure/last-month-"));
}

#[test]
fn an_edit_of_one_event_leaves_the_others_and_a_warm_build_equals_a_cold_one() {
    let entry = |number: usize, hour: usize| {
        format!("UID:e{number}\nDTSTART:202606{number:02}T{hour:02}0000Z\nDURATION:PT1H\nSUMMARY:Event {number}")
    };
    let entries = |hour: usize| (10..15).map(move |number| entry(number, if number == 12 { hour } else { 9 }));
    let texts = |hour| entries(hour).collect::<Vec<_>>();
    let borrowed = |texts: &[String]| calendar(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let project = project(&[]);
    let mut cache = Cache::default();
    for texts in [texts(9), texts(15), texts(9)[..3].to_vec(), texts(9)] {
        project.write(FILE, borrowed(&texts));
        let warm = project.build_looking(Look::Everywhere, &mut cache).clean();
        let cold = tempfile::TempDir::new().unwrap();
        let cold = project.build_into(cold.path(), &mut Cache::default());
        assert_same(&warm.site(), &cold.site(), "warm and cold");
    }
    project.remove(FILE);
    assert_eq!(project.build_warm(&mut cache).codes(), ["calendar/no-file"]);
}

#[test]
fn what_is_wrong_with_overrides_is_said_once_and_in_the_settings() {
    let settings =
        "calendars:\n- {file: leisure.ics, name: A, overrides: {venue: nowhere, acces: [lift], access: [stepfree]}}\n";
    let swim = swim();
    for entries in [&[][..], &[swim.as_str()], &[swim.as_str(), "UID:b\nDTSTART:20260604\nSUMMARY:B"]] {
        let built = project(entries).file("content/site.yaml", format!("{SITE}{settings}")).build();
        assert_eq!(built.codes(), ["event/unknown-venue", "field/unknown", "event/unknown-access-fact"]);
        assert!(built.report.iter().all(|fault| fault.place.as_ref().unwrap().path.as_str() == "content/site.yaml"));
    }
}
