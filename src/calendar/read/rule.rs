//! A repeat rule of somebody else's calendar, as `Rule::parse` reads it.
//!
//! **Invariant:** a rule that comes out gives at most one date a day, and ends or goes on for ever: none asks for
//! thousands of dates to find the next.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::calendar::recurrence::{End, Rule};
use crate::date::words::{compact, compact_day};
use crate::date::{Fault, When};

/// More dates than any series with a counted end has: a daily one for 27 years.
const MOST_DATES: u32 = 10_000;

/// The rule, and what was left out of it.
///
/// Errors: why the event cannot repeat so.
pub fn read(value: &str, start: DateTime) -> Result<(Rule, Option<Fault>), Fault> {
    if value.len() > 2000 {
        return Err(Fault::new("its way of repeating is too long to be one", "tell whoever keeps the calendar"));
    }
    let upper = value.trim().to_uppercase();
    let parts = upper.strip_prefix("RRULE:").unwrap_or(&upper).split(';').map(str::trim);
    let mut kept: Vec<&str> = Vec::new();
    let mut fault = None;
    for part in parts.filter(|part| !part.is_empty() && !says_nothing(part, start)) {
        if !kept.contains(&part) {
            kept.push(part);
        }
    }
    let has = |name: &str| kept.iter().any(|part| part.starts_with(name));
    if has("UNTIL=") && has("COUNT=") {
        kept.retain(|part| !part.starts_with("COUNT="));
        fault = Some(Fault::new(
            "its repeats end by a date and by a count at once",
            "it is read to end by its date; tell whoever keeps the calendar",
        ));
    }
    let rule = Rule::parse(&kept.join(";"))?;
    match rule.end {
        End::Count(count) if count > MOST_DATES => Err(Fault::new(
            format!("it would repeat {count} times, which is more than any calendar can show"),
            "tell whoever keeps the calendar",
        )),
        _ => Ok((rule, fault)),
    }
}

/// The rule as `Rule::parse` reads it.
pub fn text(rule: &Rule) -> String {
    let until = match rule.end {
        End::Until(When::Day(day)) => Some(compact_day(day)),
        End::Until(When::Local(local)) => Some(compact(local)),
        End::Until(When::Instant(moment, _)) => Some(compact(Offset::UTC.to_datetime(moment)) + "Z"),
        End::Never | End::Count(_) => None,
    };
    rule.to_text(until.as_deref())
}

/// Parts that say what is so in any case: the time of day of the start, and the calendar of RFC 7529.
fn says_nothing(part: &str, start: DateTime) -> bool {
    let Some((name, value)) = part.split_once('=') else { return false };
    let is_start = |number: i8| value.trim().parse() == Ok(number);
    match name.trim() {
        "BYHOUR" => is_start(start.hour()),
        "BYMINUTE" => is_start(start.minute()),
        "BYSECOND" => is_start(start.second()),
        "RSCALE" => value == "GREGORIAN",
        "SKIP" => value == "OMIT",
        name => name.starts_with("X-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_mended_or_refused() {
        let start = jiff::civil::date(2026, 6, 2).at(10, 30, 0, 0);
        let check = |text: &str, expected: &str| {
            let found = match read(text, start) {
                Ok((rule, fault)) => format!("{}{}", super::text(&rule), fault.map_or("", |_| " | mended")),
                Err(fault) => fault.message,
            };
            assert!(found.contains(expected), "{text}: {found}");
        };
        check("FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU");
        check("freq=weekly;;byday=tu;byday=tu;", "FREQ=WEEKLY;BYDAY=TU");
        check("RSCALE=GREGORIAN;FREQ=DAILY;BYHOUR=10;BYMINUTE=30;BYSECOND=0;SKIP=OMIT;X-EVOLUTION=1", "FREQ=DAILY");
        check("FREQ=DAILY;BYHOUR=9,17", "several times of one day");
        check("FREQ=SECONDLY", "many times a day");
        check("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0");
        check("FREQ=WEEKLY;INTERVAL=65538", "INTERVAL=65538");
        check("FREQ=DAILY;COUNT=1000000", "COUNT=1000000");
        check("FREQ=DAILY;COUNT=20000", "more than any calendar");
        check("FREQ=DAILY;UNTIL=20270101;COUNT=5", "FREQ=DAILY;UNTIL=20270101 | mended");
        check("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE");
    }
}
