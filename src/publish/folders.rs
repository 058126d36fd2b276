//! Folders inside the output folder: made where files need them, removed when they are empty.
//!
//! **Invariant:** no link to a folder is followed, neither for writing nor for deleting.

use std::collections::HashSet;

use anyhow::bail;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use crate::artefact::addresses::ancestors;

use super::disk::{Disk, Found};

/// What is known of the folders on a disk.
pub struct Folders<'d> {
    disk: &'d Disk,
    /// Real folders, whose way from the top leads through real folders only.
    real: HashSet<String>,
    /// Those that `ensure` made, in order.
    made: Vec<String>,
}

impl<'d> Folders<'d> {
    pub fn new(disk: &'d Disk) -> Self {
        Folders { disk, real: HashSet::new(), made: Vec::new() }
    }

    /// Makes folders, and those that they lie in, where they are absent: one depth after the other, and what lies in
    /// one folder by one thread, as two would wait for each other.
    pub fn ensure<'p>(&mut self, folders: impl IntoIterator<Item = &'p str>) -> anyhow::Result<()> {
        let absent: HashSet<&str> =
            folders.into_iter().flat_map(ancestors).filter(|folder| !self.real.contains(*folder)).collect();
        let mut absent: Vec<&str> = absent.into_iter().collect();
        absent.sort_by_cached_key(|folder| (folder.matches('/').count(), *folder));
        for folders in absent.chunk_by(|a, b| a.matches('/').count() == b.matches('/').count()) {
            let made: Vec<anyhow::Result<bool>> = folders
                .par_chunk_by(|a, b| parent(a) == parent(b))
                .flat_map_iter(|folders| folders.iter().map(|folder| self.make(folder)))
                .collect();
            // All that were made are known, that they can be removed, before the first fault is told.
            for (folder, made) in folders.iter().zip(&made) {
                self.made.extend(made.as_ref().is_ok_and(|is_new| *is_new).then(|| (*folder).to_owned()));
                self.real.extend(made.is_ok().then(|| (*folder).to_owned()));
            }
            made.into_iter().collect::<anyhow::Result<Vec<bool>>>()?;
        }
        Ok(())
    }

    /// Makes a folder in one that is there; says whether it is new.
    fn make(&self, folder: &str) -> anyhow::Result<bool> {
        let was_there = self.disk.create_folder(folder)?;
        if was_there && self.disk.look(folder) != Found::Folder {
            bail!("cannot make the folder {}: something else is there", self.disk.place(folder).display());
        }
        Ok(!was_there)
    }

    /// Removes the folders that `ensure` made, as far as they are empty.
    pub fn remove_made(self) -> anyhow::Result<()> {
        for folder in self.made.iter().rev() {
            self.disk.remove_empty_folder(folder)?;
        }
        Ok(())
    }

    /// Removes files or links, and the folders that are empty then; says how many files there were.
    pub fn remove_files<'p>(&mut self, paths: impl IntoIterator<Item = &'p str>) -> anyhow::Result<usize> {
        let mut removed = 0;
        for path in paths {
            let folder = parent(path);
            if self.is_real(folder) && matches!(self.disk.look(path), Found::File(_) | Found::Other) {
                self.disk.remove_file(path)?;
                removed += 1;
            }
            self.remove_if_empty(folder)?;
        }
        Ok(removed)
    }

    fn remove_if_empty(&mut self, folder: &str) -> anyhow::Result<()> {
        for folder in ancestors(folder) {
            if self.is_real(folder) {
                if !self.disk.remove_empty_folder(folder)? {
                    break;
                }
                self.real.remove(folder);
            } else if self.disk.look(folder) != Found::Nothing {
                break;
            }
        }
        Ok(())
    }

    fn is_real(&mut self, folder: &str) -> bool {
        if folder.is_empty() || self.real.contains(folder) {
            return true;
        }
        let is_real = self.is_real(parent(folder)) && self.disk.look(folder) == Found::Folder;
        if is_real {
            self.real.insert(folder.to_owned());
        }
        is_real
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
