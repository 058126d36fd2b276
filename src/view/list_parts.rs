//! What templates see of the parts of a list of documents.

use serde::Serialize;

use crate::view::{Card, LinkView, Moment};

/// Events of one month.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MonthView<'c> {
    /// `November 2026`.
    pub title: String,
    pub days: Vec<DayView<'c>>,
    /// The first `from` of its entries, where all have one.
    pub from: Option<String>,
}

/// Events of one day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DayView<'c> {
    pub date: Moment,
    pub events: Vec<&'c Card>,
    /// The first `from` of them, where all have one.
    pub from: Option<String>,
}

/// Posts of one year or month.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PeriodView<'c> {
    /// `2026`, `November 2026`
    pub title: String,
    pub items: Vec<&'c Card>,
}

/// Entries that begin with the same letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LetterView<'c> {
    pub letter: String,
    pub items: Vec<&'c Card>,
}

/// Sources of help of a need or an area.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SupportView<'c> {
    /// The first ones, by title.
    pub items: Vec<&'c Card>,
    /// For an area, where these are few: the first of those that serve the areas that it lies in.
    pub wider: Option<WiderView<'c>>,
    /// The list of all, where there are more: `All 26 sources of help: Kelderby town`.
    pub all: Option<LinkView>,
}

/// Sources of help that serve more than an area, as it lies in another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WiderView<'c> {
    /// `Help for a wider area: Villages`.
    pub title: String,
    /// By title.
    pub items: Vec<&'c Card>,
}

/// The way from page to page of a list. Pages of dated lists are numbered from the oldest, so that
/// `older` and `newer` stay what they are when something is added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct PagerView {
    pub newer: Option<String>,
    pub older: Option<String>,
    /// `Page 3 of 12` in words; absent where there is one page only.
    pub words: Option<String>,
}
