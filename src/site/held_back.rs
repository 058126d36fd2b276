//! Documents that are not published, and why: for whoever writes, and for no output.

use std::collections::BTreeSet;

use crate::path::SourcePath;

/// A document that is not published, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldBack {
    pub reason: Reason,
    pub path: SourcePath,
    /// Where it would be, below the site's root.
    pub url: String,
}

/// Why a document is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    Draft,
    Scheduled,
    Expired,
    NoConsent,
    ConsentNotYet,
    ConsentExpired,
    ConsentWithdrawn,
    NotForWebsite,
    GuardianMissing,
    /// An event of a partner's calendar that the site has already.
    Duplicate,
    /// An event of a partner's calendar that has been over for long.
    LongOver,
}

impl Reason {
    /// Whether somebody's consent is what is wanting.
    pub fn is_about_consent(self) -> bool {
        use Reason::{Draft, Duplicate, Expired, LongOver, Scheduled};
        !matches!(self, Draft | Scheduled | Expired | Duplicate | LongOver)
    }

    /// In a few words, for the summary of a build.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Draft => "draft",
            Reason::Scheduled => "scheduled",
            Reason::Expired => "expired",
            Reason::NoConsent => "no consent",
            Reason::ConsentNotYet => "consent not yet given",
            Reason::ConsentExpired => "consent expired",
            Reason::ConsentWithdrawn => "consent withdrawn",
            Reason::NotForWebsite => "consent does not cover the website",
            Reason::GuardianMissing => "guardian has not agreed",
            Reason::Duplicate => "on the site already",
            Reason::LongOver => "over for long",
        }
    }
}

/// `3 pages held back: draft (2), consent expired (1)`; nothing where none is.
pub fn words(held_back: &[HeldBack]) -> Option<String> {
    if held_back.is_empty() {
        return None;
    }
    let reasons: BTreeSet<Reason> = held_back.iter().map(|held| held.reason).collect();
    let counted: Vec<String> = reasons
        .into_iter()
        .map(|reason| {
            let count = held_back.iter().filter(|held| held.reason == reason).count();
            format!("{} ({count})", reason.words())
        })
        .collect();
    let pages = if held_back.len() == 1 { "page" } else { "pages" };
    Some(format!("{} {pages} held back: {}", held_back.len(), counted.join(", ")))
}
