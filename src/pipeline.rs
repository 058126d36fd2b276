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
//! differs in the last step only; the cache can only make it faster.

use std::path::Path;

use jiff::Timestamp;

use crate::artefact::Plan;
use crate::assemble::{self, Drafts};
use crate::diagnostic::Report;
use crate::hash::Fingerprint;
use crate::load::{self, FileCache};
use crate::parse::{self, ParseCache};
use crate::site::Site;
use crate::source::Sources;
use crate::theme::{self, Theme};
use crate::{config, outputs};

/// What a run is about.
pub struct Project<'p> {
    /// The folder that holds `content/`.
    pub root: &'p Path,
    /// The moment at which the site is seen.
    pub now: Timestamp,
    pub drafts: Drafts,
}

/// What was read and parsed in earlier runs of this process.
#[derive(Default)]
pub struct Cache {
    files: FileCache,
    parsed: ParseCache,
}

/// A site with everything that is needed to make its files.
pub struct Planned<'s> {
    pub site: &'s Site,
    pub plan: Plan<'s>,
    pub theme: Theme,
    /// Of the program itself: another version may write other bytes.
    pub program: Fingerprint,
}

/// A finished run.
pub struct Finished<R> {
    /// What the last step returned; nothing where there was no site to take it with.
    pub result: Option<R>,
    pub report: Report,
    /// The texts that the report points into.
    pub sources: Sources,
}

/// Reads a project, plans its site, and takes the last step with it. `stage_done` hears the name of each
/// step when it is over.
///
/// Reports: everything. Errors: what the disk says.
pub fn run<R>(
    project: &Project<'_>,
    cache: &mut Cache,
    stage_done: &mut dyn FnMut(&'static str),
    last_step: impl FnOnce(&Planned<'_>, &mut Report) -> anyhow::Result<R>,
) -> anyhow::Result<Finished<R>> {
    let mut report = Report::default();
    let sources = load::sources(project.root, &mut cache.files, &mut report)?;
    stage_done("load");
    let Some(config) = config::read(&sources, &mut report) else {
        return Ok(Finished { result: None, report, sources });
    };
    let documents = parse::documents(&sources, &config, &mut cache.parsed, &mut report);
    stage_done("parse");
    let theme_files = theme::files(&sources, &config.theme);
    let assets = theme_files.assets.clone();
    let site = assemble::site(config, &sources, documents, assets, project.now, project.drafts, &mut report);
    stage_done("assemble");
    let theme = Theme::compile(&theme_files, &outputs::shared(&site), &site.config.base_path, &mut report);
    stage_done("theme");
    let plan = outputs::plan(&site, &mut report);
    assemble::check_addresses(&site, &plan, &mut report);
    for (code, severity) in &site.config.severity {
        report.set_severity(code, *severity);
    }
    stage_done("plan");
    let planned = Planned { site: &site, plan, theme, program: program() };
    let result = last_step(&planned, &mut report)?;
    stage_done("publish");
    Ok(Finished { result: Some(result), report, sources })
}

/// The program's version; a build from changed sources has another one through `FINGERPOST_BUILD`, which
/// the build script sets from the sources themselves.
fn program() -> Fingerprint {
    Fingerprint::of(&(env!("CARGO_PKG_VERSION"), option_env!("FINGERPOST_BUILD")))
}
