//! What the Markdown parser is given in place of the source: the same text, as long in bytes, with our
//! own syntax put out of its way. So its places are places in the source.
//!
//! 1. Control characters become fillers.
//! 2. Shortcodes of other generators become blanks where they stand alone on their lines, else fillers.
//! 3. The opening and closing lines of components become a blank line and an empty heading (`\n##`),
//!    which ends every other block. The parser reports the heading, and `markdown` looks up its place.
//!
//! Code, and for components also HTML that ends at a mark of its own (`<!-- -->`, `<pre>`), is left as
//! it is; a first parse says where that stands. Texts with nothing to mask are not copied.
//!
//! **Invariant:** a text without `:::`, `{{`, `{%`, `{:` and control characters is parsed once, as it is.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::faults::Faults;
use super::shortcodes;
use crate::codes::markdown as codes;

/// Stands for bytes that are to vanish; Markdown takes it for a letter, also in an address.
const FILLER: u8 = 0x7f;

/// A text ready for the Markdown parser.
pub struct Masked<'t> {
    pub text: Cow<'t, str>,
    /// Whether `:::` stands anywhere.
    pub may_hold_fences: bool,
    /// In the order of the text.
    pub fences: Vec<Fence>,
    /// Whether there are fillers in the text.
    pub has_fillers: bool,
}

/// A line that opens or closes a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// Without the line's end.
    pub line: Range<usize>,
    pub colons: usize,
    /// What stands behind the colons, without white space around it; empty in a closing line.
    pub rest: Range<usize>,
}

/// Masks `text`, which is the Markdown of a file.
///
/// Reports: `markdown/foreign-shortcode`.
pub fn mask<'t>(text: &'t str, options: Options, faults: &mut Faults<'_>) -> Masked<'t> {
    let has_controls = has_controls(text);
    let may_hold_fences = memmem::find(text.as_bytes(), b":::").is_some();
    let may_hold_shortcodes = shortcodes::may_hold_one(text);
    let mut masked =
        Masked { text: Cow::Borrowed(text), may_hold_fences, fences: Vec::new(), has_fillers: has_controls };
    if has_controls {
        masked.text = Cow::Owned(without_controls(text));
    }
    if !may_hold_fences && !may_hold_shortcodes {
        return masked;
    }

    let untouchable = Untouchable::find(&masked.text, options);
    if may_hold_fences {
        masked.fences = fences(&masked.text);
        masked.fences.retain(|fence| !contains(&untouchable.for_components, fence.line.start));
    }
    let mut bytes = masked.text.into_owned().into_bytes();
    for shortcode in may_hold_shortcodes.then(|| shortcodes::find(text)).into_iter().flatten() {
        let start = shortcode.range.start;
        let next_fence = masked.fences.partition_point(|fence| fence.line.end <= start);
        let is_in_fence = masked.fences.get(next_fence).is_some_and(|fence| fence.line.start < shortcode.range.end);
        if is_in_fence || contains(&untouchable.for_shortcodes, start) {
            continue;
        }
        if !shortcode.is_ending() {
            faults.add(&codes::FOREIGN_SHORTCODE, shortcode.range.clone(), shortcode.message(), shortcode.help());
        }
        let filling = if stands_alone(text, &shortcode.range) { b' ' } else { FILLER };
        masked.has_fillers |= filling == FILLER;
        for byte in bytes[shortcode.range].iter_mut().filter(|byte| !matches!(**byte, b'\n' | b'\r')) {
            *byte = filling;
        }
    }
    for fence in &masked.fences {
        bytes[fence.line.clone()].fill(b' ');
        bytes[fence.line.start..fence.line.start + 3].copy_from_slice(b"\n##");
    }
    // Only whole characters were replaced, and only by ASCII, so nothing is lost here.
    masked.text = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
    masked
}

/// Removes fillers and control characters.
pub fn clean(text: &str) -> Cow<'_, str> {
    match has_controls(text) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.chars().filter(|character| !is_dropped(*character)).collect()),
    }
}

/// Whether an address holds what was masked, so that it leads nowhere.
pub fn holds_filler(text: &str) -> bool {
    text.as_bytes().contains(&FILLER)
}

fn is_dropped(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r')) || is_noncharacter(character)
}

/// Code points that HTML forbids although they are no control characters.
fn is_noncharacter(character: char) -> bool {
    matches!(u32::from(character), 0xfdd0..=0xfdef) || u32::from(character) & 0xfffe == 0xfffe
}

fn has_controls(text: &str) -> bool {
    let bytes = text.as_bytes();
    // U+0080 to U+009F begin with C2, but so does `£`.
    let has_c1 = memchr_iter(0xc2, bytes).any(|at| bytes[at + 1] < 0xa0);
    // Whole chunks at a time, which the processor looks at side by side.
    has_c1
        || bytes.chunks(256).enumerate().any(|(index, chunk)| {
            let begins_dropped = |at: usize| text[index * 256 + at..].chars().next().is_some_and(is_dropped);
            chunk.iter().fold(0, |found, byte| found | u8::from(is_suspect(*byte))) > 0
                && chunk.iter().enumerate().any(|(at, byte)| is_suspect(*byte) && begins_dropped(at))
        })
}

/// Whether a character that is dropped can begin with this byte, which never stands inside of one:
/// noncharacters begin with EF or more.
fn is_suspect(byte: u8) -> bool {
    (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == FILLER) | (byte >= 0xef)
}

fn without_controls(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        match is_dropped(character) {
            true => kept.extend(std::iter::repeat_n(char::from(FILLER), character.len_utf8())),
            false => kept.push(character),
        }
    }
    kept
}

/// Every line that looks like that of a component.
fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut start = 0;
    for line in text.split(['\n', '\r']) {
        let line_start = start;
        start += line.len() + 1;
        let marks = line.trim_start_matches(' ');
        let indent = line.len() - marks.len();
        if indent > 3 || !marks.starts_with(":::") {
            continue;
        }
        let rest = marks.trim_start_matches(':');
        let colons = marks.len() - rest.len();
        let rest_start = line_start + indent + colons + (rest.len() - rest.trim_start().len());
        let rest = rest.trim();
        fences.push(Fence {
            line: line_start..line_start + line.len(),
            colons,
            rest: rest_start..rest_start + rest.len(),
        });
    }
    fences
}

/// Whether nothing else stands on the lines of a range.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (is_blank, is_line_end) = ([' ', '\t'], ['\n', '\r']);
    let before = text[..range.start].trim_end_matches(is_blank);
    let after = text[range.end..].trim_start_matches(is_blank);
    (before.is_empty() || before.ends_with(is_line_end)) && (after.is_empty() || after.starts_with(is_line_end))
}

/// Where nothing may be masked.
#[derive(Default)]
struct Untouchable {
    for_components: Vec<Range<usize>>,
    for_shortcodes: Vec<Range<usize>>,
}

impl Untouchable {
    fn find(text: &str, options: Options) -> Self {
        let mut found = Untouchable::default();
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => {
                    found.for_components.push(range.clone());
                    found.for_shortcodes.push(range);
                }
                Event::Code(_) => found.for_shortcodes.push(range),
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                    let html = &text[range.clone()];
                    if html.starts_with("<!--") {
                        found.for_shortcodes.push(range.clone());
                    }
                    if ends_at_its_own_mark(html) {
                        found.for_components.push(range);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Whether HTML goes on over blank lines (CommonMark 0.31 §4.6, conditions 1 to 5).
fn ends_at_its_own_mark(html: &str) -> bool {
    let tags = ["<script", "<pre", "<style", "<textarea"];
    html.starts_with("<!")
        || html.starts_with("<?")
        || tags.iter().any(|tag| html.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// Whether one of `ranges`, which are in order, contains `at`.
fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    ranges[..next].iter().next_back().is_some_and(|range| at < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn check(text: &str, expected: &str) {
        let path = SourcePath::from("content/a.md");
        let mut faults = Faults { path: &path, start: 0, found: Vec::new() };
        let masked = mask(text, Options::empty(), &mut faults);
        assert_eq!(masked.text.len(), text.len());
        assert_eq!(masked.text, expected);
    }

    #[test]
    fn components_become_empty_headings_of_the_same_length() {
        check("a\n::: callout\nb\r\n:::\r\n", "a\n\n##        \nb\r\n\n##\r\n");
        check("   ::: tŷ", "\n##       ");
    }

    #[test]
    fn code_and_comments_stay_as_they_are() {
        for text in ["```\n::: x\n{{< y >}}\n```", "    ::: x", "`{{ y }}`", "<!--\n::: x\n-->"] {
            check(text, text);
        }
    }

    #[test]
    fn shortcodes_alone_become_blank_and_others_fillers() {
        check("{{< x >}}\n\na {% y %} b", "         \n\na \u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f} b");
    }

    #[test]
    fn control_characters_become_fillers() {
        check("a\0b\u{85}c£", "a\u{7f}b\u{7f}\u{7f}c£");
    }
}
