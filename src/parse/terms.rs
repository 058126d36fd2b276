//! The words by which search finds a document: those of its text, and of every field that its page shows.
//!
//! **Invariant:** no field that stays private is read here.

use crate::config::{Config, PlaceFields, Term};
use crate::fields::Located;
use crate::model::document::Meta;
use crate::model::kinds::Details;
use crate::model::place::VenueRef;
use crate::search::{Terms, Weight};
use crate::view::words::access_words;

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
    let access = access(details, config);
    fields.extend(access.iter().map(|fact| (fact.as_str(), Weight::Label)));
    match details {
        Details::Event(event) => {
            fields.extend(place(event.venue.as_ref(), config).map(|place| (place, Weight::Label)));
            let others = [&event.organiser, &event.audience, &event.cost];
            fields.extend(others.into_iter().flatten().map(|text| (text.as_str(), Weight::Summary)));
        }
        Details::Resource(resource) => {
            fields.extend(resource.contact.phone.as_deref().map(|phone| (phone, Weight::Label)));
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
    // What was told or is over helps less than what is there.
    let is_told = matches!(details, Details::Post | Details::Story(_) | Details::Campaign(_));
    let weighed = |weight: Weight| if is_told { weight.less() } else { weight };
    let terms = Terms::of(text, fields.iter().map(|(field, weight)| (*field, weighed(*weight))));
    let lower = std::cell::OnceCell::new();
    let says = |words: &str| {
        let texts = || fields.iter().map(|(field, _)| *field).chain([text]);
        lower.get_or_init(|| texts().map(str::to_lowercase).collect::<Vec<_>>()).iter().any(|text| text.contains(words))
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

/// Access facts of a document and of its place, in full, and short where cards say them so.
fn access(details: &Details, config: &Config) -> Vec<String> {
    let (written, venue) = match details {
        Details::Event(event) => (&event.access, event.venue.as_ref()),
        Details::Resource(resource) => (&resource.access, resource.venue.as_ref()),
        Details::Post | Details::Story(_) | Details::Campaign(_) | Details::Page => return Vec::new(),
    };
    let of_place = venue.and_then(|venue| venue_fields(venue, config)).into_iter().flat_map(|fields| &fields.access);
    let mut facts: Vec<String> = Vec::new();
    for fact in written.iter().chain(of_place) {
        facts.push(access_words(&config.words, &fact.value));
        facts.extend((fact.value == "bsl").then(|| config.words.text("flags.bsl").to_owned()));
    }
    facts
}

fn venue_fields<'c>(venue: &'c VenueRef, config: &'c Config) -> Option<&'c PlaceFields> {
    match venue {
        VenueRef::Named(id) => config.venues.get(&id.value).map(|venue| &venue.fields),
        VenueRef::Described(fields) => Some(fields.as_ref()),
    }
}

/// What a place is called, and where it is.
fn place<'c>(venue: Option<&'c VenueRef>, config: &'c Config) -> impl Iterator<Item = &'c str> {
    let fields = venue.and_then(|venue| venue_fields(venue, config));
    fields.into_iter().flat_map(|fields| {
        std::iter::once(fields.name.as_str()).chain(fields.address.as_deref()).chain(fields.postcode.as_deref())
    })
}
