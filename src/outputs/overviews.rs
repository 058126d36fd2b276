//! Overviews: all tags, areas, categories and needs, and the site map.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{section_link, trail};
use crate::site::{Site, VenueList};
use crate::theme::Theme;
use crate::view::{GroupView, LinkView};
use crate::words::Words;

/// How many pages of a kind the site map names before it leaves the rest to the kind's list.
const SITE_MAP_LIMIT: usize = 100;

struct Overview<'s> {
    frame: Frame<'s>,
    groups: Vec<GroupView>,
}

/// What an overview shows.
#[derive(Clone, Copy)]
enum Of {
    Tags,
    Areas,
    Categories,
    Needs,
    Venues,
    Site,
}

impl Of {
    fn title(self, words: &Words) -> &str {
        words.text(match self {
            Of::Tags => "titles.tags",
            Of::Areas => "titles.areas",
            Of::Categories => "titles.categories",
            Of::Needs => "titles.needs",
            Of::Venues => "titles.places",
            Of::Site => "titles.site_map",
        })
    }

    fn summary(self, words: &Words) -> &str {
        words.text(match self {
            Of::Tags => "summaries.tags",
            Of::Areas => "summaries.areas",
            Of::Categories => "summaries.categories",
            Of::Needs => "summaries.needs",
            Of::Venues => "summaries.places",
            Of::Site => "summaries.site_map",
        })
    }

    fn folder(self) -> &'static str {
        match self {
            Of::Tags => "tags",
            Of::Areas => "areas",
            Of::Categories => "categories",
            Of::Needs => "needs",
            Of::Venues => "venues",
            Of::Site => "site-map",
        }
    }

    fn url(self, site: &Site) -> String {
        format!("{}{}/", site.config.base_path, self.folder())
    }

    /// The links of an overview; the site map has groups of them.
    fn links(self, site: &Site) -> Vec<LinkView> {
        let terms = match self {
            Of::Tags => &site.lists.tags,
            Of::Areas => &site.lists.areas,
            Of::Categories => &site.lists.categories,
            Of::Needs => &site.lists.needs,
            Of::Venues => return site.lists.venues.iter().filter_map(|list| venue(site, list)).collect(),
            Of::Site => return Vec::new(),
        };
        terms.iter().map(|term| LinkView { title: term.view.title.clone(), url: term.view.url.clone() }).collect()
    }
}

fn venue(site: &Site, list: &VenueList) -> Option<LinkView> {
    let title = site.config.venues.get(&list.id)?.fields.name.clone();
    Some(LinkView { title, url: list.url.clone() })
}

/// The overviews that have something to show.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let all = [Of::Tags, Of::Areas, Of::Categories, Of::Needs, Of::Venues];
    let terms = all.into_iter().filter(|of| !of.links(site).is_empty());
    let owner = |of: Of| Owner::named(format!("the overview “{}”", of.title(&site.config.words)));
    terms.chain([Of::Site]).map(|of| frame::artefact(site, &of.url(site), owner(of), of, prepare)).collect()
}

fn prepare<'s>(site: &'s Site, of: &Of) -> Prepared<'s> {
    let words = &*site.config.words;
    let (kind, groups) = match of {
        Of::Site => ("site-map", site_map(site)),
        _ => ("terms", vec![GroupView { title: of.title(words).to_owned(), links: of.links(site) }]),
    };
    let mut frame = Frame::new(site, kind, of.title(words).to_owned(), of.summary(words).to_owned(), of.url(site));
    frame.breadcrumbs = trail(site, Vec::new());
    let parts = Parts::default()
        .with("the pages that it lists", Fingerprint::of(&groups))
        .with("its place among other pages", frame::fingerprint(&frame));
    frame::prepared(site, "terms.html", parts, Overview { frame, groups }, make)
}

fn make(overview: &Overview<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    frame::render(theme, "terms.html", &overview.frame.view(Vec::new()), "groups", &overview.groups)
}

fn site_map(site: &Site) -> Vec<GroupView> {
    let words = &*site.config.words;
    let mut groups = Vec::new();
    let pages: Vec<LinkView> = site
        .section(Kind::Page)
        .iter()
        .map(|&id| &site.pages[id])
        .map(|page| LinkView { title: page.card.title.clone(), url: page.url.clone() })
        .collect();
    if !pages.is_empty() {
        groups.push(GroupView { title: words.text("titles.about_us").to_owned(), links: pages });
    }
    for kind in [Kind::Event, Kind::Resource, Kind::Story, Kind::Post, Kind::Campaign] {
        let ids = site.section(kind);
        if ids.is_empty() {
            continue;
        }
        let section = section_link(site, kind);
        let entries = ids.iter().map(|&id| &site.pages[id]).filter(|page| page.is_indexed()).take(SITE_MAP_LIMIT);
        let entries = entries.map(|page| LinkView { title: page.card.title.clone(), url: page.url.clone() });
        let all = LinkView {
            title: words.say("titles.all_of", &[("section", (&section.title).into())]),
            url: section.url.clone(),
        };
        let mut links: Vec<LinkView> = std::iter::once(all).chain(entries).collect();
        if kind == Kind::Event {
            let past = site.view.sections.past_events.clone();
            links.extend(past.map(|url| LinkView { title: words.text("titles.past_events").to_owned(), url }));
        }
        groups.push(GroupView { title: section.title, links });
    }
    let overviews = [
        (Of::Needs, "titles.by_need"),
        (Of::Areas, "titles.by_area"),
        (Of::Categories, "titles.by_category"),
        (Of::Tags, "titles.by_tag"),
        (Of::Venues, "titles.by_place"),
    ];
    let sections = &site.view.sections;
    let others = [
        (&sections.directory, "directory.a_to_z"),
        (&sections.subscribe, "titles.feeds"),
        (&sections.api, "open_data.title"),
    ];
    let links: Vec<LinkView> = overviews
        .into_iter()
        .filter(|(of, _)| !of.links(site).is_empty())
        .map(|(of, title)| LinkView { title: words.text(title).to_owned(), url: of.url(site) })
        .chain(others.into_iter().filter_map(|(url, title)| {
            Some(LinkView { title: words.text(title).to_owned(), url: url.as_ref()?.clone() })
        }))
        .collect();
    if !links.is_empty() {
        groups.push(GroupView { title: words.text("titles.find_your_way").to_owned(), links });
    }
    groups
}
