//! The site as browsers see it, and all that the preview knows of the build.
//!
//! 1. `build` runs the pipeline, as every command does, and keeps what was planned.
//! 2. `Preview::resolve` finds what stands at an address, `version` says whether it is another than before,
//!    and `make` gives its bytes: nothing is made that nobody asks for.
//!
//! **Invariant:** an address finds nothing but what the plan names: no name of a request reaches the disk.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use percent_encoding::percent_decode_str;

use crate::artefact::{Artefact, Planned};
use crate::diagnostic::{Diagnostic, Report};
use crate::hash::Fingerprint;
use crate::load;
use crate::path::{OutputPath, SourcePath, encode};
use crate::pipeline::{self, Cache, Project};
use crate::publish;
use crate::report::{self, Style};
use crate::site::{HeldBack, Page, SiteFile, held_back};
use crate::source::Sources;

/// The site as browsers see it: immutable, replaced as a whole after every rebuild.
pub struct Preview {
    /// Nothing where there is no site yet.
    planned: Option<Planned>,
    /// The texts that faults of making point into: those of templates.
    sources: Sources,
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
    /// The texts that the report points into.
    pub sources: Sources,
}

/// Builds the site.
///
/// Reports: everything that planning shows. Errors: what the disk says.
pub fn build(project: &Project<'_>, cache: &mut Cache) -> anyhow::Result<Built> {
    let pipeline::Finished { planned, report, sources, .. } = pipeline::run(project, cache, &mut |_| {})?;
    let of_templates = Sources { others: Arc::clone(&sources.others), ..Sources::default() };
    let preview = planned.map(|planned| Preview { planned: Some(planned), sources: of_templates });
    Ok(Built { preview, report, sources })
}

impl Preview {
    /// A site without a page.
    pub fn empty() -> Self {
        Preview { planned: None, sources: Sources::default() }
    }

    fn artefact(&self, path: &OutputPath) -> Option<(&Planned, &Artefact)> {
        let planned = self.planned.as_ref()?;
        Some((planned, planned.plan.get(path)?))
    }

    /// The moment from which the same sources make another site.
    pub fn until(&self) -> Option<Timestamp> {
        self.planned.as_ref().map(|planned| planned.site.until)
    }

    /// From the server's root, with a slash at its end.
    pub fn base_path(&self) -> &str {
        self.planned.as_ref().map_or("/", |planned| &planned.site.config.base_path)
    }

    /// What stands at the path of a request, percent signs and all.
    pub fn resolve(&self, address: &str) -> Found {
        let Ok(address) = percent_decode_str(address).decode_utf8() else { return Found::Missing };
        let base_path = self.base_path();
        let Some(inner) = address.strip_prefix(base_path) else {
            let is_above = address == "/" || address.strip_prefix(base_path.trim_end_matches('/')) == Some("");
            return if is_above { Found::Redirect(encode(base_path)) } else { Found::Missing };
        };
        let path = OutputPath::of_address(inner);
        // `of_address` takes slashes off that a request had too many.
        if self.artefact(&path).is_some() && !inner.starts_with('/') {
            return Found::File(path);
        }
        let folder = OutputPath::new(format!("{inner}/index.html"));
        if self.artefact(&folder).is_some() {
            return Found::Redirect(encode(&format!("{base_path}{inner}/")));
        }
        Found::Missing
    }

    /// The document that would stand at the path of a request, if it were published.
    pub fn held_back(&self, address: &str) -> Option<&HeldBack> {
        let address = percent_decode_str(address).decode_utf8().ok()?;
        let inner = address.strip_prefix(self.base_path())?.trim_matches('/');
        let held_back = &self.planned.as_ref()?.site.held_back;
        held_back.iter().find(|held| held.url.trim_matches('/') == inner)
    }

    /// How many documents are held back, and why; nothing where none is.
    pub fn held_back_words(&self) -> Option<String> {
        held_back::words(&self.planned.as_ref()?.site.held_back)
    }

    /// The bytes of a file. Blocks: it renders a page or reads a picture.
    ///
    /// Reports: what only making shows, as `publish` does.
    pub fn make(&self, path: &OutputPath) -> Result<Vec<u8>, Diagnostic> {
        self.artefact(path).map_or(Ok(Vec::new()), |(planned, artefact)| publish::bytes_of(artefact, planned))
    }

    /// Of everything that a file's bytes depend on; nothing where there is no such file.
    pub fn version(&self, path: &OutputPath) -> Option<Fingerprint> {
        let (planned, artefact) = self.artefact(path)?;
        Some(planned.version(artefact))
    }

    /// The theme's assets by name, with the paths that have content hashes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &OutputPath)> {
        let assets = self.planned.iter().flat_map(|planned| &planned.site.assets);
        assets.map(|(name, asset)| (name.as_str(), &asset.path))
    }

    /// The address of a file, from the server's root.
    pub fn address(&self, path: &OutputPath) -> String {
        encode(&format!("{}{path}", self.base_path()))
    }

    /// Copied files that are other than in an earlier preview, at the same path.
    pub fn changed_files(&self, before: &Preview) -> Vec<OutputPath> {
        let known: HashMap<&OutputPath, Fingerprint> =
            before.files().iter().map(|file| (&file.path, file.fingerprint)).collect();
        let is_changed =
            |file: &&SiteFile| known.get(&file.path).is_some_and(|fingerprint| *fingerprint != file.fingerprint);
        self.files().iter().filter(is_changed).map(|file| file.path.clone()).collect()
    }

    /// Whether no file can be other than in an earlier preview.
    pub fn is_same(&self, before: &Preview) -> bool {
        match (&self.planned, &before.planned) {
            (Some(now), Some(before_planned)) => {
                Arc::ptr_eq(&now.plan, &before_planned.plan)
                    && now.site.fingerprint == before_planned.site.fingerprint
                    && now.theme.fingerprints() == before_planned.theme.fingerprints()
                    && now.site.pages.iter().zip(before_planned.site.pages.iter()).all(|(a, b)| Arc::ptr_eq(a, b))
                    && self.changed_files(before).is_empty()
            }
            (None, None) => true,
            _ => false,
        }
    }

    /// Removes pictures that the site does not show any more from what is kept between builds.
    pub fn prune(&self) {
        if let Some(planned) = &self.planned {
            publish::prune(planned);
        }
    }

    /// What may fail to be made though it was made in an earlier preview: pages and files that changed, and
    /// whatever is made with a template that did.
    pub fn changed(&self, before: &Preview) -> Vec<OutputPath> {
        let Some(planned) = &self.planned else { return Vec::new() };
        let Some(before_planned) = &before.planned else { return planned.plan.artefacts.keys().cloned().collect() };
        let known: HashSet<*const Page> = before_planned.site.pages.iter().map(Arc::as_ptr).collect();
        let pages = planned.site.pages.iter().filter(|page| !known.contains(&Arc::as_ptr(page)));
        let base_path = self.base_path();
        let pages = pages.map(|page| OutputPath::of_address(page.url.strip_prefix(base_path).unwrap_or(&page.url)));
        let mut changed: Vec<OutputPath> = pages.chain(self.changed_files(before)).collect();
        let templates = before_planned.theme.fingerprints();
        if planned.theme.fingerprints() != templates {
            let is_new = |name: &str| planned.theme.fingerprints().get(name) != templates.get(name);
            let artefacts = planned.plan.artefacts.values();
            let due =
                artefacts.filter(|artefact| artefact.prepare(&planned.site).templates.iter().any(|name| is_new(name)));
            changed.extend(due.map(|artefact| artefact.path.clone()));
        }
        changed
    }

    fn files(&self) -> &[SiteFile] {
        self.planned.as_ref().map_or(&[], |planned| &planned.site.files)
    }

    /// What is wrong with one file, in the terminal's words.
    pub fn words(&self, fault: Diagnostic) -> String {
        let mut report = Report::default();
        report.push(fault);
        words(&report, &self.sources, Style::Plain)
    }
}

/// Problems as the terminal shows them.
pub fn words(report: &Report, sources: &Sources, style: Style) -> String {
    report::terminal(report, &|path: &SourcePath| load::text_of(sources, path), style)
}
