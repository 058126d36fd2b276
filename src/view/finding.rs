//! What templates see of the ways to find something: filters and hours of the directory, search, and data for programs.

use serde::Serialize;

/// A question by which sources of help are found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FilterView {
    /// need, area, way, language or age.
    pub id: &'static str,
    pub title: String,
    pub answers: Vec<AnswerView>,
}

/// An answer with its list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AnswerView {
    pub title: String,
    pub url: String,
    /// How many sources of help the list holds.
    pub count: usize,
    /// Depth in the tree of areas; 0 for all others.
    pub depth: usize,
    /// The page is this list.
    pub is_here: bool,
}

/// Opening hours of one day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OpeningDayView {
    /// `Monday`.
    pub name: String,
    /// 1 for Monday, 7 for Sunday.
    pub number: i8,
    /// `9am to 12:30pm, 2pm to 5pm`; empty where it is closed.
    pub hours: String,
    pub notes: Vec<String>,
    /// For the script: `09:00-12:30 14:00-17:00`, with what is open since the night before; empty where not every time
    /// is given.
    pub times: String,
    /// What the script says beside today: `open now` or `usually open now` at those times; where none are given, `closed`,
    /// `closed for now` or `open, please ask when`.
    pub state: String,
}

/// `search`: the page on which readers search.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SearchView {
    /// The folder of the files that the script reads, from the server's root.
    pub files: String,
    /// How many pages can be found.
    pub documents: usize,
}

/// `api`: what other programs can take from the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ApiView {
    /// Feeds and calendars.
    pub files: Vec<DataView>,
    /// The directory as Open Referral UK; empty where there are no sources of help.
    pub directory: Vec<DataView>,
    /// The address that such a program is given, with `https://`.
    pub directory_url: String,
}

/// A file for programs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DataView {
    pub title: String,
    /// From the server's root.
    pub url: String,
    pub absolute_url: String,
    pub media_type: String,
}

/// Opening hours of one day or several.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OpeningView {
    /// `Monday to Friday`, `Saturday`.
    pub days: String,
    /// `9am to 5pm`, `Closed`.
    pub hours: String,
    pub note: Option<String>,
    /// No day is named: by arrangement.
    pub is_by_arrangement: bool,
}
