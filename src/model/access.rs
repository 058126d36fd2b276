//! Access facts: the ids that writers use.
//!
//! Each has words for readers in the group `access` of the words of the site, which follow what Euan's Guide and
//! AccessAble list for a venue.

/// All ids, in alphabetical order.
pub const ACCESS_FACTS: &[&str] = &[
    "accessible-toilet",
    "assistance-dogs",
    "audio-description",
    "baby-changing",
    "blue-badge-parking",
    "bsl",
    "captions",
    "changing-places",
    "dementia-friendly",
    "easy-read",
    "hearing-loop",
    "interpreter",
    "large-print",
    "lift",
    "near-bus-stop",
    "not-step-free",
    "parking",
    "quiet-space",
    "seating",
    "step-free",
];

pub fn is_known(id: &str) -> bool {
    ACCESS_FACTS.contains(&id)
}
