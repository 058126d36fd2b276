//! Makes what is due, in parallel; who makes a file writes it, so that bytes never pile up.
//!
//! Bytes that are the same as those in place are not written. After the first fault nothing more is written, but the
//! rest is made, to find its faults.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::artefact::addresses::about;
use crate::artefact::{self, Artefact, ContentOf, Planned, Prepared, Treatment};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::source::DiskFile;

use super::diff::Due;
use super::disk::{Disk, FileState, Found};
use super::manifest::MadeOf;
use super::{pictures, ways};

/// Whoever hears how making goes; called on several threads at once.
pub trait Hearer: Sync {
    /// The time since some moment.
    fn elapsed(&self) -> Duration;

    fn made(&self, making: &Making<'_>);
}

/// One file that was made, as a hearer hears of it.
#[derive(Clone, Copy, Debug)]
pub struct Making<'m> {
    pub path: &'m OutputPath,
    /// The template of the page; nothing for what needs none.
    pub template: Option<&'static str>,
    pub took: Duration,
    /// How many were made by now, and of how many.
    pub done: usize,
    pub of: usize,
}

/// Hears nothing.
pub struct Deaf;

impl Hearer for Deaf {
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn made(&self, _: &Making<'_>) {}
}

/// What became of one artefact.
#[derive(Debug)]
pub enum Outcome {
    /// The same bytes are in their place already.
    Kept(FileState, Fingerprint, MadeOf<'static>),
    /// `put` wrote the bytes.
    Written(FileState, Fingerprint, MadeOf<'static>),
    /// It was not made, or not written because something else failed.
    Dropped,
}

/// Why an artefact is not in its place.
enum Failure {
    /// It cannot be made.
    Made(Diagnostic),
    /// It cannot be written.
    Disk(anyhow::Error),
}

/// Makes everything that is due; the outcomes are in the same order.
///
/// `put` writes the bytes of the file with that number; it is called on several threads at once, and not after the
/// first fault. `may_overwrite` says that whatever file lies at a planned place is ours.
/// Reports: faults of templates, `publish/file-not-readable`, `publish/file-not-publishable`,
/// `publish/place-taken`. Errors: what `put` says.
pub fn make(
    due: &[Due<'_>],
    planned: &Planned,
    disk: &Disk,
    may_overwrite: bool,
    hearer: &dyn Hearer,
    put: impl Fn(usize, &[u8]) -> anyhow::Result<FileState> + Sync,
    report: &mut Report,
) -> anyhow::Result<Vec<Outcome>> {
    let broken: BTreeMap<SourcePath, Diagnostic> = pictures::ready(due, planned).into_iter().collect();
    report.extend(broken.values().cloned());
    let has_failed = AtomicBool::new(report.has_errors());
    let done = AtomicUsize::new(0);
    let of = due.len();
    let one = |(index, due): (usize, &Due<'_>)| {
        if due.artefact.owner.source.as_ref().is_some_and(|source| broken.contains_key(source)) {
            return Ok(Outcome::Dropped);
        }
        let begun = hearer.elapsed();
        let prepared = due.artefact.prepare(&planned.site);
        let made_of = MadeOf::of(&prepared);
        let made = bytes_of(&prepared, due.artefact, planned);
        hearer.made(&Making {
            path: &due.artefact.path,
            template: prepared.templates.first().copied(),
            took: hearer.elapsed().saturating_sub(begun),
            done: done.fetch_add(1, Ordering::Relaxed) + 1,
            of,
        });
        match made.and_then(|bytes| compare(due, bytes, disk, may_overwrite)).map_err(Failure::Made)? {
            Made::Same(file, content) => Ok(Outcome::Kept(file, content, made_of)),
            Made::New(..) if has_failed.load(Ordering::Relaxed) => Ok(Outcome::Dropped),
            Made::New(bytes, content) => {
                let file = put(index, &bytes).map_err(Failure::Disk)?;
                Ok(Outcome::Written(file, content, made_of))
            }
        }
    };
    let made: Vec<_> = due
        .par_iter()
        .enumerate()
        .map(|due| one(due).inspect_err(|_| has_failed.store(true, Ordering::Relaxed)))
        .collect();
    let mut outcomes = Vec::with_capacity(made.len());
    let mut written = Ok(());
    for made in made {
        outcomes.push(made.unwrap_or_else(|failure| {
            match failure {
                Failure::Made(fault) => report.push(fault),
                Failure::Disk(error) if written.is_ok() => written = Err(error),
                Failure::Disk(_) => {}
            }
            Outcome::Dropped
        }));
    }
    written.map(|()| outcomes)
}

/// The bytes of an artefact that was prepared.
///
/// Reports: faults of templates, `publish/file-not-readable`, `publish/file-not-publishable`.
pub fn bytes_of(prepared: &Prepared<'_>, artefact: &Artefact, planned: &Planned) -> Result<Vec<u8>, Diagnostic> {
    let site = &planned.site;
    match &prepared.making {
        artefact::Making::Made(make) => make.make(&planned.theme),
        artefact::Making::Drawn(make) => pictures::drawn(&prepared.parts, &**make, artefact, planned),
        artefact::Making::Encoded { picture, path } => pictures::bytes(picture, path, &site.texts.root)
            .map_err(|why| pictures::not_publishable("the picture", &picture.source, &why, site)),
        artefact::Making::Copied { file, treat } => treated(artefact, file, *treat, site),
        artefact::Making::Packed { contents, pack } => {
            let mut files = Vec::with_capacity(contents.len());
            for content in contents {
                let bytes = match &content.of {
                    ContentOf::File(file, treat) => treated(artefact, file, *treat, site)?,
                    ContentOf::Text(text) => text.clone().into_bytes(),
                };
                files.push((content.name.clone(), bytes));
            }
            pack(files).map_err(|why| {
                let message = format!("{} cannot be put together: {why}", artefact.owner.words());
                about(artefact, &codes::publish::FILE_NOT_PUBLISHABLE, message)
                    .help("take out the file that it names, or make it smaller")
            })
        }
    }
}

/// The bytes of a file of the folder as they are published.
fn treated(artefact: &Artefact, file: &DiskFile, treat: Treatment, site: &Site) -> Result<Vec<u8>, Diagnostic> {
    let bytes = fs::read(&file.location).map_err(|error| not_readable(artefact, file, &error))?;
    let extension = file.location.extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
    treat(bytes, &extension).map_err(|why| match &artefact.owner.source {
        Some(source) => pictures::not_publishable("the file", source, &why, site),
        None => {
            let message = format!("{} cannot be published: {why}", artefact.owner.words());
            about(artefact, &codes::publish::FILE_NOT_PUBLISHABLE, message)
        }
    })
}

fn not_readable(artefact: &Artefact, file: &DiskFile, error: &std::io::Error) -> Diagnostic {
    let message = format!("{} cannot be read: {error}", file.location.display());
    about(artefact, &codes::publish::FILE_NOT_READABLE, message)
        .help("check that the file is still there and that you may open it, then build again")
}

enum Made {
    Same(FileState, Fingerprint),
    New(Vec<u8>, Fingerprint),
}

/// Compares what was made with what is in its place.
fn compare(due: &Due<'_>, bytes: Vec<u8>, disk: &Disk, may_overwrite: bool) -> Result<Made, Diagnostic> {
    let content = Fingerprint::of_bytes(&bytes);
    let Found::File(file) = due.found else { return Ok(Made::New(bytes, content)) };
    let is_same = match due.record() {
        Some(record) if due.is_untouched() => record.content == content,
        _ => file.length == bytes.len() as u64 && disk.read(due.path()).is_ok_and(|old| old.as_ref() == Some(&bytes)),
    };
    match due.listed {
        _ if is_same => Ok(Made::Same(file, content)),
        None if !may_overwrite => Err(ways::taken(due, due.path())),
        _ => Ok(Made::New(bytes, content)),
    }
}
