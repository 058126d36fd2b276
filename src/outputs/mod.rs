//! Site -> Plan: one file for each output, none of which knows another, and the list `OUTPUTS`.
//!
//! An output reads the site and says which files it will have. `frame`, `fill`, `structured_data`, `dated`, `directory`,
//! `ways` and `share` are what pages share: the head of a page, the filling of a text's slots, JSON-LD, dates of events,
//! what is asked of sources of help, the ways into calendars, and link previews.

mod api;
mod assets;
mod calendars;
mod dated;
mod directory;
mod documents;
mod files;
mod fill;
mod frame;
mod headers;
mod icons;
mod json_feed;
mod listings;
mod months;
mod not_found;
mod open_referral;
mod overviews;
mod pictures;
mod redirects;
mod robots;
mod rss;
mod search;
mod share;
mod share_cards;
mod sitemap;
mod structured_data;
mod subscribe;
mod toolkits;
mod venues;
mod ways;
mod weeks;

pub use calendars::history as calendar_history;
pub use headers::SECURITY;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::artefact::{Artefact, Plan};
use crate::diagnostic::Report;
use crate::hash::Fingerprint;
use crate::site::{Page, PageId, Site, Term};
use crate::theme::Shared;
use crate::view::{Card, LinkView, TermView};

/// Something that the built site holds.
pub struct Output {
    /// In plain words, for `--timings` and the documentation.
    pub name: &'static str,
    /// Which files it has. It may read only what `Site::shape` covers.
    pub plan: fn(&Site) -> Vec<Artefact>,
}

/// Every output, in the order in which they claim their places.
pub const OUTPUTS: &[Output] = &[
    Output { name: "pages", plan: documents::plan },
    Output { name: "toolkits", plan: toolkits::plan },
    Output { name: "lists", plan: listings::plan },
    Output { name: "directory from A to Z", plan: directory::plan },
    Output { name: "months", plan: months::plan },
    Output { name: "this week", plan: weeks::plan },
    Output { name: "places", plan: venues::plan },
    Output { name: "overviews", plan: overviews::plan },
    Output { name: "subscribe pages", plan: subscribe::plan },
    Output { name: "search", plan: search::plan },
    Output { name: "not-found page", plan: not_found::plan },
    Output { name: "blog feed", plan: rss::plan },
    Output { name: "JSON feeds", plan: json_feed::plan },
    Output { name: "Open Referral", plan: open_referral::plan },
    Output { name: "page for partners' programs", plan: api::plan },
    Output { name: "calendars", plan: calendars::plan },
    Output { name: "sitemap", plan: sitemap::plan },
    Output { name: "robots.txt", plan: robots::plan },
    Output { name: "pictures", plan: pictures::plan },
    Output { name: "other files", plan: files::plan },
    Output { name: "pictures for link previews", plan: share_cards::plan },
    Output { name: "icons", plan: icons::plan },
    Output { name: "headers", plan: headers::plan },
    Output { name: "assets", plan: assets::plan },
    Output { name: "redirects", plan: redirects::plan },
];

/// The plan of the last run, and what shape of a site it was made for.
#[derive(Default)]
pub struct PlanCache(Option<(Fingerprint, Arc<Plan>)>);

/// The plan of a site.
///
/// Reports: what is wrong with its paths. **Incremental:** a site of the same shape has the same plan.
pub fn plan(site: &Site, cache: &mut PlanCache, report: &mut Report) -> Arc<Plan> {
    let kept = cache.0.take().filter(|(shape, _)| *shape == site.shape);
    let (shape, plan) =
        kept.unwrap_or_else(|| (site.shape, Arc::new(Plan::of(OUTPUTS.iter().flat_map(|output| (output.plan)(site))))));
    report.extend(plan.faults.iter().cloned());
    cache.0 = Some((shape, Arc::clone(&plan)));
    plan
}

/// The values that every template may name.
pub fn shared(site: &Site) -> Shared {
    let mut shared = Shared::default();
    let cards = |ids: &[usize], limit: usize| -> Vec<&Card> {
        let pages: Vec<&Page> = ids.iter().take(limit).map(|&id| site.pages[id].as_ref()).collect();
        dated::cards(&pages, None)
    };
    let newest = |kind, limit| cards(site.section(kind), limit);
    let terms = |terms: &[Term]| terms.iter().map(|term| term.view.clone()).collect::<Vec<_>>();
    shared.insert("site", &site.view);
    shared.insert("menu", &site.menu);
    // A home page shows four; the others wait for these to be over.
    let mut coming = cards(&site.lists.coming, 12);
    coming.truncate(24);
    shared.insert("coming_events", &coming);
    shared.insert("newest_stories", &newest(crate::model::kinds::Kind::Story, 3));
    shared.insert("newest_posts", &newest(crate::model::kinds::Kind::Post, 2));
    shared.insert("campaign_now", &documents::campaign_now(site));
    shared.insert("tags", &terms(&site.lists.tags));
    shared.insert("areas", &terms(&site.lists.areas));
    shared.insert("categories", &terms(&site.lists.categories));
    shared.insert("needs", &terms(&site.lists.needs));
    shared.insert("event_areas", &of_events(site, &site.lists.areas));
    shared.insert("event_categories", &of_events(site, &site.lists.categories));
    shared
}

/// The terms that coming events have, each with how many.
fn of_events(site: &Site, terms: &[Term]) -> Vec<TermView> {
    let coming: BTreeSet<PageId> = site.lists.coming.iter().copied().collect();
    let count = |term: &Term| term.pages.iter().filter(|id| coming.contains(id)).count();
    let counted = terms.iter().map(|term| TermView { count: count(term), ..term.view.clone() });
    counted.filter(|term| term.count > 0).collect()
}

/// Home, then the sections above a page.
fn trail(site: &Site, above: Vec<LinkView>) -> Vec<LinkView> {
    let home = LinkView { title: site.config.words.text("titles.home").to_owned(), url: site.config.base_path.clone() };
    std::iter::once(home).chain(above).collect()
}

/// The list of a kind, as a link; pages have none, and belong to the home page.
fn section_link(site: &Site, kind: crate::model::kinds::Kind) -> LinkView {
    let url = kind.section_url().unwrap_or_default();
    let title = listings::section_title(site, kind);
    LinkView { title, url: format!("{}{}", site.config.base_path, url.trim_start_matches('/')) }
}
