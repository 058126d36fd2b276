//! Ids: one for each heading, and no id twice in a page.

use std::collections::BTreeMap;

/// The ids that a page has so far, each with the number that its next namesake gets.
#[derive(Debug, Default)]
pub struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// Claims `wanted`, or `wanted-1`, `wanted-2` ... where that is taken.
    pub fn claim(&mut self, wanted: &str) -> String {
        let Some(next) = self.0.get_mut(wanted) else {
            self.0.insert(wanted.to_owned(), 1);
            return wanted.to_owned();
        };
        let mut number = *next;
        let id = loop {
            let id = format!("{wanted}-{number}");
            number += 1;
            if !self.0.contains_key(&id) {
                break id;
            }
        };
        self.0.insert(wanted.to_owned(), number);
        self.0.insert(id.clone(), 1);
        id
    }

    pub fn is_taken(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

/// The id of a heading as GitHub makes it: lower case, no punctuation, hyphens for spaces.
pub fn id_of(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            ' ' | '-' => id.push('-'),
            '_' | 'a'..='z' | '0'..='9' => id.push(character),
            'A'..='Z' => id.push(character.to_ascii_lowercase()),
            _ if character.is_alphanumeric() => id.extend(character.to_lowercase()),
            _ if character.is_whitespace() => id.push('-'),
            _ => {}
        }
    }
    if id.bytes().all(|byte| byte == b'-') { "section".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_letters_and_drop_punctuation() {
        for (text, expected) in [
            ("What’s on, and when?", "whats-on-and-when"),
            ("Caffi Ŵyl & Tŷ", "caffi-ŵyl--tŷ"),
            ("a_b-c", "a_b-c"),
            ("???", "section"),
        ] {
            assert_eq!(id_of(text), expected, "{text}");
        }
    }

    #[test]
    fn no_id_is_given_twice() {
        let mut ids = Ids::default();
        let claimed: Vec<_> = ["a", "a", "a-1", "a", "b"].iter().map(|id| ids.claim(id)).collect();
        assert_eq!(claimed, ["a", "a-1", "a-1-1", "a-2", "b"]);
    }
}
