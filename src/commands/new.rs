//! `fingerpost new`.

use crate::cli::{NewArguments, Outcome, Surroundings};

pub fn run(_: &NewArguments, _: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    anyhow::bail!("stand-in")
}
