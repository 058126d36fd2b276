//! Source -> Document, each file alone.
//!
//! `document` reads one content file and `calendar` a partner's calendar, which is many documents: `fences` finds its fields, `front_matter` reads them, `markdown` its text, and
//! `leading_heading` finds the title of a text that has none.
//!
//! **Incremental:** a source that is the same as in the last run is not read again, and a text whose
//! fingerprint is unchanged is not parsed again: the document is the same allocation. What was wrong with it
//! is remembered with it, so that warnings repeat. `kept` takes all of it to the next process.

mod calendar;
mod document;
mod fences;
pub mod front_matter;
mod house_words;
mod kept;
mod leading_heading;
pub mod markdown;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::Arc;

use itertools::{EitherOrBoth, Itertools};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::codes;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::hash::Fingerprint;
use crate::model::document::{Document, Documents};
use crate::model::html::Html;
use crate::path::SourcePath;
use crate::source::{Content, DiskFile, DocumentText, Source, Sources};

/// What was parsed in earlier runs of this process.
#[derive(Default)]
pub struct ParseCache {
    /// Of the settings with which it was parsed.
    settings: Fingerprint,
    parsed: BTreeMap<SourcePath, Parsed>,
    documents: Documents,
    /// Numbers of the shards in which something is other than was kept.
    changed: BTreeSet<usize>,
}

/// What is known of a file that was parsed.
struct Parsed {
    /// Nothing where the file was parsed by an earlier process.
    source: Option<Arc<Source>>,
    /// The fingerprint of its source.
    seen: Fingerprint,
    /// Of its path, its text and the settings.
    fingerprint: Fingerprint,
    faults: Vec<Diagnostic>,
}

impl Parsed {
    /// What was read in the place of a file that was found is not known as that file: the next run reads again.
    fn of(source: Arc<Source>, is_as_found: bool, fingerprint: Fingerprint, faults: Vec<Diagnostic>) -> Self {
        let source = is_as_found.then_some(source);
        let seen = source.as_ref().map_or_else(Fingerprint::default, |source| source.fingerprint);
        Parsed { seen, source, fingerprint, faults }
    }

    /// Whether it was made of that source: of the same allocation, or in an earlier process of one with the same
    /// fingerprint.
    fn is_of(&mut self, source: &Arc<Source>) -> bool {
        match &self.source {
            Some(known) => Arc::ptr_eq(known, source),
            None => {
                let is_same = self.seen == source.fingerprint;
                self.source = is_same.then(|| Arc::clone(source));
                is_same
            }
        }
    }
}

/// Reads the text of a document; nothing where its file has gone away since it was found.
pub type Read = fn(&Source, &DiskFile) -> anyhow::Result<Option<DocumentText>>;

/// What became of a file that was not the same as in the last run.
enum Outcome {
    Gone,
    /// Its text is.
    Same {
        is_as_found: bool,
    },
    Read {
        is_as_found: bool,
        fingerprint: Fingerprint,
        documents: Vec<Document>,
        faults: Vec<Diagnostic>,
    },
}

/// Parses every document.
///
/// Reports: everything that is wrong with a file by itself. Errors: what `read` says.
pub fn documents(
    sources: &Sources,
    config: &Config,
    read: Read,
    cache: &mut ParseCache,
    report: &mut Report,
) -> anyhow::Result<Documents> {
    let is_same_site = cache.settings == config.fingerprint;
    let mut due: Vec<(&Arc<Source>, Option<Fingerprint>)> = Vec::new();
    let mut gone: Vec<SourcePath> = Vec::new();
    for pair in sources.documents.iter().merge_join_by(&mut cache.parsed, |(a, _), (b, _)| a.cmp(b)) {
        match pair {
            EitherOrBoth::Both((_, source), (_, known)) => {
                if !(is_same_site && known.is_of(source)) {
                    due.push((source, Some(known.fingerprint)));
                }
            }
            EitherOrBoth::Left((_, source)) => due.push((source, None)),
            EitherOrBoth::Right((path, _)) => gone.push(path.clone()),
        }
    }
    let outcomes: Vec<(Arc<Source>, Outcome)> = due
        .into_par_iter()
        .map(|(source, known)| Ok((Arc::clone(source), parse(source, config, read, known)?)))
        .collect::<anyhow::Result<_>>()?;
    cache.settings = config.fingerprint;
    for (source, outcome) in outcomes {
        cache.changes(&source.path);
        match outcome {
            Outcome::Gone => gone.push(source.path.clone()),
            Outcome::Same { is_as_found } => {
                cache.parsed.entry(source.path.clone()).and_modify(|known| {
                    *known = Parsed::of(source, is_as_found, known.fingerprint, take(&mut known.faults));
                });
            }
            Outcome::Read { is_as_found, fingerprint, documents: read, faults } => {
                let path = source.path.clone();
                let documents = Arc::make_mut(&mut cache.documents);
                let before = take_out(documents, &path);
                for document in read {
                    let known = before.get(&document.path).filter(|known| known.fingerprint == document.fingerprint);
                    let document = known.cloned().unwrap_or_else(|| Arc::new(document));
                    documents.insert(document.path.clone(), document);
                }
                cache.parsed.insert(path, Parsed::of(source, is_as_found, fingerprint, faults));
            }
        }
    }
    for path in gone {
        cache.changes(&path);
        cache.parsed.remove(&path);
        take_out(Arc::make_mut(&mut cache.documents), &path);
    }
    report.extend(cache.parsed.values().flat_map(|parsed| &parsed.faults).cloned());
    Ok(Arc::clone(&cache.documents))
}

/// Removes the documents of a source: its own, or those of a calendar.
fn take_out(
    documents: &mut BTreeMap<SourcePath, Arc<Document>>,
    source: &SourcePath,
) -> BTreeMap<SourcePath, Arc<Document>> {
    let inside = format!("{source}/");
    let below = documents.range(SourcePath::new(inside.as_str())..).map(|(path, _)| path);
    let below = below.take_while(|path| path.as_str().starts_with(&inside));
    let paths: Vec<SourcePath> =
        std::iter::once(source).chain(below.filter(|_| source.is_calendar())).cloned().collect();
    paths.iter().filter_map(|path| documents.remove_entry(path)).collect()
}

fn parse(source: &Source, config: &Config, read: Read, known: Option<Fingerprint>) -> anyhow::Result<Outcome> {
    let Content::Document(file) = &source.content else { return Ok(Outcome::Gone) };
    let Some(DocumentText { text, mut faults, is_as_found }) = read(source, file)? else { return Ok(Outcome::Gone) };
    let fingerprint = fingerprint(&source.path, &text, config);
    if known == Some(fingerprint) {
        return Ok(Outcome::Same { is_as_found });
    }
    let documents = match source.path.is_calendar() {
        true => calendar::read(&source.path, &text, config, &mut faults),
        false if faults.iter().any(|fault| fault.code == &codes::page::NOT_A_TEXT) => Vec::new(),
        false => document::read(&source.path, &text, fingerprint, config, &mut faults).into_iter().collect(),
    };
    Ok(Outcome::Read { is_as_found, fingerprint, documents, faults })
}

/// Of all that a document is made of.
fn fingerprint(path: &SourcePath, text: &str, config: &Config) -> Fingerprint {
    Fingerprint::of(&(path, Fingerprint::of_bytes(text.as_bytes()), config.fingerprint))
}

/// Parses a text again for its HTML; nothing where it is another text than that of the document.
pub fn text_again(document: &Document, text: &str, config: &Config) -> Option<Html> {
    let fingerprint = fingerprint(&document.path, text, config);
    let is_same = fingerprint == document.fingerprint;
    let again = is_same.then(|| document::read(&document.path, text, fingerprint, config, &mut Vec::new()));
    again??.body.html
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The title of the only document, read with `read` on top of what is cached.
    fn title(sources: &Sources, read: Read, cache: &mut ParseCache) -> String {
        let config = document::tests::config();
        let documents = documents(sources, &config, read, cache, &mut Report::default()).unwrap();
        documents.values().map(|document| document.meta.title.clone()).collect()
    }

    fn text(title: &str, is_as_found: bool) -> anyhow::Result<Option<DocumentText>> {
        Ok(Some(DocumentText { text: format!("---\ntitle: {title}\n---\n").into(), faults: Vec::new(), is_as_found }))
    }

    #[test]
    fn a_file_that_took_the_place_of_the_one_that_was_found_is_read_again() {
        let file = DiskFile { location: "a.md".into(), length: 1, size_px: None, form: None, removed: Box::default() };
        let (path, content) = (SourcePath::new("content/a.md"), Content::Document(file));
        let mut sources = Sources::default();
        sources.insert(Arc::new(Source { path, fingerprint: Fingerprint::of(&1), content }));
        let mut cache = ParseCache::default();
        assert_eq!(title(&sources, |_, _| text("Other", false), &mut cache), "Other");
        assert_eq!(title(&sources, |_, _| text("Found", true), &mut cache), "Found");
        assert_eq!(title(&sources, |_, _| text("Nobody reads it", true), &mut cache), "Found");
    }
}
