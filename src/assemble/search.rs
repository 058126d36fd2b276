//! The index of all pages that can be found by their words.
//!
//! 1. A page that may be indexed gets a number from its address. Where two addresses ask for one number, the second gets
//!    the next that is free: so a new page leaves the numbers of nearly all others as they are.
//! 2. It is noted with each of its words; every processor takes some of the pages.
//! 3. Words with one beginning are a shard.
//!
//! **Incremental:** while the same pages can be found, only the shards of words that changed are made anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use itertools::{EitherOrBoth, Itertools};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use crate::hash::brief;
use crate::model::document::Role;
use crate::search::{Postings, ShardKey, Terms, WordSet, words};
use crate::site::{Page, PageId, SearchIndex, Shard};

/// Pages up to which one sign finds a shard.
const SMALL: usize = 1_000;
/// Numbers that there are for each page, at the least.
const ROOM: usize = 4;
/// As powers of two, the fewest and the most numbers.
const FEWEST: u32 = 10;
const MOST: u32 = 30;

/// The index of the last run, and the pages that it was made of.
#[derive(Default)]
pub struct SearchCache {
    pages: Arc<Vec<Arc<Page>>>,
    index: Arc<SearchIndex>,
}

/// The index of a site.
pub fn of(pages: &Arc<Vec<Arc<Page>>>, cache: &mut SearchCache) -> Arc<SearchIndex> {
    let is_same_place = |(new, old): (&Arc<Page>, &Arc<Page>)| {
        Arc::ptr_eq(new, old) || (new.url == old.url && can_be_found(new) == can_be_found(old))
    };
    let stands = pages.len() == cache.pages.len() && pages.iter().zip(cache.pages.iter()).all(is_same_place);
    let index = if stands { updated(pages, cache) } else { Arc::new(make(pages)) };
    *cache = SearchCache { pages: Arc::clone(pages), index: Arc::clone(&index) };
    index
}

/// Whether search knows a page: what search engines may index, but for the home page, which all pages lead to.
fn can_be_found(page: &Page) -> bool {
    page.document.role == Role::Page && page.is_indexed()
}

fn make(pages: &[Arc<Page>]) -> SearchIndex {
    let documents = numbered(pages);
    let depth = if documents.len() <= SMALL { 1 } else { 2 };
    let part = documents.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = documents.par_chunks(part).map(|documents| {
        let mut gathered = Gathered::default();
        for (number, id) in documents {
            gathered.add(*number, &pages[*id].document.terms);
        }
        gathered
    });
    // In the order of their numbers, however many parts there are.
    let mut parts = parts.collect::<Vec<_>>().into_iter();
    let mut gathered = parts.next().unwrap_or_default();
    parts.for_each(|part| gathered.append(&part));
    SearchIndex { depth, documents, shards: gathered.shards(depth) }
}

/// All words of some pages, each with its pages.
#[derive(Default)]
struct Gathered {
    words: WordSet,
    postings: Vec<Postings>,
}

impl Gathered {
    fn add(&mut self, number: u32, terms: &Terms) {
        for term in terms.iter() {
            self.postings(term.start, term.word).push(number, term.weight);
        }
    }

    /// Adds what was gathered of pages with higher numbers.
    fn append(&mut self, later: &Gathered) {
        let mut word = Vec::new();
        for (place, postings) in later.postings.iter().enumerate() {
            word.clear();
            later.words.write(place, &mut word);
            self.postings(words::start(&word), &word).append(postings);
        }
    }

    fn postings(&mut self, start: u128, word: &[u8]) -> &mut Postings {
        let place = self.words.number(start, word);
        if place == self.postings.len() {
            self.postings.push(Postings::default());
        }
        &mut self.postings[place]
    }

    fn shards(mut self, depth: usize) -> BTreeMap<ShardKey, Arc<Shard>> {
        let mut shards: BTreeMap<ShardKey, Shard> = BTreeMap::new();
        for place in self.words.sorted() {
            let mut word = Vec::with_capacity(self.words.length(place));
            self.words.write(place, &mut word);
            let shard = shards.entry(ShardKey::of(&word, depth)).or_default();
            let word = String::from_utf8(word).unwrap_or_default();
            shard.words.insert(word.into_boxed_str(), std::mem::take(&mut self.postings[place]));
        }
        shards.into_iter().map(|(key, shard)| (key, Arc::new(shard))).collect()
    }
}

/// The index after some pages got other words.
fn updated(pages: &[Arc<Page>], cache: &mut SearchCache) -> Arc<SearchIndex> {
    let before = &cache.index;
    let mut shards = BTreeMap::new();
    for (number, id) in &before.documents {
        let (old, new) = (&cache.pages[*id].document, &pages[*id].document);
        if Arc::ptr_eq(old, new) || old.terms == new.terms {
            continue;
        }
        if shards.is_empty() {
            shards.clone_from(&before.shards);
        }
        for (word, weight) in changes(&old.terms, &new.terms) {
            let shard: &mut Arc<Shard> = shards.entry(ShardKey::of(word.as_bytes(), before.depth)).or_default();
            let words = &mut Arc::make_mut(shard).words;
            let postings = words.remove(word).unwrap_or_default().with(*number, weight);
            if !postings.is_empty() {
                words.insert(word.into(), postings);
            }
        }
    }
    if shards.is_empty() {
        return Arc::clone(before);
    }
    shards.retain(|_, shard| !shard.words.is_empty());
    Arc::new(SearchIndex { depth: before.depth, documents: before.documents.clone(), shards })
}

/// The words that have another weight now, or are new or gone, which have none.
fn changes<'t>(old: &'t Terms, new: &'t Terms) -> impl Iterator<Item = (&'t str, Option<u8>)> {
    let sorted = |terms: &'t Terms| terms.iter().map(|term| (term.word, term.weight)).sorted_unstable();
    sorted(old).merge_join_by(sorted(new), |old, new| old.0.cmp(new.0)).filter_map(|pair| {
        let (word, weight) = match pair {
            EitherOrBoth::Both(old, new) if old == new => return None,
            EitherOrBoth::Both(_, new) | EitherOrBoth::Right(new) => (new.0, Some(new.1)),
            EitherOrBoth::Left(old) => (old.0, None),
        };
        Some((std::str::from_utf8(word).ok()?, weight))
    })
}

/// The pages that can be found, by their numbers.
fn numbered(pages: &[Arc<Page>]) -> Vec<(u32, PageId)> {
    let mut asked: Vec<(u64, PageId)> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| can_be_found(page))
        .map(|(id, page)| (brief(&page.url, 0), id))
        .collect();
    asked.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| pages[a.1].url.cmp(&pages[b.1].url)));
    let room = (asked.len() * ROOM).next_power_of_two();
    let bits = room.trailing_zeros().clamp(FEWEST, MOST);
    let mut next = 0;
    let number = |(hash, id): (u64, PageId)| {
        let number = u32::try_from(hash >> (64 - bits)).unwrap_or_default().max(next);
        next = number + 1;
        (number, id)
    };
    asked.into_iter().map(number).collect()
}
