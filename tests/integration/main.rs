//! The promises of the whole program: commands as users run them, and the library on real folders.
//!
//! `project` is the test bench: a small site in a temporary folder, built in process at a fixed moment.
//! `program` runs the binary itself.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests look at the disk, and fail by panicking"
)]

mod advice;
mod agreement;
mod architecture;
mod calendars;
mod command_line;
mod consent;
mod contract;
mod crisis;
mod determinism;
mod directory;
mod edits;
mod event_facts;
mod event_pages;
mod event_places;
mod faults;
mod history;
mod foreign_calendars;
mod import;
mod links;
mod never_stale;
mod new;
mod ownership;
mod parts;
mod partners;
mod pictures;
mod program;
mod project;
mod real_content;
mod search;
mod serve;
mod snapshot;
mod themes;
mod torture;
mod unlisted;
mod warm;
mod whole;
mod without_phone;
mod words;
