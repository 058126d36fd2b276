//! Access facts: the ids that writers use, and the words that readers see.
//!
//! The words follow what Euan's Guide and AccessAble list for a venue.

/// (id, words).
pub const ACCESS_FACTS: &[(&str, &str)] = &[
    ("accessible-toilet", "Accessible toilet"),
    ("assistance-dogs", "Assistance dogs welcome"),
    ("audio-description", "Audio description"),
    ("baby-changing", "Baby changing"),
    ("blue-badge-parking", "Blue Badge parking"),
    ("bsl", "British Sign Language interpreter"),
    ("captions", "Captions"),
    ("changing-places", "Changing Places toilet"),
    ("dementia-friendly", "Dementia friendly"),
    ("easy-read", "Easy Read information"),
    ("hearing-loop", "Hearing loop"),
    ("interpreter", "Interpreter if you ask"),
    ("large-print", "Large print"),
    ("lift", "Lift"),
    ("near-bus-stop", "Near a bus stop"),
    ("not-step-free", "There are steps"),
    ("parking", "Parking"),
    ("quiet-space", "Quiet space"),
    ("seating", "Seats along the way"),
    ("step-free", "Step-free"),
];

/// The words of an access fact; nothing for an id that is not in the list.
pub fn words(id: &str) -> Option<&'static str> {
    ACCESS_FACTS.iter().find(|(known, _)| *known == id).map(|(_, words)| *words)
}
