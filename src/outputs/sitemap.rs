//! `sitemap.xml` (sitemaps.org protocol): every page that may be indexed, with the day of its last change.

use std::sync::Arc;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::hash::Fingerprint;
use crate::model::document::Role;
use crate::model::kinds::Kind;
use crate::outputs::dated;
use crate::outputs::fill::escape;
use crate::path::OutputPath;
use crate::site::{Page, Site};

/// The protocol allows 50,000 addresses in one file.
const LIMIT: usize = 50_000;

/// Sections with a list, a home page that nobody wrote, free, online and step-free events and the page of the week, the
/// overviews of places, and the months.
const LISTS: usize = 11 + 13;

/// An address with the day of its last change.
type Entry = (String, Option<String>);

/// The sitemap; of a site with more pages than one file may list, an index and its parts.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let artefact = |path: String, part| {
        Artefact::new(OutputPath::new(path), Owner::named("the sitemap"), Stage::Data, part, prepare)
    };
    let count = parts(site);
    if count <= 1 {
        return vec![artefact("sitemap.xml".to_owned(), Part::Whole)];
    }
    let index = artefact("sitemap.xml".to_owned(), Part::Index);
    std::iter::once(index).chain((0..count).map(|at| artefact(name(at), Part::Number(at)))).collect()
}

/// A file of the sitemap.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    Index,
    Number(usize),
}

/// How many files it takes to list all pages: what may be listed at the most, so that the answer does not
/// depend on which events are over.
fn parts(site: &Site) -> usize {
    let lists = [&site.lists.areas, &site.lists.categories, &site.lists.needs, &site.lists.tags];
    let terms: usize = lists.iter().map(|terms| terms.len()).sum();
    let toolkits = site.section(Kind::Campaign).len();
    (site.pages.len() + terms + toolkits + site.lists.venues.len() + LISTS).div_ceil(LIMIT)
}

fn name(at: usize) -> String {
    format!("sitemap-{}.xml", at + 1)
}

fn prepare<'s>(site: &'s Site, part: &Part) -> Prepared<'s> {
    let (entries, write): (_, fn(&[Entry]) -> String) = match part {
        Part::Whole => (entries(site), urlset),
        Part::Index => {
            let base = format!("{}{}", site.config.origin, site.config.base_path);
            ((0..parts(site)).map(|at| (format!("{base}{}", name(at)), None)).collect(), sitemapindex)
        }
        Part::Number(at) => (entries(site).into_iter().skip(at * LIMIT).take(LIMIT).collect(), urlset),
    };
    let parts = Parts::default().with("the pages that it lists", Fingerprint::of(&entries));
    Prepared::new(parts, Vec::new(), (entries, write), |(entries, write), _| Ok(write(entries).into_bytes()))
}

fn entries(site: &Site) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::with_capacity(site.pages.len());
    if site.lists.home.is_none() {
        entries.push((site.absolute(&site.config.base_path), newest(site)));
    }
    let is_indexed = |page: &&Arc<Page>| page.document.role != Role::SectionIntroduction && page.is_indexed();
    entries.extend(site.pages.iter().filter(is_indexed).map(|page| (site.absolute(&page.url), last_change(page))));
    let campaigns = site.section(Kind::Campaign).iter().map(|&id| &site.pages[id]);
    let with_toolkit = campaigns.filter(|page| page.toolkit.is_some());
    entries.extend(with_toolkit.map(|page| (format!("{}toolkit/", site.absolute(&page.url)), last_change(page))));
    let sections = &site.view.sections;
    let lists = [&sections.blog, &sections.stories, &sections.events, &sections.resources, &sections.campaigns];
    entries.extend(lists.into_iter().flatten().map(|url| (site.absolute(url), None)));
    let present = site.today.first_of_month();
    let months = site.agenda.months.range(present..).map(|(month, _)| dated::month_url(site, *month));
    let week = (!site.agenda.months.is_empty()).then(|| dated::week_url(site));
    let choices = site.lists.choices.iter().filter(|(_, coming)| !coming.is_empty());
    let choices = choices.map(|(choice, _)| dated::choice_url(site, *choice));
    let places = site.lists.venues.iter().map(|venue| venue.url.clone());
    let overview = (!site.lists.venues.is_empty()).then(|| dated::places_url(site));
    let of_events = months.chain(week).chain(choices).chain(places).chain(overview);
    entries.extend(of_events.map(|url| (site.absolute(&url), None)));
    for terms in [&site.lists.areas, &site.lists.categories, &site.lists.needs, &site.lists.tags] {
        entries.extend(terms.iter().map(|term| (site.absolute(&term.view.url), None)));
    }
    entries.sort();
    entries
}

fn last_change(page: &Page) -> Option<String> {
    let meta = &page.document.meta;
    meta.updated.or(meta.date).map(|when| when.date().to_string())
}

fn newest(site: &Site) -> Option<String> {
    site.pages.iter().filter_map(|page| last_change(page)).max()
}

fn urlset(entries: &[Entry]) -> String {
    document("urlset", "url", entries)
}

fn sitemapindex(entries: &[Entry]) -> String {
    document("sitemapindex", "sitemap", entries)
}

fn document(root: &str, element: &str, entries: &[Entry]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for (address, changed) in entries {
        xml.push_str(&format!("<{element}><loc>"));
        escape(address, &mut xml);
        xml.push_str("</loc>");
        if let Some(day) = changed {
            xml.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        xml.push_str(&format!("</{element}>\n"));
    }
    xml.push_str(&format!("</{root}>\n"));
    xml
}
