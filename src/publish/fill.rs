//! Publishing into a folder that holds nothing: every file goes straight to its place.
//!
//! 1. A manifest that lists every path as unfinished marks the folder as ours.
//! 2. The folders are made, and each file is written by whoever makes it.
//! 3. The manifest says what each file is. If anything failed, what was written is removed instead.

use crate::artefact::Planned;
use crate::diagnostic::Report;

use super::Changes;
use super::diff::{self, Diff};
use super::disk::{Disk, Found};
use super::feeds;
use super::folder;
use super::folders::Folders;
use super::make::{self, Hearer, Outcome};
use super::manifest::{self, Entry, Manifest};

/// Makes and writes everything; on an error of any kind the folder is empty again.
pub fn fill(
    diff: &Diff<'_>,
    planned: &Planned,
    disk: &Disk,
    hearer: &dyn Hearer,
    report: &mut Report,
) -> anyhow::Result<Changes> {
    let unfinished = diff.due.iter().map(|due| Entry { path: due.path(), record: None }).collect();
    folder::write_manifest(
        disk,
        Manifest { entries: unfinished, subscribed: diff.subscribed.clone(), ..Manifest::default() },
    )?;

    let mut folders = Folders::new(disk);
    let put = |index: usize, bytes: &[u8]| disk.write_new(diff.due[index].path(), bytes);
    let made = folders
        .ensure(diff.due.iter().map(|due| due.artefact.path.folder()))
        .and_then(|()| make::make(&diff.due, planned, disk, false, hearer, put, report));
    match made {
        Ok(outcomes) if !report.has_errors() => {
            let changes = Changes::of(&outcomes);
            write_manifest(diff, outcomes, planned, disk, report)?;
            Ok(changes)
        }
        made => {
            for due in diff.due.iter().filter(|due| matches!(disk.look(due.path()), Found::File(_))) {
                disk.remove_file(due.path())?;
            }
            folders.remove_made()?;
            disk.remove_file(manifest::NAME)?;
            made.map(|_| Changes::default())
        }
    }
}

/// Writes the manifest after everything that was due is in its place.
///
/// Reports: `publish/calendar-too-long`; a site with a problem is not known to stand as a whole.
pub fn write_manifest(
    diff: &Diff<'_>,
    outcomes: Vec<Outcome>,
    planned: &Planned,
    disk: &Disk,
    report: &mut Report,
) -> anyhow::Result<()> {
    let manifest = manifest(diff, outcomes, planned);
    feeds::report_long(&manifest, report);
    let whole = manifest.whole.clone().filter(|_| !feeds::has_long(&manifest));
    folder::write_manifest(disk, Manifest { whole, ..manifest })
}

fn manifest<'a>(diff: &Diff<'a>, outcomes: Vec<Outcome>, planned: &Planned) -> Manifest<'a> {
    let made = diff.due.iter().zip(outcomes).filter_map(|(due, outcome)| match outcome {
        Outcome::Kept(file, content, made_of) | Outcome::Written(file, content, made_of) => {
            Some(due.entry(file, content, made_of))
        }
        Outcome::Dropped => None,
    });
    let shared = diff::shared(&planned.theme, planned.program);
    let entries = diff.standing.iter().map(|entry| (*entry).clone()).chain(made);
    let mut entries: Vec<Entry<'a>> = entries.collect();
    entries.sort_by(|a, b| a.path.cmp(b.path));
    Manifest {
        whole: diff.whole.clone(),
        shared: shared.into_iter().map(|(name, fingerprint)| (name.into(), fingerprint)).collect(),
        subscribed: diff.subscribed.clone(),
        entries,
    }
}
