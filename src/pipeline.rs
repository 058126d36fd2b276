//! The build, in one function.
//!
//! ```text
//! content/ themes/                                                              public/
//!     |                                                                            ^
//!   load --> Sources --> parse --> Documents --> assemble --> Site --> outputs --> Plan --> publish
//!  (disk)           (map, memo)               (reduce)              (map)             (diff, make, commit)
//! ```
//!
//! Two parallel maps around one sequential reduce, then a diff of two maps. Every command calls `run` and
//! differs only in what it does with the plan; the cache can only make it faster.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::artefact::Planned;
use crate::assemble::{self, AddressCache, Drafts, Material, Moment, SiteCache, Unread};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::hash::Fingerprint;
use crate::load::{self, FileCache, Look};
use crate::model::document::{Document, Documents};
use crate::model::html::Html;
use crate::outputs::PlanCache;
use crate::parse::{self, ParseCache};
use crate::path::SourcePath;
use crate::site::{Site, Texts};
use crate::source::{Source, Sources};
use crate::theme::{self, Theme};
use crate::{codes, config, memory, outputs};

/// What a run is about.
pub struct Project<'p> {
    /// The folder that holds `content/`.
    pub root: &'p Path,
    /// The moment at which the site is seen.
    pub now: Timestamp,
    pub drafts: Drafts,
    /// Where files may have changed since the last run with the same cache.
    pub look: Look,
}

/// What was made in earlier runs of this process. Each step compares what it is given with what it was given
/// then; what is the same allocation, or has the same fingerprint, is not made again.
#[derive(Default)]
pub struct Cache {
    files: FileCache,
    parsed: ParseCache,
    site: SiteCache,
    plan: PlanCache,
    addresses: AddressCache,
}

impl Cache {
    /// With what the last build of this program left beside the content.
    pub fn recall(self, root: &Path) -> Self {
        self.recall_pictures(root).recall_documents(root)
    }

    /// The part of it that looking at the files takes.
    pub fn recall_pictures(mut self, root: &Path) -> Self {
        self.files = memory::recall_pictures(root, program());
        self
    }

    /// The rest, which a site that stands does without.
    pub fn recall_documents(mut self, root: &Path) -> Self {
        self.parsed = memory::recall(root, program());
        self
    }

    /// Leaves what was parsed, and what is known of the pictures that the site shows, for the next build; a folder that
    /// may not be written only makes that slower.
    pub fn keep(&mut self, root: &Path, site: Option<&Site>) {
        let _ = memory::keep(root, program(), &mut self.parsed);
        let Some(site) = site else { return };
        let shown: BTreeSet<&SourcePath> = site.files.iter().map(|file| &file.source).collect();
        let _ = memory::keep_pictures(root, program(), &self.files, |path| shown.contains(path));
    }
}

/// Notes beside the content what calendars are told by a site that is published. Errors: what the disk says.
pub fn keep_history(root: &Path, site: &Site) -> std::io::Result<()> {
    let history = outputs::calendar_history(site);
    if history == *site.history { Ok(()) } else { memory::keep_history(root, &history.text()) }
}

/// Of all that decides what a run makes, but for the moment: the program, the options and every source.
pub fn made_from(project: &Project<'_>, sources: &Sources) -> Fingerprint {
    let of = |map: &BTreeMap<SourcePath, Arc<Source>>| {
        map.values().map(|source| (source.path.clone(), source.fingerprint)).collect::<Vec<_>>()
    };
    Fingerprint::of(&(program(), project.drafts, of(&sources.documents), of(&sources.others)))
}

/// A finished run.
pub struct Finished {
    /// Nothing where there is no site.yaml that says what site it is.
    pub planned: Option<Planned>,
    /// Everything that was parsed, also what nobody may see.
    pub documents: Documents,
    pub report: Report,
    /// The texts that the report points into.
    pub sources: Sources,
}

/// Reads a project and plans its site. `stage_done` hears the name of each step when it is over.
///
/// Reports: everything but what only making shows. Errors: what the disk says.
pub fn run(
    project: &Project<'_>,
    cache: &mut Cache,
    stage_done: &mut dyn FnMut(&'static str),
) -> anyhow::Result<Finished> {
    let mut report = Report::default();
    let sources = sources(project, cache, &mut report)?;
    stage_done("load");
    let Some(config) = config::read(&sources, &mut report) else {
        return Ok(Finished { planned: None, documents: Documents::default(), report, sources });
    };
    let documents = parse::documents(&sources, &config, load::document_text, &mut cache.parsed, &mut report)?;
    let unread = Unread::of(&sources, &documents, &report);
    stage_done("parse");
    let theme_files = theme::files(&sources, &config.theme, config.shown_colour);
    let assets = theme_files.assets.clone();
    let moment = Moment { now: project.now, drafts: project.drafts };
    let texts = Texts { root: project.root.to_owned(), read: text_again };
    let material = Material { config, sources: &sources, documents: &documents, unread: unread.clone(), assets, texts };
    let site = assemble::site(material, moment, &mut cache.site, &mut report);
    stage_done("assemble");
    let config = &site.config;
    let shared = outputs::shared(&site);
    let theme = Theme::compile(&theme_files, &shared, &config.words, &config.base_path, &config.origin, &mut report);
    stage_done("theme");
    let plan = outputs::plan(&site, &mut cache.plan, &mut report);
    assemble::check_addresses(&site, &plan, unread, &mut cache.addresses, &mut report);
    for (code, severity) in &site.config.severity {
        report.set_severity(code, *severity);
    }
    stage_done("plan");
    let planned = Planned { site, plan, theme, program: program() };
    Ok(Finished { planned: Some(planned), documents, report, sources })
}

/// The first step of a run: looks at the files.
///
/// Reports: `page/not-utf-8`. Errors: what the disk says.
pub fn sources(project: &Project<'_>, cache: &mut Cache, report: &mut Report) -> anyhow::Result<Sources> {
    load::sources(project.root, &project.look, &mut cache.files, report)
}

/// The text of a document that was not kept in memory.
fn text_again(root: &Path, document: &Document, config: &Config) -> Result<Html, Diagnostic> {
    let text = load::text_below(root, &document.path);
    let html = text.and_then(|text| parse::text_again(document, &text, config));
    html.ok_or_else(|| {
        let message = format!("{} changed while the site was made", document.path);
        Diagnostic::new(&codes::publish::FILE_NOT_READABLE, Place::file(&document.path), message).help("build again")
    })
}

/// The program's version; a build from changed sources has another one through `FINGERPOST_BUILD`, which
/// the build script sets from the sources themselves.
fn program() -> Fingerprint {
    Fingerprint::of(&(env!("CARGO_PKG_VERSION"), option_env!("FINGERPOST_BUILD")))
}
