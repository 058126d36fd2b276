//! What RFC 5545 says: when events repeat, what a time zone is, and how calendar files are written and read.
//!
//! 1. `recurrence` reads how an event repeats and finds its dates.
//! 2. `zone` describes a time zone so that a calendar program needs no database of its own.
//! 3. `text` escapes and folds; `colour` finds the names of colours.
//! 4. `write` puts a whole feed together.
//! 5. `history` remembers what calendars were told, so that they take what changed.
//! 6. `read` takes apart what others wrote, whatever they made of the standard.
//!
//! **Invariant:** nothing here reads the clock, knows a page or makes a diagnostic: faults are plain
//! words with the part that they belong to, and the caller gives them their place.

pub mod colour;
pub mod history;
pub mod read;
pub mod recurrence;
pub mod text;
pub mod write;
pub mod zone;
