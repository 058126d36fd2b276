//! What is known of pictures, so that each is read once and not at every build.
//!
//! 1. The fingerprint of a picture is that of all its bytes, and its first bytes say its size and how it is treated. A
//!    drawing is taken apart to see what it loses.
//! 2. What was learnt is kept with the length, the time of change and the number on the disk that the file had then.
//! 3. A later process that finds the file so takes what was kept, and does not read it.
//!
//! **Invariant:** a picture is kept only if somebody who knows the site says so: a picture can tell whose story it was.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::hash::Fingerprint;
use crate::media;
use crate::media::variants::Form;
use crate::path::SourcePath;
use crate::source::{Content, DiskFile, Source};

use super::{FileCache, Stamp, read};

/// A picture's size stands in its first bytes, mostly.
const HEADER_BYTES: u64 = 64 * 1024;
/// What is read of a picture whose size does not stand there.
const MOST_HEADER_BYTES: u64 = 32 * 1024 * 1024;

/// What was learnt of pictures, by path.
pub type Pictures = BTreeMap<SourcePath, Picture>;

/// What was learnt of a picture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// Of the length, the time of change and the number that its file had.
    seen: Fingerprint,
    /// Of its bytes.
    fingerprint: Fingerprint,
    size_px: Option<(u32, u32)>,
    form: Option<Form>,
    removed: Box<[String]>,
}

/// Whether a file's name says that it is a picture.
pub fn is_picture(path: &SourcePath) -> bool {
    matches!(path.extension().as_str(), "jpg" | "jpeg" | "jfif" | "png" | "webp" | "gif" | "avif" | "svg")
}

/// The source of a picture, from what is known of it where that is still so, or from its bytes.
pub fn load(path: &SourcePath, file: DiskFile, stamp: Stamp, known: Option<&Picture>) -> anyhow::Result<Source> {
    let seen = stamp.fingerprint();
    let picture = match known.filter(|known| known.seen == seen) {
        Some(known) => known.clone(),
        None if path.extension() == "svg" => drawing(&file.location, seen)?,
        None => raster(&file.location, seen)?,
    };
    let Picture { fingerprint, size_px, form, removed, .. } = picture;
    let content = Content::OnDisk(DiskFile { size_px, form, removed, ..file });
    Ok(Source { path: path.clone(), fingerprint, content })
}

impl FileCache {
    /// With what an earlier process learnt of pictures.
    pub fn of(pictures: Pictures) -> Self {
        FileCache { pictures, ..FileCache::default() }
    }

    /// What a later process may be told of pictures.
    pub fn pictures(&self, may_be_kept: impl Fn(&SourcePath) -> bool) -> Pictures {
        let picture = |(path, stamp): (&SourcePath, &Stamp)| {
            let source = self.sources.others.get(path)?;
            let Content::OnDisk(file) = &source.content else { return None };
            let DiskFile { size_px, form, ref removed, .. } = *file;
            let seen = stamp.fingerprint();
            let picture = Picture { seen, fingerprint: source.fingerprint, size_px, form, removed: removed.clone() };
            Some((path.clone(), picture))
        };
        self.stamps.iter().filter(|(path, _)| is_picture(path) && may_be_kept(path)).filter_map(picture).collect()
    }
}

fn drawing(location: &Path, seen: Fingerprint) -> anyhow::Result<Picture> {
    let bytes = read(location)?;
    let cleaned = media::svg::clean(&bytes);
    let form = cleaned.is_ok().then_some(Form::Drawing);
    let removed = cleaned.map(|(_, removed)| removed.into()).unwrap_or_default();
    let size_px = media::svg::size_px(&bytes);
    Ok(Picture { seen, fingerprint: Fingerprint::of_bytes(&bytes), size_px, form, removed })
}

/// It may be large, so it is never held as a whole.
fn raster(location: &Path, seen: Fingerprint) -> anyhow::Result<Picture> {
    let cannot_read = || format!("cannot read {}", location.display());
    let mut header = Vec::new();
    let mut file = fs::File::open(location).with_context(cannot_read)?;
    file.by_ref().take(HEADER_BYTES).read_to_end(&mut header).with_context(cannot_read)?;
    if media::wants_more(&header) {
        file.by_ref().take(MOST_HEADER_BYTES).read_to_end(&mut header).with_context(cannot_read)?;
    }
    let fingerprint = Fingerprint::of_stream(&header, file).with_context(cannot_read)?;
    let (size_px, form) = (media::size_px(&header), media::variants::form(&header));
    Ok(Picture { seen, fingerprint, size_px, form, removed: Box::default() })
}
