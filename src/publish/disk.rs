//! The output folder on disk: every call that reads or changes it, by path from its top.
//!
//! **Invariant:** nothing else in this stage touches the output folder. No call follows a link that
//! stands in the last part of a path, and nothing is opened for writing that existed before.
//! Tests give the disk a number of steps after which every change fails, as if the machine had stopped.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Context;

/// An output folder.
pub struct Disk {
    root: PathBuf,
    /// How many changes may still be made.
    #[cfg(test)]
    steps: std::sync::atomic::AtomicUsize,
}

/// Length and time of the last change of a file: what tells that nobody touched it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// In bytes.
    pub length: u64,
    /// In nanoseconds since 1970.
    pub modified: u64,
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    File(FileState),
    Folder,
    /// A link, or something that is neither file nor folder.
    Other,
}

impl Disk {
    pub fn new(root: &Path) -> Self {
        Disk {
            root: root.to_owned(),
            #[cfg(test)]
            steps: std::sync::atomic::AtomicUsize::new(usize::MAX),
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn place(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What lies at `path`; a place that cannot be looked at holds something that is not ours.
    pub fn look(&self, path: &str) -> Found {
        match fs::symlink_metadata(self.place(path)) {
            Ok(metadata) if metadata.is_file() => Found::File(FileState::of(&metadata)),
            Ok(metadata) if metadata.is_dir() => Found::Folder,
            Ok(_) => Found::Other,
            Err(error) if is_absent(&error) => Found::Nothing,
            Err(_) => Found::Other,
        }
    }

    /// The bytes of a file, or nothing where there is none.
    pub fn read(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match fs::read(self.place(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error).with_context(|| self.cannot("read", path)),
        }
    }

    /// The names in a folder, sorted; empty where there is no such folder.
    pub fn names(&self, folder: &str) -> anyhow::Result<Vec<String>> {
        let place = if folder.is_empty() { self.root.clone() } else { self.place(folder) };
        let entries = match fs::read_dir(place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.with_context(|| self.cannot("read", folder))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.with_context(|| self.cannot("read", folder))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// Makes the output folder and whatever it lies in; says whether it was absent.
    pub fn create_root(&self) -> anyhow::Result<bool> {
        if self.root.is_dir() {
            return Ok(false);
        }
        self.step().and_then(|()| fs::create_dir_all(&self.root)).with_context(|| self.cannot("make", ""))?;
        Ok(true)
    }

    /// Makes a folder; says whether something was there already.
    pub fn create_folder(&self, path: &str) -> anyhow::Result<bool> {
        match self.step().and_then(|()| fs::create_dir(self.place(path))) {
            Ok(()) => Ok(false),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(true),
            Err(error) => Err(error).with_context(|| self.cannot("make", path)),
        }
    }

    /// Writes a file where there was none; half a file does not stay.
    pub fn write_new(&self, path: &str, bytes: &[u8]) -> anyhow::Result<FileState> {
        let place = self.place(path);
        let write = || {
            self.step()?;
            #[cfg(test)]
            self.step().or_else(|error| fs::write(&place, &bytes[..bytes.len() / 2]).and(Err(error)))?;
            let mut file = OpenOptions::new().write(true).create_new(true).open(&place)?;
            file.write_all(bytes).and_then(|()| file.metadata()).or_else(|error| {
                self.step()?;
                fs::remove_file(&place)?;
                Err(error)
            })
        };
        write().map(|metadata| FileState::of(&metadata)).with_context(|| self.cannot("write", path))
    }

    /// Opens a file for locking, making it if need be.
    pub fn open_lock(&self, path: &str) -> anyhow::Result<File> {
        let open = || {
            self.step()?;
            OpenOptions::new().write(true).create(true).truncate(false).open(self.place(path))
        };
        open().with_context(|| self.cannot("write", path))
    }

    /// Moves a file to its place, in one step, over whatever file or link is there.
    pub fn rename(&self, from: &str, to: &str) -> anyhow::Result<()> {
        self.step()
            .and_then(|()| fs::rename(self.place(from), self.place(to)))
            .with_context(|| self.cannot("write", to))
    }

    /// Removes a file or link, if there is one.
    pub fn remove_file(&self, path: &str) -> anyhow::Result<()> {
        match self.step().and_then(|()| fs::remove_file(self.place(path))) {
            Err(error) if !is_absent(&error) => Err(error).with_context(|| self.cannot("remove", path)),
            _ => Ok(()),
        }
    }

    /// Removes a folder if it is empty; says whether it is gone.
    pub fn remove_empty_folder(&self, path: &str) -> anyhow::Result<bool> {
        self.step().with_context(|| self.cannot("remove", path))?;
        let place = if path.is_empty() { self.root.clone() } else { self.place(path) };
        Ok(match fs::remove_dir(place) {
            Ok(()) => true,
            Err(error) => error.kind() == ErrorKind::NotFound,
        })
    }

    /// Removes a folder with everything in it, if there is one; links are removed, not followed.
    pub fn remove_tree(&self, path: &str) -> anyhow::Result<()> {
        match self.step().and_then(|()| fs::remove_dir_all(self.place(path))) {
            Err(error) if !is_absent(&error) => Err(error).with_context(|| self.cannot("remove", path)),
            _ => Ok(()),
        }
    }

    fn cannot(&self, verb: &str, path: &str) -> String {
        let place = if path.is_empty() { self.root.clone() } else { self.place(path) };
        format!("cannot {verb} {}", place.display())
    }

    #[cfg(not(test))]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
impl Disk {
    /// A disk that stops after `steps` changes; writing a file takes two, and stops half way after one.
    pub fn stopping_after(root: &Path, steps: usize) -> Self {
        Disk { root: root.to_owned(), steps: steps.into() }
    }

    fn step(&self) -> io::Result<()> {
        use std::sync::atomic::Ordering;
        let left = self.steps.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |steps| steps.checked_sub(1));
        left.map(|_| ()).map_err(|_| io::Error::other("the machine stopped"))
    }
}

impl FileState {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or_default();
        FileState { length: metadata.len(), modified }
    }
}

/// Nothing lies there, or the way to it leads through a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
