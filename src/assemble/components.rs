//! The ids that components name: `::: events {area: wallsend}`.

use crate::assemble::findings::Findings;
use crate::assemble::links::Places;
use crate::assemble::{pages, taxonomies};
use crate::codes::{self, Code};
use crate::config::Term;
use crate::fields::Located;
use crate::model::document::Document;
use crate::model::html::FieldValue;
use crate::path::slug;

/// Checks the ids in the fields of a document's components.
///
/// Reports: `page/unknown-area`, `page/unknown-category`, `page/unknown-need`, `page/unknown-campaign`,
/// `event/unknown-venue`.
pub fn check(document: &Document, places: &Places<'_>, findings: &mut Findings) {
    let config = places.config;
    let path = &document.path;
    for component in document.body.components() {
        for (name, value) in &component.fields {
            let FieldValue::Text(text) = value else { continue };
            let id = Located { value: text.clone(), bytes: component.place.clone() };
            let lists: [(&str, &[Term], &str, &'static Code); 3] = [
                ("area", &config.areas, "areas", &codes::page::UNKNOWN_AREA),
                ("category", &config.categories, "categories", &codes::page::UNKNOWN_CATEGORY),
                ("need", &config.needs, "needs", &codes::page::UNKNOWN_NEED),
            ];
            if let Some((_, known, list, code)) = lists.into_iter().find(|(field, ..)| field == name) {
                let is_known =
                    known.iter().any(|term| slug(&term.id) == slug(text)) || config.may_be_unread(list, text);
                findings.report.extend((!is_known).then(|| taxonomies::unknown(&id, known, list, code, path)));
            } else if *name == "venue" && !config.venues.contains_key(text) {
                findings.report.extend(pages::unknown_venue(&id, config, &codes::event::UNKNOWN_VENUE, path));
            } else if *name == "campaign" {
                pages::find_campaign(&id, path, places, findings);
            }
        }
    }
}
