//! The nouns of the program: plain data without input or output.

pub mod access;
pub mod components;
pub mod document;
pub mod html;
pub mod kinds;
pub mod place;
