//! Everything that is known of a site, resolved and immutable: what `assemble` makes and outputs read.
//!
//! Lists refer to pages by `PageId`, an index into `Site::pages`. What a reader must not see yet, or any
//! more, is not in here: held-back documents leave only a line in `Site::held_back`, for the summary of
//! the build.
//!
//! **Incremental:** pages and lists are shared with the site that was assembled before, as far as they are
//! the same: the same allocation is the same value.

mod agenda;
pub mod held_back;
mod search;
mod whereabouts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::calendar::history::History;
use crate::calendar::recurrence::{Occurrence, Series};
use crate::calendar::write::Zones;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::hash::Fingerprint;
use crate::media::variants::Variant;
use crate::model::document::Document;
use crate::model::html::Html;
use crate::model::kinds::Kind;
use crate::path::{OutputPath, SourcePath, absolute};
use crate::source::DiskFile;
use crate::theme::Asset;
use crate::view::{Card, LinkView, MenuEntry, PictureView, ShareView, SiteView, TermView, VenueView};

pub use agenda::{Agenda, AgendaEntry};
pub use held_back::{HeldBack, Reason};
pub use search::{SearchIndex, Shard};
pub use whereabouts::{Asked, DatePlace, DatedCard, Spot};

/// An index into `Site::pages`.
pub type PageId = usize;

/// A site.
#[derive(Debug)]
pub struct Site {
    pub config: Config,
    pub now: Timestamp,
    /// The date of `now` in the site's zone.
    pub today: Date,
    /// The moment from which the same sources make another site: something begins, ends or expires then.
    pub until: Timestamp,
    /// Published documents, by the path of their source.
    pub pages: Arc<Vec<Arc<Page>>>,
    pub lists: Arc<Lists>,
    /// The dates of all events in the months around now.
    pub agenda: Arc<Agenda>,
    /// Empty where the site has no search.
    pub search: Arc<SearchIndex>,
    pub view: SiteView,
    pub menu: Vec<MenuEntry>,
    /// The picture for link previews of pages without one of their own.
    pub share_image: Option<ShareView>,
    /// Aliases of pages, then the `redirects` of site.yaml.
    pub redirects: Vec<Redirect>,
    pub files: Vec<SiteFile>,
    /// Pictures that pages show, in the sizes in which they are shown; by their sources.
    pub pictures: Vec<SitePicture>,
    /// Pages for which a picture for link previews is made.
    pub share_cards: BTreeSet<PageId>,
    /// The theme's assets, by name.
    pub assets: BTreeMap<String, Asset>,
    pub held_back: Vec<HeldBack>,
    /// What calendars were told of events before this build.
    pub history: Arc<History>,
    pub texts: Texts,
    /// Of what every page may show: the settings, `view` and `share_image`.
    pub fingerprint: Fingerprint,
    /// Of all that decides which files the site has; not of what is in them.
    pub shape: Fingerprint,
}

/// Where the texts of documents can be read again that were not kept in memory.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The project folder.
    pub root: PathBuf,
    /// Reports: `publish/file-not-readable` where the file is not what it was when the site was planned.
    pub read: fn(&Path, &Document, &Config) -> Result<Html, Diagnostic>,
}

impl Texts {
    /// The HTML of a document's text.
    ///
    /// Reports: `publish/file-not-readable`.
    pub fn read(&self, document: &Document, config: &Config) -> Result<Html, Diagnostic> {
        (self.read)(&self.root, document, config)
    }
}

/// Pages in the order in which lists show them, and what is gathered from all of them.
#[derive(Debug, Default)]
pub struct Lists {
    /// `content/index.md`, where there is one.
    pub home: Option<PageId>,
    /// The words above a section's list.
    pub introductions: BTreeMap<Kind, PageId>,
    /// The documents of a kind in the order of its list: posts and stories newest first, resources and
    /// campaigns by title, pages by address. Events are in `coming` and `past`, too.
    pub sections: BTreeMap<Kind, Vec<PageId>>,
    /// Events that are not over, by their next date.
    pub coming: Vec<PageId>,
    /// Events that are over, latest first.
    pub past: Vec<PageId>,
    /// Events that people ask for first and that are not over, by their next date; what only events that are over were
    /// has an empty list.
    pub choices: BTreeMap<EventChoice, Vec<PageId>>,
    /// Events that are not over, by the slug of who runs them; each in the order of its next date.
    pub coming_by_organiser: BTreeMap<String, Vec<PageId>>,
    /// Sources of help by their addresses.
    pub resources_by_url: BTreeMap<String, PageId>,
    /// The places of venues.yaml at which anything is, by name.
    pub venues: Vec<VenueList>,
    /// The older and the newer page beside each post and story, by `PageId`.
    pub neighbours: Vec<Neighbours>,
    pub tags: Vec<Term>,
    pub categories: Vec<Term>,
    pub areas: Vec<Term>,
    pub needs: Vec<Term>,
    /// Sources of help by need, area and whatever else people ask about first.
    pub directory: Vec<DirectoryList>,
    /// The calendars that people can subscribe to: all events first, then group by group; areas with their parents
    /// first, the others by their titles or in the order of site.yaml.
    pub calendars: Vec<Calendar>,
    /// The `.ics` files that the site has, by their addresses from the server's root.
    pub calendar_files: BTreeMap<String, CalendarFile>,
    /// Older addresses: aliases of pages, and what lay at the old ids of the settings.
    pub aliases: Vec<Redirect>,
    /// Files of `content/` that pages show or link.
    pub named_files: BTreeSet<SourcePath>,
    /// Pictures that pages show.
    pub shown_pictures: BTreeSet<SourcePath>,
    /// Those that link previews show, too.
    pub shared_pictures: BTreeSet<SourcePath>,
    /// Descriptions of the time zones that events are in. A zone that is not in here is described where it is
    /// needed.
    pub zones: Zones,
    /// Of everything that the lists were made from.
    pub fingerprint: Fingerprint,
}

/// The pages beside a page in its section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub older: Option<PageId>,
    pub newer: Option<PageId>,
}

/// A document with a place in the site.
#[derive(Debug)]
pub struct Page {
    pub document: Arc<Document>,
    /// From the server's root.
    pub url: String,
    pub language: String,
    /// Where each of `Body::links` leads; nothing for a link that is shown without one.
    pub links: Vec<Option<Target>>,
    /// What each of `Body::pictures` shows; nothing for one that is missing.
    pub pictures: Vec<Option<PictureView>>,
    pub image: Option<Box<PictureView>>,
    /// The source of `image`, where link previews can show it, and what they are told of it.
    pub shared_picture: Option<Box<(SourcePath, ShareView)>>,
    pub tags: Vec<LinkView>,
    pub categories: Vec<LinkView>,
    pub areas: Vec<LinkView>,
    pub needs: Vec<LinkView>,
    /// The campaign's source.
    pub campaign: Option<SourcePath>,
    /// Of a campaign: boxed, because few pages have one.
    pub toolkit: Option<Box<ToolkitLinks>>,
    pub venue: Option<Box<VenueView>>,
    /// The id in venues.yaml.
    pub venue_id: Option<String>,
    /// Access facts in words.
    pub access: Vec<String>,
    /// Boxed like all that few pages have: there may be a million.
    pub event: Option<Box<EventDates>>,
    /// Older addresses that lead here.
    pub aliases: Vec<Redirect>,
    /// Files of `content/` that the document shows or links.
    pub files: Vec<SourcePath>,
    /// Those of them that it shows.
    pub shown: Vec<SourcePath>,
    pub card: Card,
    /// The card as it is when the next date of a series is over, then the one after that, and so on for the coming weeks.
    pub later_cards: Vec<DatedCard>,
    /// Of an event whose dates are at several places: the cards of those that a list of one of them shows, as if the series
    /// had no others. By the address of the list of a venue or area, or the name of a choice; what all dates have in common
    /// is not in here.
    pub placed_cards: BTreeMap<String, Vec<DatedCard>>,
    /// Of all these cards.
    pub card_fingerprint: Fingerprint,
    /// Of what decides in which lists the page stands, and where in them.
    pub listing: Fingerprint,
    /// Of everything that the page itself shows.
    pub fingerprint: Fingerprint,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// From the server's root for this site's own places, else as written.
    pub url: String,
    pub is_own: bool,
    /// Of a file that the site holds, in bytes.
    pub length: Option<u64>,
}

impl Page {
    /// Whether lists, feeds and calendars show it; of one that is not, only who has its address knows.
    pub fn is_listed(&self) -> bool {
        !self.document.meta.is_unlisted
    }

    /// Whether search and search engines may show it: what is listed, but for an event that is over.
    pub fn is_indexed(&self) -> bool {
        self.is_listed() && !self.event.as_ref().is_some_and(|event| event.is_over)
    }
}

/// What a campaign's toolkit names, in the order of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ToolkitLinks {
    pub assets: Vec<Option<Target>>,
    /// What is shown of each asset; nothing for one that is only to be downloaded.
    pub asset_pictures: Vec<Option<PictureView>>,
    pub post_pictures: Vec<Option<PictureView>>,
}

/// The dates of an event, as seen from now.
#[derive(Clone, Debug)]
pub struct EventDates {
    pub series: Series,
    pub zone_name: String,
    /// `Every Tuesday until 1 July 2027`.
    pub repeats: Option<String>,
    /// Soonest first, not over yet, at most 20.
    pub coming: Vec<Occurrence>,
    /// The next date, or the last one of an event that is over.
    pub shown: Occurrence,
    pub is_over: bool,
    /// When the last date of all is over (RFC 3339); absent while there are more than are in `coming`.
    pub over_at: Option<String>,
    pub standing: Standing,
    /// Of the series with all that its changed dates say: what an entry of the agenda shows beside the card.
    pub fingerprint: Fingerprint,
    /// Places of changed dates, by the index of the change; nothing for one at the usual place.
    pub change_places: Vec<Option<DatePlace>>,
    /// Where the dates to come are: at the usual place, or at that of a change; empty where all are at the usual one.
    pub at: Vec<Option<usize>>,
    /// `<letters and digits>@<host>`.
    pub uid: String,
}

/// Where an event stands, in one place for pages, lists and cards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standing {
    /// scheduled, cancelled, postponed, moved-online, full or finished.
    pub status: &'static str,
    /// In words where it is not `scheduled`.
    pub status_words: Option<String>,
    /// A sentence for the top of the event's page: its status.
    pub notice: Option<String>,
    pub of_next: Option<DateNotice>,
}

/// What is different with the next date of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateNotice {
    /// Sentences for the top of the event's page.
    pub sentences: String,
    /// The same in a few words: `Different time: 1pm to 3pm`; absent where only the writer said something.
    pub note: Option<String>,
    /// When the date that they speak of is over (RFC 3339).
    pub ends: String,
}

/// What people ask of events beside when and where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventChoice {
    Free,
    Online,
    StepFree,
}

impl EventChoice {
    pub const ALL: [EventChoice; 3] = [EventChoice::Free, EventChoice::Online, EventChoice::StepFree];

    /// In the address of its list, and in `EventCard::terms`.
    pub fn name(self) -> &'static str {
        match self {
            EventChoice::Free => "free",
            EventChoice::Online => "online",
            EventChoice::StepFree => "step-free",
        }
    }
}

/// What the sources of help of a list have in common; needs and areas by their places in `Lists`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facet {
    Need(usize),
    Area(usize),
    NeedInArea(usize, usize),
    /// Online or by phone.
    FromHome,
    Free,
    SelfReferral,
    /// By its name.
    Language(String),
    /// A group of ages, by its place in `assemble::directory::AGES`.
    Age(usize),
}

/// Sources of help that have something in common.
#[derive(Debug)]
pub struct DirectoryList {
    pub facet: Facet,
    /// From the server's root.
    pub url: String,
    /// By title; for an area, those that serve more than it come last. There is at least one.
    pub pages: Vec<PageId>,
    /// So many of them, the last ones, serve the areas that the list's area lies in.
    pub wider: usize,
}

impl DirectoryList {
    /// Those that are of the list itself, and those that serve the areas that its area lies in.
    pub fn own_and_wider(&self) -> (&[PageId], &[PageId]) {
        self.pages.split_at(self.pages.len().saturating_sub(self.wider))
    }
}

/// A place of venues.yaml with what is there.
#[derive(Debug)]
pub struct VenueList {
    /// In venues.yaml.
    pub id: String,
    /// Of its own list, from the server's root.
    pub url: String,
    /// Events by their next date.
    pub coming: Vec<PageId>,
    /// Events that are over, latest first.
    pub past: Vec<PageId>,
    /// Sources of help by title.
    pub resources: Vec<PageId>,
}

/// A tag, area, category or need, with its documents.
#[derive(Debug)]
pub struct Term {
    pub view: TermView,
    /// Coming events, then sources of help by title, then the rest newest first, then events that are over.
    pub pages: Vec<PageId>,
    /// Of an area: sources of help of the areas that it lies in, which serve it, too; by title.
    pub wider: Vec<PageId>,
}

/// What the events of a calendar have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarGroup {
    /// Nothing: it holds every event.
    All,
    Area,
    Category,
    /// What an entry of `calendars` in site.yaml asks for.
    Combination,
    /// A place of venues.yaml.
    Venue,
    Organiser,
    Campaign,
    Tag,
}

/// A calendar that people can subscribe to.
///
/// The one of an area, category, venue or combination is there whether or not it has events: whoever subscribed
/// to it must not lose it in a month without any.
#[derive(Debug)]
pub struct Calendar {
    pub group: CalendarGroup,
    /// The name of what its events have in common.
    pub title: String,
    /// 0 but for an area within another.
    pub depth: usize,
    /// The place that its file lies in, from the server's root: `/areas/north/`.
    pub folder: String,
    /// The page that says how to subscribe to it, from the server's root.
    pub subscribe_url: String,
    /// Whether a page at `folder` lists the same events.
    pub has_page: bool,
    /// Which dates of its events are in it.
    pub asked: Asked,
    /// Its events, past ones too, in the order of their files.
    pub events: Vec<PageId>,
    /// How many of them are not over.
    pub coming: usize,
}

impl Calendar {
    /// The address of its file, from the server's root.
    pub fn url(&self) -> String {
        format!("{}calendar.ics", self.folder)
    }
}

/// What an `.ics` file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarFile {
    /// An index into `Lists::calendars`.
    Calendar(usize),
    /// A single event.
    Event(PageId),
}

/// An address that leads to another one.
#[derive(Clone, Debug, Hash)]
pub struct Redirect {
    /// From the server's root.
    pub from: String,
    /// From the server's root, or an address elsewhere.
    pub to: String,
    /// Where the older address is written; the file as a whole where it is not written out.
    pub place: Place,
}

/// A file that the site serves as it is.
#[derive(Clone, Debug, Hash)]
pub struct SiteFile {
    pub path: OutputPath,
    pub source: SourcePath,
    pub fingerprint: Fingerprint,
    pub file: DiskFile,
}

/// A picture that pages show.
#[derive(Clone, Debug, Hash)]
pub struct SitePicture {
    pub source: SourcePath,
    /// Of its bytes.
    pub fingerprint: Fingerprint,
    pub file: DiskFile,
    /// What is published of it.
    pub variants: Vec<(OutputPath, Publishing)>,
}

/// How a file is made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Publishing {
    /// Its bytes without metadata, or without what could do harm.
    Cleaned,
    Encoded(Variant),
}

impl Site {
    /// Whether the list of a kind is part of the site: it has documents or an introduction, or the menu names it.
    pub fn has_list(&self, kind: Kind) -> bool {
        let Some(url) = kind.section_url() else { return false };
        let is_named = |entry: &MenuEntry| {
            let path = entry.url.split(['#', '?']).next().unwrap_or_default();
            path.strip_prefix(self.config.base_path.as_str())
                .is_some_and(|path| path.trim_matches('/') == url.trim_matches('/'))
        };
        self.lists.sections.contains_key(&kind)
            || self.lists.introductions.contains_key(&kind)
            || self.menu.iter().any(is_named)
    }

    /// The moment of the build in the site's zone.
    pub fn now_in_zone(&self) -> Zoned {
        self.now.to_zoned(self.config.timezone.clone())
    }

    /// The page of a document, where it is published.
    pub fn page_of(&self, source: &SourcePath) -> Option<&Page> {
        let at = self.pages.binary_search_by(|page| page.document.path.cmp(source)).ok()?;
        self.pages.get(at).map(Arc::as_ref)
    }

    /// The documents of a kind in the order of its list.
    pub fn section(&self, kind: Kind) -> &[PageId] {
        self.lists.sections.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The calendar whose file lies in a folder, by the folder's address from the server's root.
    pub fn calendar_in(&self, folder: &str) -> Option<&Calendar> {
        match self.lists.calendar_files.get(&format!("{folder}calendar.ics"))? {
            CalendarFile::Calendar(at) => self.lists.calendars.get(*at),
            CalendarFile::Event(_) => None,
        }
    }

    /// What a calendar calls itself: the site's name, and what is in it.
    pub fn calendar_title(&self, calendar: &Calendar) -> String {
        let (words, site) = (&self.config.words, ("site", (&self.config.name).into()));
        match calendar.group {
            CalendarGroup::All => words.say("feeds.events", &[site]),
            _ => words.say("feeds.of", &[site, ("title", (&calendar.title).into())]),
        }
    }

    /// The calendar that an older address led to, which must be served there as well: a program that
    /// subscribed to it follows no page that says where it went.
    pub fn calendar_moved(&self, redirect: &Redirect) -> Option<CalendarFile> {
        self.lists.calendar_files.get(&redirect.to).copied()
    }

    /// The whole address of a place of this site.
    pub fn absolute(&self, url: &str) -> String {
        absolute(&self.config.origin, url)
    }
}
