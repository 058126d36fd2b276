//! `/search/`: a page with a form, and the files from which its script finds pages. No server takes part.
//!
//! | file | what |
//! |---|---|
//! | `search/index.json` | how the others are read: `depth`, `size`, `documents`, `shards`, `stop`, `light`, `exact` |
//! | `search/w-be.json` | words that begin with `be`, each with the pages that it is on |
//! | `search/d-7.json` | what a result shows of the pages with the numbers from 7 x 256 on |
//!
//! How the pages of a word are written stands in `search::postings`. A visitor loads the first file, one for each word
//! that is typed, and those of the results that are shown.
//!
//! **Invariant:** only pages that may be indexed have a number, and only what they show is in these files.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::date::words as date_words;
use crate::hash::Fingerprint;
use crate::model::document::shortened;
use crate::model::kinds::{Details, Kind};
use crate::outputs::frame::{self, Frame};
use crate::outputs::trail;
use crate::path::OutputPath;
use crate::search::{STOP_WORDS, ShardKey};
use crate::site::{Page, SearchIndex, Shard, Site};
use crate::view::SearchView;
use crate::words::Value;

/// Signs of a summary that a result shows.
const SUMMARY: usize = 160;

/// What a result says first of a page of some kind, and how much that kind counts, in tenths.
fn of_kind(kind: Kind) -> (&'static str, u32) {
    match kind {
        Kind::Event => ("find.event", 11),
        Kind::Story => ("find.story", 9),
        Kind::Resource => ("find.resource", 13),
        Kind::Post => ("find.post", 8),
        Kind::Campaign => ("find.campaign", 8),
        Kind::Page => ("find.page", 12),
    }
}

/// The page and the files of search, where the site has one.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let Some(url) = &site.view.sections.search else { return Vec::new() };
    let data = |name: String| (OutputPath::new(format!("search/{name}.json")), Owner::named("the index for search"));
    let page = frame::artefact(site, url, Owner::named("the search page"), (), prepare_page);
    let (path, owner) = data("index".to_owned());
    let manifest = Artefact::new(path, owner, Stage::Data, (), prepare_manifest);
    let shards = site.search.shards.keys().map(|key| {
        let (path, owner) = data(format!("w-{}", key.name()));
        Artefact::new(path, owner, Stage::Data, *key, prepare_shard)
    });
    let results = site.search.files().map(|(file, _)| {
        let (path, owner) = data(format!("d-{file}"));
        Artefact::new(path, owner, Stage::Data, file, prepare_results)
    });
    [page, manifest].into_iter().chain(shards).chain(results).collect()
}

fn prepare_page<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let url = site.view.sections.search.clone().unwrap_or_default();
    let words = &site.config.words;
    let summary = words.say("find.summary", &[("name", Value::Text(&site.config.name))]);
    let mut frame = Frame::new(site, "search", words.text("find.title").to_owned(), summary, url.clone());
    frame.is_indexed = false;
    frame.breadcrumbs = trail(site, Vec::new());
    let view = SearchView { files: url, documents: site.search.documents.len() };
    let parts = Parts::default()
        .with("its place among other pages", frame::fingerprint(&frame))
        .with("how many pages can be found", Fingerprint::of(&view));
    frame::prepared(site, "search.html", parts, (frame, view), |(frame, view), theme| {
        frame::render(theme, "search.html", &frame.view(Vec::new()), "search", view)
    })
}

/// How the script reads the other files.
#[derive(Hash, Serialize)]
struct Manifest<'s> {
    depth: usize,
    /// Numbers of pages in a file of results.
    size: u32,
    documents: usize,
    shards: Vec<String>,
    stop: &'static [&'static str],
    /// Words that say little: a page need not have them where others are asked for.
    light: Vec<&'s str>,
    /// What is never taken for a slip, as a regular expression: digits, and words of a crisis.
    exact: String,
}

fn prepare_manifest<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let words = &site.config.words;
    let manifest = Manifest {
        depth: site.search.depth,
        size: SearchIndex::NUMBERS_A_FILE,
        documents: site.search.documents.len(),
        shards: site.search.shards.keys().map(|key| key.name()).collect(),
        stop: &STOP_WORDS,
        light: listed(words.text("find.light")).collect(),
        exact: format!("\\d|^({})$", listed(words.text("find.crisis")).collect::<Vec<_>>().join("|")),
    };
    let parts = Parts::default().with("which files there are", Fingerprint::of(&manifest));
    Prepared::new(parts, Vec::new(), manifest, |manifest, _| Ok(json(manifest)))
}

/// The words of a list, each of letters only.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn prepare_shard<'s>(site: &'s Site, key: &ShardKey) -> Prepared<'s> {
    let shard = site.search.shards.get(key);
    let parts = Parts::default().with("the words in it", Fingerprint::of(&shard));
    Prepared::new(parts, Vec::new(), shard, |shard, _| Ok(shard.map_or_else(Vec::new, |shard| written(shard))))
}

/// A shard as JSON, by hand: words are letters and digits, and no sign of their pages needs a backslash.
fn written(shard: &Shard) -> Vec<u8> {
    let mut out =
        Vec::with_capacity(shard.words.iter().map(|(word, pages)| word.len() + pages.signs().len() + 6).sum());
    for (word, pages) in &shard.words {
        out.extend_from_slice(if out.is_empty() { b"{\"" } else { b",\"" });
        out.extend_from_slice(word.as_bytes());
        out.extend_from_slice(b"\":\"");
        out.extend_from_slice(pages.signs());
        out.push(b'"');
    }
    out.extend_from_slice(if out.is_empty() { b"{}" } else { b"}" });
    out
}

fn prepare_results<'s>(site: &'s Site, file: &u32) -> Prepared<'s> {
    let pages: Vec<(u32, &Page)> =
        site.search.file(*file).iter().map(|(number, id)| (*number, site.pages[*id].as_ref())).collect();
    let fingerprints = pages.iter().map(|(number, page)| {
        let until = page.event.as_ref().map(|event| &event.over_at);
        (number, page.card_fingerprint, until, campaign_until(page), &page.areas, &page.language)
    });
    let fingerprints = Fingerprint::of(&fingerprints.collect::<Vec<_>>());
    let parts = Parts::default()
        .with("the pages that it lists", fingerprints)
        .with("the settings of the site", site.config.fingerprint);
    Prepared::new(parts, Vec::new(), (site, pages), |(site, pages), _| {
        let results: BTreeMap<u32, _> = pages.iter().map(|(number, page)| (*number, result(site, page))).collect();
        Ok(json(&results))
    })
}

/// How much a result counts, and what it shows: title, address, summary; kind, when and where in one line; until when it
/// is of use; its language where it is not the site's.
fn result<'s>(site: &'s Site, page: &'s Page) -> impl Serialize + use<'s> {
    let card = &page.card;
    let (kind, weight) = of_kind(page.document.kind);
    let date = || card.date.as_ref().map(|date| date.date.clone());
    let (when, place, until) = match (&card.event, &card.resource, &page.event) {
        (Some(event), _, Some(dates)) => {
            let next = event.start.as_ref().map(|start| format!("{}, {}", start.full_date, event.when));
            (event.repeats.clone().or(next), event.place.clone(), dates.over_at.clone())
        }
        (_, Some(resource), _) => {
            let areas: Vec<&str> = page.areas.iter().map(|area| area.title.as_str()).collect();
            let areas = (!areas.is_empty()).then(|| areas.join(", "));
            (resource.status_words.clone(), areas.or_else(|| resource.provider.clone()), None)
        }
        // The day of a campaign is not the one on which it was written about.
        _ if matches!(page.document.kind, Kind::Page | Kind::Campaign) => (None, None, campaign_until(page)),
        _ => (date(), None, None),
    };
    let language = (page.language != site.config.language).then_some(&page.language);
    let summary = shortened(&card.summary, SUMMARY);
    let status = card.event.as_ref().and_then(|event| event.status_words.as_deref());
    let when = match (status, when) {
        (Some(status), Some(when)) => Some(format!("{status}: {when}")),
        (_, when) => when,
    };
    let facts: Vec<&str> =
        [Some(site.config.words.text(kind)), when.as_deref(), place.as_deref()].into_iter().flatten().collect();
    (weight, &card.title, &page.url, summary, facts.join(" · "), until, language)
}

/// The day after a campaign, which is over then.
fn campaign_until(page: &Page) -> Option<String> {
    let Details::Campaign(campaign) = &page.document.details else { return None };
    Some(date_words::iso_day(campaign.to?.date().tomorrow().ok()?))
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Maps with text keys, texts and numbers: nothing that JSON does not have.
    serde_json::to_vec(value).unwrap_or_default()
}
