//! Addresses that stand in a text without any mark-up: `https://...`, `www....` and e-mail addresses.
//!
//! Smart punctuation has changed the text by now (`a--b` has become `a–b`), which would break an
//! address; so addresses are looked for, and written, as the source has them.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use memchr::memchr3_iter;

use super::run::{Piece, Run};

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Link {
        text: String,
        target: String,
        /// In the source.
        place: Range<usize>,
    },
}

/// Whether a text can hold an address at all.
pub fn may_hold_one(text: &str) -> bool {
    // Each needs one of three rare signs; what stands around the sign says the rest.
    let bytes = text.as_bytes();
    memchr3_iter(b'@', b':', b'.', bytes).any(|at| match bytes[at] {
        b':' => bytes[at + 1..].starts_with(b"//"),
        b'.' => bytes[..at].ends_with(b"www") || bytes[..at].ends_with(b"WWW"),
        _ => true,
    })
}

/// Cuts a run into text and addresses.
pub fn split(run: &Run, source: &str) -> Vec<Part> {
    let raw = as_written(run, source);
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]).url_must_have_scheme(false);
    let mut parts = Vec::new();
    let mut from = 0;
    for link in finder.links(&raw.text) {
        let text = link.as_str();
        let prefix = match link.kind() {
            LinkKind::Email => "mailto:",
            _ if begins_with(text, "http://") || begins_with(text, "https://") => "",
            _ if begins_with(text, "www.") => "https://",
            _ => continue,
        };
        push_text(&mut parts, run, &raw, from..link.start());
        parts.push(Part::Link {
            text: text.to_owned(),
            target: format!("{prefix}{text}"),
            place: raw.place(link.start()..link.end()),
        });
        from = link.end();
    }
    push_text(&mut parts, run, &raw, from..raw.text.len());
    parts
}

/// The run without smart punctuation, piece for piece.
fn as_written(run: &Run, source: &str) -> Run {
    let mut raw = Run::default();
    for piece in &run.pieces {
        let written = source.get(piece.source.clone()).unwrap_or_default();
        let is_smart = !written.is_empty() && written.bytes().all(|byte| b"-.'\"".contains(&byte));
        raw.push(if is_smart { written } else { &run.text[piece.range()] }, piece.source.clone());
    }
    raw
}

/// Adds a range of the raw run, with smart punctuation where a piece lies wholly in it.
fn push_text(parts: &mut Vec<Part>, run: &Run, raw: &Run, range: Range<usize>) {
    let mut text = String::new();
    let overlaps = |piece: &Piece| piece.at < range.end && range.start < piece.at + piece.length;
    for (piece, smart) in raw.pieces.iter().zip(&run.pieces).filter(|(piece, _)| overlaps(piece)) {
        let inside = piece.at.max(range.start)..(piece.at + piece.length).min(range.end);
        text.push_str(if inside == piece.range() { &run.text[smart.range()] } else { &raw.text[inside] });
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
}

fn begins_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut run = Run::default();
        run.push(text, 0..text.len());
        let parts = split(&run, text);
        let found: Vec<_> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Link { text, target, .. } => Some((text.as_str(), target.as_str())),
                Part::Text(_) => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
        let whole: String = parts
            .iter()
            .map(|part| match part {
                Part::Link { text, .. } | Part::Text(text) => text.as_str(),
            })
            .collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn a_text_without_the_signs_of_an_address_holds_none() {
        for text in ["tea@example.org", "x://", "www.", "WWW.", "a. b: c//d www.e"] {
            assert!(may_hold_one(text), "{text}");
        }
        for text in ["", "Tea. Talk: yes.", "ww.x :/ Www.y", ":", "."] {
            assert!(!may_hold_one(text), "{text}");
        }
    }

    #[test]
    fn addresses_end_before_punctuation() {
        check("See https://example.org/a_b.", &[("https://example.org/a_b", "https://example.org/a_b")]);
        check("(www.example.org)", &[("www.example.org", "https://www.example.org")]);
        check("Write to tea@example.org, or ring", &[("tea@example.org", "mailto:tea@example.org")]);
    }

    #[test]
    fn other_words_are_left_alone() {
        check("example.org and ftp://example.org and @jo and e.g. this", &[]);
    }
}
