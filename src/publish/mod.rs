//! Plan -> output folder: compare, make what changed, put it in place, remove what is stale.
//!
//! 1. `folder`: the output folder is empty or marked as ours; anything else is left alone.
//! 2. `diff`: parts of fingerprints against the manifest, length and time of last change against the
//!    disk. What agrees is not made. Where nothing is due and nothing stale, nothing is touched.
//! 3. `lock`: one build at a time writes.
//! 4. `fill` writes straight into an empty folder; `update` makes everything before it changes anything.
//!    Both make and write in parallel (`make`), and end with the new manifest.
//!
//! **Invariant:** with an error in the report, the output folder stays as it was, byte for byte. What the
//! manifest does not list is never overwritten, unless it has the same bytes, and never deleted. A crash
//! leaves whole files or a folder known to be unfinished, and the next build ends like a first one.

#![allow(clippy::disallowed_methods, reason = "writes the output folder")]

mod diff;
mod disk;
mod feeds;
mod fill;
mod folder;
mod folders;
mod lock;
mod make;
mod manifest;
mod pictures;
#[cfg(test)]
mod tests;
mod update;
mod ways;
mod whole;
mod why;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::artefact::{Artefact, Plan, Planned, Stage};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::path::SourcePath;

use diff::Diff;
use disk::{Disk, Found};
use folder::Folder;
use lock::Lock;
use make::Outcome;
use manifest::Manifest;

pub use make::{Deaf, Hearer, Making};
pub use pictures::{kept_folder, prune};
pub use whole::{Whole, holds_site, stands};
pub use why::why;

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Pages that the site has now, whether they were made or not.
    pub pages: usize,
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that were left untouched.
    pub kept: usize,
    pub removed: usize,
    /// The length of all files written.
    pub bytes: u64,
}

impl Changes {
    /// What was written.
    fn of(outcomes: &[Outcome]) -> Self {
        let lengths = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Written(file, ..) => Some(file.length),
            Outcome::Kept(..) | Outcome::Dropped => None,
        });
        Changes { written: lengths.clone().count(), bytes: lengths.sum(), ..Changes::default() }
    }
}

/// Brings the output folder to what the plan says.
///
/// `whole` is what the manifest shall say of the site as a whole, where that is known (`stands`).
/// With errors in the report, before or after making, nothing changes and the answer is `Changes::default()`.
///
/// Reports: faults of templates, and every `publish/` code but those of the plan's addresses.
/// Errors: what the disk says; the next build mends what was half done.
pub fn publish(
    planned: &Planned,
    output: &Path,
    whole: Option<Whole>,
    hearer: &dyn Hearer,
    report: &mut Report,
) -> anyhow::Result<Changes> {
    let changes = publish_on(&Disk::new(output), planned, whole, hearer, report)?;
    if !report.has_errors() {
        pictures::prune(planned);
    }
    Ok(changes)
}

/// Makes every artefact and keeps none: finds the faults that only making shows.
///
/// Reports: faults of templates, `publish/file-not-readable`, `publish/file-not-publishable`,
/// `publish/calendar-too-long`.
pub fn rehearse(planned: &Planned, report: &mut Report) {
    let broken: BTreeMap<SourcePath, Diagnostic> = pictures::all_ready(planned, |_| true).into_iter().collect();
    let is_broken = |artefact: &&Artefact| artefact.owner.source.as_ref().is_some_and(|it| broken.contains_key(it));
    let artefacts: Vec<&Artefact> = planned.plan.artefacts.values().filter(|it| !is_broken(it)).collect();
    // What cannot be made for want of a template was said of the template.
    let has_unread = report.has_errors() && planned.theme.has_unread();
    let is_unread = |artefact: &Artefact| {
        has_unread && artefact.prepare(&planned.site).templates.iter().any(|name| planned.theme.is_unread(name))
    };
    let fault = |artefact: &&Artefact| match bytes_of(artefact, planned) {
        Ok(bytes) => feeds::fault(artefact, bytes.len() as u64),
        Err(_) if is_unread(artefact) => None,
        Err(fault) => Some(fault),
    };
    let faults: Vec<Diagnostic> = artefacts.par_iter().filter_map(fault).collect();
    report.extend(broken.into_values().chain(faults));
}

/// The bytes of one artefact.
///
/// Reports: faults of templates, `publish/file-not-readable`, `publish/file-not-publishable`.
pub fn bytes_of(artefact: &Artefact, planned: &Planned) -> Result<Vec<u8>, Diagnostic> {
    make::bytes_of(&artefact.prepare(&planned.site), artefact, planned)
}

fn publish_on(
    disk: &Disk,
    planned: &Planned,
    whole: Option<Whole>,
    hearer: &dyn Hearer,
    report: &mut Report,
) -> anyhow::Result<Changes> {
    let plan = &planned.plan;
    if report.has_errors() {
        return Ok(Changes::default());
    }
    let folder = folder::look(disk)?;
    let (manifest, is_damaged) = match &folder {
        Folder::Fresh => (Manifest::default(), false),
        Folder::Ours(text) => {
            let manifest = Manifest::read(text);
            let is_damaged = manifest.is_none();
            (manifest.unwrap_or_default(), is_damaged)
        }
        Folder::Foreign(name) => {
            report.push(not_ours(disk, name));
            return Ok(Changes::default());
        }
    };

    let may_fill = folder == Folder::Fresh && !is_hidden_place_taken(plan, disk);
    let mut diff = if may_fill { diff::everything(plan) } else { diff::diff(planned, &manifest, disk) };
    let pages = plan.artefacts.values().filter(|artefact| artefact.stage == Stage::Page).count();
    diff.whole = whole.filter(|_| diff.gone.is_empty()).map(|whole| Whole { pages, ..whole });
    feeds::report_gone(&diff.gone, planned, report);
    if report.has_errors() {
        return Ok(Changes::default());
    }
    let is_known = !is_damaged && diff.whole == manifest.whole && diff.subscribed == manifest.subscribed;
    if matches!(folder, Folder::Ours(_)) && is_known && diff.is_empty() && !folder::has_leftovers(disk) {
        feeds::report_long(&manifest, report);
        return Ok(Changes { pages, kept: diff.standing.len(), ..Changes::default() });
    }

    let was_absent = disk.create_root()?;
    let Some(lock) = Lock::take(disk)?.filter(|_| folder::look(disk).is_ok_and(|now| now == folder)) else {
        report.push(another_build(disk));
        return Ok(Changes::default());
    };
    folder::remove_leftovers(disk)?;
    let changes = if may_fill {
        fill::fill(&diff, planned, disk, hearer, report)
    } else {
        update::update(&diff, &manifest, is_damaged, planned, disk, hearer, report)
    };
    drop(lock);
    if report.has_errors() || changes.is_err() {
        if was_absent {
            disk.remove_empty_folder("")?;
        }
        return changes;
    }
    if is_damaged {
        report.push(damaged(disk));
    }
    changes.map(|changes| Changes { pages, ..changes })
}

impl Diff<'_> {
    fn is_empty(&self) -> bool {
        self.due.is_empty() && self.stale.is_empty()
    }
}

/// Whether a planned path may meet one of the hidden files that a fresh folder can hold.
fn is_hidden_place_taken(plan: &Plan, disk: &Disk) -> bool {
    let tops = plan.artefacts.keys().filter_map(|path| path.as_str().split('/').next());
    tops.filter(|top| top.starts_with('.')).any(|top| disk.look(top) != Found::Nothing)
}

fn not_ours(disk: &Disk, name: &str) -> Diagnostic {
    let folder = disk.root().display();
    Diagnostic::nowhere(
        &codes::publish::NOT_OURS,
        format!("{folder} holds files that Fingerpost did not make, such as {name}"),
    )
    .help(format!("choose an empty folder with --output, or empty {folder} yourself if nothing in it matters"))
}

fn another_build(disk: &Disk) -> Diagnostic {
    let message = format!("another build is writing to {}", disk.root().display());
    Diagnostic::nowhere(&codes::publish::ANOTHER_BUILD, message)
        .help("wait until it has finished and build again, or choose another folder with --output")
}

fn damaged(disk: &Disk) -> Diagnostic {
    let manifest = disk.place(manifest::NAME);
    let message = format!("{} was damaged, so everything was made again", manifest.display());
    Diagnostic::nowhere(&codes::publish::RECORD_DAMAGED, message).help(format!(
        "pages that no longer exist may still lie in {folder}: empty {folder} and build once more to be rid of them",
        folder = disk.root().display()
    ))
}
