//! The theme's style sheets, fonts and pictures, with content hashes in their names.

use std::sync::Arc;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::site::Site;

pub fn plan(site: &Site) -> Vec<Artefact> {
    site.assets
        .iter()
        .map(|(name, asset)| {
            let owner = match &asset.source {
                Some(source) => Owner::file("the asset", source),
                None => Owner::named(format!("the built-in asset {name}")),
            };
            Artefact::new(asset.path.clone(), owner, Stage::Asset, name.clone(), prepare)
        })
        .collect()
}

fn prepare<'s>(site: &'s Site, name: &String) -> Prepared<'s> {
    let asset = &site.assets[name];
    let parts = Parts::default().with("the asset itself", asset.fingerprint);
    Prepared::new(parts, Vec::new(), Arc::clone(&asset.bytes), |bytes, _| Ok(bytes.to_vec()))
}
