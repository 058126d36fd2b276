//! The promises of the whole program: commands as users run them, and the library on real folders.
//!
//! `project` is the test bench: a small site in a temporary folder, built in process at a fixed moment.
//! `program` runs the binary itself.

mod command_line;
mod consent;
mod determinism;
mod new;
mod program;
mod project;
mod warm;
