//! Whether every file that is due can be put in its place without harm to what is not ours.
//!
//! A place can be taken by our own old files: an address that was a file is now a folder, or the other
//! way round. Those are stale and go first. Whatever else stands in the way is reported.

use std::collections::HashMap;

use crate::artefact::addresses::{about, ancestors};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report};

use super::diff::Due;
use super::disk::{Disk, Found};
use super::manifest::Manifest;

/// What must be removed before due files can take their places.
#[derive(Debug, Default)]
pub struct InTheWay {
    /// Stale files of ours.
    pub files: Vec<String>,
    /// Folders that are empty without those files, inner ones first.
    pub folders: Vec<String>,
}

/// Examines the places of due files.
///
/// Reports: `publish/place-taken`.
pub fn examine(due: &[Due<'_>], manifest: &Manifest<'_>, disk: &Disk, report: &mut Report) -> InTheWay {
    let mut in_the_way = InTheWay::default();
    let mut obstacles: HashMap<&str, Option<&str>> = HashMap::new();
    for due in due {
        let folder = due.artefact.path.folder();
        let obstacle = *obstacles.entry(folder).or_insert_with(|| obstacle(folder, disk));
        match obstacle {
            Some(path) if manifest.get(path).is_some() => {
                in_the_way.files.push(path.to_owned());
            }
            Some(path) => report.push(taken(due, path)),
            None if due.found == Found::Folder => {
                if let Err(foreign) = in_the_way.add_folder(due.path(), manifest, disk) {
                    report.push(taken(due, &foreign));
                }
            }
            None if due.found == Found::Other && due.listed.is_none() => report.push(taken(due, due.path())),
            None => {}
        }
    }
    in_the_way
}

/// A place of the site is occupied by something that is not ours.
pub fn taken(due: &Due<'_>, obstacle: &str) -> Diagnostic {
    let message = format!(
        "{} cannot be written to /{}: /{obstacle} in the output folder was not put there by Fingerpost",
        due.artefact.owner.words(),
        due.path(),
    );
    about(due.artefact, &codes::publish::PLACE_TAKEN, message).help(format!(
        "move /{obstacle} out of the output folder or delete it; if it is part of the site, put it into content/"
    ))
}

/// The first part of a folder's path that is there and is no folder.
fn obstacle<'p>(folder: &'p str, disk: &Disk) -> Option<&'p str> {
    let mut from_the_top: Vec<&str> = ancestors(folder).collect();
    from_the_top.reverse();
    for path in from_the_top {
        match disk.look(path) {
            Found::Folder => {}
            Found::Nothing => return None,
            Found::File(_) | Found::Other => return Some(path),
        }
    }
    None
}

impl InTheWay {
    /// Adds a folder with everything in it, if all is ours; the error is the first path that is not.
    fn add_folder(&mut self, folder: &str, manifest: &Manifest<'_>, disk: &Disk) -> Result<(), String> {
        for name in disk.names(folder).map_err(|_| folder.to_owned())? {
            let path = format!("{folder}/{name}");
            match disk.look(&path) {
                Found::Folder => self.add_folder(&path, manifest, disk)?,
                _ if manifest.get(&path).is_some() => self.files.push(path),
                _ => return Err(path),
            }
        }
        self.folders.push(folder.to_owned());
        Ok(())
    }
}
