//! The components that writers can use in Markdown, and the fields of each: the list `COMPONENTS`.
//!
//! A component is a row here and a template `components/<name>.html` in the theme.

use std::collections::BTreeMap;

/// A component that exists.
#[derive(Debug)]
pub struct ComponentKind {
    pub name: &'static str,
    pub fields: &'static [Field],
    /// What stands between the opening and the closing line.
    pub body: BodyRule,
    /// The documents that the component lists, where it lists any.
    pub lists: Option<Listed>,
    /// The theme's template of the component.
    pub template: &'static str,
    /// One sentence for the list of components, and an example that works as it stands.
    pub about: &'static str,
    pub example: &'static str,
}

impl ComponentKind {
    /// Whether every field that must be there is among these.
    pub fn has_required<V>(&self, fields: &BTreeMap<&'static str, V>) -> bool {
        self.fields.iter().all(|field| !field.is_required || fields.contains_key(field.name))
    }
}

/// One field of a component.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub value: FieldKind,
    pub is_required: bool,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    Flag,
    /// An address, checked like a link in the text.
    Link,
    /// A picture's address, checked like a picture in the text.
    Picture,
    /// A telephone number; its value is a `FieldValue::Text`.
    Phone,
    /// An e-mail address; its value is a `FieldValue::Text`.
    Email,
    /// A date without a time; its value is a `FieldValue::Text` of the form `2026-05-21`.
    Date,
}

/// Whether a component has a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyRule {
    Required,
    Optional,
    None,
}

/// What a component lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    Events,
    Stories,
    Resources,
    Posts,
}

const fn required(name: &'static str, value: FieldKind) -> Field {
    Field { name, value, is_required: true }
}

const fn optional(name: &'static str, value: FieldKind) -> Field {
    Field { name, value, is_required: false }
}

use FieldKind::{Date, Email, Flag, Link, Number, Phone, Picture, Text};

const QUERY: &[Field] = &[
    optional("area", Text),
    optional("category", Text),
    optional("need", Text),
    optional("tag", Text),
    optional("campaign", Text),
    optional("venue", Text),
    optional("limit", Number),
];

/// The components, in the order of their names.
pub const COMPONENTS: &[ComponentKind] = &[
    component(
        "components/address.html",
        &[optional("venue", Text)],
        BodyRule::Optional,
        "A postal address; with `venue`, that of a venue.",
        "::: address\nThe Old Bakery\n12 Mill Lane\n:::",
    ),
    component(
        "components/audio.html",
        &[required("src", Link), required("title", Text), optional("transcript", Link)],
        BodyRule::Optional,
        "A recording with its transcript.",
        "::: audio {src: talk.mp3, title: A walk with Jo}\nTranscript: ...\n:::",
    ),
    component(
        "components/button.html",
        &[required("link", Link)],
        BodyRule::Required,
        "A link that is the main thing to do on a page.",
        "::: button {link: /contact/}\nTalk to us\n:::",
    ),
    component(
        "components/callout.html",
        &[optional("title", Text)],
        BodyRule::Required,
        "A short remark set apart from the text.",
        "::: callout\nThe hall is closed on 4 May.\n:::",
    ),
    component(
        "components/card.html",
        &[optional("title", Text), optional("link", Link), optional("image", Picture), optional("alt", Text)],
        BodyRule::Optional,
        "A box with a heading, a few words and a link.",
        "::: card {title: Walks, link: /events/}\nEvery week.\n:::",
    ),
    component(
        "components/cards.html",
        &[],
        BodyRule::Required,
        "Cards side by side.",
        ":::: cards\n::: card {title: Walks}\nEvery week.\n:::\n::::",
    ),
    component(
        "components/contact.html",
        &[optional("phone", Phone), optional("email", Email), optional("website", Link), optional("hours", Text)],
        BodyRule::Optional,
        "How to reach somebody; without fields, the service itself.",
        "::: contact {phone: 01632 960123}\n:::",
    ),
    component(
        "components/countdown.html",
        &[required("to", Date), optional("label", Text)],
        BodyRule::None,
        "The date of something to come.",
        "::: countdown {to: 2027-05-20, label: Link Worker Day}\n:::",
    ),
    component(
        "components/details.html",
        &[required("title", Text)],
        BodyRule::Required,
        "Text that opens on a click.",
        "::: details {title: What happens next?}\nWe ring you.\n:::",
    ),
    component(
        "components/do.html",
        &[optional("title", Text)],
        BodyRule::Required,
        "A list of things to do.",
        "::: do\n- drink water\n:::",
    ),
    component(
        "components/dont.html",
        &[optional("title", Text)],
        BodyRule::Required,
        "A list of things not to do.",
        "::: dont\n- wait too long\n:::",
    ),
    component(
        "components/download.html",
        &[required("file", Link), required("title", Text), optional("accessible", Link)],
        BodyRule::Optional,
        "A file to download, with its type and size.",
        "::: download {file: poster.pdf, title: Our poster}\n:::",
    ),
    component(
        "components/easy-read.html",
        &[required("image", Picture), required("alt", Text)],
        BodyRule::Required,
        "One idea: a picture on the left, plain words on the right.",
        "::: easy-read {image: tea.svg, alt: A cup of tea}\nWe drink tea.\n:::",
    ),
    listing("components/events.html", Listed::Events, "The next events.", "::: events {limit: 3}\n:::"),
    component(
        "components/facts.html",
        &[optional("title", Text)],
        BodyRule::Required,
        "The key facts of a page.",
        "::: facts\n- Free\n- No booking\n:::",
    ),
    component(
        "components/help-now.html",
        &[optional("title", Text)],
        BodyRule::Optional,
        "The numbers to ring in a crisis.",
        "::: help-now\n:::",
    ),
    component(
        "components/image.html",
        &[required("src", Picture), required("alt", Text), optional("caption", Text), optional("credit", Text)],
        BodyRule::None,
        "A picture with a caption.",
        "::: image {src: tea.svg, alt: A cup of tea, caption: Our Tuesday table}\n:::",
    ),
    component(
        "components/post.html",
        &[required("channel", Text), optional("image", Picture), optional("alt", Text)],
        BodyRule::Required,
        "A post for social media, ready to copy.",
        "::: post {channel: Facebook}\nMeet our link workers!\n:::",
    ),
    component(
        "components/poster.html",
        &[required("image", Picture), required("alt", Text), optional("file", Link), optional("title", Text)],
        BodyRule::Optional,
        "A poster to look at and print.",
        "::: poster {image: tea.svg, alt: The poster, title: Tea and talk}\n:::",
    ),
    listing("components/posts.html", Listed::Posts, "The newest posts.", "::: posts {limit: 2}\n:::"),
    component(
        "components/qr.html",
        &[required("link", Link), optional("label", Text)],
        BodyRule::None,
        "A square code that a phone can read.",
        "::: qr {link: /events/, label: Our events}\n:::",
    ),
    component(
        "components/quote.html",
        &[optional("by", Text), optional("role", Text)],
        BodyRule::Required,
        "What somebody said.",
        "::: quote {by: Jo, role: walker}\nI feel lighter.\n:::",
    ),
    listing("components/resources.html", Listed::Resources, "Sources of help.", "::: resources {limit: 3}\n:::"),
    component(
        "components/steps.html",
        &[],
        BodyRule::Required,
        "A numbered list of what happens in turn.",
        "::: steps\n1. Ring us.\n2. We meet.\n:::",
    ),
    listing("components/stories.html", Listed::Stories, "The newest stories.", "::: stories {limit: 2}\n:::"),
    component(
        "components/video.html",
        &[
            required("src", Link),
            required("title", Text),
            optional("poster", Picture),
            optional("alt", Text),
            optional("transcript", Link),
            optional("captions", Link),
            optional("bsl", Flag),
        ],
        BodyRule::Optional,
        "A film: a picture and a link, nothing loaded before a click.",
        "::: video {src: https://example.org/film, title: A day with Jo}\n:::",
    ),
    component(
        "components/warning.html",
        &[optional("title", Text)],
        BodyRule::Required,
        "Something that people must not miss.",
        "::: warning\nRing 999 if a life is at risk.\n:::",
    ),
];

const fn component(
    template: &'static str,
    fields: &'static [Field],
    body: BodyRule,
    about: &'static str,
    example: &'static str,
) -> ComponentKind {
    ComponentKind { name: name_of(template), template, fields, body, lists: None, about, example }
}

const fn listing(template: &'static str, listed: Listed, about: &'static str, example: &'static str) -> ComponentKind {
    let name = name_of(template);
    ComponentKind { name, template, fields: QUERY, body: BodyRule::None, lists: Some(listed), about, example }
}

/// `callout` for `components/callout.html`.
const fn name_of(template: &'static str) -> &'static str {
    let (_, file) = template.split_at("components/".len());
    file.split_at(file.len() - ".html".len()).0
}

/// The theme's template of a component.
pub fn template(name: &str) -> Option<&'static str> {
    find(name).map(|component| component.template)
}

/// The component of that name.
pub fn find(name: &str) -> Option<&'static ComponentKind> {
    COMPONENTS.iter().find(|component| component.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(COMPONENTS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert!(find("callout").is_some() && find("shout").is_none());
    }
}
