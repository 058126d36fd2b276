//! Source -> Document, each file alone.
//!
//! `markdown` reads a text; the other modules are its parts: `mask` (what the Markdown parser is
//! given in place of the source), `shortcodes`, `components`, `footnotes`, `headings`, `autolinks`,
//! `tables`, `raw_html` and `sanitise`, and the three small tools that they share: `fragment`, `run`, `faults`.

pub mod labels;
pub mod markdown;

mod addresses;
mod autolinks;
mod components;
mod faults;
mod fields;
mod footnotes;
mod fragment;
mod gathered;
mod headings;
mod mask;
mod plain;
mod raw_html;
mod run;
mod sanitise;
mod shortcodes;
mod tables;
mod tags;
