//! `blog/feed.json`, `stories/feed.json` and `events/feed.json`: the newest posts and stories, and all coming events, as
//! JSON Feed 1.1 (jsonfeed.org).
//!
//! Events have an extension `_event` with what a program needs to show them; `/api/` describes it.
//! **Invariant:** a story is told by its summary alone: what somebody took over by a feed stays there when consent ends.

use serde_json::{Value, json};

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::{Details, Kind};
use crate::outputs::fill::{Addresses, Text};
use crate::outputs::section_link;
use crate::path::OutputPath;
use crate::site::{Page, PageId, Site};
use crate::theme::Theme;

/// The kinds that have a feed, each with its path below the site's root.
pub const FEEDS: [(Kind, &str); 3] =
    [(Kind::Post, "blog/feed.json"), (Kind::Story, "stories/feed.json"), (Kind::Event, "events/feed.json")];

const VERSION: &str = "https://jsonfeed.org/version/1.1";

struct Feed<'s> {
    site: &'s Site,
    kind: Kind,
    items: Vec<Text<'s>>,
}

/// The feeds of the kinds that have something to show.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let has_any = |(kind, _): &(Kind, &str)| !site.section(*kind).is_empty();
    let feed = |(kind, path): (Kind, &str)| {
        let owner = Owner::named(format!("the JSON feed {path}"));
        Artefact::new(OutputPath::from(path), owner, Stage::Data, kind, prepare)
    };
    FEEDS.into_iter().filter(has_any).map(feed).collect()
}

/// The documents of a feed: posts and stories newest first, events by their next date.
fn listed(site: &Site, kind: Kind) -> &[PageId] {
    let all = if kind == Kind::Event { &site.lists.coming } else { site.section(kind) };
    let limit = if kind == Kind::Event { all.len() } else { site.config.feeds.limit };
    all.get(..limit).unwrap_or(all)
}

fn prepare<'s>(site: &'s Site, kind: &Kind) -> Prepared<'s> {
    let items: Vec<Text<'s>> =
        listed(site, *kind).iter().map(|&id| Text::of(site, &site.pages[id], Addresses::Whole)).collect();
    let shows_texts = has_texts(site, *kind);
    let of_items: Vec<_> =
        items.iter().map(|text| (text.page.fingerprint, shows_texts.then(|| text.fingerprint()))).collect();
    let mut templates: Vec<&'static str> =
        if shows_texts { items.iter().flat_map(Text::templates).collect() } else { Vec::new() };
    templates.sort_unstable();
    templates.dedup();
    let parts = Parts::default()
        .with("the documents in it", Fingerprint::of(&of_items))
        .with("the list that it belongs to", Fingerprint::of(&section_link(site, *kind)))
        .with("the settings of the site", site.fingerprint);
    Prepared::new(parts, templates, Feed { site, kind: *kind, items }, make)
}

/// Whether the feed of a kind holds whole texts.
fn has_texts(site: &Site, kind: Kind) -> bool {
    kind == Kind::Post && site.config.feeds.is_full
}

fn make(feed: &Feed<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let site = feed.site;
    let section = section_link(site, feed.kind);
    let items = feed.items.iter().map(|text| item(feed, text, theme)).collect::<Result<Vec<_>, _>>()?;
    let path = FEEDS.iter().find(|(kind, _)| *kind == feed.kind).map_or("", |(_, path)| path);
    let value = json!({
        "version": VERSION,
        "title": format!("{}: {}", site.config.name, section.title),
        "home_page_url": site.absolute(&section.url),
        "feed_url": site.absolute(&format!("{}{path}", site.config.base_path)),
        "language": site.config.language,
        "authors": [{"name": site.config.name, "url": site.absolute(&site.config.base_path)}],
        "items": items,
    });
    // Texts and numbers under text keys: nothing that JSON does not have.
    Ok(serde_json::to_vec(&value).unwrap_or_default())
}

fn item(feed: &Feed<'_>, text: &Text<'_>, theme: &Theme) -> Result<Value, Diagnostic> {
    let (site, page) = (feed.site, text.page);
    let meta = &page.document.meta;
    let url = site.absolute(&page.url);
    let mut item = json!({"id": url, "url": url, "title": page.card.title});
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item[name] = value;
        }
    };
    if has_texts(site, feed.kind) {
        put("content_html", Some(text.html(theme)?.into()));
        put("summary", Some(page.card.summary.clone().into()).filter(|summary: &Value| summary != ""));
    } else {
        put("content_text", Some(page.card.summary.clone().into()));
    }
    let moment =
        |when: crate::date::When| Value::from(crate::date::words::rfc3339(&when.in_zone(&site.config.timezone).zoned));
    put("date_published", meta.date.map(moment));
    put("date_modified", meta.updated.map(moment));
    put("image", page.image.as_ref().map(|image| image.absolute_url.clone().into()));
    put("authors", meta.author.as_ref().map(|name| json!([{"name": name}])));
    let tags: Vec<&str> = page.tags.iter().map(|tag| tag.title.as_str()).collect();
    put("tags", (!tags.is_empty()).then(|| tags.into()));
    put("language", (page.language != site.config.language).then(|| page.language.clone().into()));
    put("_event", event(site, page));
    Ok(item)
}

/// What a program needs to show an event.
fn event(site: &Site, page: &Page) -> Option<Value> {
    let (Details::Event(event), Some(dates), Some(card)) = (&page.document.details, &page.event, &page.card.event)
    else {
        return None;
    };
    let (start, end) = (card.start.as_ref()?, card.end.as_ref()?);
    let spot = page.spot(dates.shown.change);
    let mut value = json!({
        "about": site.absolute(&format!("{}api/", site.config.base_path)),
        "start": start.iso,
        "end": end.iso,
        "status": dates.standing.status,
        "is_online": event.is_online(),
        "calendar": site.absolute(&format!("{}event.ics", page.url)),
    });
    let optional = [
        ("repeats", dates.repeats.as_ref()),
        ("place", card.place.as_ref()),
        ("address", spot.venue.and_then(|venue| venue.address.as_ref())),
        ("cost", event.cost.as_ref()),
        ("organiser", event.organiser.as_ref()),
    ];
    for (name, text) in optional {
        if let Some(text) = text {
            value[name] = text.clone().into();
        }
    }
    let areas: Vec<&str> = spot.areas.iter().map(|area| area.title.as_str()).collect();
    if !areas.is_empty() {
        value["areas"] = areas.into();
    }
    if !spot.access.is_empty() {
        value["access"] = spot.access.into();
    }
    Some(value)
}
