//! What a template sees of the ways in which a page is passed on.

use serde::Serialize;

/// A picture for link previews.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ShareView {
    /// With `https://` and the site's name.
    pub absolute_url: String,
    pub alt: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// `image/png`.
    pub media_type: String,
}

/// Links that pass a page on: nothing is asked of these addresses before the reader follows one.
#[derive(Clone, Debug, Serialize)]
pub struct ShareLinksView {
    /// `mailto:` with title and address.
    pub email_url: String,
    pub whatsapp_url: String,
    pub facebook_url: String,
}
