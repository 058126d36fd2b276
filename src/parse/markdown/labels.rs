//! The few words that we add to a text for people who hear it.

/// Words in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Labels {
    /// A box that is ticked, and one that is not.
    pub done: &'static str,
    pub to_do: &'static str,
    /// A table that has no heading before it.
    pub table: &'static str,
    /// The footnotes as a whole, and a link to one (its number follows).
    pub notes: &'static str,
    pub note: &'static str,
    /// The link from a note to the text (its number follows).
    pub back: &'static str,
}

impl Labels {
    pub const ENGLISH: Labels = Labels {
        done: "Done",
        to_do: "To do",
        table: "Table",
        notes: "Notes",
        note: "Note",
        back: "Back to the text of note",
    };

    pub const WELSH: Labels = Labels {
        done: "Wedi ei wneud",
        to_do: "I’w wneud",
        table: "Tabl",
        notes: "Nodiadau",
        note: "Nodyn",
        back: "Yn ôl i destun nodyn",
    };

    /// The labels for a language tag such as `cy` or `en-GB`; English for all that have none.
    pub fn of_language(language: &str) -> &'static Labels {
        match language.split('-').next() {
            Some("cy") => &Labels::WELSH,
            _ => &Labels::ENGLISH,
        }
    }
}
