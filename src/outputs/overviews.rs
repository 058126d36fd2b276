//! Overviews: all tags, areas, categories and needs, and the site map.

use crate::artefact::{Artefact, Parts};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::document::Role;
use crate::model::kinds::Kind;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{section_link, trail};
use crate::site::{Site, Term};
use crate::theme::Theme;
use crate::view::{GroupView, LinkView};

/// How many pages of a kind the site map names before it leaves the rest to the kind's list.
const SITE_MAP_LIMIT: usize = 100;

struct Overview<'s> {
    frame: Frame<'s>,
    groups: Vec<GroupView>,
}

/// The overviews that have something to show.
pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    let terms = [
        (&site.tags, "Tags", "tags", "Everything on this site by its tags."),
        (&site.areas, "Areas", "areas", "Everything on this site by area."),
        (&site.categories, "Categories", "categories", "Everything on this site by category."),
        (&site.needs, "Needs", "needs", "Start from what you need help with."),
    ];
    let mut artefacts: Vec<Artefact<'_>> = terms
        .into_iter()
        .filter(|(terms, ..)| !terms.is_empty())
        .map(|(terms, title, folder, summary)| {
            let links = terms.iter().map(link).collect();
            overview(site, "terms", title, summary, folder, vec![GroupView { title: title.to_owned(), links }])
        })
        .collect();
    let summary = "Every part of this site on one page.";
    artefacts.push(overview(site, "site-map", "Site map", summary, "site-map", site_map(site)));
    artefacts
}

fn link(term: &Term) -> LinkView {
    LinkView { title: term.view.title.clone(), url: term.view.url.clone() }
}

fn overview<'s>(
    site: &'s Site,
    kind: &'static str,
    title: &str,
    summary: &str,
    folder: &str,
    groups: Vec<GroupView>,
) -> Artefact<'s> {
    let url = format!("{}{folder}/", site.config.base_path);
    let mut frame = Frame::new(site, kind, title.to_owned(), summary.to_owned(), url.clone());
    frame.breadcrumbs = trail(site, Vec::new());
    let parts = Parts::default()
        .with("the pages that it lists", Fingerprint::of(&groups))
        .with("its place among other pages", frame::fingerprint(&frame));
    let owner = frame::owner(format!("the overview “{title}”"));
    frame::artefact(site, &url, owner, "terms.html", parts, Overview { frame, groups }, make)
}

fn make(overview: &Overview<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    frame::render(theme, "terms.html", &overview.frame.view(Vec::new()), "groups", &overview.groups)
}

fn site_map(site: &Site) -> Vec<GroupView> {
    let mut groups = Vec::new();
    let pages: Vec<LinkView> = site
        .pages
        .iter()
        .filter(|page| page.document.kind == Kind::Page && page.document.role == Role::Page)
        .map(|page| LinkView { title: page.card.title.clone(), url: page.url.clone() })
        .collect();
    if !pages.is_empty() {
        groups.push(GroupView { title: "About us".to_owned(), links: pages });
    }
    for kind in [Kind::Event, Kind::Resource, Kind::Story, Kind::Post, Kind::Campaign] {
        let (Some(ids), Some(section)) = (site.sections.get(&kind), section_link(site, kind)) else { continue };
        let entries = ids.iter().take(SITE_MAP_LIMIT).map(|&id| &site.pages[id]);
        let entries = entries.map(|page| LinkView { title: page.card.title.clone(), url: page.url.clone() });
        let all = LinkView { title: format!("All: {}", section.title), url: section.url.clone() };
        let mut links: Vec<LinkView> = std::iter::once(all).chain(entries).collect();
        if kind == Kind::Event {
            let past = site.view.sections.past_events.clone();
            links.extend(past.map(|url| LinkView { title: "Past events".to_owned(), url }));
        }
        groups.push(GroupView { title: section.title, links });
    }
    let overviews = [
        (&site.needs, "By need", "needs"),
        (&site.areas, "By area", "areas"),
        (&site.categories, "By category", "categories"),
        (&site.tags, "By tag", "tags"),
    ];
    let links: Vec<LinkView> = overviews
        .into_iter()
        .filter(|(terms, ..)| !terms.is_empty())
        .map(|(_, title, folder)| LinkView {
            title: title.to_owned(),
            url: format!("{}{folder}/", site.config.base_path),
        })
        .chain(
            site.view
                .sections
                .subscribe
                .clone()
                .map(|url| LinkView { title: "Calendar and news feeds".to_owned(), url }),
        )
        .collect();
    if !links.is_empty() {
        groups.push(GroupView { title: "Find your way".to_owned(), links });
    }
    groups
}
