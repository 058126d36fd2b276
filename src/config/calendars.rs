//! `calendars` of site.yaml: feeds that put together what the site chooses, and the calendars of partners.
//!
//! 1. An entry with `file` is a partner's calendar, which lies in `content/calendars/`.
//! 2. Any other entry is a feed of our own, a combination: events that fit all of its lists.
//!
//! What an entry names (areas, venues, tags) is checked in `assemble`, which knows what there is.

use crate::codes;
use crate::config::ids::{self, Named};
use crate::config::terms::read_id_and_name;
use crate::config::{read_colour, web_address};
use crate::date::Fault;
use crate::fields::{Fields, Located};
use crate::yaml::Node;

/// What `calendars` holds.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    pub combinations: Vec<Combination>,
    pub partners: Vec<PartnerCalendar>,
}

/// A feed of the events that fit all of these: one of each list that is not empty, and every access fact.
#[derive(Clone, Debug)]
pub struct Combination {
    pub id: Located<String>,
    pub name: String,
    /// Ids that it had before.
    pub was: Vec<String>,
    /// Access facts by id; an event must have all of them.
    pub access: Vec<Located<String>>,
    /// Only what costs nothing.
    pub is_free: bool,
    /// Only what can be joined online, or only what cannot.
    pub is_online: Option<bool>,
    /// Ids; an area holds the areas within it.
    pub areas: Vec<Located<String>>,
    pub categories: Vec<Located<String>>,
    pub tags: Vec<Located<String>>,
    /// Ids in venues.yaml.
    pub venues: Vec<Located<String>>,
    /// Names, as events write them.
    pub organisers: Vec<Located<String>>,
}

/// A partner's calendar, kept in `content/calendars/`.
#[derive(Clone, Debug)]
pub struct PartnerCalendar {
    /// `leisure-centre.ics`.
    pub file: Located<String>,
    pub name: String,
    /// The partner's own site.
    pub website: Option<String>,
    /// Where the file comes from, with https:// at its start.
    pub source: Option<String>,
    /// Ids that all of its events get.
    pub areas: Vec<Located<String>>,
    pub categories: Vec<Located<String>>,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// A map with fields of events that stand here instead of in the file, unread.
    pub overrides: Option<Node>,
}

enum Entry {
    Combination(Named<Combination>),
    Partner(PartnerCalendar),
}

/// Reads `calendars`.
///
/// Reports: `site/id-twice`, `site/not-a-calendar-file`, `field/` codes.
pub fn read(fields: &mut Fields<'_, '_>) -> Calendars {
    let (mut combinations, mut partners) = (Vec::new(), Vec::new());
    for entry in fields.maps("calendars", read_entry).into_iter().flatten() {
        match entry {
            Entry::Combination(combination) => combinations.push(combination),
            Entry::Partner(partner) => partners.push(partner),
        }
    }
    let (combinations, faults) = ids::distinct(fields.path(), "calendars", combinations);
    faults.into_iter().for_each(|fault| fields.report(fault));
    let combinations =
        combinations.into_iter().map(|named| Combination { was: named.former(), ..named.value }).collect();
    Calendars { combinations, partners }
}

fn read_entry(fields: &mut Fields<'_, '_>) -> Option<Entry> {
    if fields.has("file") {
        return read_partner(fields).map(Entry::Partner);
    }
    let named = read_id_and_name(fields);
    let was = fields.texts("was");
    let access = fields.texts("access");
    let is_free = fields.choice("cost", &[("free", true)]).unwrap_or(false);
    let is_online = fields.flag("online");
    let mut list = |name| fields.texts(name);
    let (areas, categories, tags) = (list("areas"), list("categories"), list("tags"));
    let (venues, organisers) = (list("venues"), list("organisers"));
    let (id, name) = named?;
    let value = Combination {
        id: id.clone(),
        name,
        was: Vec::new(),
        access,
        is_free,
        is_online,
        areas,
        categories,
        tags,
        venues,
        organisers,
    };
    Some(Entry::Combination(Named { id, was, value }))
}

fn read_partner(fields: &mut Fields<'_, '_>) -> Option<PartnerCalendar> {
    let file = fields.parsed("file", &codes::site::NOT_A_CALENDAR_FILE, file_name);
    let name = fields.required_text("name", "name: Kelderby Leisure Centre");
    let website = web_address(fields, "website");
    let source = fields.parsed("source", &codes::field::NOT_AN_ADDRESS, source_address);
    let (areas, categories) = (fields.texts("areas"), fields.texts("categories"));
    let colour = fields.parsed("colour", &codes::site::COLOUR_NOT_READABLE, read_colour);
    let is_map = !fields.entries("overrides").is_empty();
    let overrides = fields.node("overrides").filter(|_| is_map).cloned();
    Some(PartnerCalendar {
        file: file?,
        name: name?,
        website,
        source: source.map(|source| source.value),
        areas,
        categories,
        colour: colour.map(|colour| colour.value.to_string()),
        overrides,
    })
}

fn file_name(text: &str) -> Result<String, Fault> {
    let stem = text.strip_suffix(".ics").unwrap_or_default();
    if stem.is_empty() || stem.starts_with('.') || stem.contains(['/', '\\']) {
        return Err(Fault {
            message: format!("`{text}` is not the name of a calendar's file"),
            help: "put the file into `content/calendars/` and write its name, such as `file: leisure-centre.ics`"
                .to_owned(),
        });
    }
    Ok(text.to_owned())
}

/// `webcal:` is how people are given the addresses of calendars; it stands for https.
fn source_address(text: &str) -> Result<String, Fault> {
    let address = text.strip_prefix("webcal://").map_or_else(|| text.to_owned(), |rest| format!("https://{rest}"));
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || address.contains(char::is_whitespace) {
        return Err(Fault {
            message: format!("`{text}` is not an address on the web"),
            help: "write it with https:// or webcal:// at its start: `source: https://...`".to_owned(),
        });
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::path::SourcePath;

    fn check(text: &str) -> (Calendars, Vec<(&'static str, String)>) {
        let path = SourcePath::from("content/site.yaml");
        let node = crate::yaml::read(&path, text, 0..text.len()).unwrap();
        let mut faults: Vec<Diagnostic> = Vec::new();
        let mut fields = Fields::new(&path, &node, &mut faults);
        let calendars = read(&mut fields);
        fields.finish();
        (calendars, faults.into_iter().map(|fault| (fault.code.id, fault.message.into())).collect())
    }

    fn codes(text: &str) -> Vec<&'static str> {
        check(text).1.into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn a_combination_has_lists_and_facts() {
        let (calendars, faults) = check(
            "calendars:\n- {id: easy, name: Easy to get to, was: simple, access: [step-free, lift], cost: free, \
             online: no, areas: north, venues: [hall, barn]}\n- name: Big days\n",
        );
        assert_eq!(faults, []);
        let [easy, days] = calendars.combinations.as_slice() else { panic!("{calendars:?}") };
        let values = |list: &[Located<String>]| list.iter().map(|value| value.value.clone()).collect::<Vec<_>>();
        assert_eq!(
            (easy.id.value.as_str(), easy.name.as_str(), easy.was.as_slice()),
            ("easy", "Easy to get to", ["simple".to_owned()].as_slice())
        );
        assert_eq!((easy.is_free, easy.is_online), (true, Some(false)));
        assert_eq!(values(&easy.access), ["step-free", "lift"]);
        assert_eq!(
            (values(&easy.areas), values(&easy.venues)),
            (vec!["north".to_owned()], vec!["hall".to_owned(), "barn".to_owned()])
        );
        assert_eq!((days.id.value.as_str(), days.is_free, days.is_online), ("big-days", false, None));
    }

    #[test]
    fn a_partners_calendar_is_read_whole() {
        let (calendars, faults) = check(
            "calendars:\n- file: leisure.ics\n  name: Leisure Centre\n  website: https://leisure.example.org\n  \
             source: webcal://leisure.example.org/all.ics\n  areas: [north]\n  colour: '#AA0000'\n  \
             overrides: {cost: free, access: [step-free]}\n",
        );
        assert_eq!(faults, []);
        let [partner] = calendars.partners.as_slice() else { panic!("{calendars:?}") };
        assert_eq!(partner.file.value, "leisure.ics");
        assert_eq!(partner.source.as_deref(), Some("https://leisure.example.org/all.ics"));
        assert_eq!(partner.colour.as_deref(), Some("#aa0000"));
        assert!(partner.overrides.is_some());
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(codes("calendars:\n- {id: a}\n- {id: A}\n"), ["site/id-twice"]);
        assert_eq!(codes("calendars:\n- {id: a, was: [b]}\n- {id: b}\n"), ["site/id-twice"]);
        assert_eq!(codes("calendars:\n- {id: a, was: [c]}\n- {id: b, was: [c]}\n"), ["site/id-twice"]);
        assert_eq!(codes("calendars:\n- {id: a, cost: cheap}\n"), ["field/not-one-of"]);
        assert_eq!(codes("calendars:\n- {id: a, acces: lift}\n"), ["field/unknown"]);
        assert_eq!(codes("calendars:\n- {access: lift}\n"), ["field/missing"]);
        assert_eq!(codes("calendars:\n- {file: ../a.ics, name: A}\n"), ["site/not-a-calendar-file"]);
        assert_eq!(codes("calendars:\n- {file: a.txt, name: A}\n"), ["site/not-a-calendar-file"]);
        assert_eq!(codes("calendars:\n- {file: a.ics}\n"), ["field/missing"]);
        assert_eq!(codes("calendars:\n- {file: a.ics, name: A, source: a.ics}\n"), ["field/not-an-address"]);
        assert_eq!(codes("calendars:\n- {file: a.ics, name: A, overrides: free}\n"), ["field/not-a-map"]);
    }
}
