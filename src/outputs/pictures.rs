//! Pictures in the sizes in which pages show them, with hashes in their names.

use crate::artefact::{Artefact, Making, Owner, Parts, Prepared, Stage};
use crate::hash::Fingerprint;
use crate::media;
use crate::site::{Publishing, Site};

pub fn plan(site: &Site) -> Vec<Artefact> {
    let mut artefacts = Vec::new();
    for (at, picture) in site.pictures.iter().enumerate() {
        for (number, (path, _)) in picture.variants.iter().enumerate() {
            let owner = Owner::file("the picture", &picture.source);
            artefacts.push(Artefact::new(path.clone(), owner, Stage::Asset, (at, number), prepare));
        }
    }
    artefacts
}

fn prepare<'s>(site: &'s Site, (at, number): &(usize, usize)) -> Prepared<'s> {
    let picture = &site.pictures[*at];
    let (path, publishing) = &picture.variants[*number];
    let parts = Parts::default().with("the picture itself", picture.fingerprint);
    match publishing {
        Publishing::Cleaned => Prepared::copy(parts, &picture.file, media::clean),
        Publishing::Encoded(variant) => Prepared {
            parts: parts.with("its size", Fingerprint::of(variant)),
            templates: Vec::new(),
            making: Making::Encoded { picture, path },
        },
    }
}
