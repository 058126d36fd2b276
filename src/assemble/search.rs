//! The index of all pages that can be found by their words.
//!
//! 1. A page that may be indexed gets a number from its address. Where two addresses ask for one number, the second gets
//!    the next that is free: so a new page leaves the numbers of nearly all others as they are.
//! 2. Its words are put down in the shards of their beginnings.
//!
//! **Incremental:** while the same pages can be found, only the shards of those whose words changed are made anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::hash::brief;
use crate::model::document::Role;
use crate::search::ShardKey;
use crate::site::{Page, PageId, SearchIndex, Shard, Words};

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
    page.document.role == Role::Page && !page.event.as_ref().is_some_and(|event| event.is_over)
}

fn make(pages: &[Arc<Page>]) -> SearchIndex {
    let documents = numbered(pages);
    let depth = if documents.len() <= SMALL { 1 } else { 2 };
    let mut shards: Vec<Option<(ShardKey, Shard)>> = std::iter::repeat_with(|| None).take(ShardKey::NUMBERS).collect();
    for (document, (number, id)) in documents.iter().enumerate() {
        for (key, from, words) in pages[*id].document.terms.by_shard(depth) {
            let (_, shard) = shards[key.number()].get_or_insert_with(|| (key, Shard::default()));
            shard.sum = shard.sum.wrapping_add(brief(words, u64::from(*number)));
            shard.words.push(Words { document: document as u32, from: from as u32 });
        }
    }
    let mut shards: Vec<(ShardKey, Arc<Shard>)> =
        shards.into_iter().flatten().map(|(key, shard)| (key, Arc::new(shard))).collect();
    shards.sort_unstable_by_key(|(key, _)| *key);
    SearchIndex { depth, documents, shards }
}

/// The index after some pages got other words.
fn updated(pages: &[Arc<Page>], cache: &mut SearchCache) -> Arc<SearchIndex> {
    let before = &cache.index;
    let is_other = |(_, id): &(u32, PageId)| {
        let (new, old) = (&pages[*id].document, &cache.pages[*id].document);
        !Arc::ptr_eq(new, old) && new.terms != old.terms
    };
    let others: Vec<usize> = (0..before.documents.len()).filter(|at| is_other(&before.documents[*at])).collect();
    if others.is_empty() {
        return Arc::clone(before);
    }
    let depth = before.depth;
    let mut shards: BTreeMap<ShardKey, Arc<Shard>> = before.shards.iter().cloned().collect();
    for at in others {
        let (number, id) = before.documents[at];
        let document = at as u32;
        for (key, _, words) in cache.pages[id].document.terms.by_shard(depth) {
            let Some(shard) = shards.get_mut(&key) else { continue };
            let shard = Arc::make_mut(shard);
            shard.sum = shard.sum.wrapping_sub(brief(words, u64::from(number)));
            if let Ok(place) = shard.words.binary_search_by_key(&document, |words| words.document) {
                shard.words.remove(place);
            }
        }
        for (key, from, words) in pages[id].document.terms.by_shard(depth) {
            let shard = Arc::make_mut(shards.entry(key).or_default());
            shard.sum = shard.sum.wrapping_add(brief(words, u64::from(number)));
            let place = shard.words.partition_point(|words| words.document < document);
            shard.words.insert(place, Words { document, from: from as u32 });
        }
    }
    shards.retain(|_, shard| !shard.words.is_empty());
    Arc::new(SearchIndex { depth, documents: before.documents.clone(), shards: shards.into_iter().collect() })
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
