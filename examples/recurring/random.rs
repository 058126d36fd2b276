//! Events that nobody would think of: the same ones for the same seed.

use std::fmt::Write as _;

use fingerpost::calendar::recurrence::{End, Rule, Series, Times, occurrences};
use fingerpost::date;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Zoned};

use crate::Written;

/// How many events a random site has.
const EVENTS: usize = 40;

/// Random events in a zone.
pub fn events(seed: u64, zone: &str) -> Vec<Written> {
    let mut dice = Dice(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
    let event = |at| Written {
        title: format!("{} {at}", title(&mut dice)),
        summary: words(&mut dice, 40),
        place: [words(&mut dice, 3), words(&mut dice, 12)],
        tags: (0..dice.below(4)).map(|number| format!("{} {number}", words(&mut dice, 1))).collect(),
        front_matter: event(&mut dice, zone),
    };
    (0..EVENTS).map(event).collect()
}

/// At least one word and at most so many, of all alphabets, with every sign that means something in a calendar.
fn words(dice: &mut Dice, most: usize) -> String {
    const WORDS: &[&str] = &[
        "tea",
        "talk;",
        "walk,",
        "back\\slash",
        "ŵyl",
        "ŷ",
        "日本語",
        "العربية",
        "🎉",
        "👩‍👩‍👧",
        "é",
        "e\u{301}",
        "colon:",
        "(brackets)",
        "“quotes”",
        "50%",
        "a=b",
        "^caret",
        "n\\n",
        "#hash",
        "Straße",
        "supercalifragilisticexpialidocious-and-a-bit-more",
    ];
    let count = 1 + dice.below(most);
    (0..count).map(|_| WORDS[dice.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

fn title(dice: &mut Dice) -> &'static str {
    const TITLES: &[&str] =
        &["Tea", "Walk; talk", "Sing, then sing again", "Bore da ŵ", "Back\\slash", "🎉 Party", "\"Quoted\""];
    TITLES[dice.below(TITLES.len())]
}

fn event(dice: &mut Dice, zone: &str) -> String {
    let zone = date::zone(zone).unwrap();
    let is_whole_days = dice.below(4) == 0;
    let day = Date::new(2025, 1, 1).unwrap().checked_add(Span::new().days(dice.below(900) as i64)).unwrap();
    let time = Time::new(dice.below(24) as i8, [0, 15, 30, 45][dice.below(4)], 0, 0).unwrap();
    let every = rule(dice, day);
    let rule = Rule::from_words(&every.0, &every.1.iter().map(String::as_str).collect::<Vec<_>>(), None, None).unwrap();
    let minutes = [30, 60, 90, 300, 26 * 60][dice.below(5)];
    let days = [0, 0, 1, 3][dice.below(4)];
    let local = DateTime::from_parts(day, if is_whole_days { Time::midnight() } else { time });
    let times = |local: DateTime| match is_whole_days {
        true => Times::Days { first: local.date(), last: local.date().checked_add(Span::new().days(days)).unwrap() },
        false => {
            let start = date::at(local, &zone);
            Times::Timed { end: start.checked_add(Span::new().minutes(minutes)).unwrap(), start }
        }
    };
    // The first date of the rule, so that the event is as its writer means it.
    let series = Series { rule: Some(rule), ..Series::once(times(local)) };
    let window: (Zoned, Zoned) =
        (day.to_zoned(zone.clone()).unwrap(), Date::new(2033, 1, 1).unwrap().to_zoned(zone.clone()).unwrap());
    let found = occurrences(&series, &window.0, &window.1, 60);
    let is_readable = |times: &Times| match times {
        // A first date in the hour that is skipped is read as another time: a test of its own has it.
        Times::Timed { start, .. } => start.time() == time,
        Times::Days { .. } => true,
    };
    let dates: Vec<Times> = found.into_iter().map(|found| found.times).filter(is_readable).collect();
    let Some(first) = dates.first() else { return "start: 2026-05-21 10:00\nduration: 1 hour\n".to_owned() };
    let mut text = match first {
        Times::Timed { start, .. } => {
            format!("start: {}\nduration: {minutes} minutes\n", start.strftime("%Y-%m-%d %H:%M"))
        }
        Times::Days { first, last } => format!("start: {first}\nend: {last}\n"),
    };
    let on: Vec<String> = every.1.iter().map(|on| format!("{on:?}")).collect();
    let _ = writeln!(text, "repeats:\n  every: {}\n  on: [{}]", every.0, on.join(", "));
    let end = match dice.below(3) {
        0 => End::Count(1 + dice.below(40) as u32),
        1 => {
            dates.get(dice.below(dates.len())).map_or(End::Never, |date| End::Until(date::When::Day(date.first_day())))
        }
        _ => End::Never,
    };
    let last = match end {
        End::Count(count) => {
            let _ = writeln!(text, "  count: {count}");
            dates.get(count as usize - 1).map_or(Date::MAX, Times::first_day)
        }
        End::Until(until) => {
            let _ = writeln!(text, "  until: {}", until.date());
            until.date()
        }
        End::Never => Date::MAX,
    };
    let mut rest: Vec<Date> = dates.iter().skip(1).map(Times::first_day).filter(|day| *day <= last).collect();
    let mut take = |dice: &mut Dice, most: usize| -> Vec<Date> {
        let count = dice.below(most + 1).min(rest.len());
        (0..count).map(|_| rest.remove(dice.below(rest.len()))).collect()
    };
    let listed = |days: &[Date]| days.iter().map(Date::to_string).collect::<Vec<_>>().join(", ");
    let _ = writeln!(text, "  except: [{}]", listed(&take(dice, 3)));
    text.push_str("changes:\n");
    for on in take(dice, 4) {
        let moved = on.checked_add(Span::new().days(dice.below(3) as i64)).unwrap();
        let _ = match (dice.below(3), is_whole_days) {
            (0, _) => writeln!(text, "- {{on: {on}, cancelled: true}}"),
            (_, true) => writeln!(text, "- {{on: {on}, start: {moved}}}"),
            (_, false) => writeln!(text, "- {{on: {on}, start: {moved} 12:10, end: {moved} 13:25, note: Moved}}"),
        };
    }
    text.replace("changes:\n", if text.ends_with("changes:\n") { "" } else { "changes:\n" })
}

/// `every` and `on`.
fn rule(dice: &mut Dice, day: Date) -> (String, Vec<String>) {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "last"];
    let weekday = DAYS[dice.below(7)].to_owned();
    let number = 1 + dice.below(5);
    match dice.below(9) {
        0 => (format!("{number} days"), Vec::new()),
        1 | 2 => (format!("{number} weeks"), vec![weekday]),
        3 => {
            let other = DAYS[dice.below(7)].to_owned();
            (format!("{number} weeks"), if other == weekday { vec![weekday] } else { vec![weekday, other] })
        }
        4 | 5 => (format!("{number} months"), vec![format!("{} {weekday}", ORDINALS[dice.below(5)])]),
        6 => (format!("{number} months"), vec!["last day".to_owned()]),
        7 => (format!("{number} months"), vec![day.day().to_string()]),
        _ => ("year".to_owned(), Vec::new()),
    }
}

/// Numbers by chance (xorshift64*), the same ones for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}
