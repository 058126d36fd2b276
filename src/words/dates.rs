//! The words of dates, found once: every page says several dates.

use std::collections::BTreeMap;

use icu_plurals::PluralCategory;

use super::{Text, Word};

/// The names of months and days, and how a day and a time are put together from them.
#[derive(Debug, Default)]
pub struct Dates {
    /// January first.
    pub months: Vec<String>,
    /// Monday first.
    pub weekdays: Vec<String>,
    /// `Mon`; Monday first.
    pub short_weekdays: Vec<String>,
    pub day: Text,
    pub weekday_and_day: Text,
    pub short_day: Text,
    pub month_and_year: Text,
    pub am: Text,
    pub pm: Text,
    pub hour_and_minute: Text,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Dates {
    pub(super) fn of(words: &BTreeMap<Box<str>, Word>) -> Self {
        let text = |name: &str| {
            let word = words.get(format!("dates.{name}").as_str());
            word.and_then(|word| word.forms.get(&PluralCategory::Other)).cloned().unwrap_or_default()
        };
        let name = |name: &str| text(name).to_string();
        Dates {
            months: MONTHS.map(name).to_vec(),
            weekdays: WEEKDAYS.map(name).to_vec(),
            short_weekdays: WEEKDAYS.map(|day| name(&format!("{day}_short"))).to_vec(),
            day: text("day"),
            weekday_and_day: text("weekday_and_day"),
            short_day: text("short_day"),
            month_and_year: text("month_and_year"),
            am: text("am"),
            pm: text("pm"),
            hour_and_minute: text("hour_and_minute"),
        }
    }
}
