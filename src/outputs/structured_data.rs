//! What a page is about, for search engines: JSON-LD with the words of schema.org.
//!
//! The fields of each struct stand in the order of their names, which is their order in the file.

mod events;

use serde::Serialize;

use crate::date::words as date_words;
use crate::path::absolute;
use crate::site::Page;
use crate::view::{LinkView, ShareView, SiteView};

pub use events::{About, Event, EventSeries, facts as event};

/// Something that a page is about.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub enum Fact<'a> {
    Article(Article<'a>),
    BlogPosting(Article<'a>),
    BreadcrumbList(BreadcrumbList<'a>),
    Event(Box<Event<'a>>),
    EventSeries(Box<EventSeries<'a>>),
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
pub fn article<'a>(site: &'a SiteView, page: &'a Page, image: Option<&'a ShareView>) -> Article<'a> {
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

fn address(image: Option<&ShareView>) -> Option<&str> {
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
}
