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

/// Posts by year, or by month where all are of one; those without a date last.
pub fn periods<'c>(words: &Words, cards: &[&'c Card]) -> Vec<PeriodView<'c>> {
    let day = |card: &Card| card.date.as_ref()?.iso.get(..10)?.parse::<Date>().ok();
    let years: BTreeSet<i16> = cards.iter().filter_map(|card| Some(day(card)?.year())).collect();
    let mut periods: Vec<PeriodView<'c>> = Vec::new();
    for &card in cards {
        let title = match day(card) {
            Some(day) if years.len() > 1 => day.year().to_string(),
            Some(day) => say::month_and_year(words, day),
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
