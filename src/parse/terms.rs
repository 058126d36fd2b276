//! The words by which search finds a document: those of its text, and of every field that its page shows.
//!
//! **Invariant:** no field that stays private is read here.

use crate::config::{Config, Term};
use crate::fields::Located;
use crate::model::document::Meta;
use crate::model::kinds::Details;
use crate::model::place::VenueRef;
use crate::search::{Terms, Weight};

/// The words of a document with that plain text; none where the site has no search.
pub fn of(meta: &Meta, details: &Details, text: &str, config: &Config) -> Terms {
    if !config.has_search {
        return Terms::default();
    }
    let mut fields = vec![(meta.title.as_str(), Weight::Title)];
    fields.extend(meta.summary.as_deref().map(|summary| (summary, Weight::Summary)));
    fields.extend(meta.author.as_deref().map(|author| (author, Weight::Summary)));
    fields.extend(meta.tags.iter().map(|tag| (tag.as_str(), Weight::Label)));
    let lists = [(&meta.needs, &config.needs), (&meta.categories, &config.categories), (&meta.areas, &config.areas)];
    fields
        .extend(lists.into_iter().flat_map(|(written, known)| names(written, known)).map(|name| (name, Weight::Label)));
    match details {
        Details::Event(event) => {
            fields.extend(place(event.venue.as_ref(), config).map(|place| (place, Weight::Label)));
            let others = [&event.organiser, &event.audience, &event.cost];
            fields.extend(others.into_iter().flatten().map(|text| (text.as_str(), Weight::Summary)));
        }
        Details::Resource(resource) => {
            fields.extend(place(resource.venue.as_ref(), config).map(|place| (place, Weight::Label)));
            fields.extend(resource.provider.as_deref().map(|provider| (provider, Weight::Label)));
            let others = [&resource.eligibility.text, &resource.cost];
            fields.extend(others.into_iter().flatten().map(|text| (text.as_str(), Weight::Summary)));
            fields.extend(resource.languages.iter().map(|language| (language.as_str(), Weight::Summary)));
        }
        Details::Story(story) => {
            let shown = [&story.name, &story.quote];
            fields.extend(shown.into_iter().flatten().map(|text| (text.as_str(), Weight::Summary)));
        }
        Details::Campaign(campaign) => {
            fields.extend(campaign.hashtags.iter().map(|hashtag| (hashtag.as_str(), Weight::Label)));
        }
        Details::Post | Details::Page => {}
    }
    let terms = Terms::of(text, fields.iter().copied());
    let says = |words: &str| {
        let mut texts = fields.iter().map(|(field, _)| *field).chain([text]);
        texts.any(|text| text.to_lowercase().contains(words))
    };
    config.synonyms.widen(terms, says)
}

/// The names of ids, and of the areas around them.
fn names<'c>(written: &'c [Located<String>], known: &'c [Term]) -> impl Iterator<Item = &'c str> {
    let find = |id: &str| known.iter().find(|term| term.id == id);
    written.iter().flat_map(move |id| {
        std::iter::successors(find(&id.value), move |term| find(term.parent.as_deref()?)).map(|term| term.name.as_str())
    })
}

/// What a place is called, and where it is.
fn place<'c>(venue: Option<&'c VenueRef>, config: &'c Config) -> impl Iterator<Item = &'c str> {
    let fields = match venue {
        Some(VenueRef::Named(id)) => config.venues.get(&id.value).map(|venue| &venue.fields),
        Some(VenueRef::Described(fields)) => Some(fields.as_ref()),
        None => None,
    };
    fields.into_iter().flat_map(|fields| {
        std::iter::once(fields.name.as_str()).chain(fields.address.as_deref()).chain(fields.postcode.as_deref())
    })
}
