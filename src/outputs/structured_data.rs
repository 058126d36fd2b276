//! What a page is about, for search engines: JSON-LD with the words of schema.org.

use serde_json::{Map, Value, json};

use crate::model::kinds::event::{Event, Status};
use crate::site::{EventDates, Page, absolute};
use crate::view::words::{is_free, moments};
use crate::view::{LinkView, PictureView, SiteView, VenueView};

/// The content of a `script` element: nothing in it may look like the element's end
/// (HTML, "Restrictions for contents of script elements").
pub fn script(graph: Vec<Value>) -> String {
    if graph.is_empty() {
        return String::new();
    }
    json!({ "@context": "https://schema.org", "@graph": graph })
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The way to a page, as a `BreadcrumbList`.
pub fn breadcrumbs(trail: &[LinkView], title: &str, canonical: &str, origin: &str) -> Option<Value> {
    if trail.is_empty() {
        return None;
    }
    let item = |position: usize, name: &str, url: &str| json!({ "@type": "ListItem", "position": position, "name": name, "item": url });
    let mut items: Vec<Value> =
        trail.iter().enumerate().map(|(at, link)| item(at + 1, &link.title, &absolute(origin, &link.url))).collect();
    items.push(item(trail.len() + 1, title, canonical));
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

/// Who publishes, with contact details: for the home page.
pub fn organisation(site: &SiteView) -> Vec<Value> {
    let mut organisation = publisher(site);
    let contact = &site.contact;
    set(&mut organisation, "telephone", contact.phone.as_deref());
    set(&mut organisation, "email", contact.email.as_deref());
    set(&mut organisation, "address", contact.address.as_deref());
    if !site.social.is_empty() {
        organisation["sameAs"] = site.social.iter().map(|link| Value::from(link.url.as_str())).collect();
    }
    let home = absolute(&site.origin, &site.home);
    let website = json!({ "@type": "WebSite", "name": site.name, "url": home, "inLanguage": site.language });
    vec![organisation, website]
}

fn publisher(site: &SiteView) -> Value {
    let home = absolute(&site.origin, &site.home);
    let mut organisation = json!({ "@type": "Organization", "name": site.name, "url": home });
    set(&mut organisation, "logo", site.logo.as_ref().map(|logo| logo.absolute_url.as_str()));
    organisation
}

/// A post or story.
pub fn article(site: &SiteView, page: &Page, kind: &str, image: Option<&PictureView>) -> Value {
    let meta = &page.document.meta;
    let mut article = json!({
        "@type": kind,
        "headline": meta.title,
        "mainEntityOfPage": absolute(&site.origin, &page.url),
        "publisher": publisher(site),
        "inLanguage": page.language,
    });
    set(&mut article, "description", Some(page.card.summary.as_str()).filter(|summary| !summary.is_empty()));
    let published = page.card.date.as_ref().map(|date| date.iso.clone());
    let updated = meta.updated.map(|updated| updated.date().to_string()).or_else(|| published.clone());
    set(&mut article, "datePublished", published.as_deref());
    set(&mut article, "dateModified", updated.as_deref());
    set(&mut article, "image", image.map(|image| image.absolute_url.as_str()));
    article["author"] = match &meta.author {
        Some(author) => json!({ "@type": "Person", "name": author }),
        None => publisher(site),
    };
    article
}

/// An event, by the date that its page shows.
pub fn event(site: &SiteView, page: &Page, event: &Event, dates: &EventDates, image: Option<&PictureView>) -> Value {
    let (start, end) = moments(&dates.shown.times);
    let url = absolute(&site.origin, &page.url);
    let is_online = event.online.is_some() || event.status == Status::MovedOnline;
    let mode = match (&page.venue, is_online) {
        (Some(_), true) if event.status != Status::MovedOnline => "MixedEventAttendanceMode",
        (_, true) => "OnlineEventAttendanceMode",
        _ => "OfflineEventAttendanceMode",
    };
    let status = match event.status {
        Status::Scheduled | Status::Full => "EventScheduled",
        Status::Cancelled => "EventCancelled",
        Status::Postponed => "EventPostponed",
        Status::MovedOnline => "EventMovedOnline",
    };
    let mut value = json!({
        "@type": "Event",
        "name": page.document.meta.title,
        "startDate": start.iso,
        "endDate": end.iso,
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": format!("https://schema.org/{mode}"),
        "location": location(page.venue.as_ref(), event, is_online, &url),
        "url": url,
        "organizer": match &event.organiser {
            Some(name) => json!({ "@type": "Organization", "name": name, "url": url }),
            None => publisher(site),
        },
    });
    set(&mut value, "description", Some(page.card.summary.as_str()).filter(|summary| !summary.is_empty()));
    set(&mut value, "image", image.map(|image| image.absolute_url.as_str()));
    if event.cost.as_deref().is_some_and(is_free) {
        value["isAccessibleForFree"] = Value::Bool(true);
        value["offers"] = json!({
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "GBP",
            "url": url,
            "availability": if event.status == Status::Full {
                "https://schema.org/SoldOut"
            } else {
                "https://schema.org/InStock"
            },
        });
    }
    value
}

fn location(venue: Option<&VenueView>, event: &Event, is_online: bool, url: &str) -> Value {
    let place = venue.map(|venue| {
        let mut place = json!({ "@type": "Place", "name": venue.name });
        place["address"] = match &venue.address {
            Some(address) => Value::from(address.as_str()),
            None => Value::from(venue.name.as_str()),
        };
        place
    });
    let virtual_place =
        is_online.then(|| json!({ "@type": "VirtualLocation", "url": event.online.as_deref().unwrap_or(url) }));
    match (place, virtual_place) {
        (Some(place), Some(online)) if event.status != Status::MovedOnline => json!([place, online]),
        (_, Some(online)) => online,
        (Some(place), None) => place,
        (None, None) => json!({ "@type": "Place", "name": "To be announced", "address": "To be announced" }),
    }
}

/// A source of help.
pub fn resource(site: &SiteView, page: &Page, provider: Option<&str>) -> Value {
    let provider = provider.unwrap_or(&page.document.meta.title);
    let mut value = json!({
        "@type": "Service",
        "name": page.document.meta.title,
        "url": absolute(&site.origin, &page.url),
        "provider": { "@type": "Organization", "name": provider },
    });
    set(&mut value, "description", Some(page.card.summary.as_str()).filter(|summary| !summary.is_empty()));
    let areas: Vec<Value> = page.areas.iter().map(|area| Value::from(area.title.as_str())).collect();
    if !areas.is_empty() {
        value["areaServed"] = areas.into();
    }
    value
}

fn set(object: &mut Value, key: &str, value: Option<&str>) {
    if let (Value::Object(map), Some(value)) = (object, value) {
        let map: &mut Map<String, Value> = map;
        map.insert(key.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_script_ends_it() {
        let script = script(vec![json!({ "name": "</script><!--" })]);
        assert!(!script.contains('<') && script.contains("\\u003c/script>"));
    }
}
