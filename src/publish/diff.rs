//! What differs between a plan, the manifest and the output folder: what is due, what stands, what is stale.
//!
//! 1. The parts that many artefacts share (the program and their templates) are put into words once.
//! 2. Each artefact's parts are compared with those in the manifest, and the file's length and time of
//!    last change with those on disk. What agrees stands; the rest is due.
//! 3. What the manifest lists and the plan does not is stale.
//!
//! **Invariant:** reads no file's bytes and changes nothing.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::artefact::{Artefact, Plan};
use crate::hash::Fingerprint;
use crate::theme::Theme;

use super::disk::{Disk, FileState, Found};
use super::manifest::{Entry, Manifest, Record};

/// Two maps compared; everything is in the order of the paths.
pub struct Diff<'a> {
    pub due: Vec<Due<'a>>,
    pub standing: Vec<Entry<'a>>,
    /// Paths of ours that nobody claims any more.
    pub stale: Vec<&'a str>,
}

/// An artefact that must be made.
pub struct Due<'a> {
    pub artefact: &'a Artefact<'a>,
    pub shared: &'a str,
    pub own: String,
    /// What the manifest says of its path.
    pub listed: Option<Entry<'a>>,
    pub found: Found,
}

/// The shared parts of every artefact of a plan, in words: `program=…|template base.html=…`.
pub struct Shared<'a>(HashMap<&'a [&'static str], String>);

impl<'a> Shared<'a> {
    pub fn new(plan: &'a Plan<'a>, theme: &Theme, program: Fingerprint) -> Self {
        let template_lists: BTreeSet<&[&'static str]> = plan.values().map(|a| a.templates.as_slice()).collect();
        let text = |templates: &[&str]| {
            let mut text = format!("program={program}");
            for template in templates {
                push(&mut text, format_args!("|template {template}={}", theme.fingerprint(template)));
            }
            text
        };
        Shared(template_lists.into_iter().map(|templates| (templates, text(templates))).collect())
    }

    pub fn of(&self, artefact: &Artefact<'_>) -> &str {
        self.0.get(artefact.templates.as_slice()).map_or("", String::as_str)
    }
}

/// An artefact's own parts, in words: `the text of its source=…|the menus=…`.
pub fn own_parts(artefact: &Artefact<'_>) -> String {
    let mut text = String::with_capacity(artefact.parts.0.len() * 48);
    for (index, (words, fingerprint)) in artefact.parts.0.iter().enumerate() {
        let separator = if index == 0 { "" } else { "|" };
        push(&mut text, format_args!("{separator}{words}={fingerprint}"));
    }
    text
}

/// Compares a plan with what the manifest and the disk say.
pub fn diff<'a>(plan: &'a Plan<'a>, shared: &'a Shared<'a>, manifest: &Manifest<'a>, disk: &Disk) -> Diff<'a> {
    let artefacts: Vec<&'a Artefact<'a>> = plan.values().collect();
    let compared = artefacts.par_iter().map(|artefact| compare(artefact, shared, manifest, |path| disk.look(path)));
    let mut diff = Diff { due: Vec::new(), standing: Vec::new(), stale: stale(plan, manifest) };
    for compared in compared.collect::<Vec<_>>() {
        match compared {
            Compared::Stands(entry) => diff.standing.push(entry),
            Compared::Due(due) => diff.due.push(due),
        }
    }
    diff
}

/// The difference between a plan and a folder that holds nothing.
pub fn everything<'a>(plan: &'a Plan<'a>, shared: &'a Shared<'a>) -> Diff<'a> {
    let nothing = Manifest::default();
    let mut diff = Diff { due: Vec::with_capacity(plan.len()), standing: Vec::new(), stale: Vec::new() };
    for artefact in plan.values() {
        if let Compared::Due(due) = compare(artefact, shared, &nothing, |_| Found::Nothing) {
            diff.due.push(due);
        }
    }
    diff
}

/// One artefact compared.
pub enum Compared<'a> {
    Stands(Entry<'a>),
    Due(Due<'a>),
}

/// Compares one artefact; `look` says what lies at a path.
pub fn compare<'a>(
    artefact: &'a Artefact<'a>,
    shared: &'a Shared<'a>,
    manifest: &Manifest<'a>,
    look: impl Fn(&str) -> Found,
) -> Compared<'a> {
    let path = artefact.path.as_str();
    let due = Due {
        artefact,
        shared: shared.of(artefact),
        own: own_parts(artefact),
        listed: manifest.get(path),
        found: look(path),
    };
    match due.listed {
        Some(entry) if due.has_same_parts() && due.is_untouched() => Compared::Stands(entry),
        _ => Compared::Due(due),
    }
}

impl Due<'_> {
    pub fn path(&self) -> &str {
        self.artefact.path.as_str()
    }

    /// What the manifest says that the file was made of.
    pub fn record(&self) -> Option<Record<'_>> {
        self.listed.and_then(|entry| entry.record)
    }

    pub fn has_same_parts(&self) -> bool {
        self.record().is_some_and(|record| record.shared == self.shared && record.own == self.own)
    }

    /// The file on disk is the one that the manifest speaks of.
    pub fn is_untouched(&self) -> bool {
        self.record().is_some_and(|record| self.found == Found::File(record.file))
    }

    /// The entry of the file that was made.
    pub fn entry(&self, file: FileState, content: Fingerprint) -> Entry<'_> {
        Entry { path: self.path(), record: Some(Record { file, content, shared: self.shared, own: &self.own }) }
    }
}

/// Both are sorted by path, so one walk along both is enough.
fn stale<'a>(plan: &Plan<'_>, manifest: &Manifest<'a>) -> Vec<&'a str> {
    let mut planned = plan.keys().map(|path| path.as_str()).peekable();
    let is_stale = |path: &&str| {
        while planned.next_if(|planned| planned < path).is_some() {}
        planned.peek() != Some(path)
    };
    manifest.entries.iter().map(|entry| entry.path).filter(is_stale).collect()
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = text.write_fmt(words);
}
