//! HTML of a writer -> HTML that can do no harm, with every element closed.
//!
//! 1. Slots and what is ours in a fragment are replaced by tokens that nobody can have written, since
//!    they are made of the text's own hash.
//! 2. The whole fragment goes through ammonia: so elements may begin in one line of Markdown and end in
//!    another, and what is never closed ends with the fragment.
//! 3. The tokens become slots and our own HTML again, wherever they have got to.
//!
//! **Invariant:** an address or an id that is no token of ours does not pass.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::Builder;

use super::fragment::Fragment;
use super::mask::clean;
use crate::hash::Fingerprint;
use crate::model::html::{Filling, Html, Slot};

/// The elements that may stand in a page.
#[rustfmt::skip]
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes that every element may have.
const ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "role", "title"];

/// Attributes that some elements may have.
const ATTRIBUTES_OF: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["datetime"]),
    ("details", &["name", "open"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// Cleans the fragments of one text.
pub struct Sanitiser {
    /// The beginning of every token.
    mark: String,
    builder: Builder<'static>,
}

impl Sanitiser {
    pub fn new(source: &str) -> Self {
        let mark = format!("fp{}", Fingerprint::of_bytes(source.as_bytes()));
        let own = mark.clone();
        let mut builder = Builder::empty();
        builder
            .tags(ELEMENTS.iter().copied().collect())
            .clean_content_tags(super::raw_html::HIDDEN.iter().copied().collect())
            .generic_attributes(ATTRIBUTES.iter().copied().collect())
            .generic_attribute_prefixes(HashSet::from(["aria-"]))
            .tag_attributes(ATTRIBUTES_OF.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
            .tag_attribute_values(HashMap::from([("div", HashMap::from([("tabindex", HashSet::from(["0"]))]))]))
            .link_rel(None)
            .attribute_filter(move |_, name, value| match name {
                // A note's mark and its way back lead to a place in the same page.
                "href" if value.starts_with('#') => Some(Cow::Borrowed(value)),
                "href" | "id" if !value.starts_with(&own) => None,
                _ => Some(Cow::Borrowed(value)),
            });
        Sanitiser { mark, builder }
    }

    pub fn clean(&self, fragment: Fragment) -> Html {
        let (html, items) = self.with_tokens(fragment);
        let cleaned = self.builder.clean(&html).to_string();
        // A block inside of a paragraph leaves the second half of the paragraph empty.
        let cleaned = clean(&cleaned).replace("<p></p>\n", "").replace("<p></p>", "");
        self.without_tokens(&cleaned, items)
    }

    /// The text with a token for everything that ammonia must not see.
    fn with_tokens(&self, fragment: Fragment) -> (String, Vec<Item>) {
        let Fragment { text, slots, own, .. } = fragment;
        let mut html = String::with_capacity(text.len() + 48 * (slots.len() + own.len()));
        let mut items = Vec::with_capacity(slots.len() + own.len());
        let mut own = own.into_iter().peekable();
        let mut from = 0;
        let copy_own = |range: std::ops::Range<usize>, html: &mut String, from: &mut usize, items: &mut Vec<Item>| {
            html.push_str(&text[*from..range.start]);
            self.push_token(html, items.len());
            *from = range.end;
            items.push(Item::Own(text[range].to_owned()));
        };
        for slot in slots {
            while let Some(range) = own.next_if(|range| range.end <= slot.at) {
                copy_own(range, &mut html, &mut from, &mut items);
            }
            html.push_str(&text[from..slot.at]);
            from = slot.at;
            // A component is a block: like a rule, it ends a paragraph that is still open.
            let is_block = matches!(slot.filling, Filling::Component(_));
            html.push_str(if is_block { RULE } else { "" });
            self.push_token(&mut html, items.len());
            html.push_str(if is_block { "\">" } else { "" });
            items.push(Item::Slot(Some(slot.filling)));
        }
        for range in own {
            copy_own(range, &mut html, &mut from, &mut items);
        }
        html.push_str(&text[from..]);
        (html, items)
    }

    fn push_token(&self, html: &mut String, index: usize) {
        html.push_str(&self.mark);
        html.push_str(&index.to_string());
        html.push('z');
    }

    fn without_tokens(&self, cleaned: &str, mut items: Vec<Item>) -> Html {
        let mut html = Html { text: String::with_capacity(cleaned.len()), slots: Vec::with_capacity(items.len()) };
        let mut rest = cleaned;
        while let Some(at) = rest.find(&self.mark) {
            html.text.push_str(&rest[..at]);
            rest = &rest[at + self.mark.len()..];
            let Some((number, after)) = rest.split_once('z') else { break };
            rest = after;
            let Some(item) = number.parse().ok().and_then(|index: usize| items.get_mut(index)) else { continue };
            match item {
                Item::Own(text) if text.is_empty() => {
                    // The parser has doubled an element; an id stands once.
                    if let Some(before) = html.text.strip_suffix(" id=\"") {
                        html.text.truncate(before.len());
                        rest = rest.strip_prefix('"').unwrap_or(rest);
                    }
                }
                Item::Own(text) => html.text.push_str(&std::mem::take(text)),
                Item::Slot(filling) => {
                    let at = html.text.len();
                    match filling {
                        Some(Filling::Address(index)) => {
                            html.slots.push(Slot { at, filling: Filling::Address(*index) });
                        }
                        Some(Filling::Component(_)) => {
                            let at = html.text.strip_suffix(RULE).map_or(at, str::len);
                            html.text.truncate(at);
                            rest = rest.strip_prefix("\">").unwrap_or(rest);
                            html.slots.extend(filling.take().map(|filling| Slot { at, filling }));
                        }
                        Some(Filling::Picture(_)) => {
                            html.slots.extend(filling.take().map(|filling| Slot { at, filling }));
                        }
                        None => {}
                    }
                }
            }
        }
        html.text.push_str(rest);
        html
    }
}

/// How the token of a component begins.
const RULE: &str = "<hr id=\"";

/// What a token stands for; taken where it may stand only once.
enum Item {
    Slot(Option<Filling>),
    Own(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let mut fragment = Fragment::default();
        fragment.push(html);
        assert_eq!(Sanitiser::new(html).clean(fragment), Html { text: expected.to_owned(), slots: Vec::new() });
    }

    #[test]
    fn harmful_things_vanish_and_the_rest_is_closed() {
        check("<p>a<script>b</script>c</p>", "<p>ac</p>");
        check("<span lang=\"cy\" onclick=\"x\" style=\"y\">Bore da", "<span lang=\"cy\">Bore da</span>");
        check("<a href=\"https://example.org\" id=\"x\">a</a>", "<a>a</a>");
        check("<div><p>a<div>b</div></p>", "<div><p>a</p><div>b</div></div>");
    }

    #[test]
    fn slots_survive_and_components_end_paragraphs() {
        let mut fragment = Fragment::default();
        fragment.push("<p>a <b><a href=\"");
        fragment.push_slot(Filling::Address(0));
        fragment.push("\">x</a>");
        fragment.push_slot(Filling::Picture(0));
        let html = Sanitiser::new("x").clean(fragment);
        assert_eq!(html.text, "<p>a <b><a href=\"\">x</a></b></p>");
        assert_eq!(
            html.slots,
            [Slot { at: 17, filling: Filling::Address(0) }, Slot { at: 24, filling: Filling::Picture(0) }]
        );
    }
}
