//! A site that stands as a whole: nothing that it was made from has changed, so it need not even be planned.
//!
//! The manifest says of a site that was built without any problem what it was made from, and until when that
//! makes the same site. Where both are so still, only the files in the output folder are looked at.

use std::path::Path;

use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::hash::Fingerprint;

use super::Changes;
use super::disk::{Disk, Found};
use super::folder::{self, Folder};
use super::manifest::Manifest;

/// What a whole site was made from, and when it is seen so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Of the program, the options and every source.
    pub made_from: Fingerprint,
    pub from: Timestamp,
    /// The first moment of another site.
    pub until: Timestamp,
    pub pages: usize,
    /// What the summary says of pages that are held back; empty where none is.
    pub held_back: String,
}

/// Whether a site was built into a folder before.
pub fn holds_site(output: &Path) -> bool {
    matches!(folder::look(&Disk::new(output)), Ok(Folder::Ours(_)))
}

/// Says what a build would do where it would do nothing, without planning it; nothing where that is not known.
///
/// Errors: what the disk says.
pub fn stands(output: &Path, made_from: Fingerprint, now: Timestamp) -> anyhow::Result<Option<(Changes, String)>> {
    let disk = Disk::new(output);
    let Folder::Ours(text) = folder::look(&disk)? else { return Ok(None) };
    let Some(manifest) = Manifest::read(&text) else { return Ok(None) };
    let Some(whole) = manifest.whole.filter(|whole| whole.made_from == made_from) else { return Ok(None) };
    let is_its_time = whole.from <= now && now < whole.until;
    let is_there = || {
        manifest
            .entries
            .par_iter()
            .all(|entry| entry.record.as_ref().is_some_and(|record| disk.look(entry.path) == Found::File(record.file)))
    };
    if !is_its_time || folder::has_leftovers(&disk) || !is_there() {
        return Ok(None);
    }
    let changes = Changes { pages: whole.pages, kept: manifest.entries.len(), ..Changes::default() };
    Ok(Some((changes, whole.held_back)))
}
