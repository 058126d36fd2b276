//! `fingerpost new`.

#![allow(clippy::disallowed_methods, reason = "writes the files that it starts")]

use crate::cli::{NewArguments, Outcome, Surroundings};

pub fn run(_: &NewArguments, _: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    anyhow::bail!("stand-in")
}
