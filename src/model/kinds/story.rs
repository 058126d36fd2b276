//! Stories: what changed for somebody, published only while the person agrees.
//!
//! **Invariant:** `Consent` is read here and judged in `assemble`; no view holds any part of it.

use std::ops::Range;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Details, Kind, KindRow, Misplaced};
use crate::codes;
use crate::date::When;
use crate::fields::{Fields, all_of};
use crate::path::nearest;

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
    /// Something in it could not be read, which was said already.
    pub is_wrong: bool,
}

/// What a story may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Use {
    Website,
    Social,
    Print,
}

/// The fields that mean something in `consent` alone; `expires` is a field of every page, too.
const OF_CONSENT: [&str; 5] = ["reference", "given", "covers", "withdrawn", "guardian"];
/// The fields that mean something in `person` alone.
const OF_PERSON: [&str; 3] = ["name", "identity", "age"];

const IDENTITIES: [(&str, Identity); 4] = [
    ("named", Identity::Named),
    ("first-name", Identity::FirstName),
    ("changed", Identity::Changed),
    ("anonymous", Identity::Anonymous),
];

const USES: [(&str, Use); 3] = [("website", Use::Website), ("social", Use::Social), ("print", Use::Print)];

/// Reads the fields of a story; nothing where what it says of the person or of consent may not be heeded.
///
/// Reports: `story/unknown-field`, `story/field-misplaced`, and the faults of single fields.
fn read(fields: &mut Fields<'_, '_>, _: &TimeZone) -> Option<Details> {
    let person = fields.map("person", read_person);
    let (name, identity, is_under_18) = person.unwrap_or((None, Identity::Anonymous, false));
    let consent_bytes = fields.key_bytes("consent");
    let errors = fields.errors();
    let consent = fields.map("consent", read_consent);
    let consent = consent.map(|consent| Consent { is_wrong: fields.errors() > errors, ..consent });
    let quote = fields.text("quote");
    let is_sensitive = fields.flag("sensitive").unwrap_or(false);
    let name = name.filter(|_| identity != Identity::Anonymous);
    report_misplaced(fields);
    if fields.has_fault(&codes::story::FIELD_MISPLACED) || fields.has_fault(&codes::story::FIELD_UNKNOWN) {
        return None;
    }
    Some(Details::Story(Box::new(Story { name, identity, is_under_18, quote, is_sensitive, consent, consent_bytes })))
}

/// Reports what stands beside `consent` or `person` and belongs into it.
fn report_misplaced(fields: &mut Fields<'_, '_>) {
    let misplaced = fields.take_unasked(belongs_to);
    for home in ["consent", "person"] {
        let here = misplaced.iter().filter(|(.., belongs)| *belongs == home);
        let keys: Vec<&str> = here.clone().map(|(key, ..)| *key).collect();
        let Some((_, bytes, _)) = here.min_by_key(|(_, bytes, _)| bytes.start) else { continue };
        let (have, them, lines) = if keys.len() == 1 { ("has", "it", "a line") } else { ("have", "them", "lines") };
        let message = format!("{} {have} no effect outside `{home}`", all_of(&keys));
        let help =
            format!("move {them} into `{home}:`: write {them} on {lines} below that word, two spaces further in");
        fields.wrong(&codes::story::FIELD_MISPLACED, bytes.clone(), message, help);
    }
}

/// The field into which a field of a story belongs that nobody knows; nothing for what may be a theme's own.
fn belongs_to(key: &str, text: Option<&str>) -> Option<&'static str> {
    let key = key.to_lowercase();
    let is_withdrawal = |words: &str| words.to_lowercase().contains("withdr");
    let is_near = || nearest(&key, ["withdrawn", "guardian"]).is_some();
    if OF_PERSON.contains(&key.as_str()) {
        return Some("person");
    }
    let is_of_consent = OF_CONSENT.contains(&key.as_str())
        || ["consent_", "consent-"].iter().any(|start| key.starts_with(start))
        || is_withdrawal(&key)
        || text.is_some_and(is_withdrawal)
        || is_near();
    is_of_consent.then_some("consent")
}

fn read_person(fields: &mut Fields<'_, '_>) -> (Option<String>, Identity, bool) {
    fields.unknown_is(&codes::story::FIELD_UNKNOWN);
    let name = fields.located("name");
    let is_written = fields.has("identity");
    let identity = fields.choice("identity", &IDENTITIES);
    let is_told = is_written && identity.is_none();
    let identity = identity.unwrap_or(Identity::Anonymous);
    let is_under_18 = fields.number("age").is_some_and(|age| age < 18);
    match (&name, identity) {
        (Some(name), Identity::Anonymous) if !is_told => fields.wrong(
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
    fields.unknown_is(&codes::story::FIELD_UNKNOWN);
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
        is_wrong: false,
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
    fn what_belongs_into_consent_or_person_is_not_passed_over_beside_them() {
        let story =
            "consent: {reference: A1, given: 2026-01-02, covers: [website]}\nperson: {name: Jo, identity: named}\n";
        for (line, home) in [
            ("withdrawn: 2026-11-02", "consent"),
            ("Withdrawn: true", "consent"),
            ("withdrawl: true", "consent"),
            ("consent_withdrawn: true", "consent"),
            ("status: withdrawn", "consent"),
            ("guardian: false", "consent"),
            ("covers: [print]", "consent"),
            ("age: 15", "person"),
            ("identity: anonymous", "person"),
        ] {
            let key = line.split_once(':').unwrap().0;
            let expected = format!("story/field-misplaced [{key}] `{key}` has no effect outside `{home}`");
            check(&format!("{story}{line}"), &expected);
            check(&format!("{story}{line}"), &format!("move it into `{home}:`"));
        }
        let outside = "consent:\nreference: A1\ngiven: 2026-01-02\ncovers: [website]\nage: 15\n";
        check(
            outside,
            "[reference] `covers`, `given` and `reference` have no effect outside `consent` | move them into",
        );
        for line in ["mood: calm", "layout: wide", "page: 3", "expires: 2027-01-01", "place: Kelderby"] {
            assert_eq!(belongs_to(line.split_once(':').unwrap().0, None), None, "{line}");
        }
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
        check(&format!("{consent}person: {{name: Jo, identity: named, ages: 15}}"), "story/unknown-field [ages]");
        for unknown in
            ["withdrawl: true", "withdrew: true", "status: withdrawn", "expiry: 2026-06-01", "end: 2026-06-01"]
        {
            let key = unknown.split_once(':').unwrap().0;
            check(&consent.replace("covers", &format!("{unknown}, covers")), &format!("story/unknown-field [{key}]"));
        }
        check(&format!("{consent}sensitive: maybe"), "field/not-yes-or-no [maybe]");
        check(&format!("{consent}person: {{name: Jo, identity: named, age: young}}"), "field/not-a-number [young]");
    }
}
