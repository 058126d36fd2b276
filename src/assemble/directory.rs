//! The directory's lists: sources of help by need and area, and by what people ask about first.
//!
//! 1. Each need and area has one, and each pair of them that holds something: an area holds those within it, and then
//!    those that serve the areas that it lies in.
//! 2. So has what one can use from home, what is free, what one can contact oneself, each language, and each group of
//!    ages where age matters to any source of help.
//!
//! So there are never more lists than pairs of a need and an area at which there is help.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::model::kinds::resource::{Referral, Resource};
use crate::model::kinds::{Details, Kind};
use crate::path::slug;
use crate::site::{DirectoryList, Facet, Lists, Page, PageId, Term};
use crate::view::words::is_free;

/// The id of the area that stands for help from home.
const FROM_HOME: &str = "online";

/// Groups of ages, each with its first and last year.
pub const AGES: [(&str, u32, u32); 4] =
    [("children", 0, 15), ("young-people", 16, 25), ("adults", 26, 64), ("older-people", 65, u32::MAX)];

/// All lists of the directory, those of needs first, each with its sources of help by title.
pub fn lists(lists: &Lists, pages: &[Arc<Page>], config: &Config) -> Vec<DirectoryList> {
    let Some(resources) = lists.sections.get(&Kind::Resource) else { return Vec::new() };
    let is_resource = |id: &PageId| pages[*id].document.kind == Kind::Resource;
    let of_term = |term: &Term| Found {
        own: term.pages.iter().copied().filter(is_resource).collect(),
        wider: term.wider.clone(),
    };
    let needs: Vec<Found> = lists.needs.iter().map(of_term).collect();
    let areas: Vec<Found> = lists.areas.iter().map(of_term).collect();
    let mut found: Vec<(Facet, Found)> = Vec::new();
    found.extend(needs.iter().enumerate().map(|(at, need)| (Facet::Need(at), need.clone())));
    found.extend(areas.iter().enumerate().map(|(at, area)| (Facet::Area(at), area.clone())));
    for (need, in_need) in needs.iter().enumerate() {
        let in_need: BTreeSet<PageId> = in_need.own.iter().copied().collect();
        let both = |ids: &[PageId]| ids.iter().copied().filter(|id| in_need.contains(id)).collect();
        let in_area = |(at, area): (usize, &Found)| {
            (Facet::NeedInArea(need, at), Found { own: both(&area.own), wider: both(&area.wider) })
        };
        found.extend(areas.iter().enumerate().map(in_area));
    }
    let that = |is: &dyn Fn(&Page, &Resource) -> bool| -> Found {
        let fits = |id: &PageId| match &pages[*id].document.details {
            Details::Resource(resource) => is(&pages[*id], resource),
            _ => false,
        };
        Found { own: resources.iter().copied().filter(fits).collect(), wider: Vec::new() }
    };
    found.push((Facet::FromHome, that(&is_from_home)));
    found.push((Facet::Free, that(&|_, resource| is_free(&config.words, resource.cost.as_deref()))));
    found.push((Facet::SelfReferral, that(&|_, resource| can_refer_self(resource))));
    found.extend(languages(resources, pages));
    let has_ages = !that(&|_, resource| ages(resource) != (0, u32::MAX)).own.is_empty();
    for (at, (_, from, to)) in AGES.iter().enumerate().filter(|_| has_ages) {
        let fits = |_: &Page, resource: &Resource| {
            let (youngest, oldest) = ages(resource);
            youngest <= *to && *from <= oldest
        };
        found.push((Facet::Age(at), that(&fits)));
    }
    let with_address = |(facet, Found { own, wider }): (Facet, Found)| {
        let url = format!("{}resources/by/{}/", config.base_path, address(&facet, lists)?);
        let (count, pages) = (wider.len(), [own, wider].concat());
        (!pages.is_empty()).then_some(DirectoryList { facet, url, pages, wider: count })
    };
    found.into_iter().filter_map(with_address).collect()
}

/// The sources of help of a list, by title: its own, and those that serve the areas that its area lies in.
#[derive(Clone, Default)]
struct Found {
    own: Vec<PageId>,
    wider: Vec<PageId>,
}

/// Whether one can use it without going anywhere: it says so with the area `online`, or it names no place.
fn is_from_home(page: &Page, resource: &Resource) -> bool {
    let contact = &resource.contact;
    let has_way = contact.phone.is_some() || contact.email.is_some() || contact.website.is_some();
    let names_place = resource.venue.is_some() || contact.address.is_some();
    page.document.meta.areas.iter().any(|area| area.value == FROM_HOME) || (has_way && !names_place)
}

fn can_refer_self(resource: &Resource) -> bool {
    matches!(resource.referral, Some(Referral::Own | Referral::Both))
}

/// From which age to which one can use it.
fn ages(resource: &Resource) -> (u32, u32) {
    let eligibility = &resource.eligibility;
    (eligibility.minimum_age.unwrap_or(0), eligibility.maximum_age.unwrap_or(u32::MAX))
}

/// Each language that is spoken, but for one that is spoken everywhere.
fn languages(resources: &[PageId], pages: &[Arc<Page>]) -> Vec<(Facet, Found)> {
    let mut by_language: BTreeMap<String, (String, Vec<PageId>)> = BTreeMap::new();
    for &id in resources {
        let Details::Resource(resource) = &pages[id].document.details else { continue };
        for language in &resource.languages {
            let (_, spoken) = by_language.entry(slug(language)).or_insert_with(|| (language.clone(), Vec::new()));
            if spoken.last() != Some(&id) {
                spoken.push(id);
            }
        }
    }
    let some = by_language.into_iter().filter(|(slug, (_, spoken))| !slug.is_empty() && spoken.len() < resources.len());
    some.map(|(_, (name, own))| (Facet::Language(name), Found { own, wider: Vec::new() })).collect()
}

/// The last part of a list's address; nothing where no address can be made.
fn address(facet: &Facet, lists: &Lists) -> Option<String> {
    let last = |url: &str| url.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
    let need = |at: &usize| last(&lists.needs.get(*at)?.view.url);
    let area = |at: &usize| last(&lists.areas.get(*at)?.view.url);
    let address = match facet {
        Facet::Need(at) => format!("need/{}", need(at)?),
        Facet::Area(at) => format!("area/{}", area(at)?),
        Facet::NeedInArea(at, in_area) => format!("need/{}/area/{}", need(at)?, area(in_area)?),
        Facet::FromHome => "from-home".to_owned(),
        Facet::Free => "free".to_owned(),
        Facet::SelfReferral => "self-referral".to_owned(),
        Facet::Language(name) => format!("language/{}", slug(name)),
        Facet::Age(at) => format!("age/{}", AGES.get(*at)?.0),
    };
    Some(address)
}

/// Of a source of help, what decides in which of these lists it stands, beside its needs and areas.
pub fn listing(page: &Page) -> impl std::hash::Hash + use<> {
    let Details::Resource(resource) = &page.document.details else { return None };
    let own = (is_from_home(page, resource), can_refer_self(resource), ages(resource));
    Some((own, resource.cost.clone(), resource.languages.clone()))
}
