//! Small calendars, each with one thing that calendars of others have; and what this program writes, read back.

use crate::calendar::history::{State, Told};
use std::fmt::Write;

use super::*;
use crate::date::words::{compact, compact_day};
use crate::date::zone;

fn london() -> TimeZone {
    zone("Europe/London").unwrap()
}

fn when(when: When) -> String {
    match when {
        When::Day(day) => compact_day(day),
        When::Local(local) => compact(local),
        When::Instant(moment, offset) => format!("{moment} at {offset}"),
    }
}

/// An event in one line; what it has not is not said.
fn shown(event: &ForeignEvent) -> String {
    let mut line = format!("{} {} {}", event.uid, event.summary, when(event.start));
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = write!(line, " {name} {value}");
        }
    };
    let list = |whens: &[When]| whens.iter().map(|at| when(*at)).collect::<Vec<_>>().join(",");
    say("to", event.end.map(when));
    say(
        "in",
        event.zone.as_ref().map(|(zone, name)| {
            assert_eq!(zone.iana_name(), Some(name.as_str()));
            name.clone()
        }),
    );
    say("is", (event.status != ForeignStatus::Scheduled).then(|| format!("{:?}", event.status)));
    say("rule", event.rule.clone());
    say("except", Some(list(&event.except)));
    say("extra", Some(list(&event.extra)));
    for change in &event.changes {
        say("change", Some(when(change.on)));
        say("start", change.start.map(when));
        say("end", change.end.map(when));
        say("is", change.is_cancelled.then(|| "off".to_owned()));
        say("at", change.location.clone());
        say("join", change.online.clone());
        say("note", change.note.clone());
    }
    say("at", event.location.clone());
    say("point", event.point.map(|(north, east)| format!("{north};{east}")));
    say("join", event.online.clone());
    say("url", event.url.clone());
    say("by", event.organiser.clone());
    say("about", Some(event.categories.join("+")));
    say("says", Some(event.description.join("¶").replace('\n', "/")));
    line
}

/// Every event, then every fault, a line each.
fn all(text: &str) -> String {
    let calendar = read(text, &london());
    let mut lines: Vec<String> = calendar.events.iter().map(shown).collect();
    lines.extend(calendar.faults.iter().map(|fault| {
        assert!(text.get(fault.bytes.clone()).is_some() && !fault.fault.help.is_empty(), "{fault:?}");
        format!("{:?}: {}", fault.weight, fault.fault.message)
    }));
    for event in &calendar.events {
        assert!(text[event.bytes.clone()].to_uppercase().contains("BEGIN"), "{}", &text[event.bytes.clone()]);
    }
    lines.join("\n")
}

/// One calendar with these lines; `|` parts events and `/` lines.
fn check(lines: &str, expected: &str) {
    check_in("", lines, expected);
}

fn check_in(head: &str, lines: &str, expected: &str) {
    let mut text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}");
    for event in lines.split('|') {
        text.push_str("BEGIN:VEVENT\r\n");
        for line in event.trim().split('\n') {
            text.push_str(line.trim_start_matches("    "));
            text.push_str("\r\n");
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    assert_eq!(all(&text), expected, "{text}");
}

#[test]
fn starts_and_ends() {
    check(
        "UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000\nDTEND:20260602T120000",
        "1 Tea 20260602T100000 to 20260602T120000",
    );
    check("UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000\nDURATION:PT90M", "1 Tea 20260602T100000 to 20260602T113000");
    check("UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000", "1 Tea 20260602T100000");
    check("UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000\nDTEND:20260602T100000", "1 Tea 20260602T100000");
    check(
        "UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000\nDTEND:20260602T090000",
        "1 Tea 20260602T100000 to 20260602T110000\nWarning: `Tea` ends before it starts",
    );
    check("UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20260602\nDTEND;VALUE=DATE:20260605", "1 Fair 20260602 to 20260604");
    check("UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20260602\nDURATION:P3D", "1 Fair 20260602 to 20260604");
    check("UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20260602", "1 Fair 20260602");
    check("UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20260602\nDTEND;VALUE=DATE:20260602", "1 Fair 20260602");
    check(
        "UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20260602\nDTEND;VALUE=DATE:20260601",
        "1 Fair 20260602\nWarning: `Fair` ends before it starts",
    );
    check(
        "UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20260602T000000\nDTEND:20260603T120000",
        "1 Fair 20260602 to 20260603",
    );
    check("UID:1\nSUMMARY:Tea", "Warning: `Tea` has no start and is left out");
    check("UID:1\nSUMMARY:Tea\nDTSTART:soon", "Warning: `Tea` has no start that can be read (`soon`) and is left out");
    check("UID:1\nDTSTART:20260602", "1 An event without a name 20260602");
}

#[test]
fn zones() {
    let tea = |start: &str| format!("UID:1\nSUMMARY:Tea\n{start}");
    check(&tea("DTSTART;TZID=Europe/London:20260602T100000"), "1 Tea 20260602T100000");
    check(&tea("DTSTART;TZID=Europe/Paris:20260602T100000"), "1 Tea 20260602T100000 in Europe/Paris");
    check(&tea("DTSTART;TZID=GMT Standard Time:20260602T100000"), "1 Tea 20260602T100000");
    check(
        &tea("DTSTART;TZID=\"(UTC+00:00) Dublin, Edinburgh, Lisbon, London\":20260602T100000"),
        "1 Tea 20260602T100000",
    );
    check(&tea("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/London:20260602T100000"), "1 Tea 20260602T100000");
    check(&tea("DTSTART:20260602T090000Z"), "1 Tea 2026-06-02T09:00:00Z at +01");
    check_in(
        "X-WR-TIMEZONE:America/New_York\r\n",
        &tea("DTSTART:20260602T090000Z"),
        "1 Tea 2026-06-02T09:00:00Z at -04 in America/New_York",
    );
    check_in("X-WR-TIMEZONE:America/New_York\r\n", &tea("DTSTART:20260602T090000"), "1 Tea 20260602T090000");
    check(
        &tea("DTSTART;TZID=Nowhere:20260602T100000"),
        "1 Tea 20260602T100000\nWarning: the calendar names a time zone that nobody knows: `Nowhere`",
    );
    check_in(
        "X-WR-TIMEZONE:Europe/Paris\r\n",
        &tea("DTSTART;TZID=Nowhere:20260602T100000\nDTEND;TZID=Nowhere:20260602T110000"),
        "1 Tea 20260602T100000 to 20260602T110000 in Europe/Paris\nWarning: the calendar names a time zone that nobody knows: `Nowhere`",
    );
    check(
        &tea("DTSTART;TZID=Europe/Berlin:20260602T100000\nDTEND;TZID=America/New_York:20260602T050000"),
        "1 Tea 20260602T100000 to 20260602T110000 in Europe/Berlin",
    );
    // The second half past one of the night on which the clocks go back.
    check(
        &tea("DTSTART:20261025T003000Z\nDTEND:20261025T013000Z"),
        "1 Tea 2026-10-25T00:30:00Z at +01 to 2026-10-25T01:30:00Z at +00",
    );
    let described = "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    check_in(described, &tea("DTSTART;TZID=Ours:20260602T100000"), "1 Tea 20260602T100000 in Europe/Berlin");
}

#[test]
fn repeats() {
    let tea = |rest: &str| format!("UID:1\nSUMMARY:Tea\nDTSTART:20260602T100000\nDTEND:20260602T110000\n{rest}");
    let begin = "1 Tea 20260602T100000 to 20260602T110000";
    let good = |rest: &str, expected: &str| check(&tea(rest), &format!("{begin}{expected}"));
    good("RRULE:FREQ=WEEKLY;UNTIL=20260630T090000Z", " rule FREQ=WEEKLY;UNTIL=20260630T090000Z");
    good(
        "RRULE:FREQ=WEEKLY\nEXDATE:20260609T100000,20260616T090000Z\nEXDATE;VALUE=DATE:20260623",
        " rule FREQ=WEEKLY except 20260609T100000,20260616T100000,20260623T100000",
    );
    good("RRULE:FREQ=WEEKLY\nEXDATE:20260610T100000", " rule FREQ=WEEKLY");
    good(
        "RRULE:FREQ=WEEKLY\nEXDATE:\nEXDATE:x",
        " rule FREQ=WEEKLY\nWarning: `Tea` adds or leaves out a date that cannot be read (`x`)",
    );
    good("RDATE:20260604T100000,20260602T100000", " extra 20260604T100000");
    good(
        "RDATE;VALUE=PERIOD:20260604T100000/PT1H,20260605T100000/20260605T120000",
        " extra 20260604T100000,20260605T100000 change 20260605T100000 end 20260605T120000",
    );
    good("RDATE;VALUE=DATE:20260604", " extra 20260604T100000");
    check(
        &tea("RRULE:FREQ=WEEKLY\nRDATE:20260609T140000"),
        "1 Tea 20260602T100000 to 20260602T110000 rule FREQ=WEEKLY\n1-20260609T140000 Tea 20260609T140000 to 20260609T150000",
    );
    good(
        "RRULE:FREQ=WEEKLY\nEXDATE:20260609T100000\nRDATE:20260609T140000",
        " rule FREQ=WEEKLY change 20260609T100000 start 20260609T140000",
    );
    good(
        "RRULE:FREQ=SECONDLY",
        "\nWarning: `Tea` is shown once only, because its repeats cannot be read: `FREQ=SECONDLY` would repeat the event many times a day, which no calendar shows well",
    );
    good(
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "\nWarning: `Tea` is shown once only, because its repeats cannot be read: `INTERVAL=0` is not a number that a rule can have there",
    );
    good("RRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY", " rule FREQ=WEEKLY\nWarning: `Tea` repeats in several ways at once");
    good(
        "RRULE:FREQ=WEEKLY\nEXRULE:FREQ=MONTHLY",
        " rule FREQ=WEEKLY\nWarning: `Tea` leaves dates out by a rule (`EXRULE`), which is no longer in use",
    );
    good("RRULE:FREQ=WEEKLY;UNTIL=20260601", "");
    // Starts on a Tuesday, and meets on Mondays.
    check(
        &tea("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"),
        "1 Tea 20260608T100000 to 20260608T110000 rule FREQ=WEEKLY;BYDAY=MO;COUNT=2 extra 20260602T100000",
    );
    check(&tea("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1"), begin);
    check(
        "UID:1\nSUMMARY:Tea\nDTSTART:20260602T090000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20261201T090000Z",
        "1 Tea 20260602T100000 rule FREQ=WEEKLY except 20261201T100000\nNote: events that repeat have their times in UTC, and are read as times in Europe/London: 1",
    );
    check(
        "UID:1\nSUMMARY:Tea\nDTSTART:20260602\nRRULE:FREQ=YEARLY\nEXDATE:20270602",
        "1 Tea 20260602 rule FREQ=YEARLY except 20270602",
    );
    // Times among whole days: one that ends at midnight takes its first day alone.
    let days = |added: &str, expected: &str| {
        check(
            &format!("UID:1\nSUMMARY:Tea\nDTSTART:20260602\nEXDATE:20260602\nRDATE;VALUE=PERIOD:{added}"),
            &format!("1-20260604 Tea 20260604{expected}"),
        );
    };
    days("20260604T080000/20260604T090000", "");
    days("20260604T080000/20260605T000000", "");
    days("20260604T080000/20260605T090000", " to 20260605");
}

#[test]
fn dates_that_differ() {
    let series = "UID:1\nSUMMARY:Tea\nDTSTART;TZID=Europe/London:20260602T100000\nDTEND;TZID=Europe/London:20260602T110000\nRRULE:FREQ=WEEKLY\nLOCATION:Hall";
    let begin = "1 Tea 20260602T100000 to 20260602T110000 rule FREQ=WEEKLY";
    let good = |rest: &str, expected: &str| {
        check(&format!("{series}|UID:1\nLOCATION:Hall\n{rest}"), &format!("{begin}{expected} at Hall"))
    };
    good(
        "SUMMARY:Tea\nRECURRENCE-ID;TZID=Europe/London:20260609T100000\nDTSTART;TZID=Europe/London:20260609T140000\nDTEND;TZID=Europe/London:20260609T150000",
        " change 20260609T100000 start 20260609T140000",
    );
    good(
        "SUMMARY:Tea\nRECURRENCE-ID:20260609T090000Z\nDTSTART:20260610T130000Z\nDTEND:20260610T150000Z",
        " change 20260609T100000 start 20260610T140000 end 20260610T160000",
    );
    good(
        "SUMMARY:Tea\nRECURRENCE-ID:20260609T090000Z\nDTSTART:20260609T090000Z\nDTEND:20260609T100000Z\nSTATUS:CANCELLED",
        " change 20260609T100000 is off",
    );
    good(
        "SUMMARY:Tea and cake\nRECURRENCE-ID;VALUE=DATE:20260609\nDTSTART;TZID=Europe/London:20260609T100000\nDURATION:PT1H",
        " change 20260609T100000 note Tea and cake",
    );
    good(
        "SUMMARY:Tea\nRECURRENCE-ID;TZID=Europe/London:20260610T100000\nDTSTART;TZID=Europe/London:20260610T100000\nSTATUS:CANCELLED",
        "",
    );
    check(
        &format!(
            "{series}|UID:1\nSUMMARY:Tea\nRECURRENCE-ID:20260609T090000Z\nDTSTART:20260609T090000Z\nDTEND:20260609T100000Z\nLOCATION:Library"
        ),
        &format!("{begin} change 20260609T100000 at Library at Hall"),
    );
    check(
        &format!(
            "{series}|UID:1\nSUMMARY:Tea\nRECURRENCE-ID;TZID=Europe/London:20260610T100000\nDTSTART;TZID=Europe/London:20260610T100000"
        ),
        &format!("{begin} at Hall\n1-20260610T100000 Tea 20260610T100000"),
    );
    // Left out and changed at once; the later of two changes.
    check(
        &format!(
            "{series}\nEXDATE;TZID=Europe/London:20260609T100000|UID:1\nSEQUENCE:2\nSUMMARY:Tea\nLOCATION:Hall\nRECURRENCE-ID:20260609T090000Z\nDTSTART:20260609T120000Z\nDURATION:PT1H|UID:1\nSEQUENCE:1\nSUMMARY:Tea\nRECURRENCE-ID:20260609T090000Z\nDTSTART:20260609T130000Z\nDURATION:PT1H"
        ),
        &format!("{begin} change 20260609T100000 start 20260609T130000 at Hall"),
    );
    check(
        &format!(
            "{series}|UID:1\nSUMMARY:Tea\nLOCATION:Hall\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260609T090000Z\nDTSTART:20260609T120000Z\nDURATION:PT1H"
        ),
        &format!(
            "{begin} change 20260609T100000 start 20260609T130000 at Hall\nWarning: a change of `Tea` is for one date and all later ones"
        ),
    );
    // Without a series of its own.
    check(
        "UID:1\nSUMMARY:Tea\nRECURRENCE-ID:20260609T090000Z\nDTSTART:20260609T120000Z",
        "1-20260609T100000 Tea 20260609T130000",
    );
}

#[test]
fn identities() {
    let tea = |rest: &str| format!("SUMMARY:Tea\nDTSTART:20260602T100000\n{rest}");
    check(
        &format!(
            "{}|{}|{}",
            tea("UID:1\nSEQUENCE:1"),
            tea("UID:1\nSEQUENCE:3\nSUMMARY:x\nLOCATION:Hall"),
            tea("UID:1\nSEQUENCE:2")
        ),
        "1 Tea 20260602T100000 at Hall",
    );
    check(
        &format!(
            "{}|{}",
            tea("UID:1\nLAST-MODIFIED:20260502T000000Z\nLOCATION:Hall"),
            tea("UID:1\nLAST-MODIFIED:20260501T000000Z")
        ),
        "1 Tea 20260602T100000 at Hall",
    );
    check(&format!("{}|{}", tea("UID:1"), tea("UID:1\nLOCATION:Hall")), "1 Tea 20260602T100000 at Hall");
    check(
        &format!("{}|UID:1\nSUMMARY:Talk\nDTSTART:20260603T100000", tea("UID:1")),
        "1-20260602T100000 Tea 20260602T100000\n1-20260603T100000 Talk 20260603T100000\nWarning: 2 events have the same identity (`UID:1`)",
    );
    let made = |text: &str| {
        let calendar = read(&format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", text), &london());
        calendar.events[0].uid.clone()
    };
    assert_eq!(made(&tea("LOCATION:a")), made(&tea("LOCATION:b")));
    assert_ne!(made(&tea("")), made("SUMMARY:Tea\nDTSTART:20260603T100000"));
}

#[test]
fn words() {
    let tea = |rest: &str| format!("UID:1\nSUMMARY:Tea\\, and\\ntalk\nDTSTART:20260602T100000\n{rest}");
    let good = |rest: &str, expected: &str| check(&tea(rest), &format!("1 Tea, and talk 20260602T100000{expected}"));
    good("LOCATION:Hall\\n1 High Street\\; Kelderby", " at Hall, 1 High Street; Kelderby");
    good("LOCATION:https://us02web.zoom.us/j/850?pwd=a", " join https://us02web.zoom.us/j/850?pwd=a");
    good(
        "LOCATION:Hall; https://teams.microsoft.com/l/meetup-join/a",
        " at Hall join https://teams.microsoft.com/l/meetup-join/a",
    );
    good("CONFERENCE;VALUE=URI:https://meet.example.org/tea\nCONFERENCE:tel:+44", " join https://meet.example.org/tea");
    good("GEO:54.99;-1.53\nURL:https://example.org/a", " point 54.99;-1.53 url https://example.org/a");
    good("URL:javascript:alert(1)", "");
    good(
        "CATEGORIES:Health\\, wellbeing,Older people\nCATEGORIES:Older people",
        " about Health, wellbeing+Older people",
    );
    good("DESCRIPTION:<p>Tea &amp\\; <b>talk</b></p>\\n<ul><li>cake</li></ul>", " says Tea & talk¶- cake");
    good(
        "URL:https://example.org/a\nDESCRIPTION:Tea\\n\\nhttps://example.org/a",
        " url https://example.org/a says Tea",
    );
    good("STATUS:TENTATIVE", " is Postponed");
    good("STATUS:cancelled", " is Cancelled");
    check("UID:1\nSUMMARY:Cancelled: Tea\nDTSTART:20260602", "1 Tea 20260602 is Cancelled");
    check_in("METHOD:CANCEL\r\n", "UID:1\nSUMMARY:Tea\nDTSTART:20260602", "1 Tea 20260602 is Cancelled");
}

#[test]
fn personal_data_is_dropped() {
    let text = "UID:1\nSUMMARY:Talk with sam@example.org\nDTSTART:20260602T100000\nORGANIZER;CN=Jane Doe:mailto:jane@example.org\n\
        ATTENDEE;CN=Sam Poe:mailto:sam@example.org\nCONTACT:Jane Doe\nCOMMENT:Jane is ill\nX-ALT-DESC:Jane\n\
        LOCATION:Hall (jane@example.org)\nCATEGORIES:jane@example.org\n\
        DESCRIPTION:Ask jane@example.org\\n\\nJoin Zoom Meeting\\nhttps://zoom.us/j/1?pwd=secret\\nMeeting ID: 850\\nPasscode: 123\n\
        BEGIN:VALARM\nDESCRIPTION:Jane\nTRIGGER:-PT1H\nEND:VALARM\nBEGIN:VLOCATION\nNAME:Jane\nEND:VLOCATION";
    check(text, "1 Talk with 20260602T100000 at Hall says Ask");
    let calendar = read(&format!("BEGIN:VEVENT\n{text}\nEND:VEVENT"), &london());
    let everything = format!("{calendar:?}");
    for secret in ["Jane", "Sam", "@", "secret", "850", "123"] {
        assert!(!everything.contains(secret), "{secret} in {everything}");
    }
    check(
        "UID:1\nSUMMARY:Talk\nDTSTART:20260602\nORGANIZER;CN=\"Kelderby Leisure Centre\":mailto:a@example.org",
        "1 Talk 20260602 by Kelderby Leisure Centre",
    );
    check(
        "UID:1\nSUMMARY:Doctor\nDTSTART:20260602\nCLASS:PRIVATE|UID:2\nSUMMARY:Lawyer\nDTSTART:20260602\nCLASS:confidential|UID:3\nSUMMARY:Tea\nDTSTART:20260602\nCLASS:PUBLIC",
        "3 Tea 20260602\nNote: private events were left out: 2",
    );
}

#[test]
fn broken_files() {
    let good = |text: &str, expected: &str| assert_eq!(all(text), expected, "{text:?}");
    good("", "Fatal: the file is empty");
    good(" \r\n\u{feff}", "Fatal: the file is empty");
    good("<!DOCTYPE html><html><title>Sign in</title>", "Fatal: this is a web page and not a calendar");
    good("{\"events\": []}", "Fatal: this is not a calendar: it has no `BEGIN:VCALENDAR`");
    good(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1",
        "Fatal: the file is cut off: it begins with `BEGIN:VCALENDAR` and has no `END:VCALENDAR`",
    );
    good("BEGIN:VEVENT\nUID:1", "Fatal: the file is cut off: it begins with `BEGIN:VEVENT` and has no `END:VEVENT`");
    good("BEGIN:VCALENDAR\nEND:VCALENDAR", "");
    let event = |uid: &str| format!("BEGIN:VEVENT\nUID:{uid}\nSUMMARY:Tea\nDTSTART:20260602\nEND:VEVENT\n");
    good(
        &format!("\n\nbegin:vcalendar\n{}end:vcalendar\n\n", event("1").to_lowercase().replace("tea", "Tea")),
        "1 Tea 20260602",
    );
    good(
        &format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\nBEGIN:VCALENDAR\n{}END:VCALENDAR", event("1"), event("2")),
        "1 Tea 20260602\n2 Tea 20260602",
    );
    good(&format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", event("1")).replace('\n', "\r"), "1 Tea 20260602");
    good(
        &format!("BEGIN:VCALENDAR\n{}{}END:VCALENDAR", event("1").replace("END:VEVENT\n", ""), event("2")),
        "1 Tea 20260602\n2 Tea 20260602\nWarning: a part of the calendar does not say where it ends (`END:`)",
    );
    good(
        &format!("BEGIN:VCALENDAR\nBEGIN:X-ODD\n{}END:X-ODD\n{}END:VCALENDAR", event("1"), event("2")),
        "2 Tea 20260602",
    );
    good(&event("1").replace("Tea", "T\0e\u{7}a"), "1 Tea 20260602");
    good(
        &format!(
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nBEGIN:VJOURNAL\nEND:VJOURNAL\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\n{}END:VCALENDAR",
            event("2")
        ),
        "2 Tea 20260602\nNote: tasks and other entries that are no events were left out: 3",
    );
    let deep = format!("BEGIN:VCALENDAR\n{}{}END:VCALENDAR", "BEGIN:X\n".repeat(100_000), "END:Y\n".repeat(100_000));
    good(&deep, "");
    let long = event("1").replace("Tea", &"Tea ".repeat(60_000));
    assert!(all(&long).len() < 2000);
    good(&"x".repeat(LARGEST_FILE + 1), "Fatal: the calendar is larger than 10 MB");
    good(
        &format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(20_001)),
        "Fatal: the calendar holds more than 20000 events",
    );
}

#[test]
fn faults_are_counted_and_limits_are_said() {
    let text = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", "BEGIN:VEVENT\nSUMMARY:Tea\nEND:VEVENT\n".repeat(300));
    let calendar = read(&text, &london());
    assert_eq!(calendar.faults.len(), 100);
    assert_eq!(calendar.faults[99].fault.message, "the calendar has 201 more faults");
    let mut text =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Tea\nDTSTART:20260101T100000\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
            .to_owned();
    for number in 0..2500 {
        let day = jiff::civil::date(2026, 1, 1).checked_add(jiff::Span::new().days(number)).unwrap();
        let day = compact_day(day);
        let _ = write!(
            text,
            "BEGIN:VEVENT\nUID:1\nSUMMARY:Cake\nRECURRENCE-ID:{day}T100000\nDTSTART:{day}T110000\nEND:VEVENT\n"
        );
    }
    let calendar = read(&(text + "END:VCALENDAR"), &london());
    assert_eq!((calendar.events.len(), calendar.events[0].changes.len()), (1, 2000));
    assert_eq!(calendar.faults[0].fault.message, "`Cake` has more than 2000 dates that differ");
}

/// Read again, the clean file says the same, and cleaning it again changes nothing.
fn assert_clean_is_the_same(text: &str) {
    let zone = london();
    let before = read(text, &zone);
    let Some(clean) = clean(text) else {
        assert!(before.fatal().is_some(), "{text}");
        return;
    };
    let clean = String::from_utf8(clean).unwrap();
    assert!(clean.split("\r\n").all(|line| line.len() <= 75 && !line.contains(|c: char| c.is_control())), "{clean:?}");
    let after = read(&clean, &zone);
    let sorted = |calendar: &Calendar| {
        let mut events: Vec<String> = calendar.events.iter().map(shown).collect();
        events.sort();
        (calendar.name.clone(), events)
    };
    assert_eq!(sorted(&before), sorted(&after), "{text}\n{clean}");
    assert_eq!(String::from_utf8(super::clean(&clean).unwrap()).unwrap(), clean);
}

#[test]
fn clean_files_are_sorted_and_hold_no_personal_data() {
    let text = "BEGIN:VCALENDAR\nX-WR-CALNAME:jane@example.org\nX-WR-TIMEZONE:Europe/London\nX-JANE:x\n\
        BEGIN:VTIMEZONE\nTZID:Not used\nEND:VTIMEZONE\nBEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nCOMMENT:Jane\nEND:STANDARD\nEND:VTIMEZONE\n\
        BEGIN:VEVENT\nUID:2\nDTSTAMP:20260101T000000Z\nSUMMARY:Tea &amp; talk\nDTSTART;TZID=Ours;X-BY=Jane:20260603T100000\nLAST-MODIFIED:20260102T030405Z\nATTENDEE:mailto:jane@example.org\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nSUMMARY:Choir\nDTSTART:20260602\nORGANIZER;CN=Kelderby Choir:mailto:jane@example.org\nDESCRIPTION:<b>&lt\\;Bold&gt\\;</b> jane@example.org\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:3\nSUMMARY:Doctor\nDTSTART:20260602\nCLASS:PRIVATE\nEND:VEVENT\nBEGIN:VTODO\nSUMMARY:Jane\nEND:VTODO\nEND:VCALENDAR\n";
    let clean = String::from_utf8(clean(text).unwrap()).unwrap();
    let expected = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Fingerpost//Fingerpost//EN\nCALSCALE:GREGORIAN\nX-WR-TIMEZONE:Europe/London\n\
        BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\n\
        BEGIN:VEVENT\nUID:1\nDTSTAMP:19700101T000000Z\nDTSTART:20260602\nSUMMARY:Choir\nDESCRIPTION:<Bold>\nORGANIZER;CN=\"Kelderby Choir\":invalid:nomail\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:2\nDTSTAMP:20260102T030405Z\nDTSTART;TZID=Ours:20260603T100000\nLAST-MODIFIED:20260102T030405Z\nSUMMARY:Tea & talk\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(clean.replace("\r\n", "\n"), expected);
    assert_clean_is_the_same(text);
}

/// A calendar that has a little of everything.
const SAMPLE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Kelderby\r\nX-WR-TIMEZONE:Europe/London\r\nMETHOD:PUBLISH\r\n\
    BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Cancelled: T\u{177}\r\n\
    DTSTART;TZID=Ours:20260602T100000\r\nDTEND;TZID=\"(UTC+01:00) Berlin\":20260602T110000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9\r\n\
    EXDATE:20260609T080000Z,20260616T080000Z\r\nRDATE;VALUE=PERIOD:20260604T100000/PT1H,20260605/P1D\r\nSEQUENCE:2\r\n\
    DESCRIPTION:<p>a &amp; <a href=\"https://example.org/\">b</a>\\n\r\n jane@example.org\r\nCATEGORIES:a\\,b,c\r\n\
    LOCATION;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9=\r\n bar\r\nGEO:54.9;-1.5\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;TZID=Ours:20260608T100000\r\nDTSTART:20260608T090000Z\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260602\r\nDURATION:P2D\r\nRRULE:FREQ=DAILY;UNTIL=20261231\r\nCLASS:PUBLIC\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let _ = read(&text(&bytes), &london());
    }

    #[test]
    fn spoilt_files_are_read(
        edits in proptest::collection::vec((0..SAMPLE.len(), 0..40usize, 0..SAMPLE.len(), 0..60usize, "\\PC{0,3}"), 1..8),
    ) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, removed, from, taken, added) in edits {
            let at = at.min(bytes.len());
            let removed = removed.min(bytes.len() - at);
            let taken = &SAMPLE.as_bytes()[from..(from + taken).min(SAMPLE.len())];
            bytes.splice(at..at + removed, [taken, added.as_bytes()].concat());
        }
        assert_clean_is_the_same(&text(&bytes));
    }
}

#[test]
fn the_sample_is_read_as_a_whole() {
    assert_eq!(
        all(SAMPLE),
        "1 T\u{177} 20260602T100000 to 20260602T110000 in Europe/Berlin is Cancelled rule FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9 \
         except 20260609T100000,20260616T100000 extra 20260604T100000,20260605T100000 change 20260605T100000 \
         end 20260606T000000 change 20260608T100000 start 20260608T110000 is off at Café bar \
         point 54.9;-1.5 about a,b+c says a & b (https://example.org/)\n\
         6d342036065b8cbdeda58440 An event without a name 20260602 to 20260603 rule FREQ=DAILY;UNTIL=20261231"
    );
    assert_clean_is_the_same(SAMPLE);
}

mod written {
    //! What `write` writes, read back.

    use jiff::civil::date;
    use jiff::{Span, Zoned};
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::recurrence::{Change, Rule, Series, Times, occurrences, settle};
    use crate::calendar::write::{
        CancelledEvents, Conference, Details, Feed, FeedEvent, Organiser, Place, Point, Status, Zones, write,
    };
    use crate::date::at;

    /// Letters that no rule of `description` or `personal` takes for anything else.
    const WORDS: &str = "[a-hŷéŵÀ😀 ,;\\\\\"'“”£%()!?/0-9\n]{0,300}";

    const RULES: [&str; 8] = [
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=12",
        "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270301",
        "FREQ=MONTHLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=DAILY;COUNT=200",
        "FREQ=YEARLY",
    ];

    const ZONES: [&str; 4] = ["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"];

    fn details() -> impl Strategy<Value = Details> {
        let place = proptest::option::of((WORDS, proptest::option::of((-90.0..90.0f64, -180.0..180.0f64))));
        (WORDS, WORDS, place, proptest::collection::vec("[a-hŷ,;\\\\ ]{1,20}", 0..3), 0..3usize, any::<bool>())
            .prop_map(|(summary, description, place, categories, status, is_online)| Details {
                summary: format!("a{summary}"),
                description,
                place: place.map(|(location, point)| Place {
                    location,
                    point: point.and_then(|(north, east)| Point::new(north, east)),
                }),
                url: "https://example.org/events/tea/".to_owned(),
                categories,
                status: [Status::Confirmed, Status::Cancelled, Status::Postponed][status],
                organiser: Some(Organiser {
                    name: "Kelderby \"Link\" Team".to_owned(),
                    email: "a@example.org".to_owned(),
                }),
                colour: None,
                image: None,
                conference: is_online.then(|| Conference {
                    url: "https://meet.example.org/a?b=1,2;c".to_owned(),
                    label: "Join: now".to_owned(),
                }),
            })
    }

    fn event() -> impl Strategy<Value = FeedEvent> {
        let times = (0..700i64, 0..24i8, 0..12i8, 15..3000i64, 0..3i64, 0..ZONES.len());
        let dates = proptest::collection::vec((0..20usize, 0..4usize), 0..5);
        let rest =
            (any::<bool>(), proptest::option::of(0..RULES.len()), dates, proptest::collection::vec(0..700i64, 0..3));
        (times, rest, details(), details()).prop_map(|(times, rest, details, changed)| {
            let (days, hour, minute, minutes, length, zone_index) = times;
            let (is_all_day, rule, dates, extra) = rest;
            let first = date(2026, 1, 1).checked_add(Span::new().days(days)).unwrap();
            let zone = zone(ZONES[zone_index]).unwrap();
            let times = if is_all_day {
                Times::Days { first, last: first.checked_add(Span::new().days(length)).unwrap() }
            } else {
                let start = at(first.at(hour, minute * 5, 0, 0), &zone);
                Times::Timed { end: start.checked_add(Span::new().minutes(minutes)).unwrap(), start }
            };
            let rule = rule.map(|index| Rule::parse(RULES[index]).unwrap());
            let mut series = settle(&crate::config::english(), Series { rule, ..Series::once(times) }).0;
            let own: Vec<_> = series.dates(series.times.local_start()).take(20).collect();
            for (index, (which, what)) in dates.into_iter().enumerate() {
                let Some(on) = own.get(which).map(|own| own.date()).filter(|_| series.rule.is_some()) else { continue };
                let moved = on.tomorrow().unwrap().at(hour, 30, 0, 0);
                let start = (what == 2).then(|| if is_all_day { When::Day(moved.date()) } else { When::Local(moved) });
                match what {
                    0 => series.except.push(When::Day(on)),
                    _ => series.changes.push(Change {
                        on: When::Day(on),
                        start,
                        end: None,
                        is_cancelled: what == 1,
                        index,
                    }),
                }
            }
            series.extra = extra
                .iter()
                .map(|days| When::Day(date(2026, 1, 1).checked_add(Span::new().days(*days)).unwrap()))
                .collect();
            let series = settle(&crate::config::english(), series).0;
            // A date is off by its change, and not by its words.
            let changed = Details { status: Status::Confirmed, ..changed };
            let changed = series
                .changes
                .iter()
                .filter(|change| change.start.is_none())
                .map(|change| (change.index, changed.clone()))
                .collect();
            FeedEvent {
                uid: String::new(),
                series,
                created: Some("2026-02-01T09:00:00Z".parse().unwrap()),
                told: Told {
                    sequence: 3,
                    modified: "2026-03-01T09:00:00Z".parse().unwrap(),
                    state: State { plan: "p".to_owned(), entry: "e".to_owned() },
                },
                details,
                changed,
            }
        })
    }

    fn series(event: &ForeignEvent, site: &TimeZone) -> Series {
        let series = event.series(site);
        let (settled, problems) = settle(&crate::config::english(), series.clone());
        assert_eq!(problems, [], "{event:?}");
        assert_eq!(settled, series);
        settled
    }

    /// Every date of two years: from when to when, and whether it is off.
    fn dates<'s>(all: impl Iterator<Item = &'s Series>) -> Vec<String> {
        let from: Zoned = date(2025, 12, 1).to_zoned(london()).unwrap();
        let to: Zoned = date(2028, 1, 1).to_zoned(london()).unwrap();
        let mut dates: Vec<String> = all
            .flat_map(|series| occurrences(series, &from, &to, 2000))
            .map(|date| {
                let times = match &date.times {
                    Times::Timed { start, end } => format!("{start} {end}"),
                    Times::Days { first, last } => format!("{first} {last}"),
                };
                format!("{times} {}", date.is_cancelled)
            })
            .collect();
        dates.sort();
        dates
    }

    fn same_words(found: &str, expected: &str) -> Result<(), TestCaseError> {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(found), words(expected));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn reads_back(events in proptest::collection::vec(event(), 1..6)) {
            let mut events = events;
            for (index, event) in events.iter_mut().enumerate() {
                event.uid = format!("event-{index}-é@example.org");
            }
            let feed = Feed {
                name: "Caffi a chlonc – what’s on; all, areas".to_owned(),
                description: String::new(),
                url: "https://example.org/".to_owned(),
                source_url: "https://example.org/events.ics".to_owned(),
                timezone: london(),
                colour: None,
                language: "en-GB".to_owned(),
                words: std::sync::Arc::new(crate::config::english()),
                cancelled: CancelledEvents::Mark,
                last_modified: None,
                events,
            };
            let bytes = write(&feed, &Zones::default());
            let text = text(&bytes);
            let calendar = read(&text, &london());
            prop_assert_eq!(&calendar.faults, &Vec::new());
            prop_assert_eq!(calendar.name.as_deref(), Some(feed.name.as_str()));
            for event in &feed.events {
                let (name, host) = event.uid.split_once('@').unwrap();
                let is_of = |found: &&ForeignEvent| {
                    found.uid == event.uid || found.uid.starts_with(&format!("{name}-")) && found.uid.ends_with(host)
                };
                let found: Vec<&ForeignEvent> = calendar.events.iter().filter(is_of).collect();
                let all: Vec<Series> = found.iter().map(|found| series(found, &london())).collect();
                let expected = dates(std::iter::once(&event.series));
                // Where the whole event is off, so is every date that differs.
                let is_off = event.details.status == Status::Cancelled;
                let bare = |dates: Vec<String>| match is_off {
                    true => dates.iter().map(|date| date.replace("true", "false")).collect(),
                    false => dates,
                };
                prop_assert_eq!(bare(dates(all.iter())), bare(expected), "{}", text);
                let Some(main) = found.iter().find(|found| found.uid == event.uid) else { continue };
                let details = &event.details;
                same_words(&main.summary, &details.summary)?;
                same_words(&main.description.join("\n\n"), &details.description)?;
                let location = details.place.as_ref().map(|place| crate::calendar::text::one_line(&place.location, ", "));
                same_words(main.location.as_deref().unwrap_or_default(), location.as_deref().unwrap_or_default())?;
                let point = details.place.as_ref().and_then(|place| place.point);
                let point = point.map(|point| (point.latitude_millionths, point.longitude_millionths));
                let millionths = |(north, east): (f64, f64)| ((north * 1e6).round() as i32, (east * 1e6).round() as i32);
                prop_assert_eq!(main.point.map(millionths), point.filter(|point| *point != (0, 0)));
                prop_assert_eq!(main.url.as_deref(), Some("https://example.org/events/tea/"));
                prop_assert_eq!(&main.online, &details.conference.as_ref().map(|conference| conference.url.clone()));
                prop_assert_eq!(main.organiser.as_deref(), Some("Kelderby \"Link\" Team"));
                prop_assert_eq!((main.sequence, main.created, main.last_modified), (3, event.created, Some(event.told.modified)));
                let status = match details.status {
                    Status::Confirmed => ForeignStatus::Scheduled,
                    Status::Cancelled => ForeignStatus::Cancelled,
                    Status::Postponed => ForeignStatus::Postponed,
                };
                prop_assert_eq!(main.status, status);
            }
            assert_clean_is_the_same(&text);
        }
    }
}

/// Files made to take long; a reader that is not linear never ends here.
#[test]
fn hostile_files_take_no_longer_than_their_length() {
    let many = |count: usize, event: &dyn Fn(usize) -> String| {
        let events: String =
            (0..count).map(|n| format!("BEGIN:VEVENT\nUID:{n}\nSUMMARY:Tea\n{}\nEND:VEVENT\n", event(n))).collect();
        format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    };
    let start = "DTSTART:20260602T100000";
    let files = [
        // Names of zones, and zones, that are all different.
        many(2_000, &|n| format!("DTSTART;TZID=(UTC+01:00) Nowhere, Kelderby, {n}:20260602T100000")),
        many(1, &|_| start.to_owned()) + &"BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0017\nTZOFFSETTO:+0017\nEND:STANDARD\nEND:VTIMEZONE\n".repeat(5_000),
        // Counted dates, and dates left out far away.
        many(200, &|_| format!("{start}\nRRULE:FREQ=DAILY;COUNT=10000\nEXDATE:20520101T100000")),
        many(20, &|_| format!("{start}\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO\nEXDATE:{}", "20560602T100000,".repeat(2_500))),
        many(1, &|_| format!("{start}\nRDATE:{}", (0..30_000).map(|n| format!("2026{:02}{:02}T{:02}0000,", n % 12 + 1, n % 28 + 1, n % 24)).collect::<String>())),
        // Tags that never end, entities, links and addresses.
        many(10, &|_| format!("{start}\nDESCRIPTION:<p {}", "a=b ".repeat(5_000))),
        many(1, &|_| format!("{start}\nDESCRIPTION:{}", "<a href=\"https://example.org\">".repeat(100_000))),
        many(1, &|_| format!("{start}\nLOCATION:{}", "a@b.org(".repeat(100_000))),
        many(1, &|_| format!("{start}\nORGANIZER;CN=\"{}\":x", "\\\";".repeat(50_000))),
        many(1, &|_| format!("{start}\nCATEGORIES:{}", "a,".repeat(100_000))),
        many(1, &|_| format!("{start}\nRRULE:FREQ=WEEKLY;BYDAY={}", "MO,".repeat(100_000))),
        // One identity, lines without a name, soft breaks.
        format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", format!("BEGIN:VEVENT\nUID:1\n{start}\nEND:VEVENT\n").repeat(10_000)),
        many(1, &|_| format!("{start}\nDESCRIPTION:a\n{}", "words without a name\n".repeat(100_000))),
        many(1, &|_| format!("{start}\nDESCRIPTION;ENCODING=QUOTED-PRINTABLE:a\n{}", "=\n".repeat(100_000))),
    ];
    for file in files {
        let calendar = read(&file, &london());
        assert!(!calendar.events.is_empty(), "{:?}", calendar.faults);
        assert!(clean(&file).is_some());
    }
}

/// Files with which the fuzzer showed that cleaning changed what is read.
#[test]
fn findings_of_the_fuzzer() {
    let event =
        |lines: &str| format!("BEGIN:VEVENT\nUID:1\nSUMMARY:Tea\nDTSTART:20111112T155000\n{lines}\nEND:VEVENT\n");
    assert_clean_is_the_same(&event("DTEND:2011\u{1}\0\0\u{1}1112T170000"));
    assert_clean_is_the_same(&event("URL:http://xxxx.xxxx.x\u{201a}xx.com/"));
    let added =
        event("RDATE;TZID=\"Central:20180403T080000").replace("DTSTART:20111112T155000", "DTSTART:20111112T155000Z");
    assert_clean_is_the_same(&added);
    let unreadable = event("RECURRENCE-ID:20:10\nLOCATION:Hall");
    assert_clean_is_the_same(&format!("BEGIN:VCALENDAR\n{unreadable}{}END:VCALENDAR\n", event("LOCATION:Library")));
    let moved = |start: &str| {
        let start = format!("DTSTART:{start}");
        event("RECURRENCE-ID:20111112T155000").replace("DTSTART:20111112T155000", &start)
    };
    let twice = format!("{}{}", moved("20111115T100000"), moved("20111114T100000"));
    assert_clean_is_the_same(&format!("BEGIN:VCALENDAR\n{twice}END:VCALENDAR\n"));
    // The same name in years with other laws.
    let zone = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    let at = |uid: u8, year: u16| format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART;TZID=Ours:{year}0601T100000\nEND:VEVENT\n");
    assert_clean_is_the_same(&format!("BEGIN:VCALENDAR\n{zone}{}{}END:VCALENDAR\n", at(1, 2026), at(2, 2013)));
    // Two of one identity and start, which differ in the added dates only, and change places when they are cleaned.
    let at_eight = |start: &str, added: &str| {
        format!("BEGIN:VEVENT\nSUMMARY:Tea\nDTSTART;TZID=America/Chicago:{start}\n{added}\nEND:VEVENT\n")
    };
    let twice = at_eight("20180327T130000Z", "RDATE:none") + &at_eight("20180327T080000", "RDATE:20180403T080000");
    assert_clean_is_the_same(&format!("BEGIN:VCALENDAR\n{twice}END:VCALENDAR\n"));
    // Spaces that do not break, around what may be an address.
    let spaced = "tea@hall\u{a0}\u{a0}talk@library";
    assert_clean_is_the_same(&event(&format!("LOCATION:{spaced}\nDESCRIPTION:{spaced}")));
    // A space that does not break, and two of them: in the name of a zone of Windows, and of one that is described.
    assert_clean_is_the_same(&event("RDATE;TZID=Central\u{a0}Standard Time:20180724T080000"));
    let spaced = at(1, 2026).replace("TZID=Ours", "TZID=\"Our\u{2003}  own\"");
    let zone = zone.replace("Ours", "Our  own\u{a0}");
    assert_clean_is_the_same(&format!("BEGIN:VCALENDAR\n{zone}{spaced}END:VCALENDAR\n"));
    assert_clean_is_the_same(&event("DTEND;TZID=America7\nDTEND;TZID=America/New_York:20111112T170000"));
}
