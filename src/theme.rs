//! Compiled templates and assets of the theme in use.
pub struct Theme;
