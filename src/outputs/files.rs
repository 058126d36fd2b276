//! Pictures and other files that pages show or link, without what cameras and editors hid in them.

use crate::artefact::{Artefact, Parts, Recipe, Stage};
use crate::media;
use crate::outputs::frame;
use crate::site::Site;
use crate::source::DiskFile;

pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    site.files
        .iter()
        .map(|file| Artefact {
            path: file.path.clone(),
            owner: frame::owner_of("the file", &file.source),
            stage: Stage::Asset,
            recipe: Recipe::Copied { file: &file.file, treat },
            parts: Parts::default().with("the file itself", file.fingerprint),
            templates: Vec::new(),
        })
        .collect()
}

fn treat(bytes: Vec<u8>, file: &DiskFile) -> Result<Vec<u8>, String> {
    let extension = file.location.extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
    media::without_metadata(bytes, &extension)
}
