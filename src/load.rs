//! Project folder -> Sources.
//!
//! 1. Walks `content/` and `themes/` in the order of names; hidden files and editors' left-overs are
//!    passed over.
//! 2. Reads text (Markdown, YAML, calendars, templates) and the assets of themes; of pictures it reads
//!    the header, for their size; everything else stays on disk.
//!
//! **Incremental:** a file whose length and time of change are those of the last run is not read again.

#![allow(clippy::disallowed_methods, reason = "reads the project folder")]

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Context;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use walkdir::{DirEntry, WalkDir};

use crate::codes;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::hash::Fingerprint;
use crate::media;
use crate::path::SourcePath;
use crate::source::{Content, DiskFile, Source, Sources};

/// What was read in earlier runs of this process.
#[derive(Debug, Default)]
pub struct FileCache(HashMap<PathBuf, (Stamp, Source, Vec<Diagnostic>)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: SystemTime,
}

/// A picture's size stands in its first bytes.
const HEADER_BYTES: u64 = 64 * 1024;

/// Reads the sources of a project.
///
/// Reports: `page/not-utf-8`. Errors: a folder or file that may not be read.
pub fn sources(root: &Path, cache: &mut FileCache, report: &mut Report) -> anyhow::Result<Sources> {
    let mut found = Vec::new();
    for folder in ["content", "themes"] {
        let top = root.join(folder);
        if !top.is_dir() {
            continue;
        }
        for entry in WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_wanted) {
            let entry = entry.with_context(|| format!("cannot list {}", top.display()))?;
            if entry.file_type().is_file() {
                found.push(entry);
            }
        }
    }
    let known = &cache.0;
    let loaded: Vec<_> = found
        .par_iter()
        .map(|entry| {
            let location = entry.path();
            let metadata = entry.metadata().with_context(|| format!("cannot look at {}", location.display()))?;
            let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let stamp = Stamp { length: metadata.len(), modified };
            match known.get(location) {
                Some(kept) if kept.0 == stamp => Ok(None),
                _ => load(root, location, stamp).map(|(source, faults)| Some((stamp, source, faults))),
            }
        })
        .collect::<anyhow::Result<_>>()?;
    let mut sources = Sources::default();
    let mut kept = HashMap::with_capacity(found.len());
    for (entry, loaded) in found.into_iter().zip(loaded) {
        let location = entry.into_path();
        let Some(file) = loaded.or_else(|| cache.0.remove(&location)) else { continue };
        report.extend(file.2.iter().cloned());
        sources.0.insert(file.1.path.clone(), file.1.clone());
        kept.insert(location, file);
    }
    cache.0 = kept;
    Ok(sources)
}

fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_left_over = name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
        || name == "Thumbs.db"
        || name == "desktop.ini";
    entry.depth() == 0 || !is_left_over
}

fn load(root: &Path, location: &Path, stamp: Stamp) -> anyhow::Result<(Source, Vec<Diagnostic>)> {
    let relative = location.strip_prefix(root).unwrap_or(location);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let path = SourcePath::new(parts.join("/"));
    let read = || fs::read(location).with_context(|| format!("cannot read {}", location.display()));
    let is_asset = path.as_str().starts_with("themes/") && path.as_str().contains("/assets/");
    if is_asset {
        let bytes = read()?;
        let fingerprint = Fingerprint::of_bytes(&bytes);
        return Ok((Source { path, fingerprint, content: Content::Bytes(bytes.into()) }, Vec::new()));
    }
    if is_text(&path) {
        let (text, faults) = decode(&path, read()?);
        let fingerprint = Fingerprint::of_bytes(text.as_bytes());
        return Ok((Source { path, fingerprint, content: Content::Text(text) }, faults));
    }
    let fingerprint = Fingerprint::of(&(stamp.length, stamp.modified));
    let size_px = if is_picture(&path) { read_size(location)? } else { None };
    let file = DiskFile { location: location.to_owned(), length: stamp.length, size_px };
    Ok((Source { path, fingerprint, content: Content::OnDisk(file) }, Vec::new()))
}

fn is_text(path: &SourcePath) -> bool {
    match path.extension().as_str() {
        "md" | "markdown" => true,
        "yaml" | "yml" => path.folder() == "content",
        "ics" => path.folder() == "content/calendars",
        _ => path.as_str().starts_with("themes/"),
    }
}

fn is_picture(path: &SourcePath) -> bool {
    matches!(path.extension().as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif" | "svg" | "avif")
}

fn read_size(location: &Path) -> anyhow::Result<Option<(u32, u32)>> {
    let mut header = Vec::new();
    let file = fs::File::open(location).with_context(|| format!("cannot read {}", location.display()))?;
    file.take(HEADER_BYTES).read_to_end(&mut header)?;
    Ok(media::size_px(&header))
}

fn decode(path: &SourcePath, bytes: Vec<u8>) -> (Arc<str>, Vec<Diagnostic>) {
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(text) => (text.into(), Vec::new()),
            None => (text.into(), Vec::new()),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            let place = Place::new(path, at..at);
            let fault = Diagnostic::new(&codes::page::NOT_UTF_8, place, "from here on the file is not UTF-8");
            (text.into(), vec![fault.help("open it in your editor and save it as UTF-8")])
        }
    }
}
