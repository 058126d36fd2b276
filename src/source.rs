//! What a build reads: the files of a project folder, as values.
//!
//! Settings, templates and calendars are held in memory and shared; documents, pictures and other files
//! stay on disk and are named by a `DiskFile`, which only `load` and `publish` open.
//!
//! **Incremental:** a source that did not change is the same allocation as in the run before.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::media::variants::Form;
use crate::path::SourcePath;

/// One file of the project folder.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    /// Of the text or bytes, those of pictures too; for another file left on disk of its length and the time of its last
    /// change.
    pub fingerprint: Fingerprint,
    pub content: Content,
}

/// What a source holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Decoded text, without a byte order mark.
    Text(Arc<str>),
    /// A document (Markdown), which is read when it is parsed.
    Document(DiskFile),
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
    /// How a picture is treated; nothing for all other files, and for pictures that are no longer whole.
    pub form: Option<Form>,
    /// What a drawing loses on its way to the site because it could do harm there, in words.
    pub removed: Box<[String]>,
}

/// What stood in a document when it was read.
#[derive(Clone, Debug)]
pub struct DocumentText {
    pub text: Arc<str>,
    /// What is wrong with its bytes.
    pub faults: Vec<Diagnostic>,
    /// Whether it is still the file that was found: another one may have taken its name since.
    pub is_as_found: bool,
}

/// The sources of a build, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub documents: Arc<BTreeMap<SourcePath, Arc<Source>>>,
    /// Everything else: settings, themes, calendars, pictures.
    pub others: Arc<BTreeMap<SourcePath, Arc<Source>>>,
}

impl Sources {
    pub fn get(&self, path: &SourcePath) -> Option<&Arc<Source>> {
        self.others.get(path).or_else(|| self.documents.get(path))
    }

    /// A text that is held in memory; nothing for what is not there.
    pub fn text(&self, path: &SourcePath) -> Option<&Arc<str>> {
        match &self.others.get(path)?.content {
            Content::Text(text) => Some(text),
            Content::Document(_) | Content::Bytes(_) | Content::OnDisk(_) => None,
        }
    }

    pub fn insert(&mut self, source: Arc<Source>) {
        let map = match source.content {
            Content::Document(_) => &mut self.documents,
            Content::Text(_) | Content::Bytes(_) | Content::OnDisk(_) => &mut self.others,
        };
        Arc::make_mut(map).insert(source.path.clone(), source);
    }

    pub fn remove(&mut self, path: &SourcePath) {
        for map in [&mut self.documents, &mut self.others] {
            if map.contains_key(path) {
                Arc::make_mut(map).remove(path);
            }
        }
    }
}
