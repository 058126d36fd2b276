//! A partner's calendar -> an event document for each of its events.
//!
//! 1. site.yaml says whose calendar it is (`calendars`); one that it does not name is not shown.
//! 2. `calendar::read` reads the file: what is odd in it is said here, with its line.
//! 3. Each event becomes a document as though somebody had written it, at a path below that of its file. From then on
//!    it is an event like any other.
//!
//! **Invariant:** nothing of the file is taken for Markdown or HTML, and no personal data is in what `calendar::read`
//! gives.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark_escape::escape_html;

use crate::calendar::read::{self, ForeignChange, ForeignEvent, ForeignStatus, ReadFault, Weight};
use crate::codes::{self, Code};
use crate::config::{Config, PartnerCalendar, PlaceFields, Term};
use crate::date::When;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Located;
use crate::hash::{Fingerprint, lasting_name};
use crate::model::document::{Document, Meta, Provenance, Role};
use crate::model::html::{Body, Html};
use crate::model::kinds::event::{Change, Event, Overrides, Repeats, Status};
use crate::model::kinds::{Details, Kind};
use crate::model::place::VenueRef;
use crate::parse::terms;
use crate::path::{SourcePath, slug};

/// Letters of a title that stand in an address.
const LONGEST_SLUG: usize = 60;

/// The events of a calendar's file; none where it cannot be read.
///
/// Reports: `calendar/` codes.
pub fn read(path: &SourcePath, text: &str, config: &Config, faults: &mut Vec<Diagnostic>) -> Vec<Document> {
    let is_named = |partner: &&PartnerCalendar| partner.file.value == path.file_name();
    let Some(partner) = config.calendars.partners.iter().find(is_named) else {
        let message = format!("site.yaml does not say whose calendar {} is, so it is not shown", path.file_name());
        let help = format!("add it to `calendars`: `- {{file: {}, name: Who it is from}}`", path.file_name());
        faults.push(Diagnostic::new(&codes::calendar::NOT_NAMED, Place::file(path), message).help(help));
        return Vec::new();
    };
    let calendar = read::read(text, &config.timezone);
    faults.extend(calendar.faults.into_iter().map(|fault| diagnostic(path, fault)));
    let has_dates = |event: &ForeignEvent| !event.extra.is_empty() || event.series(&config.timezone).has_dates();
    let (events, off): (Vec<_>, Vec<_>) = calendar.events.into_iter().partition(has_dates);
    faults.extend(off.iter().map(|event| {
        let message = format!("every date of “{}” is left out, so it is not shown", event.summary);
        let place = Place::new(path, event.bytes.clone());
        Diagnostic::new(&codes::calendar::NOTE, place, message).help("nothing needs doing if it is off")
    }));
    let areas = known(&partner.areas, &config.areas);
    // What is wrong with the settings is said by `assemble`, which sees the rest of them.
    let overrides = partner.overrides.as_ref().map(|node| Overrides::read(node, &mut Vec::new())).unwrap_or_default();
    let reader = Reader { path, partner, config, areas, overrides };
    let mut documents: Vec<Document> = events.into_iter().map(|event| reader.document(event)).collect();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    documents.dedup_by(|a, b| a.path == b.path);
    documents
}

fn diagnostic(path: &SourcePath, ReadFault { weight, bytes, fault }: ReadFault) -> Diagnostic {
    let code: &'static Code = match weight {
        Weight::Fatal => &codes::calendar::NOT_READABLE,
        Weight::Warning => &codes::calendar::ODD,
        Weight::Note => &codes::calendar::NOTE,
    };
    Diagnostic::new(code, Place::new(path, bytes), fault.message).help(fault.help)
}

/// The ids that site.yaml has; those that it has not are said once, by `assemble`.
fn known(written: &[Located<String>], terms: &[Term]) -> Vec<Located<String>> {
    written.iter().filter(|id| terms.iter().any(|term| term.id == id.value)).cloned().collect()
}

struct Reader<'r> {
    path: &'r SourcePath,
    partner: &'r PartnerCalendar,
    config: &'r Config,
    areas: Vec<Located<String>>,
    overrides: Overrides,
}

impl Reader<'_> {
    fn document(&self, foreign: ForeignEvent) -> Document {
        let path = SourcePath::new(format!("{}/{}", self.path, lasting_name(foreign.uid.as_bytes(), 12)));
        let text = foreign.description.join(" ");
        let body = body(&foreign.description);
        let meta = self.meta(&foreign);
        let url = self.url(&foreign);
        let provenance = Provenance {
            name: self.partner.name.clone(),
            website: self.partner.website.clone(),
            url: foreign.url.clone(),
            colour: self.partner.colour.clone(),
        };
        let event = self.overrides.put_into(self.event(foreign));
        let fingerprint =
            Fingerprint::of_bytes(format!("{:?}", (&path, &meta, &event, &body.html, &provenance)).as_bytes());
        let details = Details::Event(Box::new(event));
        Document {
            fingerprint: Fingerprint::of(&(fingerprint, self.config.fingerprint)),
            terms: terms::of(&meta, &details, &text, self.config),
            path,
            kind: Kind::Event,
            role: Role::Page,
            language: None,
            url,
            meta,
            details,
            body,
            extra: serde_json::Map::new(),
            file_words: Vec::new(),
            provenance: Some(Box::new(provenance)),
        }
    }

    /// An address that stays while the title does, and that two events of one title do not share.
    fn url(&self, event: &ForeignEvent) -> String {
        let calendar = slug(self.path.file_name().trim_end_matches(".ics"));
        let title = slug(&event.summary);
        let title = title.get(..LONGEST_SLUG).unwrap_or(&title).trim_end_matches('-');
        let own = lasting_name(event.uid.as_bytes(), 6);
        let between = if title.is_empty() { "" } else { "-" };
        format!("/events/{calendar}/{title}{between}{own}/")
    }

    fn meta(&self, event: &ForeignEvent) -> Meta {
        let is_of_event = |term: &&Term| {
            let words = [slug(&term.name), slug(&term.id)];
            event.categories.iter().any(|category| words.contains(&slug(category)))
        };
        let own = self.config.categories.iter().filter(is_of_event);
        let own = own.map(|term| Located { value: term.id.clone(), bytes: event.bytes.clone() });
        Meta {
            title: event.summary.clone(),
            summary: None,
            date: None,
            is_date_told: false,
            updated: event.last_modified.map(|moment| When::Instant(moment, jiff::tz::Offset::UTC)),
            expires: None,
            is_draft: false,
            aliases: Vec::new(),
            tags: Vec::new(),
            categories: known(&self.partner.categories, &self.config.categories).into_iter().chain(own).collect(),
            areas: self.areas.clone(),
            needs: Vec::new(),
            image: None,
            author: None,
            author_role: None,
            owner: None,
            review_by: None,
            campaign: None,
            is_unlisted: false,
            quick_exit: None,
        }
    }

    fn event(&self, foreign: ForeignEvent) -> Event {
        let bytes = foreign.bytes.clone();
        let located = |when: When| Located { value: when, bytes: bytes.clone() };
        let located_all = |whens: &[When]| whens.iter().copied().map(located).collect::<Vec<_>>();
        let repeats = Repeats {
            every: None,
            on: Vec::new(),
            rule: foreign.rule.clone().map(|rule| Located { value: rule, bytes: bytes.clone() }),
            until: None,
            count: None,
            except: located_all(&foreign.except),
            extra: located_all(&foreign.extra),
            skip: Vec::new(),
            bytes: bytes.clone(),
        };
        let does_repeat = foreign.rule.is_some() || !foreign.extra.is_empty();
        let changes = foreign.changes.iter().map(|change| self.change(change, &bytes)).collect();
        let (zone, zone_name) = match foreign.zone {
            Some((zone, name)) => (zone, Some(name)),
            None => (self.config.timezone.clone(), None),
        };
        Event {
            is_place_told: false,
            start: located(foreign.start),
            end: foreign.end.map(located),
            duration: None,
            timezone: zone,
            timezone_name: zone_name,
            repeats: does_repeat.then_some(repeats),
            changes,
            status: match foreign.status {
                ForeignStatus::Scheduled => Status::Scheduled,
                ForeignStatus::Cancelled => Status::Cancelled,
                ForeignStatus::Postponed => Status::Postponed,
            },
            venue: foreign.location.as_deref().and_then(|location| self.venue(location, foreign.point, &bytes)),
            online: foreign.online,
            cost: None,
            booking: None,
            organiser: foreign.organiser.or_else(|| Some(self.partner.name.clone())),
            contact: None,
            audience: None,
            access: Vec::new(),
            uid: Some(Located { value: foreign.uid, bytes: bytes.clone() }),
        }
    }

    fn change(&self, change: &ForeignChange, bytes: &std::ops::Range<usize>) -> Change {
        let online = change.online.as_ref().map(|online| format!("Join online: {online}"));
        let notes: Vec<String> = change.note.clone().into_iter().chain(online).collect();
        Change {
            on: Located { value: change.on, bytes: bytes.clone() },
            start: change.start,
            end: change.end,
            venue: change.location.as_deref().and_then(|location| self.venue(location, None, bytes)),
            is_cancelled: change.is_cancelled,
            note: (!notes.is_empty()).then(|| notes.join(". ")),
        }
    }

    /// A place of venues.yaml whose name the location begins with, so that people learn what we know of it; else the
    /// place as it is described.
    fn venue(&self, location: &str, point: Option<(f64, f64)>, bytes: &std::ops::Range<usize>) -> Option<VenueRef> {
        let location = location.trim_matches([',', ' ']);
        if location.is_empty() {
            return None;
        }
        let (name, rest) = location.split_once(',').unwrap_or((location, ""));
        let is_this = |known: &str| known.trim().eq_ignore_ascii_case(name.trim());
        if let Some(venue) = self.config.venues.values().find(|venue| is_this(&venue.fields.name)) {
            return Some(VenueRef::Named(Located { value: venue.id.clone(), bytes: bytes.clone() }));
        }
        let rest = rest.trim();
        Some(VenueRef::Described(Box::new(PlaceFields {
            name: name.trim().to_owned(),
            address: (!rest.is_empty()).then(|| rest.to_owned()),
            coordinates: point.map(|(latitude, longitude)| (latitude.to_string(), longitude.to_string())),
            ..PlaceFields::default()
        })))
    }
}

/// Paragraphs of plain text as a body.
fn body(paragraphs: &[String]) -> Body {
    let mut text = String::new();
    for paragraph in paragraphs {
        text.push_str("<p>");
        for (at, line) in paragraph.lines().enumerate() {
            if at > 0 {
                text.push_str("<br>\n");
            }
            push_linked(line, &mut text);
        }
        text.push_str("</p>\n");
    }
    Body {
        html: Some(Html { text, slots: Vec::new() }),
        lead: paragraphs
            .first()
            .map(|first| first.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default(),
        words: paragraphs.iter().map(|paragraph| paragraph.split_whitespace().count()).sum(),
        ..Body::default()
    }
}

/// Plain text with its web addresses as links.
fn push_linked(text: &str, out: &mut String) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    for part in finder.spans(text) {
        let is_web = part.as_str().starts_with("https://") || part.as_str().starts_with("http://");
        // Writing to a text does not fail.
        if part.kind().is_some() && is_web {
            out.push_str("<a href=\"");
            let _ = escape_html(&mut *out, part.as_str());
            out.push_str("\">");
            let _ = escape_html(&mut *out, part.as_str());
            out.push_str("</a>");
        } else {
            let _ = escape_html(&mut *out, part.as_str());
        }
    }
}
