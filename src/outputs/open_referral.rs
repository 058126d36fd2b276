//! `api/open-referral/`: the directory as Open Referral UK 3.0 (the HSDS 3.0 profile of docs.openreferraluk.org), so that
//! other directories can take it over.
//!
//! | file | answers the GET of |
//! |---|---|
//! | `index.json` | `/`: which standard this is |
//! | `services/index.json`, `services/{id}/index.json` | `/services`, `/services/{id}` |
//! | `service_at_locations/index.json`, `service_at_locations/{id}/index.json` | the same, by the place |
//! | `taxonomies/...`, `taxonomy_terms/...` | needs and categories, and the terms in them |
//!
//! A static host ignores `?page=2`, so a list is always one page that holds everything, and says that it is the last.
//! Ids are made of the site's address and the path of what they stand for: they stay while these do.
//!
//! **Invariant:** what is not known is left out, but for what the standard requires; nothing is made up. An address
//! without a postcode is not given, since the standard requires one.

use jiff::civil::Time;
use serde::Serialize;
use serde_json::{Value, json};

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::config::Term as KnownTerm;
use crate::date::words as date_words;
use crate::hash::{Fingerprint, lasting_uuid};
use crate::model::kinds::resource::{Opening, Resource, Status};
use crate::model::kinds::{Details, Kind};
use crate::model::place::VenueRef;
use crate::path::{OutputPath, slug};
use crate::site::{Page, Site};
use crate::view::words::{access_words, cost_words, price, referral_words, resource_status_words};

/// The folder, below the site's root.
pub const FOLDER: &str = "api/open-referral/";
/// Where the standard is described.
const PROFILE: &str = "https://docs.openreferraluk.org/";
const OPENAPI: &str = "https://raw.githubusercontent.com/OpenReferralUK/uk-profile/main/schema/openapi.json";

/// A list of everything of one kind.
#[derive(Clone, Copy)]
enum List {
    Services,
    Locations,
    Taxonomies,
    Terms,
}

/// One entry, by its source where it has one, else by its id.
#[derive(Clone)]
enum One {
    Service(usize),
    Location(usize),
    Taxonomy(&'static str),
    /// The taxonomy and the term's id in site.yaml.
    Term(&'static str, String),
}

/// The words of site.yaml that services are sorted by.
const TAXONOMIES: [&str; 2] = ["needs", "categories"];

/// Every file, where the site has sources of help.
pub fn plan(site: &Site) -> Vec<Artefact> {
    if site.section(Kind::Resource).is_empty() {
        return Vec::new();
    }
    let owner = || Owner::named("the directory as Open Referral");
    let path = |rest: &str| OutputPath::new(format!("{FOLDER}{rest}index.json"));
    let mut artefacts = vec![Artefact::new(path(""), owner(), Stage::Data, (), prepare_root)];
    let lists = [
        ("services/", List::Services),
        ("service_at_locations/", List::Locations),
        ("taxonomies/", List::Taxonomies),
        ("taxonomy_terms/", List::Terms),
    ];
    artefacts.extend(lists.map(|(rest, list)| Artefact::new(path(rest), owner(), Stage::Data, list, prepare_list)));
    let one = |rest: &str, id: String, one: One| {
        Artefact::new(path(&format!("{rest}{id}/")), owner(), Stage::Data, one, prepare_one)
    };
    for &id in site.section(Kind::Resource) {
        let page = site.pages[id].as_ref();
        artefacts.push(one("services/", service_id(site, page), One::Service(id)));
        artefacts.push(one("service_at_locations/", location_link_id(site, page), One::Location(id)));
    }
    for name in TAXONOMIES {
        artefacts.push(one("taxonomies/", uuid(site, &["taxonomy", name]), One::Taxonomy(name)));
        for term in known(site, name) {
            artefacts.push(one("taxonomy_terms/", term_id(site, name, &term.id), One::Term(name, term.id.clone())));
        }
    }
    artefacts
}

fn prepare_root<'s>(_: &'s Site, (): &()) -> Prepared<'s> {
    let parts = Parts::default().with("the standard", Fingerprint::of(&(PROFILE, OPENAPI)));
    Prepared::new(parts, Vec::new(), (), |(), _| {
        Ok(bytes(&json!({"version": "3.0", "profile": PROFILE, "openapi_url": OPENAPI})))
    })
}

fn prepare_list<'s>(site: &'s Site, list: &List) -> Prepared<'s> {
    let pages: Vec<Fingerprint> = match list {
        List::Services | List::Locations => {
            site.section(Kind::Resource).iter().map(|&id| site.pages[id].fingerprint).collect()
        }
        List::Taxonomies | List::Terms => Vec::new(),
    };
    let parts = Parts::default()
        .with("the pages that it lists", Fingerprint::of(&pages))
        .with("the settings of the site", site.fingerprint);
    Prepared::new(parts, Vec::new(), (site, *list), |(site, list), _| {
        let pages = site.section(Kind::Resource).iter().map(|&id| site.pages[id].as_ref());
        let resources = pages.filter_map(|page| Some((page, resource(page)?)));
        let contents: Vec<Value> = match list {
            List::Services => resources.map(|(page, resource)| value(&service(site, page, resource))).collect(),
            List::Locations => resources.map(|(page, resource)| location_link(site, page, resource)).collect(),
            List::Taxonomies => TAXONOMIES.iter().map(|name| taxonomy(site, name)).collect(),
            List::Terms => {
                TAXONOMIES.iter().flat_map(|name| known(site, name).iter().map(|t| term(site, name, t))).collect()
            }
        };
        let count = contents.len();
        Ok(bytes(&json!({
            "total_items": count,
            "total_pages": 1,
            "page_number": 1,
            "size": count,
            "first_page": true,
            "last_page": true,
            "empty": count == 0,
            "contents": contents,
        })))
    })
}

fn prepare_one<'s>(site: &'s Site, one: &One) -> Prepared<'s> {
    let page = match one {
        One::Service(id) | One::Location(id) => Some(site.pages[*id].fingerprint),
        One::Taxonomy(_) | One::Term(..) => None,
    };
    let parts = Parts::default()
        .with("its own text and facts", Fingerprint::of(&page))
        .with("the settings of the site", site.fingerprint);
    Prepared::new(parts, Vec::new(), (site, one.clone()), |(site, one), _| {
        let of_page = |id: usize| {
            let page = site.pages[id].as_ref();
            resource(page).map(|resource| (page, resource))
        };
        let found = match one {
            One::Service(id) => of_page(*id).map(|(page, resource)| whole_service(site, page, resource)),
            One::Location(id) => of_page(*id).map(|(page, resource)| {
                let mut link = location_link(site, page, resource);
                link["service"] = value(&service(site, page, resource));
                link
            }),
            One::Taxonomy(name) => Some(taxonomy(site, name)),
            One::Term(name, id) => known(site, name).iter().find(|t| t.id == *id).map(|t| term(site, name, t)),
        };
        Ok(bytes(&found.unwrap_or_default()))
    })
}

/// A service with all that it has one of.
#[derive(Serialize)]
struct Service<'s> {
    id: String,
    organization_id: String,
    name: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'s str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'s str>,
    /// active, inactive, defunct or temporarily closed.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fees: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eligibility_description: Option<&'s str>,
    /// Who may make the first contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    application_process: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_age: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum_age: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assured_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assurer_email: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alert: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    organization: Value,
}

fn service<'s>(site: &'s Site, page: &'s Page, resource: &'s Resource) -> Service<'s> {
    let meta = &page.document.meta;
    let provider = provider(page, resource);
    let organization_id = uuid(site, &["organization", &slug(provider)]);
    let seen = resource.checked.or(meta.updated).or(meta.date);
    Service {
        id: service_id(site, page),
        name: &page.card.title,
        description: &page.card.summary,
        url: resource.contact.website.clone().unwrap_or_else(|| site.absolute(&page.url)),
        email: resource.contact.email.as_deref(),
        status: match resource.status {
            Status::Open | Status::WaitingList => "active",
            Status::TemporarilyClosed => "temporarily closed",
            Status::Closed => "inactive",
        },
        fees: resource.cost.as_deref().map(|cost| cost_words(&site.config.words, cost)),
        eligibility_description: resource.eligibility.text.as_deref(),
        application_process: resource.referral.map(|referral| referral_words(&site.config.words, referral)),
        minimum_age: resource.eligibility.minimum_age,
        maximum_age: resource.eligibility.maximum_age,
        assured_date: resource.checked.map(|checked| date_words::iso_day(checked.date())),
        assurer_email: resource.checked.and(site.config.contact.email.as_deref()),
        alert: resource_status_words(&site.config.words, resource.status),
        last_modified: seen.map(|when| date_words::rfc3339(&when.in_zone(&site.config.timezone).zoned)),
        organization: json!({
            "id": organization_id,
            "name": provider,
            "description": site.config.words.say(
                "open_data.organisation",
                &[("name", crate::words::Value::Text(provider)), ("site", crate::words::Value::Text(&site.config.name))],
            ),
        }),
        organization_id,
    }
}

/// A service with everything that belongs to it.
fn whole_service(site: &Site, page: &Page, resource: &Resource) -> Value {
    let id = service_id(site, page);
    let part = |kind: &str, at: usize| uuid(site, &[kind, page.document.path.as_str(), &at.to_string()]);
    let mut whole = value(&service(site, page, resource));
    let schedules =
        resource.opening.iter().enumerate().map(|(at, opening)| schedule(part("schedule", at), &id, opening));
    let areas = page.areas.iter().enumerate().map(|(at, area)| {
        json!({"id": part("service_area", at), "service_id": id, "name": area.title, "uri": site.absolute(&area.url)})
    });
    let languages = resource.languages.iter().enumerate();
    let languages = languages.map(|(at, name)| json!({"id": part("language", at), "service_id": id, "name": name}));
    let cost_options = resource.cost.iter().filter_map(|cost| {
        let (amount, currency) = price(&site.config.words, cost)?;
        let amount: serde_json::Number = serde_json::from_str(&amount).ok()?;
        let option = cost_words(&site.config.words, cost);
        Some(json!({
            "id": part("cost_option", 0), "service_id": id, "option": option, "amount": amount, "currency": currency,
        }))
    });
    let contacts = resource.contact.phone.iter().map(|number| {
        let contact = part("contact", 0);
        let phone = json!({"id": part("phone", 0), "contact_id": contact, "number": number});
        json!({"id": contact, "service_id": id, "phones": [phone]})
    });
    let terms: [(&'static str, &[crate::fields::Located<String>]); 2] =
        [("needs", &page.document.meta.needs), ("categories", &page.document.meta.categories)];
    let attributes = terms.into_iter().flat_map(|(name, ids)| {
        let found = ids.iter().filter_map(move |id| known(site, name).iter().find(|term| term.id == id.value));
        found.map(move |of| (name, of))
    });
    let attributes = attributes.enumerate().map(|(at, (name, of))| {
        json!({
            "id": part("attribute", at), "link_id": id, "link_type": "service",
            "taxonomy_term_id": term_id(site, name, &of.id), "taxonomy_term": term(site, name, of),
        })
    });
    let lists: [(&str, Vec<Value>); 7] = [
        ("schedules", schedules.collect()),
        ("service_areas", areas.collect()),
        ("service_at_locations", vec![location_link(site, page, resource)]),
        ("languages", languages.collect()),
        ("cost_options", cost_options.collect()),
        ("contacts", contacts.collect()),
        ("attributes", attributes.collect()),
    ];
    for (name, entries) in lists.into_iter().filter(|(_, entries)| !entries.is_empty()) {
        whole[name] = Value::from(entries);
    }
    whole
}

/// Opening hours as a weekly rule (RFC 5545 §3.3.10).
fn schedule(id: String, service_id: &str, opening: &Opening) -> Value {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let days = opening.days.iter().map(|day| DAYS[usize::try_from(day.to_monday_zero_offset()).unwrap_or_default()]);
    let days: Vec<&str> = days.collect();
    let mut schedule = json!({"id": id, "service_id": service_id});
    if !days.is_empty() {
        schedule["freq"] = "WEEKLY".into();
        schedule["interval"] = 1.into();
        schedule["byday"] = days.join(",").into();
    }
    let clock = |time: Time| Value::from(format!("{:02}:{:02}", time.hour(), time.minute()));
    // What closes when it opens would be open for no time, or for a day: the last minute of the day says which.
    let closes =
        opening.closes.map(|closes| if opening.is_day_and_night() { Time::constant(23, 59, 0, 0) } else { closes });
    for (name, time) in [("opens_at", opening.opens), ("closes_at", closes)] {
        if let Some(time) = time {
            schedule[name] = clock(time);
        }
    }
    if let Some(note) = &opening.note {
        schedule["notes"] = note.clone().into();
    }
    schedule
}

/// The service at its place: its venue, the address of its office, or nowhere in particular.
fn location_link(site: &Site, page: &Page, resource: &Resource) -> Value {
    let fields = match &resource.venue {
        Some(VenueRef::Named(id)) => site.config.venues.get(&id.value).map(|venue| &venue.fields),
        Some(VenueRef::Described(fields)) => Some(fields.as_ref()),
        None => None,
    };
    let line = page.venue.as_ref().and_then(|venue| venue.address.as_deref()).or(resource.contact.address.as_deref());
    // Two towns may have a hall of one name.
    let own = match &resource.venue {
        Some(VenueRef::Named(id)) => format!("venue {}", id.value),
        Some(VenueRef::Described(fields)) => slug(&format!("{} {}", fields.name, line.unwrap_or_default())),
        None => page.document.path.as_str().to_owned(),
    };
    let location_id = uuid(site, &["location", &own]);
    let is_physical = fields.is_some() || line.is_some();
    let mut location = json!({"id": location_id, "location_type": if is_physical { "physical" } else { "virtual" }});
    if let Some(fields) = fields {
        location["name"] = fields.name.clone().into();
        if let Some((latitude, longitude)) = &fields.coordinates {
            for (name, degrees) in [("latitude", latitude), ("longitude", longitude)] {
                if let Ok(degrees) = serde_json::from_str::<serde_json::Number>(degrees) {
                    location[name] = degrees.into();
                }
            }
        }
    }
    if let Some(address) = line.and_then(split_address) {
        let area = page.areas.first().map_or(address.city, |area| area.title.as_str());
        location["addresses"] = json!([{
            "id": uuid(site, &["address", &own]), "location_id": location_id,
            "address_1": address.street, "city": address.city, "state_province": area,
            "postal_code": address.postcode, "country": "GB", "address_type": "physical",
        }]);
    }
    if !resource.access.is_empty() && is_physical {
        let facts: Vec<String> =
            resource.access.iter().map(|fact| access_words(&site.config.words, &fact.value)).collect();
        location["accessibility"] = json!([{
            "id": uuid(site, &["accessibility", page.document.path.as_str()]), "location_id": location_id,
            "description": facts.join(", "),
        }]);
    }
    json!({
        "id": location_link_id(site, page), "service_id": service_id(site, page), "location_id": location_id,
        "location": location,
    })
}

/// An address on one line, taken apart.
struct Address<'a> {
    street: &'a str,
    city: &'a str,
    postcode: &'a str,
}

/// Takes `22 Fish Street, Kelderby ZZ1 1DB` apart; nothing where it does not end in a postcode.
fn split_address(line: &str) -> Option<Address<'_>> {
    let line = line.trim();
    let at = line.trim_end().rmatch_indices(' ').nth(1).map_or(0, |(at, _)| at + 1);
    let (before, postcode) = (line[..at].trim_end_matches([',', ' ']), &line[at..]);
    let (outward, inward) = postcode.split_once(' ')?;
    let is_alphanumeric = |part: &str| part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_postcode = (2..=4).contains(&outward.len())
        && outward.starts_with(|c: char| c.is_ascii_uppercase())
        && is_alphanumeric(outward)
        && inward.len() == 3
        && inward.starts_with(|c: char| c.is_ascii_digit())
        && is_alphanumeric(inward);
    if !is_postcode || before.is_empty() {
        return None;
    }
    let (street, city) = before.rsplit_once(',').map_or((before, before), |(street, city)| (street, city.trim()));
    Some(Address { street: street.trim(), city, postcode })
}

fn taxonomy(site: &Site, name: &str) -> Value {
    let words = &site.config.words;
    let title = words.text(if name == "needs" { "open_data.needs" } else { "open_data.categories" });
    json!({
        "id": uuid(site, &["taxonomy", name]), "name": title, "description": title,
        "uri": site.absolute(&format!("{}{name}/", site.config.base_path)),
    })
}

fn term(site: &Site, name: &str, term: &KnownTerm) -> Value {
    json!({
        "id": term_id(site, name, &term.id), "name": term.name, "description": term.name,
        "taxonomy": name, "taxonomy_id": uuid(site, &["taxonomy", name]),
        "term_uri": site.absolute(&format!("{}{name}/{}/", site.config.base_path, slug(&term.id))),
    })
}

fn known<'s>(site: &'s Site, name: &str) -> &'s [KnownTerm] {
    if name == "needs" { &site.config.needs } else { &site.config.categories }
}

fn resource(page: &Page) -> Option<&Resource> {
    match &page.document.details {
        Details::Resource(resource) => Some(resource),
        _ => None,
    }
}

/// Who runs it; a source of help that names nobody runs itself.
fn provider<'s>(page: &'s Page, resource: &'s Resource) -> &'s str {
    resource.provider.as_deref().unwrap_or(&page.card.title)
}

fn service_id(site: &Site, page: &Page) -> String {
    uuid(site, &["service", page.document.path.as_str()])
}

fn location_link_id(site: &Site, page: &Page) -> String {
    uuid(site, &["service_at_location", page.document.path.as_str()])
}

fn term_id(site: &Site, name: &str, id: &str) -> String {
    uuid(site, &["taxonomy_term", name, id])
}

fn uuid(site: &Site, name: &[&str]) -> String {
    lasting_uuid(&format!("{} {}", site.config.origin, name.join(" ")))
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn bytes(of: &Value) -> Vec<u8> {
    // Texts and numbers under text keys: nothing that JSON does not have.
    serde_json::to_vec(of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_at_its_postcode() {
        let check = |line: &str, expected: Option<(&str, &str, &str)>| {
            let found = split_address(line).map(|address| (address.street, address.city, address.postcode));
            assert_eq!(found, expected, "{line}");
        };
        check("22 Fish Street, Kelderby ZZ1 1DB", Some(("22 Fish Street", "Kelderby", "ZZ1 1DB")));
        check("Hall, 1 Mill Lane, Kelderby, ZZ1 1DB", Some(("Hall, 1 Mill Lane", "Kelderby", "ZZ1 1DB")));
        check("Kelderby ZZ1 1DB", Some(("Kelderby", "Kelderby", "ZZ1 1DB")));
        check("1 Mill Lane, Kelderby", None);
        check("ZZ1 1DB", None);
        check("", None);
    }
}
