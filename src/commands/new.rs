//! `fingerpost new`: a site, or a file of one, that explains itself.
//!
//! Every file is made from a text file below `new/`, with dates from the clock in London, where most teams
//! are. In these files an explanation begins with `# ` and a field that is left out with `#`, so that taking
//! away one sign gives a field its example value. What is made builds at once.
//!
//! **Invariant:** nothing that stands on the disk is ever overwritten.

#![allow(clippy::disallowed_methods, reason = "writes the files that it starts")]

mod page;
mod site;
mod words;
mod workflow;

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};

use crate::cli::{NewArguments, NewKind, Outcome, Surroundings};
use crate::commands;
use crate::model::kinds::Kind;

pub fn run(arguments: &NewArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let zone = crate::date::zone("Europe/London").map_err(|fault| anyhow::anyhow!(fault.message))?;
    let today = commands::site::clock(surroundings)?.to_zoned(zone).date();
    let kind = match arguments.what {
        NewKind::Site => return site::make(Path::new(&arguments.name), today),
        NewKind::Post => Kind::Post,
        NewKind::Story => Kind::Story,
        NewKind::Event => Kind::Event,
        NewKind::Resource => Kind::Resource,
        NewKind::Campaign => Kind::Campaign,
        NewKind::Page => Kind::Page,
        NewKind::Workflow => {
            commands::site::folder(&arguments.root)?;
            return workflow::make(&arguments.root, &arguments.name);
        }
    };
    commands::site::folder(&arguments.root)?;
    page::make(&arguments.root, kind, &arguments.name, today)
}

/// Writes a file that is not there yet, and the folders above it.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} is there already, and was left as it is", path.display())
        }
        Err(error) => return Err(error).with_context(|| format!("cannot make {}", path.display())),
    };
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}
