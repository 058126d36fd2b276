//! Pictures for link previews, made of a page's words: what it is, when, and whose.

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::hash::Fingerprint;
use crate::media::draw::DRAWING;
use crate::outputs::frame;
use crate::outputs::share::{self, FILE};
use crate::site::{PageId, Site};

pub fn plan(site: &Site) -> Vec<Artefact> {
    site.share_cards
        .iter()
        .map(|&id| {
            let page = &site.pages[id];
            let owner = Owner::file("the picture for link previews of", &page.document.path);
            let path = frame::output_path(site, &format!("{}{FILE}", page.url));
            Artefact::new(path, owner, Stage::Asset, id, prepare)
        })
        .collect()
}

fn prepare<'s>(site: &'s Site, id: &PageId) -> Prepared<'s> {
    let card = share::card(site, &site.pages[*id]);
    let parts = Parts::default().with("its title, its date and whose it is", Fingerprint::of(&(&card, DRAWING)));
    Prepared::new(parts, Vec::new(), card, |card, _| Ok(share::draw(card)))
}
