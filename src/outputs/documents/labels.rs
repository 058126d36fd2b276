//! The lists to which a page's labels lead: its tags, categories, areas and needs, as far as they have a list.
//!
//! A page that lists leave out may have a tag of its own, and then there is no list to lead to.

use std::borrow::Cow;

use crate::model::document::Role;
use crate::site::{Page, Site, Term};
use crate::view::LinkView;

/// Labels with a list to lead to.
#[derive(Hash)]
pub struct Labels<'s> {
    pub tags: Cow<'s, [LinkView]>,
    pub categories: Cow<'s, [LinkView]>,
    pub areas: Cow<'s, [LinkView]>,
    pub needs: Cow<'s, [LinkView]>,
}

impl<'s> Labels<'s> {
    pub fn of(site: &'s Site, page: &'s Page) -> Self {
        let lists = &site.lists;
        // What lists show is in the lists of all its labels.
        let is_shown = page.is_listed() && page.document.role == Role::Page;
        let with_list = |links: &'s [LinkView], terms: &[Term]| match is_shown {
            true => Cow::Borrowed(links),
            false => {
                let has_list = |link: &&LinkView| terms.iter().any(|term| term.view.url == link.url);
                Cow::Owned(links.iter().filter(has_list).cloned().collect())
            }
        };
        Labels {
            tags: with_list(&page.tags, &lists.tags),
            categories: with_list(&page.categories, &lists.categories),
            areas: with_list(&page.areas, &lists.areas),
            needs: with_list(&page.needs, &lists.needs),
        }
    }
}
