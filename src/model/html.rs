//! HTML with places left open: what a file alone cannot know is filled in when its page is made.
//!
//! Parsing sees one file. Where it meets a link, a picture or a component it leaves a slot, and the
//! page that shows the text fills it: with an address, an `img` element or a rendered template.
//! So one parsed body serves the page (addresses from the site's root) and the feeds (whole addresses).

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::components;

/// Text with slots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Html {
    /// Sanitised HTML without the parts that the slots stand for.
    pub text: String,
    /// In the order in which they stand in `text`; `at` never falls.
    pub slots: Vec<Slot>,
}

/// A place in an `Html` where something is still to be written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// Byte offset in the text before which the filling stands.
    pub at: usize,
    pub filling: Filling,
}

/// What belongs into a slot.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Filling {
    /// The address of `Body::links[index]`, inside an attribute's quotes.
    Address(usize),
    /// The whole `img` element of `Body::pictures[index]`.
    Picture(usize),
    /// A component, rendered by the theme's template of its name.
    Component(Box<Component>),
}

/// One use of a component (`::: callout ... :::`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Component {
    /// A name of `model::components::COMPONENTS`.
    pub name: &'static str,
    /// Only fields that the component knows; a missing one was left out by the writer.
    pub fields: BTreeMap<&'static str, FieldValue>,
    pub body: Html,
    /// Bytes of the opening line in the source file.
    pub place: Range<usize>,
}

/// A component before its names are found among those that there are.
#[derive(Deserialize)]
struct WrittenComponent {
    name: String,
    fields: BTreeMap<String, FieldValue>,
    body: Html,
    place: Range<usize>,
}

impl<'de> Deserialize<'de> for Component {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WrittenComponent { name, fields, body, place } = WrittenComponent::deserialize(deserializer)?;
        let kind = components::find(&name).ok_or_else(|| D::Error::custom(name))?;
        let field = |(name, value): (String, FieldValue)| match kind.fields.iter().find(|field| field.name == name) {
            Some(field) => Ok((field.name, value)),
            None => Err(D::Error::custom(name)),
        };
        let fields = fields.into_iter().map(field).collect::<Result<_, _>>()?;
        Ok(Component { name: kind.name, fields, body, place })
    }
}

/// A component's field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FieldValue {
    Text(String),
    Number(i64),
    Flag(bool),
    /// Index into `Body::links`.
    Link(usize),
    /// Index into `Body::pictures`.
    Picture(usize),
}

impl Html {
    /// Writes the text with every slot filled; `fill` appends what belongs into one slot.
    pub fn write(&self, out: &mut String, mut fill: impl FnMut(&Filling, &mut String)) {
        let mut from = 0;
        for slot in &self.slots {
            out.push_str(&self.text[from..slot.at]);
            fill(&slot.filling, out);
            from = slot.at;
        }
        out.push_str(&self.text[from..]);
    }

    /// Writes other HTML at the end.
    pub fn append(&mut self, other: Html) {
        let length = self.text.len();
        self.text.push_str(&other.text);
        self.slots.extend(other.slots.into_iter().map(|slot| Slot { at: slot.at + length, ..slot }));
    }

    /// Every component, also those inside components, in the order of the text.
    pub fn components(&self) -> Vec<&Component> {
        let mut found = Vec::new();
        for slot in &self.slots {
            if let Filling::Component(component) = &slot.filling {
                found.push(component.as_ref());
                found.extend(component.body.components());
            }
        }
        found
    }
}

/// The body of a document, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Body {
    /// Nothing where it was not kept since the last build: it stands in its source (`Site::texts`).
    #[serde(with = "kept")]
    pub html: Option<Html>,
    /// Headings in order, with the ids that they have in the page.
    pub outline: Vec<Heading>,
    /// Further ids in the page to which links can lead: those in a writer's own HTML.
    pub anchors: Vec<String>,
    /// Every address that the text names, in order of appearance.
    pub links: Vec<Link>,
    pub pictures: Vec<Picture>,
    /// Plain text of the first paragraph; empty where there is none.
    pub lead: String,
    /// Number of words, for the reading time.
    pub words: usize,
    /// All words one after the other, until the document's terms are made of them.
    #[serde(skip)]
    pub plain: String,
}

/// What is kept of a body's HTML between builds: nothing, unless it holds components, since what they list is
/// asked for before the page is made.
mod kept {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Html;

    pub fn serialize<S: Serializer>(html: &Option<Html>, serializer: S) -> Result<S::Ok, S::Error> {
        html.as_ref().filter(|html| !html.components().is_empty()).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Html>, D::Error> {
        Option::deserialize(deserializer)
    }
}

impl Body {
    /// Every component of the text, in order.
    pub fn components(&self) -> Vec<&Component> {
        self.html.as_ref().map_or_else(Vec::new, Html::components)
    }
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// An address as it was written: `../events/tea.md#when`, `/about/`, `https://...`, `mailto:...`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    pub target: String,
    /// Bytes of the address in the source file (or of the whole link where that is not known).
    pub place: Range<usize>,
}

/// A picture in a body or in front matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Picture {
    /// As written: relative to the file, or from the site's root.
    pub src: String,
    /// Plain text; empty says that the picture is decoration.
    pub alt: String,
    /// Plain text.
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// Bytes of the address in the source file.
    pub place: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_in_order() {
        let html = Html {
            text: "<a href=\"\">x</a><p></p>".to_owned(),
            slots: vec![Slot { at: 9, filling: Filling::Address(0) }, Slot { at: 19, filling: Filling::Picture(0) }],
        };
        let mut out = String::new();
        html.write(&mut out, |filling, out| match filling {
            Filling::Address(_) => out.push_str("/a/"),
            Filling::Picture(_) => out.push_str("<img>"),
            Filling::Component(_) => {}
        });
        assert_eq!(out, "<a href=\"/a/\">x</a><p><img></p>");
    }
}
