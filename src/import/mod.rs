//! What others publish, fetched into the folder of the site: a team asks for it, and a build needs no network.
//!
//! 1. `fetch` gets the bytes from an address or a file, within limits.
//! 2. `calendar` reads them, decides whether they may take the place of what is there, and puts them there.
//! 3. `compare` says what is new, changed and vanished.
//!
//! **Invariant:** what lies in content/ is replaced as a whole or not at all, and by nothing that cannot be read.

pub mod calendar;
pub mod compare;
pub mod fetch;
