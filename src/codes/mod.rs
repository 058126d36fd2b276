//! Every code that a diagnostic can have, with the page that `fingerpost explain` shows for it.
//!
//! A code is `area/what-is-wrong` and is never renamed: sites name them in `severity:`, and people
//! search for them. One file per area; `all` is the list.

pub mod calendar;
pub mod component;
pub mod event;
pub mod field;
pub mod links;
pub mod markdown;
pub mod page;
pub mod publish;
pub mod site;
pub mod story;
pub mod theme;
pub mod yaml;

use crate::diagnostic::Severity;

/// One kind of problem.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// `area/what-is-wrong`.
    pub id: &'static str,
    pub severity: Severity,
    /// What it means, why it matters and how to mend it: a few sentences of plain text.
    pub about: &'static str,
}

/// The code with that id.
pub fn find(id: &str) -> Option<&'static Code> {
    all().into_iter().find(|code| code.id == id)
}

/// Every code, in the order of their ids.
pub fn all() -> Vec<&'static Code> {
    let mut codes: Vec<_> = [
        calendar::CODES,
        component::CODES,
        event::CODES,
        field::CODES,
        links::CODES,
        markdown::CODES,
        page::CODES,
        publish::CODES,
        site::CODES,
        story::CODES,
        theme::CODES,
        yaml::CODES,
    ]
    .concat();
    codes.sort();
    codes
}

/// Declares the codes of one area and their list `CODES`.
macro_rules! codes {
    ($($name:ident: $severity:ident, $id:literal, $about:literal;)*) => {
        $(
            #[doc = $about]
            pub static $name: crate::codes::Code = crate::codes::Code {
                id: $id,
                severity: crate::diagnostic::Severity::$severity,
                about: $about,
            };
        )*
        /// The codes of this area.
        pub const CODES: &[&crate::codes::Code] = &[$(&$name),*];
    };
}
pub(crate) use codes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_of_one_form() {
        let codes = all();
        for pair in codes.windows(2) {
            assert_ne!(pair[0].id, pair[1].id);
        }
        for code in codes {
            let (area, what) = code.id.split_once('/').unwrap_or_default();
            let is_word =
                |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(is_word(area) && is_word(what), "{}", code.id);
            assert!(code.about.len() > 60 && code.about.ends_with('.'), "{}: say more", code.id);
        }
    }
}
