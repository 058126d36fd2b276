//! The whole way from a rule to its dates, and expansion against dates counted by hand.

use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::{Span, Zoned};
use proptest::prelude::*;

use super::*;
use crate::date::{parse, zone};

const ZONES: [&str; 3] = ["Europe/London", "America/New_York", "Pacific/Auckland"];

fn timed(start: DateTime, minutes: i64, name: &str) -> Times {
    let start = crate::date::at(start, &zone(name).unwrap());
    Times::Timed { end: start.checked_add(Span::new().minutes(minutes)).unwrap(), start }
}

fn series(start: DateTime, rule: &str) -> Series {
    Series { rule: Some(Rule::parse(rule).unwrap()), ..Series::once(timed(start, 60, "Europe/London")) }
}

fn london(day: Date) -> Zoned {
    day.to_zoned(zone("Europe/London").unwrap()).unwrap()
}

fn change(on: &str, start: Option<&str>, is_cancelled: bool, index: usize) -> Change {
    Change { on: parse(on).unwrap(), start: start.map(|s| parse(s).unwrap()), end: None, is_cancelled, index }
}

fn listed(series: &Series, from: Date, to: Date) -> Vec<String> {
    let line = |o: Occurrence| {
        let start = match &o.times {
            Times::Timed { start, .. } => start.strftime("%Y-%m-%d %H:%M %z").to_string(),
            Times::Days { first, last } => format!("{first}..{last}"),
        };
        let extra = if o.is_extra { " extra" } else { "" };
        let change = o.change.map(|index| format!(" change {index}")).unwrap_or_default();
        format!("{start}{extra}{change}{}", if o.is_cancelled { " cancelled" } else { "" })
    };
    occurrences(series, &london(from), &london(to), 100).into_iter().map(line).collect()
}

#[test]
fn a_weekly_event_keeps_its_time_over_the_clock_change() {
    let tea = series(date(2026, 3, 17).at(10, 0, 0, 0), "FREQ=WEEKLY;BYDAY=TU");
    assert_eq!(
        listed(&tea, date(2026, 3, 20), date(2026, 4, 8)),
        ["2026-03-24 10:00 +0000", "2026-03-31 10:00 +0100", "2026-04-07 10:00 +0100"]
    );
}

#[test]
fn a_time_that_the_clock_change_skips_is_read_with_the_offset_before() {
    let night = series(date(2026, 3, 22).at(1, 30, 0, 0), "FREQ=WEEKLY");
    assert_eq!(
        listed(&night, date(2026, 3, 22), date(2026, 4, 6)),
        ["2026-03-22 01:30 +0000", "2026-03-29 02:30 +0100", "2026-04-05 01:30 +0100"]
    );
}

#[test]
fn a_date_in_the_night_of_a_clock_change_is_found_and_said() {
    let check = |series: &Series, expected: &str| {
        let found = at_clock_change(series, &london(date(2026, 2, 1)), &london(date(2027, 2, 1)));
        let found = found.map(|(day, fault)| format!("{day}: {} | {}", fault.message, fault.help));
        assert_eq!(found.unwrap_or_default(), expected);
    };
    let night = |hour, minute| series(date(2026, 2, 1).at(hour, minute, 0, 0), "FREQ=WEEKLY");
    check(
        &night(1, 30),
        "2026-03-29: the clocks go forward on 29 March 2026, so there is no 1:30am that day; it is read as 2:30am | \
         start: 2026-03-29T02:30:00+01:00, end: 2026-03-29T03:30:00+01:00",
    );
    let mut spring_is_settled = night(1, 30);
    spring_is_settled.changes.push(change("2026-03-29", None, true, 0));
    check(
        &spring_is_settled,
        "2026-10-25: the clocks go back on 25 October 2026, so 1:30am comes twice; the first one is meant | \
         start: 2026-10-25T01:30:00+01:00, end: 2026-10-25T01:30:00+00:00",
    );
    check(
        &night(0, 30),
        "2026-03-29: the clocks change while the event of Sunday 29 March 2026 goes on: it lasts as long as always and \
         ends at 2:30am, not at 1:30am | end: 2026-03-29 1:30am",
    );
    check(&night(10, 0), "");
}

#[test]
fn dates_left_out_added_and_changed_are_found() {
    let mut tea = series(date(2026, 6, 2).at(10, 0, 0, 0), "FREQ=WEEKLY;UNTIL=20260630");
    tea.except = vec![parse("9 June 2026").unwrap()];
    tea.extra = vec![parse("13 June 2026").unwrap(), parse("14 June 2026 2pm").unwrap()];
    tea.changes = vec![
        change("16 June 2026", Some("17 June 2026 11am"), false, 7),
        change("23 June 2026", None, true, 8),
        change("13 June 2026", Some("13 June 2026 3pm"), false, 9),
    ];
    let (tea, problems) = settle(&crate::config::english(), tea);
    assert_eq!(problems, []);
    let all = [
        "2026-06-02 10:00 +0100",
        "2026-06-13 15:00 +0100 extra change 9",
        "2026-06-14 14:00 +0100 extra",
        "2026-06-17 11:00 +0100 change 7",
        "2026-06-23 10:00 +0100 change 8 cancelled",
        "2026-06-30 10:00 +0100",
    ];
    assert_eq!(listed(&tea, date(2020, 1, 1), date(2030, 1, 1)), all);
    assert_eq!(listed(&tea, date(2026, 6, 17), date(2026, 6, 18)), all[3..4], "moved into the window");
    assert_eq!(listed(&tea, date(2026, 6, 16), date(2026, 6, 17)), [""; 0], "moved out of the window");
    let next = next_after(&tea, &london(date(2026, 6, 18))).unwrap();
    assert_eq!(next.times.words(), "Tuesday 30 June 2026, 10am to 11am", "the cancelled one is passed over");
    assert!(next_after(&tea, &london(date(2026, 7, 1))).is_none());
}

#[test]
fn whole_days_repeat_too() {
    let mut fair = Series::once(Times::Days { first: date(2026, 5, 30), last: date(2026, 6, 1) });
    assert_eq!(fair.times.words(), "30 May to 1 June 2026");
    assert_eq!(listed(&fair, date(2026, 6, 1), date(2026, 6, 2)), ["2026-05-30..2026-06-01"]);
    assert_eq!(listed(&fair, date(2026, 6, 2), date(2026, 6, 3)), [""; 0]);
    fair.rule = Some(Rule::parse("FREQ=YEARLY").unwrap());
    assert_eq!(listed(&fair, date(2030, 1, 1), date(2031, 1, 1)), ["2030-05-30..2030-06-01"]);
}

#[test]
fn what_does_not_fit_is_said_and_mended() {
    let check = |series: Series, expected: &[&str]| {
        let (settled, problems) = settle(&crate::config::english(), series);
        let said: Vec<String> =
            problems.into_iter().map(|p| format!("{:?}: {} | {}", p.part, p.fault.message, p.fault.help)).collect();
        assert_eq!(said, expected);
        settled
    };
    let thursday = date(2026, 5, 21).at(10, 0, 0, 0);
    let settled = check(
        series(thursday, "FREQ=WEEKLY;BYDAY=TU"),
        &[
            "Start: the event starts on Thursday 21 May 2026, which is not one of its own dates (Every Tuesday) | the first one is Tuesday 26 May 2026: write that as `start`, or change how the event repeats",
        ],
    );
    assert_eq!(settled.times, timed(date(2026, 5, 26).at(10, 0, 0, 0), 60, "Europe/London"));

    let mut tea = series(date(2026, 6, 2).at(10, 0, 0, 0), "FREQ=WEEKLY");
    let day = |text: &str| parse(text).unwrap();
    tea.except = vec![day("10 June 2026"), day("16 June 2026"), day("16 June 2026")];
    tea.extra = vec![day("9 June 2026"), day("12 June 2026"), day("12 June 2026 3pm")];
    tea.changes = vec![
        change("1 June 2026", None, true, 0),
        change("16 June 2026", None, true, 1),
        change("23 June 2026", None, true, 2),
        change("23 June 2026", None, false, 3),
    ];
    let settled = check(
        tea,
        &[
            "Except(0): Wednesday 10 June 2026 is not one of the dates of this event, so leaving it out changes nothing | Every Tuesday: the nearest dates are Tuesday 9 June 2026 and Tuesday 16 June 2026",
            "Except(2): Tuesday 16 June 2026 is left out twice | keep one of the two",
            "Extra(0): Tuesday 9 June 2026 is one of the dates already, so it cannot be added | take it out; for another time on that day use `changes`, or write a second event",
            "Extra(2): Friday 12 June 2026 is added twice | keep one of the two",
            "Change(0): Monday 1 June 2026 is not one of the dates of this event, so there is nothing to change | Every Tuesday: the first date is Tuesday 2 June 2026",
            "Change(1): Tuesday 16 June 2026 is both left out and changed | take it out of `except`; to tell people that it is off, keep the change with `cancelled: true`",
            "Change(3): Tuesday 23 June 2026 is changed twice | keep one of the two",
        ],
    );
    assert_eq!((settled.except.len(), settled.extra.len(), settled.changes.len()), (1, 1, 1));

    check(
        series(thursday, "FREQ=WEEKLY;UNTIL=20260501"),
        &[
            "Until: the event stops repeating on 1 May 2026 and has no date from Thursday 21 May 2026 on | check `until` and `start`",
        ],
    );
    check(
        series(thursday, "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=12"),
        &[
            "Rule: this way of repeating gives no date from Thursday 21 May 2026 on | write it in another way, as in `every: month` with `on: [first tuesday]`",
        ],
    );
    check(
        Series::once(timed(thursday, -60, "Europe/London")),
        &[
            "End: the event ends (Thursday 21 May 2026, 9am) before it starts (Thursday 21 May 2026, 10am) | check `start` and `end`; where it goes on past midnight, give `end` the next day's date",
        ],
    );
    let mut once = Series::once(timed(thursday, 60, "Europe/London"));
    once.except = vec![day("22 May 2026")];
    check(
        once,
        &[
            "Except(0): Friday 22 May 2026 is not one of the dates of this event, so leaving it out changes nothing | the event has one date, Thursday 21 May 2026",
        ],
    );
}

#[test]
fn far_away_windows_agree_with_counting_from_the_start() {
    for rule in [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;BYMONTH=6,7",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH,SU;WKST=SU",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=2",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYYEARDAY=-1",
    ] {
        let rule = Rule::parse(rule).unwrap();
        for start in [date(2004, 2, 29), date(2005, 12, 31), date(2006, 1, 2)] {
            let start = start.at(10, 0, 0, 0);
            let all: Vec<DateTime> = expand::dates(&rule, start, None, start).take_while(|d| d.year() < 2032).collect();
            for from in [date(2005, 6, 1), date(2015, 12, 30), date(2026, 3, 29), date(2027, 1, 1)] {
                let from = DateTime::from(from);
                let expected: Vec<DateTime> = all.iter().copied().filter(|d| *d >= from).collect();
                let found: Vec<DateTime> =
                    expand::dates(&rule, start, None, from).take_while(|d| d.year() < 2032).collect();
                assert_eq!(found, expected, "{} from {start}, seen from {from}", rule.to_text(None));
            }
        }
    }
}

/// A rule, and whether it gives a day, said once more without any calendar code.
fn simple_rules() -> impl Strategy<Value = (String, Simple)> {
    let weekday = (0i8..7).prop_map(|offset| Weekday::from_monday_zero_offset(offset).unwrap());
    prop_oneof![
        (1i32..6).prop_map(|weeks| (format!("FREQ=WEEKLY;INTERVAL={weeks}"), Simple::Weeks(weeks))),
        (1i32..9).prop_map(|days| (format!("FREQ=DAILY;INTERVAL={days}"), Simple::Days(days))),
        (1i8..6, weekday.clone())
            .prop_map(|(n, day)| { (format!("FREQ=MONTHLY;BYDAY={n}{}", rule::code(day)), Simple::Nth(n, day)) }),
        weekday.prop_map(|day| (format!("FREQ=MONTHLY;BYDAY=-1{}", rule::code(day)), Simple::Last(day))),
        (1i8..32).prop_map(|day| (format!("FREQ=MONTHLY;BYMONTHDAY={day}"), Simple::MonthDay(day))),
    ]
}

#[derive(Clone, Debug)]
enum Simple {
    Days(i32),
    Weeks(i32),
    Nth(i8, Weekday),
    Last(Weekday),
    MonthDay(i8),
}

impl Simple {
    fn gives(&self, day: Date, start: Date) -> bool {
        let passed = start.until(day).unwrap().get_days();
        match self {
            Simple::Days(days) => passed % days == 0,
            Simple::Weeks(weeks) => passed % (7 * weeks) == 0,
            Simple::Nth(n, weekday) => day.weekday() == *weekday && (day.day() - 1) / 7 + 1 == *n,
            Simple::Last(weekday) => day.weekday() == *weekday && day.day() + 7 > day.days_in_month(),
            Simple::MonthDay(number) => day.day() == *number,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn expansion_agrees_with_dates_counted_by_hand(
        (rule, simple) in simple_rules(),
        offset in 0i32..2000,
        ahead in 0i32..1500,
        (hour, minute) in (0i8..24, 0i8..60),
        name in prop::sample::select(&ZONES[..]),
    ) {
        let start_day = date(2022, 1, 1).checked_add(Span::new().days(offset)).unwrap();
        // A start that the clock change skips is moved before it becomes a series, with a note to its writer.
        prop_assume!(!zone(name).unwrap().to_ambiguous_timestamp(start_day.at(hour, minute, 0, 0)).is_ambiguous());
        let times = timed(start_day.at(hour, minute, 0, 0), 45, name);
        let series = Series { rule: Some(Rule::parse(&rule).unwrap()), ..Series::once(times) };
        let from_day = start_day.checked_add(Span::new().days(ahead)).unwrap();
        let to_day = from_day.checked_add(Span::new().days(420)).unwrap();
        let place = zone(name).unwrap();
        let from = from_day.to_zoned(place.clone()).unwrap();
        let to = to_day.to_zoned(place.clone()).unwrap();

        let found: Vec<(Date, DateTime)> = occurrences(&series, &from, &to, 10_000)
            .into_iter()
            .filter(|found| found.times.first_day() >= from_day)
            .map(|found| (found.times.first_day(), found.times.local_start()))
            .collect();
        let expected: Vec<(Date, DateTime)> = from_day
            .series(Span::new().days(1))
            .take_while(|day| *day < to_day)
            .filter(|day| simple.gives(*day, start_day))
            .map(|day| (day, crate::date::at(day.at(hour, minute, 0, 0), &place).datetime()))
            .collect();
        prop_assert_eq!(&found, &expected, "{} from {}", rule, start_day);
        for (day, local) in found {
            let wall = day.at(hour, minute, 0, 0);
            prop_assert!(local == wall || place.to_ambiguous_timestamp(wall).is_ambiguous());
        }
        let next = next_after(&series, &from).map(|next| next.times.first_day());
        // One that began the evening before may be going on.
        if next.is_none_or(|day| day >= from_day) {
            prop_assert_eq!(next.filter(|day| *day < to_day), expected.first().map(|(day, _)| *day));
        }
    }
}

#[test]
fn many_series_each_have_a_next_date() {
    let rules = ["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=-1TU"];
    let all: Vec<Series> = (0..1000)
        .map(|number| {
            let mut series = series(date(2014, 1, 7).at(10, 0, 0, 0), rules[number % rules.len()]);
            series.except = vec![parse("2026-05-26").unwrap()];
            series
        })
        .collect();
    let now = london(date(2026, 5, 21));
    let found = all.iter().filter_map(|series| next_after(series, &now)).count();
    assert_eq!(found, 1000);
}
