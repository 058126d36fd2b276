//! For which pages a picture for link previews is made.
//!
//! Not for those that have a picture of their own, unless what they announce does not take place as usual: then the
//! card says so.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Config, ShareCards};
use crate::media::draw;
use crate::model::document::Role;
use crate::model::kinds::Kind;
use crate::site::{Lists, Page, PageId};

/// A site of so many documents has a card for each page.
const SMALL: usize = 200;

/// On a larger site, how many of the next events, and of the newest posts, of stories and of campaigns.
const NEWEST: [(Kind, usize); 4] = [(Kind::Event, 24), (Kind::Post, 10), (Kind::Story, 10), (Kind::Campaign, 6)];

/// The pages that have a card.
pub fn of(pages: &[Arc<Page>], lists: &Lists, config: &Config) -> BTreeSet<PageId> {
    let candidates: Vec<PageId> = match config.share_cards {
        ShareCards::None => return BTreeSet::new(),
        ShareCards::Newest if pages.len() <= SMALL => (0..pages.len()).collect(),
        ShareCards::All => (0..pages.len()).collect(),
        ShareCards::Newest => {
            let newest = |(kind, limit): (Kind, usize)| {
                let all = if kind == Kind::Event { Some(&lists.coming) } else { lists.sections.get(&kind) };
                all.into_iter().flatten().take(limit).copied()
            };
            lists.home.into_iter().chain(NEWEST.into_iter().flat_map(newest)).collect()
        }
    };
    candidates.into_iter().filter(|&id| wants_card(&pages[id]) && draw::can_write(&config.name)).collect()
}

fn wants_card(page: &Page) -> bool {
    let is_unusual = page.card.event.as_ref().is_some_and(|event| event.status_words.is_some());
    page.document.role != Role::SectionIntroduction
        && (page.shared_picture.is_none() || is_unusual)
        && draw::can_write(&page.document.meta.title)
}
