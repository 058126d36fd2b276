//! Descriptions of zones against the database that they come from.

use ical::generator::Emitter;
use jiff::tz::TimeZoneDatabase;

use super::*;
use crate::calendar::recurrence::Rule;

fn check(name: &str, first: i16, last: Option<i16>, expected: &[&str]) {
    let described = describe(&crate::date::zone(name).unwrap(), name, first, last);
    let line = |part: &IcalTimeZoneTransition| {
        let values = part.properties.iter().filter_map(|property| property.value.clone());
        format!("{:?} {}", part.transition, values.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(described.transitions.iter().map(line).collect::<Vec<_>>(), expected, "{name}");
}

#[test]
fn london_is_written_in_full() {
    let london = describe(&crate::date::zone("Europe/London").unwrap(), "Europe/London", 2026, None);
    assert_eq!(
        london.generate(),
        "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
         BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nDTSTART:19810329T010000\r\n\
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
         BEGIN:STANDARD\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nDTSTART:19961027T020000\r\n\
         RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    );
}

#[test]
fn zones_of_other_kinds() {
    check("Asia/Kolkata", 2026, None, &["STANDARD +0530 +0530 IST 19700101T000000"]);
    check("Etc/UTC", 2026, None, &["STANDARD +0000 +0000 UTC 19700101T000000"]);
    check(
        "Europe/London",
        1995,
        None,
        &[
            "DAYLIGHT +0000 +0100 BST 19810329T010000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "STANDARD +0100 +0000 GMT 19941023T020000",
            "STANDARD +0100 +0000 GMT 19951022T020000",
            "STANDARD +0100 +0000 GMT 19961027T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ],
    );
    check(
        "America/New_York",
        2026,
        None,
        &[
            "DAYLIGHT -0500 -0400 EDT 20070311T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
            "STANDARD -0400 -0500 EST 20071104T020000 FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        ],
    );
    check(
        "Australia/Lord_Howe",
        2026,
        None,
        &[
            "STANDARD +1100 +1030 +1030 20080406T020000 FREQ=YEARLY;BYMONTH=4;BYDAY=1SU",
            "DAYLIGHT +1030 +1100 +11 20081005T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=1SU",
        ],
    );
    check(
        "Europe/Dublin",
        2026,
        None,
        &[
            "DAYLIGHT +0000 +0100 IST 19810329T010000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "STANDARD +0100 +0000 GMT 19961027T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ],
    );
    check(
        "America/Nuuk",
        2026,
        None,
        &[
            "DAYLIGHT -0200 -0100 -01 20240330T230000 FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA",
            "STANDARD -0100 -0200 -02 20241027T000000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ],
    );
    check(
        "Africa/Casablanca",
        2022,
        Some(2022),
        &[
            "DAYLIGHT +0000 +0100 +01 20210516T020000",
            "STANDARD +0100 +0000 +00 20220327T030000",
            "DAYLIGHT +0000 +0100 +01 20220508T020000",
        ],
    );
}

/// The offset that the description gives at a moment: that of the latest change up to it.
fn offsets(described: &IcalTimeZone, last_year: i16) -> Vec<(Timestamp, Offset, Offset)> {
    let mut all = Vec::new();
    for part in &described.transitions {
        let get = |name: &str| part.properties.iter().find(|p| p.name == name).and_then(|p| p.value.as_deref());
        let read = |value: &str| {
            assert_eq!(value.len(), 5, "no seconds in an offset");
            let minutes = value[1..3].parse::<i32>().unwrap() * 60 + value[3..5].parse::<i32>().unwrap();
            Offset::from_seconds(if value.starts_with('-') { -60 } else { 60 } * minutes).unwrap()
        };
        let (from, to) = (read(get("TZOFFSETFROM").unwrap()), read(get("TZOFFSETTO").unwrap()));
        let start = DateTime::strptime("%Y%m%dT%H%M%S", get("DTSTART").unwrap()).unwrap();
        let days: Vec<Date> = match get("RRULE") {
            None => vec![start.date()],
            Some(rule) => {
                let rule = Rule::parse(rule).unwrap();
                let year = |year| Date::new(year, rule.by_month[0], 1).unwrap();
                (start.year()..=last_year).filter_map(|y| day_in_month(&rule, year(y))).collect()
            }
        };
        all.extend(days.into_iter().map(|day| (from.to_timestamp(day.to_datetime(start.time())).unwrap(), from, to)));
    }
    all.sort();
    all
}

/// The day of a month that a yearly rule gives, counted by hand.
fn day_in_month(rule: &Rule, first: Date) -> Option<Date> {
    let days = first.series(Span::new().days(1)).take_while(|day| day.month() == first.month());
    let mut found = days.filter(|day| {
        (rule.by_month_day.is_empty() || rule.by_month_day.contains(&day.day()))
            && rule.by_day.iter().all(|by| {
                by.weekday == day.weekday()
                    && by.ordinal.is_none_or(|n| match n {
                        -1 => day.day() + 7 > day.days_in_month(),
                        n => i16::from((day.day() - 1) / 7) + 1 == n,
                    })
            })
    });
    found.next()
}

#[test]
fn every_zone_gives_the_offsets_of_the_database_from_2020_to_2037() {
    let database = TimeZoneDatabase::bundled();
    let (begin, end) = (moment(2020), moment(2038));
    let mut count = 0;
    for name in database.available() {
        let zone = database.get(name.as_str()).unwrap();
        let described = offsets(&describe(&zone, name.as_str(), 2020, Some(2037)), 2037);
        let at = |moment: Timestamp| described.iter().rev().find(|(at, _, _)| *at <= moment).map(|(_, _, to)| *to);
        // The two can only part at a change that one of them makes.
        let edges = described.iter().map(|(at, _, _)| *at);
        let edges = edges.chain(zone.following(begin).map(|t| t.timestamp()).take_while(|at| *at < end));
        for edge in edges.chain([begin, end]).filter(|edge| *edge >= begin && *edge <= end) {
            for hours in [-1, 0, 1] {
                let moment = edge + Span::new().hours(hours);
                assert_eq!(at(moment), Some(zone.to_offset(moment)), "{} at {moment}", name.as_str());
            }
        }
        for (index, (_, from, _)) in described.iter().enumerate().skip(1).filter(|(_, (at, ..))| *at >= begin) {
            assert_eq!(*from, described[index - 1].2, "{}: a change begins where the last one ended", name.as_str());
        }
        count += 1;
    }
    assert!(count > 400, "{count} zones");
}
