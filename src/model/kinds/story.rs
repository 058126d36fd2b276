//! Stories: what changed for somebody, published only while the person agrees.
//!
//! **Invariant:** `Consent` is read here and judged in `assemble`; no view holds any part of it.

use std::ops::Range;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Details, Kind, KindRow, Misplaced};
use crate::codes;
use crate::date::When;
use crate::fields::Fields;

pub const KIND: KindRow = KindRow {
    kind: Kind::Story,
    name: "story",
    folder: Some("stories"),
    has_dated_names: true,
    misplaced: MISPLACED,
    read,
};

/// Names that people write for fields of a story.
const MISPLACED: Misplaced = &[
    (&["name", "identity"], "write it as `person: {name: ..., identity: ...}`"),
    (
        &["reference", "covers", "given", "withdrawn", "guardian"],
        "write it into `consent: {reference: ..., given: ..., covers: [website]}`",
    ),
];

/// A success story.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Story {
    /// As readers may see it; nothing for an anonymous story.
    pub name: Option<String>,
    pub identity: Identity,
    /// `person.age` says so.
    pub is_under_18: bool,
    pub quote: Option<String>,
    /// The story speaks of something that may be hard to read: its page names who helps at once.
    pub is_sensitive: bool,
    /// Nothing where the story has no consent record.
    pub consent: Option<Consent>,
    /// Bytes of the `consent` key, or of where it would stand.
    pub consent_bytes: Range<usize>,
}

/// How the person is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Identity {
    Named,
    FirstName,
    /// An invented name, and the page says so.
    Changed,
    Anonymous,
}

/// What the person agreed to. The signed form is kept elsewhere; `reference` finds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Consent {
    pub given: Option<When>,
    pub expires: Option<When>,
    pub covers: Vec<Use>,
    /// Withdrawn, with the day where one was written.
    pub is_withdrawn: bool,
    pub guardian: Option<bool>,
}

/// What a story may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Use {
    Website,
    Social,
    Print,
}

const IDENTITIES: [(&str, Identity); 4] = [
    ("named", Identity::Named),
    ("first-name", Identity::FirstName),
    ("changed", Identity::Changed),
    ("anonymous", Identity::Anonymous),
];

const USES: [(&str, Use); 3] = [("website", Use::Website), ("social", Use::Social), ("print", Use::Print)];

fn read(fields: &mut Fields<'_, '_>, _: &TimeZone) -> Option<Details> {
    let person = fields.map("person", read_person);
    let (name, identity, is_under_18) = person.unwrap_or((None, Identity::Anonymous, false));
    let consent_bytes = fields.key_bytes("consent");
    let consent = fields.map("consent", read_consent);
    let quote = fields.text("quote");
    let is_sensitive = fields.flag("sensitive").unwrap_or(false);
    let name = name.filter(|_| identity != Identity::Anonymous);
    Some(Details::Story(Box::new(Story { name, identity, is_under_18, quote, is_sensitive, consent, consent_bytes })))
}

fn read_person(fields: &mut Fields<'_, '_>) -> (Option<String>, Identity, bool) {
    let name = fields.located("name");
    let identity = fields.choice("identity", &IDENTITIES).unwrap_or(Identity::Anonymous);
    let is_under_18 = fields.number("age").is_some_and(|age| age < 18);
    match (&name, identity) {
        (Some(name), Identity::Anonymous) => fields.wrong(
            &codes::story::NAME_OF_ANONYMOUS,
            name.bytes.clone(),
            "an anonymous story has no name, so this one is not shown",
            "delete `name`, or say with `identity:` how the person may be named",
        ),
        (None, Identity::Named | Identity::FirstName | Identity::Changed) => {
            fields.missing("name", "name: Jo");
        }
        _ => {}
    }
    (name.map(|name| name.value), identity, is_under_18)
}

fn read_consent(fields: &mut Fields<'_, '_>) -> Consent {
    fields.required_text("reference", "reference: the number of the signed form");
    let given = fields.when("given");
    if given.is_none() && !fields.has("given") {
        fields.missing("given", "given: 2026-05-21");
    }
    let expires = fields.when("expires");
    let covers = fields.choices("covers", &USES);
    let is_withdrawn = match fields.located("withdrawn") {
        None => false,
        Some(text) => !matches!(text.value.to_lowercase().as_str(), "false" | "no"),
    };
    let guardian = fields.flag("guardian");
    Consent {
        given: given.map(|when| when.value),
        expires: expires.map(|when| when.value),
        covers,
        is_withdrawn,
        guardian,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_for_test;
    use super::*;

    fn check(yaml: &str, expected: &str) {
        let found = read_for_test(yaml, read);
        assert!(found.contains(expected), "{yaml}\n{found}");
    }

    #[test]
    fn fields_of_a_story() {
        let consent = "consent: {reference: A1, given: 2026-01-02, expires: 2029-01-02, covers: [website, print]}\n";
        check(
            &format!("{consent}person: {{name: Jo, identity: first-name}}\nquote: Better."),
            "name: Some(\"Jo\"), identity: FirstName, is_under_18: false, quote: Some(\"Better.\"), is_sensitive: false",
        );
        check(&format!("{consent}sensitive: true"), "is_sensitive: true");
        check(consent, "covers: [Website, Print], is_withdrawn: false, guardian: None");
        check(
            &consent.replace("covers", "withdrawn: 2026-03-01, guardian: true, covers"),
            "is_withdrawn: true, guardian: Some(true)",
        );
        check(consent, "expires: Some(Day(2029-01-02))");
        check("quote: Better.", "consent: None");
        check(&format!("{consent}person: {{name: Jo, identity: named, age: 17}}"), "is_under_18: true");
    }

    #[test]
    fn wrong_values_of_a_story() {
        let consent = "consent: {reference: A1, given: 2026-01-02, covers: [website]}\n";
        check(&format!("{consent}person: {{name: Jo, identity: secret}}"), "field/not-one-of [secret]");
        check(&format!("{consent}person: {{identity: changed}}"), "field/missing [] `name` is missing in `person`");
        check(&format!("{consent}person: {{name: Jo, identity: anonymous}}"), "story/name-of-anonymous [Jo]");
        check("consent: {given: 2026-01-02}", "`reference` is missing in `consent`");
        check("consent: {reference: A}", "`given` is missing");
        check("consent: {reference: A, given: 5/6/2026}", "field/not-a-date [5/6/2026]");
        check("consent: {reference: A, given: 2026-01-02, expires: soon}", "field/not-a-date [soon]");
        check("consent: {reference: A, given: 2026-01-02, covers: [webside]}", "did you mean `website`?");
        check("consent: {reference: A, given: 2026-01-02, guardian: maybe}", "field/not-yes-or-no [maybe]");
        check("consent: {reference: A, given: 2026-01-02, expire: 2027-01-01}", "did you mean `expires`?");
        check("quote: [a]", "field/not-text");
        check(&format!("{consent}sensitive: maybe"), "field/not-yes-or-no [maybe]");
        check(&format!("{consent}person: {{name: Jo, identity: named, age: young}}"), "field/not-a-number [young]");
    }
}
