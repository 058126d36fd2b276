//! One content file, parsed: it knows itself and no other file.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::date::When;
use crate::fields::Located;
use crate::hash::Fingerprint;
use crate::model::html::{Body, Picture};
use crate::model::kinds::{DRAFTS_FOLDER, Details, Kind};
use crate::path::SourcePath;
use crate::search::Terms;

/// A content file that could be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    pub path: SourcePath,
    /// Of the path and the text.
    pub fingerprint: Fingerprint,
    pub kind: Kind,
    pub role: Role,
    /// The language of a translation (`about.cy.md`); nothing for the site's own language.
    pub language: Option<String>,
    /// The address below the site's root: `/blog/2026/thank-you/`.
    pub url: String,
    pub meta: Meta,
    pub details: Details,
    pub body: Body,
    /// Front matter that no field took, for themes.
    #[serde(with = "as_json")]
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Of a story, every word of its file that could be the name of another file, in lower case: while the
    /// story is held back, none of them is served. Empty for every other kind.
    pub file_words: Vec<String>,
    /// The words by which search finds the page, those of its fields among them; none where the site has no search.
    pub terms: Terms,
    /// Nothing for what the team wrote itself.
    pub provenance: Option<Box<Provenance>>,
}

/// Where an event of a partner's calendar comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Provenance {
    /// Whose calendar it is.
    pub name: String,
    /// Their own site.
    pub website: Option<String>,
    /// The event's page there.
    pub url: Option<String>,
    /// `#rrggbb`.
    pub colour: Option<String>,
}

/// A map of any values as one text: not every format can hold what says itself what it is.
mod as_json {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};
    use serde_json::{Map, Value};

    pub fn serialize<S: Serializer>(map: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::to_string(map).map_err(S::Error::custom)?.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The documents of a site, by path. One that did not change is the same allocation as in the run before.
pub type Documents = Arc<BTreeMap<SourcePath, Arc<Document>>>;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// `content/index.md`.
    Home,
    /// `content/blog/index.md`: words above a section's list.
    SectionIntroduction,
    /// A page of its own.
    Page,
}

/// The fields that every kind has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meta {
    pub title: String,
    /// As written; where it is left out, the first paragraph stands for it.
    pub summary: Option<String>,
    pub date: Option<When>,
    /// It was said already why there is none.
    pub is_date_told: bool,
    pub updated: Option<When>,
    pub expires: Option<When>,
    pub is_draft: bool,
    pub aliases: Vec<Located<String>>,
    pub tags: Vec<String>,
    pub categories: Vec<Located<String>>,
    pub areas: Vec<Located<String>>,
    pub needs: Vec<Located<String>>,
    pub image: Option<Picture>,
    pub author: Option<String>,
    /// What the author does: `link worker`.
    pub author_role: Option<String>,
    /// Who keeps the page right: for the team, never shown.
    pub owner: Option<String>,
    pub review_by: Option<Located<When>>,
    pub campaign: Option<Located<String>>,
    /// Search engines are asked to leave the page out.
    pub is_unlisted: bool,
    /// Where a link leads that takes a reader away at once, on pages that somebody may have to hide.
    pub quick_exit: Option<String>,
}

impl Document {
    /// Whether it says so, or lies in a folder of drafts.
    pub fn is_draft(&self) -> bool {
        self.meta.is_draft || self.path.as_str().split('/').any(|part| part == DRAFTS_FOLDER)
    }

    /// The day by which somebody must have looked at the page again: its own, or so long after it was last seen as its
    /// kind may go without. In the site's zone.
    pub fn review_day(&self, config: &Config) -> Option<Date> {
        let day = |when: When| when.in_zone(&config.timezone).zoned.date();
        let checked = match &self.details {
            Details::Resource(resource) => resource.checked,
            _ => None,
        };
        self.meta.review_by.as_ref().map(|written| day(written.value)).or_else(|| {
            let seen = checked.or(self.meta.updated).or(self.meta.date)?;
            day(seen).checked_add(*config.review.get(self.kind.name())?).ok()
        })
    }

    /// The summary, or the text's first paragraph cut at a word.
    pub fn summary(&self) -> String {
        match &self.meta.summary {
            Some(summary) => summary.clone(),
            None => shortened(&self.body.lead, 200),
        }
    }
}

/// At most `limit` characters, cut between words, with an ellipsis where something was cut.
pub fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', '.', ' ', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(shortened("One two three", 20), "One two three");
        assert_eq!(shortened("One two, three", 10), "One two…");
        assert_eq!(shortened("Ŵyl ŵyl ŵyl", 5), "Ŵyl…");
    }
}
