//! `404.html`: what a host shows for an address that does not exist.

use crate::artefact::{Artefact, Parts};
use crate::outputs::frame::{self, Frame};
use crate::site::Site;

pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    let url = format!("{}404.html", site.config.base_path);
    let summary = "There is no page at this address.".to_owned();
    let mut frame = Frame::new(site, "not-found", "We cannot find that page".to_owned(), summary, url.clone());
    frame.is_indexed = false;
    let parts = Parts::default().with("its place among other pages", frame::fingerprint(&frame));
    let make = |frame: &Frame<'_>, theme: &crate::theme::Theme| {
        theme.render("not-found.html", &frame::context(&frame.view(Vec::new())), &frame.url)
    };
    vec![frame::artefact(site, &url, frame::owner("the not-found page"), "not-found.html", parts, frame, make)]
}
