//! What stands at an address: the answer that a browser gets, and whether it is still the same.
//!
//! `version` is cheap and makes nothing; where it is equal, `answer` is equal.

use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use crate::hash::Fingerprint;
use crate::path::OutputPath;
use crate::site::{HeldBack, Reason};

use super::preview::{Found, Preview};

/// What browsers are to show.
#[derive(Clone)]
pub struct Shown {
    pub preview: Arc<Preview>,
    /// What must be mended before the preview can follow, in the terminal's words.
    pub faults: Option<Arc<str>>,
}

/// What a browser gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    File(OutputPath, Vec<u8>),
    /// The address at which it stands.
    Redirect(String),
    /// The page that says so.
    Missing(Vec<u8>),
    /// It cannot be made: why, in the terminal's words.
    Fault(String),
}

/// The site's own page for addresses at which nothing stands.
const NOT_FOUND: &str = "404.html";
const PLAIN_NOT_FOUND: &str =
    "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<title>Nothing here</title>\n<h1>There is nothing at this address</h1>\n";

/// What is said in the place of a page that is held back: it is for whoever writes, and no part of a site.
fn held_back_page(held: &HeldBack) -> Vec<u8> {
    let mut path = String::new();
    // Writing to a text cannot fail.
    let _ = escape_html(&mut path, held.path.as_str());
    let help = match held.reason {
        Reason::Draft | Reason::Scheduled => {
            "<p>To see it here, end the preview and start it with <code>fingerpost serve --drafts</code>.</p>\n"
        }
        _ => "",
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<title>This page is held back</title>\n<h1>This page is held back</h1>\n\
         <p>The reason: {}. Its file is <code>{path}</code>. Nobody can see it on the site.</p>\n{help}",
        held.reason.words()
    )
    .into_bytes()
}

/// Makes what stands at the path of a request. Blocks.
pub fn answer(shown: &Shown, address: &str) -> Answer {
    let preview = &shown.preview;
    let (path, is_there) = match preview.resolve(address) {
        Found::Redirect(to) => return Answer::Redirect(to),
        Found::File(path) => (path, true),
        Found::Missing => match preview.held_back(address) {
            Some(held) => return Answer::Missing(held_back_page(held)),
            None => (OutputPath::from(NOT_FOUND), false),
        },
    };
    match (preview.version(&path), &shown.faults) {
        (Some(_), _) => match preview.make(&path) {
            Ok(bytes) if is_there => Answer::File(path, bytes),
            Ok(bytes) => Answer::Missing(bytes),
            Err(fault) => Answer::Fault(preview.words(fault)),
        },
        (None, Some(faults)) => Answer::Fault(faults.to_string()),
        (None, None) => Answer::Missing(PLAIN_NOT_FOUND.into()),
    }
}

/// Of everything that the answer depends on.
pub fn version(shown: &Shown, address: &str) -> Fingerprint {
    let preview = &shown.preview;
    match preview.resolve(address) {
        Found::File(path) => preview.version(&path).unwrap_or_default(),
        Found::Redirect(to) => Fingerprint::of(&("redirect", to)),
        Found::Missing => match preview.version(&NOT_FOUND.into()) {
            _ if let Some(held) = preview.held_back(address) => {
                Fingerprint::of(&("held back", held.reason.words(), held.path.as_str()))
            }
            Some(version) => Fingerprint::of(&("missing", version)),
            None => Fingerprint::of(&("nothing", &shown.faults)),
        },
    }
}
