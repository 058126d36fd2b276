//! What a template may see: the contract between the program and themes.
//!
//! Every template gets a `PageView` under the name `page`, and what its kind adds (`article`, `event`,
//! `story`, `resource`, `campaign`, `toolkit`, `list`, `month`, `week`, `venue`, `subscribe`, `search`, `api`), each described
//! by a struct here. The shared values (`Shared`) are there for every template; one that a template does not name costs it nothing.
//! Strings are plain text and are escaped by the template engine; a field that holds HTML says so in
//! its words and is of the type `SafeHtml`. Optional values are absent (`{% if x %}` is false).
//!
//! **Invariant:** views hold values for showing only: no consent record, no private front matter, no
//! file path of the machine.

mod cards;
mod finding;
mod list_parts;
mod share;
mod toolkit;
pub mod words;

use std::collections::BTreeMap;

use jiff::{Zoned, civil, tz::TimeZone};
use serde::{Serialize, Serializer};

use crate::date::{When, say, words as date_words};
use crate::words::Words;

pub use cards::{Card, EventCard, ResourceCard, StoryCard};
pub use finding::{AnswerView, ApiView, DataView, FilterView, OpeningDayView, OpeningView, SearchView};
pub use list_parts::{DayView, LetterView, MonthView, PagerView, PeriodView, SupportView, WiderView};
pub use share::{ShareLinksView, ShareView};
pub use toolkit::{ToolkitFact, ToolkitFile, ToolkitPost, ToolkitView};

/// HTML made by us, sanitised and escaped: a template writes it with `| safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SafeHtml(pub String);

/// A date, or a date and time, in the zone of what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Moment {
    /// For `datetime` attributes: `2026-05-21` or `2026-05-21T10:00:00+01:00`.
    pub iso: String,
    /// `21 May 2026`.
    pub date: String,
    /// `Thursday 21 May 2026`.
    pub full_date: String,
    /// `Thu 21 May`.
    pub short_date: String,
    /// `10am`, `10:30am`, `midday`, `midnight`; absent for whole days.
    pub time: Option<String>,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LinkView {
    pub title: String,
    pub url: String,
}

/// A picture that the site serves.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PictureView {
    /// JPEG or PNG, or whatever moves or is drawn: for `src`.
    pub url: String,
    /// The same with `https://` and the site's name, for feeds.
    pub absolute_url: String,
    /// WebP in several widths, for `<source type="image/webp" srcset="...">`: `/a-320.webp 320w, /a-640.webp 640w`.
    /// Absent for drawings and for what moves.
    pub srcset: Option<String>,
    /// Empty for decoration.
    pub alt: String,
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// In pixels, of the widest that there is; absent where the file does not say (some SVGs).
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// A number, address or page that helps at once (`help_now` in site.yaml).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HelpView {
    pub name: String,
    pub phone: Option<String>,
    /// For `href="tel:..."`: digits, a leading plus and `;ext=12`.
    pub phone_link: Option<String>,
    pub text: Option<String>,
    pub url: Option<String>,
}

/// How to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ContactView {
    pub phone: Option<String>,
    /// For `href="tel:..."`.
    pub phone_link: Option<String>,
    pub hours: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub address: Option<String>,
}

/// A logo with the name of whom it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PartnerView {
    pub name: String,
    pub url: Option<String>,
    pub logo: Option<PictureView>,
}

/// A feed or calendar that a page announces (`<link rel="alternate">`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FeedView {
    pub title: String,
    /// From the site's root.
    pub url: String,
    pub absolute_url: String,
    /// `application/rss+xml` or `text/calendar`.
    pub media_type: String,
    /// The page that says how to subscribe to it; absent where there is none for it alone.
    pub subscribe_url: Option<String>,
}

/// The ways in which a calendar, or an event, gets into the reader's own calendar. Nothing is asked of these
/// addresses before the reader follows one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WaysView {
    /// What the calendar calls itself.
    pub title: String,
    /// The file, from the server's root: for whoever wants it once.
    pub file_url: String,
    /// The same with `https://`: for copying.
    pub address: String,
    /// With `webcal:`: Apple's programs and many others ask at once whether to subscribe.
    pub webcal_url: String,
    /// Google Calendar, Outlook.com, and Outlook of work or school, each asking whether to subscribe.
    pub google_url: String,
    pub outlook_url: String,
    pub microsoft_url: String,
    /// Adds an event that happens once; absent for calendars and series.
    pub once: Option<OnceView>,
}

/// Pages that add a single event once; what changes later does not come.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OnceView {
    pub google_url: String,
    pub outlook_url: String,
    pub microsoft_url: String,
}

/// `site`: who publishes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SiteView {
    pub name: String,
    pub tagline: Option<String>,
    /// The address of the home page, from the server's root: `/` or `/sub/`.
    pub home: String,
    /// `https://www.example.org`, without a slash at its end.
    pub origin: String,
    /// BCP 47: `en-GB`.
    pub language: String,
    /// IANA: `Europe/London`.
    pub timezone: String,
    pub logo: Option<PictureView>,
    /// `#0b5563`.
    pub colour: Option<String>,
    pub contact: ContactView,
    pub help_now: Vec<HelpView>,
    pub social: Vec<LinkView>,
    pub partners: Vec<PartnerView>,
    /// The site's own feeds and calendars, the blog first.
    pub feeds: Vec<FeedView>,
    /// Fixed pages that the footer links where they exist: accessibility, privacy, contact, site map.
    pub footer: Vec<LinkView>,
    /// The address of the sections that have something to show.
    pub sections: SectionsView,
}

/// The addresses of the sections; one without a published document is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct SectionsView {
    pub blog: Option<String>,
    pub stories: Option<String>,
    pub events: Option<String>,
    pub past_events: Option<String>,
    pub resources: Option<String>,
    pub campaigns: Option<String>,
    /// The page that explains feeds and calendars.
    pub subscribe: Option<String>,
    /// All sources of help from A to Z.
    pub directory: Option<String>,
    /// What other programs can take from the site.
    pub api: Option<String>,
    /// Absent where site.yaml says `search: no`.
    pub search: Option<String>,
    /// The page that says how to tell one's own story (`tell-your-story.md`).
    pub tell_your_story: Option<String>,
}

/// One entry of `menu`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MenuEntry {
    pub title: String,
    pub url: String,
}

/// A tag, area, category or need with its own list page: an entry of `tags`, `areas`, `categories`
/// and `needs`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TermView {
    pub title: String,
    pub url: String,
    /// How many published documents carry it.
    pub count: usize,
    /// Depth in the tree of areas; 0 for all others.
    pub depth: usize,
}

/// `page`: what every page has.
#[derive(Clone, Debug, Serialize)]
pub struct PageView<'v> {
    /// For `<body data-kind="...">`: home, post, story, event, resource, campaign, page, list, term, terms, month,
    /// week, venue, search, api, site-map, not-found or redirect.
    pub kind: &'v str,
    /// The heading.
    pub title: &'v str,
    /// For `<title>`: the heading and the site's name.
    pub document_title: String,
    /// For search engines and previews; empty where there is nothing to say.
    pub summary: &'v str,
    /// The summary, where it is not the beginning of the text that follows.
    pub lead: Option<&'v str>,
    /// From the server's root.
    pub url: &'v str,
    pub canonical: String,
    /// BCP 47.
    pub language: &'v str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Home first, the page's parent last; empty on the home page.
    pub breadcrumbs: &'v [LinkView],
    /// For link previews; never an SVG.
    pub share_image: Option<&'v ShareView>,
    /// For `og:type`: `website` or `article`.
    pub share_type: &'v str,
    pub is_indexed: bool,
    /// JSON-LD for a `script` element, escaped for that place.
    pub structured_data: SafeHtml,
    /// Feeds that the page announces; the calendar of its own events first.
    pub feeds: &'v [FeedView],
    /// The calendar of the events that this page lists, with the page that says how to subscribe to it.
    pub calendar: Option<&'v FeedView>,
    /// `mailto:` link with the page's address in the subject; absent where the site has no e-mail address.
    pub problem_link: Option<String>,
    /// Where a link leads that takes the reader away at once; absent on most pages.
    pub quick_exit: Option<&'v str>,
    /// Ways to pass the page on, without anything of anybody's on the page; absent where nobody would.
    pub share: Option<ShareLinksView>,
}

/// `article`: a document's text and what all kinds have in common.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView<'v> {
    /// The document's text as HTML.
    pub body: SafeHtml,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    /// When the page must be looked at again: on its own day, or as long after it was last seen as its kind may go.
    pub review_by: Option<Moment>,
    pub author: Option<&'v str>,
    /// `link worker`
    pub author_role: Option<&'v str>,
    pub image: Option<&'v PictureView>,
    /// Those that have a list to lead to; so it is with categories, areas and needs.
    pub tags: &'v [LinkView],
    pub categories: &'v [LinkView],
    pub areas: &'v [LinkView],
    pub needs: &'v [LinkView],
    pub campaign: Option<&'v LinkView>,
    /// The second-level headings, where there are enough for a contents list (at least three).
    pub contents: Vec<ContentsEntry<'v>>,
    /// The older and the newer document of the same section (posts and stories).
    pub previous: Option<&'v LinkView>,
    pub next: Option<&'v LinkView>,
    /// Rounded up; 0 where the text is empty.
    pub reading_minutes: usize,
    /// Front matter that the program does not know, for the theme's own use.
    pub extra: &'v serde_json::Map<String, serde_json::Value>,
}

/// An entry of a contents list.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsEntry<'v> {
    pub title: &'v str,
    /// Without `#`.
    pub id: &'v str,
}

/// `event`: an event's own page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EventView<'v> {
    /// A sentence for the top: cancelled, postponed, moved online, full or finished; absent else.
    pub notice: Option<String>,
    /// What is different with single dates, for the top, soonest first: that of the next date, and those that take its
    /// place when that is over (`The date on Tuesday 1 December 2026 is cancelled. The next date is ...`).
    pub date_notices: Vec<TurnView>,
    /// scheduled, cancelled, postponed, moved-online, full or finished.
    pub status: String,
    /// The next date, or the last one of what is over.
    pub start: Moment,
    pub end: Moment,
    /// `Tuesday 24 November 2026, 10am to 12pm`.
    pub when: String,
    /// When that date of a series is over, for `data-ends`; absent for a single event.
    pub when_ends: Option<String>,
    /// `Every Tuesday until 1 July 2027, 10am to midday`.
    pub repeats: Option<String>,
    /// The dates after now, soonest first, at most 20, cancelled ones among them. The first five are
    /// meant to be seen at once.
    pub dates: Vec<EventDate>,
    /// Named where it is not the site's own: `Paris time`.
    pub timezone: Option<String>,
    /// The dates after the one in `when`, each from when that before it is over; for the coming weeks.
    pub later: Vec<TurnView>,
    /// Where the dates of `when` and `later` are, in turn.
    pub places: Vec<PlaceTurn>,
    /// Where the date in `when` is.
    pub venue: Option<VenueView>,
    /// Where the other dates are; absent where that is the same place.
    pub usual_venue: Option<VenueView>,
    /// The join link.
    pub online: Option<String>,
    pub cost: Option<String>,
    pub is_free: bool,
    pub booking: Option<BookingView>,
    pub is_drop_in: bool,
    pub organiser: Option<String>,
    pub audience: Option<String>,
    pub contact: Option<ContactView>,
    /// Access facts of the usual place in words; empty where nothing is known.
    pub access: Vec<String>,
    /// How to get it into one's own calendar.
    pub ways: WaysView,
    /// Absent for an event that the team wrote itself.
    pub provenance: Option<ProvenanceView>,
    /// When the last date of all is over, for `data-ends`; absent where that is not known yet, or has come.
    pub ends: Option<String>,
    /// Coming events at the same place, then in the same areas, at most 4.
    pub near: &'v [&'v Card],
}

/// Words that are true for a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TurnView {
    /// From when on, for `data-from`; absent where it has come.
    pub from: Option<String>,
    /// Until when, for `data-ends`.
    pub ends: String,
    /// The date that they speak of.
    pub start: Moment,
    pub words: String,
}

/// Where an event is for a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PlaceTurn {
    pub venue: VenueView,
    /// From when on, for `data-from`; absent where it has come.
    pub from: Option<String>,
    /// Until when, for `data-ends`; absent where it stays so.
    pub ends: Option<String>,
    /// It is not the usual place.
    pub is_moved: bool,
    /// What is known of getting in, where that is not what `access` says: `On Tuesday 9 June 2026, at The Barn: There are
    /// steps.`
    pub access: Option<String>,
}

/// One date of a series.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EventDate {
    pub start: Moment,
    /// From when on it is among the first five; absent for these.
    pub from: Option<String>,
    /// When it is over, for `data-ends`.
    pub ends: String,
    /// `Tuesday 24 November 2026, 10am to 12pm`.
    pub when: String,
    pub is_cancelled: bool,
    /// `At Ferrymen's Hall`, `New time`.
    pub note: Option<String>,
}

/// Where something happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct VenueView {
    pub name: String,
    /// The name of the area that it is in.
    pub area: Option<String>,
    /// One line, with the postcode.
    pub address: Option<String>,
    pub postcode: Option<String>,
    /// A link to a map, made from the place; the map is not loaded.
    pub map_url: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
    /// The page with everything that is there; absent for a place that is described on the spot.
    pub url: Option<String>,
}

/// Whose calendar an event comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ProvenanceView {
    pub name: String,
    /// Their own site.
    pub website: Option<String>,
    /// The event's page there.
    pub url: Option<String>,
}

/// How to book.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BookingView {
    pub url: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub phone_link: Option<String>,
    /// Absent where that has come.
    pub opens: Option<Moment>,
    /// That moment, for `data-ends`.
    pub opens_at: Option<String>,
    pub closes: Option<Moment>,
    /// From when on nobody can book, for `data-ends` and `data-from`; absent where it has come.
    pub closes_at: Option<String>,
    pub is_closed: bool,
}

/// `story`: a success story's own page.
#[derive(Clone, Debug, Serialize)]
pub struct StoryView<'v> {
    /// Absent for anonymous stories.
    pub name: Option<&'v str>,
    pub is_name_changed: bool,
    pub quote: Option<&'v str>,
    /// The page must name who helps at once.
    pub is_sensitive: bool,
    /// Sources of help that the story names or that share its needs, best first, at most 4.
    pub support: &'v [&'v Card],
}

/// `resource`: a source of help's own page.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceView<'v> {
    pub provider: Option<String>,
    pub contact: ContactView,
    pub venue: Option<VenueView>,
    /// As it was written, Monday first; days that are closed are left out.
    pub opening: Vec<OpeningView>,
    /// The week, Monday first, with the days that are closed; empty where no day is named.
    pub week: Vec<OpeningDayView>,
    /// The next dates of the site's closures, at most 3, on which the week may not hold.
    pub closures: Vec<Moment>,
    /// All of them that lie ahead, for the script: `2026-12-25 2026-12-28`.
    pub closure_dates: String,
    pub cost: Option<String>,
    pub eligibility: Option<String>,
    /// `16 to 25`, `18 and over`; absent where there is no limit.
    pub ages: Option<String>,
    pub referral_words: Option<String>,
    pub can_refer_self: bool,
    /// Names of languages.
    pub languages: Vec<String>,
    pub access: Vec<String>,
    pub status: String,
    pub status_words: Option<String>,
    pub checked: Option<Moment>,
    /// Coming events that it runs itself or its provider does, at most 4.
    pub own_events: &'v [&'v Card],
    /// Other coming events at its venue, at most 4.
    pub events: &'v [&'v Card],
}

/// `campaign`: an awareness day's hub.
#[derive(Clone, Debug, Serialize)]
pub struct CampaignView<'v> {
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    /// `Thursday 20 May 2027` or `17 to 23 May 2027`.
    pub when: Option<String>,
    /// The day is over.
    pub is_past: bool,
    /// When it is, for `data-ends` and `data-from`; absent where that has come, and without a day.
    pub ends: Option<String>,
    pub hashtags: Vec<String>,
    pub organiser: Option<LinkView>,
    /// The page with everything to copy and print; absent where there is nothing.
    pub toolkit_url: Option<String>,
    /// The same campaign in earlier years, latest first, at most 10.
    pub past_years: &'v [LinkView],
    pub events: Vec<&'v Card>,
    pub stories: Vec<&'v Card>,
    pub posts: Vec<&'v Card>,
    pub resources: Vec<&'v Card>,
}

/// `campaign_now`: the next campaign, once it is near.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CampaignBanner {
    pub title: String,
    pub url: String,
    /// `Thursday 20 May 2027` or `17 to 23 May 2027`.
    pub when: String,
    /// The first day, for the countdown.
    pub start: Option<Moment>,
    /// It lasts more than this day.
    pub has_days: bool,
    /// When the last day is over, for `data-ends`.
    pub ends: String,
    pub summary: String,
}

/// `list`: a section's, tag's, area's, category's or need's documents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ListView<'c> {
    /// posts, stories, events, past-events, resources, campaigns or mixed.
    pub of: String,
    /// Those of this page, in order; for `events` see also `months`, and `support` for sources of help of needs and areas.
    pub items: Vec<&'c Card>,
    /// Of all pages together.
    pub total: usize,
    /// Events by month and day; empty for other lists.
    pub months: Vec<MonthView<'c>>,
    /// Posts by year, or by month where all are of one year; empty for other lists.
    pub periods: Vec<PeriodView<'c>>,
    /// Alphabetical groups; only for `resources`.
    pub letters: Vec<LetterView<'c>>,
    pub pager: PagerView,
    /// What to say where there is nothing: `No events are planned at the moment.`
    pub empty_words: String,
    /// The document that introduces the section (`blog/index.md`), as HTML.
    pub introduction: SafeHtml,
    /// Other lists of the same: of events by week, month and place, online, free, step-free and past ones; of stories
    /// by need, of posts by tag.
    pub ways: Vec<LinkView>,
    /// None of the events of an area, category, need or tag is to come.
    pub lacks_events: bool,
    /// Of a need or an area: the first sources of help; its other pages have none.
    pub support: Option<SupportView<'c>>,
    /// Of the sources of help of an area: those of this page that serve the areas that it lies in.
    pub wider: Option<WiderView<'c>>,
    /// Of sources of help: the lists of those with something in common.
    pub filters: Vec<FilterView>,
    /// Of the whole directory: for each entry, by its address, the addresses of the lists that it is in, each with a
    /// space after it.
    pub terms: BTreeMap<&'c str, String>,
}

/// One date of an event, on pages that show every date: a series is there with each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DateView<'v> {
    /// The event's.
    pub title: &'v str,
    pub url: &'v str,
    pub start: Moment,
    /// When it is over, for `data-ends`.
    pub ends: String,
    /// `10am to 12pm`, `All day`, `Friday 4 to Sunday 6 June 2027`.
    pub when: String,
    pub place: Option<String>,
    /// scheduled, cancelled, postponed, moved-online or full: of this date, whether it is over or not.
    pub status: &'static str,
    /// Absent where it is `scheduled`.
    pub status_words: Option<&'v str>,
    /// What is different on this date: `New time`.
    pub note: Option<String>,
    /// Short words such as Free, Book, Drop in, Online, Step-free.
    pub flags: Vec<String>,
}

/// The dates of one day, by start.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AgendaDay<'v> {
    /// For `id`: `day-2026-12-07`; links of other pages end in it.
    pub id: String,
    pub date: Moment,
    /// What lasts several days stands under the first of them that the page has.
    pub dates: Vec<&'v DateView<'v>>,
}

/// `month`: every date of a month.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MonthPageView<'v> {
    /// `December 2026`.
    pub name: String,
    /// Rows of seven cells, Monday first.
    pub weeks: Vec<Vec<MonthCell<'v>>>,
    /// The same as a list: days with dates.
    pub days: Vec<AgendaDay<'v>>,
    /// Whether the month was over at the time of the build: its dates are kept, not hidden.
    pub is_past: bool,
    /// The first date after a month without any; absent where there are dates, or none follows.
    pub later: Option<LinkView>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
}

/// A cell of a month's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct MonthCell<'v> {
    /// Absent where the cell belongs to another month.
    pub date: Option<Moment>,
    /// The day of the month.
    pub number: i8,
    /// The first dates of the day, what lasts several days on each of them.
    pub dates: Vec<&'v DateView<'v>>,
    /// How many there are beside those, and the place in the list where they stand.
    pub more: usize,
    pub more_id: String,
}

/// `week`: every date of the week in which the site was built, and of the one after it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WeekPageView<'v> {
    pub weeks: Vec<WeekView<'v>>,
}

/// The dates of one week.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WeekView<'v> {
    /// `Monday 23 to Sunday 29 November 2026`.
    pub title: String,
    /// Days with dates.
    pub days: Vec<AgendaDay<'v>>,
    /// The first date after a week without any; absent where there are dates, or none follows.
    pub later: Option<LinkView>,
}

/// `venue`: a place of venues.yaml with what is there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct VenuePageView<'v> {
    pub place: VenueView,
    pub contact: ContactView,
    /// Access facts in words; empty where nothing is known.
    pub access: Vec<String>,
    /// Coming events by their next date.
    pub events: Vec<&'v Card>,
    /// Sources of help by title.
    pub resources: Vec<&'v Card>,
    /// Events that are over, latest first, at most 10.
    pub past_events: Vec<&'v Card>,
}

/// `terms`: an overview of all tags, areas, categories or needs, and the site map's groups.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GroupView {
    pub title: String,
    pub links: Vec<LinkView>,
}

/// `subscribe`: how to get events into one's own calendar.
///
/// One page holds the calendar of all events and the list of all others; each of these has a page of its own,
/// which holds one calendar and no list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SubscribeView {
    /// The calendar that the page is about; absent on a site without events.
    pub ways: Option<WaysView>,
    /// How many coming events it has.
    pub coming: usize,
    /// The list of the same events, where there is one.
    pub list_url: Option<String>,
    /// All other calendars by group; empty on the page of a single calendar.
    pub groups: Vec<CalendarGroupView>,
    /// How long events that are over stay in calendars: `12 months`.
    pub past: String,
    /// Cancelled events are marked so that some programs hide them.
    pub may_hide_cancelled: bool,
}

/// Calendars of one kind, such as one for each area.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarGroupView {
    /// For `id` attributes: `by-area`.
    pub id: String,
    /// `By area`.
    pub title: String,
    /// What one of them is called: `Area`.
    pub one: String,
    /// What is looked for less often: organisers, campaigns and tags.
    pub is_minor: bool,
    pub calendars: Vec<CalendarRowView>,
}

/// A calendar in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarRowView {
    pub title: String,
    /// The page that says how to subscribe to it.
    pub url: String,
    /// 0 but for an area within another.
    pub depth: usize,
    /// How many coming events it has.
    pub coming: usize,
}

/// What `components/<name>.html` sees.
///
/// `fields` holds the fields that were written: texts, numbers, flags; a link is its address, a picture
/// a `PictureView`. `items` holds the cards of a component that lists documents. `file` is there for
/// `download`, `venue` for `address`. `site` is there as everywhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ComponentView {
    pub name: String,
    /// Unique on its page: for `id` attributes.
    pub id: String,
    pub fields: serde_json::Map<String, serde_json::Value>,
    pub body: SafeHtml,
    pub items: Vec<Card>,
    pub file: Option<ToolkitFile>,
    pub venue: Option<VenueView>,
    /// The last or only line of a countdown: `Thursday 20 May 2027`.
    pub date: Option<Moment>,
}

impl Serialize for SafeHtml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Moment {
    /// A date as it was written; a time is shown in `zone`.
    pub fn of(words: &Words, when: When, zone: &TimeZone) -> Self {
        match when {
            When::Day(day) => Moment::of_day(words, day),
            When::Local(_) | When::Instant(..) => Moment::of_time(words, &when.in_zone(zone).zoned),
        }
    }

    /// A whole day.
    pub fn of_day(words: &Words, day: civil::Date) -> Self {
        Moment {
            iso: date_words::iso_day(day),
            date: say::day(words, day),
            full_date: say::weekday_and_day(words, day),
            short_date: say::short_day(words, day),
            time: None,
        }
    }

    /// A time, in its own zone.
    pub fn of_time(words: &Words, zoned: &Zoned) -> Self {
        let iso = date_words::rfc3339(zoned);
        Moment { iso, time: Some(say::time(words, zoned.time())), ..Moment::of_day(words, zoned.date()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_speaks_as_people_do() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let words = crate::config::english();
        let moment = Moment::of(&words, crate::date::parse("2026-05-21 10:30").unwrap(), &zone);
        assert_eq!(moment.iso, "2026-05-21T10:30:00+01:00");
        assert_eq!(moment.full_date, "Thursday 21 May 2026");
        assert_eq!(moment.time.as_deref(), Some("10:30am"));
        assert_eq!(Moment::of(&words, crate::date::parse("2026-05-21").unwrap(), &zone).time, None);
    }
}
