//! What search knows of all pages, before it is written: which page has which number, and in which shards its words are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::search::{Postings, ShardKey};
use crate::site::PageId;

/// The index of all pages that can be found.
#[derive(Debug, Default)]
pub struct SearchIndex {
    /// By how many signs a word's shard is found: 1, or 2 on larger sites.
    pub depth: usize,
    /// The pages that can be found, by their numbers: a number depends on the address, and so it stays.
    pub documents: Vec<(u32, PageId)>,
    /// One that did not change is the same allocation as in the run before.
    pub shards: BTreeMap<ShardKey, Arc<Shard>>,
}

/// The words with one beginning, and where each stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shard {
    pub words: BTreeMap<Box<str>, Postings>,
}

impl SearchIndex {
    /// Pages with neighbouring numbers are shown from one file: so many numbers are in each.
    pub const NUMBERS_A_FILE: u32 = 256;

    /// The numbers of the files that say what results show, each with its pages.
    pub fn files(&self) -> impl Iterator<Item = (u32, &[(u32, PageId)])> {
        let chunks = self.documents.chunk_by(|(a, _), (b, _)| a / Self::NUMBERS_A_FILE == b / Self::NUMBERS_A_FILE);
        chunks.map(|pages| (pages.first().map_or(0, |(number, _)| number / Self::NUMBERS_A_FILE), pages))
    }

    /// The pages of the file with a number.
    pub fn file(&self, file: u32) -> &[(u32, PageId)] {
        let from = self.documents.partition_point(|(number, _)| number / Self::NUMBERS_A_FILE < file);
        let to = self.documents.partition_point(|(number, _)| number / Self::NUMBERS_A_FILE <= file);
        &self.documents[from..to]
    }
}
