//! What is at each place of venues.yaml.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;
use std::sync::Arc;

use crate::assemble::combinations::unknown_terms;
use crate::config::{Config, VENUES_FILE};
use crate::diagnostic::Report;
use crate::model::kinds::Kind;
use crate::path::SourcePath;
use crate::site::{Lists, Page, PageId, VenueList};
use crate::view::words::venue_url;

/// Checks what places name.
///
/// Reports: `site/unknown-id`.
pub fn check(config: &Config, report: &mut Report) {
    let path = SourcePath::from(VENUES_FILE);
    let areas = config.venues.values().filter_map(|venue| venue.fields.area.as_ref());
    report.extend(areas.flat_map(|area| unknown_terms(slice::from_ref(area), config, (&config.areas, "areas"), &path)));
}

type ListOf = fn(&mut VenueList) -> &mut Vec<PageId>;

/// The places at which an event or a source of help is, by name. The lists of events and of sources of help are in
/// their order by now.
pub fn lists(lists: &Lists, pages: &[Arc<Page>], config: &Config) -> Vec<VenueList> {
    let mut venues: BTreeMap<&str, VenueList> = BTreeMap::new();
    let resources = lists.sections.get(&Kind::Resource).map_or(&[] as &[PageId], Vec::as_slice);
    let list_of: [ListOf; 3] = [|venue| &mut venue.coming, |venue| &mut venue.past, |venue| &mut venue.resources];
    for (ids, list_of) in [lists.coming.as_slice(), &lists.past, resources].into_iter().zip(list_of) {
        for &page in ids {
            let ids: BTreeSet<&str> = pages[page].spots().filter_map(|spot| spot.venue_id).collect();
            for id in ids.into_iter().filter(|id| config.venues.contains_key(*id)) {
                let Some(url) = venue_url(&config.base_path, id) else { continue };
                let (coming, past, resources) = Default::default();
                let empty = || VenueList { id: id.to_owned(), url, coming, past, resources };
                list_of(venues.entry(id).or_insert_with(empty)).push(page);
            }
        }
    }
    for venue in venues.values_mut() {
        // An event that is at several places has another next date here than on the whole.
        let first = |id: &PageId| pages[*id].cards_at(Some(&venue.url)).first().and_then(|(starts_at, _)| *starts_at);
        venue.coming.sort_by_cached_key(first);
    }
    let mut venues: Vec<VenueList> = venues.into_values().collect();
    venues.sort_by_cached_key(|venue| config.venues.get(&venue.id).map(|place| place.fields.name.to_lowercase()));
    venues
}
