//! What a template sees of a campaign's toolkit.

use serde::Serialize;

use crate::view::{LinkView, PictureView};

/// `toolkit`: everything of a campaign that others can copy, print and pass on.
#[derive(Clone, Debug, Serialize)]
pub struct ToolkitView<'v> {
    pub campaign: LinkView,
    /// `Thursday 20 May 2027`.
    pub when: Option<String>,
    pub hashtags: &'v [String],
    pub posts: Vec<ToolkitPost>,
    /// Files to print, and files for screens.
    pub posters: Vec<ToolkitFile>,
    pub graphics: Vec<ToolkitFile>,
    pub signature: Option<&'v str>,
    pub press_notice: Option<&'v str>,
    pub facts: Vec<ToolkitFact>,
    /// Everything in one file.
    pub archive: ToolkitFile,
}

/// A fact with who says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ToolkitFact {
    pub text: String,
    pub source: Option<String>,
    pub url: Option<String>,
}

/// A post for social media, ready to copy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ToolkitPost {
    pub channel: Option<String>,
    pub text: String,
    /// In characters.
    pub length: usize,
    pub picture: Option<PictureView>,
}

/// A file of a toolkit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ToolkitFile {
    pub title: String,
    pub url: String,
    /// `PDF, 240 KB`.
    pub size: String,
    /// What it shows, where it is a picture with words of its own.
    pub picture: Option<PictureView>,
}
