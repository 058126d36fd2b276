//! The program as its users run it: whole commands on whole small sites.

mod command_line;
mod new;
mod program;
