//! What a build leaves for the next one.
//!
//! 1. `.fingerpost-cache/` beside `content/` is only ever a shortcut: take it away, and the next build makes the same
//!    site. It is never published, and nothing in it is from a story or was marked private.
//! 2. `content/calendar-history.txt` is part of the content (`calendar::history`): what calendars were told.

#![allow(clippy::disallowed_methods, reason = "keeps files between builds")]

use std::fs;
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::config::HISTORY_FILE;
use crate::hash::Fingerprint;
use crate::parse::ParseCache;
use crate::publish;

const FOLDER: &str = ".fingerpost-cache";

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
        let new = folder.join(format!("{}.new", name(number)));
        fs::write(&new, bytes)?;
        fs::rename(new, folder.join(name(number)))
    })
}

/// Notes what calendars were told; a file that says so already is not written. Errors: what the disk says.
pub fn keep_history(root: &Path, text: &str) -> std::io::Result<()> {
    let place = root.join(HISTORY_FILE);
    if fs::read(&place).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    let new = place.with_extension("tmp");
    fs::write(&new, text)?;
    fs::rename(new, place)
}

fn name(number: usize) -> String {
    format!("parsed-{number:02}")
}
