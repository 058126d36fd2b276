//! Where the dates of an event are: one date may be at another place than the rest, and then it is in other areas and
//! as easy to get into as that place is.
//!
//! **Invariant:** whatever shows, lists or gathers events by place asks here, date by date.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::calendar::recurrence::Occurrence;
use crate::site::{DateNotice, EventDates, Page};
use crate::view::{Card, LinkView, VenueView};

/// The place of a date that is not at the usual one, with what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatePlace {
    pub venue: VenueView,
    /// The id in venues.yaml.
    pub venue_id: Option<String>,
    pub areas: Vec<LinkView>,
    /// The areas that these lie within.
    pub around: Vec<LinkView>,
    pub access_ids: Vec<String>,
    /// The same facts in words.
    pub access: Vec<String>,
}

/// Where one date is; what a page itself says stands in here where the date is at the usual place.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'p> {
    pub venue: Option<&'p VenueView>,
    /// The id in venues.yaml.
    pub venue_id: Option<&'p str>,
    pub areas: &'p [LinkView],
    /// Access facts in words.
    pub access: &'p [String],
}

/// The card of one date of a series.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatedCard {
    pub starts_at: Timestamp,
    pub occurrence: Occurrence,
    /// What is different with it.
    pub notice: Option<DateNotice>,
    pub card: Card,
}

/// What a list or calendar asks of the place of a date: one of the venues, one of the areas, and all of the facts. What
/// is absent is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Ids of venues.yaml.
    pub venues: Option<BTreeSet<String>>,
    /// The addresses of areas, with those of the areas within them.
    pub areas: Option<BTreeSet<String>>,
    /// Access facts in words.
    pub access: Vec<String>,
}

impl Asked {
    /// Whether a date at this place is what was asked for.
    pub fn fits(&self, spot: Spot<'_>) -> bool {
        let is_at = |venues: &BTreeSet<String>| spot.venue_id.is_some_and(|id| venues.contains(id));
        let is_in = |areas: &BTreeSet<String>| spot.areas.iter().any(|area| areas.contains(&area.url));
        self.venues.as_ref().is_none_or(is_at)
            && self.areas.as_ref().is_none_or(is_in)
            && self.access.iter().all(|fact| spot.access.contains(fact))
    }
}

impl EventDates {
    /// The place of a date, where that is not the usual one.
    pub fn changed(&self, occurrence: &Occurrence) -> Option<&DatePlace> {
        self.change_places.get(occurrence.change?)?.as_ref()
    }

    /// The name of that place.
    pub fn changed_name(&self, occurrence: &Occurrence) -> Option<&str> {
        self.changed(occurrence).map(|place| place.venue.name.as_str())
    }

    /// The change by which a date is at another place than usual.
    pub fn moved_by(&self, occurrence: &Occurrence) -> Option<usize> {
        self.changed(occurrence).and(occurrence.change)
    }
}

impl Page {
    /// Where a date is, by the index of the change that it has.
    pub fn spot(&self, change: Option<usize>) -> Spot<'_> {
        let changed = self.event.as_ref().and_then(|dates| dates.change_places.get(change?)?.as_ref());
        match changed {
            Some(place) => Spot {
                venue: Some(&place.venue),
                venue_id: place.venue_id.as_deref(),
                areas: &place.areas,
                access: &place.access,
            },
            None => Spot {
                venue: self.venue.as_deref(),
                venue_id: self.venue_id.as_deref(),
                areas: &self.areas,
                access: &self.access,
            },
        }
    }

    /// Where the dates to come are, each place once; of what is over, where the last date was; of what is no event, where
    /// it is.
    pub fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        let moved = self.event.as_ref().map_or(&[] as &[Option<usize>], |dates| &dates.at);
        let usual = moved.is_empty().then_some(None);
        usual.into_iter().chain(moved.iter().copied()).map(|change| self.spot(change))
    }

    /// Where any date is, over or not; the usual place first.
    pub fn all_spots(&self) -> impl Iterator<Item = Spot<'_>> {
        let changed = self.event.iter().flat_map(|dates| {
            let places = dates.change_places.iter().enumerate();
            places.filter(|(_, place)| place.is_some()).map(|(change, _)| Some(change))
        });
        std::iter::once(None).chain(changed).map(|change| self.spot(change))
    }

    /// The areas of the dates to come, each once.
    pub fn areas_of_dates(&self) -> Vec<&LinkView> {
        let mut areas: Vec<&LinkView> = Vec::new();
        for area in self.spots().flat_map(|spot| spot.areas) {
            if !areas.contains(&area) {
                areas.push(area);
            }
        }
        areas
    }

    /// The cards of the dates that a list shows, soonest first: of those at the place or with the fact that `key` names
    /// (an address of a list, or the name of a choice).
    pub fn cards_at(&self, key: Option<&str>) -> Vec<(Option<Timestamp>, &Card)> {
        if let Some(cards) = key.and_then(|key| self.placed_cards.get(key)) {
            return cards.iter().map(|dated| (Some(dated.starts_at), &dated.card)).collect();
        }
        let starts_at = self.event.as_ref().map(|event| event.shown.times.starts_at());
        let later = self.later_cards.iter().map(|later| (Some(later.starts_at), &later.card));
        std::iter::once((starts_at, &self.card)).chain(later).collect()
    }

    /// Whether any date to come is one that filters find by a term.
    pub fn has_date_with(&self, term: &str) -> bool {
        let is_there = |event: &crate::view::EventCard| event.terms.split(' ').any(|other| other == term);
        self.placed_cards.contains_key(term) || self.card.event.as_deref().is_some_and(is_there)
    }
}
