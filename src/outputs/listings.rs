//! Lists: the sections, past events and those that people ask for first, and the documents of every tag, area, category and need.
//!
//! Pages of dated lists are numbered from the oldest, so that something new changes the newest pages
//! only: the front page holds what does not fill a page of the archive yet. Lists of areas, needs and categories are
//! numbered from the first, with help in front.

mod groups;
mod support;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::ToSpan;

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::date::say;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::fill::{Addresses, Text};
use crate::outputs::frame::{self, Frame};
use crate::outputs::{dated, directory, section_link, trail};
use crate::site::{DirectoryList, EventChoice, Facet, Page, PageId, Site, Term};
use crate::theme::Theme;
use crate::view::{Card, FilterView, LinkView, ListView, PagerView, SafeHtml, SupportView, WiderView};
use crate::words::Words;

/// Entries of a page of a dated list.
const DATED_PAGE: usize = 20;
/// Entries of a page of what readers look through from the top.
const DIRECTORY_PAGE: usize = 50;
/// Tags that the blog names, those of most posts.
const BLOG_TAGS: usize = 12;

/// In which order the pages of a list are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// From the last entry: the archive of a list that grows at its front.
    FromOldest,
    FromFirst,
}

/// Which list: the key of its pages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Section(Kind),
    PastEvents,
    Choice(EventChoice),
    /// With its place in `Lists::directory`.
    Directory(usize),
    /// With the index in its group.
    Term(Group, usize),
}

/// The groups of terms that have a list for each term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Tags,
    Areas,
    Categories,
    Needs,
}

impl Group {
    const ALL: [Group; 4] = [Group::Tags, Group::Areas, Group::Categories, Group::Needs];

    fn terms(self, site: &Site) -> &[Term] {
        match self {
            Group::Tags => &site.lists.tags,
            Group::Areas => &site.lists.areas,
            Group::Categories => &site.lists.categories,
            Group::Needs => &site.lists.needs,
        }
    }

    /// Folder, and the names of the words for the group, for one of them, and for what its list holds.
    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Group::Tags => ("tags", "titles.tags", "titles.tag", "summaries.tag"),
            Group::Areas => ("areas", "titles.areas", "titles.area", "summaries.area"),
            Group::Categories => ("categories", "titles.categories", "titles.category", "summaries.category"),
            Group::Needs => ("needs", "titles.needs", "titles.need", "summaries.need"),
        }
    }
}

/// A list before it is cut into pages.
struct List<'s> {
    title: String,
    qualifier: Option<&'s str>,
    summary: String,
    url: String,
    /// For `data-kind`.
    kind: &'static str,
    /// For `ListView::of`.
    of: &'static str,
    pages: Cow<'s, [PageId]>,
    numbering: Numbering,
    empty_words: &'s str,
    breadcrumbs: Vec<LinkView>,
    introduction: Option<PageId>,
}

/// One page of a list.
struct ListPage<'s> {
    frame: Frame<'s>,
    of: &'static str,
    words: &'s Words,
    cards: Vec<&'s Card>,
    total: usize,
    pager: PagerView,
    empty_words: &'s str,
    introduction: Option<Text<'s>>,
    ways: Vec<LinkView>,
    lacks_events: bool,
    support: Option<SupportView<'s>>,
    wider: Option<WiderView<'s>>,
    filters: Vec<FilterView>,
    terms: BTreeMap<&'s str, String>,
}

/// The pages of all lists.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let sections = [Kind::Post, Kind::Story, Kind::Event, Kind::Resource, Kind::Campaign].map(Of::Section);
    let terms = Group::ALL.iter().flat_map(|&group| (0..group.terms(site).len()).map(move |at| Of::Term(group, at)));
    let choices = site.lists.choices.keys().map(|choice| Of::Choice(*choice));
    let all = sections.into_iter().chain([Of::PastEvents]).chain(choices).chain(terms);
    let all = all.chain((0..site.lists.directory.len()).map(Of::Directory));
    all.filter(|&of| is_there(site, of)).flat_map(|of| pages(site, of)).collect()
}

/// The heading of a section: that of its introduction, or the usual one.
pub fn section_title(site: &Site, kind: Kind) -> String {
    if let Some(&id) = site.lists.introductions.get(&kind) {
        return site.pages[id].document.meta.title.clone();
    }
    let name = match kind {
        Kind::Post => "titles.blog",
        Kind::Story => "titles.stories",
        Kind::Event => "titles.events",
        Kind::Resource => "titles.resources",
        Kind::Campaign => "titles.campaigns",
        Kind::Page => "titles.pages",
    };
    site.config.words.text(name).to_owned()
}

fn list(site: &Site, of: Of) -> List<'_> {
    match of {
        Of::Section(kind) => section(site, kind),
        Of::PastEvents => past_events(site),
        Of::Choice(choice) => choice_list(site, choice),
        Of::Directory(at) => directory_list(site, &site.lists.directory[at]),
        Of::Term(group, at) => term_list(site, &group.terms(site)[at], group),
    }
}

/// Whether a list is part of the site.
fn is_there(site: &Site, of: Of) -> bool {
    match of {
        Of::Section(kind) => site.has_list(kind),
        Of::PastEvents => site.view.sections.past_events.is_some(),
        Of::Choice(_) | Of::Directory(_) | Of::Term(..) => true,
    }
}

fn owner(site: &Site, of: Of, list: &List<'_>) -> Owner {
    match (of, list.introduction) {
        (_, Some(id)) => Owner::file("the list with the introduction", &site.pages[id].document.path),
        (Of::Section(_), None) => Owner::named(format!("the list of {}", list.of)),
        (Of::PastEvents, None) => Owner::named("the list of past events"),
        (Of::Choice(_) | Of::Directory(_) | Of::Term(..), None) => {
            Owner::named(format!("the list of “{}”", list.title))
        }
    }
}

fn section(site: &Site, kind: Kind) -> List<'_> {
    let words = &*site.config.words;
    let (of, numbering, empty_words) = match kind {
        Kind::Post => ("posts", Numbering::FromOldest, "empty.posts"),
        Kind::Story => ("stories", Numbering::FromOldest, "empty.stories"),
        Kind::Event => ("events", Numbering::FromFirst, "empty.events"),
        Kind::Resource => ("resources", Numbering::FromFirst, "empty.resources"),
        Kind::Campaign => ("campaigns", Numbering::FromFirst, "empty.campaigns"),
        Kind::Page => ("pages", Numbering::FromFirst, "empty.pages"),
    };
    let LinkView { title, url } = section_link(site, kind);
    let introduction = site.lists.introductions.get(&kind).copied();
    let summary = introduction.map(|id| site.pages[id].card.summary.clone()).filter(|summary| !summary.is_empty());
    let usual = match kind {
        Kind::Post => words.say("summaries.blog", &[("site", (&site.config.name).into())]),
        Kind::Story => words.text("summaries.stories").to_owned(),
        Kind::Event => words.text("summaries.events").to_owned(),
        Kind::Resource => words.text("summaries.resources").to_owned(),
        Kind::Campaign | Kind::Page => words.text("summaries.campaigns").to_owned(),
    };
    List {
        title,
        qualifier: None,
        summary: summary.unwrap_or(usual),
        url,
        kind: "list",
        of,
        pages: Cow::Borrowed(if kind == Kind::Event { &site.lists.coming } else { site.section(kind) }),
        numbering,
        empty_words: words.text(empty_words),
        breadcrumbs: trail(site, Vec::new()),
        introduction,
    }
}

fn past_events(site: &Site) -> List<'_> {
    let words = &*site.config.words;
    List {
        title: words.text("titles.past_events").to_owned(),
        qualifier: None,
        summary: words.text("summaries.past_events").to_owned(),
        url: format!("{}events/past/", site.config.base_path),
        kind: "list",
        of: "past-events",
        pages: Cow::Borrowed(&site.lists.past),
        numbering: Numbering::FromOldest,
        empty_words: words.text("empty.past_events"),
        breadcrumbs: trail(site, vec![section_link(site, Kind::Event)]),
        introduction: None,
    }
}

/// The names of the words for the title of a choice, for what its list holds, and for when that is nothing.
fn choice_words(choice: EventChoice) -> (&'static str, &'static str, &'static str) {
    match choice {
        EventChoice::Free => ("titles.free_events", "summaries.free_events", "empty.free_events"),
        EventChoice::Online => ("titles.online_events", "summaries.online_events", "empty.online_events"),
        EventChoice::StepFree => ("titles.step_free_events", "summaries.step_free_events", "empty.step_free_events"),
    }
}

fn choice_list(site: &Site, choice: EventChoice) -> List<'_> {
    let words = &*site.config.words;
    let (title, summary, empty) = choice_words(choice);
    List {
        title: words.text(title).to_owned(),
        qualifier: None,
        summary: words.text(summary).to_owned(),
        url: dated::choice_url(site, choice),
        kind: "list",
        of: "events",
        pages: Cow::Borrowed(site.lists.choices.get(&choice).map_or(&[], Vec::as_slice)),
        numbering: Numbering::FromFirst,
        empty_words: words.text(empty),
        breadcrumbs: trail(site, vec![section_link(site, Kind::Event)]),
        introduction: None,
    }
}

/// The other lists of events: by week and month, with names that stay true, then by place and kind.
fn ways(site: &Site) -> Vec<LinkView> {
    let monday = dated::monday(site);
    let words = &*site.config.words;
    let week = words.say("titles.week", &[("day", (&say::day_and_month(words, monday)).into())]);
    let month = |ahead: i64| {
        let month = site.today.first_of_month().saturating_add(ahead.months());
        site.agenda
            .months
            .contains_key(&month)
            .then(|| (say::month_and_year(words, month), dated::month_url(site, month)))
    };
    let sections = &site.view.sections;
    let choice = |(choice, coming): (&EventChoice, &Vec<PageId>)| {
        let title = words.text(choice_words(*choice).0).to_owned();
        (!coming.is_empty()).then(|| (title, dated::choice_url(site, *choice)))
    };
    let of_time = [(!site.agenda.months.is_empty()).then(|| (week, dated::week_url(site))), month(0), month(1)];
    let others = [
        (!site.lists.venues.is_empty()).then(|| (words.text("titles.by_place").to_owned(), dated::places_url(site))),
        sections.past_events.clone().map(|url| (words.text("titles.past_events").to_owned(), url)),
    ];
    let all = of_time.into_iter().chain(site.lists.choices.iter().map(choice)).chain(others);
    all.flatten().map(|(title, url)| LinkView { title, url }).collect()
}

/// The needs that stories speak of.
fn topics(site: &Site) -> Vec<LinkView> {
    let is_told = |term: &&Term| term.pages.iter().any(|&id| site.pages[id].document.kind == Kind::Story);
    let link = |term: &Term| LinkView { title: term.view.title.clone(), url: term.view.url.clone() };
    site.lists.needs.iter().filter(is_told).map(link).collect()
}

/// The tags that most posts have, at most `BLOG_TAGS`, and where all tags are.
fn blog_tags(site: &Site) -> Vec<LinkView> {
    let is_post = |id: &&PageId| site.pages[**id].document.kind == Kind::Post;
    let count = |term: &Term| term.pages.iter().filter(is_post).count();
    let mut tags: Vec<(usize, &Term)> =
        site.lists.tags.iter().map(|term| (count(term), term)).filter(|(count, _)| *count > 0).collect();
    if tags.is_empty() {
        return Vec::new();
    }
    // Tags stand by their names: so do those of as many posts.
    tags.sort_by_key(|(count, _)| Reverse(*count));
    tags.truncate(BLOG_TAGS);
    let all = LinkView {
        title: site.config.words.text("titles.all_tags").to_owned(),
        url: format!("{}tags/", site.config.base_path),
    };
    let link = |(_, term): (usize, &Term)| LinkView { title: term.view.title.clone(), url: term.view.url.clone() };
    tags.into_iter().map(link).chain([all]).collect()
}

/// Whether a term has no event to come, though it had some or is one by which people look for them.
fn lacks_events(site: &Site, group: Group, pages: &[PageId]) -> bool {
    let event = |id: Option<&PageId>| site.pages[*id?].event.as_ref();
    // Coming events are in front in every list, and those that are over at its end.
    let has_coming = event(pages.first()).is_some_and(|event| !event.is_over);
    let is_looked_up = matches!(group, Group::Areas | Group::Categories);
    site.view.sections.events.is_some() && !has_coming && (is_looked_up || event(pages.last()).is_some())
}

fn term_list<'s>(site: &'s Site, term: &'s Term, group: Group) -> List<'s> {
    let words = &*site.config.words;
    let (folder, group_title, qualifier, summary) = group.words();
    let overview =
        LinkView { title: words.text(group_title).to_owned(), url: format!("{}{folder}/", site.config.base_path) };
    let title = &term.view.title;
    let summary = words.say(summary, &[("title", title.into())]);
    List {
        title: title.clone(),
        qualifier: Some(words.text(qualifier)),
        summary,
        url: term.view.url.clone(),
        kind: "term",
        of: "mixed",
        pages: support::others(site, group, term),
        numbering: if group == Group::Tags { Numbering::FromOldest } else { Numbering::FromFirst },
        empty_words: words.text("empty.term"),
        breadcrumbs: trail(site, vec![overview]),
        introduction: None,
    }
}

fn directory_list<'s>(site: &'s Site, list: &'s DirectoryList) -> List<'s> {
    let section = section_link(site, Kind::Resource);
    let mut above = vec![section];
    if let Facet::NeedInArea(need, _) = list.facet {
        let of_need = site.lists.directory.iter().find(|other| other.facet == Facet::Need(need));
        above.extend(
            of_need
                .map(|of_need| LinkView { title: directory::answer(site, &of_need.facet), url: of_need.url.clone() }),
        );
    }
    List {
        title: directory::title(site, &list.facet),
        qualifier: directory::qualifier(site, &list.facet),
        summary: directory::summary(site, &list.facet),
        url: list.url.clone(),
        kind: "list",
        of: "resources",
        pages: Cow::Borrowed(&list.pages),
        numbering: Numbering::FromFirst,
        empty_words: "",
        breadcrumbs: trail(site, above),
        introduction: None,
    }
}

/// One page of a list: its number (nothing for the front page) and its entries.
struct Cut {
    number: Option<usize>,
    entries: std::ops::Range<usize>,
}

/// Cuts a list into pages, the front page first.
fn cut(length: usize, size: usize, numbering: Numbering) -> Vec<Cut> {
    match numbering {
        Numbering::FromOldest => {
            let archived = (length / size).saturating_sub(1);
            let front = length - archived * size;
            let archive = (1..=archived).rev().map(|number| {
                let end = length - (number - 1) * size;
                Cut { number: Some(number), entries: end - size..end }
            });
            std::iter::once(Cut { number: None, entries: 0..front }).chain(archive).collect()
        }
        Numbering::FromFirst => {
            let count = length.div_ceil(size).max(1);
            let page =
                |at: usize| Cut { number: (at > 0).then_some(at + 1), entries: at * size..length.min((at + 1) * size) };
            (0..count).map(page).collect()
        }
    }
}

fn cuts(list: &List<'_>) -> Vec<Cut> {
    let size = if list.numbering == Numbering::FromOldest { DATED_PAGE } else { DIRECTORY_PAGE };
    cut(list.pages.len(), size, list.numbering)
}

fn url(list: &List<'_>, cut: &Cut) -> String {
    match cut.number {
        None => list.url.clone(),
        Some(number) => format!("{}page/{number}/", list.url),
    }
}

fn pages(site: &Site, of: Of) -> Vec<Artefact> {
    let list = list(site, of);
    let owner = owner(site, of, &list);
    let page = |(at, cut): (usize, &Cut)| frame::artefact(site, &url(&list, cut), owner.clone(), (of, at), prepare);
    cuts(&list).iter().enumerate().map(page).collect()
}

fn prepare<'s>(site: &'s Site, (of, at): &(Of, usize)) -> Prepared<'s> {
    let words = &*site.config.words;
    let list = list(site, *of);
    let cuts = cuts(&list);
    let cut = &cuts[*at];
    let beside = |at: Option<usize>| at.and_then(|at| cuts.get(at)).map(|cut| url(&list, cut));
    let pager = PagerView {
        newer: beside(at.checked_sub(1)),
        older: beside(Some(at + 1)),
        words: cut.number.map(|number| words.say("pager.part", &[("number", number.into())])),
    };
    let (title, summary) = match cut.number {
        None => (list.title.clone(), list.summary.clone()),
        Some(number) => (
            words.say("titles.part", &[("title", (&list.title).into()), ("number", number.into())]),
            match *of {
                Of::PastEvents => time_of(site, &list.pages[cut.entries.clone()]),
                _ => words.say("summaries.part", &[("title", (&list.title).into()), ("number", number.into())]),
            },
        ),
    };
    let mut frame = Frame::new(site, list.kind, title, summary, url(&list, cut));
    frame.qualifier = list.qualifier;
    frame.breadcrumbs.clone_from(&list.breadcrumbs);
    if cut.number.is_some() {
        frame.breadcrumbs.push(LinkView { title: list.title.clone(), url: list.url.clone() });
    }
    let introduction = list.introduction.filter(|_| cut.number.is_none()).map(|id| site.pages[id].as_ref());
    let own = match of {
        Of::Directory(at) => site.lists.directory[*at].own_and_wider().0.len(),
        _ => list.pages.len(),
    };
    let listed = &list.pages[cut.entries.start.min(own)..cut.entries.end.min(own)];
    let listed: Vec<&Page> = listed.iter().map(|&id| site.pages[id].as_ref()).collect();
    let wider = match of {
        Of::Directory(at) => support::wider(site, &site.lists.directory[*at], &cut.entries),
        _ => None,
    };
    let entries: Vec<Fingerprint> = listed.iter().map(|page| page.card_fingerprint).collect();
    let view = ListPage {
        frame,
        of: list.of,
        words,
        cards: dated::cards(&listed, key(*of, &list)),
        total: list.pages.len(),
        pager,
        empty_words: list.empty_words,
        introduction: introduction.map(|page| Text::of(site, page, Addresses::FromRoot)),
        ways: match of {
            Of::Section(Kind::Event) => ways(site),
            Of::Section(Kind::Story) if cut.number.is_none() => topics(site),
            Of::Section(Kind::Post) if cut.number.is_none() => blog_tags(site),
            _ => Vec::new(),
        },
        lacks_events: match of {
            Of::Term(group, at) if cut.number.is_none() => lacks_events(site, *group, &group.terms(site)[*at].pages),
            _ => false,
        },
        support: match of {
            Of::Term(group, at) if cut.number.is_none() => support::of_term(site, *group, &group.terms(site)[*at]),
            _ => None,
        },
        wider,
        filters: match of {
            Of::Section(Kind::Resource) => directory::filters(site, None),
            Of::Directory(at) => directory::filters(site, Some(&site.lists.directory[*at])),
            _ => Vec::new(),
        },
        terms: match of {
            Of::Section(Kind::Resource) => directory::terms(site, &list.pages[cut.entries.clone()]),
            _ => BTreeMap::new(),
        },
    };
    let in_introduction = view.introduction.as_ref().map(Text::fingerprint);
    let total = (cut.number.is_none()).then_some(view.total);
    let parts = Parts::default()
        .with("the pages that it lists", Fingerprint::of(&(entries, total)))
        .with("its introduction", Fingerprint::of(&(introduction.map(|page| page.fingerprint), in_introduction)))
        .with(
            "the way to its other pages",
            Fingerprint::of(&(&view.pager, &view.ways, view.lacks_events, &view.filters, &view.terms)),
        )
        .with("the sources of help that it shows first", Fingerprint::of(&(&view.support, &view.wider)))
        .with("its place among other pages", frame::fingerprint(&view.frame));
    let mut templates = view.introduction.as_ref().map_or_else(Vec::new, Text::templates);
    let mut prepared = frame::prepared(site, "list.html", parts, view, make);
    prepared.templates.append(&mut templates);
    prepared
}

/// Which dates of an event a list shows, where they hang on where they are.
fn key<'l>(of: Of, list: &'l List<'_>) -> Option<&'l str> {
    match of {
        Of::Choice(choice) => Some(choice.name()),
        Of::Term(Group::Areas, _) => Some(&list.url),
        _ => None,
    }
}

/// From when to when past events were, latest first: `Events from 3 March to 10 June 2026.`
fn time_of(site: &Site, ids: &[PageId]) -> String {
    let words = &*site.config.words;
    let day = |id: Option<&PageId>| Some(site.pages[*id?].event.as_ref()?.shown.times.first_day());
    match (day(ids.last()), day(ids.first())) {
        (Some(first), Some(last)) if first != last => {
            words.say("summaries.events_between", &[("days", (&say::day_range(words, first, last)).into())])
        }
        (Some(day), _) => words.say("summaries.events_of_day", &[("day", (&say::day(words, day)).into())]),
        (None, _) => String::new(),
    }
}

fn make(page: &ListPage<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let introduction = page.introduction.as_ref().map(|text| text.html(theme)).transpose()?;
    let list = ListView {
        of: page.of.to_owned(),
        months: if page.of == "events" { groups::months(page.words, &page.cards) } else { Vec::new() },
        periods: if page.of == "posts" { groups::periods(page.words, &page.cards) } else { Vec::new() },
        letters: if page.of == "resources" { groups::letters(page.words, &page.cards) } else { Vec::new() },
        items: page.cards.clone(),
        total: page.total,
        pager: page.pager.clone(),
        empty_words: page.empty_words.to_owned(),
        introduction: SafeHtml(introduction.unwrap_or_default()),
        ways: page.ways.clone(),
        lacks_events: page.lacks_events,
        support: page.support.clone(),
        wider: page.wider.clone(),
        filters: page.filters.clone(),
        terms: page.terms.clone(),
    };
    frame::render(theme, "list.html", &page.frame.view(Vec::new()), "list", &list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(length: usize, numbering: Numbering) -> Vec<(Option<usize>, std::ops::Range<usize>)> {
        cut(length, 20, numbering).into_iter().map(|cut| (cut.number, cut.entries)).collect()
    }

    #[test]
    fn archives_are_numbered_from_the_oldest() {
        assert_eq!(numbers(0, Numbering::FromOldest), [(None, 0..0)]);
        assert_eq!(numbers(39, Numbering::FromOldest), [(None, 0..39)]);
        assert_eq!(numbers(40, Numbering::FromOldest), [(None, 0..20), (Some(1), 20..40)]);
        assert_eq!(numbers(65, Numbering::FromOldest), [(None, 0..25), (Some(2), 25..45), (Some(1), 45..65)]);
    }

    #[test]
    fn directories_are_numbered_from_the_first() {
        assert_eq!(numbers(0, Numbering::FromFirst), [(None, 0..0)]);
        assert_eq!(numbers(45, Numbering::FromFirst), [(None, 0..20), (Some(2), 20..40), (Some(3), 40..45)]);
    }
}
