//! The site as browsers see it, and all that the preview knows of the build.
//!
//! 1. `build` runs the pipeline, as every command does; its last step keeps what was planned.
//! 2. `Preview::resolve` finds what stands at an address, `version` says whether it is another than before,
//!    and `make` gives its bytes.
//!
//! **Incremental:** what has the version that it had in the preview before is not made again.
//! **Invariant:** an address finds nothing but what the plan names: no name of a request reaches the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::artefact::{Artefact, Owner, Parts, Recipe, Stage, Treatment};
use crate::diagnostic::{Diagnostic, Report};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath, encode};
use crate::pipeline::{self, Cache, Planned, Project};
use crate::publish;
use crate::report::{self, Style};
use crate::source::{DiskFile, Sources};
use crate::theme::Theme;

/// The site as browsers see it: immutable, replaced as a whole after every rebuild.
pub struct Preview {
    /// `/` or `/sub/`.
    base_path: String,
    files: BTreeMap<OutputPath, File>,
    /// Paths with content hashes of the theme's assets, by name.
    assets: BTreeMap<String, OutputPath>,
    sources: Arc<Sources>,
}

struct File {
    version: Fingerprint,
    bytes: Bytes,
}

enum Bytes {
    Made(Arc<Result<Vec<u8>, Diagnostic>>),
    /// Read from the disk when it is asked for.
    Copied(DiskFile, Treatment, Owner),
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    File(OutputPath),
    /// The address at which it stands, from the server's root.
    Redirect(String),
    Missing,
}

/// A finished build.
pub struct Built {
    /// Nothing where the settings cannot be read.
    pub preview: Option<Preview>,
    /// What is wrong, but for what only making shows.
    pub report: Report,
    /// The texts that reports point into.
    pub sources: Arc<Sources>,
}

/// Builds the site; `before` saves making what did not change.
///
/// Reports: everything that planning shows. Errors: what the disk says.
pub fn build(project: &Project<'_>, cache: &mut Cache, before: &Preview) -> anyhow::Result<Built> {
    let finished = pipeline::run(project, cache, &mut |_| {}, |planned, _| Ok(Preview::of(planned, before)))?;
    let sources = Arc::new(finished.sources);
    let preview = finished.result.map(|preview| Preview { sources: Arc::clone(&sources), ..preview });
    Ok(Built { preview, report: finished.report, sources })
}

impl Preview {
    /// A site without a page.
    pub fn empty() -> Self {
        let (files, assets) = (BTreeMap::new(), BTreeMap::new());
        Preview { base_path: "/".to_owned(), files, assets, sources: Arc::default() }
    }

    fn of(planned: &Planned<'_>, before: &Preview) -> Self {
        let artefacts: Vec<&Artefact<'_>> = planned.plan.values().collect();
        let files = artefacts.par_iter().map(|artefact| (artefact.path.clone(), file(artefact, planned, before)));
        let assets = planned.site.assets.iter().map(|(name, asset)| (name.clone(), asset.path.clone()));
        Preview {
            base_path: planned.site.config.base_path.clone(),
            files: files.collect::<Vec<_>>().into_iter().collect(),
            assets: assets.collect(),
            sources: Arc::default(),
        }
    }

    /// From the server's root, with a slash at its end.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// What stands at the path of a request, percent signs and all.
    pub fn resolve(&self, address: &str) -> Found {
        let Ok(address) = percent_decode_str(address).decode_utf8() else { return Found::Missing };
        let Some(inner) = address.strip_prefix(&self.base_path) else {
            let is_above = address == "/" || address.strip_prefix(self.base_path.trim_end_matches('/')) == Some("");
            return if is_above { Found::Redirect(encode(&self.base_path)) } else { Found::Missing };
        };
        let path = OutputPath::of_address(inner);
        // `of_address` takes slashes off that a request had too many.
        if self.files.contains_key(&path) && !inner.starts_with('/') {
            return Found::File(path);
        }
        let folder = OutputPath::new(format!("{inner}/index.html"));
        if self.files.contains_key(&folder) {
            return Found::Redirect(encode(&format!("{}{inner}/", self.base_path)));
        }
        Found::Missing
    }

    /// The bytes of a file. Blocks: it may render a page or read a picture.
    ///
    /// Reports: what only making shows, as `publish` does.
    pub fn make(&self, path: &OutputPath) -> Result<Vec<u8>, Diagnostic> {
        match self.files.get(path).map(|file| &file.bytes) {
            None => Ok(Vec::new()),
            Some(Bytes::Made(made)) => made.as_ref().clone(),
            Some(Bytes::Copied(file, treat, owner)) => {
                let recipe = Recipe::Copied { file, treat: *treat };
                let (stage, parts, templates) = (Stage::Asset, Parts::default(), Vec::new());
                let artefact = Artefact { path: path.clone(), owner: owner.clone(), stage, recipe, parts, templates };
                publish::bytes_of(&artefact, &Theme::default())
            }
        }
    }

    /// Of everything that a file's bytes depend on; nothing where there is no such file.
    pub fn version(&self, path: &OutputPath) -> Option<Fingerprint> {
        Some(self.files.get(path)?.version)
    }

    /// The theme's assets by name, with the paths that have content hashes.
    pub fn assets(&self) -> &BTreeMap<String, OutputPath> {
        &self.assets
    }

    /// The address of a file, from the server's root.
    pub fn address(&self, path: &OutputPath) -> String {
        encode(&format!("{}{path}", self.base_path))
    }

    /// How many files are new, gone or other than in an earlier preview.
    pub fn count_changes(&self, before: &Preview) -> usize {
        let is_other = |(path, file): &(&OutputPath, &File)| before.version(path) != Some(file.version);
        let gone = before.files.keys().filter(|path| !self.files.contains_key(path)).count();
        self.files.iter().filter(is_other).count() + gone
    }

    /// Copied files that are other than in an earlier preview, at the same path.
    pub fn changed_files(&self, before: &Preview) -> Vec<OutputPath> {
        let is_copied = |file: &File| matches!(file.bytes, Bytes::Copied(..));
        let is_changed = |path: &OutputPath, now: Fingerprint| before.version(path).is_some_and(|old| old != now);
        let changed = self.files.iter().filter(|(path, file)| is_copied(file) && is_changed(path, file.version));
        changed.map(|(path, _)| path.clone()).collect()
    }

    /// What is wrong with one file, in the terminal's words.
    pub fn words(&self, fault: Diagnostic) -> String {
        let mut report = Report::default();
        report.push(fault);
        words(&report, &self.sources, Style::Plain)
    }

    /// What making showed.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let fault = |file: &File| match &file.bytes {
            Bytes::Made(made) => made.as_ref().as_ref().err().cloned(),
            Bytes::Copied(..) => None,
        };
        self.files.values().filter_map(fault).collect()
    }
}

/// Problems as the terminal shows them.
pub fn words(report: &Report, sources: &Sources, style: Style) -> String {
    report::terminal(report, &|path: &SourcePath| sources.text(path).map(Arc::clone), style)
}

fn file(artefact: &Artefact<'_>, planned: &Planned<'_>, before: &Preview) -> File {
    let templates: Vec<Fingerprint> =
        artefact.templates.iter().map(|template| planned.theme.fingerprint(template)).collect();
    let version = Fingerprint::of(&(planned.program, &artefact.parts, templates));
    let bytes = match (&artefact.recipe, before.files.get(&artefact.path)) {
        (Recipe::Copied { file, treat }, _) => Bytes::Copied((*file).clone(), *treat, artefact.owner.clone()),
        (Recipe::Made(_), Some(File { version: known, bytes: Bytes::Made(made) })) if *known == version => {
            Bytes::Made(Arc::clone(made))
        }
        (Recipe::Made(make), _) => Bytes::Made(Arc::new(make.make(&planned.theme))),
    };
    File { version, bytes }
}
