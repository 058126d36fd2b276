//! The entries of a list under headings.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::date::say;
use crate::outputs::directory;
use crate::view::{Card, DayView, LetterView, MonthView, PeriodView};
use crate::words::Words;

/// Events by month and day.
pub fn months<'c>(words: &Words, cards: &[&'c Card]) -> Vec<MonthView<'c>> {
    let mut months: Vec<MonthView<'c>> = Vec::new();
    for &card in cards {
        let Some(start) = card.event.as_ref().and_then(|event| event.start.clone()) else { continue };
        let Some(day) = start.iso.get(..10).and_then(|day| day.parse().ok()) else { continue };
        let title = say::month_and_year(words, day);
        if months.last().is_none_or(|month| month.title != title) {
            months.push(MonthView { title, days: Vec::new(), from: None });
        }
        let Some(month) = months.last_mut() else { continue };
        match month.days.last_mut().filter(|day| day.date.date == start.date) {
            Some(day) => day.events.push(card),
            None => month.days.push(DayView { date: start, events: vec![card], from: None }),
        }
    }
    for month in &mut months {
        for day in &mut month.days {
            day.from = first(day.events.iter().map(|card| card.from()));
        }
        month.from = first(month.days.iter().map(|day| day.from.as_deref()));
    }
    months
}

/// The first of some moments (RFC 3339), where all are there.
fn first<'m>(moments: impl Iterator<Item = Option<&'m str>>) -> Option<String> {
    let moments: Option<Vec<&str>> = moments.collect();
    moments?.into_iter().min_by_key(|moment| moment.parse::<Timestamp>().ok()).map(str::to_owned)
}

/// So many posts a month on average, and a month is worth a heading.
const MONTHLY: usize = 3;

/// Posts by year, or by month where all are of one and the months are full; those without a date last.
pub fn periods<'c>(words: &Words, cards: &[&'c Card]) -> Vec<PeriodView<'c>> {
    let day = |card: &Card| card.date.as_ref()?.iso.get(..10)?.parse::<Date>().ok();
    let months: BTreeSet<(i16, i8)> =
        cards.iter().filter_map(|card| day(card)).map(|day| (day.year(), day.month())).collect();
    let is_one_year = months.first().map(|(year, _)| year) == months.last().map(|(year, _)| year);
    let is_by_month = is_one_year && cards.len() >= MONTHLY * months.len();
    let mut periods: Vec<PeriodView<'c>> = Vec::new();
    for &card in cards {
        let title = match day(card) {
            Some(day) if is_by_month => say::month_and_year(words, day),
            Some(day) => day.year().to_string(),
            None => words.text("titles.undated").to_owned(),
        };
        match periods.last_mut().filter(|period| period.title == title) {
            Some(period) => period.items.push(card),
            None => periods.push(PeriodView { title, items: vec![card] }),
        }
    }
    periods
}

/// What is in order of its titles, by their first letters.
pub fn letters<'c>(words: &Words, cards: &[&'c Card]) -> Vec<LetterView<'c>> {
    let mut letters: Vec<LetterView<'c>> = Vec::new();
    for &card in cards {
        let letter = directory::letter(words, &card.title);
        match letters.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.items.push(card),
            None => letters.push(LetterView { letter, items: vec![card] }),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Moment;

    #[test]
    fn months_have_headings_where_they_are_full() {
        let check = |days: &[&str], expected: &[&str]| {
            let words = &crate::config::english();
            let card =
                |day: &&str| Card { date: day.parse().ok().map(|day| Moment::of_day(words, day)), ..Card::default() };
            let cards: Vec<Card> = days.iter().map(card).collect();
            let periods = periods(words, &cards.iter().collect::<Vec<_>>());
            let found: Vec<String> =
                periods.iter().map(|period| format!("{}: {}", period.title, period.items.len())).collect();
            assert_eq!(found, expected, "{days:?}");
        };
        check(&["2026-05-03", "2026-05-02", "2026-05-01"], &["May 2026: 3"]);
        check(
            &["2026-05-03", "2026-05-02", "2026-05-01", "2026-04-30", "2026-04-03", "2026-04-02"],
            &["May 2026: 3", "April 2026: 3"],
        );
        check(&["2026-05-03", "2026-05-02", "2026-04-01"], &["2026: 3"]);
        check(&["2026-05-03", "2026-05-02", "2026-05-01", "2025-05-03"], &["2026: 3", "2025: 1"]);
        check(&["2026-05-03", ""], &["2026: 1", "Without a date: 1"]);
    }
}
