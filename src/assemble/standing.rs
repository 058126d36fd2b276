//! Which pages of the last run still stand; the rest is made, on all processors.
//!
//! 1. What pages may ask of other files is compared with the last run: documents that came, went, moved, got
//!    other places in their text or were held back give the questions that have another answer now.
//! 2. A page is due if its document is another one, if it asked one of these questions, or if its time is over.
//! 3. A page that comes out as it was stays the same allocation.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use itertools::{EitherOrBoth, Itertools};
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::assemble::findings::{Findings, Key, Question};
use crate::assemble::links::{Bundles, Places, Unpublished, anchors};
use crate::assemble::{campaign_name, pages};
use crate::diagnostic::Report;
use crate::model::document::Document;
use crate::path::SourcePath;
use crate::site::Page;
use crate::source::{Content, Source};

/// What was made in the last run, and what it was made of.
#[derive(Default)]
pub struct PageCache {
    kept: BTreeMap<SourcePath, Kept>,
    unpublished: Unpublished,
    bundles: Bundles,
    others: Arc<BTreeMap<SourcePath, Arc<Source>>>,
}

struct Kept {
    page: Arc<Page>,
    report: Report,
    asked: Box<[Key]>,
    /// The page stands from this moment on, and before `until`.
    from: Timestamp,
    until: Timestamp,
}

/// The pages of the documents that may be seen, in the same order.
pub fn pages(
    seen: &[&Arc<Document>],
    places: &Places<'_>,
    cache: &mut PageCache,
    findings: &mut Findings,
) -> Arc<Vec<Arc<Page>>> {
    let now = findings.now();
    let changed = changed(seen, places, cache);
    let mut due: Vec<&Arc<Document>> = Vec::new();
    let mut gone: Vec<SourcePath> = Vec::new();
    for pair in seen.iter().merge_join_by(&cache.kept, |document, (path, _)| document.path.cmp(path)) {
        match pair {
            EitherOrBoth::Both(document, (_, kept)) => {
                let is_same = Arc::ptr_eq(document, &kept.page.document);
                if !(is_same && kept.from <= now && now < kept.until && changed.leaves(&kept.asked)) {
                    due.push(document);
                }
            }
            EitherOrBoth::Left(document) => due.push(document),
            EitherOrBoth::Right((path, _)) => gone.push(path.clone()),
        }
    }
    let made: Vec<(Arc<Page>, Findings)> = due
        .into_par_iter()
        .map(|document| {
            let mut findings = Findings::at(now);
            (Arc::new(pages::page(document, places, &mut findings)), findings)
        })
        .collect();
    for path in gone {
        cache.kept.remove(&path);
    }
    for (page, found) in made {
        let path = page.document.path.clone();
        let before = cache.kept.remove(&path).map(|kept| kept.page).filter(|before| is_same(before, &page));
        let kept = Kept {
            page: before.unwrap_or(page),
            report: found.report,
            asked: found.asked.into(),
            from: now,
            until: found.until,
        };
        cache.kept.insert(path, kept);
    }
    cache.others = Arc::clone(&places.sources.others);
    cache.unpublished.clone_from(places.unpublished);
    cache.bundles.clone_from(places.bundles);
    for kept in cache.kept.values() {
        findings.until = findings.until.min(kept.until);
        findings.report.extend(kept.report.iter().cloned());
    }
    Arc::new(cache.kept.values().map(|kept| Arc::clone(&kept.page)).collect())
}

fn is_same(before: &Page, page: &Page) -> bool {
    let fingerprints = |page: &Page| (page.fingerprint, page.listing);
    Arc::ptr_eq(&before.document, &page.document)
        && fingerprints(before) == fingerprints(page)
        && before.campaign == page.campaign
}

/// Questions that have another answer than in the last run.
enum Changed {
    Everything,
    These(HashSet<Key>),
}

impl Changed {
    /// Whether a page that asked these questions stands.
    fn leaves(&self, asked: &[Key]) -> bool {
        match self {
            Changed::Everything => false,
            Changed::These(keys) => keys.is_empty() || !asked.iter().any(|key| keys.contains(key)),
        }
    }
}

fn changed(seen: &[&Arc<Document>], places: &Places<'_>, cache: &PageCache) -> Changed {
    let is_same_world = *places.bundles == cache.bundles
        && places.unpublished.addresses == cache.unpublished.addresses
        && are_same_files(&places.sources.others, &cache.others);
    if !is_same_world {
        return Changed::Everything;
    }
    let mut keys = HashSet::new();
    let mut note = |questions: &[Question<'_>]| keys.extend(questions.iter().map(Question::key));
    for pair in seen.iter().merge_join_by(&cache.kept, |document, (path, _)| document.path.cmp(path)) {
        match pair {
            EitherOrBoth::Both(now, (_, kept)) => {
                let before = &kept.page.document;
                if Arc::ptr_eq(now, before) {
                    continue;
                }
                if now.url != before.url {
                    note(&whole(now));
                } else if !anchors(now).eq(anchors(before)) {
                    note(&[Question::Anchors(&now.path)]);
                }
            }
            EitherOrBoth::Left(document) => note(&whole(document)),
            EitherOrBoth::Right((_, kept)) => note(&whole(&kept.page.document)),
        }
    }
    let (now, before) = (places.unpublished, &cache.unpublished);
    let unread = now.unread.0.symmetric_difference(&before.unread.0);
    for path in now.paths.symmetric_difference(&before.paths).chain(unread) {
        note(&[Question::Everything, Question::Path(path.as_str())]);
    }
    Changed::These(keys)
}

/// Everything that may be asked about a document that came, went or moved.
fn whole(document: &Document) -> [Question<'_>; 4] {
    let campaign = Question::Campaign(campaign_name(&document.path));
    [Question::Everything, Question::Path(document.path.as_str()), Question::Anchors(&document.path), campaign]
}

/// Whether the files that pages can show or link are the same.
fn are_same_files(
    now: &Arc<BTreeMap<SourcePath, Arc<Source>>>,
    before: &Arc<BTreeMap<SourcePath, Arc<Source>>>,
) -> bool {
    fn files(others: &BTreeMap<SourcePath, Arc<Source>>) -> impl Iterator<Item = &Arc<Source>> {
        others.values().filter(|source| matches!(source.content, Content::OnDisk(_)))
    }
    Arc::ptr_eq(now, before)
        || files(now).zip_longest(files(before)).all(|pair| match pair {
            EitherOrBoth::Both(now, before) => Arc::ptr_eq(now, before),
            EitherOrBoth::Left(_) | EitherOrBoth::Right(_) => false,
        })
}
