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

use crate::codes;
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

    /// The kind whose folder is nearly called so: by its singular, as other generators have it, or with a slip of the pen.
    pub fn meant_by(folder: &str) -> Option<Kind> {
        let folder = folder.to_lowercase();
        if matches!(folder.as_str(), "post" | "posts" | "blogs") {
            return Some(Kind::Post);
        }
        let is_near = |row: &&KindRow| {
            let near = |section| folder.len() > 4 && strsim::osa_distance(section, &folder) == 1;
            row.name == folder || row.folder.is_some_and(near)
        };
        KINDS.iter().filter(|row| row.folder.is_some()).find(is_near).map(|row| row.kind)
    }
}

/// Reads `cost`: `free`, or words with an amount of money.
///
/// Reports: `field/amount-without-currency`.
fn read_cost(fields: &mut Fields<'_, '_>) -> Option<String> {
    let cost = fields.located("cost")?;
    if cost.value.parse::<f64>().is_ok_and(|amount| amount > 0.0) {
        let message = format!("`{}` does not say of what", cost.value);
        let help = format!("write `cost: £{}`", cost.value);
        fields.wrong(&codes::field::AMOUNT_WITHOUT_CURRENCY, cost.bytes, message, help);
    }
    Some(cost.value)
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

    #[test]
    fn a_folder_nearly_called_like_a_section_means_it() {
        for (folder, kind) in [
            ("event", Kind::Event),
            ("evnets", Kind::Event),
            ("Post", Kind::Post),
            ("posts", Kind::Post),
            ("story", Kind::Story),
            ("resource", Kind::Resource),
            ("campaign", Kind::Campaign),
        ] {
            assert_eq!(Kind::meant_by(folder), Some(kind), "{folder}");
        }
        for folder in ["page", "pages", "log", "about", "sources", "media", "calendars", "events", "venues"] {
            assert_eq!(Kind::meant_by(folder), None, "{folder}");
        }
    }
}
