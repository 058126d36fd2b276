//! The theme's style sheets, fonts and pictures, with content hashes in their names.

use std::sync::Arc;

use crate::artefact::{Artefact, Parts, Recipe, Stage};
use crate::outputs::frame;
use crate::site::Site;

pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    site.assets
        .iter()
        .map(|(name, asset)| Artefact {
            path: asset.path.clone(),
            owner: match &asset.source {
                Some(source) => frame::owner_of("the asset", source),
                None => frame::owner(format!("the built-in asset {name}")),
            },
            stage: Stage::Asset,
            recipe: Recipe::new(Arc::clone(&asset.bytes), |bytes, _| Ok(bytes.to_vec())),
            parts: Parts::default().with("the asset itself", asset.fingerprint),
            templates: Vec::new(),
        })
        .collect()
}
