//! The page that says how to get the site's events into a calendar, and its news into a reader.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::outputs::frame::{self, Frame};
use crate::outputs::trail;
use crate::site::Site;
use crate::theme::Theme;

/// The page, where there is anything to subscribe to.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let url = site.view.sections.subscribe.as_ref();
    let page = url.map(|url| frame::artefact(site, url, Owner::named("the subscribe page"), (), prepare));
    page.into_iter().collect()
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let url = site.view.sections.subscribe.clone().unwrap_or_default();
    let title = "Get our events in your calendar".to_owned();
    let summary = "How to see our events in your phone's calendar, and our news in a feed reader.".to_owned();
    let mut frame = Frame::new(site, "page", title, summary, url);
    frame.breadcrumbs = trail(site, Vec::new());
    let parts = Parts::default().with("its place among other pages", frame::fingerprint(&frame));
    let make = |frame: &Frame<'_>, theme: &Theme| {
        theme.render("subscribe.html", &frame::context(&frame.view(Vec::new())), &frame.url)
    };
    frame::prepared(site, "subscribe.html", parts, frame, make)
}
