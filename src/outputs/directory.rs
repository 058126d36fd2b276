//! The directory: `/resources/a-to-z/`, and the words and ways of its lists, which `listings` makes.

use std::collections::BTreeMap;

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::date::say;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{section_link, trail};
use crate::site::{DirectoryList, Facet, PageId, Site};
use crate::theme::Theme;
use crate::view::words::sort_name;
use crate::view::{AnswerView, FilterView, GroupView, LinkView};
use crate::words::{Value, Words};

/// Every source of help by its first letter.
struct Letters<'s> {
    frame: Frame<'s>,
    groups: Vec<GroupView>,
}

/// The page of all sources of help from A to Z, where there are any.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let url = site.view.sections.directory.as_ref();
    let page = |url: &String| frame::artefact(site, url, Owner::named("the directory from A to Z"), (), prepare);
    url.map(page).into_iter().collect()
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let words = &site.config.words;
    let url = site.view.sections.directory.clone().unwrap_or_default();
    let (title, summary) = (words.text("directory.a_to_z"), words.text("directory.a_to_z_summary"));
    let mut frame = Frame::new(site, "terms", title.to_owned(), summary.to_owned(), url);
    frame.breadcrumbs = trail(site, vec![section_link(site, Kind::Resource)]);
    let mut groups: Vec<GroupView> = Vec::new();
    for &id in site.section(Kind::Resource) {
        let page = &site.pages[id];
        let letter = letter(words, &page.card.title);
        let link = LinkView { title: page.card.title.clone(), url: page.url.clone() };
        match groups.last_mut().filter(|group| group.title == letter) {
            Some(group) => group.links.push(link),
            None => groups.push(GroupView { title: letter, links: vec![link] }),
        }
    }
    let parts = Parts::default()
        .with("the pages that it lists", Fingerprint::of(&groups))
        .with("its place among other pages", frame::fingerprint(&frame));
    frame::prepared(site, "terms.html", parts, Letters { frame, groups }, make)
}

fn make(letters: &Letters<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    frame::render(theme, "terms.html", &letters.frame.view(Vec::new()), "groups", &letters.groups)
}

/// Under what a title stands: `A`, or `0 to 9`.
pub fn letter(words: &Words, title: &str) -> String {
    match sort_name(words, title).chars().next().filter(char::is_ascii_lowercase) {
        Some(first) => first.to_ascii_uppercase().to_string(),
        None => say::range(words, "0", "9"),
    }
}

/// What a list is called where it stands among other answers to its question.
pub fn answer(site: &Site, facet: &Facet) -> String {
    let words = &site.config.words;
    match facet {
        Facet::Need(at) => need(site, *at).to_owned(),
        Facet::Area(at) | Facet::NeedInArea(_, at) => area(site, *at).to_owned(),
        Facet::FromHome => words.text("directory.from_home").to_owned(),
        Facet::Free => words.text("directory.free").to_owned(),
        Facet::SelfReferral => words.text("directory.self_referral").to_owned(),
        Facet::Language(name) => name.clone(),
        Facet::Age(0) => words.text("directory.children").to_owned(),
        Facet::Age(1) => words.text("directory.young_people").to_owned(),
        Facet::Age(2) => words.text("directory.adults").to_owned(),
        Facet::Age(_) => words.text("directory.older_people").to_owned(),
    }
}

/// The heading of a list.
pub fn title(site: &Site, facet: &Facet) -> String {
    let words = &site.config.words;
    let of = |name| words.say(name, &[("name", Value::Text(&answer(site, facet)))]);
    match facet {
        Facet::Need(_) => of("directory.of_need"),
        Facet::Area(_) => of("directory.of_area"),
        Facet::NeedInArea(at, in_area) => {
            let values = [("need", Value::Text(need(site, *at))), ("area", Value::Text(area(site, *in_area)))];
            words.say("directory.of_need_in_area", &values)
        }
        Facet::FromHome | Facet::Free | Facet::SelfReferral => of("directory.of_way"),
        Facet::Language(_) => of("directory.of_language"),
        Facet::Age(_) => of("directory.of_age"),
    }
}

/// One sentence about a list, another one for each.
pub fn summary(site: &Site, facet: &Facet) -> String {
    let words = &site.config.words;
    let answer = answer(site, facet);
    let of = |name| words.say(name, &[("name", Value::Text(&answer))]);
    match facet {
        Facet::Need(_) => of("directory.summary_need"),
        Facet::Area(at) if has_below(site, *at) => of("directory.summary_areas"),
        Facet::Area(_) => of("directory.summary_area"),
        Facet::NeedInArea(at, in_area) => {
            let values = [("need", Value::Text(need(site, *at))), ("area", Value::Text(area(site, *in_area)))];
            words.say("directory.summary_need_in_area", &values)
        }
        Facet::FromHome | Facet::Free | Facet::SelfReferral => of("directory.summary_way"),
        Facet::Language(_) => of("directory.summary_language"),
        Facet::Age(_) => of("directory.summary_age"),
    }
}

/// What tells a list's title from that of another one: an area may be called as what one can use from home.
pub fn qualifier<'s>(site: &'s Site, facet: &Facet) -> Option<&'s str> {
    let words = &*site.config.words;
    let is_called_so = |at: &usize| area(site, *at) == words.text("directory.from_home");
    matches!(facet, Facet::Area(at) if is_called_so(at)).then(|| words.text("titles.area"))
}

/// For each of some entries, by its address, the addresses of the lists that answer one question and that it is in.
pub fn terms<'s>(site: &'s Site, entries: &[PageId]) -> BTreeMap<&'s str, String> {
    let mut terms: BTreeMap<PageId, String> = entries.iter().map(|id| (*id, String::new())).collect();
    for list in site.lists.directory.iter().filter(|list| !matches!(list.facet, Facet::NeedInArea(..))) {
        for id in &list.pages {
            if let Some(terms) = terms.get_mut(id) {
                terms.push_str(&list.url);
                terms.push(' ');
            }
        }
    }
    terms.into_iter().map(|(id, terms)| (site.pages[id].url.as_str(), terms)).collect()
}

/// The questions with the lists that answer them, as seen from one of these or from the whole directory.
///
/// From a need they lead to that need in each area, from an area to each need there: so two choices are two clicks.
pub fn filters(site: &Site, here: Option<&DirectoryList>) -> Vec<FilterView> {
    let facet = here.map(|list| &list.facet);
    let (need, area) = match facet {
        Some(Facet::Need(need)) => (Some(*need), None),
        Some(Facet::Area(area)) => (None, Some(*area)),
        Some(Facet::NeedInArea(need, area)) => (Some(*need), Some(*area)),
        _ => (None, None),
    };
    let answers = |fits: &dyn Fn(&Facet) -> bool, title: &dyn Fn(&Facet) -> String| -> Vec<AnswerView> {
        let lists = site.lists.directory.iter().filter(|list| fits(&list.facet));
        let view = |list: &DirectoryList| AnswerView {
            title: title(&list.facet),
            url: list.url.clone(),
            count: list.pages.len(),
            depth: match list.facet {
                Facet::Area(at) | Facet::NeedInArea(_, at) if area.is_none() || need.is_some() => {
                    site.lists.areas.get(at).map_or(0, |area| area.view.depth)
                }
                _ => 0,
            },
            is_here: here.is_some_and(|here| here.url == list.url),
        };
        lists.map(view).collect()
    };
    let needs = answers(
        &|facet| match (facet, area) {
            (Facet::Need(_), None) => true,
            (Facet::NeedInArea(_, in_area), Some(area)) => *in_area == area,
            _ => false,
        },
        &|facet| match facet {
            Facet::Need(at) | Facet::NeedInArea(at, _) => self::need(site, *at).to_owned(),
            _ => String::new(),
        },
    );
    let areas = answers(
        &|facet| match (facet, need) {
            (Facet::Area(_), None) => true,
            (Facet::NeedInArea(of_need, _), Some(need)) => *of_need == need,
            _ => false,
        },
        &|facet| answer(site, facet),
    );
    let own = |facet: &Facet| answer(site, facet);
    let ways = answers(&|facet| matches!(facet, Facet::FromHome | Facet::Free | Facet::SelfReferral), &own);
    let languages = answers(&|facet| matches!(facet, Facet::Language(_)), &own);
    let ages = answers(&|facet| matches!(facet, Facet::Age(_)), &own);
    let words = &site.config.words;
    let all = [
        ("need", words.text("directory.which_need"), needs),
        ("area", words.text("directory.which_area"), areas),
        ("way", words.text("directory.which_way"), ways),
        ("language", words.text("directory.which_language"), languages),
        ("age", words.text("directory.which_age"), ages),
    ];
    let some = all.into_iter().filter(|(.., answers)| !answers.is_empty());
    some.map(|(id, title, answers)| FilterView { id, title: title.to_owned(), answers }).collect()
}

fn need(site: &Site, at: usize) -> &str {
    site.lists.needs.get(at).map_or("", |term| &term.view.title)
}

fn area(site: &Site, at: usize) -> &str {
    site.lists.areas.get(at).map_or("", |term| &term.view.title)
}

/// The names of the areas that an area lies in, the nearest last.
pub fn areas_around(site: &Site, at: usize) -> Vec<&str> {
    let areas = &site.lists.areas;
    let mut depth = areas.get(at).map_or(0, |area| area.view.depth);
    let mut around = Vec::new();
    // Each stands before those within it.
    for area in areas[..at.min(areas.len())].iter().rev() {
        if area.view.depth < depth {
            depth = area.view.depth;
            around.push(area.view.title.as_str());
        }
    }
    around.reverse();
    around
}

/// Whether an area has others within it.
fn has_below(site: &Site, at: usize) -> bool {
    let depth = |at: usize| site.lists.areas.get(at).map(|area| area.view.depth);
    depth(at + 1) > depth(at)
}
