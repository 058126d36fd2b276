//! Publishing into a folder that holds nothing: every file goes straight to its place.
//!
//! 1. A manifest that lists every path as unfinished marks the folder as ours.
//! 2. One writer writes while the others make.
//! 3. The manifest says what each file is. If anything failed, what was written is removed instead.

use crate::artefact::Planned;
use crate::diagnostic::Report;

use super::Changes;
use super::diff::{self, Diff};
use super::disk::Disk;
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
    let mut written: Vec<&str> = Vec::new();
    let mut changes = Changes::default();
    let put = |index: usize, bytes: &[u8]| {
        let due = &diff.due[index];
        folders.ensure(due.artefact.path.folder())?;
        let file = disk.write_new(due.path(), bytes)?;
        written.push(due.path());
        changes.bytes += file.length;
        Ok(file)
    };
    let made = make::make(&diff.due, planned, disk, false, hearer, put, report);
    match made {
        Ok(outcomes) if !report.has_errors() => {
            write_manifest(diff, outcomes, planned, disk, report)?;
            changes.written = diff.due.len();
            Ok(changes)
        }
        made => {
            for path in written {
                disk.remove_file(path)?;
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
