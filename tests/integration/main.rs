//! The promises of the whole program, each tried through the library on real folders.
//!
//! `project` is the test bench: a small site in a temporary folder, built in process at a fixed moment.

mod architecture;
mod consent;
mod determinism;
mod faults;
mod links;
mod ownership;
mod project;
mod real_content;
mod warm;
