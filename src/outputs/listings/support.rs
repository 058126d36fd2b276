//! Sources of help on the pages of needs and areas, and what serves more than an area.

use std::borrow::Cow;
use std::ops::Range;

use crate::date::say;
use crate::model::kinds::Kind;
use crate::outputs::directory;
use crate::outputs::listings::Group;
use crate::site::{DirectoryList, Facet, PageId, Site, Term};
use crate::view::{Card, LinkView, SupportView, WiderView};
use crate::words::Value;

/// So many sources of help stand on the page of a need or an area; their own list has all.
const HANDFUL: usize = 6;

/// The list of all sources of help of a need or an area.
fn list<'s>(site: &'s Site, group: Group, term: &Term) -> Option<&'s DirectoryList> {
    let facet_of = match group {
        Group::Areas => Facet::Area,
        Group::Needs => Facet::Need,
        Group::Tags | Group::Categories => return None,
    };
    let facet = facet_of(group.terms(site).iter().position(|known| known.view.url == term.view.url)?);
    site.lists.directory.iter().find(|list| list.facet == facet)
}

/// What the pages of a term list one by one: all that it has, but for sources of help that have a list of their own.
pub fn others<'s>(site: &'s Site, group: Group, term: &'s Term) -> Cow<'s, [PageId]> {
    let is_other = |id: &PageId| site.pages[*id].document.kind != Kind::Resource;
    match list(site, group, term) {
        Some(_) => Cow::Owned(term.pages.iter().copied().filter(is_other).collect()),
        None => Cow::Borrowed(&term.pages),
    }
}

/// The first sources of help of a need or an area, by title, and where all are.
pub fn of_term<'s>(site: &'s Site, group: Group, term: &Term) -> Option<SupportView<'s>> {
    let list = list(site, group, term)?;
    let (own, _) = list.own_and_wider();
    let count = list.pages.len();
    let title = || {
        let values = [("count", Value::from(count)), ("name", (&term.view.title).into())];
        site.config.words.say("directory.all_of_term", &values)
    };
    Some(SupportView {
        items: cards(site, &own[..own.len().min(HANDFUL)]),
        wider: wider(site, list, &(0..HANDFUL)),
        all: (count > HANDFUL).then(|| LinkView { title: title(), url: list.url.clone() }),
    })
}

/// Of some entries of a list, those that serve the areas that its area lies in.
pub fn wider<'s>(site: &'s Site, list: &'s DirectoryList, entries: &Range<usize>) -> Option<WiderView<'s>> {
    let (own, wider) = list.own_and_wider();
    let place = |at: usize| at.saturating_sub(own.len()).min(wider.len());
    let items = cards(site, &wider[place(entries.start)..place(entries.end)]);
    let (Facet::Area(at) | Facet::NeedInArea(_, at)) = list.facet else { return None };
    let words = &site.config.words;
    let names = say::list(words, &directory::areas_around(site, at));
    let title = words.say("directory.wider", &[("name", (&names).into())]);
    (!items.is_empty()).then_some(WiderView { title, items })
}

fn cards<'s>(site: &'s Site, ids: &[PageId]) -> Vec<&'s Card> {
    ids.iter().map(|&id| &site.pages[id].card).collect()
}
