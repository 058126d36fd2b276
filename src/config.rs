//! `content/site.yaml` and `content/venues.yaml`: who publishes, and the words and places that pages name.
//!
//! Everything but `name` and `url` has a default. Addresses and pictures that other files must confirm
//! are kept as written, with their places, and are resolved in `assemble`.

mod addresses;
mod calendars;
mod help;
mod ids;
mod language;
pub mod phone;
mod synonyms;
mod terms;
mod venues;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::contrast::{self, Colour};
use crate::date::{self, Fault};
use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::fields::{Fields, Located};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath, nearest};
use crate::search::Synonyms;
use crate::source::Sources;
use crate::words::Words;
use crate::yaml;

pub use addresses::{email, link_fault, web_address, with_scheme};
pub use calendars::{Calendars, Combination, PartnerCalendar};
pub use help::Help;
use ids::Unread;
pub use terms::Term;
pub use venues::{PlaceFields, Venue, read_place};
pub use words::OF_PROGRAM;
use words::Reach;
#[cfg(test)]
pub use words::{english, words_of};

/// Where the site's settings stand.
pub const SITE_FILE: &str = "content/site.yaml";
/// Where the venues stand.
pub const VENUES_FILE: &str = "content/venues.yaml";
/// Where a build notes what calendars were told (`calendar::history`).
pub const HISTORY_FILE: &str = "content/calendar-history.txt";

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Of the files that were read.
    pub fingerprint: Fingerprint,
    pub name: String,
    /// `https://www.example.org`: scheme and host, without a slash at its end.
    pub origin: String,
    /// `/` or `/sub/`.
    pub base_path: String,
    pub tagline: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Further languages, BCP 47.
    pub languages: Vec<String>,
    pub timezone: TimeZone,
    /// The IANA name of `timezone`.
    pub timezone_name: String,
    pub logo: Option<Located<String>>,
    /// `#rrggbb`, as the team wrote it.
    pub colour: Option<String>,
    /// The same, or the nearest colour on which white words can be read.
    pub shown_colour: Option<Colour>,
    pub partners: Vec<Partner>,
    pub contact: Contact,
    /// Empty where nobody is named on purpose, or a site in another language than ours names nobody.
    pub help_now: Vec<Help>,
    /// Empty where the site leaves it to the program.
    pub menu: Vec<MenuItem>,
    pub social: Vec<Social>,
    /// Parents before their children.
    pub areas: Vec<Term>,
    pub categories: Vec<Term>,
    pub needs: Vec<Term>,
    /// Named lists of dates on which nothing takes place.
    pub closures: BTreeMap<String, Vec<Date>>,
    /// Feeds that the site puts together, and calendars of partners.
    pub calendars: Calendars,
    pub feeds: Feeds,
    /// Feeds that people may have subscribed to, and that are gone on purpose.
    pub retired_feeds: Vec<Located<OutputPath>>,
    /// How long a page of a kind may go unreviewed, by the kind's name.
    pub review: BTreeMap<String, Span>,
    /// (term to avoid, what to write instead).
    pub avoided: Vec<(String, Option<String>)>,
    /// What the program and the theme say, in the site's language.
    pub words: Arc<Words>,
    /// Severities by code; nothing switches a rule off.
    pub severity: Vec<(String, Option<Severity>)>,
    /// (old address, new address).
    pub redirects: Vec<(Located<String>, Located<String>)>,
    /// For which pages pictures for link previews are made.
    pub share_cards: ShareCards,
    /// Raw HTML in Markdown is published as it stands.
    pub is_raw_html_trusted: bool,
    /// Names for one thing, by each of which search finds what says another.
    pub synonyms: Synonyms,
    /// Whether the site can be searched.
    pub has_search: bool,
    /// The folder below `themes/` whose files replace the built-in ones.
    pub theme: String,
    /// By id.
    pub venues: BTreeMap<String, Venue>,
    /// What could not be read, by the list in which it stands: `areas`, `categories`, `needs`, `venues`.
    pub unread: BTreeMap<&'static str, Unread>,
}

/// For which pages pictures for link previews are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareCards {
    All,
    /// The home page, campaigns, and what people share in these weeks: the next events, the newest posts and stories. All of
    /// a small site.
    Newest,
    None,
}

const SHARE_CARDS: &[(&str, ShareCards)] =
    &[("newest", ShareCards::Newest), ("all", ShareCards::All), ("none", ShareCards::None)];

/// Somebody who works with the service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Partner {
    pub name: String,
    pub url: Option<String>,
    pub logo: Option<Located<String>>,
}

/// How to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contact {
    pub phone: Option<String>,
    pub hours: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub address: Option<String>,
}

/// An entry of the menu, its link as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MenuItem {
    pub label: String,
    pub link: Located<String>,
}

/// One of the service's own channels.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Social {
    pub name: String,
    pub url: String,
}

/// What the blog feed and the calendars hold.
#[derive(Clone, Debug)]
pub struct Feeds {
    /// Whole texts rather than summaries.
    pub is_full: bool,
    /// How many items at most.
    pub limit: usize,
    /// How long events that are over stay in the calendars.
    pub past: Span,
    /// The same as it was written: `12 months`.
    pub past_words: String,
    /// Cancelled events are told by their titles alone: a program that hides cancelled events shows them then.
    pub shows_cancelled: bool,
}

/// Reads the settings of a site.
///
/// Reports: `site/no-site-file`, and every fault of the two files. Returns nothing where the file or
/// one of the two settings that must be there is missing.
pub fn read(sources: &Sources, report: &mut Report) -> Option<Config> {
    let path = SourcePath::from(SITE_FILE);
    let Some(text) = sources.text(&path) else {
        let diagnostic = Diagnostic::nowhere(&codes::site::NO_SITE_FILE, format!("there is no {SITE_FILE}"));
        report.push(diagnostic.help("make one that says `name: ...` and `url: https://...`"));
        return None;
    };
    let node = match yaml::read(&path, text, 0..text.len()) {
        Ok(node) => node,
        Err(diagnostic) => {
            report.push(diagnostic);
            return None;
        }
    };
    let mut faults = Vec::new();
    let mut fields = Fields::new(&path, &node, &mut faults);
    let config = read_site(&mut fields);
    let help_now = help::read(&mut fields);
    let synonyms = synonyms::read(&mut fields);
    check_theme(&mut fields, sources);
    fields.finish();
    report.extend(faults);
    report.extend(yaml::lost(&path, text, 0..text.len(), &node));
    let mut config = config?;
    config.fingerprint = Fingerprint::of_bytes(text.as_bytes());
    let venues_path = SourcePath::from(VENUES_FILE);
    if let Some(text) = sources.text(&venues_path) {
        let (venues, unread) = venues::read(&venues_path, text, report);
        config.venues = venues;
        config.unread.insert("venues", unread);
        config.fingerprint = Fingerprint::of(&(config.fingerprint, Fingerprint::of_bytes(text.as_bytes())));
    }
    let reach = Reach::of(&config.contact);
    config.words = Arc::new(words::read(sources, &config.theme, (&config.language, &config.languages), reach, report));
    config.fingerprint = Fingerprint::of(&(config.fingerprint, words::of_program(&config.words)));
    config.synonyms = synonyms::with_built_in(synonyms, &config.words);
    config.help_now = help::shown(help_now, &config.language, &config.words, report);
    Some(config)
}

/// The theme that is there without a folder.
const BUILT_IN_THEME: &str = "waymark";

/// Reports: `theme/no-such-theme`.
fn check_theme(fields: &mut Fields<'_, '_>, sources: &Sources) {
    let Some(theme) = fields.located("theme").filter(|theme| theme.value != BUILT_IN_THEME) else { return };
    let folder = |path: &'_ SourcePath| path.as_str().strip_prefix("themes/")?.split('/').next().map(str::to_owned);
    let folders: BTreeSet<String> = sources.others.keys().filter_map(folder).collect();
    if folders.contains(&theme.value) {
        return;
    }
    let message = format!("there is no theme `{}`: the folder `themes/{}/` holds nothing", theme.value, theme.value);
    let help = match nearest(&theme.value, folders.iter().map(String::as_str).chain([BUILT_IN_THEME])) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("make that folder, or write `theme: {BUILT_IN_THEME}` for the built-in theme"),
    };
    fields.wrong(&codes::theme::NO_SUCH_THEME, theme.bytes, message, help);
}

fn read_site(fields: &mut Fields<'_, '_>) -> Option<Config> {
    let name = fields.required_text("name", "name: The name of your service");
    let url = if fields.has("url") {
        fields.parsed("url", &codes::field::NOT_AN_ADDRESS, split_url)
    } else {
        fields.missing("url", "url: https://www.example.org");
        None
    };
    let (timezone, timezone_name) = read_timezone(fields).unwrap_or((TimeZone::UTC, "UTC".to_owned()));
    let colour = fields.parsed("colour", &codes::site::COLOUR_NOT_READABLE, read_colour);
    let (areas, unread_areas) = terms::read_areas(fields);
    let (categories, unread_categories) = terms::read_terms(fields, "categories");
    let (needs, unread_needs) = terms::read_terms(fields, "needs");
    let unread = [("areas", unread_areas), ("categories", unread_categories), ("needs", unread_needs)].into();
    let config = Config {
        fingerprint: Fingerprint::default(),
        name: name.unwrap_or_default(),
        origin: url.as_ref().map(|url| url.value.0.clone()).unwrap_or_default(),
        base_path: url.as_ref().map(|url| url.value.1.clone()).unwrap_or_default(),
        tagline: fields.text("tagline"),
        language: language::read(fields),
        languages: language::read_others(fields),
        timezone,
        timezone_name,
        logo: fields.located("logo"),
        shown_colour: colour.as_ref().map(|colour| readable(fields, colour)),
        colour: colour.map(|colour| colour.value.to_string()),
        partners: fields.maps("partners", read_partner).into_iter().flatten().collect(),
        contact: fields.map("contact", read_contact).unwrap_or_default(),
        help_now: Vec::new(),
        menu: fields.maps("menu", read_menu_item).into_iter().flatten().collect(),
        social: fields.maps("social", read_social).into_iter().flatten().collect(),
        areas,
        categories,
        needs,
        closures: read_closures(fields),
        calendars: calendars::read(fields),
        feeds: fields.map("feeds", read_feeds).unwrap_or_default(),
        retired_feeds: read_retired_feeds(fields),
        review: read_review(fields),
        avoided: fields.map("words", read_avoided).unwrap_or_default(),
        words: Arc::default(),
        severity: read_severity(fields),
        redirects: fields
            .entries("redirects")
            .into_iter()
            .filter_map(|(from, node)| Some((from, fields.text_of("redirects", node)?)))
            .collect(),
        share_cards: fields.choice("share_cards", SHARE_CARDS).unwrap_or(ShareCards::Newest),
        is_raw_html_trusted: fields.choice("raw_html", &[("sanitise", false), ("trust", true)]).unwrap_or(false),
        synonyms: Synonyms::default(),
        has_search: fields.flag("search").unwrap_or(true),
        theme: fields.text("theme").unwrap_or_else(|| BUILT_IN_THEME.to_owned()),
        venues: BTreeMap::new(),
        unread,
    };
    (!config.name.is_empty() && url.is_some()).then_some(config)
}

/// Splits `https://www.example.org/sub/` into its origin and its path.
fn split_url(text: &str) -> Result<(String, String), Fault> {
    let fault = || Fault {
        message: format!("`{text}` is not the address of a site"),
        help: "write it with https:// at its start, such as `url: https://www.example.org`".to_owned(),
    };
    let (scheme, rest) = text.split_once("://").ok_or_else(fault)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host_is_plain = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "?#@\"<>".contains(c));
    let path_is_plain = !path.contains(|c: char| c.is_whitespace() || "?#\"<>".contains(c));
    if !["http", "https"].contains(&scheme) || !host_is_plain || !path_is_plain {
        return Err(fault());
    }
    let path = path.trim_matches('/');
    let base_path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    Ok((format!("{scheme}://{}", host.to_ascii_lowercase()), base_path))
}

fn read_timezone(fields: &mut Fields<'_, '_>) -> Option<(TimeZone, String)> {
    if !fields.has("timezone") {
        return timezone("Europe/London").ok();
    }
    let zone = fields.parsed("timezone", &codes::site::UNKNOWN_TIMEZONE, timezone)?;
    if zone.value.1.trim_start_matches("Etc/").starts_with("GMT") {
        let message = format!("`{}` has no summer time", zone.value.1);
        let help = "write `timezone: Europe/London`, or leave it out";
        fields.wrong(&codes::site::ZONE_WITHOUT_SUMMER, zone.bytes.clone(), message, help);
    }
    Some(zone.value)
}

/// Finds a time zone by its IANA name; returns it with the name as the database writes it.
pub fn timezone(name: &str) -> Result<(TimeZone, String), Fault> {
    let zone = date::zone(name)?;
    let exact = zone.iana_name().unwrap_or(name).to_owned();
    Ok((zone, exact))
}

fn read_colour(text: &str) -> Result<Colour, Fault> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    Colour::parse(&format!("#{digits}")).ok_or_else(|| Fault {
        message: format!("`{text}` is not a colour as we can read it"),
        help: "write a hash sign and six digits or letters from a to f, in quotes: `colour: '#0b5563'`".to_owned(),
    })
}

/// The contrast that words in white need on the team's colour (WCAG 2.2 §1.4.6). Lines and shapes in that colour then
/// have more than the 3 to 1 that they need on the grounds of the page (§1.4.11).
const CONTRAST: f64 = 7.0;

/// The team's colour, or the nearest one on which words in white can be read.
///
/// Reports: `site/colour-contrast`.
fn readable(fields: &mut Fields<'_, '_>, colour: &Located<Colour>) -> Colour {
    let shown = colour.value.darkened(contrast::WHITE, CONTRAST);
    if shown != colour.value {
        // Rounded down: what is nearly enough is not enough.
        let found = (colour.value.contrast(contrast::WHITE) * 10.0).floor() / 10.0;
        let message =
            format!("white words on `{}` have a contrast of {found} to 1, and need {CONTRAST} to 1", colour.value);
        let help = format!("the site shows the nearest colour that has it: write `colour: '{shown}'`, or a darker one");
        fields.wrong(&codes::site::COLOUR_CONTRAST, colour.bytes.clone(), message, help);
    }
    shown
}

fn read_partner(fields: &mut Fields<'_, '_>) -> Option<Partner> {
    let name = fields.required_text("name", "name: Mill Lane Surgery");
    let (url, logo) = (web_address(fields, "url"), fields.located("logo"));
    Some(Partner { name: name?, url, logo })
}

/// Reads `phone`, `hours`, `email`, `website` and `address`.
pub fn read_contact(fields: &mut Fields<'_, '_>) -> Contact {
    Contact {
        phone: phone::read(fields),
        hours: fields.text("hours"),
        email: fields.parsed("email", &codes::field::NOT_AN_ADDRESS, email).map(|email| email.value),
        website: web_address(fields, "website"),
        address: fields.text("address").map(|address| address.lines().map(str::trim).collect::<Vec<_>>().join(", ")),
    }
}

fn read_menu_item(fields: &mut Fields<'_, '_>) -> Option<MenuItem> {
    let label = fields.required_text("label", "label: Events");
    if !fields.has("link") {
        fields.missing("link", "link: /events/");
    }
    let link = fields.located("link");
    Some(MenuItem { label: label?, link: link? })
}

fn read_social(fields: &mut Fields<'_, '_>) -> Option<Social> {
    let name = fields.required_text("name", "name: Facebook");
    if !fields.has("url") {
        fields.missing("url", "url: https://...");
    }
    let url = web_address(fields, "url");
    Some(Social { name: name?, url: url? })
}

fn read_closures(fields: &mut Fields<'_, '_>) -> BTreeMap<String, Vec<Date>> {
    let lists = fields.entries("closures");
    let read = |(name, node): (Located<String>, &yaml::Node)| {
        let days = match &node.value {
            yaml::Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let days = days.into_iter().filter_map(|day| {
            let text = fields.text_of("closures", day)?;
            match date::parse(&text.value) {
                Ok(when) => Some(when.date()),
                Err(fault) => {
                    fields.wrong(&codes::field::NOT_A_DATE, text.bytes, fault.message, fault.help);
                    None
                }
            }
        });
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        (name.value, days)
    };
    lists.into_iter().map(read).collect()
}

fn read_feeds(fields: &mut Fields<'_, '_>) -> Feeds {
    let usual = Feeds::default();
    let read_past = |text: &str| long_duration(text).map(|span| (span, text.to_owned()));
    let past = fields.parsed("past", &codes::field::NOT_A_DURATION, read_past);
    let (past, past_words) = past.map_or((usual.past, usual.past_words), |past| past.value);
    Feeds {
        is_full: fields
            .choice("content", &[("full", true), ("summary", false), ("summaries", false)])
            .unwrap_or(usual.is_full),
        limit: fields.number("limit").map_or(usual.limit, |limit| limit.clamp(1, 500) as usize),
        past,
        past_words,
        shows_cancelled: fields.choice("cancelled", &[("mark", false), ("show", true)]).unwrap_or(false),
    }
}

impl Default for Feeds {
    fn default() -> Self {
        Feeds {
            is_full: true,
            limit: 20,
            past: Span::new().months(12),
            past_words: "12 months".to_owned(),
            shows_cancelled: false,
        }
    }
}

/// Addresses of feeds that the site gives up for good, as their paths in the built site.
fn read_retired_feeds(fields: &mut Fields<'_, '_>) -> Vec<Located<OutputPath>> {
    let mut retired = Vec::new();
    for address in fields.texts("retired_feeds") {
        let path = address.value.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') || path.contains(':') {
            let message = format!("`{}` is not the address of a feed of this site", address.value);
            let help = "write it from the site's root, such as `/areas/north/calendar.ics`";
            fields.wrong(&codes::field::NOT_AN_ADDRESS, address.bytes, message, help);
        } else {
            retired.push(Located { value: OutputPath::new(path), bytes: address.bytes });
        }
    }
    retired
}

/// Reads a length of time that is counted in months or years.
fn long_duration(text: &str) -> Result<Span, Fault> {
    let every = match text.to_lowercase().as_str() {
        "yearly" | "annually" | "every year" => "`1 year`",
        "monthly" | "every month" => "`1 month`",
        "quarterly" => "`3 months`",
        _ => "`6 months` or `1 year`",
    };
    date::parse_duration(text).map_err(|fault| Fault { help: format!("write it as in {every}"), ..fault })
}

fn read_review(fields: &mut Fields<'_, '_>) -> BTreeMap<String, Span> {
    fields
        .map("review", |fields| {
            let mut review = BTreeMap::new();
            for kind in ["post", "story", "event", "resource", "campaign", "page"] {
                if let Some(span) = fields.parsed(kind, &codes::field::NOT_A_DURATION, long_duration) {
                    review.insert(kind.to_owned(), span.value);
                }
            }
            review
        })
        .unwrap_or_default()
}

fn read_avoided(fields: &mut Fields<'_, '_>) -> Vec<(String, Option<String>)> {
    let avoid = fields.maps("avoid", |fields| {
        let term = fields.required_text("term", "term: service user");
        let prefer = fields.text("prefer");
        Some((term?, prefer))
    });
    avoid.into_iter().flatten().collect()
}

fn read_severity(fields: &mut Fields<'_, '_>) -> Vec<(String, Option<Severity>)> {
    const LEVELS: [(&str, Option<Severity>); 4] = [
        ("error", Some(Severity::Error)),
        ("warning", Some(Severity::Warning)),
        ("note", Some(Severity::Note)),
        ("off", None),
    ];
    let known = codes::all();
    let mut severities = Vec::new();
    for (code, node) in fields.entries("severity") {
        let Some(found) = known.iter().find(|known| known.id == code.value) else {
            let help = match nearest(&code.value, known.iter().map(|known| known.id)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "copy a code from a message".to_owned(),
            };
            let message = format!("there is no problem with the code `{}`", code.value);
            fields.wrong(&codes::site::UNKNOWN_CODE, code.bytes, message, help);
            continue;
        };
        let Some(level) = fields.text_of("severity", node) else { continue };
        let Some((_, severity)) = LEVELS.iter().find(|(word, _)| *word == level.value) else {
            let message = format!("`{}` is not a severity", level.value);
            let help = "it can be `error`, `warning`, `note` or `off`";
            fields.wrong(&codes::field::NOT_ONE_OF, level.bytes, message, help);
            continue;
        };
        if found.severity == Severity::Error && *severity != Some(Severity::Error) {
            let message = format!("`{}` is an error and stays one", code.value);
            fields.wrong(&codes::site::ERRORS_STAY, code.bytes, message, "delete this line");
            continue;
        }
        severities.push((code.value, *severity));
    }
    severities
}

impl Config {
    /// Whether an id may be that of something in a list of the settings that could not be read, which was said already:
    /// naming it is no mistake of its own.
    pub fn may_be_unread(&self, list: &str, id: &str) -> bool {
        self.unread.get(list).is_some_and(|unread| unread.may_have(id))
    }
}

/// A place in site.yaml.
pub fn place(bytes: &Range<usize>) -> Place {
    Place::new(&SourcePath::from(SITE_FILE), bytes.clone())
}
