//! A recurrence rule and its form in RFC 5545 §3.3.10 (`FREQ=MONTHLY;BYDAY=1TU`).

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::Offset;

use crate::date::{Fault, When, nearest};

/// How an event repeats. Lists are empty where the rule says nothing of that kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub frequency: Frequency,
    /// 2 for every other week; at least 1.
    pub interval: u16,
    pub by_day: Vec<DayOfWeek>,
    /// 1 to 31, or -1 for the last day to -31.
    pub by_month_day: Vec<i8>,
    /// 1 to 366, or -1 for the last day of the year to -366.
    pub by_year_day: Vec<i16>,
    /// 1 to 12.
    pub by_month: Vec<i8>,
    /// Which of the dates of each period count: 1 is the first, -1 the last.
    pub by_set_position: Vec<i16>,
    pub week_start: Weekday,
    pub end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// `Tuesday`, or with an ordinal `the first Tuesday` (1) and `the last Friday` (-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayOfWeek {
    pub ordinal: Option<i16>,
    pub weekday: Weekday,
}

/// When a series stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Never,
    /// The last date that may be in the series, inclusive.
    Until(When),
    /// The number of dates, before any are left out.
    Count(u32),
}

const PARTS: [&str; 14] = [
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

impl Rule {
    /// Every day, week, month or year without end.
    pub fn new(frequency: Frequency, interval: u16) -> Self {
        Rule {
            frequency,
            interval,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_year_day: Vec::new(),
            by_month: Vec::new(),
            by_set_position: Vec::new(),
            week_start: Weekday::Monday,
            end: End::Never,
        }
    }

    /// Reads a rule in the form of RFC 5545 §3.3.10, with or without `RRULE:` before it.
    pub fn parse(text: &str) -> Result<Rule, Fault> {
        let upper = text.trim().to_uppercase();
        let parts = upper.strip_prefix("RRULE:").unwrap_or(&upper).trim_end_matches(';');
        let mut rule = Rule::new(Frequency::Weekly, 1);
        let mut seen: Vec<&str> = Vec::new();
        for part in parts.split(';') {
            let (name, value) = part.split_once('=').map(|(n, v)| (n.trim(), v.trim())).ok_or_else(|| {
                Fault::new(format!("`{part}` in the rule has no `=`"), "write a rule such as `FREQ=WEEKLY;BYDAY=TU`")
            })?;
            if seen.contains(&name) {
                return Err(Fault::new(format!("`{name}` stands twice in the rule"), "keep one of the two"));
            }
            seen.push(name);
            rule.set(name, value)?;
        }
        if !seen.contains(&"FREQ") {
            return Err(Fault::new(
                "the rule does not say how often the event repeats",
                "Begin it with `FREQ=DAILY`, `FREQ=WEEKLY`, `FREQ=MONTHLY` or `FREQ=YEARLY`",
            ));
        }
        if seen.contains(&"UNTIL") && seen.contains(&"COUNT") {
            return Err(Fault::new("the rule has both `UNTIL` and `COUNT`, and one of them must end it", "keep one"));
        }
        rule.check()?;
        Ok(rule)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        match name {
            "FREQ" => self.frequency = frequency(value)?,
            "INTERVAL" => self.interval = number(name, value, 1, 1000)?,
            "COUNT" => self.end = End::Count(number(name, value, 1, 100_000)?),
            "UNTIL" => self.end = End::Until(until(value)?),
            "WKST" => self.week_start = weekday(value).ok_or_else(|| unknown_weekday(value))?,
            "BYDAY" => self.by_day = value.split(',').map(day_of_week).collect::<Result<_, _>>()?,
            "BYMONTHDAY" => self.by_month_day = numbers(name, value, -31, 31)?,
            "BYYEARDAY" => self.by_year_day = numbers(name, value, -366, 366)?,
            "BYMONTH" => self.by_month = numbers(name, value, 1, 12)?,
            "BYSETPOS" => self.by_set_position = numbers(name, value, -366, 366)?,
            "BYWEEKNO" => {
                return Err(Fault::new(
                    "`BYWEEKNO` counts weeks of the year, and calendar programs do not agree how",
                    "write the month and the weekday, as in `FREQ=YEARLY;BYMONTH=5;BYDAY=1MO`",
                ));
            }
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                return Err(Fault::new(
                    format!("`{name}` would repeat the event at several times of one day"),
                    "leave it out: the time comes from `start`. For a second time of day write a second event",
                ));
            }
            _ => {
                return Err(Fault::new(
                    format!("`{name}` is not a part of a rule"),
                    match nearest(name, PARTS) {
                        Some(known) => format!("did you mean `{known}`?"),
                        None => "write a rule such as `FREQ=WEEKLY;BYDAY=TU`".to_owned(),
                    },
                ));
            }
        }
        Ok(())
    }

    /// What RFC 5545 §3.3.10 forbids, and what can never give a date.
    pub(super) fn check(&self) -> Result<(), Fault> {
        use Frequency::{Daily, Monthly, Weekly, Yearly};
        let has_ordinal = self.by_day.iter().any(|day| day.ordinal.is_some());
        let refuse = |message: &str, help: &str| Err(Fault::new(message, help));
        if has_ordinal && matches!(self.frequency, Daily | Weekly) {
            return refuse("A first or last weekday needs a month or a year to count in", "write `FREQ=MONTHLY`");
        }
        if !self.by_month_day.is_empty() && self.frequency == Weekly {
            return refuse("A week has no days of the month", "write `FREQ=MONTHLY`, or leave `BYMONTHDAY` out");
        }
        if !self.by_year_day.is_empty() && self.frequency != Yearly {
            return refuse("`BYYEARDAY` needs a year to count in", "write `FREQ=YEARLY`, or leave it out");
        }
        let has_days = !self.by_day.is_empty() || !self.by_month_day.is_empty();
        let has_others = !self.by_month.is_empty() || !self.by_year_day.is_empty();
        if !self.by_set_position.is_empty() && !has_days && !has_others {
            return refuse("`BYSETPOS` has nothing to choose from", "add the days, as in `BYDAY=MO,TU,WE,TH,FR`");
        }
        let longest = |month: &i8| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let exists = |day: &i8| self.by_month.iter().any(|month| i32::from(*day).abs() <= longest(month));
        let never = !self.by_month.is_empty() && !self.by_month_day.is_empty() && !self.by_month_day.iter().any(exists);
        if never && matches!(self.frequency, Daily | Monthly | Yearly) {
            return refuse("the rule never gives a date: no such day is in that month", "check `BYMONTHDAY`");
        }
        Ok(())
    }

    /// The rule as RFC 5545 §3.3.10 writes it, with `UNTIL` in the type and zone that its series needs.
    pub(crate) fn to_text(&self, until: Option<&str>) -> String {
        let mut text = format!("FREQ={}", self.frequency);
        let mut part = |name: &str, value: String| {
            if !value.is_empty() {
                text.push_str(&format!(";{name}={value}"));
            }
        };
        part("INTERVAL", if self.interval > 1 { self.interval.to_string() } else { String::new() });
        part("WKST", if self.week_start == Weekday::Monday { "" } else { code(self.week_start) }.to_owned());
        part("BYMONTH", join(&self.by_month));
        part("BYYEARDAY", join(&self.by_year_day));
        part("BYMONTHDAY", join(&self.by_month_day));
        part("BYDAY", join(&self.by_day));
        part("BYSETPOS", join(&self.by_set_position));
        match self.end {
            End::Never => {}
            End::Count(count) => part("COUNT", count.to_string()),
            End::Until(_) => part("UNTIL", until.unwrap_or_default().to_owned()),
        }
        text
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        })
    }
}

impl fmt::Display for DayOfWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ordinal) = self.ordinal {
            write!(f, "{ordinal}")?;
        }
        f.write_str(code(self.weekday))
    }
}

fn join<T: fmt::Display>(values: &[T]) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}

pub(crate) fn code(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.to_monday_zero_offset() as usize % 7]
}

fn weekday(code: &str) -> Option<Weekday> {
    let index = WEEKDAYS.iter().position(|known| *known == code)?;
    Weekday::from_monday_zero_offset(index as i8).ok()
}

fn unknown_weekday(value: &str) -> Fault {
    Fault::new(
        format!("`{value}` is not a day of the week in a rule"),
        "the days are `MO`, `TU`, `WE`, `TH`, `FR`, `SA` and `SU`, with a number before them as in `1TU` or `-1FR`",
    )
}

fn frequency(value: &str) -> Result<Frequency, Fault> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        "HOURLY" | "MINUTELY" | "SECONDLY" => Err(Fault::new(
            format!("`FREQ={value}` would repeat the event many times a day, which no calendar shows well"),
            "write one event for the whole session, or `FREQ=DAILY`",
        )),
        _ => Err(Fault::new(
            format!("`FREQ={value}` is not a way to repeat"),
            match nearest(value, ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]) {
                Some(known) => format!("did you mean `FREQ={known}`?"),
                None => "write `FREQ=DAILY`, `FREQ=WEEKLY`, `FREQ=MONTHLY` or `FREQ=YEARLY`".to_owned(),
            },
        )),
    }
}

fn day_of_week(value: &str) -> Result<DayOfWeek, Fault> {
    let fault = || unknown_weekday(value);
    let at = value.len().checked_sub(2).filter(|at| value.is_char_boundary(*at)).ok_or_else(fault)?;
    let (ordinal, code) = value.split_at(at);
    let ordinal = match ordinal {
        "" => None,
        _ => Some(ordinal.parse::<i16>().ok().filter(|n| *n != 0 && n.abs() <= 53).ok_or_else(fault)?),
    };
    Ok(DayOfWeek { ordinal, weekday: weekday(code).ok_or_else(fault)? })
}

fn number<T: FromStr + PartialOrd + fmt::Display + Copy>(name: &str, value: &str, low: T, high: T) -> Result<T, Fault> {
    value.parse().ok().filter(|number| (low..=high).contains(number)).ok_or_else(|| {
        Fault::new(
            format!("`{name}={value}` is not a number that a rule can have there"),
            format!("write a whole number from {low} to {high}"),
        )
    })
}

fn numbers<T>(name: &str, value: &str, low: T, high: T) -> Result<Vec<T>, Fault>
where
    T: FromStr + PartialOrd + fmt::Display + Copy + Default,
{
    let one = |value: &str| match number(name, value, low, high) {
        Ok(number) if number == T::default() => Err(Fault::new(
            format!("`{name}={value}` counts nothing: the first is 1 and the last is -1"),
            format!("write a whole number from {low} to {high}, but not 0"),
        )),
        other => other,
    };
    value.split(',').map(one).collect()
}

/// `20260429`, `20260429T090000`, `20260429T090000Z`, or a date in any form that a page may use.
fn until(value: &str) -> Result<When, Fault> {
    let (date, time) = value.split_once('T').unwrap_or((value, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if date.len() != 8 || !all_digits(date) {
        return crate::date::parse(value);
    }
    let wrong = || {
        Fault::new(
            format!("`UNTIL={value}` is not a date"),
            "write it as in `UNTIL=20270701`, or as in `UNTIL=20270701T090000Z`",
        )
    };
    let field = |text: &str, from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i8>().ok());
    let year = date.get(..4).and_then(|digits| digits.parse::<i16>().ok()).ok_or_else(wrong)?;
    let (month, day) = field(date, 4, 6).zip(field(date, 6, 8)).ok_or_else(wrong)?;
    let date = Date::new(year, month, day).map_err(|_| wrong())?;
    if time.is_empty() {
        return Ok(When::Day(date));
    }
    let clock = time.strip_suffix('Z').unwrap_or(time);
    if clock.len() != 6 || !all_digits(clock) {
        return Err(wrong());
    }
    let (hour, minute) = field(clock, 0, 2).zip(field(clock, 2, 4)).ok_or_else(wrong)?;
    let second = field(clock, 4, 6).ok_or_else(wrong)?;
    let local = DateTime::from_parts(date, Time::new(hour, minute, second.min(59), 0).map_err(|_| wrong())?);
    if time.ends_with('Z') {
        Ok(When::Instant(Offset::UTC.to_timestamp(local).map_err(|_| wrong())?, Offset::UTC))
    } else {
        Ok(When::Local(local))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got = match Rule::parse(text) {
            Ok(rule) => rule.to_text(Some("...")),
            Err(fault) => format!("{} | {}", fault.message, fault.help),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn rules_are_read_and_written() {
        check("FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU");
        check("rrule:freq=monthly;byday=-1fr;interval=2", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR");
        check("FREQ=DAILY;COUNT=10;", "FREQ=DAILY;COUNT=10");
        check("FREQ=DAILY;UNTIL=20270701", "FREQ=DAILY;UNTIL=...");
        check("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO,-1MO;WKST=SU", "FREQ=YEARLY;WKST=SU;BYMONTH=5;BYDAY=1MO,-1MO");
        check("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1");
        assert_eq!(until("20270701T090000Z").unwrap(), crate::date::parse("2027-07-01T09:00:00Z").unwrap());
    }

    #[test]
    fn what_is_not_a_rule_says_what_to_write() {
        check("FREQ=WEEKLY;BYDYA=TU", "`BYDYA` is not a part of a rule | did you mean `BYDAY`?");
        check("FREQ=WEEKLEY", "`FREQ=WEEKLEY` is not a way to repeat | did you mean `FREQ=WEEKLY`?");
        check(
            "FREQ=HOURLY",
            "`FREQ=HOURLY` would repeat the event many times a day, which no calendar shows well | write one event for the whole session, or `FREQ=DAILY`",
        );
        check(
            "FREQ=DAILY;COUNT=2;UNTIL=20270701",
            "the rule has both `UNTIL` and `COUNT`, and one of them must end it | keep one",
        );
        check(
            "BYDAY=TU",
            "the rule does not say how often the event repeats | Begin it with `FREQ=DAILY`, `FREQ=WEEKLY`, `FREQ=MONTHLY` or `FREQ=YEARLY`",
        );
        check(
            "FREQ=WEEKLY;BYDAY=1TU",
            "A first or last weekday needs a month or a year to count in | write `FREQ=MONTHLY`",
        );
        check(
            "FREQ=WEEKLY;INTERVAL=0",
            "`INTERVAL=0` is not a number that a rule can have there | write a whole number from 1 to 1000",
        );
        check(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "the rule never gives a date: no such day is in that month | check `BYMONTHDAY`",
        );
        check(
            "FREQ=WEEKLY;UNTIL=20279901",
            "`UNTIL=20279901` is not a date | write it as in `UNTIL=20270701`, or as in `UNTIL=20270701T090000Z`",
        );
        check("weekly", "`WEEKLY` in the rule has no `=` | write a rule such as `FREQ=WEEKLY;BYDAY=TU`");
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(FREQ=(WEEKLY|MONTHLY);)?[A-Z=;,0-9é-]{0,30}") {
            let _ = Rule::parse(&text);
        }
    }
}
