//! `404.html`: what a host shows for an address that does not exist.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::outputs::frame::{self, Frame};
use crate::site::Site;
use crate::theme::Theme;

pub fn plan(site: &Site) -> Vec<Artefact> {
    vec![frame::artefact(site, &url(site), Owner::named("the not-found page"), (), prepare)]
}

fn url(site: &Site) -> String {
    format!("{}404.html", site.config.base_path)
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let words = &site.config.words;
    let summary = words.text("summaries.not_found").to_owned();
    let mut frame = Frame::new(site, "not-found", words.text("titles.not_found").to_owned(), summary, url(site));
    frame.is_indexed = false;
    let parts = Parts::default().with("its place among other pages", frame::fingerprint(&frame));
    let make = |frame: &Frame<'_>, theme: &Theme| {
        theme.render("not-found.html", &frame::context(&frame.view(Vec::new())), &frame.url)
    };
    frame::prepared(site, "not-found.html", parts, frame, make)
}
