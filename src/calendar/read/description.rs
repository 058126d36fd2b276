//! The description of an event as paragraphs of plain text.
//!
//! 1. HTML becomes text: breaks and list items stand on lines of their own, a link is followed by its address,
//!    scripts and styles are left out. What only looks like HTML (`a < b`) stays.
//! 2. Personal data goes (`personal`).
//! 3. What remains is cut into paragraphs at blank lines.
//!
//! **Invariant:** what comes out has no markup and no control character but the line ends in a paragraph.

use std::cell::Cell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use percent_encoding::percent_decode_str;

use super::{personal, values};
use crate::calendar::text;

/// Characters of a description that are read; no page shows more.
const LONGEST: usize = 10_000;

/// Elements whose presence makes a text HTML.
const TAGS: [&str; 34] = [
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "meta",
    "ol",
    "p",
    "script",
    "span",
    "strong",
    "style",
    "table",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

/// Elements that lay a text out, beside which line ends mean nothing.
const LAYOUT: [&str; 8] = ["br", "p", "div", "li", "table", "html", "body", "h2"];

/// Elements that stand in a paragraph of their own, and those that begin a line.
const BLOCKS: [&str; 11] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"];
const LINES: [&str; 4] = ["br", "div", "tr", "hr"];

/// The paragraphs of a description; a line end inside one is `\n`.
pub fn paragraphs(description: &str) -> Vec<String> {
    let is_cut = description.chars().nth(LONGEST).is_some();
    // A cut description with its mark is not too long again.
    let whole: String = description.chars().take(if is_cut { LONGEST - 10 } else { LONGEST }).collect();
    // Personal data is looked for in what will be read again: with single spaces.
    let lines: Vec<String> = plain(&whole).lines().map(|line| text::one_line(line, " ")).collect();
    let plain = personal::without_meetings(&lines.join("\n"));
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in plain.lines() {
        let line = text::one_line(line, " ");
        if line.is_empty() {
            is_open = false;
            continue;
        }
        match paragraphs.last_mut().filter(|_| is_open) {
            Some(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(&line);
            }
            None => paragraphs.push(line),
        }
        is_open = true;
    }
    if let Some(last) = paragraphs.last_mut().filter(|_| is_cut) {
        last.push_str(" …");
    }
    paragraphs
}

/// Text or HTML as text on one line: what a title or a place is.
pub fn one_line(value: &str, between: &str) -> String {
    let start: String = value.chars().take(1000).collect();
    text::one_line(&personal::without_addresses(&text::one_line(&plain(&start), between)), between)
}

/// A text so written that it is read as itself, whatever it looks like.
pub fn protected(text: &str) -> String {
    if plain(text) == text { text.to_owned() } else { text.replace('&', "&amp;").replace('<', "&lt;") }
}

/// Text as it is, HTML as text.
fn plain(value: &str) -> String {
    let mut tags = tags(value).peekable();
    if tags.peek().is_some() {
        let line_ends = if tags.any(|tag| LAYOUT.contains(&tag.as_str())) { LineEnds::Space } else { LineEnds::Kept };
        return text::clean(&tokenised(value, line_ends)).into_owned();
    }
    if has_entity(value) {
        // Everything but its entities is text.
        return text::clean(&tokenised(&value.replace('<', "&lt;"), LineEnds::Kept)).into_owned();
    }
    text::clean(value).into_owned()
}

/// The names of known elements whose tags stand in the text.
fn tags(value: &str) -> impl Iterator<Item = String> + '_ {
    value.split('<').skip(1).filter_map(|after| {
        let after = after.strip_prefix('/').unwrap_or(after);
        let end = after.find(|letter: char| !letter.is_ascii_alphanumeric())?;
        let name = after[..end].to_ascii_lowercase();
        let is_tag = after[end..].starts_with(['>', '/', ' ', '\n', '\t']) && after[end..].contains('>');
        (is_tag && TAGS.contains(&name.as_str())).then_some(name)
    })
}

/// Whether `&amp;`, `&#39;` or the like stands in the text.
fn has_entity(value: &str) -> bool {
    value.split('&').skip(1).any(|after| {
        let end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#');
        end.is_some_and(|end| (2..=10).contains(&end) && after[end..].starts_with(';'))
    })
}

fn tokenised(html: &str, line_ends: LineEnds) -> String {
    let sink = Sink { reading: Cell::new(Reading { line_ends, ..Reading::default() }) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    // A script is a stop in the tokenizer, after which it goes on.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.reading.take().text
}

/// What a line end in the source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LineEnds {
    /// One in the text too.
    Kept,
    /// A space, since elements lay the text out.
    #[default]
    Space,
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    text: String,
    line_ends: LineEnds,
    /// The element whose content is not shown.
    hidden: Option<String>,
    /// The address of the open link, and where its words begin.
    link: Option<(String, usize)>,
}

/// The tokenizer hands each token to a shared reference.
struct Sink {
    reading: Cell<Reading>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reading = self.reading.take();
        let result = match token {
            Token::TagToken(tag) => reading.tag(&tag),
            Token::CharacterTokens(letters) => {
                reading.letters(&letters);
                TokenSinkResult::Continue
            }
            Token::EOFToken => {
                reading.end_link();
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        };
        self.reading.set(reading);
        result
    }
}

impl Reading {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if tag.kind == TagKind::EndTag && self.hidden.as_deref() == Some(name) {
            self.hidden = None;
            return TokenSinkResult::Continue;
        }
        match name {
            _ if BLOCKS.contains(&name) => self.gap("\n\n"),
            _ if LINES.contains(&name) => {
                if name == "br" && tag.kind == TagKind::StartTag {
                    self.text.push('\n');
                } else {
                    self.gap("\n");
                }
            }
            "li" if tag.kind == TagKind::StartTag => {
                self.gap("\n");
                self.text.push_str("- ");
            }
            "td" | "th" => self.text.push(' '),
            "a" => {
                self.end_link();
                if tag.kind == TagKind::StartTag {
                    let address = tag.attrs.iter().find(|attribute| &*attribute.name.local == "href");
                    let address = address.and_then(|attribute| values::web_address(&attribute.value));
                    self.link = address.map(|address| (direct(address), self.text.len()));
                }
            }
            "script" | "style" | "title" | "textarea" | "iframe" | "noscript" if tag.kind == TagKind::StartTag => {
                self.hidden = Some(name.to_owned());
                return TokenSinkResult::RawData(match name {
                    "script" => RawKind::ScriptData,
                    "title" | "textarea" => RawKind::Rcdata,
                    _ => RawKind::Rawtext,
                });
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn letters(&mut self, letters: &str) {
        if self.hidden.is_some() {
            return;
        }
        for letter in letters.chars() {
            match letter {
                '\n' if self.line_ends == LineEnds::Kept => self.text.push('\n'),
                _ if letter.is_whitespace() => {
                    if !self.text.ends_with(char::is_whitespace) {
                        self.text.push(' ');
                    }
                }
                _ => self.text.push(letter),
            }
        }
    }

    /// Ends the line, or the paragraph, unless that is done.
    fn gap(&mut self, end: &str) {
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
        if length > 0 && !self.text.ends_with(end) {
            self.text.push_str(if self.text.ends_with('\n') { "\n" } else { end });
        }
    }

    /// Spells the address of the link out, unless its words do.
    fn end_link(&mut self) {
        let Some((address, begin)) = self.link.take() else { return };
        let words = self.text.get(begin..).unwrap_or_default().trim();
        let bare = |address: &str| {
            let address = address.trim_end_matches('/');
            address.split_once("://").map_or(address, |(_, rest)| rest).to_lowercase()
        };
        if words.is_empty() {
            self.text.push_str(&address);
        } else if !words.contains(&address) && bare(words) != bare(&address) {
            let end = self.text.trim_end().len();
            self.text.truncate(end);
            self.text.push_str(&format!(" ({address})"));
        }
    }
}

/// Where a link leads that goes through Google's counter.
fn direct(address: String) -> String {
    let counted = address.split_once("://www.google.com/url?").map(|(_, query)| query);
    let target = counted.and_then(|query| query.split('&').find_map(|part| part.strip_prefix("q=")));
    let target = target.and_then(|target| values::web_address(&percent_decode_str(target).decode_utf8_lossy()));
    target.unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(description: &str, expected: &[&str]) {
        assert_eq!(paragraphs(description), expected, "{description:?}");
    }

    #[test]
    fn text_stays_text() {
        check("One.\nTwo.\n\n\nThree  words.", &["One.\nTwo.", "Three words."]);
        check("5 < 6 & 7 > 2, <3 tea", &["5 < 6 & 7 > 2, <3 tea"]);
        check("Tea &amp; talk &#8211; it&rsquo;s free", &["Tea & talk – it’s free"]);
        check("&lt;b&gt; is bold, 1 <2 &amp; 3", &["<b> is bold, 1 <2 & 3"]);
        check("  \n ", &[]);
    }

    #[test]
    fn html_becomes_text() {
        check("<p>Tea &amp; <b>talk</b>.</p>\n<p>Bring\na friend.</p>", &["Tea & talk.", "Bring a friend."]);
        check("One<br>Two<br/><br />Three", &["One\nTwo", "Three"]);
        check("<ul><li>tea</li><li>cake</li></ul>Free", &["- tea\n- cake", "Free"]);
        check("Line one\n<b>Line</b> two", &["Line one\nLine two"]);
        check("<script>alert('a')</script>Tea<style>p {}</style> and talk<!-- note -->", &["Tea and talk"]);
        check(
            "<html><head><title>Outlook</title></head><body><div>Tea</div><div>Talk</div></body></html>",
            &["Tea\nTalk"],
        );
        check("<p>unfinished <b", &["unfinished"]);
        check("<script>never closed", &[]);
        check("<table><tr><td>Mon</td><td>10am</td></tr><tr><td>Tue</td></tr></table>", &["Mon 10am\nTue"]);
        check("<img src=x onerror=alert(1)>Tea", &["Tea"]);
    }

    #[test]
    fn links_are_spelt_out() {
        check("See <a href=\"https://example.org/tea\">our page</a>.", &["See our page (https://example.org/tea)."]);
        check("<a href=\"https://example.org/\">example.org</a>", &["example.org"]);
        check("<a href='https://example.org/a'>https://example.org/a</a>", &["https://example.org/a"]);
        check("<a href=\"https://example.org/a\"></a>", &["https://example.org/a"]);
        check("<a href=\"javascript:alert(1)\">here</a>", &["here"]);
        check(
            "<a href=\"https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Ftea&amp;sa=D\">Book</a>",
            &["Book (https://example.org/tea)"],
        );
    }

    #[test]
    fn long_descriptions_are_cut() {
        let found = paragraphs(&"tea ".repeat(100_000));
        assert!(found[0].len() < 11_000 && found[0].ends_with('…'));
    }

    proptest::proptest! {
        #[test]
        fn no_markup_comes_out(text in "(<p>|</p>|<a href=\"https://a\\.org\">|</a>|<script>|</script>|<|&amp;|&|[a-z \n]|\\PC){0,60}") {
            for paragraph in paragraphs(&text) {
                proptest::prop_assert!(!paragraph.contains(|letter: char| letter.is_control() && letter != '\n'));
                proptest::prop_assert!(!paragraph.is_empty());
            }
        }
    }
}
