//! The words that stand in for `{names}` in the text files of this folder.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What stands for each name.
pub type Words = Vec<(&'static str, String)>;

/// The dates, seen from a day.
///
/// Errors: a day at the end of the calendar.
pub fn dates(today: Date) -> anyhow::Result<Words> {
    let start = today.checked_add(1.week())?;
    let christmas = Date::new(today.year(), 12, 25)?;
    let christmas = if christmas < today { christmas.checked_add(1.year())? } else { christmas };
    Ok(vec![
        ("today", today.to_string()),
        ("next_year", today.checked_add(1.year())?.to_string()),
        ("in_four_weeks", today.checked_add(4.weeks())?.to_string()),
        ("start", format!("{start} 10:00")),
        ("end", format!("{start} 12:00")),
        ("start_day", start.to_string()),
        ("start_day_later", start.checked_add(1.week())?.to_string()),
        ("start_day_extra", start.checked_add(8.days())?.to_string()),
        ("start_day_last", start.checked_add(2.weeks())?.to_string()),
        ("weekday", weekday(start.weekday()).to_owned()),
        ("christmas", christmas.to_string()),
        ("boxing_day", christmas.checked_add(1.day())?.to_string()),
    ])
}

/// Puts the words in place of their names. What a word brings in is not looked at again, and a name
/// that has no words stays as it is.
pub fn fill(text: &str, words: &Words) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from_brace) = rest.split_at(at);
        filled.push_str(before);
        let found = words.iter().find_map(|(name, word)| {
            let after = from_brace.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?;
            Some((word, after))
        });
        match found {
            Some((word, after)) => {
                filled.push_str(word);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = from_brace.strip_prefix('{').unwrap_or_default();
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A text as YAML has it on one line: in quotes where it could be read as something else.
pub fn yaml(text: &str) -> String {
    let is_plain_sign = |c: char| c.is_alphanumeric() || " -,.!?()&’‘“”–".contains(c);
    let begins_with_letter = text.starts_with(char::is_alphabetic);
    let is_word_of_yaml =
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    if begins_with_letter && text.chars().all(is_plain_sign) && !is_word_of_yaml {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::path::SourcePath;
    use crate::yaml::{self, Value};

    #[test]
    fn names_are_filled_in_once() {
        let words = vec![("title", "{today} {".to_owned()), ("today", "Monday".to_owned())];
        assert_eq!(fill("{title}|{today}|{src: x}|{", &words), "{today} {|Monday|{src: x}|{");
    }

    #[test]
    fn every_text_comes_back_from_yaml() {
        for text in [
            "Tea and talk",
            "Tea: a love story",
            "It's \"tea\" #1",
            "'quoted'",
            "- a list?",
            "{braces}",
            "[square]",
            "Yes",
            "null",
            "2026-05-21",
            "@home & away",
            "50% off",
            "a #b",
            "Back\\slash",
            "Llanfair, café – now!",
            "*star",
            "No",
            "~",
            "key: - value",
        ] {
            let path = SourcePath::from("content/test.md");
            let source = format!("title: {}\n", yaml(text));
            let node = yaml::read(&path, &source, 0..source.len()).unwrap();
            let Value::Map(map) = node.value else { panic!("{source}") };
            assert_eq!(map[0].1.value, Value::Text(text.to_owned()), "{source}");
        }
    }

    #[test]
    fn an_event_is_a_week_ahead() {
        let words = dates(date(2026, 12, 28)).unwrap();
        let filled = fill("{start} {end} {weekday} {next_year} {christmas}", &words);
        assert_eq!(filled, "2027-01-04 10:00 2027-01-04 12:00 monday 2027-12-28 2027-12-25");
        assert_eq!(fill("{next_year}", &dates(date(2028, 2, 29)).unwrap()), "2029-02-28");
        assert_eq!(fill("{christmas}", &dates(date(2026, 12, 25)).unwrap()), "2026-12-25");
    }
}
