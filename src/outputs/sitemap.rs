//! `sitemap.xml` (sitemaps.org protocol): every page that may be indexed, with the day of its last change.

use crate::artefact::{Artefact, Parts, Recipe, Stage};
use crate::hash::Fingerprint;
use crate::model::document::Role;
use crate::outputs::fill::escape;
use crate::outputs::frame;
use crate::path::OutputPath;
use crate::site::{Page, Site};

/// The protocol allows 50,000 addresses in one file.
const LIMIT: usize = 50_000;

/// An address with the day of its last change.
type Entry = (String, Option<String>);

pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    let entries = entries(site);
    if entries.len() <= LIMIT {
        return vec![artefact("sitemap.xml".to_owned(), entries, urlset)];
    }
    let parts: Vec<Vec<Entry>> = entries.chunks(LIMIT).map(<[Entry]>::to_vec).collect();
    let name = |at: usize| format!("sitemap-{}.xml", at + 1);
    let base = format!("{}{}", site.config.origin, site.config.base_path);
    let index = (0..parts.len()).map(|at| (format!("{base}{}", name(at)), None)).collect();
    let mut artefacts = vec![artefact("sitemap.xml".to_owned(), index, sitemapindex)];
    artefacts.extend(parts.into_iter().enumerate().map(|(at, entries)| artefact(name(at), entries, urlset)));
    artefacts
}

fn artefact<'s>(path: String, entries: Vec<Entry>, write: fn(&[Entry]) -> String) -> Artefact<'s> {
    Artefact {
        path: OutputPath::new(path),
        owner: frame::owner("the sitemap"),
        stage: Stage::Data,
        parts: Parts::default().with("the pages that it lists", Fingerprint::of(&entries)),
        recipe: Recipe::new((entries, write), |(entries, write), _| Ok(write(entries).into_bytes())),
        templates: Vec::new(),
    }
}

fn entries(site: &Site) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::with_capacity(site.pages.len());
    if site.home.is_none() {
        entries.push((site.absolute(&site.config.base_path), newest(site)));
    }
    let is_indexed = |page: &&Page| {
        page.document.role != Role::SectionIntroduction && !page.event.as_ref().is_some_and(|event| event.is_over)
    };
    entries.extend(site.pages.iter().filter(is_indexed).map(|page| (site.absolute(&page.url), last_change(page))));
    let sections = &site.view.sections;
    let lists = [&sections.blog, &sections.stories, &sections.events, &sections.resources, &sections.campaigns];
    entries.extend(lists.into_iter().flatten().map(|url| (site.absolute(url), None)));
    for terms in [&site.areas, &site.categories, &site.needs, &site.tags] {
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
    site.pages.iter().filter_map(last_change).max()
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
