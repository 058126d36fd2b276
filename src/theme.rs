//! Compiled templates and assets of the theme in use.

use crate::hash::Fingerprint;

#[derive(Default)]
pub struct Theme {}

impl Theme {
    /// Of a template with everything that it includes or extends.
    pub fn fingerprint(&self, _template: &str) -> Fingerprint {
        Fingerprint::default()
    }
}
