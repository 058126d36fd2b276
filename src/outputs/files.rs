//! Pictures and other files that pages show or link, without what cameras and editors hid in them.

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::media;
use crate::site::Site;

pub fn plan(site: &Site) -> Vec<Artefact> {
    site.files
        .iter()
        .enumerate()
        .map(|(at, file)| {
            let owner = Owner::file("the file", &file.source);
            Artefact::new(file.path.clone(), owner, Stage::Asset, at, prepare)
        })
        .collect()
}

fn prepare<'s>(site: &'s Site, at: &usize) -> Prepared<'s> {
    let file = &site.files[*at];
    let parts = Parts::default().with("the file itself", file.fingerprint);
    Prepared::copy(parts, &file.file, media::clean)
}
