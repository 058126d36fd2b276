//! One output file, not yet made, and the plan of them all.
//!
//! An artefact says where its bytes go, who claims that place, and how they are made: a view and a
//! function that captures nothing, or a file that is copied through a treatment. So its bytes depend on
//! the view and the theme only, and its fingerprint covers both.
//!
//! A fingerprint is a list of named parts, each the hash of something that already has one: comparing a
//! whole site costs a few hundred nanoseconds a page, and `--why` can say which part changed.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::source::DiskFile;
use crate::theme::Theme;

/// When a file is put in place: what pages refer to comes before the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Style sheets, pictures, files.
    Asset,
    /// Feeds, calendars, the sitemap.
    Data,
    Page,
}

/// Who claims an output path, for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// `the page of content/about.md`, `the blog feed`.
    pub words: String,
    /// The source that it comes from, where there is one.
    pub source: Option<SourcePath>,
}

/// One output file not yet made.
pub struct Artefact<'s> {
    pub path: OutputPath,
    pub owner: Owner,
    pub stage: Stage,
    pub recipe: Recipe<'s>,
    /// The named parts that the bytes depend on, without the program and the theme.
    pub parts: Parts,
    /// Templates that the recipe renders, components included: their fingerprints are parts too.
    pub templates: Vec<&'static str>,
}

/// The named parts of a fingerprint: (what it is in plain words, its hash).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Parts(pub Vec<(&'static str, Fingerprint)>);

/// How the bytes are made.
pub enum Recipe<'s> {
    Made(Box<dyn Make + 's>),
    /// Read by `publish`, then treated.
    Copied {
        file: &'s DiskFile,
        treat: Treatment,
    },
}

/// What is done to a file on its way to the site; an error says why it cannot be published.
pub type Treatment = fn(Vec<u8>, &DiskFile) -> Result<Vec<u8>, String>;

/// A view with the function that makes bytes of it.
pub trait Make: Send + Sync {
    /// Reports: faults of templates.
    fn make(&self, theme: &Theme) -> Result<Vec<u8>, Diagnostic>;
}

struct ViewAndFunction<V> {
    view: V,
    make: fn(&V, &Theme) -> Result<Vec<u8>, Diagnostic>,
}

impl<V: Send + Sync> Make for ViewAndFunction<V> {
    fn make(&self, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
        (self.make)(&self.view, theme)
    }
}

impl<'s> Recipe<'s> {
    /// A recipe from a view and a plain function.
    pub fn new<V: Send + Sync + 's>(view: V, make: fn(&V, &Theme) -> Result<Vec<u8>, Diagnostic>) -> Self {
        Recipe::Made(Box::new(ViewAndFunction { view, make }))
    }
}

impl Parts {
    pub fn with(mut self, words: &'static str, fingerprint: Fingerprint) -> Self {
        self.0.push((words, fingerprint));
        self
    }
}

/// Every output of a site, by path.
pub type Plan<'s> = BTreeMap<OutputPath, Artefact<'s>>;

/// Adds artefacts to a plan.
///
/// Reports: `publish/one-address-twice` for a path that is already claimed, naming both owners; the
/// first one stays.
pub fn add_all<'s>(plan: &mut Plan<'s>, artefacts: Vec<Artefact<'s>>, report: &mut Report) {
    for artefact in artefacts {
        match plan.get(&artefact.path) {
            None => {
                plan.insert(artefact.path.clone(), artefact);
            }
            Some(first) => report.push(claimed_twice(first, &artefact)),
        }
    }
}

fn claimed_twice(first: &Artefact<'_>, second: &Artefact<'_>) -> Diagnostic {
    let message = format!("{} and {} would both be written to /{}", first.owner.words, second.owner.words, first.path);
    let help = "give one of them another address: rename the file, or set `slug:` in its front matter";
    let diagnostic = match second.owner.source.as_ref().or(first.owner.source.as_ref()) {
        Some(source) => Diagnostic::new(&codes::publish::ONE_ADDRESS_TWICE, Place::file(source), message),
        None => Diagnostic::nowhere(&codes::publish::ONE_ADDRESS_TWICE, message),
    };
    match (&first.owner.source, &second.owner.source) {
        (Some(other), Some(_)) => diagnostic.label(Place::file(other), "the other one"),
        _ => diagnostic,
    }
    .help(help)
}
