//! What a page is about, for search engines: JSON-LD with the words of schema.org.
//!
//! The fields of each struct stand in the order of their names, which is their order in the file.

use std::borrow::Cow;

use serde::Serialize;

use crate::calendar::recurrence::Times;
use crate::date::words as date_words;
use crate::model::kinds::event::{Event as EventFields, Status};
use crate::site::{EventDates, Page, absolute};
use crate::view::words::is_free;
use crate::view::{LinkView, PictureView, SiteView, VenueView};

/// Something that a page is about.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub enum Fact<'a> {
    Article(Article<'a>),
    BlogPosting(Article<'a>),
    BreadcrumbList(BreadcrumbList<'a>),
    Event(Box<Event<'a>>),
    Organization(Organisation<'a>),
    Service(Service<'a>),
    WebSite(WebSite<'a>),
}

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: &'a [Fact<'a>],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Article<'a> {
    author: Agent<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    in_language: &'a str,
    main_entity_of_page: String,
    publisher: Agent<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BreadcrumbList<'a> {
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ListItem<'a> {
    item: String,
    name: &'a str,
    position: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    end_date: String,
    event_attendance_mode: &'static str,
    event_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_accessible_for_free: Option<bool>,
    location: Location<'a>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offers: Option<Offer>,
    organizer: Agent<'a>,
    start_date: String,
    url: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Location<'a> {
    One(Spot<'a>),
    Both([Spot<'a>; 2]),
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Spot<'a> {
    Place { address: &'a str, name: &'a str },
    VirtualLocation { url: Cow<'a, str> },
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Offer {
    availability: &'static str,
    price: &'static str,
    price_currency: &'static str,
    url: String,
}

/// Who wrote, publishes or runs something.
#[derive(Serialize)]
#[serde(tag = "@type")]
enum Agent<'a> {
    Organization(Organisation<'a>),
    Person { name: &'a str },
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Service<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    area_served: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    name: &'a str,
    provider: Agent<'a>,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebSite<'a> {
    in_language: &'a str,
    name: &'a str,
    url: String,
}

/// The content of a `script` element: nothing in it may look like the element's end (HTML, "Restrictions
/// for contents of script elements"), and no line may end where JavaScript would have none.
pub fn script(graph: &[Fact<'_>]) -> String {
    if graph.is_empty() {
        return String::new();
    }
    let mut json = serde_json::to_string(&Graph { context: "https://schema.org", graph }).unwrap_or_default();
    for (letter, escaped) in [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        if json.contains(letter) {
            json = json.replace(letter, escaped);
        }
    }
    json
}

/// The way to a page, as a `BreadcrumbList`.
pub fn breadcrumbs<'a>(trail: &'a [LinkView], title: &'a str, canonical: &str, origin: &str) -> Option<Fact<'a>> {
    if trail.is_empty() {
        return None;
    }
    let above = trail.iter().map(|link| (link.title.as_str(), absolute(origin, &link.url)));
    let all = above.chain([(title, canonical.to_owned())]).enumerate();
    let item_list_element = all.map(|(at, (name, item))| ListItem { item, name, position: at + 1 }).collect();
    Some(Fact::BreadcrumbList(BreadcrumbList { item_list_element }))
}

/// Who publishes, with contact details: for the home page.
pub fn organisation(site: &SiteView) -> Vec<Fact<'_>> {
    let contact = &site.contact;
    let organisation = Organisation {
        telephone: contact.phone.as_deref(),
        email: contact.email.as_deref(),
        address: contact.address.as_deref(),
        same_as: site.social.iter().map(|link| link.url.as_str()).collect(),
        ..publisher(site)
    };
    let home = absolute(&site.origin, &site.home);
    vec![
        Fact::Organization(organisation),
        Fact::WebSite(WebSite { in_language: &site.language, name: &site.name, url: home }),
    ]
}

fn publisher(site: &SiteView) -> Organisation<'_> {
    Organisation {
        logo: site.logo.as_ref().map(|logo| logo.absolute_url.as_str()),
        url: Some(absolute(&site.origin, &site.home)),
        ..named(&site.name)
    }
}

fn named(name: &str) -> Organisation<'_> {
    Organisation { name, ..Organisation::default() }
}

/// A post or story.
pub fn article<'a>(site: &'a SiteView, page: &'a Page, image: Option<&'a PictureView>) -> Article<'a> {
    let meta = &page.document.meta;
    let published = page.card.date.as_ref().map(|date| date.iso.as_str());
    let updated = meta.updated.map(|updated| date_words::iso_day(updated.date()));
    Article {
        author: match &meta.author {
            Some(name) => Agent::Person { name },
            None => Agent::Organization(publisher(site)),
        },
        date_modified: updated.or_else(|| published.map(str::to_owned)),
        date_published: published,
        description: description(page),
        headline: &meta.title,
        image: address(image),
        in_language: &page.language,
        main_entity_of_page: absolute(&site.origin, &page.url),
        publisher: Agent::Organization(publisher(site)),
    }
}

/// An event, by the date that its page shows.
pub fn event<'a>(
    site: &'a SiteView,
    page: &'a Page,
    event: &'a EventFields,
    dates: &EventDates,
    image: Option<&'a PictureView>,
) -> Event<'a> {
    let url = absolute(&site.origin, &page.url);
    let (start_date, end_date) = match &dates.shown.times {
        Times::Timed { start, end } => (date_words::rfc3339(start), date_words::rfc3339(end)),
        Times::Days { first, last } => (date_words::iso_day(*first), date_words::iso_day(*last)),
    };
    let is_online = event.online.is_some() || event.status == Status::MovedOnline;
    let is_free = event.cost.as_deref().is_some_and(is_free);
    Event {
        description: description(page),
        end_date,
        event_attendance_mode: match (&page.venue, is_online) {
            (Some(_), true) if event.status != Status::MovedOnline => "https://schema.org/MixedEventAttendanceMode",
            (_, true) => "https://schema.org/OnlineEventAttendanceMode",
            _ => "https://schema.org/OfflineEventAttendanceMode",
        },
        event_status: match event.status {
            Status::Scheduled | Status::Full => "https://schema.org/EventScheduled",
            Status::Cancelled => "https://schema.org/EventCancelled",
            Status::Postponed => "https://schema.org/EventPostponed",
            Status::MovedOnline => "https://schema.org/EventMovedOnline",
        },
        image: address(image),
        is_accessible_for_free: is_free.then_some(true),
        location: location(page.venue.as_deref(), event, is_online, &url),
        name: &page.document.meta.title,
        offers: is_free.then(|| Offer {
            availability: match event.status {
                Status::Full => "https://schema.org/SoldOut",
                _ => "https://schema.org/InStock",
            },
            price: "0",
            price_currency: "GBP",
            url: url.clone(),
        }),
        organizer: Agent::Organization(match &event.organiser {
            Some(name) => Organisation { url: Some(url.clone()), ..named(name) },
            None => publisher(site),
        }),
        start_date,
        url,
    }
}

fn location<'a>(venue: Option<&'a VenueView>, event: &'a EventFields, is_online: bool, url: &str) -> Location<'a> {
    let place =
        venue.map(|venue| Spot::Place { address: venue.address.as_ref().unwrap_or(&venue.name), name: &venue.name });
    let online = is_online.then(|| Spot::VirtualLocation {
        url: event.online.as_deref().map_or_else(|| Cow::Owned(url.to_owned()), Cow::Borrowed),
    });
    match (place, online) {
        (Some(place), Some(online)) if event.status != Status::MovedOnline => Location::Both([place, online]),
        (_, Some(online)) => Location::One(online),
        (Some(place), None) => Location::One(place),
        (None, None) => Location::One(Spot::Place { address: "To be announced", name: "To be announced" }),
    }
}

/// A source of help.
pub fn resource<'a>(site: &SiteView, page: &'a Page, provider: Option<&'a str>) -> Service<'a> {
    let title = page.document.meta.title.as_str();
    Service {
        area_served: page.areas.iter().map(|area| area.title.as_str()).collect(),
        description: description(page),
        name: title,
        provider: Agent::Organization(named(provider.unwrap_or(title))),
        url: absolute(&site.origin, &page.url),
    }
}

fn description(page: &Page) -> Option<&str> {
    Some(page.card.summary.as_str()).filter(|summary| !summary.is_empty())
}

fn address(image: Option<&PictureView>) -> Option<&str> {
    image.map(|image| image.absolute_url.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_script_ends_it() {
        let name = "</script><!--\u{2028}\u{2029}\"";
        let script = script(&[Fact::Organization(named(name))]);
        assert!(
            script.contains("{\"@type\":\"Organization\",\"name\":\"\\u003c/script>\\u003c!--\\u2028\\u2029\\\"\"}")
        );
    }

    #[test]
    fn names_stand_in_order() {
        let full = Event {
            description: Some("d"),
            end_date: String::new(),
            event_attendance_mode: "",
            event_status: "",
            image: Some("i"),
            is_accessible_for_free: Some(true),
            location: Location::One(Spot::VirtualLocation { url: "u".into() }),
            name: "n",
            offers: Some(Offer { availability: "", price: "", price_currency: "", url: String::new() }),
            organizer: Agent::Person { name: "p" },
            start_date: String::new(),
            url: String::new(),
        };
        let written = script(&[Fact::Event(Box::new(full))]);
        // A map of serde_json sorts its names.
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(&written).unwrap().to_string());
    }
}
