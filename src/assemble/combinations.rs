//! The calendars that site.yaml puts together: what fits them, and whether what they name is there.
//!
//! 1. `combined` takes the events of each list that an entry has, keeps those that stand in all, and then looks at
//!    access, cost and whether one can join online.
//! 2. `check` reports what an entry names and nobody knows, and an entry that no event fits.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assemble::calendars::Members;
use crate::assemble::{pages as documents, taxonomies};
use crate::codes;
use crate::config::{Combination, Config, SITE_FILE, Term};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Located;
use crate::model::access;
use crate::model::kinds::Details;
use crate::model::kinds::event::Overrides;
use crate::model::place::VenueRef;
use crate::path::{SourcePath, nearest, slug};
use crate::site::{Asked, CalendarGroup, Lists, Page, PageId};
use crate::view::words::{access_words, is_free};
use crate::yaml::Node;

/// Where the dates are that a combination asks for; `within` gives the addresses of an area and of those within it.
pub(super) fn asked(combination: &Combination, config: &Config, within: impl Fn(&str) -> BTreeSet<String>) -> Asked {
    let areas = combination.areas.iter().flat_map(|area| within(&taxonomies::url(config, "areas", &area.value)));
    let venues = combination.venues.iter().map(|venue| venue.value.clone());
    Asked {
        areas: (!combination.areas.is_empty()).then(|| areas.collect()),
        venues: (!combination.venues.is_empty()).then(|| venues.collect()),
        access: combination.access.iter().map(|fact| access_words(&config.words, &fact.value)).collect(),
    }
}

/// The events that fit a combination, with any of their dates.
pub(super) fn combined(
    combination: &Combination,
    asked: &Asked,
    members: &Members<'_>,
    pages: &[Arc<Page>],
    config: &Config,
) -> Vec<PageId> {
    let term = |folder: &'static str| move |id: &str| taxonomies::url(config, folder, id);
    let any_of = |group, written: &[Located<String>], key: &dyn Fn(&str) -> String| -> Option<BTreeSet<PageId>> {
        let keys = written.iter().map(|written| (group, Cow::Owned(key(&written.value))));
        let union = keys.filter_map(|key| members.get(&key)).flatten().copied().collect();
        (!written.is_empty()).then_some(union)
    };
    let lists = [
        any_of(CalendarGroup::Area, &combination.areas, &term("areas")),
        any_of(CalendarGroup::Category, &combination.categories, &term("categories")),
        any_of(CalendarGroup::Tag, &combination.tags, &term("tags")),
        any_of(CalendarGroup::Venue, &combination.venues, &str::to_owned),
        any_of(CalendarGroup::Organiser, &combination.organisers, &slug),
    ];
    let all = || members.get(&(CalendarGroup::All, Cow::Borrowed(""))).into_iter().flatten().copied().collect();
    let in_lists = lists.into_iter().flatten().reduce(|one, other| one.intersection(&other).copied().collect());
    let fits = |id: &PageId| {
        let page = &pages[*id];
        let Details::Event(event) = &page.document.details else { return false };
        page.all_spots().any(|spot| asked.fits(spot))
            && (!combination.is_free || is_free(&config.words, event.cost.as_deref()))
            && combination.is_online.is_none_or(|wanted| wanted == event.is_online())
    };
    in_lists.unwrap_or_else(all).into_iter().filter(fits).collect()
}

/// Checks what the `calendars` of site.yaml name.
///
/// Reports: `site/unknown-id`, `event/unknown-access-fact`, `site/empty-calendar`.
pub fn check(config: &Config, lists: &Lists, report: &mut Report) {
    let path = SourcePath::from(SITE_FILE);
    for partner in &config.calendars.partners {
        report.extend(unknown_terms(&partner.areas, config, (&config.areas, "areas"), &path));
        report.extend(unknown_terms(&partner.categories, config, (&config.categories, "categories"), &path));
        report.extend(partner.overrides.iter().flat_map(|node| wrong_overrides(node, config, &path)));
    }
    for combination in &config.calendars.combinations {
        let mut faults = unknown_terms(&combination.areas, config, (&config.areas, "areas"), &path);
        faults.extend(unknown_terms(&combination.categories, config, (&config.categories, "categories"), &path));
        let unknown_venues = combination.venues.iter().filter(|id| !config.venues.contains_key(&id.value));
        let code = &codes::site::UNKNOWN_ID;
        faults.extend(unknown_venues.filter_map(|id| documents::unknown_venue(id, config, code, &path)));
        faults.extend(combination.access.iter().filter_map(|fact| unknown_access_fact(fact, &path)));
        // What is misspelt or could not be read fits nothing: that is one mistake and not two.
        let named =
            [("areas", &combination.areas), ("categories", &combination.categories), ("venues", &combination.venues)];
        let is_unread = named.iter().any(|(list, ids)| ids.iter().any(|id| config.may_be_unread(list, &id.value)));
        if faults.is_empty() && !is_unread {
            faults.extend(empty(combination, config, lists, &path));
        }
        report.extend(faults);
    }
}

/// Ids that the list `folder` of site.yaml does not have.
///
/// Reports: `site/unknown-id`.
pub(super) fn unknown_terms(
    written: &[Located<String>],
    config: &Config,
    (known, folder): (&[Term], &str),
    path: &SourcePath,
) -> Vec<Diagnostic> {
    let is_unknown = |id: &&Located<String>| {
        known.iter().all(|term| term.id != id.value) && !config.may_be_unread(folder, &id.value)
    };
    let unknown = written.iter().filter(is_unknown);
    unknown.map(|id| taxonomies::unknown(id, known, folder, &codes::site::UNKNOWN_ID, path)).collect()
}

/// What is wrong with the fields that stand in the place of a partner's own.
fn wrong_overrides(node: &Node, config: &Config, path: &SourcePath) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let overrides = Overrides::read(node, &mut faults);
    if let Some(VenueRef::Named(id)) = &overrides.venue
        && !config.venues.contains_key(&id.value)
    {
        faults.extend(documents::unknown_venue(id, config, &codes::event::UNKNOWN_VENUE, path));
    }
    faults.extend(overrides.access.iter().filter_map(|fact| documents::unknown_access(fact, path)));
    faults
}

fn unknown_access_fact(fact: &Located<String>, path: &SourcePath) -> Option<Diagnostic> {
    if access::is_known(&fact.value) {
        return None;
    }
    let near = nearest(&fact.value, access::ACCESS_FACTS.iter().copied())?;
    let message = format!("`{}` is not in our list of access facts", fact.value);
    let place = Place::new(path, fact.bytes.clone());
    Some(Diagnostic::new(&codes::event::UNKNOWN_ACCESS, place, message).help(format!("did you mean `{near}`?")))
}

/// A calendar that no event fits.
fn empty(combination: &Combination, config: &Config, lists: &Lists, path: &SourcePath) -> Option<Diagnostic> {
    let folder = taxonomies::url(config, "calendars", &combination.id.value);
    let calendar = lists.calendars.iter().find(|calendar| calendar.folder == folder);
    if calendar.is_some_and(|calendar| !calendar.events.is_empty()) {
        return None;
    }
    let names = |group| lists.calendars.iter().filter(move |c| c.group == group).map(|c| c.title.as_str());
    let slip = |written: &[Located<String>], group| {
        let mut unknown = written.iter().filter(|name| names(group).all(|known| slug(known) != slug(&name.value)));
        let name = unknown.next()?;
        Some(match nearest(&name.value, names(group)) {
            Some(near) => format!("no event has `{}`; did you mean `{near}`?", name.value),
            None => format!("no event has `{}`", name.value),
        })
    };
    let help = slip(&combination.tags, CalendarGroup::Tag)
        .or_else(|| slip(&combination.organisers, CalendarGroup::Organiser))
        .unwrap_or_else(|| "ask for less, or delete it from `calendars`".to_owned());
    let message = format!("no event fits everything that the calendar “{}” asks for", combination.name);
    let place = Place::new(path, combination.id.bytes.clone());
    Some(Diagnostic::new(&codes::site::EMPTY_CALENDAR, place, message).help(help))
}
