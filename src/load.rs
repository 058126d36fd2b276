//! Project folder -> Sources.
//!
//! 1. Walks `content/` and `themes/` in the order of names; hidden files and editors' left-overs are
//!    passed over.
//! 2. Reads settings, templates, calendars and the assets of themes; `pictures` are read for their size and for the
//!    fingerprint that their addresses have, and not held. Documents and everything else stay on disk.
//! 3. `text` reads a document when it is parsed or shown.
//!
//! **Incremental:** a file whose length and time of change are those of the last run is not read again.
//! Whoever watches the folder may say where to look; the rest is then taken to be as it was. A file that is
//! named there is read again whatever its time says: clocks of file systems tick slowly, so two changes that
//! follow each other closely can have the same time.

#![allow(clippy::disallowed_methods, reason = "reads the project folder")]

mod pictures;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Context;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use walkdir::{DirEntry, WalkDir};

use crate::calendar;
use crate::codes;
use crate::config::HISTORY_FILE;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::hash::Fingerprint;
use crate::path::SourcePath;
use crate::source::{Content, DiskFile, DocumentText, Source, Sources};

pub use pictures::{Picture, Pictures};

/// Where files may have changed since the last run of this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Everywhere,
    /// At these files and folders, with all that is in them.
    At(BTreeSet<PathBuf>),
}

/// What was read in earlier runs of this process.
#[derive(Debug, Default)]
pub struct FileCache {
    sources: Sources,
    stamps: BTreeMap<SourcePath, Stamp>,
    faults: BTreeMap<SourcePath, Vec<Diagnostic>>,
    /// What an earlier process learnt.
    pictures: Pictures,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stamp {
    length: u64,
    modified: SystemTime,
    /// Which file of the disk it is, where the system tells: a folder that took another one's name may hold
    /// files of the same lengths and times.
    file: Option<u64>,
}

/// The folders of a project that hold sources.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// The sources of a project.
///
/// Reports: `page/not-utf-8` for settings, templates and calendars. Errors: a folder or file that may not
/// be read.
pub fn sources(root: &Path, look: &Look, cache: &mut FileCache, report: &mut Report) -> anyhow::Result<Sources> {
    let (found, gone) = match look {
        Look::Everywhere => everywhere(root, cache)?,
        Look::At(places) => at(root, places, cache)?,
    };
    let (stamps, pictures) = (&cache.stamps, &cache.pictures);
    let loaded: Vec<_> = found
        .par_iter()
        .map(|(path, location)| {
            let metadata = match fs::metadata(location) {
                // Files come and go while somebody works.
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                metadata => metadata.with_context(|| format!("cannot look at {}", location.display()))?,
            };
            let stamp = Stamp::of(&metadata);
            let is_told = matches!(look, Look::At(places) if places.contains(location));
            if !is_told && stamps.get(path) == Some(&stamp) {
                return Ok(None);
            }
            let picture = pictures.get(path).filter(|_| !is_told);
            load(path, location, stamp, picture).map(|(source, faults)| Some((stamp, source, faults)))
        })
        .collect::<anyhow::Result<_>>()?;
    let changed: Vec<_> = loaded.into_iter().flatten().collect();
    if !changed.is_empty() || !gone.is_empty() {
        for path in &gone {
            cache.sources.remove(path);
            cache.stamps.remove(path);
            cache.faults.remove(path);
        }
        for (stamp, source, faults) in changed {
            let path = source.path.clone();
            cache.stamps.insert(path.clone(), stamp);
            if faults.is_empty() {
                cache.faults.remove(&path);
            } else {
                cache.faults.insert(path.clone(), faults);
            }
            if !cache.sources.get(&path).is_some_and(|known| is_same(known, &source)) {
                cache.sources.insert(Arc::new(source));
            }
        }
    }
    report.extend(cache.faults.values().flatten().cloned());
    Ok(cache.sources.clone())
}

impl Stamp {
    fn of(metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let file = Some(std::os::unix::fs::MetadataExt::ino(metadata));
        #[cfg(not(unix))]
        let file = None;
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Stamp { length: metadata.len(), modified, file }
    }

    /// That of a document's source, too, of which nothing else is known before it is read.
    fn fingerprint(self) -> Fingerprint {
        Fingerprint::of(&self)
    }
}

/// Whether a source that was loaded again is what it was; of a document that shows when it is parsed.
fn is_same(known: &Source, source: &Source) -> bool {
    let is_same_content = match (&known.content, &source.content) {
        (Content::Text(_), Content::Text(_)) | (Content::Bytes(_), Content::Bytes(_)) => true,
        (Content::OnDisk(known), Content::OnDisk(file)) => known == file,
        _ => false,
    };
    is_same_content && known.fingerprint == source.fingerprint
}

/// The text of a document as it is now, decoded; nothing where its file has gone away.
///
/// Reports: `page/not-utf-8`. Errors: a file that may not be read.
pub fn document_text(source: &Source, file: &DiskFile) -> anyhow::Result<Option<DocumentText>> {
    let read = || -> std::io::Result<(Stamp, Vec<u8>)> {
        let mut opened = fs::File::open(&file.location)?;
        let metadata = opened.metadata()?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
        opened.read_to_end(&mut bytes)?;
        Ok((Stamp::of(&metadata), bytes))
    };
    match read() {
        Ok((stamp, bytes)) => {
            let (text, faults) = decode(&source.path, bytes);
            Ok(Some(DocumentText { text, faults, is_as_found: source.fingerprint == stamp.fingerprint() }))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.location.display())),
    }
}

/// The text of a document by its path; nothing where it cannot be read.
pub fn text_below(root: &Path, path: &SourcePath) -> Option<Arc<str>> {
    fs::read(root.join(path.as_str())).ok().map(|bytes| decode(path, bytes).0)
}

/// The text that messages about a source point into; nothing where there is none.
pub fn text_of(sources: &Sources, path: &SourcePath) -> Option<Arc<str>> {
    let source = sources.get(path)?;
    match &source.content {
        Content::Text(text) => Some(Arc::clone(text)),
        Content::Document(file) => document_text(source, file).ok()?.map(|read| read.text),
        Content::Bytes(_) | Content::OnDisk(_) => None,
    }
}

type Found = Vec<(SourcePath, PathBuf)>;

/// Every file that is there, and the paths of those that are not any more.
fn everywhere(root: &Path, cache: &FileCache) -> anyhow::Result<(Found, Vec<SourcePath>)> {
    let mut found = Vec::with_capacity(cache.stamps.len());
    for folder in FOLDERS {
        walk(root, &root.join(folder), &mut found)?;
    }
    if cache.stamps.is_empty() {
        return Ok((found, Vec::new()));
    }
    let here: BTreeSet<&SourcePath> = found.iter().map(|(path, _)| path).collect();
    let gone = cache.stamps.keys().filter(|path| !here.contains(path)).cloned().collect();
    Ok((found, gone))
}

/// The same for some places.
fn at(root: &Path, places: &BTreeSet<PathBuf>, cache: &FileCache) -> anyhow::Result<(Found, Vec<SourcePath>)> {
    let mut found = Vec::new();
    let mut gone = Vec::new();
    for place in places {
        let Some(path) = source_path(root, place).filter(is_source) else { continue };
        let before = found.len();
        walk(root, place, &mut found)?;
        let here: BTreeSet<&SourcePath> = found[before..].iter().map(|(path, _)| path).collect();
        let inside = format!("{path}/");
        let below = cache.stamps.range(SourcePath::new(inside.as_str())..).map(|(path, _)| path);
        let below = below.take_while(|path| path.as_str().starts_with(&inside));
        let known = cache.stamps.get_key_value(&path).map(|(path, _)| path).into_iter().chain(below);
        gone.extend(known.filter(|path| !here.contains(path)).cloned());
    }
    Ok((found, gone))
}

/// Adds a file, or all files of a folder in the order of names; nothing where there is neither.
fn walk(root: &Path, top: &Path, found: &mut Found) -> anyhow::Result<()> {
    for entry in WalkDir::new(top).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_wanted) {
        let entry = match entry {
            Err(error) if error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound) => continue,
            entry => entry.with_context(|| format!("cannot list {}", top.display()))?,
        };
        if entry.file_type().is_file()
            && let Some(path) = source_path(root, entry.path())
        {
            found.push((path, entry.into_path()));
        }
    }
    Ok(())
}

fn is_wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || is_wanted_name(&entry.file_name().to_string_lossy())
}

/// Whether a file or folder of that name is part of a site: not hidden, and no editor's or system's left-over.
pub fn is_wanted_name(name: &str) -> bool {
    let is_left_over = name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
        || name == "Thumbs.db"
        || name == "desktop.ini";
    !is_left_over
}

/// Whether a path lies where sources lie, and no part of it is hidden or an editor's.
fn is_source(path: &SourcePath) -> bool {
    let mut parts = path.as_str().split('/');
    parts.next().is_some_and(|top| FOLDERS.contains(&top)) && parts.all(is_wanted_name)
}

fn source_path(root: &Path, location: &Path) -> Option<SourcePath> {
    let inside = location.strip_prefix(root).ok()?.to_string_lossy();
    Some(SourcePath::new(if MAIN_SEPARATOR == '/' { inside.into_owned() } else { inside.replace(MAIN_SEPARATOR, "/") }))
}

fn load(
    path: &SourcePath,
    location: &Path,
    stamp: Stamp,
    picture: Option<&Picture>,
) -> anyhow::Result<(Source, Vec<Diagnostic>)> {
    let source = |fingerprint, content| Source { path: path.clone(), fingerprint, content };
    let is_asset = path.as_str().starts_with("themes/") && path.as_str().contains("/assets/");
    if is_asset {
        let bytes = read(location)?;
        return Ok((source(Fingerprint::of_bytes(&bytes), Content::Bytes(bytes.into())), Vec::new()));
    }
    if is_text(path) {
        let (text, faults) = decode(path, read(location)?);
        return Ok((source(Fingerprint::of_bytes(text.as_bytes()), Content::Text(text)), faults));
    }
    let file = || DiskFile {
        location: location.to_owned(),
        length: stamp.length,
        size_px: None,
        form: None,
        removed: Box::default(),
    };
    if is_document(path) {
        return Ok((source(stamp.fingerprint(), Content::Document(file())), Vec::new()));
    }
    if pictures::is_picture(path) {
        return Ok((pictures::load(path, file(), stamp, picture)?, Vec::new()));
    }
    Ok((source(Fingerprint::of(&(stamp.length, stamp.modified)), Content::OnDisk(file())), Vec::new()))
}

fn is_document(path: &SourcePath) -> bool {
    let is_markdown = || matches!(path.extension().as_str(), "md" | "markdown");
    path.is_calendar() || path.as_str().starts_with("content/") && is_markdown()
}

fn is_text(path: &SourcePath) -> bool {
    match path.extension().as_str() {
        "yaml" | "yml" if !path.as_str().starts_with("themes/") => path.folder() == "content",
        "txt" => path.as_str() == HISTORY_FILE,
        _ => path.as_str().starts_with("themes/"),
    }
}

fn read(location: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(location).with_context(|| format!("cannot read {}", location.display()))
}

fn decode(path: &SourcePath, bytes: Vec<u8>) -> (Arc<str>, Vec<Diagnostic>) {
    if path.is_calendar() {
        // Partners' programs write in whatever encoding they like.
        return (calendar::read::text(&bytes).into(), Vec::new());
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(text) => (text.into(), Vec::new()),
            None => (text.into(), Vec::new()),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            let place = Place::new(path, at..at);
            let fault = Diagnostic::new(
                &codes::page::NOT_UTF_8,
                place,
                "from this letter on, the file is saved in a way that we cannot read (it is not UTF-8)",
            );
            (text.into(), vec![fault.help("open it in your editor, choose “Save as” and there the encoding UTF-8")])
        }
    }
}
