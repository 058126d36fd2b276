//! Older addresses: pages that lead on to newer ones, for hosts that know no redirects of their own.

use crate::artefact::{Artefact, Parts};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::outputs::frame::{self, Frame};
use crate::site::{Site, absolute};
use crate::theme::Theme;

struct RedirectView<'s> {
    frame: Frame<'s>,
    target: String,
    target_path: &'s str,
}

pub fn plan(site: &Site) -> Vec<Artefact<'_>> {
    site.redirects
        .iter()
        .map(|redirect| {
            let summary = "This page has moved.".to_owned();
            let mut frame =
                Frame::new(site, "redirect", "This page has moved".to_owned(), summary, redirect.from.clone());
            frame.is_indexed = false;
            let target = absolute(&site.config.origin, &redirect.to);
            let parts = Parts::default()
                .with("the address that it leads to", Fingerprint::of(&target))
                .with("its place among other pages", frame::fingerprint(&frame));
            let owner = frame::owner_of("the redirect of", &redirect.source);
            let view = RedirectView { frame, target, target_path: &redirect.to };
            frame::artefact(site, &redirect.from, owner, "redirect.html", parts, view, make)
        })
        .collect()
}

fn make(view: &RedirectView<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let mut context = frame::context(&view.frame.view(Vec::new()));
    context.insert("target", &view.target);
    context.insert("target_path", view.target_path);
    theme.render("redirect.html", &context, &view.frame.url)
}
