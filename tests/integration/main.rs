//! The promises of the whole program, each tried through the library on real folders.
//!
//! `project` is the test bench: a small site in a temporary folder, built in process at a fixed moment.

mod consent;
mod determinism;
mod project;
mod warm;
