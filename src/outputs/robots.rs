//! `robots.txt` (RFC 9309): everything may be read; the sitemap is named.

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::hash::Fingerprint;
use crate::path::OutputPath;
use crate::site::Site;

pub fn plan(_: &Site) -> Vec<Artefact> {
    vec![Artefact::new(OutputPath::from("robots.txt"), Owner::named("robots.txt"), Stage::Data, (), prepare)]
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let sitemap = format!("{}{}sitemap.xml", site.config.origin, site.config.base_path);
    let parts = Parts::default().with("the address of the sitemap", Fingerprint::of(&sitemap));
    Prepared::new(parts, Vec::new(), sitemap, |sitemap, _| {
        Ok(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into())
    })
}
