//! A rule from a writer's words: `every: 2 weeks`, `on: [monday]`, `until`, `count`.

use jiff::civil::Weekday;

use super::rule::{DayOfWeek, End, Frequency, Rule};
use super::{Part, Problem};
use crate::date::{Fault, When, nearest, words};

const EVERY: &str = "write it as in `day`, `week`, `2 weeks`, `month`, `3 months` or `year`";
const ON: &str = "write it as in `tuesday`, `first tuesday`, `last friday`, `last day` or `15`";

impl Rule {
    /// Reads a rule as a page's front matter has it; every part that is wrong is reported.
    ///
    /// `every` is `day`, `week`, `2 weeks`, `fortnight`, `month`, `quarter`, `year` and the like; `on` has
    /// weekdays, `first tuesday`, `second and fourth thursday`, `last day`, `15`, and for a year `21 May`
    /// and `first monday of may`.
    pub fn from_words(every: &str, on: &[&str], until: Option<When>, count: Option<u32>) -> Result<Rule, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut rule = match read_every(every) {
            Ok(rule) => rule,
            Err(fault) => {
                problems.push(Problem { part: Part::Every, fault });
                // Whatever `on` holds is still read, so that its own faults are found.
                Rule::new(Frequency::Yearly, 1)
            }
        };
        let is_every_known = problems.is_empty();
        for (index, day) in on.iter().enumerate() {
            let read = read_on(day).and_then(|days| if is_every_known { add(&mut rule, days, day) } else { Ok(()) });
            if let Err(fault) = read {
                problems.push(Problem { part: Part::On(index), fault });
            }
        }
        rule.end = match (until, count) {
            (Some(_), Some(_)) => {
                problems.push(Problem::new(
                    Part::Count,
                    "the event has both `until` and `count`, and one of them must say when it stops",
                    "keep one of the two",
                ));
                End::Never
            }
            (_, Some(0)) => {
                problems.push(Problem::new(
                    Part::Count,
                    "an event cannot happen 0 times",
                    "write 1 or more, or leave it out",
                ));
                End::Never
            }
            (_, Some(count)) => End::Count(count.min(100_000)),
            (Some(until), None) => End::Until(until),
            (None, None) => End::Never,
        };
        if problems.is_empty()
            && let Err(fault) = rule.check()
        {
            problems.push(Problem { part: Part::Every, fault });
        }
        if problems.is_empty() { Ok(rule) } else { Err(problems) }
    }
}

fn read_every(text: &str) -> Result<Rule, Fault> {
    let lower = text.trim().to_lowercase();
    let lower = lower.strip_prefix("every ").unwrap_or(&lower);
    let not_known = || {
        let known = ["day", "week", "fortnight", "month", "quarter", "year", "daily", "weekly", "monthly", "yearly"];
        let word = lower.split(' ').next_back().unwrap_or_default();
        let help = match nearest(word, known.into_iter().chain(["weeks", "months", "years", "days"])) {
            Some(known) => format!("did you mean `{}`?", lower.replace(word, known)),
            None => EVERY.to_owned(),
        };
        Fault::new(format!("`{text}` is not a way to repeat"), help)
    };
    match lower {
        "weekday" | "weekdays" | "working day" => {
            let mut rule = Rule::new(Frequency::Weekly, 1);
            rule.by_day = weekdays(0..5);
            return Ok(rule);
        }
        "weekend" | "weekends" => {
            let mut rule = Rule::new(Frequency::Weekly, 1);
            rule.by_day = weekdays(5..7);
            return Ok(rule);
        }
        _ => {}
    }
    let (number, unit) = match lower.split_once(' ') {
        Some((number, unit)) => every_number(number).map_or((1, lower), |number| (number, unit)),
        None => (1, lower),
    };
    let (frequency, times) = match unit {
        "day" | "days" | "daily" => (Frequency::Daily, 1),
        "week" | "weeks" | "weekly" => (Frequency::Weekly, 1),
        "fortnight" | "fortnights" | "fortnightly" => (Frequency::Weekly, 2),
        "month" | "months" | "monthly" => (Frequency::Monthly, 1),
        "quarter" | "quarters" | "quarterly" => (Frequency::Monthly, 3),
        "year" | "years" | "yearly" | "annually" => (Frequency::Yearly, 1),
        _ => {
            // `every: tuesday` and `every: first tuesday` say enough by themselves.
            let days = read_on(lower).map_err(|_| not_known())?;
            let frequency = if matches!(days, On::Weekdays(_)) { Frequency::Weekly } else { Frequency::Monthly };
            let mut rule = Rule::new(frequency, 1);
            add(&mut rule, days, lower)?;
            return Ok(rule);
        }
    };
    if number == 0 || number * times > 1000 {
        return Err(Fault::new(format!("`{text}` is not a way to repeat"), EVERY));
    }
    Ok(Rule::new(frequency, number * times))
}

fn every_number(word: &str) -> Option<u16> {
    match word {
        "a" | "one" | "each" => Some(1),
        "other" | "second" | "2nd" | "two" => Some(2),
        "third" | "3rd" | "three" => Some(3),
        "fourth" | "4th" | "four" => Some(4),
        "five" => Some(5),
        "six" => Some(6),
        _ => word.parse().ok(),
    }
}

/// What one entry of `on` says.
enum On {
    Weekdays(Vec<DayOfWeek>),
    /// `first tuesday`, perhaps of a month.
    Positions(Vec<DayOfWeek>, Option<i8>),
    /// `15`, `last day`, `21 May`.
    MonthDays(Vec<i8>, Option<i8>),
}

fn read_on(text: &str) -> Result<On, Fault> {
    let lower = text.trim().to_lowercase().replace(',', " and ");
    let mut tokens: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| !matches!(*word, "the" | "and" | "on" | "of" | "in" | "every"))
        .collect();
    match tokens[..] {
        [] => return Err(Fault::new("there is no day here", ON)),
        ["weekday" | "weekdays"] => return Ok(On::Weekdays(weekdays(0..5))),
        ["weekend" | "weekends"] => return Ok(On::Weekdays(weekdays(5..7))),
        _ => {}
    }
    let month = take_month(&mut tokens);
    if let Some(found) = tokens.iter().map(|word| weekday(word)).collect::<Option<Vec<_>>>()
        && month.is_none()
        && !found.is_empty()
    {
        return Ok(On::Weekdays(found.into_iter().map(|weekday| DayOfWeek { ordinal: None, weekday }).collect()));
    }
    let (mut positions, mut month_days, mut ordinals) = (Vec::new(), Vec::new(), Vec::new());
    for word in tokens {
        if let Some(ordinal) = ordinal(word) {
            ordinals.push(ordinal);
        } else if word == "day" && !ordinals.is_empty() {
            month_days.append(&mut ordinals);
        } else if let Some(weekday) = weekday(word).filter(|_| !ordinals.is_empty()) {
            positions.extend(ordinals.drain(..).map(|number| DayOfWeek { ordinal: Some(number.into()), weekday }));
        } else {
            return Err(unknown_day(word, text));
        }
    }
    // Numbers that no weekday follows are days of the month.
    month_days.append(&mut ordinals);
    let in_range = month_days.iter().all(|day| (1..=31).contains(day) || (-31..=-1).contains(day))
        && positions.iter().all(|day| day.ordinal.is_some_and(|n| n.abs() <= 5));
    match (positions.is_empty(), month_days.is_empty()) {
        _ if !in_range => Err(Fault::new(format!("no month has a `{text}`"), ON)),
        (false, true) => Ok(On::Positions(positions, month)),
        (true, false) => Ok(On::MonthDays(month_days, month)),
        _ => Err(Fault::new(format!("`{text}` is not a day that an event can repeat on"), ON)),
    }
}

/// Adds the days of one entry to the rule, where they fit how often it repeats.
fn add(rule: &mut Rule, days: On, text: &str) -> Result<(), Fault> {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let mixed = || Fault::new(format!("`{text}` cannot stand beside the other days"), "write a second event for it");
    match (rule.frequency, days) {
        (Weekly | Daily, On::Weekdays(days)) => rule.by_day.extend(days),
        (Weekly | Daily, _) => {
            return Err(Fault::new(
                format!("`{text}` is a day of the month, and the event repeats by the {}", unit(rule.frequency)),
                "write `every: month`",
            ));
        }
        (Monthly | Yearly, On::Weekdays(days)) => {
            let name = days.first().map_or("Tuesday", |day| words::weekday(day.weekday)).to_lowercase();
            return Err(Fault::new(
                format!("`{text}` does not say which one of the {}", unit(rule.frequency)),
                format!("write `first {name}` or `last {name}`; for each one of them write `every: week`"),
            ));
        }
        (Monthly, On::Positions(_, Some(_)) | On::MonthDays(_, Some(_))) => {
            return Err(Fault::new(
                format!("`{text}` names a month, and the event repeats each month"),
                "write `every: year`",
            ));
        }
        (_, On::Positions(days, month)) if rule.by_month_day.is_empty() => {
            set_month(rule, month, text)?;
            rule.by_day.extend(days);
        }
        (_, On::MonthDays(days, month)) if rule.by_day.is_empty() => {
            set_month(rule, month, text)?;
            rule.by_month_day.extend(days);
        }
        _ => return Err(mixed()),
    }
    Ok(())
}

fn set_month(rule: &mut Rule, month: Option<i8>, text: &str) -> Result<(), Fault> {
    let Some(month) = month else {
        if rule.frequency == Frequency::Yearly {
            return Err(Fault::new(
                format!("`{text}` does not say in which month"),
                "write it as in `21 May` or `first monday of may`",
            ));
        }
        return Ok(());
    };
    if rule.by_day.is_empty() && rule.by_month_day.is_empty() || rule.by_month == [month] {
        rule.by_month = vec![month];
        return Ok(());
    }
    Err(Fault::new(format!("`{text}` cannot stand beside a day in another month"), "write a second event for it"))
}

fn unit(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    }
}

fn take_month(tokens: &mut Vec<&str>) -> Option<i8> {
    let month = |word: &str| words::MONTHS.iter().position(|name| name.eq_ignore_ascii_case(word));
    let at = tokens.iter().position(|word| month(word).is_some())?;
    let index = month(tokens.remove(at))?;
    i8::try_from(index + 1).ok()
}

fn ordinal(word: &str) -> Option<i8> {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    if word == "last" {
        return Some(-1);
    }
    if let Some(index) = WORDS.iter().position(|known| *known == word) {
        return i8::try_from(index + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits.parse().ok().filter(|number| *number != 0)
}

/// A weekday in the singular or the plural.
fn weekday(word: &str) -> Option<Weekday> {
    crate::date::find_weekday(word).or_else(|| crate::date::find_weekday(word.strip_suffix('s')?))
}

fn weekdays(range: std::ops::Range<i8>) -> Vec<DayOfWeek> {
    range
        .filter_map(|offset| Weekday::from_monday_zero_offset(offset).ok())
        .map(|weekday| DayOfWeek { ordinal: None, weekday })
        .collect()
}

fn unknown_day(word: &str, text: &str) -> Fault {
    let names = words::WEEKDAYS.map(str::to_lowercase);
    let known = names.iter().map(String::as_str).chain(["first", "second", "third", "fourth", "last"]);
    match nearest(word, known) {
        Some(known) => Fault::new(format!("`{word}` is not a day"), format!("did you mean `{known}`?")),
        None => Fault::new(format!("`{text}` is not a day that an event can repeat on"), ON),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(every: &str, on: &[&str], expected: &str) {
        let got = match Rule::from_words(every, on, None, None) {
            Ok(rule) => rule.to_text(None),
            Err(problems) => problems
                .into_iter()
                .map(|problem| format!("{:?}: {} | {}", problem.part, problem.fault.message, problem.fault.help))
                .collect::<Vec<_>>()
                .join("\n"),
        };
        assert_eq!(got, expected, "{every} {on:?}");
    }

    #[test]
    fn a_writers_words_are_read() {
        check("day", &[], "FREQ=DAILY");
        check("week", &["tuesday"], "FREQ=WEEKLY;BYDAY=TU");
        check("Weekly", &["Tue", "Thursdays"], "FREQ=WEEKLY;BYDAY=TU,TH");
        check("week", &["monday and friday"], "FREQ=WEEKLY;BYDAY=MO,FR");
        check("2 weeks", &["mon"], "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO");
        check("fortnight", &["monday"], "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO");
        check("other week", &[], "FREQ=WEEKLY;INTERVAL=2");
        check("weekday", &[], "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
        check("tuesday", &[], "FREQ=WEEKLY;BYDAY=TU");
        check("month", &["first tuesday"], "FREQ=MONTHLY;BYDAY=1TU");
        check("month", &["last friday"], "FREQ=MONTHLY;BYDAY=-1FR");
        check("month", &["second and fourth thursday"], "FREQ=MONTHLY;BYDAY=2TH,4TH");
        check("month", &["1st Tuesday", "3rd Tuesday"], "FREQ=MONTHLY;BYDAY=1TU,3TU");
        check("month", &["last day"], "FREQ=MONTHLY;BYMONTHDAY=-1");
        check("month", &["15"], "FREQ=MONTHLY;BYMONTHDAY=15");
        check("month", &["1st", "15th"], "FREQ=MONTHLY;BYMONTHDAY=1,15");
        check("first tuesday", &[], "FREQ=MONTHLY;BYDAY=1TU");
        check("3 months", &[], "FREQ=MONTHLY;INTERVAL=3");
        check("quarter", &[], "FREQ=MONTHLY;INTERVAL=3");
        check("year", &[], "FREQ=YEARLY");
        check("year", &["first monday of may"], "FREQ=YEARLY;BYMONTH=5;BYDAY=1MO");
        check("year", &["21 May"], "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=21");
    }

    #[test]
    fn what_is_not_a_repeat_says_what_to_write() {
        check("weak", &[], "Every: `weak` is not a way to repeat | did you mean `week`?");
        check("2 weks", &[], "Every: `2 weks` is not a way to repeat | did you mean `2 weeks`?");
        check("now and then", &[], &format!("Every: `now and then` is not a way to repeat | {EVERY}"));
        check("week", &["tusday"], "On(0): `tusday` is not a day | did you mean `tuesday`?");
        check(
            "weak",
            &["mon", "tusday"],
            "Every: `weak` is not a way to repeat | did you mean `week`?\nOn(1): `tusday` is not a day | did you mean `tuesday`?",
        );
        check("month", &["frist tuesday"], "On(0): `frist` is not a day | did you mean `first`?");
        check(
            "month",
            &["tuesday"],
            "On(0): `tuesday` does not say which one of the month | write `first tuesday` or `last tuesday`; for each one of them write `every: week`",
        );
        check(
            "week",
            &["first tuesday"],
            "On(0): `first tuesday` is a day of the month, and the event repeats by the week | write `every: month`",
        );
        check("month", &["32"], &format!("On(0): no month has a `32` | {ON}"));
        check(
            "year",
            &["first monday"],
            "On(0): `first monday` does not say in which month | write it as in `21 May` or `first monday of may`",
        );
        check("0 weeks", &[], &format!("Every: `0 weeks` is not a way to repeat | {EVERY}"));
        let both = Rule::from_words("week", &[], Some(crate::date::parse("2027-07-01").unwrap()), Some(3)).unwrap_err();
        assert_eq!(both[0].part, Part::Count);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "((first|last|2|week|day|tuesday|may|and|\\PC{1,4}) ?){0,5}") {
            let _ = Rule::from_words(&text, &[&text], None, None);
        }
    }
}
