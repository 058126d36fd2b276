//! What a build leaves for the next one.
//!
//! 1. `.fingerpost-cache/` beside `content/` is only ever a shortcut: take it away, and the next build makes the same
//!    site. It is never published, and nothing in it is from a story or was marked private, but for pictures and what is
//!    known of them as long as the site shows them.
//! 2. `content/calendar-history.txt` is part of the content (`calendar::history`): what calendars were told.

#![allow(clippy::disallowed_methods, reason = "keeps files between builds")]

use std::fs;
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::config::HISTORY_FILE;
use crate::hash::Fingerprint;
use crate::load::{FileCache, Pictures};
use crate::parse::ParseCache;
use crate::path::SourcePath;
use crate::publish;

const FOLDER: &str = ".fingerpost-cache";
const PICTURES: &str = "pictures-seen";

/// What the last build of this program learnt of pictures; nothing where it cannot be read.
pub fn recall_pictures(root: &Path, program: Fingerprint) -> FileCache {
    let read = || -> Option<(Fingerprint, Pictures)> {
        postcard::from_bytes(&fs::read(root.join(FOLDER).join(PICTURES)).ok()?).ok()
    };
    FileCache::of(read().filter(|(maker, _)| *maker == program).map(|(_, pictures)| pictures).unwrap_or_default())
}

/// Keeps what was learnt of pictures that `may_be_kept`, and nothing of all others. Errors: what the disk says.
pub fn keep_pictures(
    root: &Path,
    program: Fingerprint,
    files: &FileCache,
    may_be_kept: impl Fn(&SourcePath) -> bool,
) -> std::io::Result<()> {
    let pictures = files.pictures(may_be_kept);
    let place = root.join(FOLDER).join(PICTURES);
    if pictures.is_empty() {
        return if place.is_file() { fs::remove_file(place) } else { Ok(()) };
    }
    // What cannot be written as bytes is read again.
    let Ok(bytes) = postcard::to_stdvec(&(program, &pictures)) else { return Ok(()) };
    if fs::read(&place).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    publish::kept_folder(root)?;
    replace(&place, &bytes)
}

/// What the last build of this program parsed; nothing where it cannot be read.
pub fn recall(root: &Path, program: Fingerprint) -> ParseCache {
    let folder = root.join(FOLDER);
    let read = |number: usize| Some((number, fs::read(folder.join(name(number))).ok()?));
    ParseCache::recall((0..ParseCache::SHARDS).into_par_iter().filter_map(read).collect(), program)
}

/// Keeps what was parsed. Errors: what the disk says; the next build is slower then, and nothing else.
pub fn keep(root: &Path, program: Fingerprint, parsed: &mut ParseCache) -> std::io::Result<()> {
    let folder = root.join(FOLDER);
    parsed.changed_shards(program, |number, bytes| {
        publish::kept_folder(root)?;
        replace(&folder.join(name(number)), &bytes)
    })
}

/// Notes what calendars were told; a file that says so already is not written. Errors: what the disk says.
pub fn keep_history(root: &Path, text: &str) -> std::io::Result<()> {
    let place = root.join(HISTORY_FILE);
    if fs::read(&place).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    replace(&place, text.as_bytes())
}

/// Puts a whole file in the place of the last one. What lies beside it meanwhile is no source, by its name.
fn replace(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let new = place.with_extension("tmp");
    fs::write(&new, bytes)?;
    fs::rename(new, place)
}

fn name(number: usize) -> String {
    format!("parsed-{number:02}")
}
