//! A rule in the words of a poster: `Every Tuesday`, `The first Tuesday of every month until 1 July 2027`.

use jiff::civil::{Date, DateTime, Weekday};

use super::expand;
use super::rule::{DayOfWeek, End, Frequency, Rule};
use crate::date::{When, say};
use crate::words::Words;

/// How an event with this start repeats, without a full stop.
pub fn sentence(words: &Words, rule: &Rule, start: DateTime) -> String {
    let end = match rule.end {
        End::Never => None,
        End::Until(When::Day(day)) => Some(day),
        End::Until(until) => Some(until.date()),
        End::Count(_) => expand::dates(rule, start, None, start).last().map(DateTime::date),
    };
    let body = body(words, rule, start.date()).unwrap_or_else(|| words.text("repeats.unusual").to_owned());
    match end {
        Some(end) => words.say("repeats.until", &[("rule", (&body).into()), ("day", (&say::day(words, end)).into())]),
        None => body,
    }
}

const WORKING_DAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// Nothing for a rule that people have no words for.
fn body(words: &Words, rule: &Rule, start: Date) -> Option<String> {
    if !rule.by_year_day.is_empty() {
        return None;
    }
    let weekdays: Option<Vec<Weekday>> =
        rule.by_day.iter().map(|day| day.ordinal.is_none().then_some(day.weekday)).collect();
    let months = in_months(words, rule);
    let number = i64::from(rule.interval);
    match (rule.frequency, weekdays) {
        (Frequency::Daily | Frequency::Weekly, Some(weekdays))
            if rule.by_month_day.is_empty() && rule.by_set_position.is_empty() =>
        {
            Some(format!("{}{months}", by_week(words, rule, weekdays, start)?))
        }
        (Frequency::Monthly, Some(weekdays))
            if !weekdays.is_empty() && rule.by_month_day.is_empty() && rule.by_set_position.is_empty() =>
        {
            let days = week_list(words, &weekdays);
            let days = ("days", (&days).into());
            Some(match number {
                1 => format!("{}{months}", words.say("repeats.every", &[days])),
                _ => {
                    let ordinal = say::ordinal(words, number);
                    words.say("repeats.every_nth_month", &[days, ("ordinal", (&ordinal).into())])
                }
            })
        }
        (Frequency::Monthly, _) => {
            let days = positions(words, rule).or_else(|| from_start(words, rule, start.day()))?;
            let (days, in_months) = (("days", (&days).into()), ("months", (&months).into()));
            Some(match number {
                1 if months.is_empty() => words.say("repeats.every_month", &[days]),
                1 => words.say("repeats.of_the_month", &[days, in_months]),
                _ => words.say("repeats.every_n_months", &[("number", number.into()), days, in_months]),
            })
        }
        (Frequency::Yearly, _) => {
            let days = by_year(words, rule, start, positions(words, rule))?;
            let days = ("days", (&days).into());
            Some(match number {
                1 => words.say("repeats.every_year", &[days]),
                _ => words.say("repeats.every_n_years", &[("number", number.into()), days]),
            })
        }
        _ => None,
    }
}

fn by_week(words: &Words, rule: &Rule, weekdays: Vec<Weekday>, start: Date) -> Option<String> {
    let number = ("number", i64::from(rule.interval).into());
    Some(match (rule.frequency, rule.interval) {
        (Frequency::Daily, 1) if weekdays.is_empty() => words.text("repeats.every_day").to_owned(),
        (Frequency::Daily, _) if weekdays.is_empty() => words.say("repeats.every_n_days", &[number]),
        (Frequency::Daily, n) if n > 1 => return None,
        (_, 1) if weekdays.len() == 7 => words.text("repeats.every_day").to_owned(),
        (_, n) => {
            let weekdays = if weekdays.is_empty() { vec![start.weekday()] } else { weekdays };
            let list = week_list(words, &weekdays);
            let days = ("days", (&list).into());
            if n == 1 {
                words.say("repeats.every", &[days])
            } else {
                words.say("repeats.every_n_weeks", &[number, days])
            }
        }
    })
}

/// `21 May`, `the first Monday of May`, `1 March and 1 September`.
fn by_year(words: &Words, rule: &Rule, start: Date, days: Option<String>) -> Option<String> {
    let months: Vec<Date> = match rule.by_month.as_slice() {
        [] => vec![start],
        months => months.iter().filter_map(|month| Date::new(2026, *month, 1).ok()).collect(),
    };
    let of_months = |days: String| {
        let names: Vec<&str> = months.iter().map(|date| say::month(words, *date)).collect();
        let names = say::list(words, &names);
        words.say("repeats.of_months", &[("days", (&days).into()), ("months", (&names).into())])
    };
    if !rule.by_day.is_empty() {
        // Without a month the ordinal counts in the year, for which people have no words.
        return days.filter(|_| !rule.by_month.is_empty()).map(of_months);
    }
    let numbers = if rule.by_month_day.is_empty() { vec![start.day()] } else { rule.by_month_day.clone() };
    match (numbers.as_slice(), rule.by_set_position.is_empty(), rule.by_month.is_empty()) {
        ([number], true, _) if *number > 0 && (!rule.by_month.is_empty() || rule.by_month_day.is_empty()) => {
            let day = |month: &Date| {
                let values = [("day", i64::from(*number).into()), ("month", say::month(words, *month).into())];
                words.say("dates.day_and_month", &values)
            };
            Some(say::list(words, &months.iter().map(day).collect::<Vec<_>>()))
        }
        (_, true, false) => days.map(of_months),
        _ => None,
    }
}

/// What a month chooses: `first Tuesday`, `second and fourth Thursday`, `15th`, `last day`.
fn positions(words: &Words, rule: &Rule) -> Option<String> {
    let mut days = rule.by_day.clone();
    if let [position] = rule.by_set_position[..] {
        let weekdays: Vec<Weekday> = days.iter().map(|day| day.weekday).collect();
        match days.as_mut_slice() {
            _ if !rule.by_month_day.is_empty() => return None,
            [day] if day.ordinal.is_none() => day.ordinal = Some(position),
            _ if WORKING_DAYS.iter().all(|day| weekdays.contains(day)) && weekdays.len() == 5 => {
                return Some(words.say("repeats.working_day", &[("ordinal", (&ordinal(words, position)?).into())]));
            }
            _ if weekdays.len() == 7 => {
                return Some(words.say("repeats.day", &[("ordinal", (&ordinal(words, position)?).into())]));
            }
            _ => return None,
        }
    } else if !rule.by_set_position.is_empty() {
        return None;
    }
    match (days.is_empty(), rule.by_month_day.is_empty()) {
        (false, true) => weekdays_in_month(words, &days),
        (true, false) => {
            let days: Option<Vec<String>> = rule.by_month_day.iter().map(|day| day_of_month(words, *day)).collect();
            Some(say::list(words, &days?))
        }
        _ => None,
    }
}

fn from_start(words: &Words, rule: &Rule, day: i8) -> Option<String> {
    let says_nothing = rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_set_position.is_empty();
    if says_nothing { day_of_month(words, day) } else { None }
}

fn weekdays_in_month(words: &Words, days: &[DayOfWeek]) -> Option<String> {
    let first = days.first()?;
    let name = |ordinal: &str, weekday: Weekday| {
        let weekday = say::weekday(words, weekday);
        words.say("repeats.weekday", &[("ordinal", ordinal.into()), ("weekday", weekday.into())])
    };
    if days.iter().all(|day| day.weekday == first.weekday) {
        let ordinals: Option<Vec<String>> = days.iter().map(|day| ordinal(words, day.ordinal?)).collect();
        return Some(name(&say::list(words, &ordinals?), first.weekday));
    }
    let names: Option<Vec<String>> =
        days.iter().map(|day| Some(name(&ordinal(words, day.ordinal?)?, day.weekday))).collect();
    names.map(|names| say::list(words, &names))
}

fn day_of_month(words: &Words, day: i8) -> Option<String> {
    match day {
        1.. => Some(say::ordinal(words, day.into())),
        -5..=-1 => Some(words.say("repeats.day", &[("ordinal", (&ordinal(words, day.into())?).into())])),
        _ => None,
    }
}

/// `first`, `last`, `second to last`.
fn ordinal(words: &Words, number: i16) -> Option<String> {
    const NAMES: [&str; 5] = ["repeats.first", "repeats.second", "repeats.third", "repeats.fourth", "repeats.fifth"];
    let name = |number: u16| words.text(NAMES[usize::from(number) - 1]);
    match number {
        -1 => Some(words.text("repeats.last").to_owned()),
        -5..=-2 => Some(words.say("repeats.to_last", &[("ordinal", name(number.unsigned_abs()).into())])),
        1..=5 => Some(name(number.unsigned_abs()).to_owned()),
        _ => None,
    }
}

fn week_list(words: &Words, weekdays: &[Weekday]) -> String {
    let mut sorted = weekdays.to_vec();
    sorted.sort_by_key(|day| day.to_monday_zero_offset());
    sorted.dedup();
    if sorted == WORKING_DAYS {
        return words.text("repeats.working_days").to_owned();
    }
    say::list(words, &sorted.into_iter().map(|day| say::weekday(words, day)).collect::<Vec<_>>())
}

/// ` in June and July`; empty where a rule names no months.
fn in_months(words: &Words, rule: &Rule) -> String {
    let months = rule.by_month.iter().filter_map(|month| Date::new(2026, *month, 1).ok());
    let names: Vec<&str> = months.map(|month| say::month(words, month)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(" {}", words.say("repeats.in_months", &[("months", (&say::list(words, &names)).into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, expected: &str) {
        let start = jiff::civil::date(2026, 5, 5).at(10, 0, 0, 0);
        assert_eq!(sentence(&crate::config::english(), &Rule::parse(rule).unwrap(), start), expected, "{rule}");
    }

    #[test]
    fn rules_read_like_a_poster() {
        check("FREQ=DAILY", "Every day");
        check("FREQ=DAILY;INTERVAL=3", "Every 3 days");
        check("FREQ=WEEKLY", "Every Tuesday");
        check("FREQ=WEEKLY;BYDAY=TH,TU", "Every Tuesday and Thursday");
        check("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every Monday to Friday");
        check("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "Every 2 weeks on Monday");
        check("FREQ=WEEKLY;INTERVAL=4;BYDAY=MO", "Every 4 weeks on Monday");
        check("FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7", "Every Tuesday in June and July");
        check("FREQ=MONTHLY", "The 5th of every month");
        check("FREQ=MONTHLY;BYDAY=1TU", "The first Tuesday of every month");
        check("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "The first Tuesday of every month");
        check("FREQ=MONTHLY;BYDAY=-1FR", "The last Friday of every month");
        check("FREQ=MONTHLY;BYDAY=2TH,4TH", "The second and fourth Thursday of every month");
        check("FREQ=MONTHLY;BYDAY=1MO,3FR", "The first Monday and third Friday of every month");
        check(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "The last working day (Monday to Friday) of every month",
        );
        check("FREQ=MONTHLY;BYMONTHDAY=-1", "The last day of every month");
        check("FREQ=MONTHLY;BYMONTHDAY=1,15", "The 1st and 15th of every month");
        check("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", "Every 3 months on the first Tuesday");
        check("FREQ=MONTHLY;BYDAY=TU", "Every Tuesday");
        check("FREQ=YEARLY", "Every year on 5 May");
        check("FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=21", "Every 2 years on 21 June");
        check("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO", "Every year on the first Monday of May");
        check("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "Every year on the last day of February");
        check("FREQ=YEARLY;BYDAY=20MO", "Repeats on the dates shown");
        check("FREQ=YEARLY;BYYEARDAY=100", "Repeats on the dates shown");
        check("FREQ=WEEKLY;UNTIL=20270701", "Every Tuesday until 1 July 2027");
        check("FREQ=WEEKLY;COUNT=3", "Every Tuesday until 19 May 2026");
        check("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "Repeats on the dates shown");
    }
}
