//! Older addresses: pages that lead on to newer ones, for hosts that know no redirects of their own.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::outputs::frame::{self, Frame};
use crate::path::absolute;
use crate::site::Site;
use crate::theme::Theme;

struct RedirectView<'s> {
    frame: Frame<'s>,
    target: String,
    target_path: &'s str,
}

/// The pages at older addresses; calendars that moved are served there whole (`calendars`).
pub fn plan(site: &Site) -> Vec<Artefact> {
    site.redirects
        .iter()
        .enumerate()
        .filter(|(_, redirect)| site.calendar_moved(redirect).is_none())
        .map(|(at, redirect)| {
            let owner = Owner::at("the redirect of", &redirect.place);
            frame::artefact(site, &redirect.from, owner, at, prepare)
        })
        .collect()
}

fn prepare<'s>(site: &'s Site, at: &usize) -> Prepared<'s> {
    let redirect = &site.redirects[*at];
    let words = &site.config.words;
    let (title, summary) = (words.text("titles.moved").to_owned(), words.text("summaries.moved").to_owned());
    let mut frame = Frame::new(site, "redirect", title, summary, redirect.from.clone());
    frame.is_indexed = false;
    let target = absolute(&site.config.origin, &redirect.to);
    let parts = Parts::default()
        .with("the address that it leads to", Fingerprint::of(&target))
        .with("its place among other pages", frame::fingerprint(&frame));
    let view = RedirectView { frame, target, target_path: &redirect.to };
    frame::prepared(site, "redirect.html", parts, view, make)
}

fn make(view: &RedirectView<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let mut context = frame::context(&view.frame.view(Vec::new()));
    context.insert("target", &view.target);
    context.insert("target_path", view.target_path);
    theme.render("redirect.html", &context, &view.frame.url)
}
