//! One build at a time writes to an output folder.
//!
//! The lock belongs to an open file, so it ends with the process that holds it, however that ends; a
//! lock file that a crash left behind stops nobody.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;

use anyhow::Context;

use super::disk::Disk;

/// The lock file's name in the output folder; it is there while a build writes.
pub const NAME: &str = ".fingerpost-lock";

/// Held until it is dropped.
pub struct Lock<'d> {
    disk: &'d Disk,
    _file: File,
}

impl<'d> Lock<'d> {
    /// Takes the lock of an output folder, which must exist; nothing where another build holds it.
    pub fn take(disk: &'d Disk) -> anyhow::Result<Option<Self>> {
        let file = disk.open_lock(NAME)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some network file systems know no locks: there, one build at a time is up to people.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", disk.place(NAME).display()));
            }
        }
        // Whoever held the lock before may have removed the file between our opening and locking it.
        Ok(is_at_its_place(&file, disk).then_some(Lock { disk, _file: file }))
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        // What stays behind is taken over by the next build.
        let _ = self.disk.remove_file(NAME);
    }
}

#[cfg(unix)]
fn is_at_its_place(file: &File, disk: &Disk) -> bool {
    use std::os::unix::fs::MetadataExt;
    let at_place = std::fs::metadata(disk.place(NAME));
    matches!((file.metadata(), at_place), (Ok(a), Ok(b)) if (a.dev(), a.ino()) == (b.dev(), b.ino()))
}

#[cfg(not(unix))]
fn is_at_its_place(_file: &File, disk: &Disk) -> bool {
    disk.place(NAME).exists()
}
