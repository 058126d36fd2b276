//! The page that says how to get the site's events into a calendar, and its news into a reader.

use crate::artefact::{Artefact, Parts};
use crate::outputs::frame::{self, Frame};
use crate::outputs::trail;
use crate::site::Site;

/// The page, where there is anything to subscribe to.
pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    let Some(url) = &site.view.sections.subscribe else { return Vec::new() };
    let title = "Get our events in your calendar".to_owned();
    let summary = "How to see our events in your phone's calendar, and our news in a feed reader.".to_owned();
    let mut frame = Frame::new(site, "page", title, summary, url.clone());
    frame.breadcrumbs = trail(site, Vec::new());
    let parts = Parts::default().with("its place among other pages", frame::fingerprint(&frame));
    let make = |frame: &Frame<'_>, theme: &crate::theme::Theme| {
        theme.render("subscribe.html", &frame::context(&frame.view(Vec::new())), &frame.url)
    };
    vec![frame::artefact(site, url, frame::owner("the subscribe page"), "subscribe.html", parts, frame, make)]
}
