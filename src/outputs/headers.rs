//! `_headers`: what hosts that read it (Netlify, Cloudflare Pages and others) send with every file.
//!
//! docs/hosting.md says the same for nginx, Apache and object stores; tests/hosting tries both in the real servers.

use std::fmt::Write;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::hash::Fingerprint;
use crate::outputs::json_feed::FEEDS;
use crate::path::OutputPath;
use crate::site::Site;

/// What every answer says. The site holds no script, style, form or frame of anybody else, and none within its pages,
/// so the policy can forbid them all (W3C Content Security Policy 3).
pub const SECURITY: [(&str, &str); 6] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// What stands below `assets/` has a hash of its content in its name.
const FOR_EVER: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");
/// Calendars, feeds and data are asked for often, and may be an hour old.
const FOR_AN_HOUR: (&str, &str) = ("Cache-Control", "public, max-age=3600");
/// Calendars, feeds and data may be read by programs on other sites.
const FOR_ALL: (&str, &str) = ("Access-Control-Allow-Origin", "*");

pub fn plan(_: &Site) -> Vec<Artefact> {
    let owner = Owner::named("the file that tells hosts what to send");
    vec![Artefact::new(OutputPath::from("_headers"), owner, Stage::Data, (), prepare)]
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let text = text(site);
    let parts = Parts::default().with("the feeds of the site", Fingerprint::of_bytes(text.as_bytes()));
    Prepared::new(parts, Vec::new(), text, |text, _| Ok(text.clone().into_bytes()))
}

fn text(site: &Site) -> String {
    let base_path = &site.config.base_path;
    let mut text = String::new();
    let mut rule = |pattern: &str, headers: &[(&str, &str)]| {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{pattern}");
        for (name, value) in headers {
            let _ = writeln!(text, "  {name}: {value}");
        }
    };
    rule(&format!("{base_path}*"), &SECURITY);
    rule(&format!("{base_path}assets/*"), &[FOR_EVER]);
    rule(&format!("{base_path}*.ics"), &[("Content-Type", "text/calendar; charset=utf-8"), FOR_AN_HOUR, FOR_ALL]);
    // Where two rules name one header, some hosts send both values: so no rule for all files says how long they are kept.
    for extension in ["json", "xml"] {
        rule(&format!("{base_path}*.{extension}"), &[FOR_AN_HOUR, FOR_ALL]);
    }
    rule(&format!("{base_path}*.webmanifest"), &[("Content-Type", "application/manifest+json")]);
    for (_, path) in FEEDS.iter().filter(|(kind, _)| !site.section(*kind).is_empty()) {
        rule(&format!("{base_path}{path}"), &[("Content-Type", "application/feed+json; charset=utf-8")]);
    }
    for feed in site.view.feeds.iter().filter(|feed| feed.media_type == "application/rss+xml") {
        rule(&feed.url, &[("Content-Type", "application/rss+xml; charset=utf-8")]);
    }
    text
}
