//! One document with its place in the site.

use std::slice;
use std::sync::Arc;

use crate::assemble::cards::{self, Surroundings};
use crate::assemble::findings::{Findings, Question};
use crate::assemble::links::{Origin, Places};
use crate::assemble::visibility::{ends, starts};
use crate::assemble::{components, events, lists, notices, redirects, taxonomies, unlikely};
use crate::calendar::recurrence::Occurrence;
use crate::codes;
use crate::config::{Config, PlaceFields};
use crate::date::When;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Located;
use crate::hash::Fingerprint;
use crate::model::access;
use crate::model::document::{Document, Role};
use crate::model::kinds::event::{Booking, Event, Status};
use crate::model::kinds::{Details, Kind};
use crate::model::place::VenueRef;
use crate::path::{SourcePath, nearest};
use crate::site::{DatePlace, EventDates, Page, Target, ToolkitLinks};
use crate::view::words::{access_words, venue_url, venue_view};
use crate::view::{LinkView, VenueView};

/// Resolves what a document names.
///
/// Reports: links, pictures, ids and dates that lead nowhere; reviews that are due.
pub(crate) fn page(document: &Arc<Document>, places: &Places<'_>, findings: &mut Findings) -> Page {
    let config = places.config;
    let path = &document.path;
    let meta = &document.meta;
    let body = &document.body;
    let url = places.url_of(document);
    let links: Vec<Option<Target>> = body
        .links
        .iter()
        .map(|link| places.link(&link.target, Origin { path, bytes: &link.place }, findings))
        .collect();
    let pictures: Vec<_> = body.pictures.iter().map(|picture| places.picture(picture, path, findings)).collect();
    let image = meta.image.as_ref().and_then(|picture| places.picture(picture, path, findings));
    let shared_picture = meta.image.as_ref().and_then(|picture| places.shared_picture(picture, path, findings));
    let toolkit = toolkit(document, places, findings);
    let campaign = campaign(document, places, findings);
    let mut event = event_dates(document, config, findings);
    check_review(document, config, findings);
    components::check(document, places, findings);
    if let Details::Resource(resource) = &document.details {
        resource.checked.iter().for_each(|checked| findings.matters(starts(*checked, &config.timezone)));
    }
    let now = findings.now();
    let report = &mut findings.report;
    // What takes place online now sends nobody to the hall.
    let is_moved_online = matches!(&document.details, Details::Event(event) if event.status == Status::MovedOnline);
    let place = venue(document, config, report).filter(|_| !is_moved_online);
    let mut term = |written: &[Located<String>], known: &[crate::config::Term], folder: &str, code| {
        taxonomies::links(written, known, folder, code, (config, path), report)
    };
    let categories = term(&meta.categories, &config.categories, "categories", taxonomies::UNKNOWN[0]);
    let areas = match place.and_then(|place| place.area.as_ref()).filter(|_| meta.areas.is_empty()) {
        // What names no area is where its place is.
        Some(area) if is_known_or_own(area, document, config) => {
            term(slice::from_ref(area), &config.areas, "areas", taxonomies::UNKNOWN[1])
        }
        Some(_) => Vec::new(),
        None => term(&meta.areas, &config.areas, "areas", taxonomies::UNKNOWN[1]),
    };
    let needs = term(&meta.needs, &config.needs, "needs", taxonomies::UNKNOWN[2]);
    let tags = taxonomies::tag_links(&meta.tags, config);
    report.extend(own_access(document).iter().filter_map(|fact| unknown_access(fact, path)));
    let access_ids = access_ids(document, place);
    let around = taxonomies::around(&areas, config);
    let venue_id = venue_ref(document).and_then(named);
    let url_of_venue = venue_id.as_deref().and_then(|id| venue_url(&config.base_path, id));
    let venue = place.map(|place| {
        let venue = venue_view(config, place);
        // Where an event is, its own area says, too, if it is the only one.
        let area = match (&document.details, areas.as_slice()) {
            (Details::Event(_), [area]) => venue.area.or_else(|| Some(area.title.clone())),
            _ => venue.area,
        };
        VenueView { url: url_of_venue, area, ..venue }
    });
    check_listing(document, report);
    report.extend(unlikely::check(document, config, now));
    let mut ahead = Vec::new();
    if let (Details::Event(event), Some(dates)) = (&document.details, &mut event) {
        let usual = Usual { area: place.and_then(|place| place.area.as_ref()), areas: &areas };
        dates.change_places = change_places(document, event, &usual, config, report);
        dates.standing = notices::standing(&config.words, event, dates);
        if dates.change_places.iter().any(Option::is_some) {
            ahead = events::ahead(event, dates, now);
            dates.at = where_dates_are(dates, &ahead);
        }
        dates.fingerprint = Fingerprint::of(&(&dates.series, &dates.change_places, &event.changes));
    }
    let aliases = redirects::aliases(document, &url, config, report);
    let around = Surroundings {
        config,
        url: &url,
        image: image.as_ref(),
        event: event.as_ref(),
        partner: document.provenance.as_ref().map(|provenance| provenance.name.as_str()),
        venue: venue.as_ref(),
        access_ids: &access_ids,
        categories: &categories,
        areas: &areas,
        around: &around,
    };
    let card = cards::card(document, &around);
    let later_cards = cards::later(document, &around);
    let placed_cards = cards::placed(document, &around, &ahead);
    let access = access_ids.iter().map(|id| access_words(&config.words, id)).collect();
    let card_fingerprint = Fingerprint::of(&(&card, &later_cards, &placed_cards));
    let dates = event.as_ref().map(|event| {
        let next = event.coming.first().map(|next| (&next.planned, next.is_cancelled));
        (event.fingerprint, &event.shown.times, next, event.coming.len(), &event.standing, &event.over_at)
    });
    let fingerprint = Fingerprint::of(&(
        (document.fingerprint, &url, card_fingerprint, &links, &pictures, &image, &shared_picture),
        (&tags, &categories, &areas, &needs, &toolkit, &venue, &access),
        dates,
    ));
    if document.provenance.is_some() {
        // What is odd in a partner's calendar was said when it was read; the rest is not the team's to mend.
        findings.report = Report::default();
    }
    let mut files = std::mem::take(&mut findings.files);
    files.sort();
    files.dedup();
    let mut shown = std::mem::take(&mut findings.pictures);
    shown.sort();
    shown.dedup();
    let mut page = Page {
        language: document.language.clone().unwrap_or_else(|| config.language.clone()),
        document: Arc::clone(document),
        url,
        links,
        pictures,
        image: image.map(Box::new),
        shared_picture: shared_picture.map(Box::new),
        tags,
        categories,
        areas,
        needs,
        campaign,
        toolkit,
        venue: venue.map(Box::new),
        venue_id,
        access,
        event: event.map(Box::new),
        aliases,
        files,
        shown,
        card,
        later_cards,
        placed_cards,
        card_fingerprint,
        listing: Fingerprint::default(),
        fingerprint,
    };
    page.listing = lists::listing(&page);
    page
}

fn event_dates(document: &Document, config: &Config, findings: &mut Findings) -> Option<EventDates> {
    let Details::Event(event) = &document.details else { return None };
    let dates = events::dates(document, event, config, findings);
    if let Some(Booking::Needed { opens, closes, .. }) = &event.booking {
        let moments =
            [opens.map(|opens| starts(opens, &config.timezone)), closes.map(|closes| ends(closes, &config.timezone))];
        moments.into_iter().flatten().for_each(|moment| findings.matters(moment));
    }
    let report = &mut findings.report;
    if !event.is_place_told && event.venue.is_none() && event.online.is_none() && event.status != Status::MovedOnline {
        let message = "the event says neither where it takes place nor how to join it online";
        let place = Place::new(&document.path, event.start.bytes.clone());
        let help = "add `venue:` with an id from venues.yaml, or `online:` with a link";
        report.push(Diagnostic::new(&codes::event::NO_PLACE, place, message).help(help));
    }
    Some(dates)
}

/// Where an event usually is.
struct Usual<'a> {
    /// The area of its place.
    area: Option<&'a Located<String>>,
    areas: &'a [LinkView],
}

/// The places of changed dates, by the index of the change. A date is in the area of its own place, and in those other
/// areas of the event that do not say where the usual place is.
fn change_places(
    document: &Document,
    event: &Event,
    usual: &Usual<'_>,
    config: &Config,
    report: &mut Report,
) -> Vec<Option<DatePlace>> {
    let link = |area: &Located<String>| {
        let known = config.areas.iter().find(|known| known.id == area.value)?;
        Some(taxonomies::link(known, "areas", config))
    };
    let of_usual_place = match (usual.area.and_then(link), usual.areas) {
        (None, [only]) => Some(only.clone()),
        (area, _) => area,
    };
    let mut place_of = |venue: &VenueRef| {
        let place = find_venue(venue, document, config, report).filter(|_| event.status != Status::MovedOnline)?;
        let venue_id = named(venue);
        let others = usual.areas.iter().filter(|area| Some(*area) != of_usual_place.as_ref()).cloned();
        let mut areas: Vec<LinkView> = others.collect();
        areas.extend(place.area.as_ref().and_then(link).filter(|area| !areas.contains(area)));
        let access_ids = access_ids(document, Some(place));
        Some(DatePlace {
            venue: VenueView {
                url: venue_id.as_deref().and_then(|id| venue_url(&config.base_path, id)),
                ..venue_view(config, place)
            },
            venue_id,
            around: taxonomies::around(&areas, config),
            areas,
            access: access_ids.iter().map(|id| access_words(&config.words, id)).collect(),
            access_ids,
        })
    };
    event.changes.iter().map(|change| place_of(change.venue.as_ref()?)).collect()
}

/// Where the dates to come are, each place once; of what is over, where the last date was. Empty where that is the usual
/// place alone.
fn where_dates_are(dates: &EventDates, ahead: &[Occurrence]) -> Vec<Option<usize>> {
    let mut at: Vec<Option<usize>> = Vec::new();
    let taking_place = ahead.iter().filter(|occurrence| !occurrence.is_cancelled);
    for moved in taking_place.chain([&dates.shown]).map(|occurrence| dates.moved_by(occurrence)) {
        if !at.contains(&moved) {
            at.push(moved);
        }
    }
    if at == [None] { Vec::new() } else { at }
}

/// Whether an area of a place is in site.yaml, or is wrong in this very file; `venues` looks at the others.
fn is_known_or_own(area: &Located<String>, document: &Document, config: &Config) -> bool {
    let is_own = matches!(venue_ref(document), Some(VenueRef::Described(_)));
    is_own || config.areas.iter().any(|known| known.id == area.value)
}

fn venue_ref(document: &Document) -> Option<&VenueRef> {
    match &document.details {
        Details::Event(event) => event.venue.as_ref(),
        Details::Resource(resource) => resource.venue.as_ref(),
        _ => None,
    }
}

/// The id in venues.yaml.
fn named(venue: &VenueRef) -> Option<String> {
    match venue {
        VenueRef::Named(id) => Some(id.value.clone()),
        VenueRef::Described(_) => None,
    }
}

fn venue<'c>(document: &'c Document, config: &'c Config, report: &mut Report) -> Option<&'c PlaceFields> {
    find_venue(venue_ref(document)?, document, config, report)
}

fn find_venue<'c>(
    venue: &'c VenueRef,
    document: &Document,
    config: &'c Config,
    report: &mut Report,
) -> Option<&'c PlaceFields> {
    let id = match venue {
        VenueRef::Described(place) => return Some(place.as_ref()),
        VenueRef::Named(id) => id,
    };
    if let Some(venue) = config.venues.get(&id.value) {
        return Some(&venue.fields);
    }
    report.extend(unknown_venue(id, config, &codes::event::UNKNOWN_VENUE, &document.path));
    None
}

/// An id that venues.yaml does not have; nothing where it may be there and could not be read.
pub(crate) fn unknown_venue(
    id: &Located<String>,
    config: &Config,
    code: &'static codes::Code,
    path: &SourcePath,
) -> Option<Diagnostic> {
    if config.may_be_unread("venues", &id.value) {
        return None;
    }
    let message = format!("there is no venue `{}` in venues.yaml", id.value);
    let names = config.venues.values().flat_map(|venue| [venue.id.as_str(), venue.fields.name.as_str()]);
    let renamed = config.venues.values().find(|venue| venue.was.contains(&id.value));
    let help = match nearest(&id.value, names) {
        _ if let Some(venue) = renamed => format!("it has another id now: write `{}`", venue.id),
        Some(near) => {
            let venue = config.venues.values().find(|venue| venue.id == near || venue.fields.name == near);
            format!("did you mean `{}`?", venue.map_or(near, |venue| venue.id.as_str()))
        }
        None => "add it to venues.yaml, or describe it here: `venue: {name: ..., address: ...}`".to_owned(),
    };
    Some(Diagnostic::new(code, Place::new(path, id.bytes.clone()), message).help(help))
}

/// The access facts that a document names itself.
fn own_access(document: &Document) -> &[Located<String>] {
    match &document.details {
        Details::Event(event) => &event.access,
        Details::Resource(resource) => &resource.access,
        _ => &[],
    }
}

/// The access facts of a place and of the document itself.
fn access_ids(document: &Document, place: Option<&PlaceFields>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for fact in place.iter().flat_map(|place| &place.access).chain(own_access(document)) {
        if !ids.contains(&fact.value) {
            ids.push(fact.value.clone());
        }
    }
    ids
}

/// An access fact that is not in our list; nothing for one that is.
pub(crate) fn unknown_access(fact: &Located<String>, path: &SourcePath) -> Option<Diagnostic> {
    if access::is_known(&fact.value) {
        return None;
    }
    let message = format!("`{}` is not in our list of access facts", fact.value);
    let help = match nearest(&fact.value, access::ACCESS_FACTS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "it is shown as you wrote it; `fingerpost explain event/unknown-access-fact` lists some".to_owned(),
    };
    let place = Place::new(path, fact.bytes.clone());
    Some(Diagnostic::new(&codes::event::UNKNOWN_ACCESS, place, message).help(help))
}

fn campaign(document: &Document, places: &Places<'_>, findings: &mut Findings) -> Option<SourcePath> {
    find_campaign(document.meta.campaign.as_ref()?, &document.path, places, findings)
}

/// The campaign of that name.
///
/// Reports: `page/unknown-campaign`.
pub(crate) fn find_campaign(
    named: &Located<String>,
    path: &SourcePath,
    places: &Places<'_>,
    findings: &mut Findings,
) -> Option<SourcePath> {
    findings.ask(&Question::Campaign(&named.value));
    let found = places.campaigns.get(&named.value).cloned();
    if found.is_none() {
        findings.ask(&Question::Everything);
        let message = format!("there is no campaign `{}`", named.value);
        let help = match nearest(&named.value, places.campaigns.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the name of a file in `content/campaigns/`, without `.md`".to_owned(),
        };
        let place = Place::new(path, named.bytes.clone());
        findings.report.push(Diagnostic::new(&codes::page::UNKNOWN_CAMPAIGN, place, message).help(help));
    }
    found
}

fn toolkit(document: &Document, places: &Places<'_>, findings: &mut Findings) -> Option<Box<ToolkitLinks>> {
    let Details::Campaign(campaign) = &document.details else { return None };
    let path = &document.path;
    let mut links = ToolkitLinks::default();
    for asset in &campaign.toolkit.assets {
        let target = places.link(&asset.file.value, Origin { path, bytes: &asset.file.bytes }, findings);
        // A file that is missing is one mistake, and was just said.
        let picture = asset.picture.as_ref().filter(|_| target.is_some());
        links.asset_pictures.push(picture.and_then(|picture| places.picture(picture, path, findings)));
        links.assets.push(target);
    }
    for post in &campaign.toolkit.posts {
        links.post_pictures.push(post.picture.as_ref().and_then(|picture| places.picture(picture, path, findings)));
    }
    (!campaign.toolkit.is_empty()).then(|| Box::new(links))
}

/// A page whose day of review has come, or that has gone unreviewed for longer than its kind may.
fn check_review(document: &Document, config: &Config, findings: &mut Findings) {
    let due = document.review_day(config).map(|day| ends(When::Day(day), &config.timezone));
    if due.is_some_and(|due| findings.has_come(due)) {
        let message = format!("“{}” was to be looked at again by now", document.meta.title);
        let (bytes, help) = match &document.meta.review_by {
            Some(day) => (day.bytes.clone(), "check that it is still right, then set `review_by:` to a later date"),
            None if document.kind == Kind::Resource => {
                (0..0, "check that it is still right, then set `checked:` to the day on which you did")
            }
            None => (0..0, "check that it is still right, then set `updated:` to the day on which you did"),
        };
        let place = Place::new(&document.path, bytes);
        findings.report.push(Diagnostic::new(&codes::page::REVIEW_DUE, place, message).help(help));
    }
}

/// What lists and feeds need of a document.
fn check_listing(document: &Document, report: &mut Report) {
    let place = || Place::file(&document.path);
    let is_dated_kind = matches!(document.kind, Kind::Post | Kind::Story);
    if is_dated_kind && document.role == Role::Page && document.meta.date.is_none() && !document.meta.is_date_told {
        let message = "the page has no date";
        let help = "add `date: 2026-05-21`, or put the date in front of the file's name";
        report.push(Diagnostic::new(&codes::page::DATE_MISSING, place(), message).help(help));
    }
    if document.role == Role::Page && document.summary().is_empty() {
        let message = "the page has neither a summary nor a first paragraph";
        report.push(Diagnostic::new(&codes::page::SUMMARY_MISSING, place(), message).help("add `summary: ...`"));
    }
}
