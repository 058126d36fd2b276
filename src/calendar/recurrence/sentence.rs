//! A rule in the words of a poster: `Every Tuesday`, `The first Tuesday of every month until 1 July 2027`.

use jiff::civil::{Date, DateTime, Weekday};

use super::expand;
use super::rule::{DayOfWeek, End, Frequency, Rule};
use crate::date::{When, words};

/// How an event with this start repeats, without a full stop.
pub fn sentence(rule: &Rule, start: DateTime) -> String {
    let end = match rule.end {
        End::Never => None,
        End::Until(When::Day(day)) => Some(day),
        End::Until(until) => Some(until.date()),
        End::Count(_) => expand::dates(rule, start, None, start).last().map(DateTime::date),
    };
    let body = body(rule, start.date());
    match end {
        Some(end) => format!("{body} until {}", words::day(end)),
        None => body,
    }
}

const WORKING_DAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn body(rule: &Rule, start: Date) -> String {
    let plain = rule.by_year_day.is_empty();
    let days = positions(rule);
    let weekdays: Option<Vec<Weekday>> =
        rule.by_day.iter().map(|day| day.ordinal.is_none().then_some(day.weekday)).collect();
    let months = in_months(rule);
    match (rule.frequency, weekdays) {
        _ if !plain => unusual(),
        (Frequency::Daily | Frequency::Weekly, Some(weekdays))
            if rule.by_month_day.is_empty() && rule.by_set_position.is_empty() =>
        {
            format!("{}{months}", by_week(rule, weekdays, start))
        }
        (Frequency::Monthly, Some(weekdays))
            if !weekdays.is_empty() && rule.by_month_day.is_empty() && rule.by_set_position.is_empty() =>
        {
            let weekdays = week_list(&weekdays);
            match rule.interval {
                1 => format!("Every {weekdays}{months}"),
                n => format!("Every {weekdays} in every {} month", words::ordinal(n.into())),
            }
        }
        (Frequency::Monthly, _) => {
            let Some(days) = days.or_else(|| from_start(rule, start.day())) else { return unusual() };
            match (rule.interval, months.as_str()) {
                (1, "") => format!("The {days} of every month"),
                (1, _) => format!("The {days} of the month{months}"),
                (n, _) => format!("Every {n} months on the {days}{months}"),
            }
        }
        (Frequency::Yearly, _) => match by_year(rule, start, days) {
            Some(on) if rule.interval == 1 => format!("Every year on {on}"),
            Some(on) => format!("Every {} years on {on}", rule.interval),
            None => unusual(),
        },
        _ => unusual(),
    }
}

fn unusual() -> String {
    "Repeats on the dates shown".to_owned()
}

fn by_week(rule: &Rule, weekdays: Vec<Weekday>, start: Date) -> String {
    match (rule.frequency, rule.interval) {
        (Frequency::Daily, 1) if weekdays.is_empty() => "Every day".to_owned(),
        (Frequency::Daily, n) if weekdays.is_empty() => format!("Every {n} days"),
        (Frequency::Daily, n) if n > 1 => unusual(),
        (_, 1) if weekdays.len() == 7 => "Every day".to_owned(),
        (_, n) => {
            let weekdays = if weekdays.is_empty() { vec![start.weekday()] } else { weekdays };
            let list = week_list(&weekdays);
            if n == 1 { format!("Every {list}") } else { format!("Every {n} weeks on {list}") }
        }
    }
}

/// `21 May`, `the first Monday of May`, `1 March and 1 September`.
fn by_year(rule: &Rule, start: Date, days: Option<String>) -> Option<String> {
    let months: Vec<Date> = match rule.by_month.as_slice() {
        [] => vec![start],
        months => months.iter().filter_map(|month| Date::new(2026, *month, 1).ok()).collect(),
    };
    let names: Vec<&str> = months.iter().map(|date| words::month(*date)).collect();
    if !rule.by_day.is_empty() {
        // Without a month the ordinal counts in the year, for which people have no words.
        let days = days.filter(|_| !rule.by_month.is_empty())?;
        return Some(format!("the {days} of {}", list(&names)));
    }
    let numbers = if rule.by_month_day.is_empty() { vec![start.day()] } else { rule.by_month_day.clone() };
    match (numbers.as_slice(), rule.by_set_position.is_empty(), rule.by_month.is_empty()) {
        ([number], true, _) if *number > 0 && (!rule.by_month.is_empty() || rule.by_month_day.is_empty()) => {
            Some(list(&names.iter().map(|name| format!("{number} {name}")).collect::<Vec<_>>()))
        }
        (_, true, false) => days.map(|days| format!("the {days} of {}", list(&names))),
        _ => None,
    }
}

/// What a month chooses: `first Tuesday`, `second and fourth Thursday`, `15th`, `last day`.
fn positions(rule: &Rule) -> Option<String> {
    let mut days = rule.by_day.clone();
    if let [position] = rule.by_set_position[..] {
        let weekdays: Vec<Weekday> = days.iter().map(|day| day.weekday).collect();
        match days.as_mut_slice() {
            _ if !rule.by_month_day.is_empty() => return None,
            [day] if day.ordinal.is_none() => day.ordinal = Some(position),
            _ if WORKING_DAYS.iter().all(|day| weekdays.contains(day)) && weekdays.len() == 5 => {
                return Some(format!("{} working day (Monday to Friday)", ordinal(position)?));
            }
            _ if weekdays.len() == 7 => return Some(format!("{} day", ordinal(position)?)),
            _ => return None,
        }
    } else if !rule.by_set_position.is_empty() {
        return None;
    }
    match (days.is_empty(), rule.by_month_day.is_empty()) {
        (false, true) => weekdays_in_month(&days),
        (true, false) => {
            let days: Option<Vec<String>> = rule.by_month_day.iter().map(|day| day_of_month(*day)).collect();
            Some(list(&days?))
        }
        _ => None,
    }
}

fn from_start(rule: &Rule, day: i8) -> Option<String> {
    let says_nothing = rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_set_position.is_empty();
    if says_nothing { day_of_month(day) } else { None }
}

fn weekdays_in_month(days: &[DayOfWeek]) -> Option<String> {
    let first = days.first()?;
    if days.iter().all(|day| day.weekday == first.weekday) {
        let ordinals: Option<Vec<String>> = days.iter().map(|day| ordinal(day.ordinal?)).collect();
        return Some(format!("{} {}", list(&ordinals?), words::weekday(first.weekday)));
    }
    let name = |day: &DayOfWeek| Some(format!("{} {}", ordinal(day.ordinal?)?, words::weekday(day.weekday)));
    let names: Option<Vec<String>> = days.iter().map(name).collect();
    names.map(|names| list(&names))
}

fn day_of_month(day: i8) -> Option<String> {
    match day {
        1.. => Some(words::ordinal(day.into())),
        -5..=-1 => Some(format!("{} day", ordinal(day.into())?)),
        _ => None,
    }
}

fn ordinal(number: i16) -> Option<String> {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    match number {
        -1 => Some("last".to_owned()),
        -5..=-2 => Some(format!("{} to last", WORDS[usize::from(number.unsigned_abs()) - 1])),
        1..=5 => Some(WORDS[usize::from(number.unsigned_abs()) - 1].to_owned()),
        _ => None,
    }
}

fn week_list(weekdays: &[Weekday]) -> String {
    let mut sorted = weekdays.to_vec();
    sorted.sort_by_key(|day| day.to_monday_zero_offset());
    sorted.dedup();
    if sorted == WORKING_DAYS {
        return "Monday to Friday".to_owned();
    }
    list(&sorted.into_iter().map(words::weekday).collect::<Vec<_>>())
}

fn in_months(rule: &Rule) -> String {
    let names: Vec<&str> =
        rule.by_month.iter().filter_map(|month| Date::new(2026, *month, 1).ok()).map(words::month).collect();
    if names.is_empty() { String::new() } else { format!(" in {}", list(&names)) }
}

/// `a`, `a and b`, `a, b and c`.
fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, expected: &str) {
        let start = jiff::civil::date(2026, 5, 5).at(10, 0, 0, 0);
        assert_eq!(sentence(&Rule::parse(rule).unwrap(), start), expected, "{rule}");
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
