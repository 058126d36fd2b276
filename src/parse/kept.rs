//! What was parsed, as bytes for the next process, and back.
//!
//! Documents are spread over a fixed number of shards by their paths, so that an edit changes one of them.
//! What another program or other settings made, or cannot be read, counts as never kept.
//! **Invariant:** no story is kept, nor what was wrong with one: people's lives stay in `content/`. Calendars are not
//! either: one file holds many documents, and reading it again is quick.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::document::Document;
use crate::model::kinds::Kind;
use crate::path::SourcePath;

use super::{ParseCache, Parsed};

/// Who made a shard: the program, and with which settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Maker {
    program: Fingerprint,
    settings: Fingerprint,
}

/// A document with what `Parsed` says of it, lent or owned.
#[derive(Serialize, Deserialize)]
struct Entry<P, F, D> {
    path: P,
    seen: Fingerprint,
    fingerprint: Fingerprint,
    faults: F,
    document: Option<D>,
}

type Lent<'c> = Entry<&'c SourcePath, &'c [Diagnostic], &'c Document>;
type Owned = Entry<SourcePath, Vec<Diagnostic>, Arc<Document>>;

impl ParseCache {
    /// How many shards there are.
    pub const SHARDS: usize = 64;

    /// Reads shards that `changed_shards` made, each with its number.
    pub fn recall(shards: Vec<(usize, Vec<u8>)>, program: Fingerprint) -> Self {
        let read: Vec<(Maker, Vec<Owned>)> = shards
            .into_par_iter()
            .filter_map(|(_, bytes)| postcard::from_bytes(&bytes).ok())
            .filter(|(maker, _): &(Maker, _)| maker.program == program)
            .collect();
        let Some(settings) = read.first().map(|(maker, _)| maker.settings) else { return ParseCache::default() };
        let mut cache = ParseCache { settings, ..ParseCache::default() };
        let mut documents = BTreeMap::new();
        for (_, entries) in read.into_iter().filter(|(maker, _)| maker.settings == settings) {
            for Entry { path, seen, fingerprint, faults, document } in entries {
                if let Some(document) = document {
                    documents.insert(document.path.clone(), document);
                }
                cache.parsed.insert(path, Parsed { source: None, seen, fingerprint, faults });
            }
        }
        cache.documents = Arc::new(documents);
        cache
    }

    /// Hands the shards that are other than those which were recalled or taken before to `put`, each with its
    /// number, on all processors.
    pub fn changed_shards<E: Send>(
        &mut self,
        program: Fingerprint,
        put: impl Fn(usize, Vec<u8>) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let changed = std::mem::take(&mut self.changed);
        let mut shards: BTreeMap<usize, Vec<Lent<'_>>> = changed.iter().map(|shard| (*shard, Vec::new())).collect();
        for (path, Parsed { seen, fingerprint, faults, .. }) in self.parsed.iter().filter(|(path, _)| is_kept(path)) {
            if let Some(entries) = shards.get_mut(&shard(path)) {
                let document = self.documents.get(path).map(Arc::as_ref);
                entries.push(Entry { path, seen: *seen, fingerprint: *fingerprint, faults, document });
            }
        }
        let maker = Maker { program, settings: self.settings };
        shards.into_par_iter().try_for_each(|(shard, entries)| match postcard::to_stdvec(&(maker, entries)) {
            Ok(bytes) => put(shard, bytes),
            // What cannot be kept is parsed again.
            Err(_) => Ok(()),
        })
    }

    /// Notes that what is known of a document is not what was kept.
    pub(super) fn changes(&mut self, path: &SourcePath) {
        if is_kept(path) {
            self.changed.insert(shard(path));
        }
    }
}

fn is_kept(path: &SourcePath) -> bool {
    Kind::of_path(path.in_content()) != Kind::Story && !path.is_calendar()
}

fn shard(path: &SourcePath) -> usize {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish() as usize % ParseCache::SHARDS
}
