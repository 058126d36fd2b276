//! Whose the output folder is, and what is known of it.

use super::disk::{Disk, Found};
use super::lock;
use super::manifest::{self, Manifest};

/// Where files wait until everything is made.
pub const STAGING: &str = ".fingerpost-staging";
/// The next manifest, before it takes the place of the last one.
pub const NEXT_MANIFEST: &str = ".fingerpost-new";

/// The output folder as a build finds it.
#[derive(Debug, PartialEq, Eq)]
pub enum Folder {
    /// Absent, empty, or with nothing but names that begin with a dot: there is nothing to lose.
    Fresh,
    /// Marked as ours, with the text of its manifest.
    Ours(String),
    /// Somebody else's: the name of a file or folder in it.
    Foreign(String),
}

/// Looks at the output folder and changes nothing.
pub fn look(disk: &Disk) -> anyhow::Result<Folder> {
    if let Found::File(_) = disk.look(manifest::NAME)
        && let Some(bytes) = disk.read(manifest::NAME)?
        && manifest::is_manifest(&bytes)
    {
        return Ok(Folder::Ours(String::from_utf8(bytes).unwrap_or_default()));
    }
    let foreign = disk.names("")?.into_iter().find(|name| !name.starts_with('.'));
    Ok(foreign.map_or(Folder::Fresh, Folder::Foreign))
}

/// Whether a build that did not come to its end left something behind.
pub fn has_leftovers(disk: &Disk) -> bool {
    [STAGING, NEXT_MANIFEST, lock::NAME].iter().any(|name| disk.look(name) != Found::Nothing)
}

/// Removes what `has_leftovers` looks for, but for the lock, which whoever holds it removes.
pub fn remove_leftovers(disk: &Disk) -> anyhow::Result<()> {
    if disk.look(STAGING) != Found::Nothing {
        disk.remove_tree(STAGING)?;
    }
    if disk.look(NEXT_MANIFEST) != Found::Nothing {
        disk.remove_file(NEXT_MANIFEST)?;
    }
    Ok(())
}

/// Puts a manifest in the place of the last one, in one step.
pub fn write_manifest(disk: &Disk, manifest: Manifest<'_>) -> anyhow::Result<()> {
    disk.write_new(NEXT_MANIFEST, manifest.write().as_bytes())?;
    disk.rename(NEXT_MANIFEST, manifest::NAME)
}
