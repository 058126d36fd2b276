//! Pictures for link previews, made of a page's words: what it is, when, and whose.

use std::collections::BTreeMap;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::hash::Fingerprint;
use crate::media::draw::DRAWING;
use crate::outputs::frame;
use crate::outputs::share::{self, FILE};
use crate::site::{PageId, Site};

pub fn plan(site: &Site) -> Vec<Artefact> {
    // Two pages at one address are a mistake that their own artefacts show.
    let by_address: BTreeMap<&str, PageId> =
        site.share_cards.iter().map(|&id| (site.pages[id].url.as_str(), id)).collect();
    by_address
        .into_iter()
        .map(|(url, id)| {
            let owner = Owner::file("the picture for link previews of", &site.pages[id].document.path);
            let path = frame::output_path(site, &format!("{url}{FILE}"));
            Artefact::new(path, owner, Stage::Asset, id, prepare)
        })
        .collect()
}

fn prepare<'s>(site: &'s Site, id: &PageId) -> Prepared<'s> {
    let card = share::card(site, &site.pages[*id]);
    let parts = Parts::default().with("its title, its date and whose it is", Fingerprint::of(&(&card, DRAWING)));
    Prepared::drawn(parts, card, |card, _| Ok(share::draw(card)))
}
