//! `robots.txt` (RFC 9309): everything may be read; the sitemap is named.

use crate::artefact::{Artefact, Parts, Recipe, Stage};
use crate::hash::Fingerprint;
use crate::outputs::frame;
use crate::path::OutputPath;
use crate::site::Site;

pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    let sitemap = format!("{}{}sitemap.xml", site.config.origin, site.config.base_path);
    vec![Artefact {
        path: OutputPath::from("robots.txt"),
        owner: frame::owner("robots.txt"),
        stage: Stage::Data,
        parts: Parts::default().with("the address of the sitemap", Fingerprint::of(&sitemap)),
        recipe: Recipe::new(
            sitemap,
            |sitemap, _| Ok(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into()),
        ),
        templates: Vec::new(),
    }]
}
