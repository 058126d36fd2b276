//! A page for each place of venues.yaml at which anything is: how to get there and in, and what is there.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::config::{Venue, phone};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{dated, trail};
use crate::site::{Page, PageId, Site, VenueList};
use crate::theme::Theme;
use crate::view::words::{access_words, venue_view};
use crate::view::{Card, ContactView, LinkView, VenuePageView, VenueView};
use crate::words::Words;

/// How many events that are over a page names.
const PAST_LIMIT: usize = 10;

struct VenuePage<'s> {
    frame: Frame<'s>,
    venue: &'s Venue,
    place: VenueView,
    words: &'s Words,
    events: Vec<&'s Card>,
    resources: Vec<&'s Card>,
    past_events: Vec<&'s Card>,
}

/// The pages of all places, in the order of their names.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let page = |(at, list): (usize, &VenueList)| {
        let owner = Owner::named(format!("the page of the place `{}` of venues.yaml", list.id));
        frame::artefact(site, &list.url, owner, at, prepare)
    };
    site.lists.venues.iter().enumerate().map(page).collect()
}

fn prepare<'s>(site: &'s Site, at: &usize) -> Prepared<'s> {
    let list = &site.lists.venues[*at];
    let venue = &site.config.venues[&list.id];
    let name = &venue.fields.name;
    let pages = |ids: &'s [PageId], limit: usize| -> Vec<&'s Page> {
        ids.iter().take(limit).map(|&id| site.pages[id].as_ref()).collect()
    };
    let events = pages(&list.coming, usize::MAX);
    let resources = pages(&list.resources, usize::MAX);
    let past_events = pages(&list.past, PAST_LIMIT);
    let words = &site.config.words;
    let summary = words.say("summaries.place", &[("place", name.into())]);
    let mut frame = Frame::new(site, "venue", name.clone(), summary, list.url.clone());
    frame.qualifier = Some(words.text("titles.place"));
    let overview = LinkView { title: words.text("titles.places").to_owned(), url: dated::places_url(site) };
    frame.breadcrumbs = trail(site, vec![overview]);
    let fingerprints = |pages: &[&Page]| pages.iter().map(|page| page.card_fingerprint).collect::<Vec<_>>();
    let listed = (fingerprints(&events), fingerprints(&resources), fingerprints(&past_events));
    let parts = Parts::default()
        .with("the pages that it lists", Fingerprint::of(&listed))
        .with("what venues.yaml says of it", Fingerprint::of(venue))
        .with("its place among other pages", frame::fingerprint(&frame));
    let cards = |pages: Vec<&'s Page>| pages.into_iter().map(|page| &page.card).collect();
    let view = VenuePage {
        frame,
        venue,
        place: venue_view(&site.config, &venue.fields),
        words,
        events: dated::cards(&events, Some(&list.url)),
        resources: cards(resources),
        past_events: cards(past_events),
    };
    frame::prepared(site, "venue.html", parts, view, make)
}

fn make(page: &VenuePage<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let fields = &page.venue.fields;
    let view = VenuePageView {
        place: page.place.clone(),
        contact: ContactView {
            phone: fields.phone.clone(),
            phone_link: fields.phone.as_deref().and_then(phone::link),
            website: fields.website.clone(),
            ..ContactView::default()
        },
        access: fields.access.iter().map(|fact| access_words(page.words, &fact.value)).collect(),
        events: page.events.clone(),
        resources: page.resources.clone(),
        past_events: page.past_events.clone(),
    };
    frame::render(theme, "venue.html", &page.frame.view(Vec::new()), "venue", &view)
}
