//! A parsed text becomes HTML: its slots are filled with addresses, pictures and rendered components.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tera::Context;

use crate::config::phone;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::components::{self, FieldKind, Listed};
use crate::model::html::{Component, FieldValue, Filling, Html};
use crate::model::kinds::{Details, Kind};
use crate::outputs::dated;
use crate::path::absolute;
use crate::site::{Page, PageId, Site, Target};
use crate::theme::Theme;
use crate::view::words::{file_size, venue_url, venue_view};
use crate::view::{Card, ComponentView, Moment, PictureView, SafeHtml, ToolkitFile, VenueView};

/// Whether addresses begin at the server's root or are whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Addresses {
    FromRoot,
    Whole,
}

/// A text with everything that fills its slots.
pub struct Text<'s> {
    pub page: &'s Page,
    /// What the site knows for each component, in the order of `Html::components`.
    pub components: Vec<ComponentFacts<'s>>,
    pub site: &'s Site,
    pub origin: &'s str,
    pub addresses: Addresses,
}

/// What a component shows of the site.
#[derive(Clone, Debug, Default, Hash)]
pub struct ComponentFacts<'s> {
    pub cards: Vec<&'s Card>,
    pub venue: Option<VenueView>,
}

impl<'s> Text<'s> {
    /// The text of a page, with the documents that its components list.
    pub fn of(site: &'s Site, page: &'s Page, addresses: Addresses) -> Self {
        let components = page.document.body.components();
        let components = components.into_iter().map(|component| facts(site, page, component)).collect();
        Text { page, components, site, origin: &site.config.origin, addresses }
    }

    /// Of what the components show; the text itself is part of the page's own fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.components)
    }

    /// The templates that the text needs.
    pub fn templates(&self) -> Vec<&'static str> {
        let components = self.page.document.body.components();
        let mut templates: Vec<&'static str> =
            components.into_iter().filter_map(|component| components::template(component.name)).collect();
        templates.sort_unstable();
        templates.dedup();
        templates
    }

    /// Renders the text.
    ///
    /// Reports: faults of the components' templates.
    pub fn html(&self, theme: &Theme) -> Result<String, Diagnostic> {
        let mut fill = Fill { text: self, theme, next: 0, leads_nowhere: false, fault: None };
        let document = &self.page.document;
        let html = match &document.body.html {
            Some(html) => Cow::Borrowed(html),
            None => Cow::Owned(self.site.texts.read(document, &self.site.config)?),
        };
        let mut out = String::with_capacity(html.text.len() + html.slots.len() * 48);
        fill.write(&html, &mut out);
        if fill.leads_nowhere {
            for attribute in [" href", " src"] {
                out = out.replace(&format!("{attribute}=\"{NOWHERE}\""), "");
            }
            out = out.replace(NOWHERE, "");
        }
        if self.addresses == Addresses::Whole {
            // Notes lead to places in the page, and a feed reader has no such page.
            let page = absolute(self.origin, &self.page.url);
            out = out.replace("href=\"#", &format!("href=\"{page}#"));
        }
        fill.fault.map_or(Ok(out), Err)
    }
}

/// How wide a picture in running text is: the column, or the screen without its margins.
const TEXT_SIZES: &str = "(min-width: 45rem) 42rem, calc(100vw - 2.5rem)";

/// Stands for the address of a link that leads nowhere, whose attribute is taken out at the end: the words
/// stay. No text holds this character.
const NOWHERE: &str = "\u{0}";

struct Fill<'a, 's> {
    text: &'a Text<'s>,
    theme: &'a Theme,
    /// The number of the next component.
    next: usize,
    /// Whether `NOWHERE` stands anywhere.
    leads_nowhere: bool,
    fault: Option<Diagnostic>,
}

impl Fill<'_, '_> {
    fn write(&mut self, html: &Html, out: &mut String) {
        html.write(out, |filling, out| match filling {
            Filling::Address(index) => {
                if let Some(target) = self.target(*index) {
                    escape(&self.address(&target.url), out);
                } else {
                    self.leads_nowhere = true;
                    out.push_str(NOWHERE);
                }
            }
            Filling::Picture(index) => self.picture(*index, out),
            Filling::Component(component) => self.component(component, out),
        });
    }

    fn target(&self, index: usize) -> Option<&Target> {
        self.text.page.links.get(index)?.as_ref()
    }

    fn address<'u>(&self, url: &'u str) -> Cow<'u, str> {
        match self.text.addresses {
            Addresses::FromRoot => Cow::Borrowed(url),
            Addresses::Whole => Cow::Owned(absolute(self.text.origin, url)),
        }
    }

    /// Feeds show one size of a picture: their readers make them fit themselves.
    fn addresses_are_whole(&self) -> bool {
        self.text.addresses == Addresses::Whole
    }

    /// The picture, or where there is none the words that stand for it.
    fn picture(&self, index: usize, out: &mut String) {
        let body = &self.text.page.document.body;
        let Some(Some(picture)) = self.text.page.pictures.get(index) else {
            let words = body.pictures.get(index).map_or("", |picture| picture.alt.as_str());
            escape(words, out);
            return;
        };
        let srcset = picture.srcset.as_ref().filter(|_| self.text.addresses == Addresses::FromRoot);
        if let Some(srcset) = srcset {
            out.push_str("<picture><source type=\"image/webp\" srcset=\"");
            escape(srcset, out);
            out.push_str("\" sizes=\"");
            out.push_str(TEXT_SIZES);
            out.push_str("\">");
        }
        out.push_str("<img src=\"");
        escape(&self.address(&picture.url), out);
        out.push_str("\" alt=\"");
        escape(&picture.alt, out);
        out.push('"');
        for (name, value) in [("width", picture.width), ("height", picture.height)] {
            if let Some(value) = value {
                out.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        if let Some(caption) = &picture.caption {
            out.push_str(" title=\"");
            escape(caption, out);
            out.push('"');
        }
        if self.text.addresses == Addresses::FromRoot {
            out.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        out.push('>');
        if srcset.is_some() {
            out.push_str("</picture>");
        }
    }

    fn component(&mut self, component: &Component, out: &mut String) {
        let number = self.next;
        self.next += 1;
        let mut body = String::with_capacity(component.body.text.len());
        self.write(&component.body, &mut body);
        let Some(template) = components::template(component.name) else { return };
        if self.lacks_a_picture(component) {
            if let Some(FieldValue::Text(alt)) = component.fields.get("alt") {
                out.push_str("<p>");
                escape(alt, out);
                out.push_str("</p>\n");
            }
            out.push_str(&body);
            return;
        }
        let view = self.view(component, number, body);
        let context = match Context::from_serialize(&view) {
            Ok(context) => context,
            Err(_) => Context::new(),
        };
        match self.theme.render(template, &context, &self.text.page.url) {
            Ok(html) => out.push_str(&String::from_utf8_lossy(&html)),
            Err(fault) => self.fault = self.fault.take().or(Some(fault)),
        }
    }

    fn view(&mut self, component: &Component, number: usize, body: String) -> ComponentView {
        let facts = self.text.components.get(number);
        let mut fields = Map::new();
        for (name, value) in &component.fields {
            let field = match self.field(value) {
                None if matches!(value, FieldValue::Link(_)) && is_required(component.name, name) => {
                    self.leads_nowhere = true;
                    NOWHERE.into()
                }
                None => continue,
                Some(field) => field,
            };
            fields.insert((*name).to_owned(), field);
        }
        // Of every number, what it is dialled by.
        let numbers = components::find(component.name).map_or(&[][..], |kind| kind.fields);
        for name in numbers.iter().filter(|field| field.value == FieldKind::Phone).map(|field| field.name) {
            let Some(FieldValue::Text(phone)) = component.fields.get(name) else { continue };
            fields.extend(phone::link(phone).map(|link| (format!("{name}_link"), link.into())));
        }
        let link = |name: &str| match component.fields.get(name) {
            Some(FieldValue::Link(index)) => self.target(*index),
            _ => None,
        };
        let text = |name: &str| match component.fields.get(name) {
            Some(FieldValue::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let is_date = |field: &&components::Field| field.value == FieldKind::Date;
        let date_field = components::find(component.name).and_then(|kind| kind.fields.iter().find(is_date));
        ComponentView {
            name: component.name.to_owned(),
            id: format!("{}-{}", component.name, number + 1),
            fields,
            body: SafeHtml(body),
            items: facts.map_or_else(Vec::new, |facts| facts.cards.iter().filter_map(|card| self.card(card)).collect()),
            file: link("file").map(|target| ToolkitFile {
                title: text("title").unwrap_or_default().to_owned(),
                url: self.address(&target.url).into_owned(),
                size: file_size(&self.text.site.config.words, &target.url, target.length),
                picture: None,
            }),
            venue: facts.and_then(|facts| facts.venue.clone()),
            date: date_field
                .and_then(|field| date::parse(text(field.name)?).ok())
                .map(|when| Moment::of_day(&self.text.site.config.words, when.date())),
        }
    }

    /// Whether a picture without which the component makes no sense is missing: its words stand for it.
    fn lacks_a_picture(&self, component: &Component) -> bool {
        component.fields.iter().any(|(name, value)| {
            let is_picture = matches!(value, FieldValue::Picture(_));
            is_picture && is_required(component.name, name) && self.field(value).is_none()
        })
    }

    /// Not one that only a script brings into sight, where none is.
    fn card(&self, card: &Card) -> Option<Card> {
        if self.addresses_are_whole() && card.from().is_some() {
            return None;
        }
        let mut card = card.clone();
        card.url = self.address(&card.url).into_owned();
        if let Some(image) = &mut card.image {
            image.url = self.address(&image.url).into_owned();
            image.srcset.take_if(|_| self.addresses_are_whole());
        }
        Some(card)
    }

    fn field(&self, value: &FieldValue) -> Option<Value> {
        Some(match value {
            FieldValue::Text(text) => text.as_str().into(),
            FieldValue::Number(number) => (*number).into(),
            FieldValue::Flag(flag) => (*flag).into(),
            FieldValue::Link(index) => self.address(&self.target(*index)?.url).into(),
            FieldValue::Picture(index) => {
                let picture = self.text.page.pictures.get(*index)?.as_ref()?;
                let mut shown = PictureView { url: self.address(&picture.url).into_owned(), ..picture.clone() };
                shown.srcset.take_if(|_| self.addresses_are_whole());
                serde_json::to_value(shown).ok()?
            }
        })
    }
}

fn is_required(component: &str, field: &str) -> bool {
    let kind = components::find(component);
    kind.is_some_and(|kind| kind.fields.iter().any(|known| known.name == field && known.is_required))
}

fn facts<'s>(site: &'s Site, page: &Page, component: &Component) -> ComponentFacts<'s> {
    let text = |name: &str| match component.fields.get(name) {
        Some(FieldValue::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let venue = (component.name == "address").then(|| text("venue")).flatten();
    let venue = venue.and_then(|id| site.config.venues.get(id)).map(|venue| venue_view(&site.config, &venue.fields));
    let Some(listed) = components::find(component.name).and_then(|kind| kind.lists) else {
        return ComponentFacts { cards: Vec::new(), venue };
    };
    let limit = match component.fields.get("limit") {
        Some(FieldValue::Number(limit)) => usize::try_from(*limit).unwrap_or(0),
        _ => 5,
    };
    let candidates: &[PageId] = match listed {
        Listed::Events => &site.lists.coming,
        Listed::Stories => site.section(Kind::Story),
        Listed::Resources => site.section(Kind::Resource),
        Listed::Posts => site.section(Kind::Post),
    };
    // An area has what the areas within it have, and is served by what helps in those around it.
    let in_area: Option<BTreeSet<PageId>> = text("area").map(|id| {
        let url = format!("{}areas/{}/", site.config.base_path, crate::path::slug(id));
        let area = site.lists.areas.iter().find(|area| area.view.url == url);
        area.map_or_else(BTreeSet::new, |area| area.pages.iter().chain(&area.wider).copied().collect())
    });
    let wants = |candidate: &Page| {
        let has = |name: &str, links: &[crate::view::LinkView], folder: &str| {
            text(name).is_none_or(|id| {
                let url = format!("{}{folder}/{}/", site.config.base_path, crate::path::slug(id));
                links.iter().any(|link| link.url == url)
            })
        };
        has("category", &candidate.categories, "categories")
            && has("need", &candidate.needs, "needs")
            && has("tag", &candidate.tags, "tags")
            && text("venue").is_none_or(|id| candidate.spots().any(|spot| spot.venue_id == Some(id)))
            && text("campaign").is_none_or(|name| {
                candidate.document.meta.campaign.as_ref().is_some_and(|campaign| campaign.value == name)
            })
    };
    let listed: Vec<&Page> = candidates
        .iter()
        .filter(|id| in_area.as_ref().is_none_or(|in_area| in_area.contains(id)))
        .map(|&id| site.pages[id].as_ref())
        .filter(|candidate| candidate.url != page.url && wants(candidate))
        .filter(|candidate| !matches!(&candidate.document.details, Details::Event(event) if event.status == crate::model::kinds::event::Status::Cancelled))
        .take(limit)
        .collect();
    let base = site.config.base_path.as_str();
    let of_area = || text("area").map(|id| format!("{base}areas/{}/", crate::path::slug(id)));
    let key = text("venue").and_then(|id| venue_url(base, id)).or_else(of_area);
    ComponentFacts { cards: dated::cards(&listed, key.as_deref()), venue }
}

/// Escapes text for an attribute or an element.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        out.push_str(match after.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &after[1..];
    }
    out.push_str(rest);
}
