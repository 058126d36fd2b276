//! Publishing into a folder that holds a site: nothing changes there before everything is made.
//!
//! 1. Every place is examined: nothing that is not ours may be in the way.
//! 2. What is due is made, and what came out with other bytes waits in a staging folder.
//! 3. If there are new paths, a manifest that lists them as unfinished takes the place of the last.
//! 4. Our old files that stand where a folder must be, or the other way round, are removed.
//! 5. Assets, then data, then pages are moved to their places, each in one step.
//! 6. Stale files and their empty folders are removed, and the new manifest takes its place.
//!
//! After a stop at any point every file is whole, the manifest lists all that is ours, and no record in
//! it fits a file that was changed since: the next build makes those again.

use std::collections::BTreeSet;

use crate::artefact::{Planned, Stage};
use crate::diagnostic::Report;

use super::Changes;
use super::diff::{Diff, Due};
use super::disk::Disk;
use super::fill;
use super::folder::{self, STAGING};
use super::folders::Folders;
use super::make::{self, Hearer, Outcome};
use super::manifest::{Entry, Manifest};
use super::ways;

/// Brings the folder to what the plan says, or leaves it as it was.
///
/// `may_overwrite` says that the folder is ours though its manifest is lost.
pub fn update(
    diff: &Diff<'_>,
    manifest: &Manifest<'_>,
    may_overwrite: bool,
    planned: &Planned,
    disk: &Disk,
    hearer: &dyn Hearer,
    report: &mut Report,
) -> anyhow::Result<Changes> {
    let in_the_way = ways::examine(&diff.due, manifest, disk, report);
    disk.create_folder(STAGING)?;
    let put = |index: usize, bytes: &[u8]| disk.write_new(&staged(index), bytes);
    let made = make::make(&diff.due, planned, disk, may_overwrite, hearer, put, report);
    let outcomes = match made {
        Ok(outcomes) if !report.has_errors() => outcomes,
        made => {
            disk.remove_tree(STAGING)?;
            return made.map(|_| Changes::default());
        }
    };

    let mut changes = Changes::of(&outcomes);
    mark_new_paths(diff, &outcomes, manifest, disk)?;
    changes.removed += Folders::new(disk).remove_files(in_the_way.files.iter().map(String::as_str))?;
    for folder in &in_the_way.folders {
        disk.remove_empty_folder(folder)?;
    }
    put_in_place(diff, &outcomes, disk)?;
    changes.removed += Folders::new(disk).remove_files(diff.stale.iter().copied())?;
    changes.kept = diff.standing.len() + diff.due.len() - changes.written;
    fill::write_manifest(diff, outcomes, planned, disk, report)?;
    disk.remove_tree(STAGING)?;
    Ok(changes)
}

fn staged(index: usize) -> String {
    format!("{STAGING}/{index}")
}

/// Lists what the last manifest does not, before it is there.
fn mark_new_paths(diff: &Diff<'_>, outcomes: &[Outcome], manifest: &Manifest<'_>, disk: &Disk) -> anyhow::Result<()> {
    let is_written = |outcome: &Outcome| matches!(outcome, Outcome::Written(..));
    let written = diff.due.iter().zip(outcomes).filter(|(_, outcome)| is_written(outcome)).map(|(due, _)| due);
    let unfinished: BTreeSet<&str> = written.map(|due| due.path()).collect();
    if unfinished.iter().all(|path| manifest.get(path).is_some()) {
        return Ok(());
    }
    let others = manifest.entries.iter().filter(|entry| !unfinished.contains(entry.path)).cloned();
    let entries = unfinished.iter().map(|path| Entry { path, record: None }).chain(others).collect();
    folder::write_manifest(
        disk,
        Manifest { whole: None, shared: manifest.shared.clone(), subscribed: manifest.subscribed.clone(), entries },
    )
}

/// Moves every staged file to its place: what pages refer to comes before the pages.
fn put_in_place(diff: &Diff<'_>, outcomes: &[Outcome], disk: &Disk) -> anyhow::Result<()> {
    let due = diff.due.iter().zip(outcomes).enumerate();
    let written: Vec<(usize, &Due<'_>)> = due
        .filter(|(_, (_, outcome))| matches!(outcome, Outcome::Written(..)))
        .map(|(index, (due, _))| (index, due))
        .collect();
    Folders::new(disk).ensure(written.iter().map(|(_, due)| due.artefact.path.folder()))?;
    for stage in [Stage::Asset, Stage::Data, Stage::Page] {
        for (index, due) in written.iter().filter(|(_, due)| due.artefact.stage == stage) {
            disk.rename(&staged(*index), due.path())?;
        }
    }
    Ok(())
}
