//! Source -> Document, each file alone.
//!
//! `document` reads one content file: `front_matter` finds and reads its fields, `markdown` its text, and
//! `leading_heading` finds the title of a text that has none.
//!
//! **Incremental:** a text whose fingerprint is unchanged is not parsed again; what was wrong with it is
//! remembered with it, so that warnings repeat.

mod document;
pub mod front_matter;
mod leading_heading;
pub mod markdown;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::hash::Fingerprint;
use crate::model::document::Document;
use crate::path::SourcePath;
use crate::source::{Source, Sources};

/// What was parsed in earlier runs of this process, by path, with the fingerprint of what it was made of.
#[derive(Default)]
pub struct ParseCache(HashMap<SourcePath, (Fingerprint, Parsed)>);

/// A document, if one could be made, and what is wrong with its file.
#[derive(Clone)]
struct Parsed {
    document: Option<Arc<Document>>,
    faults: Vec<Diagnostic>,
}

/// Parses every Markdown file of `content/`, in the order of paths.
///
/// Reports: everything that is wrong with a file by itself.
pub fn documents(
    sources: &Sources,
    config: &Config,
    cache: &mut ParseCache,
    report: &mut Report,
) -> Vec<Arc<Document>> {
    let files: Vec<&Source> = sources.iter().filter(|source| document::is_content_file(&source.path)).collect();
    let known = &cache.0;
    let parsed: Vec<(Fingerprint, Parsed)> = files
        .par_iter()
        .map(|source| {
            let fingerprint = Fingerprint::of(&(&source.path, source.fingerprint, config.fingerprint));
            let kept = known.get(&source.path).filter(|(known, _)| *known == fingerprint);
            let parsed = kept.map_or_else(|| parse(source, sources, config, fingerprint), |(_, parsed)| parsed.clone());
            (fingerprint, parsed)
        })
        .collect();
    let mut documents = Vec::with_capacity(parsed.len());
    let mut kept = HashMap::with_capacity(parsed.len());
    for (source, (fingerprint, parsed)) in files.into_iter().zip(parsed) {
        report.extend(parsed.faults.iter().cloned());
        documents.extend(parsed.document.clone());
        kept.insert(source.path.clone(), (fingerprint, parsed));
    }
    cache.0 = kept;
    documents
}

fn parse(source: &Source, sources: &Sources, config: &Config, fingerprint: Fingerprint) -> Parsed {
    let mut faults = Vec::new();
    let text = sources.text(&source.path).map_or("", |text| text);
    let document = document::read(&source.path, text, fingerprint, config, &mut faults);
    Parsed { document: document.map(Arc::new), faults }
}
