//! Tags, categories, areas and needs: checked against site.yaml, and gathered.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::codes::{Code, page as codes};
use crate::config::{Config, Term as KnownTerm};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Located;
use crate::model::kinds::Kind;
use crate::path::{SourcePath, nearest, slug};
use crate::site::{Page, PageId, Term};
use crate::view::{LinkView, TermView};

/// The links of the ids that a page names.
///
/// Reports: `code` for an id that site.yaml does not list.
pub fn links(
    written: &[Located<String>],
    known: &[KnownTerm],
    folder: &str,
    code: &'static Code,
    (config, path): (&Config, &SourcePath),
    report: &mut Report,
) -> Vec<LinkView> {
    let mut links: Vec<LinkView> = Vec::new();
    for id in written {
        if let Some(term) = known.iter().find(|term| term.id == id.value) {
            let link = link(term, folder, config);
            if !links.contains(&link) {
                links.push(link);
            }
            continue;
        }
        if !config.may_be_unread(folder, &id.value) {
            report.push(unknown(id, known, folder, code, path));
        }
    }
    links
}

/// An id that the list `folder` of site.yaml does not have.
pub fn unknown(
    id: &Located<String>,
    known: &[KnownTerm],
    folder: &str,
    code: &'static Code,
    path: &SourcePath,
) -> Diagnostic {
    let message = format!("`{}` is not in the list `{folder}` of site.yaml", id.value);
    let names = known.iter().flat_map(|term| [term.id.as_str(), term.name.as_str()]);
    let renamed = known.iter().find(|term| term.was.contains(&id.value));
    let help = match nearest(&id.value, names) {
        _ if let Some(term) = renamed => format!("it has another id now: write `{}`", term.id),
        Some(near) => {
            let term = known.iter().find(|term| term.id == near || term.name == near);
            format!("did you mean `{}`?", term.map_or(near, |term| term.id.as_str()))
        }
        None if known.is_empty() => format!("add a list `{folder}` with this id to site.yaml"),
        None => {
            let ids: Vec<String> = known.iter().map(|term| format!("`{}`", term.id)).collect();
            format!("the ids there are {}", ids.join(", "))
        }
    };
    Diagnostic::new(code, Place::new(path, id.bytes.clone()), message).help(help)
}

/// The links of free tags; a tag of which no address can be made has no list.
pub fn tag_links(tags: &[String], config: &Config) -> Vec<LinkView> {
    tags.iter()
        .filter(|tag| !slug(tag).is_empty())
        .map(|tag| LinkView { title: tag.clone(), url: url(config, "tags", &slug(tag)) })
        .collect()
}

/// The link to the list of a term.
pub fn link(term: &KnownTerm, folder: &str, config: &Config) -> LinkView {
    LinkView { title: term.name.clone(), url: url(config, folder, &term.id) }
}

/// The address of a list, from the server's root.
pub fn url(config: &Config, folder: &str, id: &str) -> String {
    format!("{}{folder}/{}/", config.base_path, slug(id))
}

/// The tags of all pages, by name; `order` gives the pages in the order of the lists.
pub fn tags(pages: &[Arc<Page>], order: &[PageId]) -> Vec<Term> {
    let mut by_url: HashMap<&str, (&str, Vec<PageId>)> = HashMap::new();
    for &id in order {
        for link in &pages[id].tags {
            by_url.entry(&link.url).or_insert((&link.title, Vec::new())).1.push(id);
        }
    }
    let mut terms: Vec<Term> = by_url
        .into_iter()
        .map(|(url, (title, pages))| {
            let view = TermView { title: title.to_owned(), url: url.to_owned(), count: pages.len(), depth: 0 };
            Term { view, pages, wider: Vec::new() }
        })
        .collect();
    terms.sort_by_cached_key(|term| (term.view.title.to_lowercase(), term.view.url.clone()));
    terms
}

/// The terms of a list of site.yaml that have documents, in the order of that list; an area has those
/// of the areas within it, too, and is served by the sources of help of those around it.
pub fn terms(
    known: &[KnownTerm],
    folder: &str,
    config: &Config,
    pages: &[Arc<Page>],
    order: &[PageId],
    links_of: fn(&Page) -> Vec<&LinkView>,
) -> Vec<Term> {
    let mut by_url: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for &id in order {
        for link in links_of(&pages[id]) {
            by_url.entry(&link.url).or_default().push(id);
        }
    }
    let position: BTreeMap<PageId, usize> = order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let gather = |is_meant: &dyn Fn(&KnownTerm) -> bool| {
        let mut gathered: Vec<PageId> = known
            .iter()
            .filter(|other| is_meant(other))
            .flat_map(|other| by_url.get(url(config, folder, &other.id).as_str()).cloned().unwrap_or_default())
            .collect();
        gathered.sort_unstable_by_key(|id| position.get(id).copied());
        gathered.dedup();
        gathered
    };
    let of_term = |term: &KnownTerm| {
        let own = gather(&|other| is_within(other, term, known));
        let mut wider = gather(&|other| other.id != term.id && is_within(term, other, known));
        let in_it: BTreeSet<PageId> = own.iter().copied().collect();
        wider.retain(|id| pages[*id].document.kind == Kind::Resource && !in_it.contains(id));
        (own, wider)
    };
    known
        .iter()
        .map(|term| (term, of_term(term)))
        .filter(|(_, (own, wider))| !own.is_empty() || !wider.is_empty())
        .map(|(term, (own, wider))| {
            let view = TermView {
                title: term.name.clone(),
                url: url(config, folder, &term.id),
                count: own.len() + wider.len(),
                depth: term.depth,
            };
            Term { view, pages: own, wider }
        })
        .collect()
}

/// The links of the areas that some areas lie within, without these themselves.
pub fn around(areas: &[LinkView], config: &Config) -> Vec<LinkView> {
    let is_named = |area: &KnownTerm| {
        areas.iter().any(|named| named.title == area.name && named.url == url(config, "areas", &area.id))
    };
    let inner: Vec<&KnownTerm> = config.areas.iter().filter(|area| is_named(area)).collect();
    let is_around =
        |area: &&KnownTerm| !is_named(area) && inner.iter().any(|inner| is_within(inner, area, &config.areas));
    config.areas.iter().filter(is_around).map(|area| link(area, "areas", config)).collect()
}

/// Whether `inner` is `outer` or lies within it.
fn is_within(inner: &KnownTerm, outer: &KnownTerm, known: &[KnownTerm]) -> bool {
    let mut current = Some(inner);
    while let Some(term) = current {
        if term.id == outer.id {
            return true;
        }
        current = term.parent.as_ref().and_then(|parent| known.iter().find(|term| term.id == *parent));
    }
    false
}

/// The codes for ids that are not listed.
pub const UNKNOWN: [&Code; 3] = [&codes::UNKNOWN_CATEGORY, &codes::UNKNOWN_AREA, &codes::UNKNOWN_NEED];
