//! One output file, not yet made, and the plan of them all.
//!
//! 1. An `Artefact` says where bytes go and who claims that place. It holds a key and two functions that
//!    capture nothing, so that a plan costs little, borrows nothing and outlives the build.
//! 2. `prepare` looks the key up in a site: what comes out is a view, and the named parts that the bytes
//!    depend on.
//! 3. `make` makes the bytes of the view and the theme, and of nothing else.
//!
//! A fingerprint is a list of named parts, each the hash of something that already has one: comparing a
//! whole site costs a few hundred nanoseconds a page, and `--why` can say which part changed.

pub mod addresses;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::site::{Site, SitePicture};
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
    /// `the blog feed`; for a single file what it is, such as `the page of`.
    words: Cow<'static, str>,
    /// The source that it comes from, where there is one.
    pub source: Option<SourcePath>,
    /// The line that asks for it, where a single one does.
    line: Option<Place>,
}

impl Owner {
    /// An owner that is no single file.
    pub fn named(words: impl Into<Cow<'static, str>>) -> Self {
        Owner { words: words.into(), source: None, line: None }
    }

    /// An owner that is a file; `words` say what of it, such as `the page of`.
    pub fn file(words: &'static str, source: &SourcePath) -> Self {
        Owner { words: words.into(), source: Some(source.clone()), line: None }
    }

    /// An owner that a line of a file asks for.
    pub fn at(words: &'static str, place: &Place) -> Self {
        let line = (place.end > 0).then(|| place.clone());
        Owner { words: words.into(), source: Some(place.path.clone()), line }
    }

    fn place(&self) -> Option<Place> {
        self.line.clone().or_else(|| self.source.as_ref().map(Place::file))
    }

    /// `the page of content/about.md`, `the blog feed`.
    pub fn words(&self) -> String {
        match &self.source {
            Some(source) => format!("{} {source}", self.words),
            None => self.words.to_string(),
        }
    }
}

/// One output file not yet made.
pub struct Artefact {
    pub path: OutputPath,
    pub owner: Owner,
    pub stage: Stage,
    /// Programs of readers ask for it again and again, so it may not go away unnoticed.
    pub is_subscribed: bool,
    recipe: Box<dyn Recipe>,
}

impl Artefact {
    /// An artefact that `prepare` finds in a site by its key.
    pub fn new<K: Send + Sync + 'static>(
        path: OutputPath,
        owner: Owner,
        stage: Stage,
        key: K,
        prepare: for<'s> fn(&'s Site, &K) -> Prepared<'s>,
    ) -> Self {
        Artefact { path, owner, stage, is_subscribed: false, recipe: Box::new(Keyed { key, prepare }) }
    }

    /// The same as something that people subscribe to.
    pub fn subscribed(self) -> Self {
        Artefact { is_subscribed: true, ..self }
    }

    /// What the artefact is made of in the site that it was planned for.
    pub fn prepare<'s>(&self, site: &'s Site) -> Prepared<'s> {
        self.recipe.prepare(site)
    }
}

trait Recipe: Send + Sync {
    fn prepare<'s>(&self, site: &'s Site) -> Prepared<'s>;
}

struct Keyed<K> {
    key: K,
    prepare: for<'s> fn(&'s Site, &K) -> Prepared<'s>,
}

impl<K: Send + Sync> Recipe for Keyed<K> {
    fn prepare<'s>(&self, site: &'s Site) -> Prepared<'s> {
        (self.prepare)(site, &self.key)
    }
}

/// The named parts of a fingerprint: (what it is in plain words, its hash).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Parts(pub Vec<(&'static str, Fingerprint)>);

impl Parts {
    pub fn with(mut self, words: &'static str, fingerprint: Fingerprint) -> Self {
        self.0.push((words, fingerprint));
        self
    }
}

/// A view of the site with what its bytes depend on and how they are made.
pub struct Prepared<'s> {
    /// The named parts that the bytes depend on, without the program and the theme.
    pub parts: Parts,
    /// Templates that are rendered, components included: their fingerprints are parts, too.
    pub templates: Vec<&'static str>,
    pub making: Making<'s>,
}

/// How bytes are made.
pub enum Making<'s> {
    Made(Box<dyn Make + 's>),
    /// A picture of words, which may have been kept from an earlier build: all that decides on its bytes is in the parts.
    Drawn(Box<dyn Make + 's>),
    /// A file that is read, then treated.
    Copied {
        file: &'s DiskFile,
        treat: Treatment,
    },
    /// A picture in one of its sizes, which may have been kept from an earlier build.
    Encoded {
        picture: &'s SitePicture,
        path: &'s OutputPath,
    },
    /// Files that are read and put into one, with others that are made.
    Packed {
        contents: Vec<Content<'s>>,
        pack: Pack,
    },
}

/// One of the files that are put together.
pub struct Content<'s> {
    /// Its name within.
    pub name: String,
    pub of: ContentOf<'s>,
}

impl Content<'_> {
    /// In bytes, as far as that is known before it is read.
    pub fn length(&self) -> u64 {
        match &self.of {
            ContentOf::File(file, _) => file.length,
            ContentOf::Text(text) => text.len() as u64,
        }
    }
}

/// Where the bytes come from.
pub enum ContentOf<'s> {
    File(&'s DiskFile, Treatment),
    Text(String),
}

/// Puts files together: (name, bytes) in the order of the contents. An error says why that cannot be.
pub type Pack = fn(Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String>;

/// What is done to a file with that extension (`jpg`) on its way to the site; an error says why it cannot be published.
pub type Treatment = fn(Vec<u8>, &str) -> Result<Vec<u8>, String>;

/// A view with the function that makes bytes of it.
pub trait Make {
    /// Reports: faults of templates.
    fn make(&self, theme: &Theme) -> Result<Vec<u8>, Diagnostic>;
}

struct ViewAndFunction<V> {
    view: V,
    make: fn(&V, &Theme) -> Result<Vec<u8>, Diagnostic>,
}

impl<V> Make for ViewAndFunction<V> {
    fn make(&self, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
        (self.make)(&self.view, theme)
    }
}

impl<'s> Prepared<'s> {
    /// A view and a plain function: the bytes depend on the view and the theme only.
    pub fn new<V: 's>(
        parts: Parts,
        templates: Vec<&'static str>,
        view: V,
        make: fn(&V, &Theme) -> Result<Vec<u8>, Diagnostic>,
    ) -> Self {
        Prepared { parts, templates, making: Making::Made(Box::new(ViewAndFunction { view, make })) }
    }

    /// A picture that is drawn of a view.
    pub fn drawn<V: 's>(parts: Parts, view: V, draw: fn(&V, &Theme) -> Result<Vec<u8>, Diagnostic>) -> Self {
        Prepared { parts, templates: Vec::new(), making: Making::Drawn(Box::new(ViewAndFunction { view, make: draw })) }
    }

    /// Files that are put together.
    pub fn pack(parts: Parts, contents: Vec<Content<'s>>, pack: Pack) -> Self {
        Prepared { parts, templates: Vec::new(), making: Making::Packed { contents, pack } }
    }

    /// A file that is copied through a treatment.
    pub fn copy(parts: Parts, file: &'s DiskFile, treat: Treatment) -> Self {
        Prepared { parts, templates: Vec::new(), making: Making::Copied { file, treat } }
    }
}

/// Every output of a site.
#[derive(Default)]
pub struct Plan {
    pub artefacts: BTreeMap<OutputPath, Artefact>,
    /// What is wrong with the paths.
    pub faults: Vec<Diagnostic>,
}

impl Plan {
    /// The plan of these artefacts. Where a path is claimed twice, the first one stays.
    ///
    /// Reports, in `faults`: `publish/one-address-twice`, naming both owners, `publish/address-not-usable`,
    /// `publish/file-and-folder`.
    pub fn of(artefacts: impl IntoIterator<Item = Artefact>) -> Self {
        let mut plan = Plan::default();
        for artefact in artefacts {
            match plan.artefacts.entry(artefact.path.clone()) {
                Entry::Vacant(place) => {
                    place.insert(artefact);
                }
                Entry::Occupied(first) => plan.faults.push(claimed_twice(first.get(), &artefact)),
            }
        }
        plan.faults.extend(addresses::faults(&plan));
        plan
    }

    pub fn get(&self, path: &OutputPath) -> Option<&Artefact> {
        self.artefacts.get(path)
    }
}

/// A site with everything that is needed to make its files. It owns what it needs and outlives the build.
pub struct Planned {
    pub site: Site,
    pub plan: Arc<Plan>,
    pub theme: Theme,
    /// Of the program itself: another version may write other bytes.
    pub program: Fingerprint,
}

impl Planned {
    /// Of everything that the bytes of an artefact depend on.
    pub fn version(&self, artefact: &Artefact) -> Fingerprint {
        let prepared = artefact.prepare(&self.site);
        let template = |name: &&'static str| {
            (self.theme.fingerprint(name), self.theme.names_assets(name).then_some(self.theme.assets))
        };
        let templates: Vec<_> = prepared.templates.iter().map(template).collect();
        Fingerprint::of(&(self.program, &prepared.parts, templates))
    }
}

fn claimed_twice(first: &Artefact, second: &Artefact) -> Diagnostic {
    let message =
        format!("{} and {} would both be written to /{}", first.owner.words(), second.owner.words(), first.path);
    // A line that asks for the address can be taken back, so it is the one to show.
    let (shown, other) = match (&first.owner.line, &second.owner.line) {
        (Some(_), None) => (&first.owner, &second.owner),
        _ => (&second.owner, &first.owner),
    };
    let help = match shown.line {
        Some(_) => "take this address out: something else of the site is there",
        None => "give one of them another address: rename the file, or set `slug:` in its front matter",
    };
    let diagnostic = match shown.place().or_else(|| other.place()) {
        Some(place) => Diagnostic::new(&codes::publish::ONE_ADDRESS_TWICE, place, message),
        None => Diagnostic::nowhere(&codes::publish::ONE_ADDRESS_TWICE, message),
    };
    match (other.place(), shown.place()) {
        (Some(other), Some(_)) => diagnostic.label(other, "the other one"),
        _ => diagnostic,
    }
    .help(help)
}
