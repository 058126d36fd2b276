//! Pictures in their sizes, and pictures of words: encoded once, and kept beside the content for the builds to come.
//!
//! 1. What was encoded lies in `.fingerpost-cache/pictures/` under the name that it has in the site. That name holds a
//!    hash of the picture and its treatment, so what lies there is right, or is not there. What was drawn has a name
//!    with a hash of the program and of what is drawn.
//! 2. Where one variant is wanting, the picture is decoded and all its variants are made.
//! 3. Large pictures are decoded one at a time, in all processes that build this site: a lock on a file sees to it.
//! 4. `prune` removes what the site does not show any more, as soon as a build has been published.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::artefact::{Artefact, Make, Making, Parts, Planned, Stage};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::hash::{Fingerprint, lasting_name};
use crate::media::resize::{self, Small};
use crate::media::variants::{self, Variant};
use crate::path::{OutputPath, SourcePath};
use crate::site::{Page, Publishing, Site, SitePicture};
use crate::view::PictureView;

use super::diff::Due;

const FOLDER: &str = "pictures";
const LOCK: &str = "lock";
/// What tells backups (bford.info/cachedir) and git to pass the folder over.
const SIGNS: [(&str, &str); 2] =
    [("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"), (".gitignore", "*\n")];
/// Pixels from which a picture is large: 3 bytes each while it is decoded.
const LARGE: u64 = 16_000_000;

/// The folder beside `content/` in which builds keep what they have worked out; it is made where it is absent.
///
/// Errors: what the disk says.
pub fn kept_folder(root: &Path) -> io::Result<PathBuf> {
    let folder = root.join(".fingerpost-cache");
    if !folder.is_dir() {
        fs::create_dir_all(&folder)?;
        for (name, text) in SIGNS {
            fs::write(folder.join(name), text)?;
        }
    }
    Ok(folder)
}

/// One size of a picture, kept or made.
///
/// Errors: why the picture cannot be published, as the second half of a sentence.
pub fn bytes(picture: &SitePicture, path: &OutputPath, root: &Path) -> Result<Vec<u8>, String> {
    if let Some(bytes) = kept(&root.join(".fingerpost-cache").join(FOLDER), path.file_name()) {
        return Ok(bytes);
    }
    let made = encode(picture, root)?;
    let wanted = made.into_iter().find(|(made, _)| *made == path);
    wanted.map(|(_, bytes)| bytes).ok_or_else(|| "it changed while the site was made; build again".to_owned())
}

/// Encodes the pictures of which anything is due and wanting, each once; names those that cannot be published.
pub fn ready(due: &[Due<'_>], planned: &Planned) -> Vec<(SourcePath, Diagnostic)> {
    let due: BTreeSet<&OutputPath> = due.iter().map(|due| &due.artefact.path).collect();
    all_ready(planned, |path| due.contains(path))
}

/// The same for every picture of the site of which `is_wanted` names a file.
pub fn all_ready(planned: &Planned, is_wanted: impl Fn(&OutputPath) -> bool + Sync) -> Vec<(SourcePath, Diagnostic)> {
    let site = &planned.site;
    let root = &site.texts.root;
    let kept = root.join(".fingerpost-cache").join(FOLDER);
    let is_wanting = |(path, publishing): &(OutputPath, Publishing)| {
        matches!(publishing, Publishing::Encoded(_)) && is_wanted(path) && !kept.join(path.file_name()).is_file()
    };
    let wanting: Vec<&SitePicture> =
        site.pictures.iter().filter(|picture| picture.variants.iter().any(is_wanting)).collect();
    let fault = |picture: &&SitePicture| {
        let why = encode(picture, root).err()?;
        Some((picture.source.clone(), not_publishable("the picture", &picture.source, &why, site)))
    };
    wanting.par_iter().filter_map(fault).collect()
}

/// Makes every variant of a picture and keeps it. A folder that may not be written only makes the next build slower.
fn encode<'p>(picture: &'p SitePicture, root: &Path) -> Result<Vec<(&'p OutputPath, Vec<u8>)>, String> {
    let wanted: Vec<(&OutputPath, Variant)> = picture
        .variants
        .iter()
        .filter_map(|(path, publishing)| match publishing {
            Publishing::Encoded(variant) => Some((path, *variant)),
            Publishing::Cleaned => None,
        })
        .collect();
    let folder = kept_folder(root).map(|folder| folder.join(FOLDER)).and_then(|folder| {
        fs::create_dir_all(&folder)?;
        Ok(folder)
    });
    let small = shrunk(picture, &wanted, folder.as_deref().ok())?;
    let variants: Vec<Variant> = wanted.iter().map(|(_, variant)| *variant).collect();
    let made: Vec<_> = wanted.into_iter().map(|(path, _)| path).zip(small.encode(&variants)?).collect();
    if let Ok(folder) = folder {
        for (path, bytes) in &made {
            let _ = keep(&folder, path.file_name(), bytes);
        }
    }
    Ok(made)
}

/// The picture no larger than its widest variant. Nothing in here waits for another thread: it may hold the lock.
fn shrunk(picture: &SitePicture, wanted: &[(&OutputPath, Variant)], folder: Option<&Path>) -> Result<Small, String> {
    let (width, height) = picture.file.size_px.unwrap_or_default();
    let is_large = u64::from(width) * u64::from(height) >= LARGE;
    let lock = folder.filter(|_| is_large).and_then(|folder| File::create(folder.join(LOCK)).ok());
    // The lock goes with the file, whatever happens.
    let _held = lock.filter(|lock| lock.lock().is_ok());
    let size = if wanted.is_empty() { (width, height) } else { variants::largest((width, height)) };
    let bytes = fs::read(&picture.file.location).map_err(|error| format!("it cannot be read ({error})"))?;
    resize::shrink(bytes, size)
}

/// What was kept under that name; a file without bytes is what a machine that stopped left behind.
fn kept(folder: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(folder.join(name)).ok().filter(|bytes| !bytes.is_empty())
}

fn keep(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Two processes may make the same picture; each moves a whole file to its place.
    let new = folder.join(format!("{name}.{}.new", std::process::id()));
    fs::write(&new, bytes)?;
    fs::rename(new, folder.join(name))
}

/// A picture that is drawn of words, kept or made.
///
/// Reports: what `make` says.
pub fn drawn(parts: &Parts, make: &dyn Make, artefact: &Artefact, planned: &Planned) -> Result<Vec<u8>, Diagnostic> {
    let folder = planned.site.texts.root.join(".fingerpost-cache").join(FOLDER);
    let name = drawn_name(parts, artefact, planned);
    if let Some(bytes) = kept(&folder, &name) {
        return Ok(bytes);
    }
    let bytes = make.make(&planned.theme)?;
    if kept_folder(&planned.site.texts.root).and_then(|_| fs::create_dir_all(&folder)).is_ok() {
        let _ = keep(&folder, &name, &bytes);
    }
    Ok(bytes)
}

/// `share-card.0123456789abcdef0123.png`
fn drawn_name(parts: &Parts, artefact: &Artefact, planned: &Planned) -> String {
    let file_name = artefact.path.file_name();
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let of = Fingerprint::of(&(planned.program, parts));
    format!("{stem}.{}.{extension}", lasting_name(of.to_string().as_bytes(), 20))
}

/// Removes what the site does not show: a picture whose story was withdrawn must not stay anywhere.
pub fn prune(planned: &Planned) {
    let site = &planned.site;
    let folder = site.texts.root.join(".fingerpost-cache").join(FOLDER);
    let Ok(entries) = fs::read_dir(&folder) else { return };
    let encoded = site.pictures.iter().flat_map(|picture| &picture.variants).map(|(path, _)| path.file_name());
    let drawn = |artefact: &Artefact| {
        let prepared = artefact.prepare(site);
        matches!(prepared.making, Making::Drawn(_)).then(|| Cow::Owned(drawn_name(&prepared.parts, artefact, planned)))
    };
    let assets = planned.plan.artefacts.values().filter(|artefact| artefact.stage == Stage::Asset);
    let names: BTreeSet<Cow<'_, str>> = encoded.map(Cow::Borrowed).chain(assets.filter_map(drawn)).collect();
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.to_str().is_none_or(|name| name != LOCK && !names.contains(name)) {
            // What cannot be removed now is tried again after the next build.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// `publish/file-not-publishable`, at the place that shows the picture, where there is one; `what` says what
/// the file is.
pub fn not_publishable(what: &str, source: &SourcePath, why: &str, site: &Site) -> Diagnostic {
    let message = format!("{what} {source} cannot be published: {why}");
    let place = shown_at(source, site).unwrap_or_else(|| Place::file(source));
    Diagnostic::new(&codes::publish::FILE_NOT_PUBLISHABLE, place, message)
        .help("save it again as JPEG, PNG or WebP, or take it out of the site's folder")
}

/// The first place that shows a picture, in the order of the pages.
fn shown_at(source: &SourcePath, site: &Site) -> Option<Place> {
    let picture = site.pictures.iter().find(|picture| picture.source == *source);
    let own = format!("{}{}", site.config.base_path, crate::path::encode(source.in_content()));
    let is_it = |view: &PictureView| {
        let is_variant = |picture: &SitePicture| {
            picture.variants.iter().any(|(path, _)| view.url.ends_with(&crate::path::encode(path.as_str())))
        };
        view.url == own || picture.is_some_and(is_variant)
    };
    let place = |page: &Page| {
        let document = &page.document;
        let written = page.pictures.iter().zip(&document.body.pictures).map(|(view, picture)| (view.as_ref(), picture));
        let image = document.meta.image.iter().map(|picture| (page.image.as_deref(), picture));
        let mut all = image.chain(written);
        let (_, picture) = all.find(|(view, _)| view.is_some_and(is_it))?;
        Some(Place::new(&document.path, picture.place.clone()))
    };
    site.pages.iter().filter(|page| page.shown.contains(source)).find_map(|page| place(page))
}
