//! What a page shows of itself where people share it: the words of the picture that is made for it, and its address.

use crate::hash::lasting_name;
use crate::media::draw::{self, DRAWING};
use crate::media::variants::SHARE_PX;
use crate::model::document::Role;
use crate::model::kinds::Details;
use crate::outputs::{dated, section_link};
use crate::site::{Page, PageId, Site};
use crate::view::ShareView;

/// The name of the file beside its page.
pub const FILE: &str = "share-card.png";
/// The colour of a service that has not chosen one.
const COLOUR: &str = "#0b5563";

/// The words of a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShareCard<'s> {
    pub service: &'s str,
    pub colour: &'s str,
    /// `Events`; empty for pages that belong to no section.
    pub section: String,
    pub title: &'s str,
    /// When it is, or when it was published; empty for what has no date.
    pub when: String,
    /// `Cancelled`; absent where everything is as usual.
    pub status: Option<&'s str>,
}

/// The card of a page.
pub fn card<'s>(site: &'s Site, page: &'s Page) -> ShareCard<'s> {
    let is_home = page.document.role == Role::Home;
    let section = page.document.kind.section_url().filter(|_| !is_home);
    let event = page.card.event.as_deref();
    let when = match (event, &page.document.details, &page.card.date) {
        (Some(event), ..) => match (&event.repeats, &event.start) {
            (Some(repeats), _) => format!("{repeats}, {}", event.when),
            (None, Some(start)) if start.time.is_some() => format!("{}, {}", start.full_date, event.when),
            _ => event.when.clone(),
        },
        (_, Details::Campaign(campaign), _) => dated::campaign_when(&site.config.words, campaign).unwrap_or_default(),
        (.., Some(date)) => date.date.clone(),
        (.., None) if is_home => site.config.tagline.clone().unwrap_or_default(),
        (.., None) => String::new(),
    };
    ShareCard {
        service: &site.config.name,
        colour: colour(site),
        section: section.map(|_| section_link(site, page.document.kind).title).unwrap_or_default(),
        title: if is_home { &site.config.name } else { &page.document.meta.title },
        when,
        status: event.and_then(|event| event.status_words.as_deref()),
    }
}

/// The colour of the service, as pages show it.
pub fn colour(site: &Site) -> &str {
    site.view.colour.as_deref().unwrap_or(COLOUR)
}

/// What link previews are told of the card; nothing for a page that has none. The address says which card it is:
/// the programs that show previews keep a picture for as long as its address is the same.
pub fn view(site: &Site, id: PageId) -> Option<ShareView> {
    site.share_cards.contains(&id).then(|| {
        let page = &site.pages[id];
        let card = card(site, page);
        let words = [card.title, &card.when, card.status.unwrap_or_default()];
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        let version = lasting_name(format!("{card:?} {DRAWING}").as_bytes(), 8);
        ShareView {
            absolute_url: format!("{}?v={}", site.absolute(&format!("{}{FILE}", page.url)), version),
            alt: words.join(". "),
            width: SHARE_PX.0,
            height: SHARE_PX.1,
            media_type: "image/png".to_owned(),
        }
    })
}

/// The card as PNG.
pub fn draw(card: &ShareCard<'_>) -> Vec<u8> {
    use draw::{Ground, Sheet, Weight};
    let (width, height) = SHARE_PX;
    let margin = 72.0;
    let inner = width as f32 - 2.0 * margin;
    let mut sheet = Sheet::new(width, height, card.colour);
    let (band, foot) = (128, 20);
    sheet.fill(0, 0, width, band);
    sheet.fill(0, height - foot, width, foot);
    let (service, _) = sheet.lines(card.service, inner, 46.0, Weight::Bold, 1);
    for line in &service {
        sheet.write(line, margin, 80.0, 46.0, Weight::Bold, Ground::Box);
    }
    if card.title != card.service {
        sheet.write(&card.section, margin, 196.0, 38.0, Weight::Regular, Ground::Paper);
    }
    if let Some(status) = card.status {
        let wide = sheet.width_of(status, 42.0, Weight::Bold);
        let left = width as f32 - margin - wide - 40.0;
        sheet.fill(left as u32, 148, wide as u32 + 40, 64);
        sheet.write(status, left + 20.0, 195.0, 42.0, Weight::Bold, Ground::Box);
    }
    let sizes = [(104.0, 3), (84.0, 3), (68.0, 4)];
    let mut title = (Vec::new(), 68.0);
    for (size, limit) in sizes {
        let (lines, is_whole) = sheet.lines(card.title, inner, size, Weight::Bold, limit);
        title = (lines, size);
        if is_whole {
            break;
        }
    }
    let (lines, size) = title;
    for (number, line) in lines.iter().enumerate() {
        sheet.write(line, margin, 306.0 + number as f32 * size * 0.98, size, Weight::Bold, Ground::Paper);
    }
    let (when, _) = sheet.lines(&card.when, inner, 44.0, Weight::Regular, 1);
    for line in &when {
        sheet.write(line, margin, 570.0, 44.0, Weight::Regular, Ground::Paper);
    }
    sheet.png()
}
