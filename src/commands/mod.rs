//! One file for each command: arguments become a call of the pipeline, its result becomes words.

pub mod build;
pub mod check;
pub mod editors_calendar;
pub mod explain;
pub mod import;
pub mod new;
pub mod next_build;
pub mod serve;
mod site;
