//! Fingerpost turns a folder of Markdown into a website with events, calendars and feeds.
//!
//! **A build is a pure function from a folder of sources and a moment to a map of output files.** Every
//! command is a way to call it, and the cache can only make it faster.
//!
//! ```text
//! content/ themes/                                                              public/
//!     |                                                                            ^
//!   load --> Sources --> parse --> Documents --> assemble --> Site --> outputs --> Plan --> publish
//!  (disk)           (map, memo)               (reduce)              (map)             (diff, make, commit)
//!          every fault --> Report --> report/{terminal, json, github}
//! ```
//!
//! 1. `load` finds the files of the folder, and reads settings and templates.
//! 2. `parse` reads each document alone: fields and Markdown, with slots where links will stand.
//! 3. `assemble` is the one step that sees all files: who may be seen, addresses, links, lists.
//! 4. `outputs` says for each file of the site where it goes and how it would be made. Nothing is made.
//! 5. `publish` compares that with what is there, makes the rest, and puts it in place.
//!
//! Read `pipeline` first: it is these five lines. The modules follow here in the order in which one
//! understands them; what a module may import stands in ARCHITECTURE.md, and a test holds it.

// The build, and the ways to call it.
pub mod pipeline; // the five steps, in one function
pub mod cli; // every command and flag
pub mod commands; // one file for each command
pub mod progress; // what a long build says while it is under way
pub mod serve; // the preview: wait, build, tell the browsers
pub mod import; // what comes from elsewhere into content/: calendars of partners

// The five steps. None knows another.
pub mod load; // project folder -> Sources
pub mod parse; // Source -> Document, each file alone
pub mod assemble; // Documents -> Site
pub mod outputs; // Site -> Plan, one file for each output
pub mod publish; // Plan -> output folder
pub mod memory; // what was parsed, kept for the next build

// What goes from one step to the next.
pub mod source; // a file as it was loaded
pub mod model; // a document, its text with open slots, the kinds and the components
pub mod site; // everything that is known, resolved
pub mod view; // what a template may see: the contract with themes
pub mod theme; // templates and assets, compiled
pub mod artefact; // one output file, not yet made

// Settings, and what is wrong.
pub mod config; // site.yaml and venues.yaml
pub mod diagnostic; // one fault with its place, and the report of them all
pub mod codes; // every fault that there is, with its page for `explain`
pub mod report; // a report as text, JSON or annotations

// What the world's rules say.
pub mod calendar; // RFC 5545: recurrence, time zones, writing, and reading what others wrote
pub mod media; // the formats of pictures: size, and what a camera wrote into them
pub mod fields; // the fields of a map in YAML, read one by one
pub mod yaml; // YAML as a tree that knows its places
pub mod date; // dates as people write them

// Small and everywhere.
pub mod search; // the words by which a page is found
pub mod path; // paths of sources and of outputs, slugs, the nearest name
pub mod hash; // fingerprints
pub mod contrast; // colours that people can read
pub mod lines; // the lines of a text, with their places
pub mod signs; // signs that nobody sees
pub mod words; // what the site says to its readers, in one language
