//! The kinds of content: one file each, and the list `KINDS`.
//!
//! A kind says in which folder it lives and how its own fields are read. The fields that every kind
//! has are read by `parse::front_matter`.

pub mod campaign;
pub mod event;
pub mod page;
pub mod post;
pub mod resource;
pub mod story;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::fields::Fields;

pub use campaign::Campaign;
pub use event::Event;
pub use resource::Resource;
pub use story::Story;

/// The name of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    Post,
    Story,
    Event,
    Resource,
    Campaign,
    Page,
}

/// What only one kind has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Details {
    Post,
    Story(Box<Story>),
    Event(Box<Event>),
    Resource(Box<Resource>),
    Campaign(Box<Campaign>),
    Page,
}

/// A kind of content.
#[derive(Debug)]
pub struct KindRow {
    pub kind: Kind,
    /// For `data-kind`, `review:` and messages.
    pub name: &'static str,
    /// The folder below `content/`, which is also the first part of the address; nothing for pages.
    pub folder: Option<&'static str>,
    /// A date in front of the file's name is the document's date.
    pub has_dated_names: bool,
    /// Reads the kind's own fields; nothing where one that must be there is missing.
    pub read: fn(&mut Fields<'_, '_>, &TimeZone) -> Option<Details>,
    pub misplaced: Misplaced,
}

/// Names that people write and that are no field at the top of a file, with what to write instead.
pub type Misplaced = &'static [(&'static [&'static str], &'static str)];

/// The kinds, in the order in which the menu would name them.
pub const KINDS: &[KindRow] = &[event::KIND, story::KIND, resource::KIND, post::KIND, campaign::KIND, page::KIND];

/// A folder whose files are drafts, wherever it lies; no part of an address.
pub const DRAFTS_FOLDER: &str = "_drafts";

impl Kind {
    pub fn row(self) -> &'static KindRow {
        KINDS.iter().find(|row| row.kind == self).unwrap_or(&page::KIND)
    }

    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The address of the kind's list, below the site's root; nothing for pages.
    pub fn section_url(self) -> Option<String> {
        self.row().folder.map(|folder| format!("/{folder}/"))
    }

    /// The kind of a file by the first folder of its path below `content/`, `_drafts` left out. `Stories`
    /// is `stories`: the address is the same, and so must be the need for consent.
    pub fn of_path(in_content: &str) -> Kind {
        let mut folders = in_content.split('/').filter(|part| *part != DRAFTS_FOLDER).peekable();
        let folder = folders.next().filter(|_| folders.peek().is_some());
        let is_named = |row: &&KindRow| row.folder.zip(folder).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        KINDS.iter().find(is_named).map_or(Kind::Page, |row| row.kind)
    }
}

#[cfg(test)]
pub(crate) fn read_for_test(yaml: &str, read: fn(&mut Fields<'_, '_>, &TimeZone) -> Option<Details>) -> String {
    let path = crate::path::SourcePath::from("content/test.md");
    let node = crate::yaml::read(&path, yaml, 0..yaml.len());
    let mut faults = Vec::new();
    let details = node.map(|node| {
        let mut fields = Fields::new(&path, &node, &mut faults);
        let details = read(&mut fields, &TimeZone::UTC);
        fields.finish();
        details
    });
    let mut out: Vec<String> = faults
        .iter()
        .map(|fault| {
            let place = fault.place.as_ref().map_or("", |place| &yaml[place.start..place.end]);
            format!("{} [{place}] {} | {}", fault.code.id, fault.message, fault.help.as_deref().unwrap_or_default())
        })
        .collect();
    if out.is_empty() {
        out.push(format!("{details:?}"));
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_its_kind() {
        assert_eq!(Kind::of_path("blog/2026/thanks.md"), Kind::Post);
        assert_eq!(Kind::of_path("events/tea/index.md"), Kind::Event);
        assert_eq!(Kind::of_path("about.md"), Kind::Page);
        assert_eq!(Kind::of_path("leaflets/one.md"), Kind::Page);
        assert_eq!(Kind::of_path("Stories/pat.md"), Kind::Story);
        assert_eq!(Kind::of_path("_drafts/stories/pat.md"), Kind::Story);
        assert_eq!(Kind::of_path("_drafts/stories.md"), Kind::Page);
    }
}
