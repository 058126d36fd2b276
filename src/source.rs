//! What a build reads: the files of a project folder, as values.
//!
//! Text is held in memory and shared; pictures and other large files stay on disk and are named by
//! a `DiskFile`, which only `load` and `publish` open.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::hash::Fingerprint;
use crate::path::SourcePath;

/// One file of the project folder.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    /// Of the text, or for a file on disk of its length and the time of its last change.
    pub fingerprint: Fingerprint,
    pub content: Content,
}

/// What a source holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Decoded text, without a byte order mark.
    Text(Arc<str>),
    /// Bytes that are small and needed whole: the assets of a theme.
    Bytes(Arc<[u8]>),
    /// A file that is read only when its artefact is made.
    OnDisk(DiskFile),
}

/// A file left on disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DiskFile {
    pub location: PathBuf,
    /// In bytes.
    pub length: u64,
    /// Width and height in pixels of a picture, as its header gives them.
    pub size_px: Option<(u32, u32)>,
}

/// The sources of a build, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources(pub BTreeMap<SourcePath, Source>);

impl Sources {
    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.0.get(path)
    }

    /// The text of a source; nothing for what is not text or not there.
    pub fn text(&self, path: &SourcePath) -> Option<&Arc<str>> {
        match &self.get(path)?.content {
            Content::Text(text) => Some(text),
            Content::Bytes(_) | Content::OnDisk(_) => None,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.values()
    }
}
