//! What differs between a plan, the manifest and the output folder: what is due, what stands, what is stale.
//!
//! 1. Each artefact is prepared, and its parts are compared with those in the manifest; then the file's length
//!    and time of last change with those on disk. What agrees stands; the rest is due.
//! 2. What the manifest lists and the plan does not is stale.
//!
//! **Invariant:** reads no file's bytes and changes nothing. What was prepared is not kept: views never pile up.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::artefact::{Artefact, Plan, Planned};
use crate::hash::Fingerprint;
use crate::theme::Theme;

use super::disk::{Disk, FileState, Found};
use super::feeds;
use super::manifest::{Entry, MadeOf, Manifest, Record};
use super::whole::Whole;

/// Two maps compared; everything is in the order of the paths.
pub struct Diff<'a> {
    pub due: Vec<Due<'a>>,
    pub standing: Vec<&'a Entry<'a>>,
    /// Paths of ours that nobody claims any more.
    pub stale: Vec<&'a str>,
    /// Feeds that are gone and that the site does not give up.
    pub gone: Vec<&'a str>,
    /// The feeds that the next manifest lists.
    pub subscribed: BTreeSet<&'a str>,
    /// What the next manifest says of the whole site.
    pub whole: Option<Whole>,
}

/// An artefact that must be made.
pub struct Due<'a> {
    pub artefact: &'a Artefact,
    /// What the manifest says of its path.
    pub listed: Option<&'a Entry<'a>>,
    pub found: Found,
}

/// Compares a plan with what the manifest and the disk say.
pub fn diff<'a>(planned: &'a Planned, manifest: &'a Manifest<'a>, disk: &Disk) -> Diff<'a> {
    let is_same_program = manifest.shared.get(PROGRAM) == Some(&planned.program);
    let artefacts: Vec<&'a Artefact> = planned.plan.artefacts.values().collect();
    let compared: Vec<Result<&Entry<'_>, Due<'_>>> = artefacts
        .par_iter()
        .map(|artefact| {
            let due = Due::new(artefact, manifest, disk);
            let stands = is_same_program && due.is_untouched() && due.has_same_parts(planned, manifest);
            due.listed.filter(|_| stands).ok_or(due)
        })
        .collect();
    let gone = feeds::gone(planned, manifest);
    let stale = stale(&planned.plan, manifest);
    let mut subscribed = feeds::planned(&planned.plan);
    subscribed.extend(&gone);
    let mut diff = Diff { due: Vec::new(), standing: Vec::new(), stale, gone, subscribed, whole: None };
    for compared in compared {
        match compared {
            Ok(entry) => diff.standing.push(entry),
            Err(due) => diff.due.push(due),
        }
    }
    diff
}

/// The difference between a plan and a folder that holds nothing.
pub fn everything(plan: &Plan) -> Diff<'_> {
    let due = |artefact| Due { artefact, listed: None, found: Found::Nothing };
    Diff {
        due: plan.artefacts.values().map(due).collect(),
        standing: Vec::new(),
        stale: Vec::new(),
        gone: Vec::new(),
        subscribed: feeds::planned(plan),
        whole: None,
    }
}

const PROGRAM: &str = "program";
const ASSETS: &str = "addresses of style sheets and other assets";

/// What many files are made of, by name.
pub fn shared(theme: &Theme, program: Fingerprint) -> BTreeMap<String, Fingerprint> {
    let templates = theme.templates().map(|name| (template(name), theme.fingerprint(name)));
    templates.chain([(PROGRAM.to_owned(), program), (ASSETS.to_owned(), theme.assets)]).collect()
}

fn template(name: &str) -> String {
    format!("template {name}")
}

/// The names of shared parts that differ from the manifest, among those that a file is made of.
pub fn changed_shared(made_of: &MadeOf<'_>, planned: &Planned, manifest: &Manifest<'_>) -> Vec<String> {
    let theme = &planned.theme;
    let differs = |name: &str, now: Fingerprint| manifest.shared.get(name).copied().unwrap_or_default() != now;
    let mut changed: Vec<String> = Vec::new();
    if differs(PROGRAM, planned.program) {
        changed.push(PROGRAM.to_owned());
    }
    if made_of.templates().any(|name| theme.names_assets(name)) && differs(ASSETS, theme.assets) {
        changed.push(ASSETS.to_owned());
    }
    let templates = made_of.templates().map(|name| (template(name), theme.fingerprint(name)));
    changed.extend(templates.filter(|(name, now)| differs(name, *now)).map(|(name, _)| name));
    changed
}

impl<'a> Due<'a> {
    pub fn new(artefact: &'a Artefact, manifest: &'a Manifest<'a>, disk: &Disk) -> Self {
        let path = artefact.path.as_str();
        Due { artefact, listed: manifest.get(path), found: disk.look(path) }
    }

    pub fn path(&self) -> &'a str {
        self.artefact.path.as_str()
    }

    /// What the manifest says that the file was made of.
    pub fn record(&self) -> Option<&'a Record<'a>> {
        self.listed.and_then(|entry| entry.record.as_ref())
    }

    /// Whether the file would be made of what it was made of.
    pub fn has_same_parts(&self, planned: &Planned, manifest: &Manifest<'_>) -> bool {
        self.record().is_some_and(|record| {
            let made_of = MadeOf::of(&self.artefact.prepare(&planned.site));
            record.made_of == made_of && changed_shared(&made_of, planned, manifest).is_empty()
        })
    }

    /// The file on disk is the one that the manifest speaks of.
    pub fn is_untouched(&self) -> bool {
        self.record().is_some_and(|record| self.found == Found::File(record.file))
    }

    /// The entry of the file that was made.
    pub fn entry(&self, file: FileState, content: Fingerprint, made_of: MadeOf<'a>) -> Entry<'a> {
        Entry { path: self.path(), record: Some(Record { file, content, made_of }) }
    }
}

/// Both are sorted by path, so one walk along both is enough.
fn stale<'a>(plan: &Plan, manifest: &'a Manifest<'a>) -> Vec<&'a str> {
    let mut planned = plan.artefacts.keys().map(|path| path.as_str()).peekable();
    let is_stale = |path: &&str| {
        while planned.next_if(|planned| planned < path).is_some() {}
        planned.peek() != Some(path)
    };
    manifest.entries.iter().map(|entry| entry.path).filter(is_stale).collect()
}
