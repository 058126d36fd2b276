//! YAML text to a tree in which every node knows its place.
//!
//! The tree keeps scalars as the text that was written (`07700`, `no`, `2026-05-21`): what a value
//! means is for the field that reads it. Repeated keys stay in the tree in their order, so that the
//! reader can name both.
//!
//! 1. `everyday` reads what nearly all front matter is written in, and leaves alone what is more than that.
//! 2. serde-saphyr reads all YAML, and says what is wrong with it; nothing else of the program knows it.

mod everyday;
mod lost;
mod mistakes;

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Location, Spanned};

use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

pub use lost::lost;
use mistakes::unreadable;

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub value: Value,
    /// In the file. Exact for scalars; lists and maps begin at `start` and reach to the end of what
    /// they hold.
    pub bytes: Range<usize>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing after the colon, `~` or `null`.
    Empty,
    Text(String),
    List(Vec<Node>),
    /// Keys with values, in the order of the text, repeated keys included.
    Map(Vec<(Node, Node)>),
}

/// Reads the YAML that stands at `bytes` of a file's text.
///
/// Reports: `yaml/not-readable` at the place where reading stopped.
pub fn read(path: &SourcePath, text: &str, bytes: Range<usize>) -> Result<Node, Diagnostic> {
    match everyday::read(&text[bytes.clone()], bytes.start) {
        Some(node) => Ok(node),
        None => read_any(path, text, bytes),
    }
}

/// Reads all YAML.
fn read_any(path: &SourcePath, text: &str, bytes: Range<usize>) -> Result<Node, Diagnostic> {
    let yaml = with_spaces_for_tabs(&text[bytes.clone()]);
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
        budget: serde_saphyr::budget! { max_depth: 64, max_aliases: 200, max_anchors: 200, max_nodes: 200_000 },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 20_000,
            max_replay_stack_depth: 16,
            max_alias_expansions_per_anchor: 200,
        },
    };
    match serde_saphyr::from_str_with_options::<Option<Spanned<Untyped>>>(&yaml, options) {
        Ok(None) => Ok(Node { value: Value::Empty, bytes }),
        Ok(Some(spanned)) => Ok(node(spanned, &yaml, bytes.start)),
        Err(error) => {
            let at = error.location().map_or(0, |location| offset_or_line(&location, &yaml));
            Err(unreadable(path, text, bytes.clone(), bytes.start + at.min(yaml.len()), &error.to_string()))
        }
    }
}

/// YAML forbids tabs where lines begin; people type them all the same. One space for each tab keeps
/// every offset.
fn with_spaces_for_tabs(yaml: &str) -> String {
    let mut at_start_of_line = true;
    yaml.chars()
        .map(|c| {
            let c = if at_start_of_line && c == '\t' { ' ' } else { c };
            at_start_of_line = c == '\n' || (at_start_of_line && c == ' ');
            c
        })
        .collect()
}

/// What serde sees of a node: numbers and truth values are read from the text afterwards, as written.
enum Untyped {
    Empty,
    Text(String),
    AsWritten,
    List(Vec<Spanned<Untyped>>),
    Map(Vec<(Spanned<Untyped>, Spanned<Untyped>)>),
}

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UntypedVisitor)
    }
}

struct UntypedVisitor;

impl<'de> Visitor<'de> for UntypedVisitor {
    type Value = Untyped;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Untyped, E> {
        Ok(Untyped::Empty)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Untyped, E> {
        Ok(Untyped::AsWritten)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Untyped, E> {
        Ok(Untyped::AsWritten)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Untyped, E> {
        Ok(Untyped::AsWritten)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Untyped, E> {
        Ok(Untyped::AsWritten)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Untyped, E> {
        Ok(Untyped::AsWritten)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Untyped, E> {
        Ok(Untyped::AsWritten)
    }

    fn visit_str<E>(self, text: &str) -> Result<Untyped, E> {
        Ok(Untyped::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Untyped, E> {
        Ok(Untyped::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Untyped, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Untyped::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Untyped, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Untyped::Map(map))
    }
}

fn offset(location: &Location) -> Option<usize> {
    location.span().byte_offset().and_then(|at| usize::try_from(at).ok())
}

/// Some faults know their line only.
fn offset_or_line(location: &Location, yaml: &str) -> usize {
    offset(location).unwrap_or_else(|| {
        let line = usize::try_from(location.line()).unwrap_or(1);
        yaml.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
    })
}

fn node(spanned: Spanned<Untyped>, yaml: &str, base: usize) -> Node {
    let location = spanned.defined;
    let start = offset(&location).unwrap_or(0).min(yaml.len());
    let length = location.span().byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let end = floor_boundary(yaml, start.saturating_add(length).min(yaml.len()));
    let start = floor_boundary(yaml, start);
    let mut bytes = base + start..base + end.max(start);
    let value = match spanned.value {
        Untyped::Empty => Value::Empty,
        Untyped::Text(text) => Value::Text(text),
        Untyped::AsWritten => Value::Text(yaml[start..end.max(start)].trim().to_owned()),
        Untyped::List(items) => {
            let items: Vec<Node> = items.into_iter().map(|item| node(item, yaml, base)).collect();
            bytes.end = items.last().map_or(bytes.end, |last| last.bytes.end.max(bytes.end));
            Value::List(items)
        }
        Untyped::Map(entries) => {
            let entries: Vec<(Node, Node)> =
                entries.into_iter().map(|(key, value)| (node(key, yaml, base), node(value, yaml, base))).collect();
            bytes.end = entries.last().map_or(bytes.end, |(_, last)| last.bytes.end.max(bytes.end));
            Value::Map(entries)
        }
    };
    Node { value, bytes }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> String {
        let path = SourcePath::from("content/a.md");
        match read(&path, text, 0..text.len()) {
            Ok(node) => show(&node, text),
            Err(d) => {
                let place = d.place.map(|p| text[p.start..p.end].to_owned()).unwrap_or_default();
                format!("[{place}] {} | {}", d.message, d.help.unwrap_or_default())
            }
        }
    }

    fn show(node: &Node, text: &str) -> String {
        match &node.value {
            Value::Empty => "~".to_owned(),
            Value::Text(value) => format!("{value}<{}>", &text[node.bytes.clone()]),
            Value::List(items) => format!("[{}]", items.iter().map(|n| show(n, text)).collect::<Vec<_>>().join(" ")),
            Value::Map(entries) => {
                let entry = |(k, v): &(Node, Node)| format!("{}={}", show(k, text), show(v, text));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn scalars_keep_the_text_that_was_written() {
        assert_eq!(tree("phone: 07700"), "{phone<phone>=07700<07700>}");
        assert_eq!(tree("draft: no"), "{draft<draft>=no<no>}");
        assert_eq!(tree("v: 1.10"), "{v<v>=1.10<1.10>}");
        assert_eq!(tree("t: 01:30:00"), "{t<t>=01:30:00<01:30:00>}");
        assert_eq!(tree("d: 2026-05-21 # day"), "{d<d>=2026-05-21<2026-05-21>}");
        assert_eq!(tree("e:\nn: ~"), "{e<e>=~ n<n>=~}");
        assert_eq!(tree("q: \"Tea: \\u00e9\""), "{q<q>=Tea: é<\"Tea: \\u00e9\">}");
    }

    #[test]
    fn lists_maps_repeated_keys_and_tabs() {
        assert_eq!(tree("a: [x, y]\nb:\n  - z"), "{a<a>=[x<x> y<y>] b<b>=[z<z>]}");
        assert_eq!(tree("a: 1\na: 2"), "{a<a>=1<1> a<a>=2<2>}");
        assert_eq!(tree("p:\n\tname: Jo"), "{p<p>={name<name>=Jo<Jo>}}");
        assert_eq!(tree("é: ü\r\nb: c\r\n"), "{é<é>=ü<ü> b<b>=c<c>}");
        assert_eq!(tree(""), "~");
        assert_eq!(tree("# only a comment\n"), "~");
    }

    #[test]
    fn what_cannot_be_read_points_at_its_line() {
        for (text, expected) in [
            (
                "title: Tea: and talk\ndate: 2026-05-21",
                "[title: Tea: and talk] the value of `title` holds a colon, so it cannot be told where it ends | put the \
                 value in quotes: `title: \"Tea: and talk\"`",
            ),
            (
                "a: b\ntitle: \"Tea\ndate: 2026-05-21\n",
                "[title: \"Tea] the quotation mark that opens the value of `title` is never closed | put the same mark at \
                 the end of the value: `title: \"Tea\"`",
            ),
            (
                "a: b\nowner: @jo\n",
                "[owner: @jo] the value of `owner` begins with a sign that has a meaning of its own in YAML | put the \
                 value in quotes: `owner: \"@jo\"`",
            ),
            (
                "a: [b, c\nd: e\n",
                "[a: [b, c] the bracket that opens the value of `a` is never closed | close it: `a: [b, c]`",
            ),
            (
                "a: b\n   c: d\n",
                "[c: d] this line stands further in than the line above it, which already has a value | begin the line \
                 where the field above begins",
            ),
        ] {
            assert_eq!(tree(text), expected);
        }
    }
}
