//! What stands at an address: the answer that a browser gets, and whether it is still the same.
//!
//! `version` is cheap and makes nothing; where it is equal, `answer` is equal.

use std::sync::Arc;

use crate::hash::Fingerprint;
use crate::path::OutputPath;

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

/// Makes what stands at the path of a request. Blocks.
pub fn answer(shown: &Shown, address: &str) -> Answer {
    let preview = &shown.preview;
    let (path, is_there) = match preview.resolve(address) {
        Found::Redirect(to) => return Answer::Redirect(to),
        Found::File(path) => (path, true),
        Found::Missing => (OutputPath::from(NOT_FOUND), false),
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
            Some(version) => Fingerprint::of(&("missing", version)),
            None => Fingerprint::of(&("nothing", &shown.faults)),
        },
    }
}
