//! What lists show of documents.

use serde::Serialize;

use crate::view::{Moment, PictureView};

/// A document in a list. What a kind does not have is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Card {
    /// post, story, event, resource, campaign or page.
    pub kind: String,
    pub title: String,
    pub url: String,
    pub summary: String,
    /// When it was published, or a campaign begins.
    pub date: Option<Moment>,
    pub image: Option<Box<PictureView>>,
    /// Events only.
    pub event: Option<Box<EventCard>>,
    /// Stories only.
    pub story: Option<Box<StoryCard>>,
    /// Resources only.
    pub resource: Option<Box<ResourceCard>>,
}

impl Card {
    /// When another date of the same series is over, for which it waits.
    pub fn from(&self) -> Option<&str> {
        self.event.as_ref()?.from.as_deref()
    }
}

/// What a list shows of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct EventCard {
    /// The date that this entry stands for: the next one of a series.
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    /// When that date is over, for `data-ends`: `2026-05-21T12:00:00+01:00`; absent where it was over at the time of
    /// the build.
    pub ends: Option<String>,
    /// From when on the entry is true, for `data-from`: a date of a series that takes the place of the one before it when
    /// that is over. Until then it is `hidden`; absent for the next date.
    pub from: Option<String>,
    /// `10am to 12pm`, `All day`, `Friday 4 to Sunday 6 June 2027`.
    pub when: String,
    /// `Every Tuesday`, `Every 4 weeks on Monday`; absent for a single event.
    pub repeats: Option<String>,
    /// The place with its area: `The Old Bakery, Wallsend`; or `Online`.
    pub place: Option<String>,
    /// The partner from whose calendar it comes; absent for the team's own.
    pub partner: Option<String>,
    /// Short words such as Free, Book, Drop in, Online, Step-free.
    pub flags: Vec<String>,
    /// What filters look for, each with a space after it: the addresses of its categories, of its areas and of those that
    /// these lie within; `free`, `online` and `step-free`.
    pub terms: String,
    /// scheduled, cancelled, postponed, moved-online, full or finished.
    pub status: String,
    /// The status in words where it is not `scheduled`: `Cancelled`, `Fully booked`.
    pub status_words: Option<String>,
    /// What is different with the next date: `Different time: 1pm to 3pm`, `Cancelled on Tuesday 1 December 2026`.
    pub note: Option<String>,
    /// When what `note` speaks of is over, for `data-ends`, where that is before the entry itself ends.
    pub note_ends: Option<String>,
}

/// What a list shows of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct StoryCard {
    /// As readers may see it; absent for anonymous stories.
    pub name: Option<String>,
    /// `name` is not the person's own.
    pub is_name_changed: bool,
    pub quote: Option<String>,
}

/// What a list shows of a source of help.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ResourceCard {
    pub provider: Option<String>,
    /// The names of the areas that it serves.
    pub areas: Vec<String>,
    pub phone: Option<String>,
    pub phone_link: Option<String>,
    pub cost: Option<String>,
    /// `You can contact them yourself`, `A professional must refer you`.
    pub referral_words: Option<String>,
    /// open, temporarily-closed, waiting-list or closed.
    pub status: String,
    /// Absent where it is open.
    pub status_words: Option<String>,
}
