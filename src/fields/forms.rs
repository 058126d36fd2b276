//! How fields that hold further fields are written, for those who wrote something else.

/// Fields by their names, each with an example of it.
const FORMS: &[(&str, &str)] = &[
    ("areas", "areas: [{id: north, name: The north}]"),
    ("avoid", "avoid: [{term: service user, prefer: person}]"),
    ("assets", "assets: [{file: poster.pdf, title: Poster}]"),
    ("author", "author: {name: Jo Bloggs, role: link worker}"),
    ("booking", "booking: {phone: 01632 960123}"),
    ("calendars", "calendars: [{id: free, name: Free events, cost: free}]"),
    ("categories", "categories: [{id: money, name: Money and benefits}]"),
    ("changes", "changes: [{on: 2026-06-09, start: '11:00'}]"),
    ("consent", "consent: {reference: number of the form, given: 2026-05-21, covers: [website]}"),
    ("contact", "contact: {phone: 01632 960123, email: hello@example.org}"),
    ("eligibility", "eligibility: {text: Adults only, minimum_age: 18}"),
    ("facts", "facts: [{text: One in five people feel lonely, source: Name of the study}]"),
    ("feeds", "feeds: {content: summary, limit: 20}"),
    ("help_now", "help_now: [{name: Samaritans, phone: '116 123'}]"),
    ("image", "image: {src: picture.jpg, alt: What the picture shows}"),
    ("menu", "menu: [{label: Events, link: /events/}]"),
    ("needs", "needs: [{id: lonely, name: Feeling lonely}]"),
    ("opening", OPENING),
    ("organiser", "organiser: {name: Mill Lane Trust, url: 'https://www.example.org'}"),
    ("partners", "partners: [{name: Mill Lane Surgery, url: 'https://www.example.org'}]"),
    ("person", "person: {name: Jo, identity: first-name}"),
    ("posts", "posts: [{text: Words to post, channel: Facebook}]"),
    ("repeats", "repeats: {every: week, on: [tuesday]}"),
    ("review", "review: {resource: 12 months}"),
    ("social", "social: [{name: Facebook, url: 'https://www.example.org'}]"),
    ("toolkit", "toolkit: {posts: [{text: Words to post, channel: Facebook}]}"),
    ("venue", "venue: {name: Mill Lane Hall, address: Mill Lane, postcode: ZZ1 1AA}"),
    ("words", "words: {avoid: [{term: service user, prefer: person}]}"),
];

/// How `opening` is written.
pub const OPENING: &str = "opening: [{days: [monday, friday], opens: 9am, closes: 5pm}]";

/// What to write for a field that holds further fields.
pub(super) fn advice(name: &str) -> String {
    match FORMS.iter().find(|(known, _)| *known == name) {
        Some((_, form)) => format!("write it as in `{form}`"),
        None => "write `name: value` lines, each further in than the line above them".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::FORMS;
    use crate::path::SourcePath;
    use crate::yaml::{Value, read};

    #[test]
    fn every_form_is_yaml_of_that_field() {
        for (name, form) in FORMS {
            let node = read(&SourcePath::from("a.yaml"), form, 0..form.len()).unwrap();
            let Value::Map(map) = node.value else { panic!("{form}") };
            assert!(map.len() == 1 && form.starts_with(&format!("{name}: ")), "{form}");
        }
    }
}
