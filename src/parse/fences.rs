//! Where the two parts of a file stand: the fields between the two `---` lines, and the text below.
//!
//! 1. A file that begins with a line `---` has front matter up to the next such line.
//! 2. A file that does not, but has lines that look like fields, has a slip in these lines: then everything that was
//!    meant for the team alone would be readable, so it is an error. So are fields below the line that ends them.
//!
//! **Invariant:** what looks like a field is decided by the names that the kinds ask for, and by nothing else.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::tz::TimeZone;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Fields;
use crate::model::kinds::KINDS;
use crate::parse::front_matter;
use crate::path::SourcePath;
use crate::yaml::{Node, Value};

/// Where the two parts of a file stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences; nothing where there is no front matter.
    pub front_matter: Option<Range<usize>>,
    pub body: Range<usize>,
}

/// Fields that say what must not be seen: one of them alone looks like front matter.
const TELLING: [&str; 8] = ["title", "draft", "private", "owner", "consent", "person", "unlisted", "review_by"];

/// A line with its place in the file.
type Line<'t> = (&'t str, Range<usize>);

/// How the names of fields are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    AnyCase,
    /// In a text, `Cost: free` is a sentence.
    LowerCase,
}

/// Finds the front matter of a file. Spaces after a fence, empty lines above it and a missing newline after the closing
/// one are fine.
///
/// Reports: `yaml/fence-not-closed`, `page/front-matter-not-yaml`, `page/fields-in-text`.
pub fn split(path: &SourcePath, text: &str) -> Result<Parts, Diagnostic> {
    let lines: Vec<Line<'_>> = lines_with_places(text).skip_while(|(line, _)| line.trim().is_empty()).collect();
    let without = || Ok(Parts { front_matter: None, body: 0..text.len() });
    let Some((first, fence)) = lines.first() else { return without() };
    if first.trim_end() == "+++" {
        let message = "the front matter is not written in YAML";
        let diagnostic = Diagnostic::new(&codes::page::TOML_FRONT_MATTER, Place::new(path, fence.clone()), message);
        return Err(diagnostic.help("put it between `---` lines and write each field as `name: value`"));
    }
    if first.trim_end() != "---" {
        return slip(path, &lines).map_or_else(without, Err);
    }
    let is_end = |(line, _): &Line<'_>| matches!(line.trim_end(), "---" | "...");
    let Some(end) = lines.iter().skip(1).position(is_end).map(|at| at + 1) else {
        let place = Place::new(path, fence.start..fence.start + 3);
        let diagnostic =
            Diagnostic::new(&codes::yaml::FENCE_NOT_CLOSED, place, "the front matter that begins here never ends");
        return Err(diagnostic.help("put a line with just `---` after its last field"));
    };
    match below(path, &lines[end + 1..]) {
        Some(slip) => Err(slip),
        None => Ok(Parts { front_matter: Some(fence.end..lines[end].1.start), body: lines[end].1.end..text.len() }),
    }
}

fn lines_with_places(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let from = *at;
        *at += line.len();
        Some((line, from..*at))
    })
}

/// What is wrong with a file that does not begin with `---` and has fields all the same.
fn slip(path: &SourcePath, lines: &[Line<'_>]) -> Option<Diagnostic> {
    let begins = |lines: &[Line<'_>]| are_fields(lines, Letters::AnyCase);
    let (first, _) = lines.first()?;
    if begins(lines) {
        let message = "these lines would be readable on the page: no line `---` stands above them";
        return Some(fault(
            path,
            lines,
            message,
            "put a line with just `---` above the first field, and one below the last",
        ));
    }
    if is_code_fence(first) && begins(&lines[1..]) {
        let message = format!("the fields below `{}` would be readable on the page", first.trim());
        return Some(fault(
            path,
            lines,
            &message,
            "write a line with just `---` in its place, and one below the last field",
        ));
    }
    let at = lines.iter().take_while(|(line, _)| !is_code_fence(line)).position(|(line, _)| is_like_fence(line))?;
    if !begins(&lines[at + 1..]) {
        return None;
    }
    let line = lines[at].0.trim_end();
    if line == "---" {
        let message = "the fields below this line would be readable on the page: something stands above it";
        return Some(fault(
            path,
            &lines[at..],
            message,
            "let the file begin with the line `---`, and put what stands above it below the fields",
        ));
    }
    let message = format!("the fields below `{line}` would be readable on the page: that line is not `---`");
    let help = "write three hyphens and nothing else, `---`, on a line above the fields and on one below them";
    Some(fault(path, &lines[at..], &message, help))
}

/// What is wrong with a text that goes on with fields below its front matter.
fn below(path: &SourcePath, lines: &[Line<'_>]) -> Option<Diagnostic> {
    let from = lines.iter().position(|(line, _)| !line.trim().is_empty() && !is_like_fence(line))?;
    let lines = &lines[from..];
    are_fields(lines, Letters::LowerCase).then(|| {
        let message = "these lines would be readable on the page: they stand below the line `---` that ends the fields";
        fault(
            path,
            lines,
            message,
            "move them above that line; if they are part of the text, begin them with a capital letter",
        )
    })
}

fn fault(path: &SourcePath, lines: &[Line<'_>], message: &str, help: &str) -> Diagnostic {
    let bytes = lines.first().map_or(0..0, |(line, bytes)| bytes.start..bytes.start + line.trim_end().len());
    Diagnostic::new(&codes::page::FIELDS_IN_TEXT, Place::new(path, bytes), message).help(help)
}

/// Whether lines begin with what looks like front matter: two fields, one that ends at a fence, or one that says what
/// must not be seen.
fn are_fields(lines: &[Line<'_>], letters: Letters) -> bool {
    let is_field = |line: &str| field_name(line).is_some_and(|name| is_known(&name, letters));
    let Some((first, _)) = lines.first().filter(|(line, _)| is_field(line)) else { return false };
    let is_telling = field_name(first).is_some_and(|name| TELLING.contains(&name.as_str()));
    let mut fields = 0;
    for (line, _) in lines {
        if is_field(line) {
            fields += 1;
        } else if is_like_fence(line) || is_code_fence(line) {
            return true;
        } else if !goes_on(line) {
            break;
        }
    }
    fields > 1 || is_telling
}

/// The name before the colon, if a line can be a field.
fn field_name(line: &str) -> Option<String> {
    let (name, value) = line.trim_end().split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| name.to_owned())
}

/// Whether a kind asks for a field of that name.
fn is_known(name: &str, letters: Letters) -> bool {
    let names = names();
    names.contains(name) || letters == Letters::AnyCase && names.contains(name.to_lowercase().as_str())
}

/// The names of all fields that a page of any kind can have.
fn names() -> BTreeSet<&'static str> {
    let path = SourcePath::from("");
    let node = Node { value: Value::Empty, bytes: 0..0 };
    let read = |row: &crate::model::kinds::KindRow| {
        let mut faults = Vec::new();
        let mut fields = Fields::new(&path, &node, &mut faults);
        front_matter::read_meta(&mut fields, None);
        (row.read)(&mut fields, &TimeZone::UTC);
        fields.asked()
    };
    KINDS.iter().flat_map(read).collect()
}

/// Whether a line can stand between two fields.
fn goes_on(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']) || field_name(line).is_some()
}

/// Whether a line is made of dashes alone: `---`, and what a hand, a word processor or a chat makes of it.
fn is_like_fence(line: &str) -> bool {
    let line = line.trim();
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let dashes: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    dashes.iter().all(|c| is_dash(*c)) && (dashes.len() > 1 || dashes.first().is_some_and(|c| *c != '-'))
}

fn is_code_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_split(text: &str, front_matter: Option<&str>, body: &str) {
        let parts = split(&SourcePath::from("content/a.md"), text).unwrap();
        assert_eq!(parts.front_matter.map(|bytes| &text[bytes]), front_matter, "{text:?}");
        assert_eq!(&text[parts.body], body, "{text:?}");
    }

    #[test]
    fn front_matter_stands_between_fences() {
        check_split("---\ntitle: A\n---\nText", Some("title: A\n"), "Text");
        check_split("---  \r\ntitle: A\r\n--- \r\nText", Some("title: A\r\n"), "Text");
        check_split("---\ntitle: A\n---", Some("title: A\n"), "");
        check_split("\n \n---\ntitle: A\n---\n", Some("title: A\n"), "");
        check_split("Just text\n---\n", None, "Just text\n---\n");
        check_split("", None, "");
    }

    #[test]
    fn fences_that_never_close_and_toml_are_reported() {
        let path = SourcePath::from("content/a.md");
        assert_eq!(split(&path, "---\ntitle: A\n").unwrap_err().code.id, "yaml/fence-not-closed");
        assert_eq!(split(&path, "+++\ntitle = 'A'\n+++\n").unwrap_err().code.id, "page/front-matter-not-yaml");
    }

    /// A text with a slip, and what stands at the place of the message.
    fn check_slip(text: &str, place: &str) {
        let fault = split(&SourcePath::from("content/a.md"), text).expect_err(text);
        assert_eq!(fault.code.id, "page/fields-in-text", "{text}");
        let bytes = fault.place.unwrap();
        assert_eq!(&text[bytes.start..bytes.end], place, "{text}");
        assert!(fault.message.contains("would be readable"), "{}", fault.message);
    }

    #[test]
    fn a_slip_in_a_fence_shows_nothing_that_was_meant_for_the_team() {
        let fields = "title: A\nowner: Sam\nprivate: x\n";
        check_slip(&format!("{fields}---\nText\n"), "title: A");
        check_slip(&format!("{fields}\nText\n"), "title: A");
        check_slip("Title: A\nDate: 2026-05-01\n\nText\n", "Title: A");
        check_slip("draft: true\n\nText\n", "draft: true");
        for fence in ["—", "–––", "----", "- - -", " ---", "\t---", "−−−", "--", "-- -", "---\u{2014}"] {
            check_slip(&format!("{fence}\n{fields}---\nText\n"), fence);
        }
        check_slip(&format!("```yaml\n{fields}```\nText\n"), "```yaml");
        check_slip(&format!("My page\n---\n{fields}---\nText\n"), "---");
        check_slip(&format!("# My page\n\n—\n{fields}—\nText\n"), "—");
        let good = "---\ntitle: A\n---\n";
        check_slip(&format!("{good}draft: true\nowner: x\n---\nText\n"), "draft: true");
        check_slip(&format!("{good}\n---\ndraft: true\n---\nText\n"), "draft: true");
        check_slip(&format!("{good}tags: [a]\nsummary: B\n\nText\n"), "tags: [a]");
        check_slip(&format!("{good}cost: free\n---\nText\n"), "cost: free");
    }

    #[test]
    fn dashes_tables_and_sentences_with_a_colon_are_text() {
        let good = "---\ntitle: A\n---\n";
        for text in [
            "Note: we are closed on Monday.\n",
            "Cost: free\nVenue: the hall\n",
            "A quiet day — and a walk.\n\n—\n\nMore text.\n",
            "| a | b |\n| --- | --- |\n| c | d |\n",
            "First.\n\n---\n\nSecond: more.\n",
            "---\n\nText below a line.\n",
            "contact: ring Jo\n\nText.\n",
            "- - -\nText\n",
            "Once more:\n\n```yaml\n---\ntitle: A\n---\n```\n",
        ] {
            let text = format!("{good}{text}");
            assert!(split(&SourcePath::from("content/a.md"), &text).is_ok(), "{text}");
        }
        for text in [
            "Note: we are closed.\n\nMore.\n",
            "# Title\n\nText.\n\n---\n\nNote: more.\n",
            "----\n\nText.\n",
            "—\nJo: that was a quote.\n",
            "Cost: free\n\nThe hall.\n",
            "How to write:\n\n```yaml\n---\ntitle: A\n---\n```\n",
        ] {
            check_split(text, None, text);
        }
    }
}
